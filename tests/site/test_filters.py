"""Filters, sorting and addresses of the register and the timeline, in the browser."""

import csv
import re
from urllib.parse import parse_qsl, urlsplit

import pandas as pd
import pytest
from browser import DESK, PHONE, in_browser

from helpers import open_record
from helpers.analyses.disengagement.steps import acts
from helpers.derive.codes import ABSENT
from helpers.display.addresses import TIMELINE_PAGES, step_address, timeline_page
from pages.context import Context
from pages.timeline import OPEN_YEARS


def statuses(tables):
    """What the register calls the status of each exercise."""
    return Context(open_record(), tables).register["state"].str.replace(" ", "-")


def count(page):
    """How many rows are found, and of how many: those of a folded year are said not to be shown."""
    found, all_, shown = re.fullmatch(r"(\d+) of (\d+) (?:found, (\d+) )?shown", page.inner_text(".count")).groups()
    assert page.locator("tbody tr:not(.year-row):visible").count() == int(shown or found)
    return int(found), int(all_)


COUNTS = """([name, values]) => {
  const form = document.querySelector("form.filters"), field = form.elements[name], counts = {};
  for (const value of values) {
    field.value = value;
    if (field.value !== value) throw new Error(`${name} offers no ${value}`);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    counts[value] = parseInt(document.querySelector(".count").textContent);
  }
  field.value = "";
  field.dispatchEvent(new Event("input", { bubbles: true }));
  return [counts, Array.from(field.options).map((option) => option.value).filter(Boolean)];
}"""


def agrees(page, name, wanted):
    """Whether each value of a filter, and no other, is offered and shows as many rows as the data have."""
    wanted = {str(value): int(number) for value, number in wanted.items()}
    shown, offered = page.evaluate(COUNTS, [name, list(wanted)])
    assert shown == wanted
    assert sorted(offered) == sorted(wanted)


@in_browser
def test_each_filter_of_the_register_counts_as_the_data_do(site, visit, tables):
    register, cells = tables["register"], tables["attendance"]
    page = visit(viewport=DESK).go(site / "register.html", "run=any")
    assert count(page) == (len(register), len(register))
    for name, column in [("series", "series_id"), ("year", "year"), ("class", "event_type")]:
        agrees(page, name, register[column].value_counts())
    agrees(page, "status", statuses(tables).value_counts())
    agrees(page, "host", register["hosts"].explode().value_counts())
    agrees(page, "state", cells[cells["expected"]].groupby("iso3").size().reindex(cells["iso3"].unique(), fill_value=0))
    former = ~cells["iso3"].isin(Context(open_record(), tables).former) | (cells["code"] != "not_expected")
    cells = cells[former]  # of former members, only what matters is shown
    any_state = cells.groupby("code")["exercise_id"].nunique().to_dict()
    came = cells[cells["code"].isin(["present", "observer"])]["exercise_id"].nunique()
    away = cells[cells["code"].isin(ABSENT)]["exercise_id"].nunique()
    awaited = cells[cells["expected"]]["exercise_id"].nunique()
    agrees(page, "attendance", any_state | {"came": came, "absent": away, "expected": awaited})


@in_browser
def test_state_and_attendance_are_one_question(site, visit, tables):
    cells, former = tables["attendance"], Context(open_record(), tables).former
    one = visit(viewport=DESK)
    for state in cells["iso3"].unique():
        page = one.go(site / "register.html", f"state={state}&run=any")
        own = cells.loc[cells["iso3"] == state, "code"].value_counts().reindex(cells["code"].unique(), fill_value=0)
        if state in former:
            own["not_expected"] = 0  # is not shown
        assert page.evaluate(COUNTS, ["attendance", list(own.index)])[0] == own.to_dict()


@in_browser
def test_the_register_is_searched_by_any_name_and_place(site, visit, data, tables):
    series = data["series"].set_index("series_id")
    register = tables["register"]
    told = [
        " ".join(
            [
                row.name,
                own["name"],
                *own["aliases"],
                own["name_ru"],
                *row.sites,
                row.exercise_id,
                row.kind,
                str(row.year),
            ]
        ).lower()
        for row in register.rename(columns={"event_type": "kind"}).itertuples(index=False)
        for own in [series.loc[row.series_id]]
    ]
    page = visit(viewport=DESK).go(site / "register.html")
    names = [alias for aliases in series["aliases"] for alias in aliases] + list(series["name_ru"])
    for word in {name.split()[0].lower() for name in names if len(name.split()[0]) > 6}:
        page.fill(".filters [name=q]", word)
        assert count(page)[0] == sum(word in text for text in told), word
    page.fill(".filters [name=q]", "no such word anywhere")
    assert count(page)[0] == 0


