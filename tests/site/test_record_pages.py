"""Pages of exercises, members, series and places say what the data say; swapped sides and wrong neighbours are noticed."""

import re
from html import unescape
from xml.etree import ElementTree

import pandas as pd
import pytest
from browser import Links
from markupsafe import escape

from helpers import open_record
from helpers.analyses.disengagement.measures import role_of
from helpers.analyses.disengagement.steps import acts
from helpers.derive.codes import ABSENT, CODES
from helpers.display.addresses import TIMELINE_PAGES
from pages import member, words
from pages.context import Context


@pytest.fixture(scope="module")
def context(tables):
    return Context(open_record(), tables)


def page_of(site, *parts):
    return site.joinpath(*parts).read_text(encoding="utf-8")


def text_of(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def rows_of(html, label):
    """Cells of the table of this label, each as (text, first address)."""
    found = []
    for table in re.findall(rf'<table[^>]*aria-label="{label}">(.+?)</table>', html, re.DOTALL):
        for row in re.findall(r"<tr>(.+?)</tr>", table.split("<tbody>")[1], re.DOTALL):
            cells = re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row, re.DOTALL)
            found.append([(text_of(cell), (re.findall(r'href="([^"]+)"', cell) or [""])[0]) for cell in cells])
    return found


# ---- exercises


def test_an_exercise_opens_with_what_is_known_of_it(site, context):
    for own, row in context.exercises.items():
        lead = text_of(re.search(r'<p class="lead">(.+?)</p>', page_of(site, "exercises", f"{own}.html"), re.DOTALL)[1])
        cells = context.cells[own]
        assert row["name"] in lead.replace("&#39;", "'").replace("&amp;", "&"), own
        assert (", was held" in lead) == (row["status"] == "held"), own
        away = [cell["state"] for cell in cells if cell["expected"] and cell["code"] in ABSENT]
        if row["status"] == "held":
            told = re.search(
                r"(?: came, |; )((?:(?! came)[^;])+?) stayed away", lead.partition("; sources conflict")[0]
            )
            assert (told[1] if told else "") == (
                f"{', '.join(away[:-1])} and {away[-1]}" if len(away) > 1 else "".join(away)
            ), own


def test_who_came_stands_only_where_something_was_held(site, tables):
    for row in tables["register"].itertuples():
        html = page_of(site, "exercises", f"{row.exercise_id}.html")
        if row.status != "held":
            assert "Who came</h2>" not in html, row.exercise_id


def test_plans_whose_time_is_past_are_not_yet_verified(site, context):
    past = [
        row
        for row in context.exercises.values()
        if row["status"] == "planned" and row["end_latest"] < context.searched_to
    ]
    assert past
    for row in past:
        html = page_of(site, "exercises", f"{row['exercise_id']}.html")
        assert "<dt>Status</dt><dd>not yet verified" in html, row["exercise_id"]
    assert words.status("planned", pd.Timestamp("2030-01-02"), pd.Timestamp("2030-01-02")) == "planned"
    assert words.status("planned", pd.Timestamp("2030-01-01"), pd.Timestamp("2030-01-02")) == "not yet verified"


def test_reports_stand_by_day_and_are_numbered_in_that_order(site, data):
    for own, reports in data["reports"].groupby("exercise_id"):
        html = page_of(site, "exercises", f"{own}.html")
        shown = re.findall(r'<li id="([^"]+)" value="(\d+)">', html)
        assert [int(number) for _, number in shown] == [*range(1, len(reports) + 1)], own
        assert {one for one, _ in shown} == set(reports["report_id"]), own
        days = dict(
            zip(
                reports["report_id"],
                reports["said_on"].where(
                    reports["said_on"] != "",
                    reports["source_id"].map(data["sources"].set_index("source_id")["published_on"]),
                ),
                strict=True,
            )
        )
        assert [days[one] for one, _ in shown] == sorted(days[one] for one, _ in shown), own


def test_titles_that_english_readers_cannot_read_say_their_language(site, data):
    sources = data["sources"].set_index("source_id")
    for own, reports in data["reports"].groupby("exercise_id"):
        html = page_of(site, "exercises", f"{own}.html")
        for one in reports["source_id"]:
            if sources.at[one, "lang"] != "en":
                assert f"in {words.LANGUAGES[sources.at[one, 'lang']]})" in html, (own, one)


