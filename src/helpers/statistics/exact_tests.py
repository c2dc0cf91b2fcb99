"""An exact test for small numbers: whether two Poisson rates differ."""

import numpy as np
from scipy import special

from helpers.statistics.intervals import clopper_pearson


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
