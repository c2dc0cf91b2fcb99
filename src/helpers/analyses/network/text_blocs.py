"""Findings of blocs: whether attendance leaves room for them, and what null models find (the methods notebook)."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from helpers.analyses.network import co_attendance, groups
from helpers.analyses.network.text_words import in_period, named
from helpers.derive.codes import ATTENDED, SETTLED
from helpers.derive.record import Record
from helpers.display.finding import Finding
from helpers.display.phrases import NEARLY_EVERY, capital, count, listed, number

Q = 0.05  # the false-discovery rate below which a pair is singled out, as is usual; no finding hangs on it


def describe_room(record: Record, tests: Mapping[str, pd.DataFrame], chains: int) -> Finding:
    """Say what matrices with the same totals can show of the pairs of the period that leaves most room.

    Parameters
    ----------
    record
        The record of a scope.
    tests
        What `null_models.pair_tests` gives, by label of the period.
    chains
        Number of chains behind them.

    Returns
    -------
    Finding
        k pairs singled out of n that have room.
    """
    room = {period: table[table["null_sd"] > 0] for period, table in tests.items()}
    fullest = max(reversed(room), key=lambda period: len(room[period]))  # of equals the last
    free, when = room[fullest], in_period(record, fullest)
    if free.empty:
        return Finding(
            "In no period do the members' totals leave any pair more than one possible count, so nothing can be tested.",
            "Attendance is too complete for blocs to show.",
            k=0,
            n=0,
            unit="pairs",
        )
    found = int((free["q"] < Q).sum())
    headline = f"Of the {count(len(free), 'pair')} with room for another count {when}, {number(found) if found else 'none'} came together oddly often or seldom."
    fixed = len(tests[fullest]) - len(free)
    detail = "No other period leaves as many pairs room. " if len(room) > 1 and _stands_alone(room, fullest) else ""
    detail += f"For the other {count(fixed, 'pair')} the members' totals leave one possible count. " if fixed else ""
    detail += f"The smallest p is {free['p'].min():.2f}, with a Monte-Carlo error of at most {free['p_error'].max():.3f} over {chains:,} chains."
    return Finding(headline, detail, k=found, n=len(free), unit="pairs")


def _stands_alone(room: Mapping[str, pd.DataFrame], fullest: str) -> bool:
    """Whether every other period has fewer pairs with room."""
    return all(len(table) < len(room[fullest]) for period, table in room.items() if period != fullest)


def describe_blocs(record: Record) -> Finding:
    """Say whether attendance leaves room for blocs to show, and which members came together most often.

    Parameters
    ----------
    record
        The record of a scope.

    Returns
    -------
    Finding
        k exercises of n with the most frequent set of members.
    """
    table = co_attendance.compute_ties(record)
    now = groups.read_circle(record, table, groups.last_known_period(record, table))
    sets = co_attendance.compute_attendee_sets(record.in_period(now.period))
    if not record.shows_absence:
        return Finding("This record cannot show who stayed away, so it cannot show blocs.")
    if now.core_ties.empty or sets.empty:
        return Finding("Too little is known of attendance to look for blocs.")
    apart = f"Apart from {listed(named(record, now.apart))}, " if now.apart else ""
    if _least_rate(record, now) >= NEARLY_EVERY:
        headline = f"{apart}nearly everyone came to nearly everything, so the data cannot show blocs."
    elif groups.pool(now.core_ties)["share"] >= NEARLY_EVERY:
        headline = f"{apart}most members came to nearly everything, so the data can hardly show blocs."
    else:
        headline = "Enough members stayed away from one another's exercises for blocs to show, if there are any."
    headline = capital(headline)
    top, n = sets.iloc[0], int(sets["exercises"].sum())
    who = listed(named(record, groups.by_name(record, top["states"]))) or "nobody"
    same = (
        f"brought together the same {number(len(top['states']))}: {who}" if len(top["states"]) > 1 else f"brought {who}"
    )
    k = int(top["exercises"])
    clear = f"the {count(n, 'exercise')} {in_period(record, now.period)} on which sources are clear about everybody"
    detail = (
        f"Of {clear}, {'all' if 1 < k == n else number(k)} {same}."
        if 2 * k >= n
        else f"No one set of members came to half of {clear}."
    )
    return Finding(headline, detail, k=k, n=n, unit="exercises")


def _least_rate(record: Record, now: groups.Circle) -> float:
    """The share of clear cases in which the member of a circle's core that came least did come."""
    held = record.in_period(now.period).held
    clear = held[held["code"].isin(SETTLED) & held["iso3"].isin(now.core)]
    return float(clear["code"].isin(ATTENDED).groupby(clear["iso3"]).mean().min())
