"""Fixtures of this folder."""

import base64
import os
import shutil
from pathlib import Path

import nbformat
import pytest
from browser import CHROMIUM, NOTEBOOKS, SITE, Links, Visit, pages_of, pictures, render, run
from matplotlib.figure import Figure
from outcomes import outcomes

from helpers.commands.export import derived_tables
from helpers.display import figures as show


@pytest.fixture(scope="session")
def drawn():
    """{notebook: {cell: its figure}}, drawn in this process."""
    return {
        path: {cell: value for cell, value in outcomes(path).items() if isinstance(value, Figure)} for path in NOTEBOOKS
    }


@pytest.fixture(scope="session")
def built(tmp_path_factory, request):
    """The folder of the whole build: notebooks, kept figures, tables, site.

    The notebooks are the committed ones, which nbval has proven to say what an execution says, with the figures as this
    machine draws them. Whoever plants faults in site/ names a folder in KEPT_BUILD, which the first run fills; others take
    from it the folders named in KEPT_PARTS, which the fault leaves as they are.
    """
    folder = tmp_path_factory.mktemp("build")
    kept, parts = os.environ.get("KEPT_BUILD", ""), os.environ.get("KEPT_PARTS", "").split()
    if os.path.isdir(kept):
        for part in parts:
            shutil.copytree(Path(kept, part), folder / part)
    else:
        _draw_and_export(folder, request.getfixturevalue("drawn"))
    if (folder / "site").is_dir():  # the fault is in what is copied from site/static alone
        shutil.copytree(SITE / "static", folder / "site" / "_static", dirs_exist_ok=True)
    else:
        run(SITE, "assemble", *(folder / name for name in ("notebooks", "tables", "figures", "source")))
        render(folder / "source", folder / "site")
    if kept and not os.path.isdir(kept):
        shutil.copytree(folder, kept)
    return folder


def _draw_and_export(folder, drawn):
    for name in ("notebooks", "figures"):
        (folder / name).mkdir()
    for path, figures in drawn.items():
        notebook = nbformat.read(path, as_version=4)
        for cell, output in pictures(notebook):
            png, _ = show.save(figures[cell.id], folder / "figures")
            output["data"]["image/png"] = base64.b64encode(png).decode()
        nbformat.write(notebook, folder / "notebooks" / path.name)
    run("-m", "helpers", "export", folder / "tables")


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
