"""One change of rate in a series of ones and zeros, in closed form: whether there is one, where, and how sure that is."""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

PRIOR_NONE = 0.5  # probability, before the data, that the rate never changed
CREDIBLE_MASS = 0.9  # probability that a set of positions holds, given that there is a break
NO_BREAK = 0.05  # below this posterior probability of no break, a series is said to show one
DRAWS = 2000  # simulated series
SEED = 1992


def posterior(values: ArrayLike, days: ArrayLike | None = None) -> NDArray[np.float64]:
    """Posterior probability of each place of the one break in a series, and of none.

    Half of the prior lies on no break; the other half is spread evenly over the places at which one can lie. Values of one
    day came about together, so a break lies between days and never within one. The rates before and after have uniform
    priors (Beta(1, 1)), so that the likelihood of a place is a product of two Beta functions.

    Parameters
    ----------
    values
        Series of 1, 0 or NaN (unknown) along the last axis, in order of time.
    days
        Day of each value, in the same order; without it every value is a day of its own.

    Returns
    -------
    array
        Of the shape of `values`: the probability that the rate changes after this position. That of the last known
        position is the probability of no break. Unknown positions, and those that the same day follows, have 0; a series
        of which nothing is known has NaN throughout.

    References
    ----------
    Raftery, A. E. and Akman, V. E. (1986). Bayesian analysis of a Poisson process with a change-point. *Biometrika*
    73(1), 85-89. doi:10.1093/biomet/73.1.85 (there for Poisson counts)
    """
    values = np.asarray(values, float)
    known = ~np.isnan(values)
    n, came = known.cumsum(axis=-1), (values == 1).cumsum(axis=-1)
    last = known & (n == n[..., -1:])
    place = known & ~last & ~_same_day_follows(known, days)
    log_like = _log_beta(came, n) + _log_beta(came[..., -1:] - came, n[..., -1:] - n)
    each = np.log1p(-PRIOR_NONE) - np.log(np.maximum(place.sum(axis=-1, keepdims=True), 1))
    log_weight = np.where(last, log_like + np.log(PRIOR_NONE), np.where(place, log_like + each, -np.inf))
    peak = log_weight.max(axis=-1, keepdims=True, initial=-np.inf, where=known)
    with np.errstate(invalid="ignore"):
        weights = np.exp(log_weight - peak)
        return weights / weights.sum(axis=-1, keepdims=True)


def no_break(values: ArrayLike, days: ArrayLike | None = None) -> NDArray[np.float64]:
    """Posterior probability that the rate of a series never changed.

    Parameters
    ----------
    values, days
        As `posterior` takes them.

    Returns
    -------
    array
        One number a series; NaN for a series of which nothing is known.
    """
    known = ~np.isnan(np.asarray(values, float))
    chances = posterior(values, days)
    last = known.shape[-1] - 1 - known[..., ::-1].argmax(axis=-1)
    return np.take_along_axis(chances, last[..., None], axis=-1)[..., 0]


def _same_day_follows(known: NDArray[np.bool_], days: ArrayLike | None) -> NDArray[np.bool_]:
    """Whether the next known value of a series is of the same day."""
    if days is None:
        return np.zeros(known.shape, bool)
    day = np.append(np.unique(np.asarray(days), return_inverse=True)[1], -1)  # the last has no next
    size = known.shape[-1]
    here = np.where(known, np.arange(size), size)
    ahead = np.minimum.accumulate(here[..., ::-1], axis=-1)[..., ::-1]
    after = np.concatenate([ahead[..., 1:], np.full((*known.shape[:-1], 1), size)], axis=-1)
    return day[after] == day[:-1]


def _log_beta(k: NDArray[np.int64], n: NDArray[np.int64]) -> NDArray[np.float64]:
    """Log of Beta(1 + k, 1 + n - k) for whole numbers, from a table of log-factorials."""
    log_factorial = special.gammaln(np.arange(1.0, n.max(initial=0) + 3))
    return log_factorial[k] + log_factorial[n - k] - log_factorial[n + 1]


def highest_posterior_set(chances: NDArray[np.float64]) -> NDArray[np.bool_]:
    """The fewest positions that together hold CREDIBLE_MASS of the probability.

    Parameters
    ----------
    chances
        Probability of each position, adding up to 1.

    Returns
    -------
    array
        Of the shape of `chances`: True for the positions in the set.
    """
    order = chances.argsort(kind="stable")[::-1]
    enough = np.searchsorted(chances[order].cumsum(), CREDIBLE_MASS) + 1
    chosen = np.zeros(len(chances), bool)
    chosen[order[:enough]] = True
    return chosen


def detection_rate(
    before: float, after: float, size: int, at: int = 0, together: int = 1, draws: int = DRAWS, seed: int = SEED
) -> float:
    """Share of simulated series in which a break is said to be: a false alarm if the rates are equal, else the power.

    Parameters
    ----------
    before, after
        Rate of ones up to the position `at`, and from there on.
    size
        Number of independent decisions in a series.
    at
        Number of decisions before the change.
    together
        Values that each decision gives at once, all of them alike and of one day.
    draws, seed
        Number of series, and seed of the random numbers.

    Returns
    -------
    float
        Share of series whose `no_break` lies below NO_BREAK.
    """
    rate = np.where(np.arange(size) < at, before, after)
    decisions = np.random.default_rng(seed).random((draws, size)) < rate
    values = decisions.repeat(together, axis=1).astype(float)
    days = np.arange(size).repeat(together)
    return float((no_break(values, days) < NO_BREAK).mean())
