"""Filters, sorting and addresses of the register and the timeline, in the browser."""

import re
from urllib.parse import parse_qsl, urlsplit

import pandas as pd
from browser import DESK, in_browser

from helpers.derive.codes import ABSENT


def count(page):
    shown, all_ = re.fullmatch(r"(\d+) of (\d+) shown", page.inner_text(".count")).groups()
    assert page.locator("tbody tr:visible").count() == int(shown)
    return int(shown), int(all_)


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
    page = visit(viewport=DESK).go(site / "register.html")
    assert count(page) == (len(register), len(register))
    for name, column in [("series", "series_id"), ("year", "year"), ("class", "event_type"), ("status", "status")]:
        agrees(page, name, register[column].value_counts())
    agrees(page, "host", register["hosts"].explode().value_counts())
    agrees(page, "state", cells[cells["expected"]].groupby("iso3").size().reindex(cells["iso3"].unique(), fill_value=0))
    any_state = cells.groupby("code")["exercise_id"].nunique().to_dict()
    came = cells[cells["code"].isin(["present", "observer"])]["exercise_id"].nunique()
    away = cells[cells["code"].isin(ABSENT)]["exercise_id"].nunique()
    awaited = cells[cells["expected"]]["exercise_id"].nunique()
    agrees(page, "attendance", any_state | {"came": came, "absent": away, "expected": awaited})


@in_browser
def test_state_and_attendance_are_one_question(site, visit, tables):
    cells = tables["attendance"]
    one = visit(viewport=DESK)
    for state in cells["iso3"].unique():
        page = one.go(site / "register.html", f"state={state}")
        own = cells.loc[cells["iso3"] == state, "code"].value_counts().reindex(cells["code"].unique(), fill_value=0)
        assert page.evaluate(COUNTS, ["attendance", list(own.index)])[0] == own.to_dict()


@in_browser
def test_the_register_is_searched_by_any_name_and_place(site, visit, data, tables):
    series = data["series"].set_index("series_id")
    register = tables["register"]
    told = [
        " ".join(
            [row.name, own["name"], *own["aliases"], own["name_ru"], *row.sites, row.exercise_id, row.kind]
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


@in_browser
def test_each_filter_of_the_timeline_counts_as_the_data_do(site, visit, tables):
    events = tables["events"]
    page = visit(viewport=DESK).go(site / "timeline.html")
    assert count(page) == (len(events), len(events))
    for name in ("track", "actor", "direction"):
        agrees(page, name, events[name].value_counts())
    agrees(page, "subject", events.loc[events["subject"] != "", "subject"].value_counts())
    spans = [range(row.earliest.year, row.latest.year + 1) for row in events.itertuples()]
    agrees(page, "year", pd.Series([year for span in spans for year in span]).value_counts())


@in_browser
def test_every_event_links_its_sources(site, visit, data):
    urls = data["sources"].set_index("source_id")["url"]
    page = visit(viewport=DESK).go(site / "timeline.html")
    shown = page.evaluate(
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
    assert count(page)[0] == len(register)


@in_browser
def test_a_strange_address_does_no_harm(site, visit, tables):
    one = visit(viewport=DESK)
    page = one.go(site / "register.html", "year=1066&nonsense=%3Cb%3E&q=")
    assert count(page)[0] == len(tables["register"])
    assert one.complaints == []


@in_browser
def test_an_address_leads_to_one_event_and_back_to_its_exercise(site, visit, data):
    events = data["events"]
    event = events[events["exercise_id"] != ""].iloc[0]
    page = visit(viewport=DESK).go(site / "exercises" / f"{event['exercise_id']}.html")
    page.click(f"a[href$='timeline.html#{event['event_id']}']")
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
            cells = f"Array.from(document.querySelectorAll('tbody tr'), r => r.dataset.day && {at} === 3 ? r.dataset.day : r.cells[{at}].textContent.trim())"
            orders.append(page.evaluate(cells))
            page.keyboard.press("Enter")
        by_locale = "list => list.slice().sort((a, b) => a.localeCompare(b))"
        assert orders[0] == page.evaluate(by_locale, orders[0])
        assert orders[1] == page.evaluate(by_locale, orders[1])[::-1]


@in_browser
def test_filters_work_with_keys_alone(site, visit, tables):
    page = visit(viewport=DESK).go(site / "register.html")
    page.focus(".filters [name=q]")
    page.keyboard.type("interaction")
    page.keyboard.press("Enter")
    found = count(page)[0]
    assert 0 < found < len(tables["register"])
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "status":
            break
    page.keyboard.type("held")
    assert page.input_value("[name=status]") == "held"
    assert 0 < count(page)[0] <= found
    page.focus("summary")
    page.keyboard.press("Enter")
    assert page.locator("details.key li").first.is_visible()


@in_browser
def test_tables_are_whole_without_script(site, visit, tables):
    one = visit(viewport=DESK, java_script_enabled=False)
    for name, rows in (("register", tables["register"]), ("timeline", tables["events"])):
        page = one.go(site / f"{name}.html")
        assert page.locator("tbody tr:visible").count() == len(rows)
        assert page.locator("form.filters:visible").count() == 0
