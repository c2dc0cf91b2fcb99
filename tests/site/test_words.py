"""Coded values as the pages word them."""

import re

import pandas as pd
import pytest

from helpers import open_record
from helpers.derive.codes import CODES, DIRECTIONS, TRACKS
from helpers.display import Finding
from helpers.display.phrases import day
from helpers.loaders.contract import read_package
from helpers.loaders.tables import DATA
from pages import exercise, front, member, words


@pytest.mark.parametrize(
    ("coded", "said"),
    [
        ("2024", "2024"),
        ("2024-10", "October 2024"),
        ("2024-10-01", "1 October 2024"),
        ("2012-08?", "August 2012 (uncertain)"),
        ("2012~", "about 2012"),
        ("2024-09-26/2024-10", "26 September 2024 to October 2024"),
    ],
)
def test_coded_dates_are_worded(coded, said):
    assert words.day(coded) == said


def test_every_published_number_and_code_has_words(data, tables):
    reports = data["reports"]
    for coded, scope in zip(reports["troops"], reports["troops_scope"], strict=True):
        if coded:
            assert re.fullmatch(
                r"(about |up to |more than )?[\d,]+( to [\d,]+)?( \(.+\))?", words.persons(coded, scope)
            ), coded
    contract = {r["name"]: {f["name"]: f for f in r["schema"]["fields"]} for r in read_package(DATA)["resources"]}
    assert set(TRACKS) == set(contract["events"]["track"]["constraints"]["enum"])
    assert set(DIRECTIONS) == set(contract["events"]["direction"]["constraints"]["enum"])
    assert set(words.FORCES) == set(contract["series"]["force"]["constraints"]["enum"])
    assert set(words.FIELDS) <= set(contract["reports"])
    assert set(CODES) >= set(tables["attendance"]["code"])
    assert len({code.glyph for code in CODES.values()}) == len(CODES)


def test_sums_shares_and_numbered_names_read_as_words():
    assert [words.money(53220000, "RUB"), words.money(598000, "USD"), words.money("", "")] == [
        "53.22 million roubles",
        "598,000 US dollars",
        "",
    ]
    assert [words.poll_share(one) for one in ("34.33", "0.2", "0")] == ["34%", "under 1%", "0%"]
    assert words.list_name("Staff talks 2025-2", pd.Timestamp("2025-06-03")) == "Staff talks 2025-2 (June)"
    assert words.list_name("Search 2025", pd.Timestamp("2025-08-31")) == "Search 2025"


def test_dues_and_polls_read_as_sentences_and_lists():
    said = {"assessed": 53200000, "share": 10, "paid": "no", "owed": "", "currency": "RUB"}
    assert member.word_dues(said) == "Assessed 53.2 million roubles, 10% of the budget; not paid."
    assert member.word_dues(dict.fromkeys(said, "") | {"share": 10, "paid": "unknown"}) == "10% of the budget."
    assert member.word_dues(dict.fromkeys(said, "")) == ""
    rows = [{"poll_id": "one", "answer": answer, "share": share} for answer, share in (("yes", "34.33"), ("no", "31"))]
    assert [row["answers"] for row in member.group_polls(rows)] == ["yes 34%; no 31%"]


def test_a_count_by_year_is_told_as_a_course():
    years = range(2020, 2027)
    assert front.word_course(pd.Series([0, 1, 3, 16, 21, 9, 0], years)) == "3 → 16 → 21 → 9"
    assert front.word_course(pd.Series([0, 0, 0, 0, 1, 5, 9], years)) == "1 → 5 → 9"
    assert front.word_course(pd.Series([1, 2, 7, 0, 0, 0, 3], years)) == "1 → 7 → 3"
    assert front.word_course(pd.Series([4, 0, 0, 0, 0, 0, 0], years)) == "4"


@pytest.mark.parametrize(
    ("said", "strong"),
    [
        ("Participation called frozen, 22 February 2024", "frozen"),
        ("said it will leave, 12 June 2024", "will leave"),
        ("the premier said that it would leave, 12 June 2024", "would leave"),
        ("foreign minister: no withdrawal announced, 12 June 2024", "no withdrawal announced"),
        ("leaving is not on the agenda, 26 November 2025", "not on the agenda"),
        ("no notice under Article 19 of the charter to 11 March 2026", "no notice"),
        ("No word of leaving and no notice of leaving to March 2026", "No word of leaving"),
        ("Suspended, 28 June 2012", "Suspended"),
        ("notice, 28 June 2012", "notice"),
        ("its leader spoke of it, 28 June 2012", ""),
    ],
)
def test_the_status_line_has_its_verbs_strong_and_loses_no_word(said, strong):
    both = front.status_line(Finding("", f"{said} · left, 1 May 2030."))
    assert re.findall(r"<strong>(.+?)</strong>", both) == [*([strong] if strong else []), "left"]
    assert re.sub("<[^>]+>", "", both) == f"{said} · left, 1 May 2030"
    assert front.status_line(Finding("")) == ""


def test_the_front_page_says_what_the_body_is_and_how_far_its_sources_reach():
    record = open_record()
    said = front.introduce(record)
    assert said.startswith("The Collective Security Treaty Organization (CSTO) is a military alliance of Armenia, ")
    assert said.endswith(" and Tajikistan.") and "Uzbekistan" not in said
    last = day(*record.last_days)
    assert front.word_reach(record, record.last_day) == f"Our latest source on the CSTO is of {last}"
    later = record.last_day + pd.Timedelta(days=9)
    assert front.word_reach(record, later) == (
        f"Our latest source on the CSTO is of {last}; what happened since is not known, though we searched to {day(later)}"
    )


@pytest.mark.parametrize("sum_, said", [(999_999, "999,999 drams"), (1_000_000, "1 million drams")])
def test_a_million_is_told_as_one(sum_, said):
    assert words.money(sum_, "AMD") == said


def test_a_conflict_is_told_by_who_says_what():
    outlets = {"a.1": "Dawn", "a.2": "Dawn", "b.1": "Dusk", "c.1": "Noon", "d.1": "Night"}
    sides = [("Say that it came", ["a.1", "a.2"]), ("Give a complete list without it", ["b.1"])]
    disputes = [{"state": "Aland", "open": True, "sides": sides}, {"state": "Beland", "open": False, "sides": sides}]
    assert exercise.word_disputes(disputes, outlets, {"b.1": 5}) == {
        "Aland": "Dawn says that it came, Dusk lists five without it"
    }
    disputes[0]["sides"] = [("Say that it stayed away", ["b.1", "c.1", "d.1"]), ("Say that it came", ["a.1"])]
    assert exercise.word_disputes(disputes, outlets, {})["Aland"] == (
        "Dusk and two others say that it stayed away, Dawn says that it came"
    )
