"""Gathers what Sphinx renders: `python site/assemble.py NOTEBOOKS TABLES FIGURES SOURCE_FOLDER`.

Outputs of notebooks are taken as they are. Pages of the record are written from the loaded tables through the templates,
which escape every value.
"""

import shutil
import sys
from pathlib import Path

import downloads
import front_page
import jinja2
import nbformat
import notebook_pages
import register_pages
import timeline_page
import words
from markupsafe import Markup

from helpers.commands.export import derived_tables
from helpers.derive.codes import GRADES
from helpers.derive.register import cutoff
from helpers.display import phrases
from helpers.display.phrases import day
from helpers.loaders.tables import DATA, load

TEMPLATES = Path(__file__).parent / "templates"


def one_line(value):
    """A value on one line: a line break in a cell must not end the block of HTML that it stands in."""
    return " ".join(value.split()) if type(value) is str else value


def templates():
    """The templates, escaping every value as HTML; the filter `md` escapes for Markdown instead."""
    loader = jinja2.FileSystemLoader(TEMPLATES)
    strict = dict(undefined=jinja2.StrictUndefined, finalize=one_line, trim_blocks=True, lstrip_blocks=True)
    environment = jinja2.Environment(loader=loader, autoescape=True, **strict)
    environment.filters |= {
        "md": lambda text: Markup(phrases.escape(one_line(text))),
        "day": words.day,
        "plain": words.plain,
    }
    environment.globals |= {
        "days": words.days,
        "glyphs": words.GLYPHS,
        "attendance": words.ATTENDANCE,
        "groups": words.GROUPS,
    }
    return environment


def write_record(data, tables, source):
    """Writes register, timeline and one page an exercise into `source`."""
    environment = templates()
    pages = {"register": register_pages.register_page, "timeline": timeline_page.timeline_page}
    for name, page in pages.items():
        _write(environment, f"{name}.md", source / f"{name}.md", **page(data, tables))
    for exercise in register_pages.exercise_pages(data, tables):
        _write(
            environment,
            "exercise.md",
            source / "exercises" / f"{exercise['exercise_id']}.md",
            exercise=exercise,
            grades=GRADES,
        )


def _write(environment, template, target, **values):
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(environment.get_template(template).render(**values), encoding="utf-8")


def main(executed, tables, figures, source):
    """Fills the empty folder `source` with every page and every file that the pages offer."""
    shutil.rmtree(source, ignore_errors=True)
    files = source / "extra" / "files"
    files.mkdir(parents=True)
    data = load()
    derived, environment = derived_tables(data), templates()
    write_record(data, derived, source)
    for path in sorted(executed.glob("*.ipynb")):
        notebook = notebook_pages.prepare(nbformat.read(path, as_version=4), path.stem, figures, files)
        (source / path.name).write_text(nbformat.writes(notebook), encoding="utf-8")
    png, alt = front_page.picture(executed)
    offered = Markup(notebook_pages.offer(png, "record", figures, files))
    facts = {"cite": downloads.citation(), "last_day": day(cutoff(data["sources"]))}
    front = front_page.front_page(data, derived, executed)
    _write(environment, "index.md", source / "index.md", alt=alt, offered=offered, **facts, **front)
    listed = downloads.write_downloads(tables, files)
    _write(environment, "downloads.md", source / "downloads.md", groups=listed, **facts)
    shutil.copyfile(DATA / "CODEBOOK.md", source / "codebook.md")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
