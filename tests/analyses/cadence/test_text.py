"""Sentences hold in every scope: with no rows, with one, and with what tests never saw."""

import math

import pandas as pd
import pytest
from support import BIENNIAL, SPREAD, YEARLY, days

from helpers.analyses.cadence import hosting, outlook, season, series
from helpers.analyses.cadence import measures as cadence
from helpers.analyses.cadence import text as say
from helpers.analyses.cadence import text_series as more
from helpers.statistics.exact_tests import ALPHA

NONE = pd.DataFrame()


def counts(held):
    return pd.DataFrame({"held": held}, index=pd.RangeIndex(2000, 2000 + len(held), name="year"))


DATED = ["exercise_id", "name", "year", "start_earliest"]
PERIODS = {"a": (2000, 2002), "b": (2003, 2005)}


def test_p_values_are_never_nought():
    assert say.p_value(0.0) == "p < 0.001"
    assert say.p_value(0.04567) == "p = 0.046"
    assert say.p_value(0.1) == "p = 0.10"
    assert say.p_value(1.0) == "p = 1.00"


@pytest.mark.parametrize("held", [[0, 0, 0, 2, 3, 4], [2, 3, 4, 0, 0, 0], [1, 1, 1, 1, 1, 1], [9, 9, 9, 1, 0, 1]])
def test_comparisons_hold_where_a_period_is_empty(held):
    table = counts(held)
    told = say.comparison(*[cadence.compare_periods(table, PERIODS, 2005)] * 2)
    told += say.next_years(*[cadence.next_to_differ(table, 2005)] * 2)
    told += say.evenness(*[cadence.evenness(table, PERIODS, 2005)] * 2)
    assert "nan" not in told
    assert "inf " not in told
    assert "None" not in told


def test_a_next_stretch_that_could_not_be_too_few_says_so():
    rooms = [cadence.next_to_differ(counts([1, 1, 0]), 2002)] * 2
    assert rooms[0]["at_most"] is None
    assert "even none" in say.next_years(*rooms)


def test_one_peak_and_two_read_differently():
    autumn = [f"2021-10-{day:02d}" for day in range(1, 21)]
    one = season.season({"all": days(autumn)})
    two = season.season({"all": days([*autumn, *(f"2021-04-{day:02d}" for day in range(1, 16))])})
    assert "One bell-shaped peak is enough" in more.when_in_the_year(one)
    assert "One bell-shaped peak does not explain" in more.when_in_the_year(two)
    assert "15 of 35" in more.when_in_the_year(two)
    titles = [more.season(table, days(autumn), pd.Timestamp("2025-01-01"))["title"] for table in (one, two)]
    assert titles[0].endswith("no more than one peak allows")
    assert titles[1].endswith("more than one bell-shaped peak explains")


def test_both_counts_of_gaps_give_the_direction():
    columns = ["name", "n", "p_even", "p_uneven"]
    rows = [("a", 9, 0.5, 0.5), ("all", 9, 0.01, 0.99), ("all, unverified counted as held", 9, 0.995, 0.02)]
    told = more.lives(pd.DataFrame(rows, columns=columns), pd.DataFrame({"overdue": [False]}), 2025)
    assert "more even (p = 0.010) than" in told
    assert "counted as held, more uneven (p = 0.020)." in told


def test_what_is_left_out_is_counted():
    table = days(SPREAD, latest=["2022-09-01", *SPREAD[1:]])
    assert more.left_out(table).startswith("1 more held exercise of which only the year is known is")
    assert "No held exercise" in more.left_out(days(SPREAD))


@pytest.mark.parametrize(
    "told",
    [
        say.comparison(NONE, NONE),
        say.next_years({}, {}),
        say.evenness(NONE, NONE),
        say.kept(NONE),
        more.when_in_the_year(NONE),
        more.rotation(NONE),
        say.programme(NONE, 2031, "2030-01-01"),
        more.lives(
            NONE,
            series.overdue(pd.DataFrame(columns=["gaps", "waiting", "open", "last", "name", "longest", "planned"])),
            2030,
        ),
        say.rules(outlook.rules(pd.DataFrame([YEARLY | {"first": 2020, "held": (2020,)}]), 2020, [1])),
    ],
    ids=["comparison", "next", "evenness", "kept", "season", "rotation", "programme", "lives", "rules"],
)
def test_a_sentence_about_nothing_is_whole_and_without_nan(told):
    assert told.endswith(".")
    assert "nan" not in told


def test_rules_and_hosts_give_both_counts():
    told = say.rules(outlook.rules(pd.DataFrame([YEARLY, BIENNIAL]), 2020, [1, 2]))
    assert "1 year ahead" in told
    assert "2 years ahead" in told
    columns = ["rule", "says", "n", "right", "share", "low", "high", "chance"]
    table = pd.DataFrame([("another", hosting.HOST_RULES["another"], 10, 9, 0.9, 0.6, 0.98, 0.8)], columns=columns)
    assert "9 of 10" in more.host_rules(table)
    assert "by chance 80" in more.host_rules(table)
    assert math.isnan(
        hosting.back_test(pd.DataFrame(columns=["series_id", "status", "hosts", *DATED]), None)["share"].iloc[0]
    )


def test_a_turn_beyond_chance_is_told_with_the_number_of_tests():
    table = pd.DataFrame({"name": ["Interaction", "Rubezh"], "repeats": [0, 2], "null": [3.0, 2.0]})
    told = more.rotation(table.assign(p_turns=[0.01, 0.6], p_stays=[0.99, 0.5]))
    assert told.endswith("Beyond chance: Interaction (4 one-sided tests).")
    assert "No series departs from chance" in more.rotation(table.assign(p_turns=[0.06, 0.6], p_stays=[0.99, 0.5]))


@pytest.mark.parametrize(
    ("p", "said"), [(ALPHA, "as even as chance would deal them"), (0.049, "more even in 2016-2021")]
)
def test_counts_are_called_even_below_the_line_and_not_on_it(p, said):
    table = pd.DataFrame({"period": ["2016-2021"], "spread": [0.4], "p_even": [p], "p_uneven": [0.9]})
    assert said in say.evenness(table, table)