def quotes_in(html, tag, own):
    """(language, words) of each quotation in the element of this id."""
    part = re.search(rf'<{tag} id="{re.escape(own)}".*?</{tag}>', html, re.DOTALL)[0]
    return [(lang, unescape(words)) for lang, words in re.findall(r'<q lang="([^"]+)">(.*?)</q>', part, re.DOTALL)]


def test_each_quotation_stands_under_its_report_or_step_in_its_own_language(site, data):
    """With the day it was read; a step's stands on the timeline and on the page of the state it concerns."""
    reports, events = (data[name].set_index(key) for name, key in (("reports", "report_id"), ("events", "event_id")))
    timeline = "".join(page_of(site, f"{name}.html") for name in TIMELINE_PAGES)
    for row in data["quotations"].itertuples():
        said = (row.lang, row.quote)
        if row.table == "reports":
            html = page_of(site, "exercises", f"{reports.at[row.row_key, 'exercise_id']}.html")
            assert said in quotes_in(html, "li", row.row_key), row
            assert f"read on {words.day(row.read_on)}" in html
        else:
            assert said in quotes_in(timeline, "tr", row.row_key), row
            subject = events.at[row.row_key, "subject"]
            if subject:
                assert escape(row.quote) in page_of(site, "members", f"{subject}.html"), row
    assert len(data["quotations"]) > 40


def sides_of(html):
    """{state: {heading of a side: ids of its reports}} of an exercise's page."""
    found = {}
    for dispute in re.findall(r'<div class="dispute">(.+?)</div>\s*</div>', html, re.DOTALL):
        state = text_of(re.search(r"<h3>(.+?)</h3>", dispute, re.DOTALL)[1]).removesuffix(": sources conflict")
        found[state] = {
            text_of(re.search(r"<strong>(.+?)</strong>", side)[1]): re.findall(
                r'href="(?:[\w-]+\.html)?#([^"]+)"', side
            )
            for side in re.findall(r'<section class="side">(.+?)</section>', dispute, re.DOTALL)
        }
    return found


def misplaced(html, reports, codes):
    """Reports that stand on a side which they do not take, read from the report alone."""
    wrong = []
    for state, sides in sides_of(html).items():
        code = codes[state]
        for heading, ids in sides.items():
            for one in ids:
                report = reports.loc[one]
                says = (
                    "Say that it stayed away"
                    if code in report["absent"]
                    else "Say that it came to one of several held together"
                    if code in report["participants"] and report["list_covers"] and code not in report["hosts"]
                    else "Say that it came"
                    if code in (*report["participants"], *report["hosts"])
                    else "Say that it only watched"
                    if code in report["observers"]
                    else "Give a complete list without it"
                )
                wrong += [one] if says != heading else []
    return wrong


def test_the_two_sides_of_a_conflict_stand_apart(site, data, tables, context):
    reports = data["reports"].set_index("report_id")
    codes = {name: code for code, name in context.names.items()}
    disputed = tables["attendance"][tables["attendance"]["code"] == "conflicting"]
    assert len(disputed)
    for cell in disputed.itertuples():
        html = page_of(site, "exercises", f"{cell.exercise_id}.html")
        sides = sides_of(html)[context.names[cell.iso3]]
        assert len(sides) > 1, cell
        assert misplaced(html, reports, codes) == []
        first, second = list(sides)[:2]
        swapped = html.replace(first, "TO BE").replace(second, first).replace("TO BE", second)
        assert misplaced(swapped, reports, codes)  # the question is still awake


def test_the_neighbours_of_an_exercise_are_those_of_its_series(site, tables):
    for _, own in tables["register"].groupby("series_id"):
        line = list(own["exercise_id"])
        for at, one in enumerate(line):
            html = page_of(site, "exercises", f"{one}.html")
            assert re.findall(r'href="([\w-]+)\.html" rel="prev"', html) == line[max(at - 1, 0) : at], one
            assert re.findall(r'href="([\w-]+)\.html" rel="next"', html) == line[at + 1 : at + 2], one


# ---- members


