"""Who trains together and who stands apart: ties taken together by groups of states."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers.derive.record import Record

APART = 0.5  # a state whose share with the others is below this stands apart from them


def pool(ties: pd.DataFrame) -> pd.Series:
    """Take several ties together, each exercise of each pair counting once.

    Parameters
    ----------
    ties
        Rows of `co_attendance`.

    Returns
    -------
    Series
        together, occasions, unknown, possible (sums), share, low, high (NaN without an occasion).
    """
    k, n, unknown, possible = (ties[name].sum() for name in ("together", "occasions", "unknown", "possible"))
    share = k / n if n else np.nan
    low, high = (k / (n + unknown), (k + possible) / (n + unknown)) if n + unknown else (np.nan, np.nan)
    names = ["together", "occasions", "unknown", "possible", "share", "low", "high"]
    return pd.Series([k, n, unknown, possible, share, low, high], index=names)


def ties_of(ties: pd.DataFrame, states: Iterable[str], others: Iterable[str] | None = None) -> pd.DataFrame:
    """Select the ties among some states, or between them and others.

    Parameters
    ----------
    ties
        Rows of `co_attendance`.
    states
        ISO codes.
    others
        ISO codes; if given, one end of a tie is among `states` and the other among `others`.

    Returns
    -------
    DataFrame
        Rows of `ties`.
    """
    here, there = set(states), set(states if others is None else others)
    a, b = ties["a"], ties["b"]
    return ties[(a.isin(here) & b.isin(there)) | (a.isin(there) & b.isin(here))]


@dataclass(frozen=True)
class Circle:
    """How the members of one period stood to each other.

    Attributes
    ----------
    period
        Its label.
    ties
        Ties with an occasion (rows of `co_attendance`).
    core
        ISO codes of the states that came with one another to half of the exercises or more, by name: what is left after
        the state with the lowest share has been taken out, again and again, until none is below half.
    apart
        Those taken out, by name.
    """

    period: str
    ties: pd.DataFrame
    core: tuple[str, ...]
    apart: tuple[str, ...]

    @property
    def core_ties(self) -> pd.DataFrame:
        """The ties among the core."""
        return ties_of(self.ties, self.core)

    def ties_with(self, state: str) -> pd.DataFrame:
        """The ties of a state with the core."""
        return ties_of(self.ties, [state], [one for one in self.core if one != state])


def read_circle(record: Record, ties: pd.DataFrame, period: str) -> Circle:
    """Tell who trained with whom in a period, and who stood apart.

    Parameters
    ----------
    record
        The record of a scope.
    ties
        As `compute_ties` gives them.
    period
        Label of a period.

    Returns
    -------
    Circle
        Without states if nothing is known of any pair.
    """
    known = ties[(ties["period"] == period) & (ties["occasions"] > 0)]
    states = by_name(record, {*known["a"], *known["b"]})
    core = list(states)
    while core:  # one that stands apart lowers the others' shares, so it goes before they are judged
        share = {state: pool(ties_of(known, [state], core))["share"] for state in core}
        lowest = min(core, key=lambda state: -1 if np.isnan(share[state]) else share[state])
        if share[lowest] >= APART:
            break
        core.remove(lowest)
    return Circle(period, known, tuple(core), tuple(state for state in states if state not in core))


def last_known_period(record: Record, ties: pd.DataFrame) -> str:
    """Find the last period in which something is known of some pair.

    Parameters
    ----------
    record
        The record of a scope.
    ties
        As `compute_ties` gives them.

    Returns
    -------
    str
        Its label; that of the scope's last period if nothing is known at all.
    """
    known = ties.loc[ties["occasions"] > 0, "period"]
    return str(known.iloc[-1]) if len(known) else list(record.periods)[-1]


def by_name(record: Record, states: Iterable[str]) -> list[str]:
    """Put states in a reader's order: the focal state first, the others by name.

    Parameters
    ----------
    record
        The record of a scope.
    states
        ISO codes.

    Returns
    -------
    list of str
    """
    return sorted(set(states), key=lambda state: (state != record.focus, record.names.get(state, state)))


def compute_change(record: Record, ties: pd.DataFrame, circle: Circle) -> pd.DataFrame:
    """Follow the groups of one period through all periods, each group's ties taken together.

    Parameters
    ----------
    record
        The record of a scope.
    ties
        As `compute_ties` gives them.
    circle
        The period whose groups are followed.

    Returns
    -------
    DataFrame
        One row a period and group: period, group (`focus`: the focal state with the core; `core`: the rest of the core
        among themselves; `apart`: others that stand apart, with the core), then what `pool` gives. A group that has no
        states is left out.
    """
    rest = [state for state in circle.core if state != record.focus]
    apart = [state for state in circle.apart if state != record.focus]
    groups: dict[str, tuple[list[str], list[str] | None]] = {
        "focus": ([record.focus], rest),
        "core": (rest, None),
        "apart": (apart, list(circle.core)),
    }
    rows = [
        {"period": period, "group": group, **pool(ties_of(part, states, others))}
        for period, part in ties.groupby("period", sort=False)
        for group, (states, others) in groups.items()
        if states
    ]
    return pd.DataFrame(rows, columns=["period", "group", *pool(ties.head(0)).index])
