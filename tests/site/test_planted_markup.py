"""Markup in the data and in findings is shown and never obeyed: HTML, Markdown, MyST, templates, format strings, mathematics."""

import json
from pathlib import Path

import nbformat
import pytest
from browser import DESK, in_browser, pages_of, render

from helpers.commands.export import derived_tables
from helpers.derive.record import Record
from helpers.derive.scope import Scope
from helpers.display.finding import MIME, Finding
from helpers.display.phrases import escape
from helpers.loaders.tables import DATA, read_scope
from pages import assembly, front, member, notebook, places
from pages.context import Context
from pages.figure import Figures

TAGS = "<img src=x onerror=document.title='owned'>"
PLANT = (
    f"\"'>--></td></table></script>{TAGS}<script>document.title='owned'</script>\n````\n```{{include}} /etc/hostname\n```\n"
    "{eval}`7*7` {{ 7 * 7 }} {name.__class__} {0} **b** `c` $x^2$ [d](javascript:document.title='owned') %s"
)
SHORT = "<i>{0} $x^2$ {{7*7}}</i>"  # for names that stand in figures, where there is room for a name
DRAWN = {("countries", "name"), ("places", "name"), ("events", "label")}


@pytest.fixture(scope="module")
def planted(data, tmp_path_factory):
    """A small site from a copy of the data with markup in every cell of free text. The contract would refuse it: pages must not rely on that."""
    copy = {name: table.copy() for name, table in data.items()}
    often = copy["reports"]["exercise_id"].value_counts().index
    whole = copy["exercises"].query("parent_id == '' and organiser == 'CSTO' and event_type == 'exercise'")
    chosen = [one for one in often if one in set(whole["exercise_id"])][:3]
    copy["exercises"] = whole[whole["exercise_id"].isin(chosen)].reset_index(drop=True)
    own = copy["exercises"]["exercise_id"]
    named = {one for column in ("events_for", "events_against") for ids in copy["claims"][column] for one in ids}
    named |= set(copy["bodies"]["exit_rule"])
    few = (copy["events"].index < 60) | copy["events"]["event_id"].isin(named)
    for name, inside in {"reports": copy["reports"]["exercise_id"].isin(own), "events": few}.items():
        copy[name] = copy[name][inside].reset_index(drop=True)
    for name, columns in {
        "exercises": ["note"],
        "series": ["name", "name_ru", "mandate"],
        "reports": ["said_by", "absent_reason", "note", "deprecated_why"],  # troops are read as numbers
        "sources": ["outlet", "title"],
        "events": ["what", "note", "label"],
        "countries": ["name"],
        "places": ["name", "region"],
        "votes": ["subject", "resolution"],
        "dues": ["note", "said_by", "currency"],
        "polls": ["question", "answer", "pollster"],
        "quotations": ["quote", "lang"],
        "offices": ["name", "office"],
    }.items():
        for column in columns:
            copy[name][column] = SHORT if (name, column) in DRAWN else PLANT
    copy["sources"]["url"] = "javascript:document.title='owned'"
    for name, column in (("series", "aliases"), ("places", "aliases")):
        copy[name][column] = [(PLANT,)] * len(copy[name])
    folder = tmp_path_factory.mktemp("planted")
    source = folder / "source"
    context = Context(Record.of_scope(copy, Scope.of({}, read_scope(DATA))), derived_tables(copy))
    figures = Figures(folder / "figures", source / "extra" / "files")
    figures.kept.mkdir()
    said = escape(PLANT)
    nb = nbformat.v4.new_notebook(metadata={"language_info": {"name": "python", "pygments_lexer": "ipython3"}})
    finding = Finding(f"It is {said}.", f"So {said}.", f"But {said}.")
    raw = Finding(f"Raw {PLANT}", f"{PLANT}")  # even where somebody forgot to escape
    nb.cells = [nbformat.v4.new_markdown_cell("# Planted\n\nWords.", id="title")]
    for name, one in (("escaped", finding), ("raw", raw)):
        cell = nbformat.v4.new_code_cell("finding", id=name)
        cell.outputs = [
            nbformat.v4.new_output(
                "execute_result", {"text/markdown": one.text, MIME: one.as_dict()}, execution_count=1
            )
        ]
        nb.cells.append(cell)
    plain = nbformat.v4.new_code_cell("words", id="words")
    plain.outputs = [nbformat.v4.new_output("display_data", {"text/markdown": PLANT})]
    nb.cells.append(plain)
    executed = folder / "notebooks"
    executed.mkdir()
    nbformat.write(nb, executed / "planted.ipynb")
    prepared = notebook.prepare(nb, "planted", figures, {"planted"})
    source.mkdir(exist_ok=True)
    nbformat.write(prepared, source / "planted.ipynb")
    listed = [{"name": "planted", "root": "", **notebook.opening(executed / "planted.ipynb", nb)}]
    pages = [
        *front.front_pages(context, executed, listed, figures),
        front.answers_page(executed, listed),
        *member.member_pages(context, figures),
        places.places_page(context, figures),
    ]
    assembly.write_record(context, source, pages, listed)
    return render(source, folder / "site")


@in_browser
def test_markup_in_the_data_is_shown_and_never_obeyed(planted, visit):
    one = visit(viewport=DESK)
    seen = []
    host = Path("/etc/hostname").read_text(encoding="utf-8").strip()
    for path in pages_of(planted):
        page = one.go(path)
        page.wait_for_timeout(30)
        text = page.inner_text("article")
        assert page.title() != "owned", path.name
        assert page.locator("article img").count() == 0, path.name
        assert page.locator("a[href^='javascript']").count() == 0, path.name
        assert "49" not in text or "{{ 7 * 7 }}" in text, path.name
        assert "<class" not in text, path.name
        assert len(host) < 4 or host not in text, path.name
        assert page.locator("article .math, article mjx-container").count() == 0, path.name
        if TAGS in text:
            seen.append(path.name)
            assert "{name.__class__}" in text, path.name
    assert one.complaints == []
    assert {"planted.html", "register.html", "timeline.html", "index.html", "ARM.html"} <= set(seen)
    assert len(seen) > 15


def test_data_inside_scripts_cannot_end_them(planted):
    text = (planted / "index.html").read_text(encoding="utf-8")
    for script in ("citation",):
        body = text.split(f'id="{script}">')[1].split("</script>")[0]
        json.loads(body)
