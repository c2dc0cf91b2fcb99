"""The record of one scope: everything that a notebook starts from, under one name.

`open_record` loads the tables, derives register and attendance, and cuts them to a scope. Analyses that need more than one
frame take the record, so that no two of them want the same frames in another order.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from helpers.derive.attendance import derive_attendance
from helpers.derive.membership import BOUND, bound_spells, members_on
from helpers.derive.register import cutoff, derive_register, sources_on_the_organisation
from helpers.derive.scope import FOLDER, UNITS, Scope, compute_rates, held_cells, select
from helpers.loaders import dates
from helpers.loaders.remembered import made_once
from helpers.loaders.tables import DATA, load, read_scope

RECORDS = 16  # whose frames are kept by what several sentences and figures ask for (one record, its units, its parts)


class Frames(NamedTuple):
    """The tables of a package by name, and register and attendance of the whole record, derived from them."""

    data: dict[str, pd.DataFrame]
    register: pd.DataFrame
    attendance: pd.DataFrame

    @classmethod
    def of(cls, data: dict[str, pd.DataFrame]) -> Frames:
        """The frames of loaded tables."""
        register = derive_register(data)
        return cls(data, register, derive_attendance(data, register))


@dataclass(frozen=True, eq=False)
class Record:
    """Register and attendance of one scope, and what both are made from.

    Attributes
    ----------
    data
        The tables as coded, by name.
    scope
        What is covered.
    register
        One row an exercise of the scope (columns as in `derived.json`).
    attendance
        One row an exercise of the scope and a state ever bound; evidence weaker than the scope's grade is unknown.
    whole_register, whole_attendance
        The same of the whole record, whatever the scope.
    """

    data: dict[str, pd.DataFrame] = field(repr=False)
    scope: Scope
    register: pd.DataFrame = field(repr=False)
    attendance: pd.DataFrame = field(repr=False)
    whole_register: pd.DataFrame = field(repr=False)
    whole_attendance: pd.DataFrame = field(repr=False)

    @classmethod
    def of_scope(cls, data: dict[str, pd.DataFrame], scope: Scope) -> Record:
        """The record that loaded tables give under a scope. Raises ValueError if no exercise is left."""
        return cls.of_frames(Frames.of(data), scope)

    @classmethod
    def of_frames(cls, frames: Frames, scope: Scope) -> Record:
        """The record that frames give under a scope. Raises ValueError if no exercise is left."""
        register, attendance = select(frames.register, frames.attendance, scope)
        return cls(frames.data, scope, register, attendance, frames.register, frames.attendance)

    @property
    def focus(self) -> str:
        """The focal state's code."""
        return self.scope.focus

    @property
    def split(self) -> str:
        """The cutpoint as an ISO day."""
        return self.scope.split

    @cached_property
    def names(self) -> dict[str, str]:
        """Names of states by code."""
        table = self.data["countries"]
        return dict(zip(table["iso3"], table["name"], strict=True))

    @property
    def name(self) -> str:
        """The focal state's name."""
        return self.names[self.focus]

    @cached_property
    def organisation(self) -> str:
        """The body, by its short name, that organises most of its own exercises."""
        own = self.whole_register.loc[self.whole_register["is_own"], "organiser"]
        return str(own.mode().iloc[0]) if len(own) else ""

    @cached_property
    def last_year(self) -> int:
        """The last plan year of the scope that sources cover to its end."""
        return min(self.scope.until, self.last_day.year - 1)

    @cached_property
    def last_day(self) -> pd.Timestamp:
        """The last day that a source speaks from."""
        return cutoff(self.data)

    @cached_property
    def last_days(self) -> tuple[pd.Timestamp, pd.Timestamp]:
        """The last day that a source speaks from, and how late it can be: a source may give no more than a month or a year."""
        known = dates.bounds(sources_on_the_organisation(self.data)["published_on"])
        return self.last_day, known.loc[known["earliest"] == self.last_day, "latest"].min()

    @cached_property
    def members(self) -> frozenset[str]:
        """The states bound to the organisation on the record's last day, whatever the scope."""
        return frozenset(members_on(bound_spells(self.data), BOUND, self.last_day.date()))

    @property
    def is_past(self) -> bool:
        """Whether the years of the scope ended before the last that sources cover: what it holds is then no news."""
        return self.scope.until < self.last_day.year - 1

    @cached_property
    def shows_absence(self) -> bool:
        """Whether a report can show that a state stayed away: it names one that did, or presents its list as the full one."""
        reports = self.data["reports"]
        return bool(reports["absent"].map(len).any() or reports["participants_scope"].eq("complete").any())

    @cached_property
    def held(self) -> pd.DataFrame:
        """The cells that a rate is about: expected states x held exercises, with each exercise's name, year and first day."""
        return held_cells(self.register, self.attendance)

    @cached_property
    def states(self) -> list[str]:
        """States in the order that figures keep: most often expected first, then by code, the focal state last.

        States that were never expected in the scope are left out, save the focal state: that it was not is then the finding.
        """
        expected = self.attendance[self.attendance["expected"]].groupby("iso3").size()
        order = sorted(expected.index, key=lambda state: (-expected[state], state))
        return [state for state in order if state != self.focus] + [self.focus]

    @cached_property
    def periods(self) -> dict[str, tuple[int, int]]:
        """First and last plan year of the periods of the table `periods`, cut to the scope, by their label.

        A record that is cut into no periods has one.
        """
        table = self.data["periods"]
        spans = [(row.since, row.until) for row in table.itertuples()] or [(self.scope.since, self.scope.until)]
        cut = [(max(first, self.scope.since), min(last, self.scope.until)) for first, last in spans]
        return {
            f"{first}-{last}" if first < last else str(first): (first, last) for first, last in cut if first <= last
        }

    def of(self, state: str) -> pd.DataFrame:
        """The held exercises at which a state was expected, in order of time (rows of `held`).

        Parameters
        ----------
        state
            ISO 3166-1 alpha-3 code.

        Raises
        ------
        ValueError
            In one line, for a code of none of the states that were ever bound.
        """
        if state != self.focus:  # which was asked for when the record was opened
            self.require_bound("state", state)
        return self.held[self.held["iso3"] == state].reset_index(drop=True)

    def rates(self, by: str | Sequence[str] = "iso3") -> pd.DataFrame:
        """How often states came to the held exercises at which they were expected, with what is not clear.

        Print `attended` of `known` with `unknown`, or `rate` with `low` and `high`: they hold whatever the unknown cases were.

        Parameters
        ----------
        by
            A column of `held` or several, such as "iso3", "year" or ["iso3", "series_id"].

        Returns
        -------
        DataFrame
            One row a group: the columns `by`, attended, known, unknown, rate, low, high (see `scope.compute_rates`).
        """
        return compute_rates(self.held, [by] if isinstance(by, str) else by)

    def require_bound(self, name: str, state: str) -> None:
        """Raises ValueError for the code of a state that was never bound; `name` is what the line calls it."""
        bound = self.whole_attendance["iso3"]
        if not (bound == state).any():
            states = ", ".join(sorted(bound.unique()))
            raise ValueError(f"scope: {name} is {state!r}, which was never bound; states that were: {states}")

    def in_unit(self, unit: str) -> Record:
        """The same scope counted in the other unit, or in this one; asked for again, the same record."""
        if unit not in self._in_units:
            self._in_units[unit] = self.rescoped(unit=unit)
        return self._in_units[unit]

    @cached_property
    def _in_units(self) -> dict[str, Record]:
        return {}

    def in_both_units(self) -> dict[str, Record]:
        """The same scope in each unit, by the unit's name."""
        return {unit: self.in_unit(unit) for unit in UNITS}

    def whole(self) -> Record:
        """The whole record, whatever the scope: every event type, year and grade."""
        return replace(self, register=self.whole_register, attendance=self.whole_attendance)

    def without_planned(self) -> Record:
        """The same without exercises that are only planned."""
        return replace(self, register=self.register[self.register["status"] != "planned"])

    def in_period(self, label: str) -> Record:
        """The exercises of one of the `periods`, among those of this record."""
        register = self.register[self.register["year"].between(*self.periods[label])].reset_index(drop=True)
        inside = self.attendance["exercise_id"].isin(register["exercise_id"])
        return replace(self, register=register, attendance=self.attendance[inside].reset_index(drop=True))

    def meetings(self) -> Record:
        """The organisation's meetings in the scope's years; empty if none is coded."""
        table = self.whole_register
        inside = table["event_type"].eq("meeting") & table["year"].between(self.scope.since, self.scope.until)
        if not inside.any():
            return replace(self, register=table[inside], attendance=self.whole_attendance.head(0))
        return self.rescoped(classes=("meeting",), unit="component")

    def rescoped(self, **changed: Any) -> Record:
        """The same tables under another scope. Raises ValueError if no exercise is left."""
        scope = replace(self.scope, **changed)
        register, attendance = select(self.whole_register, self.whole_attendance, scope)
        return replace(self, scope=scope, register=register, attendance=attendance)


