"""One change of rate in a yes-or-no series, in closed form: where it lies, and how sure that is."""

import numpy as np
import pandas as pd
from scipy import special

MASS = 0.9  # probability that the set of break dates covers


DRAWS = 2000  # permutations; the Monte-Carlo error of a p of 0.05 is then 0.005


FILLINGS = 200  # random fillings of unknown cells, beside all-came and all-stayed-away


SEED = 1992


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


def highest_set(chances):
    """The fewest positions that hold MASS of the probability (bool array)."""
    order = chances.argsort()[::-1]
    enough = np.searchsorted(chances[order].cumsum(), MASS) + 1
    chosen = np.zeros(len(chances), bool)
    chosen[order[:enough]] = True
    return chosen