def test_the_posts_of_the_organisation_are_listed_with_who_held_them_when(site, data, context):
    shown = [
        [text for text, _ in row] for row in rows_of(page_of(site, "members", "index.html"), "Posts and who held them")
    ]
    own = data["offices"][data["offices"]["body"].str.startswith("CSTO ")]
    assert sorted(row[:2] for row in shown) == sorted([row.office, row.name] for row in own.itertuples())
    heads = [row[1] for row in shown if row[0].lower().endswith("secretary general") and "eputy" not in row[0]]
    assert heads[0] == "Taalatbek Masadykov" and heads[-1] == "Nikolai Bordyuzha"  # the latest first
    assert all(row[3] for row in shown)


@pytest.mark.parametrize(
    ("start", "end", "seen", "said"),
    [
        ("2017-05-02", "2018-11-02", "2018-01-01", "2 May 2017 to 2 Nov 2018"),
        ("2022-01", "2022-01", "", "Jan 2022"),
        ("2026", "", "2026-01-13", "from 2026, seen in it 13 Jan 2026"),
        ("", "2023-11-23", "2022-01-09", "to 23 Nov 2023"),
        ("", "", "2023-03-10", "seen in it 10 Mar 2023"),
        ("", "", "", "not known"),
    ],
)
def test_a_term_says_no_more_than_sources_do(start, end, seen, said):
    assert member.word_term({"start": start, "end": end, "as_of": seen}).replace("\u00a0", " ") == said


def strip_of(html):
    """(address, words) of each mark of the wide strip on a member's page."""
    figure = re.search(r'<figure class="living".+?</figure>', html, re.DOTALL)
    if not figure:
        return []
    wide = re.search(r'<div class="wide">(.+?)</div>', figure[0], re.DOTALL)[1]
    root = ElementTree.fromstring(wide.replace("&nbsp;", " "))
    marks = [one for one in root.iter("{http://www.w3.org/2000/svg}a") if one.get("class") == "mark"]
    return [(one.get("href"), one.get("aria-label")) for one in marks]


def test_the_strip_of_a_member_is_its_cells_one_by_one(site, context):
    drawn = {"came": "came", "away": "stayed away", "unclear": "not clear"}
    for state in context.states:
        own = context.record.of(state)
        marks = strip_of(page_of(site, "members", f"{state}.html"))
        wanted = {f"../exercises/{row.exercise_id}.html": drawn[role_of(row.code)] for row in own.itertuples()}
        assert {
            address: re.search(rf"{context.names[state]}: (came|stayed away|not clear)", said)[1]
            for address, said in marks
        } == wanted
        assert len(marks) == len(own)


def test_a_member_s_absences_are_the_register_s(site, context):
    whole = context.tables["attendance"]
    for state in context.states:
        html = page_of(site, "members", f"{state}.html")
        missed = whole[(whole["iso3"] == state) & whole["code"].isin(ABSENT) & whole["expected"]].set_index(
            "exercise_id"
        )
        shown = rows_of(html, "Absences with the evidence of each")
        ids = [row[0][1].removeprefix("../exercises/").removesuffix(".html") for row in shown]
        assert sorted(ids) == sorted(missed.index), state
        for one, row in zip(ids, shown, strict=True):
            evidence = CODES[missed.at[one, "code"]].label.removeprefix("absent").strip(", ")
            assert row[2][0].split(" ", 1)[1].startswith(evidence), (state, one)
            assert row[3][0] == missed.at[one, "grade"], (state, one)
            assert (row[4][0] != "") == bool(missed.at[one, "reports"]), (state, one)


def test_a_member_s_acts_and_what_is_quoted_are_there_and_the_rest_is_counted(site, data, context):
    quoted = set(data["quotations"].loc[data["quotations"]["table"] == "events", "row_key"])
    for state in context.states:
        html = page_of(site, "members", f"{state}.html")
        shown = re.findall(r'<li><span class="way (\w+)".*?href="\.\./timeline[\w-]*\.html#([^"]+)"', html)
        own = data["events"][data["events"]["subject"] == state]
        is_act = own["event_id"].isin(acts(context.record.rescoped(focus=state))["event_id"])
        listed = own[is_act | own["event_id"].isin(quoted)]
        assert {one: way for way, one in shown} == dict(zip(listed["event_id"], listed["direction"], strict=True)), (
            state
        )
        more = re.search(r"([\d,]+) more entries, such as words", html)
        assert int(more[1].replace(",", "") if more else 0) == len(own) - len(listed), state


