"""One change of rate in a series of ones and noughts, in closed form: where it lies, and how sure that is."""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy import special

CREDIBLE_MASS = 0.9  # probability that a set of break positions holds
DRAWS = 2000  # permutations; the Monte-Carlo error of a p of 0.05 is then 0.005
COMPLETIONS = 200  # random ways to fill unknown values, besides all ones and all noughts
SEED = 1992


def posterior(values: ArrayLike) -> NDArray[np.float64]:
    """Posterior probability of each position of the one break in a series.

    The prior is the same for all positions, and uniform (Beta(1, 1)) for the rates before and after the break, so that
    the likelihood of a position is a product of two Beta functions. A break at the last known position is no break.

    Parameters
    ----------
    values
        Series of 1, 0 or NaN (unknown) along the last axis, in order of time.

    Returns
    -------
    array
        Of the shape of `values`: the probability that the rate changes after this position. Unknown positions have 0; a
        series of which nothing is known has NaN throughout.

    References
    ----------
    Raftery, A. E. and Akman, V. E. (1986). Bayesian analysis of a Poisson process with a change-point. *Biometrika*
    73(1), 85-89. doi:10.1093/biomet/73.1.85 (there for Poisson counts)
    """
    values = np.asarray(values, float)
    known = ~np.isnan(values)
    n, came = known.cumsum(axis=-1), (values == 1).cumsum(axis=-1)
    log_like = _log_beta(came, n) + _log_beta(came[..., -1:] - came, n[..., -1:] - n)
    peak = log_like.max(axis=-1, keepdims=True, initial=-np.inf, where=known)
    weights = np.exp(np.where(known, log_like - peak, -np.inf))
    with np.errstate(invalid="ignore"):
        return weights / weights.sum(axis=-1, keepdims=True)


def _log_beta(k: NDArray[np.int64], n: NDArray[np.int64]) -> NDArray[np.float64]:
    """Log of Beta(1 + k, 1 + n - k) for whole numbers, from a table of log-factorials."""
    log_factorial = special.gammaln(np.arange(1.0, n.max(initial=0) + 3))
    return log_factorial[k] + log_factorial[n - k] - log_factorial[n + 1]


def likelihood_ratio(values: ArrayLike) -> NDArray[np.float64]:
    """How much better one break explains a series than none does, at the position where it does so best.

    Parameters
    ----------
    values
        Series of 1 or 0 along the last axis, in order of time, all known and at least two long.

    Returns
    -------
    array
        The gain in log-likelihood (natural logarithm), one number a series.
    """
    values = np.asarray(values, float)
    n, total = np.arange(1, values.shape[-1]), values.shape[-1]
    came = values.cumsum(axis=-1)
    every, before = came[..., -1:], came[..., :-1]
    gain = _log_like(before, n) + _log_like(every - before, total - n) - _log_like(every, total)
    return gain.max(axis=-1)


def _log_like(k: NDArray[np.float64], n: NDArray[np.int64] | int) -> NDArray[np.float64]:
    """Log-likelihood of k ones among n values at the rate k / n."""
    return special.xlogy(k, k / n) + special.xlogy(n - k, (n - k) / n)


def permutation_p(values: ArrayLike, blocks: ArrayLike, draws: int = DRAWS, seed: int = SEED) -> float:
    """P value of the break of a series if its blocks, each kept whole, had come in a random order.

    Parameters
    ----------
    values
        One series of 1 or 0 in order of time, all known and at least two long.
    blocks
        Name of the block that each value belongs to, in the same order.
    draws
        Number of random orders.
    seed
        Seed of the random numbers.

    Returns
    -------
    float
        Share of orders with a `likelihood_ratio` at least as large, the observed order counted among them (add-one).

    References
    ----------
    Davison, A. C. and Hinkley, D. V. (1997). *Bootstrap Methods and their Application*, chapter 4. Cambridge University
    Press. doi:10.1017/CBO9780511802843
    """
    values, (block, names) = np.asarray(values, float), pd.factorize(np.asarray(blocks))
    together = values[np.argsort(block, kind="stable")]
    observed = likelihood_ratio(together)
    lots = np.random.default_rng(seed).random((draws, len(names)))[:, np.sort(block)]  # a block's values draw one lot
    shuffled = together[np.argsort(lots, axis=1, kind="stable")]
    return float((1 + (likelihood_ratio(shuffled) >= observed - 1e-9).sum()) / (draws + 1))


def completions(values: ArrayLike, count: int = COMPLETIONS, seed: int = SEED) -> NDArray[np.float64]:
    """Complete series that agree with the known values of an incomplete one.

    Parameters
    ----------
    values
        One series of 1, 0 or NaN (unknown).
    count
        Number of random completions.
    seed
        Seed of the random numbers.

    Returns
    -------
    array
        One completion a row: every unknown value 1, every one 0, then `count` at random. A series without unknown
        values is returned as the only row.
    """
    values = np.asarray(values, float)
    rng = np.random.default_rng(seed)
    fills = np.vstack([np.ones(len(values)), np.zeros(len(values)), rng.integers(0, 2, (count, len(values)))])
    if not np.isnan(values).any():
        fills = fills[:1]
    return np.where(np.isnan(values), fills, values)


def highest_posterior_set(chances: NDArray[np.float64]) -> NDArray[np.bool_]:
    """The fewest positions that together hold CREDIBLE_MASS of the probability.

    Parameters
    ----------
    chances
        Posterior probability of each position, adding up to 1.

    Returns
    -------
    array
        Of the shape of `chances`: True for the positions in the set.
    """
    order = chances.argsort()[::-1]
    enough = np.searchsorted(chances[order].cumsum(), CREDIBLE_MASS) + 1
    chosen = np.zeros(len(chances), bool)
    chosen[order[:enough]] = True
    return chosen
