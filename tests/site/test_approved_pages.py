"""What the pages of a frozen record are is what somebody approved, so that a slip in a template or its builder changes a digest.

As `tests/notebooks/test_approved.py` does for notebooks: the record in `tests/fixtures/frozen` changes with no search. Here
pages stand as the templates give them, before Sphinx frames them, without their drawings, which are approved there. Whoever
changes a page on purpose looks at it, and writes what is approved with
`PYTHONPATH=tests:site python tests/site/test_approved_pages.py`.
"""

import base64
import difflib
import hashlib
import re
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import nbformat
from matplotlib.figure import Figure
from outcomes import outcomes
from support import ROOT

import helpers
from helpers.commands.export import derived_tables
from helpers.display.figures import save
from helpers.display.finding import Finding
from pages import assembly, compare, exercise, front, history, member, places, register, series, share, timeline
from pages.context import Context
from pages.figure import Figures

APPROVED = ROOT / "tests" / "fixtures" / "approved" / "pages.txt"
FROZEN = ROOT / "tests" / "fixtures" / "frozen"
CITED = {
    "author": "A. Nobody",
    "title": "A record",
    "version": "9.9.9",
    "published": "2030-01-01",
    "year": "2030",
    "base": "https://example.org/",
}
NAMES = ("00_start_here", "methods/rhythm_and_ties")  # notebooks that are made fit for a page here: two save time
COMPARED = {  # what the page of changes compares, in place of what the versions of the day are
    "rows": [("Rows of reports", "2", "3"), ("Rows of <b>sources</b>", "4", "4")],
    "said": [("Two.", "Three.")],
    "turned": [("A claim", "holds", "fails")],
    "before": "9.9.8",
    "now": "9.9.9",
    "releases": [],
}
SHOWN = 160  # characters of a page's text that are kept to read; the rest is held by its digest


def execute(name, folder):
    """Writes a notebook with what its cells give of the frozen record, and its figures, into folders of a run."""
    notebook = nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", as_version=4)
    values = outcomes(ROOT / "notebooks" / f"{name}.ipynb", DATA=str(FROZEN))
    for cell in (cell for cell in notebook.cells if cell.cell_type == "code"):
        value, metadata = values.get(cell.id), {}
        if isinstance(value, Finding):
            data = value._repr_mimebundle_()
        elif isinstance(value, Figure):
            png, alt = save(value, folder / "figures")
            data, metadata = {"image/png": base64.b64encode(png).decode()}, {"image/png": alt}
        else:
            data = {"text/html": value.data} if value is not None else {}
        cell.outputs = [nbformat.v4.new_output("display_data", data, metadata=metadata)]
    path = folder / "notebooks" / f"{name}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, path)
    return path


def pages_of_the_frozen_record(folder):
    """(path, HTML) of every page, with two notebooks; the page of downloads lists files, and has tests of its own."""
    (folder / "figures").mkdir()
    executed = folder / "notebooks"
    paths = [execute(name, folder) for name in NAMES]
    record = helpers.open_record(data=FROZEN)
    context, figures = Context(record, derived_tables(record.data)), Figures(folder / "figures", folder)
    facts = CITED | share.cite(CITED, "", "")
    environment = assembly.templates(context, facts)
    environment.globals["version"] = CITED["version"]
    listed = list(assembly._notebooks(paths, executed, folder / "source", figures))
    changed = history.changes_page(record, executed)
    pages = [
        *front.front_pages(context, executed, listed, figures),
        front.answers_page(executed, listed),
        *member.member_pages(context, figures),
        places.places_page(context, figures),
        compare.compare_page(context),
        assembly.methods_page(context, listed),
        replace(changed, values=changed.values | COMPARED),
        register.register_page(context),
        *timeline.timeline_pages(context),
        *series.series_pages(context),
        *exercise.exercise_pages(context),
        *share.small_pages(facts),
    ]
    for name in NAMES:
        cells = nbformat.read(folder / "source" / f"{name}.ipynb", as_version=4).cells
        shown = [output["data"].get("text/html", "") for cell in cells for output in cell.get("outputs", [])]
        yield name, "\n".join(shown)
    yield from ((page.path, assembly.render(environment, page, facts)) for page in pages)


def told():
    """A line a page: its path, how its text begins, and a digest of all its markup but drawings."""
    with tempfile.TemporaryDirectory() as folder:
        pages = list(pages_of_the_frozen_record(Path(folder)))
    return "".join(f"{path}: {_line(html)}\n" for path, html in pages)


def _line(html):
    markup = re.sub("<svg.*?</svg>", "<svg/>", html, flags=re.DOTALL)
    text = " ".join(re.sub("<[^>]+>", " ", markup).split())
    return f"{text[:SHOWN]} ... {hashlib.sha256(' '.join(markup.split()).encode()).hexdigest()[:12]}"


def test_pages_are_what_was_approved():
    now = told().splitlines()
    differs = difflib.unified_diff(
        APPROVED.read_text(encoding="utf-8").splitlines(), now, "approved", "now", lineterm="", n=0
    )
    assert not (lines := list(differs)), "\n".join(lines)


if __name__ == "__main__":
    APPROVED.write_text(told(), encoding="utf-8")
    print(f"wrote {APPROVED.name}", file=sys.stderr)