def steps_by_page(steps):
    """{page of the timeline: its steps}."""
    return dict(list(steps.groupby(steps["earliest"].dt.year.map(timeline_page))))


def test_every_step_stands_on_one_page_of_the_timeline(site, tables):
    found = {page: set(own["event_id"]) for page, own in steps_by_page(tables["steps"]).items()}
    assert set(found) == set(TIMELINE_PAGES)
    for page, ids in found.items():
        text = (site / f"{page}.html").read_text(encoding="utf-8")
        assert set(re.findall(r'<tr id="([^"]+)"', text)) == ids


@in_browser
@pytest.mark.parametrize("name", TIMELINE_PAGES)
def test_each_filter_of_the_timeline_counts_as_the_data_do(name, site, visit, tables):
    events = steps_by_page(tables["steps"])[name]
    page = visit(viewport=DESK).go(site / f"{name}.html")
    assert count(page) == (len(events), len(events))
    for name in ("track", "actor", "direction"):
        agrees(page, name, events[name].value_counts())
    agrees(page, "subject", events.loc[events["subject"] != "", "subject"].value_counts())
    spans = [range(row.earliest.year, row.latest.year + 1) for row in events.itertuples()]
    agrees(page, "year", pd.Series([year for span in spans for year in span]).value_counts())


@in_browser
def test_every_event_links_its_sources(site, visit, data):
    urls = data["sources"].set_index("source_id")["url"]
    shown = {}
    for name in TIMELINE_PAGES:
        page = visit(viewport=DESK).go(site / f"{name}.html")
        shown |= page.evaluate(
            "Object.fromEntries(Array.from(document.querySelectorAll('tbody tr'),"
            " row => [row.id, Array.from(row.querySelectorAll('.sources a'), a => a.getAttribute('href'))]))"
        )
    for event in data["events"].itertuples():
        assert shown[event.event_id] == [urls[one] for one in event.source_ids if urls[one]]


@in_browser
def test_a_view_can_be_shared_and_comes_back(site, visit, tables):
    register = tables["register"]
    year = str(register["year"].mode()[0])
    one = visit(viewport=DESK)
    page = one.go(site / "register.html")
    page.select_option("[name=year]", year)
    page.select_option("[name=sort]", "name")
    page.fill(".filters [name=q]", "2")
    assert dict(parse_qsl(urlsplit(page.evaluate("location.href")).fragment)) == {
        "year": year,
        "sort": "name",
        "q": "2",
    }
    rows = page.locator("tbody tr:visible th").all_inner_texts()
    again = visit(viewport=DESK).page
    again.goto(page.evaluate("location.href"))
    assert again.locator("tbody tr:visible th").all_inner_texts() == rows
    assert again.input_value("[name=year]") == year
    page.click("button[type=reset]")
    page.wait_for_function("!location.hash")
    assert count(page)[0] == register["is_own"].sum()


@in_browser
def test_the_register_opens_on_the_own_exercises_and_finds_those_of_others(site, visit, tables):
    register = tables["register"]
    own = register["is_own"]
    page = visit(viewport=DESK).go(site / "register.html")
    assert count(page) == (own.sum(), len(register))
    page.click("a[href='#run=others']")
    page.wait_for_function("document.querySelector('[name=run]').value === 'others'")
    assert count(page)[0] == (~own).sum()
    page.click("button[type=reset]")
    page.fill(".filters [name=q]", "eagle partner")
    assert count(page)[0] == register["name"].str.startswith("Eagle Partner").sum() > 0
    page.fill(".filters [name=q]", "")
    page.select_option("[name=series]", "with-others")
    assert count(page)[0] == (register["series_id"] == "with-others").sum()


@in_browser
def test_a_strange_address_does_no_harm(site, visit, tables):
    one = visit(viewport=DESK)
    page = one.go(site / "register.html", "year=1066&nonsense=%3Cb%3E&q=")
    assert count(page)[0] == tables["register"]["is_own"].sum()
    assert one.complaints == []


@in_browser
def test_an_address_leads_to_one_event_and_back_to_its_exercise(site, visit, tables):
    events = tables["steps"]
    event = events[events["exercise_id"] != ""].iloc[0]
    page = visit(viewport=DESK).go(site / "exercises" / f"{event['exercise_id']}.html")
    page.click(f"a[href$='{step_address(event['event_id'], event['earliest'])}']")
    row = page.locator(f"[id='{event['event_id']}']")
    row.wait_for()
    assert page.evaluate("document.querySelector(':target').id") == event["event_id"]
    page.wait_for_function(
        "(top => 0 <= top && top < innerHeight)(document.querySelector(':target').getBoundingClientRect().top)"
    )


