"""Ties between states: conditional co-attendance with its bounds, alternatives, umbrella bootstrap and centrality.

An occasion of a pair is a held exercise at which both were expected. The rate counts the occasions at which both are known
to have come or stayed away: one that only one state's absence settles would enter the rate as a failure, while its like,
one state present and the other unknown, would not. The bounds use both: an absence rules the pair's meeting out.
"""

from itertools import combinations

import numpy as np
import pandas as pd

from helpers.analyses.network import graph as network
from helpers.statistics import intervals

DRAWS = 2000  # bootstrap draws: the Monte-Carlo error of a 95 % limit is then below its rounding
SEED = 1992  # any fixed number makes a rerun repeat itself


def occasions(record):
    """Every pair's occasions as frames, exercises x pairs: `value`, `shared`, `possible`, `either`.

    `value` is 1 together, 0 not, NaN where not both are known; `shared` marks occasions; `possible` those without a known
    value at which neither is known to have stayed away; `either` those with a known value at which one at least came.
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
    frame = {"index": mask.columns, "columns": pd.MultiIndex.from_tuples(pairs, names=["a", "b"])}
    return tuple(pd.DataFrame(array, **frame) for array in (value, shared, possible, either))


def co_attendance(record):
    """Conditional co-attendance, one row a pair of states that shared an occasion.

    Columns: a, b, together, occasions (both known), unknown (not both known), possible (of the unknown, those at which they
    may have met), rate = together / occasions, wilson_low, wilson_high (95 %), low, high (worst-case bounds over all
    occasions), jaccard (together over known occasions at which either came), newman (together, each exercise weighted
    1 / (attendees - 1), Newman 2001).
    """
    columns = ["a", "b", "together", "occasions", "unknown", "possible", "jaccard", "newman"]
    if record.attendance.empty:
        return with_intervals(pd.DataFrame(columns=columns, dtype=float))
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
    return with_intervals(table[shared.any()].reset_index()[columns])


def with_intervals(table):
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


def bootstrap(record, draws=DRAWS, seed=SEED):
    """Rates of every pair in resampled records: whole umbrellas are drawn with replacement (frame, draws x pairs).

    Parts of an umbrella share one decision to come or not, so the umbrella is the sampling unit (cluster bootstrap,
    Davison and Hinkley 1997, 3.8). A pair that a draw gives no settled occasion is NaN there.
    """
    value, *_ = occasions(record)
    weights = _umbrella_weights(value.index, record.register, draws, seed)
    with np.errstate(invalid="ignore", divide="ignore"):
        rates = weights @ (value == 1).to_numpy(float) / (weights @ value.notna().to_numpy(float))
    return pd.DataFrame(rates, columns=value.columns)


def _umbrella_weights(exercises, register, draws, seed):
    """How often each exercise stands in each draw (array, draws x exercises)."""
    held = register[register["exercise_id"].isin(exercises) & (register["status"] == "held")]
    units = held["umbrella_id"].unique()
    counts = np.random.default_rng(seed).multinomial(len(units), np.full(len(units), 1 / len(units)), size=draws)
    place = dict(zip(units, range(len(units)), strict=True))
    unit = held.set_index("exercise_id")["umbrella_id"].map(place).reindex(exercises)
    return np.where(unit.notna(), counts[:, unit.fillna(0).astype(int)], 0).astype(float)


def with_bootstrap(ties, draws):
    """The ties with boot_low and boot_high, the 95 % percentile interval over the draws of `bootstrap`."""
    tail = (1 - intervals.LEVEL) / 2
    limits = draws.quantile([tail, 1 - tail])
    pairs = pd.MultiIndex.from_frame(ties[["a", "b"]])
    return ties.assign(boot_low=limits.loc[tail, pairs].to_numpy(), boot_high=limits.loc[1 - tail, pairs].to_numpy())


def centrality(record, draws=DRAWS, seed=SEED):
    """Strength and eigenvector centrality of each state on the conditional ties, with bootstrap limits and rank ranges.

    Strength is the sum of a state's rates; eigenvector centrality is scaled to a greatest value of 1. `rank_best` and
    `rank_worst` (of strength) leave open every order that overlapping 95 % intervals do not settle.
    """
    observed, shared, *_ = occasions(record)
    point = pd.DataFrame([observed.mean()])
    cloud = bootstrap(record, draws, seed)
    states = sorted({state for pair in observed.columns[shared.any()] for state in pair})
    tail = (1 - intervals.LEVEL) / 2
    table = pd.DataFrame({"iso3": states})
    for name, measure in [("strength", _strengths), ("eigenvector", _eigenvectors)]:
        values = measure(_matrices(cloud, states))
        table[name] = measure(_matrices(point, states))[0]
        table[f"{name}_low"], table[f"{name}_high"] = np.quantile(values, [tail, 1 - tail], axis=0)
    low, high = table["strength_low"], table["strength_high"]
    table["rank_best"] = [1 + int((low > top + 1e-9).sum()) for top in high]
    table["rank_worst"] = [len(states) - int((high < bottom - 1e-9).sum()) for bottom in low]
    return table.sort_values(["strength", "iso3"], ascending=[False, True]).reset_index(drop=True)


def _matrices(rates, states):
    """Symmetric tie matrices, one a row of `rates` (array, rows x states x states); a missing tie is no tie."""
    stack = np.zeros((len(rates), len(states), len(states)))
    for a, b in rates.columns:
        if a not in states or b not in states:
            continue
        i, j = states.index(a), states.index(b)
        stack[:, i, j] = stack[:, j, i] = np.nan_to_num(rates[a, b].to_numpy(float))
    return stack


def _strengths(stack):
    return stack.sum(axis=2)


def _eigenvectors(stack):
    vectors = np.abs(np.linalg.eigh(stack).eigenvectors[:, :, -1])
    top = vectors.max(axis=1, keepdims=True)
    return vectors / np.where(top > 0, top, 1)


def change(before, after):
    """Ties of two periods side by side, one row a pair present in both: columns of `co_attendance` with _before, _after."""
    keep = ["a", "b", "together", "occasions", "rate", "low", "high"]
    return before[keep].merge(after[keep], on=["a", "b"], suffixes=("_before", "_after"))


def summary_without(ties, focus):
    """Mean and smallest tie of the network with all states and without one (frame, two rows): network, pairs, mean, least."""
    known = ties[ties["occasions"] > 0]
    others = known[(known["a"] != focus) & (known["b"] != focus)]
    rows = [("all states", known), (f"without {focus}", others)]
    return pd.DataFrame(
        [
            {"network": name, "pairs": len(part), "mean": part["rate"].mean(), "least": part["rate"].min()}
            for name, part in rows
        ]
    )


def attendee_sets(record):
    """Sets of states that came, one row a set: states (tuple), expected (tuple), exercises (number), largest first.

    Exercises that expected others are told apart. Only held exercises whose every expected cell is settled have a known
    set; `left_out` in the frame's attrs counts the others.
    """
    mask = network.expectation_mask(record)
    value = network.incidence(record.attendance).where(mask)
    held = value.columns[mask.any()]
    settled = [exercise for exercise in held if value.loc[mask[exercise], exercise].notna().all()]
    rows = [(tuple(value.index[value[x] == 1]), tuple(value.index[mask[x]])) for x in settled]
    table = pd.DataFrame(rows, columns=["states", "expected"]).value_counts().reset_index(name="exercises")
    table = table.sort_values(["exercises", "states", "expected"], ascending=[False, True, True]).reset_index(drop=True)
    table.attrs["left_out"] = len(held) - len(settled)
    return table
