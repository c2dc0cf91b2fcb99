"""Attendance as a panel of states and years, and as dyads of two states and a year, to merge with other data sets."""

from __future__ import annotations

import pandas as pd

from helpers.analyses.network.co_attendance import occasions
from helpers.derive.codes import ABSENT, ATTENDED
from helpers.derive.membership import BOUND, bound_spells
from helpers.derive.record import Record


def compute_panel(record: Record) -> pd.DataFrame:
    """Count, for every state ever bound and every year of the scope, what it did at the exercises held.

    Parameters
    ----------
    record
        The record of a scope; its years end with that of its last source.

    Returns
    -------
    DataFrame
        One row a unit, state and plan year, years without an exercise included.

        - unit: component (parts of joint exercises and lone exercises) or umbrella (a joint exercise counts once);
          iso3; year.
        - bound: whether it was bound on a day of that year, by every reading of its spell.
        - expected: held exercises at which it was expected; known: those of them on which sources are clear; came and
          absent: of the known; unknown: of the expected.
        - hosted: held exercises on its soil.
    """
    years = range(record.scope.since, min(record.scope.until, record.last_day.year) + 1)
    states = sorted(record.whole_attendance["iso3"].unique())
    key = pd.MultiIndex.from_product([states, years], names=["iso3", "year"])
    bound = _bound_years(record).reindex(key, fill_value=False)
    parts = []
    for unit, counted in record.in_both_units().items():
        counts = _counts(counted).reindex(key, fill_value=0).assign(bound=bound).reset_index()
        parts.append(counts.assign(unit=unit))
    columns = ["unit", "iso3", "year", "bound", "expected", "known", "came", "absent", "unknown", "hosted"]
    return pd.concat(parts, ignore_index=True)[columns]


def _counts(record: Record) -> pd.DataFrame:
    """Numbers of cases and of exercises hosted, by state and year."""
    held = record.held
    came, absent = held["code"].isin(ATTENDED), held["code"].isin(ABSENT)
    cases = held.assign(expected=1, known=came | absent, came=came, absent=absent, unknown=~came & ~absent)
    names = ["expected", "known", "came", "absent", "unknown"]
    counts = cases.groupby(["iso3", "year"])[names].sum()
    hosts = record.register.loc[record.register["status"] == "held", ["hosts", "year"]].explode("hosts")
    hosted = hosts.dropna().rename(columns={"hosts": "iso3"}).groupby(["iso3", "year"]).size().rename("hosted")
    return counts.join(hosted, how="outer").fillna(0).astype(int)


def _bound_years(record: Record) -> pd.Series:
    """True for each state and year of the scope in which it was bound on a day."""
    years = range(record.scope.since, record.scope.until + 1)
    spells = [
        (state, year)
        for state, first, last in bound_spells(record.data)[BOUND]
        for year in years
        if first.year <= year <= last.year and first <= last
    ]
    index = pd.MultiIndex.from_tuples(sorted(set(spells)), names=["iso3", "year"])
    return pd.Series(True, index=index)


def compute_dyads(record: Record) -> pd.DataFrame:
    """Count, for every pair of states and every year, how often both came to the exercises that expected both.

    Parameters
    ----------
    record
        The record of a scope.

    Returns
    -------
    DataFrame
        One row a unit (as in `compute_panel`), pair and plan year in which both were expected at a held exercise: unit,
        a, b (ISO codes, a before b), year, expected (held exercises that expected both), known (those on which sources are
        clear about both), together (both came), share (together / known, NaN where known is 0).
    """
    parts = [_dyads(counted).assign(unit=unit) for unit, counted in record.in_both_units().items()]
    columns = ["unit", "a", "b", "year", "expected", "known", "together", "share"]
    return pd.concat(parts, ignore_index=True)[columns]


def _dyads(record: Record) -> pd.DataFrame:
    value, shared, *_ = occasions(record)
    year = record.register.set_index("exercise_id")["year"].reindex(value.index).rename("year")
    measured = {"expected": shared, "known": value.notna(), "together": value == 1}
    sums = {name: frame.groupby(year).sum().unstack() for name, frame in measured.items()}
    table = pd.DataFrame(sums).reset_index()
    table = table[table["expected"] > 0].astype({"expected": int, "known": int, "together": int})
    share = table["together"] / table["known"]  # not a number where none is known
    return table.assign(share=share.astype(float)).sort_values(["a", "b", "year"], ignore_index=True)