def test_a_member_s_page_says_whom_it_met_most_and_least(site, context):
    armenia = page_of(site, "members", f"{context.record.focus}.html")
    assert "it came together with none of" in armenia
    for state in context.states:
        if state != context.record.focus and state not in context.former:
            assert "least often with" in page_of(site, "members", f"{state}.html"), state


def test_tables_of_votes_dues_and_polls_show_three_and_fold_the_rest(site, data):
    html = page_of(site, "members", "ARM.html")
    for name, label in (("votes", "Votes"), ("dues", "Dues"), ("polls", "Polls")):
        own = data[name][data[name]["iso3"] == "ARM"]
        part = html.split(f'<h2 id="{name}">')[1].split("<h2 ")[0]
        open_part, _, folded = part.partition("<details>")
        assert len(rows_of(open_part, label)) == 3, name
        rows = own["poll_id"].nunique() if name == "polls" else len(own)
        assert f"<summary>{rows - 3} earlier ones</summary>" in folded, name
        assert len(rows_of(folded, label)) == rows - 3, name


def test_marks_and_grades_have_a_key_where_they_stand(site, context):
    for path in ("members/ARM.html", "series/interaction.html"):
        html = page_of(site, path)
        used = {*re.findall(r'<span class="mark (\w+)"', html)}
        key = re.search(r'<details class="key">(.+?)</details>', html, re.DOTALL)[1]
        assert used == {*re.findall(r'<span class="mark (\w+)"', key)}, path
        assert all(str(escape(CODES[code].meaning)) in key for code in used), path
        assert all(f"grade {grade}" in key for grade in "ABCD"), path


# ---- series and places


def test_a_series_lists_each_edition_with_who_came(site, context):
    for series_id in {row["series_id"] for row in context.exercises.values()}:
        html = page_of(site, "series", f"{series_id}.html")
        own = [row for row in context.exercises.values() if row["series_id"] == series_id]
        shown = rows_of(html, "By year")
        assert [row[0][1] for row in shown] == [f"../exercises/{row['exercise_id']}.html" for row in reversed(own)]
        assert [row[3][0] for row in shown] == [row["state"] for row in reversed(own)]
        for alias in context.series[series_id]["aliases"]:
            assert alias in html.replace("&#39;", "'"), (series_id, alias)
        marks = re.findall(r'<span class="mark (\w+)" data-state="(\w+)"', html)
        held = [row for row in reversed(own) if row["status"] == "held"]
        cells = [cell for row in held for cell in context.cells[row["exercise_id"]]]
        assert marks == [
            (cell["code"], cell["iso3"]) for cell in cells if cell["code"] not in ("not_expected", "not_held")
        ]


def test_every_place_that_was_used_has_an_anchor_and_its_exercises(site, context):
    page = Links(page_of(site, "places.html"))
    for row in context.exercises.values():
        for place in row["place_ids"]:
            assert place in page.ids, place
        if row["place_ids"]:
            assert f"exercises/{row['exercise_id']}.html" in page.addresses, row["exercise_id"]
    # a town of the name of its region is named once
    assert not re.search(r"<strong>([^<]+)</strong>, \1\s*<", page_of(site, "places.html"))


def partners_of(*ties):
    """What a page says of the ties of Armenia: (other, together, occasions) in the last period."""
    record = open_record()
    period = list(record.periods)[-1]
    rows = [{"a": "ARM", "b": b, "period": period, "together": k, "occasions": n} for b, k, n in ties]
    return member.describe_partners(record, "ARM", pd.DataFrame(rows)).partition(" it came together ")[2]


@pytest.mark.parametrize(
    "ties, said",
    [
        ([("BLR", 1, 1), ("KAZ", 0, 0)], "with Belarus alone (1 of 1)."),
        ([("BLR", 1, 1), ("KAZ", 1, 1)], "with each of Belarus and Kazakhstan equally often (1 of 1 each)."),
        ([("BLR", 0, 0)], ""),
        ([("BLR", 0, 3), ("KAZ", 0, 2)], "with none of Belarus and Kazakhstan."),
        (
            [("BLR", 3, 4), ("KAZ", 3, 4), ("RUS", 1, 4)],
            "most often with Belarus and Kazakhstan (3 of 4 each), least often with Russia (1 of 4).",
        ),
    ],
)
def test_partners_are_named_by_how_often_they_met(ties, said):
    assert partners_of(*ties) == said
