"""Fixtures of this folder."""

import base64

import nbformat
import pytest
from browser import CHROMIUM, NOTEBOOKS, SITE, Links, Visit, pages_of, pictures, render, run
from matplotlib.figure import Figure

from helpers.commands.export import derived_tables
from helpers.commands.outcomes import outcomes
from helpers.display import figures as show


@pytest.fixture(scope="session")
def drawn():
    """{notebook: {cell: its figure}}, drawn in this process."""
    return {
        path: {cell: value for cell, value in outcomes(path).items() if isinstance(value, Figure)} for path in NOTEBOOKS
    }


@pytest.fixture(scope="session")
def built(tmp_path_factory, drawn):
    """The folder of the whole build: notebooks, kept figures, tables, site.

    The notebooks are the committed ones, which nbval has proven to say what an execution says, with the figures as this
    machine draws them.
    """
    folder = tmp_path_factory.mktemp("build")
    for name in ("notebooks", "figures"):
        (folder / name).mkdir()
    for path, figures in drawn.items():
        notebook = nbformat.read(path, as_version=4)
        for cell, output in pictures(notebook):
            png, _ = show.save(figures[cell.id], folder / "figures")
            output["data"]["image/png"] = base64.b64encode(png).decode()
        nbformat.write(notebook, folder / "notebooks" / path.name)
    run("-m", "helpers", "export", folder / "tables")
    run(SITE, "assemble", *(folder / name for name in ("notebooks", "tables", "figures", "source")))
    render(folder / "source", folder / "site")
    return folder


@pytest.fixture(scope="session")
def site(built):
    return built / "site"


@pytest.fixture(scope="session")
def tables(data):
    return derived_tables(data)


@pytest.fixture(scope="session")
def chromium():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium):
    """Opens pages; each call gives a new context."""
    visits = []

    def start(**context):
        visits.append(Visit(chromium, **context))
        return visits[-1]

    yield start
    for one in visits:
        one.page.context.close()


@pytest.fixture(scope="session")
def parsed(site):
    return {path: Links(path.read_text(encoding="utf-8")) for path in pages_of(site)}
