"""Every page in the browser: quiet, light, accessible, on a phone, by keyboard, on paper."""

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from browser import DESK, ONE_OF_EACH, PHONE, in_browser, main_pages, overflows, violations

from helpers import open_record
from pages import assembly, front, share
from pages.context import Context
from pages.figure import Figures

PAGE_LIMIT, SCRIPT_LIMIT = 1_500_000, 100_000  # bytes
BOX_LIMIT = 9_000  # elements that are laid out: half of what took the browser of CI 1.4 seconds


@in_browser
def test_main_pages_load_quietly_are_light_and_accessible(site, visit):
    for look in (
        dict(viewport=DESK, color_scheme="light"),
        dict(viewport=PHONE, color_scheme="dark", has_touch=True),
    ):
        one = visit(**look)
        for path in main_pages(site):
            page = one.go(path)
            files = {Path(unquote(urlsplit(url).path)) for url in one.asked if url.startswith("file:")}
            assert not [url for url in one.asked if not url.startswith(("file:", "data:", "about:"))], path.name
            assert sum(file.stat().st_size for file in files) < PAGE_LIMIT, path.name
            assert not overflows(page), (path.name, look["viewport"])
            assert violations(page, ["scrollable-region-focusable"]) == [], path.name  # while all rows are there
            page.evaluate(ONE_OF_EACH)
            assert violations(page) == [], path.name
        assert one.complaints == []


def pages_of_exercises(site):
    """The page of each exercise, without those that only lead on from an address of an earlier version."""
    paths = sorted((site / "exercises").glob("*.html"))
    return [path for path in paths if "<article" in path.read_text(encoding="utf-8")]


# The article of another page in place of this one's: all exercises share the rest of the page and its style.
SWAP = """html => {
  const article = new DOMParser().parseFromString(html, "text/html").querySelector("article");
  document.querySelector("article").replaceWith(article);
}"""


@in_browser
def test_no_main_page_scrolls_sideways_at_any_width(site, visit):
    one = visit()
    for path in main_pages(site):
        page = one.go(path)
        page.evaluate(ONE_OF_EACH)
        for width in (320, 390, 600, 760, 961, 1300):  # on both sides of each change of the layout
            page.set_viewport_size({"width": width, "height": 900})
            assert not (wide := overflows(page)), (path.name, width, wide[:3])


@in_browser
def test_every_exercise_is_light_and_fits_a_phone(site, visit):
    paths = pages_of_exercises(site)
    page = visit(viewport=PHONE).go(paths[0])
    for path in paths:
        assert path.stat().st_size < PAGE_LIMIT / 3, path.name
        page.evaluate(SWAP, path.read_text(encoding="utf-8"))
        assert not overflows(page), path.name
    page.evaluate("document.querySelector('article h1').style.width = '600px'")
    assert overflows(page)  # the question is still awake


class Shapes(HTMLParser):
    """The kinds of element on a page: tag within tag, with all that can make it inaccessible but its words."""

    def __init__(self, text):
        super().__init__()
        self.kinds, self.open = set(), []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        loose = {
            "href",
            "id",
            "src",
            "title",
            "content",
            "value",
        }  # differ from page to page; a missing one still counts
        kind = tuple(
            sorted((name, "" if name in loose or name.startswith("data-") else value) for name, value in attributes)
        )
        self.kinds.add((self.open[-1] if self.open else "", tag, kind))
        self.open.append(tag)

    def handle_endtag(self, tag):
        while self.open and self.open.pop() != tag:
            pass


def covering(paths):
    """Few pages that together show every kind of element that any page shows: all come from one template."""
    left = {path: Shapes(path.read_text(encoding="utf-8")).kinds for path in paths}
    wanted, chosen = set().union(*left.values()), []
    while wanted:
        best = max(sorted(left), key=lambda path: len(left[path] & wanted))
        wanted -= left.pop(best)
        chosen.append(best)
    return chosen


@in_browser
def test_exercises_of_every_shape_load_quietly_and_are_accessible(site, visit):
    every = pages_of_exercises(site)
    paths = covering(every)
    assert (
        1 < len(paths) < len(every) / 5
    )  # more than one shape is met, and no attribute makes each page a shape of its own
    for look in (dict(viewport=DESK, color_scheme="dark"), dict(viewport=PHONE, color_scheme="light")):
        one = visit(**look)
        for path in paths:
            page = one.go(path)
            assert not [url for url in one.asked if not url.startswith(("file:", "data:", "about:"))], path.name
            assert violations(page) == [], path.name
        assert one.complaints == []


@in_browser
def test_the_accessibility_checker_sees_a_planted_fault(site, visit):
    page = visit().go(site / "index.html")
    page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=\"favicon.svg\">')")
    page.evaluate("document.querySelector('h1').style.color = '#ddd'")
    assert {name for name, _ in violations(page)} == {"image-alt", "color-contrast"}


