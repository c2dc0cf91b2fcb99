"""A scope narrows the record, or is refused in one line."""

import pytest

from helpers.analyses.disengagement import measures as disengagement
from helpers.derive.scope import drawing_order, held_cells, meetings, select

SCOPE = dict(since=2000, until=2026, classes=["exercise"], unit="component", grade="C")


def test_a_narrower_scope_holds_fewer_exercises(record):
    register, cells = record
    whole, _ = select(register, cells, **SCOPE)
    assert not whole["is_umbrella"].any()
    assert set(whole["organiser"]) <= {"CST", "CSTO"}
    late, late_cells = select(register, cells, **SCOPE | {"since": 2022})
    assert late["year"].min() == 2022
    assert set(late_cells["exercise_id"]) == set(late["exercise_id"])
    units, _ = select(register, cells, **SCOPE | {"unit": "umbrella"})
    assert units["umbrella_id"].is_unique
    assert len(units) < len(whole)
    operations, _ = select(register, cells, **SCOPE | {"classes": ["operation"]})
    assert set(operations["event_type"]) == {"operation"}


def test_a_stricter_grade_makes_weaker_cells_unknown(record):
    register, cells = record
    _, loose = select(register, cells, **SCOPE)
    _, strict = select(register, cells, **SCOPE | {"grade": "A"})
    changed = loose["code"] != strict["code"]
    assert changed.any()
    assert set(loose.loc[changed, "grade"]) <= {"B", "C", "D"}
    assert set(strict.loc[changed, "code"]) == {"unknown"}
    assert (strict.loc[strict["grade"] == "A", "code"] == loose.loc[strict["grade"] == "A", "code"]).all()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"unit": "year"}, "'year' is not one of component, umbrella"),
        ({"grade": "E"}, "'E' is not one of A, B, C, D"),
        ({"classes": ["drill"]}, "'drill' is not one of"),
        ({"since": 1990, "until": 1991}, "no exercise of class exercise is left between 1990 and 1991"),
    ],
)
def test_impossible_scopes_say_so_in_one_line(record, change, words):
    with pytest.raises(ValueError, match=words) as caught:
        select(*record, **SCOPE | change)
    assert "\n" not in str(caught.value)


def test_drawing_order_puts_the_focus_last(record):
    _, cells = select(*record, **SCOPE)
    order = drawing_order(cells, "KAZ")
    assert order[-1] == "KAZ"
    assert sorted(order) == sorted(cells[cells["expected"]]["iso3"].unique())
    with pytest.raises(ValueError, match="'FRA' was never bound; states that were: ARM, AZE"):
        drawing_order(cells, "FRA")


def test_a_focus_that_was_never_expected_is_drawn_all_the_same(record):
    _, cells = select(*record, **SCOPE)
    left = "GEO"
    assert not cells.loc[cells["iso3"] == left, "expected"].any()
    assert drawing_order(cells, left)[-1] == left
    assert set(drawing_order(cells, left)) == {*drawing_order(cells, "KAZ"), left}


def test_meetings_are_a_second_series(record):
    """The last summit on record, Bishkek 2025, is one that Armenia stayed away from, and no exercise is among them."""
    register, cells = meetings(*record, since=2000, until=2026, grade="C")
    assert set(register["event_type"]) == {"meeting"}
    own = disengagement.record_of(held_cells(cells, register), "ARM").set_index("exercise_id")
    assert own.at["summit-2025", "code"].startswith("absent")
    assert own.at["summit-2022-5", "code"] == "present"  # it was the host


def test_years_without_meetings_give_empty_frames(record):
    register, cells = meetings(*record, since=2001, until=2002, grade="C")
    assert len(register) == len(cells) == 0
    assert disengagement.record_of(held_cells(cells, register), "ARM").empty
