"""Exact tests for small numbers: whether two Poisson rates differ, and whether counts or gaps are more even than chance.

Nothing here is simulated. The tests of evenness hold the total fixed, as the test of two rates does, and add up the
chances of every way in which chance could have dealt it out. Their statistic is the sum of squares: the smaller it is,
the more even the parts.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from helpers.statistics.intervals import LEVEL, clopper_pearson

ALPHA = 1 - LEVEL  # a test at the level of the intervals, so that the two never contradict each other


def rate_ratio(k: int, years: float, k_next: int, years_next: float) -> dict[str, float]:
    """Ratio of a second Poisson rate to a first one, with an exact interval and test.

    Given both counts, the second is a binomial share of their sum.

    Parameters
    ----------
    k, k_next
        First and second count.
    years, years_next
        Time over which each was counted, in years.

    Returns
    -------
    dict
        `ratio`, `low` and `high` (Clopper and Pearson's interval; infinite or 0 where a count is 0) and `p` (two-sided:
        twice the smaller tail, so that it agrees with the interval). NaN with p = 1 if both counts are 0.

    References
    ----------
    Przyborowski, J. and Wilenski, H. (1940). Homogeneity of results in testing samples from Poisson series. *Biometrika*
    31(3-4), 313-323. doi:10.1093/biomet/31.3-4.313
    """
    total, weight = k + k_next, years / years_next
    if not total:
        return {"ratio": np.nan, "low": np.nan, "high": np.nan, "p": 1.0}
    chance = years_next / (years + years_next)
    below = special.bdtr(k_next, total, chance)
    above = special.bdtrc(k_next - 1, total, chance) if k_next else 1.0
    low, high = (float(bound) for bound in clopper_pearson(k_next, total))
    return {
        "ratio": k_next / k * weight if k else np.inf,
        "low": low / (1 - low) * weight,
        "high": high / (1 - high) * weight if high < 1 else np.inf,
        "p": float(min(1.0, 2 * min(below, above))),
    }


def detectable_counts(k: int, years: float, years_next: float) -> tuple[int | None, int]:
    """The counts that the next stretch of years would need for its rate to differ from the present one.

    Parameters
    ----------
    k
        Present count.
    years, years_next
        Length of the present and the next stretch, in years.

    Returns
    -------
    tuple
        The largest count that would be significantly lower (None if even 0 would not be) and the smallest that would be
        significantly higher, by `rate_ratio` at the level ALPHA.
    """

    def differs(k_next: int) -> bool:
        return rate_ratio(k, years, k_next, years_next)["p"] < ALPHA

    expected = int(k * years_next / years)
    at_most = next((low for low in range(expected, -1, -1) if differs(low)), None)
    at_least = expected
    while not differs(at_least) or at_least * years <= k * years_next:
        at_least += 1
    return at_most, at_least


def sum_of_squares_distribution(total: int, parts: int, weights: ArrayLike) -> NDArray[np.float64]:
    """Distribution of the sum of squares of whole numbers with a fixed total.

    Parameters
    ----------
    total
        What the whole numbers add up to.
    parts
        How many whole numbers there are.
    weights
        `weights[c]` is the weight of a part of size c, up to a common factor: 1/c! for a total dealt out at random, 1 for
        gaps of which every order is equally likely, 0 for a size that cannot be.

    Returns
    -------
    array
        Probability of each sum of squares, which is the index (0 to the square of `total`).
    """
    table = np.zeros((total + 1, total**2 + 1))
    table[0, 0] = 1.0
    for _ in range(parts):
        new = np.zeros_like(table)
        for size, weight in enumerate(np.asarray(weights)[: total + 1]):
            if weight:
                new[size:, size**2 :] += weight * table[: total + 1 - size, : total**2 + 1 - size**2]
        table = new
    return table[total] / table[total].sum()


def null_distribution_of_counts(counts: Sequence[int]) -> NDArray[np.float64]:
    """Distribution of the sum of squares of yearly counts if each event had fallen on one of the years at random.

    Parameters
    ----------
    counts
        Events in each year.

    Returns
    -------
    array
        Probability of each sum of squares, which is the index.
    """
    total = int(sum(counts))
    return sum_of_squares_distribution(total, len(counts), special.rgamma(np.arange(total + 1) + 1.0))


def null_distribution_of_gaps(gaps: Sequence[int]) -> NDArray[np.float64]:
    """Distribution of the sum of squares of gaps if the years between the first and the last had been chosen at random.

    To choose the years at random is to choose the gaps at random: every list of as many whole gaps with the same sum is
    equally likely.

    Parameters
    ----------
    gaps
        Years from each edition of a series to its next, all 1 or more.

    Returns
    -------
    array
        Probability of each sum of squares, which is the index.
    """
    total = int(sum(gaps))
    return sum_of_squares_distribution(total, len(gaps), np.r_[0.0, np.ones(total)])


def one_sided_p_values(chances: NDArray[np.float64], parts: Sequence[int]) -> tuple[float, float]:
    """Both one-sided p values of the sum of squares of some parts.

    Parameters
    ----------
    chances
        Its distribution by chance, as `sum_of_squares_distribution` gives it.
    parts
        The observed whole numbers.

    Returns
    -------
    tuple of float
        The probabilities that chance gives parts at least as even, and at least as uneven.
    """
    seen = int(sum(int(part) ** 2 for part in parts))
    return _at_most_one(chances[: seen + 1].sum()), _at_most_one(chances[seen:].sum())


def pooled_one_sided_p_values(
    nulls: Sequence[NDArray[np.float64]], lists: Sequence[Sequence[int]]
) -> tuple[float, float]:
    """As `one_sided_p_values`, for several lists at once: their sums of squares are added up.

    Parameters
    ----------
    nulls
        Distribution by chance of the sum of squares of each list.
    lists
        The observed whole numbers of each list.

    Returns
    -------
    tuple of float
        The probabilities that chance gives lists at least as even, and at least as uneven.
    """
    chances = np.ones(1)
    for null in nulls:
        chances = np.convolve(chances, null)
    return one_sided_p_values(chances, [part for parts in lists for part in parts])


def _at_most_one(p: float) -> float:
    """A probability rid of a rounding error above 1."""
    return float(min(1.0, p))
