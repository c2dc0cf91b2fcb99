"""Ties between states: how often two came together, of the exercises at which both were expected.

A pair counts a held exercise at which both were expected. The share is taken over those at which sources are clear about
both: one that only one state's absence makes clear would enter it as a failure, while its like, one state present and the
other unknown, would not. The bounds use both: an absence rules the pair's meeting out.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import combinations

import numpy as np
import pandas as pd

from helpers.analyses.network import graph as network
from helpers.derive.record import RECORDS, Record
from helpers.statistics import intervals


def occasions(record: Record) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Lay out what is known of every pair at every exercise.

    Parameters
    ----------
    record
        The record of a scope.

    Returns
    -------
    tuple of DataFrame
        Four frames, exercises x pairs (a, b): `value` (1 together, 0 not, NaN where sources are not clear about both),
        `shared` (bool, both expected), `possible` (bool, not clear, and neither is known to have stayed away), `either`
        (bool, clear, and one at least came).
    """
    mask = network.expectation_mask(record)
    state = network.incidence(record.attendance).where(mask)
    pairs = list(combinations(mask.index, 2))
    first, second = ([pair[side] for pair in pairs] for side in (0, 1))
    one, two = state.loc[first].to_numpy().T, state.loc[second].to_numpy().T
    shared = mask.loc[first].to_numpy().T & mask.loc[second].to_numpy().T
    known = shared & ~np.isnan(one) & ~np.isnan(two)
    value = np.where(known, (one == 1) & (two == 1), np.nan)
    possible = shared & ~known & (one != 0) & (two != 0)
    either = known & ((one == 1) | (two == 1))
    index, columns = mask.columns, pd.MultiIndex.from_tuples(pairs, names=["a", "b"])
    value, shared, possible, either = (
        pd.DataFrame(array, index=index, columns=columns) for array in (value, shared, possible, either)
    )
    return value, shared, possible, either


def co_attendance(record: Record) -> pd.DataFrame:
    """Measure the tie of each pair of states that were expected at one exercise together.

    Parameters
    ----------
    record
        The record of a scope.

    Returns
    -------
    DataFrame
        One row a pair: a, b (ISO codes), together (exercises), occasions (both expected and clear), unknown (both expected
        and not clear), possible (of the unknown, those at which they may have met), jaccard (together over those at which
        either came), newman (together, each exercise weighted 1 / (attendees - 1)), rate (together / occasions),
        wilson_low, wilson_high (95 %), low, high (bounds over all, unknown ones included).

    References
    ----------
    Newman, M. E. J. (2001). Scientific collaboration networks. II. *Physical Review E* 64, 016132.
    doi:10.1103/PhysRevE.64.016132 (the weights)
    """
    columns = ["a", "b", "together", "occasions", "unknown", "possible", "jaccard", "newman"]
    if record.attendance.empty:
        return _with_intervals(pd.DataFrame(columns=columns, dtype=float))
    value, shared, possible, either = occasions(record)
    size = (network.incidence(record.attendance) == 1).sum().reindex(value.index)
    union = either.sum()
    table = pd.DataFrame(
        {
            "together": (value == 1).sum(),
            "occasions": value.notna().sum(),
            "unknown": (shared & value.isna()).sum(),
            "possible": possible.sum(),
            "jaccard": (value == 1).sum() / union.where(union > 0),
            "newman": (value == 1).div((size - 1).where(size > 1), axis=0).sum(),
        }
    )
    return _with_intervals(table[shared.any()].reset_index()[columns])


def _with_intervals(table: pd.DataFrame) -> pd.DataFrame:
    """The table with rate, wilson_low, wilson_high and the bounds low, high of together, occasions, unknown, possible."""
    k, n = table["together"], table["occasions"]
    every = (n + table["unknown"]).where(n + table["unknown"] > 0)
    wilson_low, wilson_high = intervals.wilson(k, n)
    return table.assign(
        rate=(k / n.where(n > 0)).astype(float),
        wilson_low=wilson_low,
        wilson_high=wilson_high,
        low=(k / every).astype(float),
        high=((k + table["possible"]) / every).astype(float),
    )


@lru_cache(RECORDS)
def compute_ties(record: Record) -> pd.DataFrame:
    """Measure ties in every period of the scope, in a frame that is shared and not to be written into.

    Parameters
    ----------
    record
        The record of a scope.

    Returns
    -------
    DataFrame
        One row a period and pair, in order of time: period (label), then the columns of `co_attendance`.
    """
    parts = {period: record.in_period(period) for period in record.periods}
    tables = [co_attendance(part).assign(period=period) for period, part in parts.items() if len(part.register)]
    table = pd.concat(tables, ignore_index=True)
    return table[["period", *table.columns.drop("period")]]


def compute_attendee_sets(record: Record) -> pd.DataFrame:
    """Count the sets of states that came together.

    Parameters
    ----------
    record
        The record of a scope.

    Returns
    -------
    DataFrame
        One row a set, most frequent first: states (tuple of those that came), expected (tuple), exercises (number). Held
        exercises that are not clear about every expected state have no known set and are left out.
    """
    mask = network.expectation_mask(record)
    value = network.incidence(record.attendance).where(mask)
    clear = [one for one in value.columns[mask.any()] if value.loc[mask[one], one].notna().all()]
    rows = [(tuple(value.index[value[one] == 1]), tuple(value.index[mask[one]])) for one in clear]
    table = pd.DataFrame(rows, columns=["states", "expected"]).value_counts().reset_index(name="exercises")
    order = ["exercises", "states", "expected"]
    return table.sort_values(order, ascending=[False, True, True], ignore_index=True)
