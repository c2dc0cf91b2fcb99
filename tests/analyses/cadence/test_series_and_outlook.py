"""Series, promises, hosts and sizes on a small record made by hand."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

import helpers
from helpers.analyses.cadence import hosting, outlook, promises, series, troops


def small_record(rows, **more):
    """A record of exercises given as (series, year, status) with what the functions read of it."""
    register = pd.DataFrame(rows, columns=["series_id", "year", "status"])
    register = register.assign(
        exercise_id=register["series_id"] + "-" + register["year"].astype(str), name=register["series_id"]
    )
    names = pd.DataFrame({"series_id": ["a", "b", "other"], "name": ["Alpha", "Beta", "Other"]})
    return SimpleNamespace(register=register, data={"series": names}, last_year=2024, **more)


def test_a_series_that_waits_longer_than_ever_is_quiet_and_no_other():
    rows = [("a", 2015, "held"), ("a", 2017, "held"), ("b", 2015, "held"), ("b", 2020, "held"), ("b", 2024, "held")]
    lives = series.compute_lifelines(small_record(rows))
    assert series.list_silent(lives)["name"].tolist() == ["Alpha"]
    assert lives.set_index("name").at["Beta", "longest"] == 5


def test_exercises_of_no_named_series_have_no_line():
    record = small_record([("other", 2015, "held"), ("a", 2016, "held")])
    record.register.loc[0, "exercise_id"] = "drill-2015"  # bears a name of its own, and not that of its series
    assert series.compute_lifelines(record)["name"].tolist() == ["Alpha"]
    assert series.is_collection("other", ["drill-2015", "another-2016"])
    assert not series.is_collection("a", ["a-2016", "drill-2015"])


def test_years_of_unknown_fate_are_no_case_for_or_against_a_return():
    rows = [("a", year, "held") for year in (2018, 2020)] + [("a", 2022, "unverified")]
    record = small_record(rows)
    table = outlook.compute_persistence(series.compute_lifelines(record), record)
    # 2020 after 2018 came; 2021 after 2019 did not; 2023 after 2021 did not; 2022 and 2024 touch the open year
    assert table.loc["held", ["k", "n"]].tolist() == [1, 1]
    assert table.loc["not held", ["k", "n"]].tolist() == [0, 2]


def test_every_rule_is_put_to_the_same_years():
    record = small_record([("a", year, "held") for year in (2018, 2020, 2022, 2024)])
    rules = outlook.compare_rules(series.compute_lifelines(record), record).set_index("rule")
    assert len(set(rules["n"])) == 1
    assert rules.at["as two years ago", "right"] == rules.at["as two years ago", "n"] == 5
    assert rules.at["as last year", "right"] == 0


def test_what_a_plan_named_after_it_began_is_no_promise():
    days = pd.to_datetime(["2024-09-01", "2024-09-01"])
    register = pd.DataFrame(
        {
            "exercise_id": ["x", "y"],
            "name": ["X", "Y"],
            "year": 2024,
            "status": "held",
            "changed": [("start",), ()],
            "start_earliest": days,
        }
    )
    plans = pd.DataFrame(
        {"kind": ["plan", "plan"], "exercise_ids": [("x",), ("y",)], "said_on": ["2024-01", "2024-10"]}
    )
    table = promises.list_promises(SimpleNamespace(register=register, data={"programmes": plans}, last_year=2024))
    assert table["exercise_id"].tolist() == ["x"]
    assert table["moved"].tolist() == [True]
    assert table["lead_days"].tolist() == [214]  # from the last day of January


@pytest.mark.parametrize(
    "coded, numbers, words",
    [
        ("1500", (1500, 1500, 1500), "1,500"),
        ("1000-1200", (1000, 1100, 1200), "1,000 to 1,200"),
        ("3500+", (3500, 3500, np.nan), "more than 3,500"),
        ("<500", (np.nan, 500, 500), "up to 500"),
        ("~12000", (np.nan, 12000, np.nan), "about 12,000"),
    ],
)
def test_a_figure_means_what_its_source_said(coded, numbers, words):
    assert np.array_equal(troops.parse_troops(coded), numbers, equal_nan=True)
    assert troops.word_troops(coded) == words


@pytest.mark.parametrize("coded", ["", "about 500", "1,500", "5" * 400, "-5"])
def test_what_is_no_figure_is_refused(coded):
    with pytest.raises(ValueError, match="is no figure"):
        troops.parse_troops(coded)


def test_an_exercise_with_two_hosts_counts_for_each():
    register = pd.DataFrame(
        {
            "exercise_id": ["x", "y"],
            "name": ["X", "Y"],
            "series_id": "a",
            "year": 2024,
            "status": ["held", "planned"],
            "start_earliest": pd.Timestamp("2024-09-01"),
            "hosts": [("ARM", "RUS"), ("ARM",)],
        }
    )
    assert hosting.list_hosted(register)["iso3"].tolist() == ["ARM", "RUS"]


@pytest.mark.parametrize(
    ("waiting", "longest", "is_silent"), [(1, 2, False), (2, 2, True), (0, 1, False), (1, 1, True)]
)
def test_a_series_is_silent_once_its_next_gap_would_be_its_longest(waiting, longest, is_silent):
    """Held again in the year after the last, it would close a gap of one year more than it has waited."""
    lives = pd.DataFrame({"name": ["Deep"], "last": 2020, "waiting": [waiting], "longest": [longest]})
    assert (len(series.list_silent(lives)) == 1) == is_silent
    assert series.list_silent(lives.assign(longest=pd.array([pd.NA], "Int64"))).empty


@pytest.mark.parametrize("scope", [{}, {"focus": "UZB", "since": 2013}])
def test_hosts_are_counted_over_held_exercises_and_the_last_is_named(scope):
    record = helpers.open_record(**scope)
    held = [row for row in record.register.to_dict("records") if row["status"] == "held"]
    table = hosting.count_hosts(record)
    assert set(table["iso3"]) == set(record.states) and table["hosted"].is_monotonic_decreasing
    for row in table.itertuples():
        own = sorted((one["start_earliest"], one["name"]) for one in held if row.iso3 in one["hosts"])
        assert (row.name, row.hosted) == (record.names[row.iso3], len(own))
        assert row.expected == sum(record.held["iso3"] == row.iso3)
        assert row.day == own[-1][0] if own else (pd.isna(row.day) and row.last == "")
        assert not own or row.last in [name for day, name in own if day == own[-1][0]]
