"""Figures on pages live: drawn for a desk and for a phone, each mark linked, named on hover and focus, dark without a white sheet."""

import re

import pytest
from browser import DESK, PHONE, in_browser
from PIL import Image

from helpers import open_record
from helpers.analyses.disengagement.text import describe_attendance
from helpers.derive.codes import CODES
from helpers.display.phrases import short_day
from pages.figure import hide_title

VIEW = r'viewBox="\S+ (\S+) \S+ (\S+)"'
SOME = ("index.html", "03_disengagement.html", "04_exercise_cadence.html", "members/ARM.html", "places.html")


def test_no_page_shows_a_picture_of_pixels(site, parsed):
    for path in parsed:
        text = path.read_text(encoding="utf-8")
        assert "<img" not in text.split("<main")[1].split("</main>")[0], path.name


def test_a_title_that_stands_above_its_figure_is_not_shown_again(built, site):
    page = (site / "03_disengagement.html").read_text(encoding="utf-8")
    said = describe_attendance(open_record()).headline.rstrip(".")
    drawn = re.search(r'<figure class="living" id="[^"]*-who-came">.+?</figure>', page, re.DOTALL)[0]
    assert f">{said}</text>" not in drawn
    assert f'aria-label="{said}' in drawn
    file = next((site / "files" / "figures").glob("03*who-came.svg")).read_text(encoding="utf-8")
    assert f">{said}</text>" in file
    hidden = hide_title(file, {said})
    assert hidden != file == hide_title(file, {"Something else"})
    (top, height), (before, whole) = ([float(n) for n in re.search(VIEW, one).groups()] for one in (hidden, file))
    assert top - before == pytest.approx(whole - height) and top > before  # what is left moves up, and the rest stays


@in_browser
def test_the_drawing_fits_the_width(site, visit):
    one = visit()
    for name in SOME:
        page = one.go(site / name)
        for width, shown, hidden in ((1300, "wide", "phone"), (600, "phone", "wide"), (390, "phone", "wide")):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.locator(f"figure.living .{shown} svg >> visible=true").count() > 0, (name, width)
            assert (
                page.locator(f"figure.living .{hidden}:has(+ .phone) svg >> visible=true").count() == 0
                or shown == "wide"
            )
            assert page.locator(f"figure.living .{hidden} svg >> visible=true").count() == 0 or hidden == "wide", (
                name,
                width,
            )


@in_browser
def test_text_of_figures_can_be_read_on_a_phone(site, visit):
    """In pixels of the screen, at 390 of width, where a figure is drawn for a phone."""
    one = visit(viewport=PHONE)
    for name in SOME:
        page = one.go(site / name)
        sizes = page.evaluate(
            "Array.from(document.querySelectorAll('figure.living .phone text'), t => {"
            " const s = t.ownerSVGElement; return parseFloat(getComputedStyle(t).fontSize) * s.getBoundingClientRect().width / s.viewBox.baseVal.width; })"
        )
        assert sizes and min(sizes) >= 9, (name, min(sizes))


@in_browser
def test_every_mark_says_what_the_data_say_and_leads_there(site, visit):
    record = open_record()
    page = visit(viewport=DESK).go(site / "index.html")
    marks = page.evaluate(
        "Array.from(document.querySelectorAll('figure.living .wide a.mark'), m =>"
        " [m.getAttribute('href'), m.getAttribute('aria-label'), m.querySelector('title').textContent])"
    )
    shown = {}
    for address, said, title in marks:
        assert said == title
        assert (site / address).exists()
        shown[address, re.search(r", ([^,:]+):", said)[1]] = said
    names = record.names
    for row in record.held.itertuples():
        key = (f"exercises/{row.exercise_id}.html", names[row.iso3])
        if key not in shown:
            assert names[row.iso3] == "Uzbekistan"  # no member any more: not in this picture
            continue
        said = shown.pop(key)
        assert short_day(row.start_earliest) in said
        role = {"came": "came", "away": "stayed away", "unclear": "not clear"}[CODES[row.code].role]
        assert f"{names[row.iso3]}: {role}" in said
    assert shown == {}


@in_browser
def test_a_mark_is_named_below_on_hover_and_on_focus_and_keys_walk(site, visit):
    page = visit(viewport=DESK).go(site / "index.html")
    first, told = page.locator("figure.living .wide a.mark").first, page.locator("figure.living .pointed")
    first.hover()
    assert told.inner_text() == first.get_attribute("aria-label")
    first.focus()
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == first.get_attribute("aria-label")
    here = told.inner_text()
    for key in ("ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"):
        page.keyboard.press(key)
        assert told.inner_text() == page.evaluate("document.activeElement.getAttribute('aria-label')")
        assert told.inner_text() != here or key == "ArrowUp"
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    page.keyboard.press("Tab")  # one stop for the whole picture
    assert page.evaluate("document.activeElement.closest('svg')") is None
    page.keyboard.press("Shift+Tab")
    address = page.evaluate("document.activeElement.getAttribute('href')")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{address}")


