"""The rules page is enough to count again: a script written from it alone gives what the package gives."""

import pytest
from derive.second_derivation import Record

from helpers import open_record
from helpers.analyses.disengagement.measures import with_window
from helpers.analyses.network.co_attendance import co_attendance
from helpers.derive.codes import ABSENT
from helpers.derive.scope import compute_rates
from helpers.loaders.tables import DATA

UNITS = ("component", "umbrella")


@pytest.fixture(scope="module")
def again():
    """The record as derived by the script."""
    return Record(DATA)


@pytest.fixture(scope="module")
def record():
    """The record as the package derives it."""
    return open_record()


def rates(record, state):
    """{window: (came, known, open)} of the package."""
    table = compute_rates(with_window(record.of(state), record.split), ["window"]).set_index("window")
    return {
        window: tuple(int(table.at[window, name]) for name in ("attended", "known", "unknown"))
        for window in table.index
    }


@pytest.mark.parametrize("unit", UNITS)
def test_came_known_and_open_of_every_state(record, again, unit):
    counted = record.in_unit(unit)
    for state in again.states:
        found = again.rates(state, unit, record.scope.classes)
        assert {window: numbers for window, numbers in found.items() if any(numbers)} == {
            window: numbers for window, numbers in rates(counted, state).items() if any(numbers)
        }, state


@pytest.mark.parametrize("unit", UNITS)
def test_absences_by_their_evidence(record, again, unit):
    own = with_window(record.in_unit(unit).of(record.focus), record.split).query("window == 'since'")
    assert again.absences(record.focus, unit, record.scope.classes) == {
        code: int((own["code"] == code).sum()) for code in ABSENT
    }


def test_meetings(record, again):
    assert again.rates(record.focus, "component", ("meeting",)) == rates(record.meetings(), record.focus)


@pytest.mark.parametrize("unit", UNITS)
def test_ties_of_the_last_period(record, again, unit):
    counted = record.in_unit(unit)
    table = co_attendance(counted.in_period(list(counted.periods)[-1]))
    assert again.ties(unit, record.scope.classes) == {
        (row.a, row.b): (row.together, row.occasions) for row in table.itertuples()
    }


@pytest.mark.parametrize("unit", UNITS)
def test_exercises_held_a_year(record, again, unit):
    register = record.in_unit(unit).register
    held = register[(register["status"] == "held") & (register["year"] < record.last_day.year)]
    assert again.held(unit, record.scope.classes) == held.groupby("year").size().to_dict()


def test_every_cell_of_the_record(record, again):
    """Stronger than the headlines: each cell of each exercise, meeting and operation has the same code."""
    cells = record.whole_attendance.set_index(["exercise_id", "iso3"])["code"]
    assert {key: cell["code"] for key, cell in again.cells.items()} == cells.to_dict()
    register = record.whole_register.set_index("exercise_id")
    for one, exercise in again.exercises.items():
        row = register.loc[one]
        assert (exercise["status"], *exercise["start"], *exercise["end"]) == (
            row["status"],
            *(row[f"{end}_{side}"].date() for end in ("start", "end") for side in ("earliest", "latest")),
        ), one
