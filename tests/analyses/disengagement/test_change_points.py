"""The search for a break on records: joint exercises count once, and a member that kept coming has none."""

import numpy as np
import pytest
from support import exercise, frames, report

import helpers
from helpers.analyses.disengagement import change_points
from helpers.derive.record import Record
from helpers.derive.scope import Scope

SIX, FIVE = "ARM;BLR;KAZ;KGZ;RUS;TJK", "BLR;KAZ;KGZ;RUS;TJK"


def opened(came, parts=1, focus="ARM"):
    """A record of one joint exercise a year, of so many parts, to which the focal state came or not."""
    exercises, reports = [], []
    for at, there in enumerate(came):
        year = 2005 + at
        exercises.append(exercise(f"combat-{year}", "combat"))
        for number in range(parts):
            one = f"interaction-{year}" if not number else f"interaction-{year}-{number + 1}"
            exercises.append(exercise(one, parent_id=f"combat-{year}"))
            reports.append(report(one, 1, start=f"{year}-09-01", participants=SIX if there else FIVE))
    scope = Scope(2000, 2030, ("exercise",), "component", "C", focus, "2022-09-13")
    return Record.of_scope(frames(exercises, reports), scope)


@pytest.fixture(scope="module")
def published():
    return helpers.open_record()


def test_a_stop_is_placed_between_the_last_that_it_joined_and_the_first_that_it_missed():
    found = change_points.find_break(opened([1] * 12 + [0] * 6))
    assert (found.last_before["year"], found.first_after["year"]) == (2016, 2017)
    assert found.none < 0.01
    assert found.earliest["start_earliest"] <= found.last_before["start_earliest"]
    assert found.first_after["start_earliest"] <= found.latest["start_earliest"]


def test_parts_of_a_joint_exercise_count_once():
    alone, threes = opened([1] * 12 + [0] * 2), opened([1] * 12 + [0] * 2, parts=3)
    none = [change_points.compare_breaks(record).set_index("iso3").at["ARM", "none"] for record in (alone, threes)]
    assert none[0] == pytest.approx(none[1])


def test_a_member_that_kept_coming_shows_no_break():
    record = opened([1] * 18)
    assert change_points.find_break(record) is None
    assert (change_points.compare_breaks(record)["none"] > 0.5).all()


def test_too_few_cases_are_not_searched():
    assert change_points.find_break(opened([1, 0, 0])) is None
    assert change_points.compare_breaks(opened([1, 0, 0])).empty


def test_only_one_member_of_the_published_record_shows_a_break(published):
    table = change_points.compare_breaks(published).set_index("iso3")
    assert table.index[table["shown"]].tolist() == ["ARM"]
    assert (table.drop("ARM")["none"] > 0.5).all()
    assert table.at["ARM", "none_away"] < 0.05  # whichever way its open cases went
    found = change_points.find_break(published)
    assert found.first_after["start_earliest"].year == 2022


def test_the_library_puts_the_break_where_the_search_does(published):
    ruptures = pytest.importorskip("ruptures")
    own = published.in_unit("umbrella").of("ARM")
    values = change_points.series_of(own)
    known = own[np.isfinite(values)]
    at = ruptures.Dynp(model="l2", jump=1, min_size=1).fit(values[np.isfinite(values)]).predict(n_bkps=1)[0]
    assert known["exercise_id"].iloc[at] == change_points.find_break(published).first_after["exercise_id"]


def test_the_table_speaks_in_words(published):
    table = change_points.breaks_table(published)
    assert table["state"].iloc[0] == published.name
    assert not table["no break"].str.contains("0.000").any()
    assert len(table.columns) <= 8
    assert len(change_points.simulate_alarms(draws=20)) == 7