@in_browser
def test_the_keyboard_alone_goes_everywhere_and_is_seen(site, visit):
    page = visit(viewport=DESK).go(site / "index.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className").startswith("skip-to-content")
    reached = set()
    for _ in range(200):
        page.keyboard.press("Tab")
        place = page.evaluate(
            "(() => { const a = document.activeElement; if (a === document.body) return null;"
            " const s = getComputedStyle(a), b = a.getBoundingClientRect();"
            " return [a.outerHTML.slice(0, 90), a.getAttribute('href'), s.outlineStyle !== 'none' && b.width > 0]; })()"
        )
        if place is None:
            break
        assert place[2], f"focus is not seen on {place[0]}"
        reached.add(place[1])
    else:
        pytest.fail("the keyboard never comes out of the page")
    assert {"register.html", "timeline.html", "downloads.html", "files/figures/who-came.svg"} <= reached


@in_browser
def test_every_part_is_one_step_away_on_a_phone(site, visit):
    page = visit(viewport=PHONE).go(site / "exercises" / "search-2024.html")
    for name in ("Answers", "Register", "Members", "Timeline", "Data", "Methods"):
        box = page.locator(".bar nav a", has_text=name).bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= PHONE["width"], name
        assert box["y"] < 110, name


@in_browser
def test_paper_gets_the_text_and_no_controls(site, visit):
    one = visit(viewport=DESK, color_scheme="dark")
    for path in main_pages(site):
        page = one.go(path)
        page.emulate_media(media="print")
        for gone in ("form.filters", ".bar", ".foot", ".theme-toggle", ".downloads", ".cite", "div.cell_input"):
            assert page.locator(f"{gone} >> visible=true").count() == 0, (path.name, gone)
        assert page.locator("article h1, article h2").first.is_visible()
    assert page.pdf(format="A4")[:5] == b"%PDF-"


@in_browser
def test_the_bar_finds_an_exercise_by_name(site, visit, tables):
    name = tables["register"].iloc[-1]["name"]
    page = visit(viewport=DESK).go(site / "members" / "ARM.html")
    page.fill(".find input", name)
    page.keyboard.press("Enter")
    page.wait_for_url("**/register.html#*")
    assert name in page.locator("tbody tr:visible th").all_inner_texts()


@in_browser
def test_search_finds_an_answer(site, visit):
    page = visit(viewport=DESK).go(site / "search.html")
    page.fill("main input[name=q]", "robustness")
    page.keyboard.press("Enter")
    page.wait_for_selector("#search-results li a")


@in_browser
def test_a_member_fits_two_sheets_and_the_brief_one(site, visit):
    one = visit(viewport=DESK)
    for path in sorted((site / "members").glob("???.html")):
        assert 1 <= sheets(one.go(path)) <= 2, path.stem
    assert sheets(one.go(site / "brief.html")) == 1


@in_browser
def test_the_brief_of_another_member_fits_one_sheet(built, visit, tables, tmp_path):
    context, facts = Context(open_record({"FOCUS": "KAZ"}), tables), share.citation()
    kept = Figures(tmp_path, tmp_path)
    brief = next(one for one in front.front_pages(context, built / "notebooks", [], kept) if one.path == "brief")
    html = assembly.render(assembly.templates(context, facts), brief, facts)
    page = visit(viewport=DESK).go(built / "site" / "brief.html")
    page.evaluate("html => { document.querySelector('article').innerHTML = html; }", html)
    assert "Kazakhstan" in page.locator("h1").inner_text()
    assert sheets(page) == 1


@in_browser
def test_long_tables_of_a_notebook_are_folded_on_a_phone(site, visit):
    one = visit(viewport=PHONE)
    page = one.go(site / "03_disengagement.html")
    folds = page.locator("details.table-fold")
    assert folds.count() > 1
    assert page.locator("details.table-fold[open]").count() == 0
    assert folds.first.locator("summary").inner_text().startswith("Table: ")
    assert page.evaluate(
        "Array.from(document.querySelectorAll('.cell_output table.record'))"
        ".every(table => table.tBodies[0].rows.length <= 6 || table.closest('details'))"
    )
    assert visit(viewport=DESK).go(site / "03_disengagement.html").locator("details.table-fold").count() == 0


def sheets(page):
    """On how many sheets of A4 a page is printed."""
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", page.pdf(prefer_css_page_size=True)))


@in_browser
def test_no_page_lays_out_more_than_a_slow_machine_can_at_once(site, visit):
    """How soon a page is ready depends on the machine, and `make bench` says it; what it has to lay out does not."""
    boxes = "Array.from(document.querySelectorAll('body *')).filter(one => one.getClientRects().length).length"
    one = visit(viewport=DESK)
    for path in main_pages(site):
        limit = BOX_LIMIT * (2 if path.parent.name == "api" else 1)  # a page of the code's names, for who writes code
        assert one.go(path).evaluate(boxes) < limit, path.name
    page = one.go(site / "timeline.html")
    page.add_style_tag(content="tr.folded { display: table-row !important }")
    assert page.evaluate(boxes) > BOX_LIMIT  # what the timeline laid out while it took longer than a second
