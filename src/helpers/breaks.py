"""When did attendance change? Break dates of a yes-or-no series, as a set rather than a date.

A series is one state's known attendance (1 came, 0 stayed away) in order of time. A break after position t means that the
probability of coming is one number up to t and another after it. All sums are closed-form.
"""

import numpy as np
import pandas as pd
from scipy import special

from helpers.attendance import ABSENT, ATTENDED

MASS = 0.9  # probability that the set of break dates covers
DRAWS = 2000  # permutations; the Monte-Carlo error of a p of 0.05 is then 0.005
FILLINGS = 200  # random fillings of unknown cells, beside all-came and all-stayed-away
SEED = 1992


def series_of(own, excused=()):
    """Values of one state's cells (`disengagement.record_of`), 1, 0 or NaN, in their order; excused exercises are NaN."""
    value = np.where(own["code"].isin(ATTENDED), 1.0, np.where(own["code"].isin(ABSENT), 0.0, np.nan))
    return np.where(own["exercise_id"].isin(list(excused)), np.nan, value)


def posterior(values):
    """Posterior probability of each break position of 0/1 series, along the last axis (array of the same shape).

    The last known position means no break; an unknown cell (NaN) is no position. Uniform prior over the positions, uniform
    (Beta(1, 1)) priors on the rates before and after, so that each position's likelihood is a product of two Beta functions
    (Raftery and Akman 1986 give the Poisson case). NaN throughout for a series of which nothing is known.
    """
    values = np.asarray(values, float)
    known = ~np.isnan(values)
    n, came = known.cumsum(axis=-1), (values == 1).cumsum(axis=-1)
    log_like = _log_beta(came, n) + _log_beta(came[..., -1:] - came, n[..., -1:] - n)
    peak = log_like.max(axis=-1, keepdims=True, initial=-np.inf, where=known)
    weights = np.exp(np.where(known, log_like - peak, -np.inf))
    with np.errstate(invalid="ignore"):
        return weights / weights.sum(axis=-1, keepdims=True)


def _log_beta(k, n):
    """Log of Beta(1 + k, 1 + n - k) of whole numbers, by factorials looked up."""
    factorial = special.gammaln(np.arange(1.0, n.max(initial=0) + 3))
    return factorial[k] + factorial[n - k] - factorial[n + 1]


def likelihood_ratio(values):
    """Largest log-likelihood gain of one break over none, in nats, along the last axis of a 0/1 array."""
    values = np.asarray(values, float)
    n, total = np.arange(1, values.shape[-1]), values.shape[-1]
    came = values.cumsum(axis=-1)
    every, before = came[..., -1:], came[..., :-1]
    gain = _log_like(before, n) + _log_like(every - before, total - n) - _log_like(every, total)
    return gain.max(axis=-1)


def _log_like(k, n):
    return special.xlogy(k, k / n) + special.xlogy(n - k, (n - k) / n)


def permutation_p(values, blocks, draws=DRAWS, seed=SEED):
    """P value of the break when whole blocks (umbrellas) change places at random (add-one, Davison and Hinkley 1997)."""
    values, (block, names) = np.asarray(values, float), pd.factorize(np.asarray(blocks))
    together = values[np.argsort(block, kind="stable")]
    observed = likelihood_ratio(together)
    lots = np.random.default_rng(seed).random((draws, len(names)))[:, np.sort(block)]  # a block's cells draw one lot
    shuffled = together[np.argsort(lots, axis=1, kind="stable")]
    return float((1 + (likelihood_ratio(shuffled) >= observed - 1e-9).sum()) / (draws + 1))


def fillings(values, count=FILLINGS, seed=SEED):
    """Complete series that agree with the known values: all unknown 1, all 0, then at random (array, rows x n)."""
    values = np.asarray(values, float)
    rng = np.random.default_rng(seed)
    fills = np.vstack([np.ones(len(values)), np.zeros(len(values)), rng.integers(0, 2, (count, len(values)))])
    if not np.isnan(values).any():
        fills = fills[:1]
    return np.where(np.isnan(values), fills, values)


