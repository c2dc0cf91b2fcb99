"""Findings of blocs: whether attendance leaves room for them, and what null models find (the methods notebook)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from helpers.analyses.network import co_attendance, groups
from helpers.analyses.network.text import in_period, named
from helpers.derive.record import Record
from helpers.display.finding import Finding
from helpers.display.phrases import NEARLY_EVERY, all_of, count, listed, number, percent

Q = 0.05  # the false-discovery rate below which a pair is singled out, as is usual; no finding hangs on it


def describe_room(tests: pd.DataFrame, chains: int) -> Finding:
    """Say what matrices with the same totals can show of the pairs of one period.

    Parameters
    ----------
    tests
        As `null_models.pair_tests` gives them.
    chains
        Number of chains behind them.

    Returns
    -------
    Finding
        k pairs singled out of n that have room.
    """
    free = tests[tests["null_sd"] > 0]
    if free.empty:
        return Finding(
            "For no pair do the members' totals leave more than one possible count, so nothing can be tested.",
            "Attendance is too complete for blocs to show.",
            k=0,
            n=0,
            unit="pairs",
        )
    found = int((free["q"] < Q).sum())
    headline = f"Of the {count(len(free), 'pair')} with room for another count, {number(found) if found else 'none'} came together oddly often or seldom."
    fixed = len(tests) - len(free)
    detail = f"For the other {count(fixed, 'pair')} the members' totals leave one possible count. " if fixed else ""
    detail += f"The smallest p is {free['p'].min():.2f}, with a Monte-Carlo error of at most {free['p_error'].max():.3f} over {chains:,} chains."
    return Finding(headline, detail, k=found, n=len(free), unit="pairs")


def describe_mixing(moved: NDArray[np.float64]) -> Finding:
    """Say whether the chains have forgotten where they began.

    Parameters
    ----------
    moved
        Share of attendances that stand elsewhere after each step (the second thing that `null_models.sample_fixed_degree`
        gives).

    Returns
    -------
    Finding
    """
    half, end = moved[len(moved) // 2], moved[-1]
    if end == 0:
        return Finding("Nothing has moved: the totals allow this one matrix only.", f"{len(moved)} trades were tried.")
    level = "are level" if abs(end - half) <= 0.1 * end else "are still on their way"
    return Finding(
        f"After {len(moved)} trades the chains {level}.",
        f"At half of the way {percent(half)} of the attendances stand elsewhere than in the record, at the end {percent(end)}.",
    )


def describe_model_comparison(found: Mapping[str, int], matrices: Sequence[NDArray[np.bool_]], full: float) -> Finding:
    """Say how two models fare where blocs were planted, and why the record gives them less room.

    Parameters
    ----------
    found
        As `degree_sequence_model.compare_null_models` gives it.
    matrices
        The simulated matrices.
    full
        Share of the record's clear cases in which a member came (NaN if none is clear).

    Returns
    -------
    Finding
        k planted pairs found of n by the model that keeps every total.
    """
    filled = float(np.mean([matrix.mean() for matrix in matrices]))
    real = "nothing is clear" if pd.isna(full) else f"members came in {percent(full)} of the clear cases"
    gain = found["fixed"] - found["sdsm"]
    more, than = ("as many", "as") if not gain else ("more", "than") if gain > 0 else ("fewer", "than")
    fixed, sdsm = (all_of(found[name], found["pairs"]) for name in ("fixed", "sdsm"))
    return Finding(
        f"Keeping every total finds {more} planted blocs {than} keeping totals on average.",
        f"It finds {fixed} pairs inside them, the other {sdsm}. In the {count(found['records'], 'simulated record')} members came in {percent(filled)} of the cases; in this record {real}.",
        k=found["fixed"],
        n=found["pairs"],
        unit="pairs",
    )


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
    if now.core_ties.empty or sets.empty:
        return Finding("Too little is known of attendance to look for blocs.")
    apart = f"Apart from {listed(named(record, now.apart))}, nearly" if now.apart else "Nearly"
    full = groups.pool(now.core_ties)["share"] >= NEARLY_EVERY
    headline = (
        f"{apart} everyone came to nearly everything, so the data cannot show blocs."
        if full
        else "Enough members stayed away from one another's exercises for blocs to show, if there are any."
    )
    top, n = sets.iloc[0], int(sets["exercises"].sum())
    who = listed(named(record, groups.by_name(record, top["states"]))) or "nobody"
    same = (
        f"brought together the same {number(len(top['states']))}: {who}" if len(top["states"]) > 1 else f"brought {who}"
    )
    k = int(top["exercises"])
    detail = f"Of the {count(n, 'exercise')} {in_period(record, now.period)} on which sources are clear about everybody, {number(k)} {same}."
    return Finding(headline, detail, k=k, n=n, unit="exercises")
