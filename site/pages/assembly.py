"""Gathers what Sphinx renders.

Outputs of notebooks are taken as they are. Pages of the record are written from the loaded tables through the templates,
which escape every value.
"""

import json
import shutil
from pathlib import Path
from typing import Any

import jinja2
import nbformat
import pandas as pd
from markupsafe import Markup

import helpers
from helpers.commands.export import derived_tables
from helpers.derive.codes import CODES, GRADES
from helpers.derive.register import cutoff
from helpers.display import phrases
from helpers.loaders.contract import read_package
from helpers.loaders.tables import DATA
from pages import api, downloads, exercise, front, notebook, register, retired, stylesheet, timeline, words

TEMPLATES = Path(__file__).parents[1] / "templates"


def assemble(notebooks: Path, tables: Path, figures: Path, source: Path) -> None:
    """Fills a folder with every page and every file that the pages offer.

    Parameters
    ----------
    notebooks
        Folder of executed notebooks.
    tables
        Folder of derived tables, as `helpers.commands.export` writes it.
    figures
        Folder in which the run of the notebooks kept its figures.
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
    record = helpers.open_record().whole()
    write_record(record.data, derived_tables(record.data), source)
    retired.write_retired(record.data, source / "extra")
    api.write_api(source / "api")
    for path in sorted(notebooks.glob("*.ipynb")):
        page = notebook.prepare(nbformat.read(path, as_version=4), path.stem, figures, files)
        (source / path.name).write_text(nbformat.writes(page), encoding="utf-8")
    png, alt = front.picture(notebooks)
    offered = Markup(notebook.offer(png, "record", figures, files))
    facts = {"cite": downloads.citation(), "last_day": phrases.day(record.last_day)}
    environment = templates()
    answers = front.front_page(record, notebooks)
    _write(environment, "index.md", source / "index.md", alt=alt, offered=offered, **facts, **answers)
    listed = downloads.write_downloads(tables, files)
    _write(environment, "downloads.md", source / "downloads.md", groups=listed, examples=downloads.examples(), **facts)
    shutil.copyfile(DATA / "CODEBOOK.md", source / "codebook.md")


def write_record(data: dict[str, pd.DataFrame], tables: dict[str, pd.DataFrame], source: Path) -> None:
    """Writes register, timeline and one page an exercise into `source`, and what every page takes from the record."""
    environment = templates()
    _write(environment, "register.md", source / "register.md", **register.register_page(data, tables))
    _write(environment, "timeline.md", source / "timeline.md", **timeline.timeline_page(data, tables))
    for one in exercise.exercise_pages(data, tables):
        target = source / "exercises" / f"{one['exercise_id']}.md"
        _write(environment, "exercise.md", target, exercise=one, grades=GRADES)
    (source / "static").mkdir()
    (source / "static" / "codes.css").write_text(stylesheet.stylesheet(), encoding="utf-8")
    settings = {"version": read_package(DATA)["version"], "last_day": phrases.day(cutoff(data["sources"]))}
    (source / "settings.json").write_text(json.dumps(settings), encoding="utf-8")


def templates() -> jinja2.Environment:
    """The templates, escaping every value as HTML; the filter `md` escapes for Markdown instead."""
    loader = jinja2.FileSystemLoader(TEMPLATES)
    strict = dict(undefined=jinja2.StrictUndefined, finalize=one_line, trim_blocks=True, lstrip_blocks=True)
    environment = jinja2.Environment(loader=loader, autoescape=True, **strict)
    environment.filters |= {
        "md": lambda text: Markup(phrases.escape(one_line(text))),
        "day": words.day,
        "plain": words.plain,
    }
    environment.globals |= {"days": words.days, "codes": CODES, "groups": words.GROUPS}
    return environment


def one_line(value: Any) -> Any:
    """A value on one line: a line break in a cell must not end the block of HTML that it stands in."""
    return " ".join(value.split()) if type(value) is str else value


def _write(environment: jinja2.Environment, template: str, target: Path, **values: Any) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(environment.get_template(template).render(**values), encoding="utf-8")