@in_browser
def test_columns_sort_both_ways_and_say_so(site, visit):
    page = visit(viewport=DESK).go(site / "register.html")
    for head in ("First day", "Exercise", "Status"):
        button = page.get_by_role("columnheader", name=re.compile(head)).get_by_role("button")
        button.focus()
        page.keyboard.press("Enter")
        at = page.evaluate("document.activeElement.closest('th').cellIndex")
        orders = []
        for way in ("ascending", "descending"):
            assert page.locator(f"th[aria-sort={way}]").count() == 1
            shown = page.eval_on_selector(
                f"th[aria-sort={way}] button", "one => getComputedStyle(one, '::after').content"
            )
            assert shown == {"ascending": '" ↑"', "descending": '" ↓"'}[way]
            cells = f"Array.from(document.querySelectorAll('tbody tr'), r => r.dataset.day && {at} === 1 ? r.dataset.day : r.cells[{at}].textContent.trim())"
            orders.append(page.evaluate(cells))
            page.keyboard.press("Enter")
        by_locale = "list => list.slice().sort((a, b) => a.localeCompare(b))"
        assert orders[0] == page.evaluate(by_locale, orders[0])
        assert orders[1] == page.evaluate(by_locale, orders[1])[::-1]


@in_browser
def test_a_table_that_stands_by_years_is_sorted_across_them(site, visit):
    page = visit(viewport=DESK).go(site / "timeline.html")
    page.select_option("[name=sort]", "track")
    rows = "Array.from(document.querySelectorAll('#timeline-table tbody tr')).filter(one => one.cells.length > 3)"
    tracks = page.evaluate(f"{rows}.map(one => one.dataset.track || one.cells[2].textContent.trim())")
    assert len(set(tracks)) > 3
    assert tracks == page.evaluate("list => list.slice().sort((a, b) => a.localeCompare(b))", tracks)


@in_browser
def test_filters_work_with_keys_alone(site, visit, tables):
    page = visit(viewport=DESK).go(site / "register.html")
    page.focus(".filters [name=q]")
    page.keyboard.type("interaction")
    page.keyboard.press("Enter")
    found = count(page)[0]
    assert 0 < found < len(tables["register"])
    for _ in range(14):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "status":
            break
    page.keyboard.type("held")
    assert page.input_value("[name=status]") == "held"
    assert 0 < count(page)[0] <= found
    page.focus("details.key summary")
    page.keyboard.press("Enter")
    assert page.locator("details.key li").first.is_visible()


@in_browser
def test_tables_are_whole_without_script(site, visit, tables):
    one = visit(viewport=DESK, java_script_enabled=False)
    for name, rows in (("register", tables["register"]), *steps_by_page(tables["steps"]).items()):
        page = one.go(site / f"{name}.html")
        assert page.locator("tbody tr:visible").count() == len(rows)
        assert page.locator("form.filters:visible").count() == 0


@in_browser
def test_the_register_opens_on_the_latest_held_and_plans_follow(site, visit, tables):
    context = Context(open_record(), tables)
    page = visit(viewport=PHONE).go(site / "register.html")
    ids = page.evaluate(
        "Array.from(document.querySelectorAll('tbody th a'), a => a.getAttribute('href').slice(10, -5))"
    )
    held = tables["register"][tables["register"]["status"] == "held"]
    assert ids[0] == held["exercise_id"].iloc[-1]
    assert page.locator("tbody th a").first.bounding_box()["y"] < PHONE["height"]
    ahead = [
        context.exercises[one]["start_latest"] > context.record.last_day
        and context.exercises[one]["status"] in ("planned", "unverified")
        for one in ids
    ]
    assert ahead == sorted(ahead)
    assert any(ahead)
    heads = page.evaluate("Array.from(document.querySelectorAll('th.state'), th => th.textContent)")
    assert heads == [context.names[one] for one in context.states if one not in context.former]


@in_browser
def test_the_rows_shown_download_as_csv(site, visit, tables):
    for name, chosen in (("register", "series=interaction&status=held"), ("timeline", "subject=TJK")):
        page = visit(viewport=DESK, accept_downloads=True).go(site / f"{name}.html", chosen)
        with page.expect_download() as started:
            page.get_by_role("button", name="Download these rows (CSV)").click()
        with open(started.value.path(), encoding="utf-8-sig", newline="") as file:
            head, *rows = list(csv.reader(file))
        assert started.value.suggested_filename == f"csto-{name}.csv"
        assert len(rows) == count(page)[0] > 3
        assert {len(row) for row in rows} == {len(head)}
        first = page.locator("tbody tr:visible").first.locator("th, td").all_inner_texts()
        assert rows[0][0].split() == first[0].split()
    assert any("Tajikistan" in cell for row in rows for cell in row)


