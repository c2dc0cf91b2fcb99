"""What two tables say of one thing and cannot both be right: steps and reports against the register that is derived from them.

`check` prints it for somebody to look at; a test holds the record to have none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import pandas as pd

from helpers.derive.attendance import derive_attendance
from helpers.derive.register import derive_register
from helpers.derive.reports import ON_THE_SPOT
from helpers.loaders import dates

EARLY = pd.Timedelta(days=1)  # by which gathering and opening may come before the first day that others give
LATE = pd.Timedelta(days=2)  # after the first day, in which a text may still put all of it in the future
WEEKS = pd.Timedelta(days=14)  # before the first day: what is told earlier is a plan
LOWER_LEVEL = 2  # the rung of a step by which a state came, with fewer or lower
AHEAD, BEHIND = (
    pd.Timedelta(days=400),
    pd.Timedelta(days=200),
)  # a step on an exercise is between the plan of a year and its review
STAYED = "absent"  # codes of an absence begin so


class Contradiction(NamedTuple):
    """A cell that does not go with what the record holds."""

    table: str
    row: int
    column: str
    value: str
    problem: str


def find_contradictions(tables: Mapping[str, pd.DataFrame]) -> Iterator[Contradiction]:
    """Find the reports and steps that do not go with the register or with attendance.

    Parameters
    ----------
    tables
        The loaded tables.

    Yields
    ------
    Contradiction
        Rows are counted from 0; the problem is worded to stand behind the value.
    """
    register = derive_register(tables)
    cells = derive_attendance(tables, register)
    held = register[register["status"] == "held"].set_index("exercise_id")
    codes = cells.set_index(["exercise_id", "iso3"])["code"].to_dict()
    yield from _phases(tables["reports"], held)
    yield from _steps(tables["events"], held, codes)


def _phases(reports: pd.DataFrame, held: pd.DataFrame) -> Iterator[Contradiction]:
    """When a thing was said goes with the days of the exercise and with how it is told; an operation has stages."""
    told = reports[(reports["said_on"] != "") & reports["exercise_id"].isin(held.index)]
    said = dates.bounds(told["said_on"])
    for row, earliest, latest in zip(told.itertuples(), said["earliest"], said["latest"], strict=True):
        edition = held.loc[row.exercise_id]
        first, begun, end = edition["start_earliest"], edition["start_latest"], edition["end_latest"]
        ahead = row.phase not in ON_THE_SPOT
        wrong = ""
        if not ahead and row.status == "held" and edition["event_type"] != "operation" and latest < first - EARLY:
            wrong = f"began on {first.date()}"
        elif ahead and earliest > end:
            wrong = f"ended by {end.date()}"
        elif ahead and earliest > begun + LATE:
            wrong = f"began by {begun.date()}"
        elif row.phase == "plan" and earliest == latest > begun - WEEKS:
            wrong = f"began by {begun.date()}, less than two weeks later"
        if wrong:
            problem = f"does not go with {row.said_on}, when it was said: {row.exercise_id} {wrong}"
            yield Contradiction("reports", row.Index, "phase", row.phase, problem)


def _steps(events: pd.DataFrame, held: pd.DataFrame, codes: Mapping[tuple[str, str], str]) -> Iterator[Contradiction]:
    """A step on an exercise goes with where and when the exercise was, and with who came."""
    hosts, first, last = held["hosts"].to_dict(), held["start_earliest"].to_dict(), held["end_latest"].to_dict()
    named = events[events["exercise_id"].isin(held.index)]
    days = dates.bounds(named["date"])
    for row, earliest, latest in zip(named.itertuples(), days["earliest"], days["latest"], strict=True):
        exercise = row.exercise_id
        code = codes.get((exercise, row.subject), "")
        is_own = row.track == "hosting" and row.subject != ""
        if is_own and row.direction == "engage" and hosts[exercise] and row.subject not in hosts[exercise]:
            yield _step(row, "subject", f"does not host {exercise}; the register has {', '.join(hosts[exercise])}")
        if is_own and row.direction == "disengage" and row.subject in hosts[exercise]:
            yield _step(row, "direction", f"does not go with {exercise}, which the register has in {row.subject}")
        away = row.direction == "disengage" and row.rung != LOWER_LEVEL
        if row.track in ("exercises", "meetings") and away and code == "present":
            yield _step(row, "direction", f"does not go with {exercise}, to which {row.subject} came")
        if row.track in ("exercises", "meetings") and row.direction == "engage" and code.startswith(STAYED):
            yield _step(row, "direction", f"does not go with {exercise}, from which {row.subject} stayed away")
        if latest < first[exercise] - AHEAD or earliest > last[exercise] + BEHIND:
            yield _step(row, "exercise_id", f"is far from the day of the step, {row.date}")


def _step(row: Any, column: str, problem: str) -> Contradiction:
    return Contradiction("events", row.Index, column, getattr(row, column), problem)