def open_record(parameters: Mapping[str, Any] | None = None, /, **named: Any) -> Record:
    """Loads a data package and gives the record of a scope, as in `open_record(focus="XYZ", unit="umbrella")`.

    In a notebook it says in a line if the scope is not the package's own.

    Parameters
    ----------
    parameters
        A mapping of names in capitals, such as a notebook's `globals()`; all else in it is passed over.
    **named
        The same, in lower case or in capitals: since, until, classes, unit, grade, focus, split, and data for the folder of
        another package. What is not given stands in the package itself.

    Returns
    -------
    Record

    Raises
    ------
    DataError
        If the tables break their contract: one line a fault.
    ValueError
        In one line, if a parameter is misspelt or its value cannot be, or if the scope leaves nothing to look at.
    """
    asked = {name: value for name, value in (parameters or {}).items() if name.isupper()}
    asked |= {name.upper(): value for name, value in named.items()}
    folder = Path(asked.pop(FOLDER, None) or DATA)
    usual = read_scope(folder)
    own, scope = Scope.of({}, usual), Scope.of(asked, usual)
    frames = made_once(folder, lambda: Frames.of(load(folder)))
    record = Record.of_frames(frames, scope)
    record.require_bound("FOCUS", scope.focus)
    if not (record.register["status"] == "held").any():
        raise ValueError(f"scope: none of the {len(record.register)} exercises that are left is reported as held")
    if scope != own:
        _announce(scope.describe_difference(own))
    return record


def _announce(said: str) -> None:
    """Shows a line where the record is opened, if that is in a notebook."""
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    if shell is not None:
        shell.display_pub.publish({"text/plain": said})
