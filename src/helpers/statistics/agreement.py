"""Agreement of two readers beyond chance, with an interval that resamples whole groups of what they read."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers.statistics.intervals import LEVEL

DRAWS, SEED = 2000, 20261122  # the bounds' Monte-Carlo error is far below the second place shown


class Agreement(NamedTuple):
    """Number of pairs, share of them that agree, alpha, and the bounds of its interval."""

    pairs: int
    agreed: float
    alpha: float
    low: float
    high: float


def compare_readers(first: pd.Series, second: pd.Series, groups: pd.Series) -> Agreement:
    """How far two readers agree, as a share and beyond chance.

    Parameters
    ----------
    first, second, groups
        As for `alpha_interval`; at least one pair.

    Returns
    -------
    Agreement
        Its alpha and bounds are NaN where those of `krippendorff_alpha` and `alpha_interval` are.
    """
    agreed = float((first == second).mean())
    return Agreement(len(first), agreed, krippendorff_alpha(first, second), *alpha_interval(first, second, groups))


def krippendorff_alpha(first: pd.Series, second: pd.Series) -> float:
    """Krippendorff's alpha of two readers who both read everything, at the nominal level.

    Parameters
    ----------
    first, second
        What each read, in the same order; a blank is a value like any other.

    Returns
    -------
    float
        1 for perfect agreement, 0 for what chance gives; NaN if fewer than two values occur.

    References
    ----------
    K. Krippendorff, *Content Analysis*, 2nd ed., Sage 2004, chapter 11.
    """
    counts = _value_counts(first, second)
    return float(_alpha(counts.sum(axis=0), (counts.max(axis=1) == 1).sum()))


def alpha_interval(first: pd.Series, second: pd.Series, groups: pd.Series) -> tuple[float, float]:
    """Percentile interval of alpha over resampled groups, such as exercises whose texts repeat one another.

    Parameters
    ----------
    first, second
        As for `krippendorff_alpha`.
    groups
        The group of each pair.

    Returns
    -------
    low, high
        Bounds at LEVEL; NaN if no resample has two values.
    """
    counts = _value_counts(first, second)
    names, inverse = np.unique(groups, return_inverse=True)
    members = np.eye(len(names))[inverse].T
    values, apart = members @ counts, members @ (counts.max(axis=1) == 1)  # sums are all that a draw needs
    draws = _resamples(len(names))
    alphas = _alpha(draws @ values, draws @ apart)
    tail = (1 - LEVEL) / 2
    if not np.isfinite(alphas).any():
        return float("nan"), float("nan")
    low, high = np.nanquantile(alphas, [tail, 1 - tail])
    return float(low), float(high)


@lru_cache(8)  # the same groups are resampled for every field that was read of them
def _resamples(groups: int) -> np.ndarray:
    """How often each group is in each of DRAWS resamples."""
    return np.random.default_rng(SEED).multinomial(groups, np.full(groups, 1 / groups), size=DRAWS)


def _value_counts(first: pd.Series, second: pd.Series) -> np.ndarray:
    """How many of the two readers gave each value (array, pairs x values)."""
    codes, values = pd.factorize(pd.concat([first, second]))
    one_hot = np.eye(len(values), dtype=int)[codes]
    return one_hot[: len(first)] + one_hot[len(first) :]


def _alpha(marginal: np.ndarray, apart: np.ndarray) -> np.ndarray:
    """Alpha from how often each value was given (last axis) and how many pairs differ."""
    total = marginal.sum(axis=-1)
    chance = 1 - (marginal * (marginal - 1)).sum(axis=-1) / (total * (total - 1))
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(chance > 0, 1 - (2 * apart / total) / chance, np.nan)
