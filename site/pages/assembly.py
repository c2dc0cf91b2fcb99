"""Gathers what Sphinx renders.

Notebooks are handed on with their outputs made fit for a page. Pages of the record are written here, as HTML, from the loaded
tables through templates that escape every value; Sphinx only frames them, so that no value meets a language of markup.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import jinja2
import nbformat

import helpers
from helpers.commands.export import derived_tables
from helpers.derive.codes import CODES, GRADES
from helpers.display import phrases
from helpers.display.addresses import step_address
from helpers.loaders.contract import read_package
from helpers.loaders.tables import DATA
from pages import (
    api,
    compare,
    downloads,
    exercise,
    front,
    history,
    member,
    notebook,
    places,
    register,
    retired,
    series,
    share,
    stylesheet,
    timeline,
    words,
)
from pages.context import Context, Page
from pages.figure import Figures

TEMPLATES = Path(__file__).parents[1] / "templates"
TEXTS = ("CODEBOOK.md", "RULES.md")  # generated from the contract and the code; pages of their own
_OWN_ANCHOR = re.compile(r'<a id="(\w+)"></a>\s*(#+ \1$)', re.IGNORECASE | re.MULTILINE)  # a heading has one by itself
OF_METHODS = ("coverage", "robustness")  # words in the names of notebooks that the page of methods names


def assemble(notebooks: Path, tables: Path, figures: Path, source: Path) -> None:
    """Fills a folder with every page and every file that the pages offer.

    Parameters
    ----------
    notebooks
        Folder of executed notebooks.
    tables
        Folder of derived tables, as `helpers.commands.export` writes it.
    figures
        Folder in which the run of the notebooks kept its figures; those of members and places are added.
    source
        Folder to fill; what it holds is deleted. Sphinx renders it with the settings in `site/`.

    Raises
    ------
    FileNotFoundError
        In one line, if a figure of a notebook is not in `figures`.
    """
    shutil.rmtree(source, ignore_errors=True)
    files = source / "extra" / "files"
    files.mkdir(parents=True)
    paths = sorted(notebooks.rglob("*.ipynb"), key=lambda path: (len(path.relative_to(notebooks).parts), path))
    record = helpers.open_record(notebook.parameters_of(paths[0]) if paths else {})
    context = Context(record, derived_tables(record.data))
    kept = Figures(figures, files)
    listed = list(_notebooks(paths, notebooks, source, kept))
    groups = downloads.write_downloads(tables, files)
    pages = [
        *front.front_pages(context, notebooks, listed, kept),
        front.answers_page(notebooks, listed),
        *member.member_pages(context, kept),
        places.places_page(context, kept),
        compare.compare_page(context),
        Page(
            "downloads",
            "Data",
            "downloads.html",
            {"groups": groups, "examples": downloads.examples()},
            "Every table as CSV and JSON, and the whole as one zip.",
        ),
        methods_page(context, listed),
        history.changes_page(record, notebooks),
    ]
    write_record(context, source, pages, listed)
    retired.write_retired(record.data, source / "extra")
    api.write_api(source / "api")
    for name in TEXTS:
        text = (DATA / name).read_text(encoding="utf-8")
        for other in TEXTS:
            text = text.replace(f"]({other}", f"]({other.lower()}")
        text = _OWN_ANCHOR.sub(r"\2", text)
        (source / name.lower()).write_text(text, encoding="utf-8")


def write_record(
    context: Context, source: Path, more: Iterable[Page] = (), notebooks: Iterable[dict[str, str]] = ()
) -> None:
    """Writes the pages that need nothing but the tables, and `more`, and what the frame of every page takes from the record."""
    facts = share.citation()
    pages = [
        *more,
        register.register_page(context),
        *timeline.timeline_pages(context),
        *series.series_pages(context),
        *exercise.exercise_pages(context),
        *share.small_pages(facts),
    ]
    environment = templates(context, facts)
    for page in pages:
        target = source / "pages" / f"{page.path}.html"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(render(environment, page, facts), encoding="utf-8")
    listed = [
        {
            "path": page.path,
            "title": page.title,
            "description": page.description,
            "sections": page.sections,
            "image": page.image,
        }
        for page in pages
    ]
    package = read_package(DATA)
    listed[0]["ld"] = share.linked_data(facts, package, [f"files/{package['name']}-{package['version']}.zip"])
    (source / "pages.json").write_text(json.dumps(listed, ensure_ascii=False), encoding="utf-8")
    extra = source / "extra"
    extra.mkdir(exist_ok=True)
    share.write_feed(facts, extra / "changes.atom")
    notebooks = list(notebooks)
    share.write_sitemap(
        [*(page.path for page in pages if page.path != "404"), *(one["name"] for one in notebooks)],
        facts,
        extra / "sitemap.xml",
    )
    (source / "static").mkdir(exist_ok=True)
    (source / "static" / "codes.css").write_text(stylesheet.stylesheet(), encoding="utf-8")
    settings = {
        "version": context.version,
        "last_day": phrases.day(*context.record.last_days),
        "base_url": facts["base"],
        "og_image": f"files/figures/{front.PICTURE}.png",
        "notebooks": notebooks,
        "citation": {name: facts[name] for name in ("author", "year", "title", "version", "published", "base")},
    }
    (source / "settings.json").write_text(json.dumps(settings, ensure_ascii=False), encoding="utf-8")


def methods_page(context: Context, notebooks: list[dict[str, str]]) -> Page:
    """How the record knows, and where its rules stand."""
    values = {
        "conflicts": int(context.register["conflicts"].map(bool).sum()),
        "notebooks": [
            one for one in notebooks if "/" in one["name"] or any(word in one["name"] for word in OF_METHODS)
        ],
    }
    return Page(
        "methods",
        "Methods",
        "methods.html",
        values,
        "How the record knows who came, and what its marks and grades mean.",
    )


def _notebooks(paths: list[Path], folder: Path, source: Path, figures: Figures) -> Iterator[dict[str, str]]:
    """Hands every notebook on, and yields its name, title, way to the root, and first sentence."""
    names = {path: path.relative_to(folder).with_suffix("").as_posix() for path in paths}
    for path, name in names.items():
        root = "../" * name.count("/")
        page = notebook.prepare(nbformat.read(path, as_version=4), name, figures, {*names.values()}, root)
        target = source / f"{name}.ipynb"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(nbformat.writes(page), encoding="utf-8")
        yield {"name": name, "root": root, **notebook.opening(path, page)}


def templates(context: Context, facts: dict[str, str]) -> jinja2.Environment:
    """The templates, escaping every value as HTML."""
    loader = jinja2.FileSystemLoader(TEMPLATES)
    strict = dict(undefined=jinja2.StrictUndefined, finalize=one_line, trim_blocks=True, lstrip_blocks=True)
    environment = jinja2.Environment(loader=loader, autoescape=True, **strict)
    environment.filters |= {"day": words.day, "short_day": words.short_day, "plain": words.plain}
    environment.globals |= {"step_address": step_address}
    reports = context.data["reports"]
    environment.globals |= {
        "days": words.days,
        "codes": CODES,
        "grades": GRADES,
        "groups": words.GROUPS,
        "cell_words": words.cell_words,
        "citation": facts,
        "version": context.version,
        "last_day": phrases.day(*context.record.last_days),
        "reports": f"{len(reports):,}",
        "publications": f"{reports['source_id'].nunique():,}",
    }
    return environment


def render(environment: jinja2.Environment, page: Page, facts: dict[str, str]) -> str:
    """A page's body as HTML."""
    cited = share.cite(facts, page.title, page.path)
    return environment.get_template(page.template).render(citation_of=cited, **page.values)


def one_line(value: Any) -> Any:
    """A value on one line, as a cell of a table should be."""
    return " ".join(value.splitlines()) if type(value) is str else value
