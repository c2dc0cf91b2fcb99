"""The scope of an analysis: which exercises, counted how, from how firm evidence, and which member is looked at.

1. A scope has plan years from SINCE to UNTIL, both included, event types (CLASSES), a unit (UNIT), a weakest grade
   (GRADE), a focal state (FOCUS) and a dividing day (SPLIT). Its defaults stand in the data package
   (`datapackage.json`, key `scope`).
2. Only exercises that the organisation itself runs are in a scope: others invite, they do not expect.
3. By the unit `component`, every exercise without parts counts, be it a part itself or not, and a joint exercise does
   not. By the unit `umbrella`, a joint exercise counts once and its parts do not, and an exercise that is no part
   counts too.
4. A cell whose grade is weaker than the scope's is unknown.
5. Meetings are counted apart, with the event type `meeting` and the unit `component`.
6. A rate is about the cells of the scope's held exercises at which the state was expected. It came if the cell is
   `present` or `observer`, it stayed away if the cell is one of the absences; both are known. Cells that are
   `unknown` or `conflicting` are open. A rate is how often it came, of the known; its bounds count every open cell as
   an absence, or as an attendance.
7. An exercise is since the dividing day if its `start_earliest` is that day or later, and before it otherwise.
8. An occasion of a pair of states is a held exercise of the scope at which both were expected. It is known if both
   cells are known. They were together if both came. A tie is how often they were together, of the known occasions; of
   the open ones they may have met at those at which neither is known to have stayed away.
9. A tie is counted by period: the plan years of a row of the table `periods`, cut to the scope.
10. Exercises held a year are the scope's held exercises by plan year. The mean of a period leaves out the plan year of
    the record's last day (register, rule 4) and later ones, for sources do not cover them to their end.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

import pandas as pd

from helpers.derive.attendance import by_umbrella
from helpers.derive.codes import ATTENDED, GRADES, SETTLED
from helpers.statistics.intervals import manski

UNITS = ("component", "umbrella")
FOLDER = "DATA"  # the one parameter that is no part of a scope: the folder of the data package


@dataclass(frozen=True)
class Scope:
    """What a run covers.

    Attributes
    ----------
    since, until
        First and last plan year, both included.
    classes
        Event types that are counted.
    unit
        `component` (parts of joint exercises and lone exercises) or `umbrella` (a joint exercise counts once).
    grade
        The weakest evidence let in: A, B or C; weaker cells become unknown.
    focus
        The focal state, ISO 3166-1 alpha-3.
    split
        The cutpoint, an ISO day: the first day of the time after it.
    """

    since: int
    until: int
    classes: tuple[str, ...]
    unit: str
    grade: str
    focus: str
    split: str

    @classmethod
    def of(cls, parameters: Mapping[str, Any], defaults: Mapping[str, Any]) -> Scope:
        """The scope that parameters ask for, the defaults standing in for those that are not given.

        Parameters
        ----------
        parameters
            Values by name in capitals (SINCE, FOCUS ...); None stands for the default. A year may be text, event types
            may be one text with commas between them.
        defaults
            The same names in lower case, all of them.

        Raises
        ------
        ValueError
            In one line, for a name that is none of a scope's or a value that cannot be.
        """
        names = [field.name for field in fields(cls)]
        if unknown := [name for name in parameters if name.lower() not in names or not name.isupper()]:
            raise ValueError(f"scope: {unknown[0]!r} is not one of {', '.join(name.upper() for name in names)}")
        if missing := [name for name in names if name not in defaults]:
            raise ValueError(f"scope: datapackage.json gives no {', '.join(missing)}")
        given = {name.lower(): value for name, value in parameters.items() if value is not None}
        values = {name: given.get(name, defaults[name]) for name in names}
        scope = cls(
            since=_year("SINCE", values["since"]),
            until=_year("UNTIL", values["until"]),
            classes=_items("CLASSES", values["classes"]),
            unit=_one_of("UNIT", values["unit"], UNITS),
            grade=_one_of("GRADE", values["grade"], tuple(GRADES)),
            focus=_text("FOCUS", values["focus"]),
            split=_day("SPLIT", values["split"]),
        )
        if scope.since > scope.until:
            raise ValueError(f"scope: SINCE is {scope.since}, which is after UNTIL, {scope.until}")
        return scope

    def describe_difference(self, own: Scope) -> str:
        """One line for who opens a notebook on this scope, on what is not as in `own`, the package's own scope."""
        changed = [
            f"{field.name.upper()} is {_shown(getattr(self, field.name))}, not {_shown(getattr(own, field.name))}"
            for field in fields(self)
            if getattr(self, field.name) != getattr(own, field.name)
        ]
        listed = "; ".join(changed)
        return (
            f"Another scope than the record's own: {listed}. What follows differs from the outputs that came with it."
        )