def permutation_range(own, register, count=8, excused=()):
    """Least and greatest `permutation_p` over fillings of the unknown cells (two floats): all came, all stayed away, and
    `count` at random. (nan, nan) for a series of fewer than two cells.
    """
    values = series_of(own, excused)
    if len(values) < 2:
        return float("nan"), float("nan")
    blocks = own["exercise_id"].map(register.set_index("exercise_id")["umbrella_id"])
    found = [permutation_p(filled, blocks) for filled in fillings(values, count)]
    return min(found), max(found)


def break_set(own, excused=()):
    """Positions that the break may have, one row an exercise after which it can lie (frame; empty if none can be told).

    Columns: last_before, first_after (names), day (first day after the break), low and high (smallest and largest
    posterior over the fillings), member (in the MASS set of at least one filling). The frame's attrs: `none_low`,
    `none_high` (posterior of no break) and `fillings`.
    """
    values = series_of(own, excused)
    chances = posterior(fillings(values)) if len(values) else np.ones((1, 1))
    member = np.array([_highest(row) for row in chances]).any(axis=0)
    table = pd.DataFrame(
        {
            "last_before": own["name"].to_numpy()[:-1],
            "first_after": own["name"].to_numpy()[1:],
            "day": own["start_earliest"].to_numpy()[1:],
            "low": chances.min(axis=0)[:-1],
            "high": chances.max(axis=0)[:-1],
            "member": member[:-1],
        }
    )
    table.attrs = {"none_low": chances[:, -1].min(), "none_high": chances[:, -1].max(), "fillings": len(chances)}
    return table


def _highest(chances):
    """The fewest positions that hold MASS of the probability (bool array)."""
    order = chances.argsort()[::-1]
    enough = np.searchsorted(chances[order].cumsum(), MASS) + 1
    chosen = np.zeros(len(chances), bool)
    chosen[order[:enough]] = True
    return chosen


def placebos(held, register, excused=()):
    """The break of every state by the same method, strongest first: iso3, n, attended, gain (nats), p, no_break, first_after.

    Only known cells enter; `p` permutes whole umbrellas, `no_break` is the posterior probability that there is none.
    """
    block = register.set_index("exercise_id")["umbrella_id"]
    rows = []
    for state, own in held.groupby("iso3"):
        values = series_of(own, excused)
        known, values = own[~np.isnan(values)], values[~np.isnan(values)]
        if len(values) < 3:
            continue
        chances = posterior(values)
        at = int(chances[:-1].argmax())
        rows.append(
            {
                "iso3": state,
                "n": len(values),
                "attended": int(values.sum()),
                "gain": float(likelihood_ratio(values)),
                "p": permutation_p(values, known["exercise_id"].map(block)),
                "no_break": float(chances[-1]),
                "first_after": known["name"].iloc[at + 1],
            }
        )
    columns = ["iso3", "n", "attended", "gain", "p", "no_break", "first_after"]
    return (
        pd.DataFrame(rows, columns=columns)
        .sort_values(["gain", "iso3"], ascending=[False, True])
        .reset_index(drop=True)
    )


def cross_check(own):
    """Name of the first exercise after the one break that the library `ruptures` finds by least squares in the known cells;
    an empty text if fewer than two are known.
    """
    import ruptures

    values = series_of(own)
    known, values = own["name"].to_numpy()[~np.isnan(values)], values[~np.isnan(values)]
    if len(values) < 2:
        return ""
    return str(known[ruptures.Dynp(model="l2", jump=1, min_size=1).fit(values).predict(n_bkps=1)[0]])


def excused(reports, focus):
    """Exercises (set) of which the state itself or the organiser gave a reason for its absence."""
    said = reports[reports["absent_by"].isin(["state", "organiser"]) & (reports["absent_reason"] != "")]
    return set(said.loc[said["absent"].map(lambda states: focus in states), "exercise_id"])