@in_browser
def test_bars_by_quarter_filter_and_count_as_they_say(site, visit, tables):
    acted = set(acts(open_record())["event_id"])
    one = visit(viewport=DESK)
    page = one.go(site / "timeline.html")
    bars = page.locator(".quarters a")
    for at in (0, bars.count() // 2, bars.count() - 4, bars.count() - 1):  # the first leads to another page
        one.go(site / "timeline.html")
        said = re.search(r"(\d+) towards, (\d+) away; (\d+) entries in all", bars.nth(at).get_attribute("aria-label"))
        bars.nth(at).click()
        page.wait_for_function("location.hash.includes('quarter')")
        page.wait_for_function("/shown$/.test(document.querySelector('.count')?.innerText)")  # another page has loaded
        page.wait_for_timeout(100)
        assert count(page)[0] == int(said[3])
        rows = page.locator("tbody tr:visible").evaluate_all("rows => rows.map(row => [row.id, row.dataset.direction])")
        ways = [way for one, way in rows if one in acted]
        assert [ways.count("engage"), ways.count("disengage")] == [int(said[1]), int(said[2])]
    page.get_by_role("button", name="Clear all").click()
    page.wait_for_function("!location.hash")
    assert count(page)[0] == len(steps_by_page(tables["steps"])["timeline"])


@in_browser
def test_the_timeline_begins_with_turning_points_and_has_years_to_jump_to(site, visit, data, tables):
    text = (site / "timeline.html").read_text(encoding="utf-8")
    assert text.index("Turning points") < text.index('class="quarters"') < text.index("<tbody>")
    notes = [note for note in data["events"]["note"] if len(note) > 30]
    assert not [note for note in notes if note in text]
    page = visit(viewport=DESK).go(site / "timeline.html")
    for year in ("2023", "2012"):  # on the same page, and on another
        page.locator(".years a", has_text=year).click()
        page.wait_for_function("document.querySelector(':target')?.getClientRects().length > 0")
        row = page.evaluate("document.querySelector(':target').closest('tr').dataset.year")
        assert year in row.split()
        assert count(page)[0] == len(steps_by_page(tables["steps"])[timeline_page(int(year))])


@in_browser
@pytest.mark.parametrize("asked", ["a step of 2009", "y2012", "subject=UZB&quarter=2012Q2", "year=2005"])
def test_an_address_of_the_timeline_leads_to_the_page_that_has_it(asked, site, visit, tables):
    """As addresses did when the timeline was one page."""
    if asked.startswith("a step"):
        asked = next(one for one in tables["steps"]["event_id"] if one.startswith("2009"))
    page = visit(viewport=DESK).go(site / "timeline.html", asked)
    year = re.search(r"\d{4}", asked)[0]
    page.wait_for_url(f"**/{timeline_page(int(year))}.html#*")
    assert page.locator("tbody tr:not(.year-row):visible").count() > 0
    assert all(
        year in years.split()
        for years in page.locator("tr:target").evaluate_all("rows => rows.map(row => row.dataset.year)")
    )


@in_browser
def test_what_is_chosen_is_carried_to_the_other_pages(site, visit, tables):
    page = visit(viewport=DESK).go(site / "timeline.html", "subject=UZB&year=2024")
    page.locator("a.same-choice").first.click()
    _, other, *_ = TIMELINE_PAGES
    page.wait_for_url(f"**/{other}.html#subject=UZB")
    own = steps_by_page(tables["steps"])[other]
    assert count(page)[0] == (own["subject"] == "UZB").sum() > 0


@in_browser
@pytest.mark.parametrize("viewport", (PHONE, DESK))
def test_past_years_of_the_timeline_open_when_asked_for(viewport, site, visit, tables):
    events, one = steps_by_page(tables["steps"])["timeline"].sort_values("earliest"), visit(viewport=viewport)
    years = events["earliest"].dt.year
    last = sorted(set(years))[-OPEN_YEARS:]
    page = one.go(site / "timeline.html")
    shown = page.locator("#timeline-table tbody tr[id]:visible")
    assert shown.count() == years.isin(last).sum()
    page.get_by_role("button", name=f"{last[0] - 1}: ").click()
    assert shown.count() == years.isin([last[0] - 1, *last]).sum()
    assert one.go(site / "timeline.html", events["event_id"].iloc[0]).locator("tr:target").is_visible()
    page.emulate_media(media="print")
    assert shown.count() == len(events)
    page.emulate_media(media="screen")
    page = one.go(site / "timeline.html", "subject=TJK")
    assert count(page)[0] == (events["subject"] == "TJK").sum()
    assert one.go(site / "timeline.html").evaluate("document.documentElement.scrollHeight") < 25_000
