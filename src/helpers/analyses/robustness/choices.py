"""The choices that somebody else could have made otherwise: each kind once, with the other levels that a reader could prefer."""

from __future__ import annotations

from itertools import product
from typing import Any, NamedTuple

import numpy as np

from helpers.analyses.robustness import source_subsets
from helpers.derive import left_out
from helpers.derive.codes import GRADES
from helpers.derive.record import Record
from helpers.derive.scope import UNITS

NAN = float("nan")
TREATMENTS = ("grade", "conflicting")  # what is made of a case
AXES = ("sources", "lists", "unit", "since", *TREATMENTS)
GRADE_ORDER = {"": 0} | {grade: place for place, grade in enumerate(GRADES, 1)}
UNIT_WORDS = {"component": "every part of a joint exercise counted", "umbrella": "joint exercises counted once"}
GRADE_WORDS = {
    "A": "two independent sources or more",
    "B": "nothing that was said only beforehand",
    "C": "what was said beforehand as well",
}
CONFLICTS = {"not clear": NAN, "taken as attendance": 1.0, "taken as absence": 0.0}

Grid = dict[str, dict[str, Any]]


class Setting(NamedTuple):
    """What no choice varies: the focal state, the cutpoint, and the years that questions ask about (see `findings.Universe`)."""

    focus: str
    split: np.datetime64
    since: int
    until: int
    earlier: int
    turn: int
    last_year: int


def read_setting(record: Record) -> Setting:
    """The setting that a record's scope asks for."""
    firsts = sorted(int(first) for first, _ in record.periods.values()) or [record.scope.since]
    return Setting(
        focus=record.focus,
        split=np.datetime64(record.split),
        since=record.scope.since,
        until=record.scope.until,
        earlier=firsts[-2:][0],
        turn=firsts[-1],
        last_year=record.last_year,
    )


def build_grid(record: Record) -> Grid:
    """The choices as {axis: {level in words: what it stands for}}.

    The first level of each axis is what the other notebooks do under the record's scope; the others follow, the mildest
    first.
    """
    scope, setting = record.scope, read_setting(record)
    starts = sorted({int(first) for first, _ in record.periods.values()} - {scope.since, setting.turn})
    grades = sorted(GRADE_WORDS, key=lambda name: (name != scope.grade, -GRADE_ORDER[name]))
    return {
        "sources": source_subsets.list_source_choices(record),
        "lists": {name: name for name in left_out.READINGS},
        "unit": {UNIT_WORDS[name]: name for name in sorted(UNITS, key=lambda name: name != scope.unit)},
        "since": {f"from {scope.since}": scope.since} | {f"only from {first} on": first for first in starts},
        "grade": {GRADE_WORDS[name]: GRADE_ORDER[name] for name in grades},
        "conflicting": {f"conflicts {name}": value for name, value in CONFLICTS.items()},
    }


def first_levels(grid: Grid) -> dict[str, str]:
    """The level of each axis that the other notebooks choose."""
    return {axis: next(iter(levels)) for axis, levels in grid.items()}


def list_other_levels(grid: Grid) -> list[tuple[str, str]]:
    """(axis, level) of every other choice."""
    return [(axis, level) for axis, levels in grid.items() for level in list(levels)[1:]]


def list_treatments(grid: Grid) -> tuple[list[dict[str, str]], np.ndarray]:
    """Every treatment of cases: its levels by axis, and the numbers for `multiverse.settle` (one row each), the first first."""
    words, numbers = [], []
    for treatment in product(*(grid[axis].items() for axis in TREATMENTS)):
        levels, values = zip(*treatment, strict=True)
        words.append(dict(zip(TREATMENTS, levels, strict=True)))
        numbers.append(values)
    return words, np.array(numbers, float)
