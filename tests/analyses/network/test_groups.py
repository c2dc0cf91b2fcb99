import math

import pytest
from small_networks import record_of

from helpers.analyses.network import co_attendance, groups

LEFT = {"x-2010": "++++", "x-2011": "++++", "x-2016": "-+++", "x-2017": "-+++", "x-2018": "?+++"}


def circle_of(record):
    ties = co_attendance.compute_ties(record)
    return groups.read_circle(record, ties, groups.last_known_period(record, ties))


def test_a_state_that_meets_the_others_seldom_stands_apart():
    circle = circle_of(record_of(LEFT))
    assert (circle.period, circle.core, circle.apart) == ("2016-2021", ("BBB", "CCC", "DDD"), ("AAA",))
    assert circle.core_ties["rate"].tolist() == [1, 1, 1]
    assert circle.ties_with("AAA")["rate"].tolist() == [0, 0, 0]


def test_the_last_known_period_is_not_one_of_which_nothing_is_known():
    assert circle_of(record_of({"x-2010": "++", "x-2016": "?+"})).period == "2010-2015"


def test_the_focal_state_comes_first_and_the_others_by_name():
    assert groups.by_name(record_of(LEFT, focus="CCC"), ["AAA", "BBB", "CCC"]) == ["CCC", "AAA", "BBB"]


def test_pooled_ties_weigh_each_exercise_of_each_pair_once():
    ties = co_attendance.co_attendance(record_of(LEFT))
    pooled = groups.pool(groups.ties_of(ties, ["AAA"], ["BBB", "CCC", "DDD"]))
    assert pooled[["together", "occasions", "unknown", "possible"]].tolist() == [6, 12, 3, 3]
    assert pooled[["share", "low", "high"]].tolist() == [6 / 12, 6 / 15, 9 / 15]
    assert math.isnan(groups.pool(ties.head(0))["share"])


@pytest.mark.parametrize(("focus", "expected"), [("AAA", ["focus", "core"]), ("BBB", ["focus", "core", "apart"])])
def test_change_follows_the_focal_state_the_rest_and_those_that_stand_apart(focus, expected):
    record = record_of(LEFT, focus=focus)
    change = groups.compute_change(record, co_attendance.compute_ties(record), circle_of(record))
    assert change["group"].unique().tolist() == expected
    last = change[change["period"] == "2016-2021"].set_index("group")["share"]
    assert last["core"] == 1
    assert last["focus" if focus == "AAA" else "apart"] == 0
