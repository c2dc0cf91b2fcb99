"""Joint exercises and their parts: what is known of one bears on the other.

1. Presence goes up. A statement that a state was at a held part is a statement that it was at the joint exercise, if
   the part's cell is `present`; so is one that names it in a list for several drills, whatever the part's cell is.
   Where there is no such statement, all about it at the parts where it is `conflicting` go up as they are: if one
   report puts it at a part and another of the same standing says that it stayed away from that, both sides stand at
   the joint exercise too. Where there are none of those either, all at the parts where it is `observer` go up. The joint exercise is judged by these and
   its own statements together. Where the state is expected at the joint exercise, only parts at which it was
   expected answer for it.
2. Absence goes down. A state that the joint exercise's own statements show to have been away was away from every
   held part at which it was expected and is `unknown` or away: the part is judged by both, and the strongest word
   counts. What was said before the part's earliest first day is said ahead of it.
3. A state away from every held part at which it was expected was away from the joint exercise, if that is `unknown`:
   with the weakest code and grade of those parts, since each of them is needed. If it is `present` above by a list
   for several drills or a word on the whole, and away from every part, the joint exercise is `conflicting`.
4. A state expected at a held part is expected at the joint exercise, if the organisation runs it, and is judged as
   such.
5. Counted in joint exercises (`umbrella`), the joint exercise's own cell stands for it and for all its parts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from helpers.derive.cells import SIDES, Cell, Judged, judge
from helpers.derive.codes import ABSENT
from helpers.derive.statements import TELLING


def carry(
    cells: dict[tuple[str, str], Judged], umbrella: str, parts: Mapping[str, pd.Timestamp], state: str, is_own: bool
) -> None:
    """Carry presence up and absence down between a joint exercise and its held parts (rules 1 to 4), in place.

    Parameters
    ----------
    cells
        {(exercise_id, iso3): Judged}.
    umbrella
        The joint exercise.
    parts
        {exercise_id of a held part: its first day}.
    state
        The state.
    is_own
        Whether the organisation runs the joint exercise.
    """
    above = cells[umbrella, state]
    awaited = [part for part in parts if cells[part, state].cell["expected"]]
    if is_own and awaited:
        above = judge(state, above.facts, above.given._replace(expected=above.given.expected | {state}))
    answering = awaited if above.cell["expected"] else parts
    below = [cells[part, state] for part in answering]
    above = cells[umbrella, state] = _lift(state, above, below)
    if above.cell["code"] in ABSENT:
        for part in awaited:
            cells[part, state] = _lower(state, above, cells[part, state], parts[part])
    own = [cells[part, state].cell for part in awaited]
    if above.cell["expected"] and own and all(cell["code"] in ABSENT for cell in own):
        cells[umbrella, state] = above._replace(cell=_away_from_all(above.cell, own))


def _lift(state: str, above: Judged, below: Sequence[Judged]) -> Judged:
    """The joint exercise's cell with what is said of its parts (rule 1)."""
    came = [
        fact._replace(says="present")
        for part in below
        for fact in part.facts
        if fact.says == "jointly" or (fact.says == "present" and part.cell["code"] == "present")
    ]
    for code in ("conflicting", "observer"):
        came = came or [
            fact for part in below if part.cell["code"] == code for fact in part.facts if fact.says in TELLING
        ]
    return judge(state, (*above.facts, *came), above.given)


def _lower(state: str, above: Judged, part: Judged, first_day: pd.Timestamp) -> Judged:
    """The cell of a part with what shows an absence from the whole (rule 2)."""
    if part.cell["code"] != "unknown" and part.cell["code"] not in ABSENT:
        return part
    away = [
        fact._replace(tier=0) if fact.said_day < first_day else fact
        for fact in above.facts
        if fact.says in SIDES[above.cell["code"]]
    ]
    return judge(state, (*part.facts, *away), part.given)


def _away_from_all(above: Cell, below: Sequence[Cell]) -> Cell:
    """The joint exercise's cell where the state was away from every part at which it was expected (rule 3)."""
    reports = tuple(dict.fromkeys(report for cell in below for report in cell["reports"]))
    if above["code"] == "present":
        return above | {"code": "conflicting", "grade": "B", "disputed": True, "mode": "", "against": reports}
    if above["code"] != "unknown":
        return above
    return above | {
        "code": max((cell["code"] for cell in below), key=ABSENT.index),
        "grade": max(cell["grade"] for cell in below),
        "disputed": any(cell["disputed"] for cell in below),
        "families": min(cell["families"] for cell in below),
        "reports": reports,
        "against": tuple(dict.fromkeys(report for cell in below for report in cell["against"])),
    }
