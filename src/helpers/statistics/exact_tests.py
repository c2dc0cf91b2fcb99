"""Exact tests for small numbers: two Poisson rates compared, and whether counts or gaps are more even or more uneven than chance.

Nothing here is simulated. Both tests of evenness condition on the total, as the test of two rates does, and walk through
every way in which chance could have dealt it out.
"""

import numpy as np
from scipy import special

from helpers.statistics.intervals import LEVEL, clopper_pearson

ALPHA = 1 - LEVEL  # a test at the level of the intervals, so that the two never contradict each other


def rate_ratio(k, years, k_next, years_next):
    """How many times the rate of a first count a second one has (Przyborowski and Wilenski 1940), as a dict.

    Given both, the second is a binomial share of their sum. Keys: ratio, low, high (of Clopper and Pearson's interval, so
    infinite or nought where a count is nought), p (two-sided, twice the smaller tail, which agrees with that interval).
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


def would_differ(k, years, years_next):
    """The counts that a next stretch of years would need to differ from k in `years`, as (at most, at least).

    At most is None where even nought would not differ.
    """

    def differs(k_next):
        return rate_ratio(k, years, k_next, years_next)["p"] < ALPHA

    expected = int(k * years_next / years)
    at_most = next((low for low in range(expected, -1, -1) if differs(low)), None)
    at_least = expected
    while not differs(at_least) or at_least * years <= k * years_next:
        at_least += 1
    return at_most, at_least


def squares(total, parts, weights):
    """Chances of each sum of squares of `parts` whole numbers that sum to `total` (float array, index = sum of squares).

    `weights[c]` is the weight of a part of size c, up to a factor: 1/c! for a total dealt out at random, one each for gaps
    of which every order is equally likely, nought for a size that cannot be.
    """
    table = np.zeros((total + 1, total**2 + 1))
    table[0, 0] = 1.0
    for _ in range(parts):
        new = np.zeros_like(table)
        for size, weight in enumerate(weights[: total + 1]):
            if weight:
                new[size:, size**2 :] += weight * table[: total + 1 - size, : total**2 + 1 - size**2]
        table = new
    return table[total] / table[total].sum()


def counts_null(counts):
    """Chances of each sum of squares if the events of these years had fallen on the years at random (float array)."""
    total = int(sum(counts))
    return squares(total, len(counts), special.rgamma(np.arange(total + 1) + 1.0))


def gaps_null(gaps):
    """Chances of each sum of squares if the editions between the first and the last had fallen on any years (float array).

    Choosing the years at random is choosing the gaps at random: every list of as many whole gaps with the same sum is
    equally likely.
    """
    total = int(sum(gaps))
    return squares(total, len(gaps), np.r_[0.0, np.ones(total)])


def tails(chances, parts):
    """Both one-sided p of the sum of squares of `parts`, as (p that chance is as even, p that chance is as uneven)."""
    seen = int(sum(int(part) ** 2 for part in parts))
    return _capped(chances[: seen + 1].sum()), _capped(chances[seen:].sum())


def pooled_tails(nulls, lists):
    """As `tails`, for several lists at once, each with its own null: the sums of squares added up."""
    chances = np.ones(1)
    for null in nulls:
        chances = np.convolve(chances, null)
    return tails(chances, [part for parts in lists for part in parts])


def _capped(p):
    return float(min(1.0, p))