def _shown(value: Any) -> str:
    return ",".join(value) if isinstance(value, tuple) else str(value)


def _year(name: str, value: Any) -> int:
    text = str(value)
    if isinstance(value, bool) or not (text.isascii() and text.isdecimal() and len(text) == 4):
        raise ValueError(f"scope: {name} is {text!r}, which is no year such as 2013")
    return int(text)


def _items(name: str, value: Any) -> tuple[str, ...]:
    items = tuple(part.strip() for part in value.split(",")) if isinstance(value, str) else value
    if not isinstance(items, (list, tuple)) or not items or not all(isinstance(one, str) and one for one in items):
        raise ValueError(f"scope: {name} is {value!r}, which is no list such as exercise,operation")
    return tuple(dict.fromkeys(items))


def _text(name: str, value: Any) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError(f"scope: {name} is {value!r}, which is no text")
    return value


def _one_of(name: str, value: Any, allowed: tuple[str, ...]) -> str:
    if value not in allowed:
        raise ValueError(f"scope: {name} is {value!r}, which is not one of {', '.join(allowed)}")
    return str(value)


def _day(name: str, value: Any) -> str:
    text = value.isoformat() if isinstance(value, date) and not isinstance(value, datetime) else value
    try:
        if not isinstance(text, str) or date.fromisoformat(text).isoformat() != text:
            raise ValueError
    except ValueError:
        raise ValueError(f"scope: {name} is {str(value)!r}, which is no day such as 2022-09-13") from None
    return text


def select(register: pd.DataFrame, attendance: pd.DataFrame, scope: Scope) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Register and attendance of one scope; cells graded worse than the scope's grade become unknown.

    Only the organisation's own exercises are in it: others invite, they do not expect. Raises ValueError in one line for
    an event type that the register does not have, or if no exercise is left.
    """
    known = sorted(register["event_type"].unique())
    for one in scope.classes:
        if one not in known:
            raise ValueError(f"scope: CLASSES names {one!r}, which is not one of {', '.join(known)}")
    if scope.unit == "umbrella":
        attendance = by_umbrella(attendance, register)
        in_unit = register["umbrella_id"] == register["exercise_id"]
    else:
        in_unit = ~register["is_umbrella"]
    inside = in_unit & register["year"].between(scope.since, scope.until) & register["event_type"].isin(scope.classes)
    chosen = register[inside & register["is_own"]].reset_index(drop=True)
    if chosen.empty:
        types = ", ".join(scope.classes)
        raise ValueError(f"scope: no exercise of class {types} is left between {scope.since} and {scope.until}")
    cells = attendance[attendance["exercise_id"].isin(chosen["exercise_id"])].reset_index(drop=True)
    too_weak = cells["grade"] > scope.grade  # grades sort as letters, and a blank is no grade
    return chosen, cells.assign(code=cells["code"].mask(too_weak, "unknown"))


def held_cells(register: pd.DataFrame, attendance: pd.DataFrame) -> pd.DataFrame:
    """The cells that a rate is about: expected states x held exercises, with each exercise's name, series, year and first day."""
    columns = ["exercise_id", "name", "series_id", "year", "start_earliest"]
    held = register.loc[register["status"] == "held", columns]
    cells = attendance[attendance["expected"]].merge(held, on="exercise_id")
    return cells.sort_values(["start_earliest", "exercise_id", "iso3"])


def compute_rates(held: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """How often those of each group came, of the cells that a rate is about (rule 6).

    Parameters
    ----------
    held
        Cells as `held_cells` gives them.
    by
        Columns to group by.

    Returns
    -------
    DataFrame
        One row a group: the columns `by`; attended, known, unknown (numbers; conflicting cells are unknown); rate =
        attended / known (missing if none is known); low, high (its bounds, whatever the unknown cells were).
    """
    cells = held.assign(attended=held["code"].isin(ATTENDED), known=held["code"].isin(SETTLED), unknown=1)
    table = cells.groupby(list(by), observed=True, as_index=False)[["attended", "known", "unknown"]].sum()
    table["unknown"] -= table["known"]
    table["rate"] = (table["attended"] / table["known"].where(table["known"] > 0)).astype(float)
    table["low"], table["high"] = manski(table["attended"], table["known"], table["unknown"])
    return table