@in_browser
def test_a_finger_beside_a_mark_is_told_the_nearest_and_a_second_tap_leads_on(site, visit):
    page = visit(viewport=PHONE, has_touch=True).go(site / "index.html")
    mark, told = page.locator("figure.living .phone a.mark").nth(9), page.locator("figure.living .pointed")
    assert told.inner_text() == "Point at or tap a mark for what it stands for."
    mark.scroll_into_view_if_needed()
    box = mark.bounding_box()
    x, y = box["x"] + box["width"] / 2 + 1, box["y"] + box["height"] / 2 + 1
    page.touchscreen.tap(x, y)
    assert told.inner_text() == mark.get_attribute("aria-label")
    address = mark.get_attribute("href")
    page.touchscreen.tap(x, y)
    page.wait_for_url(f"**/{address}")


@in_browser
def test_the_dark_has_no_white_sheet(site, visit, tmp_path):
    one = visit(viewport=DESK, color_scheme="dark")
    for name in SOME:
        page = one.go(site / name)
        figure = page.locator("figure.living .wide svg").first
        figure.screenshot(path=tmp_path / "figure.png")
        image = Image.open(tmp_path / "figure.png").convert("L")
        light = sum(image.histogram()[200:]) / (image.width * image.height)
        assert light < 0.2, (name, light)
        one.page.emulate_media(color_scheme="light")
        figure.screenshot(path=tmp_path / "figure.png")
        assert (
            sum(Image.open(tmp_path / "figure.png").convert("L").histogram()[200:]) / (image.width * image.height) > 0.5
        )
        one.page.emulate_media(color_scheme="dark")


@in_browser
def test_the_typeface_of_figures_is_there(site, visit):
    page = visit(viewport=DESK).go(site / "index.html")
    page.evaluate("document.fonts.ready.then(() => 0)")
    assert (
        page.evaluate(
            "Array.from(document.fonts).filter(f => f.family.includes('Source Sans Pro') && f.status === 'loaded').length"
        )
        >= 2
    )
    assert sum(path.stat().st_size for path in (site / "_static" / "typeface").iterdir()) < 120_000


@in_browser
def test_code_is_behind_one_switch(site, visit):
    page = visit(viewport=DESK).go(site / "03_disengagement.html")
    assert page.locator("div.cell_input >> visible=true").count() == 0
    page.get_by_role("button", name="Show code").click()
    assert page.locator("div.cell_input >> visible=true").count() > 5
    page.get_by_role("button", name="Hide code").click()
    assert page.locator("div.cell_input >> visible=true").count() == 0
    bare = visit(viewport=DESK, java_script_enabled=False).go(site / "03_disengagement.html")
    assert bare.locator("div.cell_input >> visible=true").count() > 5


@in_browser
def test_long_pages_list_their_sections_at_every_width(site, visit):
    one = visit()
    for width in (1300, 900, 390):
        page = one.go(site / "03_disengagement.html")
        page.set_viewport_size({"width": width, "height": 900})
        page.reload()
        if width < 1180:
            page.locator("nav.sections summary").click()
        links = page.locator("nav.sections a >> visible=true")
        assert links.count() == page.locator("article h2").count(), width
        links.last.click()
        assert page.evaluate("document.querySelector(':target') !== null")


GLYPHS = "Array.from(document.querySelectorAll('.mark[data-state]'), m => [m.closest('tr').querySelector('th a').getAttribute('href'), m.dataset.state, m.textContent])"


def disagreeing(page, cells):
    """Marks of the register whose glyph is not that of the data's code."""
    glyphs = {(f"exercises/{row.exercise_id}.html", row.iso3): CODES[row.code].glyph for row in cells.itertuples()}
    return [(address, state) for address, state, glyph in page.evaluate(GLYPHS) if glyphs[address, state] != glyph]


@in_browser
@pytest.mark.parametrize("planted", [("■", "✕"), ("–", "?")])
def test_marks_of_the_register_are_the_data_s_and_a_swap_is_noticed(site, visit, tables, planted):
    page = visit(viewport=DESK).go(site / "register.html")
    assert disagreeing(page, tables["attendance"]) == []
    page.evaluate(
        "([a, b]) => document.querySelectorAll('.mark[data-state]').forEach(m => { m.textContent = m.textContent === a ? b : m.textContent === b ? a : m.textContent; })",
        list(planted),
    )
    assert disagreeing(page, tables["attendance"])
