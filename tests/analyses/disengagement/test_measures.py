"""Rates, runs and windows of attendance."""

import pandas as pd
import pytest
from support import MEMBERS, derive, exercise, report

import helpers
from helpers.analyses.disengagement import measures, wording
from helpers.derive import left_out
from helpers.derive.codes import ATTENDED, SETTLED
from helpers.derive.reports import reports_by_exercise
from helpers.derive.scope import UNITS, compute_rates, held_cells, select

FIVE = "BLR;KAZ;KGZ;RUS;TJK"
YEARS = range(2018, 2026)


@pytest.fixture(scope="module")
def small():
    lists = dict.fromkeys((2018, 2019, 2020), "ARM;" + FIVE) | dict.fromkeys((2022, 2023, 2025), FIVE)
    told = [report(f"interaction-{y}", 1, start=f"{y}-09-01", participants=lists.get(y, "")) for y in YEARS]
    register, cells = derive([exercise(f"interaction-{y}") for y in YEARS], told)
    return held_cells(register.reset_index(), cells.reset_index())


@pytest.fixture(scope="module")
def published():
    return helpers.open_record()


def test_rates_count_known_and_unknown_cells(small):
    rates = compute_rates(measures.with_window(small, "2022-01-01"), ["iso3", "window"])
    rates = rates.set_index(["iso3", "window"])
    before, since = rates.loc[("ARM", "before")], rates.loc[("ARM", "since")]
    assert before[["attended", "known", "unknown", "rate", "low", "high"]].tolist() == [3, 3, 1, 1.0, 0.75, 1.0]
    assert since[["attended", "known", "unknown", "rate", "low", "high"]].tolist() == [0, 3, 1, 0.0, 0.0, 0.25]


def test_the_cutpoint_itself_belongs_to_the_time_since(small):
    windows = measures.with_window(small, "2022-09-01")
    assert windows[windows["year"] == 2022]["window"].unique().tolist() == ["since"]


def test_members_stand_by_name_the_focus_first(published):
    table = measures.compare_members(published.rescoped(focus="KAZ"))
    assert table["iso3"].tolist() == ["KAZ", "ARM", "BLR", "KGZ", "RUS", "TJK", "UZB"]
    assert measures.members_today(published) == MEMBERS
    rates = compute_rates(measures.with_window(published.held, published.split), ["iso3", "window"])
    for row in table.itertuples():
        own = rates[(rates["iso3"] == row.iso3) & (rates["window"] == "since")]
        assert row.k_since == own["attended"].sum()
        assert row.n_since == own["known"].sum()


@pytest.mark.parametrize("unit", UNITS)
def test_counts_without_lists_are_those_of_a_record_in_which_lists_prove_nothing(published, unit):
    record = published.in_unit(unit)
    muted = "lists prove no absence"
    register, cells = left_out.derive(record.data, reports_by_exercise(record.data), (muted,))
    held = held_cells(*select(register, cells[muted], record.scope))
    own = held[(held["iso3"] == "ARM") & (held["start_earliest"] >= record.split)]
    came, known = own["code"].isin(ATTENDED).sum(), own["code"].isin(SETTLED).sum()
    assert measures.count_without_lists(record) == measures.Counts(came, known, len(own) - known)


def test_before_and_since_add_up_to_all_cases(published):
    for state in published.states:
        found, own = measures.compute_attendance(published, state), published.of(state)
        assert found.before.expected + found.since.expected == len(own)
        assert found.before.came + found.since.came == found.cases["came"].sum()
        if len(found.cases):
            assert len(found.run) + len(found.run_before) <= len(found.cases)
            assert len(set(found.run["came"])) == 1
            assert pd.Timestamp(found.cases["start_earliest"].iloc[-1]) == found.run["start_earliest"].iloc[-1]


def test_counts_add_up():
    """Two attendances of five clear cases, and three open ones."""
    counts = measures.Counts(came=2, known=5, open=3)
    assert (counts.missed, counts.expected) == (3, 8)


@pytest.mark.parametrize(
    ("since", "without", "said"),
    [
        (
            (0, 20, 0),
            (0, 16, 4),
            "Four of these absences rest on nothing but lists; without them it came to none of 16.",
        ),
        ((0, 5, 0), (0, 4, 1), "One of these absences rests on nothing but lists; without it it came to none of four."),
        ((0, 3, 0), (0, 0, 3), "All these absences rest on nothing but lists."),
        ((0, 1, 0), (0, 0, 1), "This absence rests on nothing but lists."),
        ((0, 2, 0), (0, 1, 1), "One of these absences rests on nothing but lists; without it it came to none."),
        ((0, 3, 0), (0, 2, 1), "One of these absences rests on nothing but lists; without it it came to none of two."),
        ((0, 15, 0), (0, 1, 14), "Fourteen of these absences rest on nothing but lists; without them it came to none."),
    ],
)
def test_absences_that_only_lists_show_are_counted_in_words(since, without, said):
    assert wording._by_lists(measures.Counts(*since), measures.Counts(*without)) == said


@pytest.mark.parametrize(
    ("words", "begun"),
    [
        ("two states", "Two states"),
        ("10 states", "Ten states"),
        ("12 of the 20", "Twelve of the 20"),
        ("20 states", "Twenty states"),
        ("25 hold", "Twenty-five hold"),
        ("99 hold", "Ninety-nine hold"),
        ("120 hold", "In all, 120 hold"),
        ("1,347 hold", "In all, 1,347 hold"),
        ("12.5 a year", "In all, 12.5 a year"),
    ],
)
def test_no_sentence_begins_with_a_numeral(words, begun):
    assert wording.begin_sentence(words) == begun
