"""Intervals for shares and counts, in closed form, and worst-case bounds over unknown cases.

All functions take numbers or arrays that broadcast against one another, and return the lower and the upper bounds as
two float arrays of the common shape.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

Bounds = tuple[NDArray[np.float64], NDArray[np.float64]]

LEVEL = 0.95  # the level of every interval in this collection, so that two of them can be compared


def wilson(k: ArrayLike, n: ArrayLike, level: float = LEVEL) -> Bounds:
    """Score interval for a share: k successes in n trials.

    Parameters
    ----------
    k, n
        Successes and trials (whole numbers, 0 <= k <= n).
    level
        Level of the interval, between 0 and 1.

    Returns
    -------
    tuple of arrays
        Lower and upper bound of the share (0 to 1); NaN where n is 0.

    References
    ----------
    Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference. *Journal of the American
    Statistical Association* 22(158), 209-212. doi:10.1080/01621459.1927.10502953
    """
    k, n = np.asarray(k, float), np.asarray(n, float)
    z = special.ndtri((1 + level) / 2)
    with np.errstate(invalid="ignore", divide="ignore"):
        centre = (k + z**2 / 2) / (n + z**2)
        half = z / (n + z**2) * np.sqrt(k * (n - k) / n + z**2 / 4)
        low = np.where(n > 0, np.where(k == 0, 0.0, centre - half), np.nan)
        high = np.where(n > 0, np.where(k == n, 1.0, centre + half), np.nan)
    return low, high


def clopper_pearson(k: ArrayLike, n: ArrayLike, level: float = LEVEL) -> Bounds:
    """Exact interval for a share: k successes in n trials.

    Parameters
    ----------
    k, n
        Successes and trials (whole numbers, 0 <= k <= n).
    level
        Level of the interval, between 0 and 1.

    Returns
    -------
    tuple of arrays
        Lower and upper bound of the share (0 to 1); NaN where n is 0.

    References
    ----------
    Clopper, C. J. and Pearson, E. S. (1934). The use of confidence or fiducial limits illustrated in the case of the
    binomial. *Biometrika* 26(4), 404-413. doi:10.1093/biomet/26.4.404
    """
    k, n = np.asarray(k, float), np.asarray(n, float)
    tail = (1 - level) / 2
    low = np.where(k == 0, 0.0, special.betaincinv(np.maximum(k, 1), n - k + 1, tail))
    high = np.where(k == n, 1.0, special.betaincinv(k + 1, np.maximum(n - k, 1), 1 - tail))
    return np.where(n > 0, low, np.nan), np.where(n > 0, high, np.nan)


def clustered(k: ArrayLike, n: ArrayLike, level: float = LEVEL) -> tuple[float, float]:
    """Interval for a share whose cases were drawn in clusters, which may be more alike than cases drawn singly.

    Parameters
    ----------
    k, n
        Successes and trials of each cluster (whole numbers, 0 <= k <= n).
    level
        Level of the interval, between 0 and 1.

    Returns
    -------
    tuple of float
        Lower and upper bound of the share of all successes in all trials (0 to 1), from the spread of the clusters and
        Student's t; NaN with fewer than two clusters that have a trial.

    References
    ----------
    Cochran, W. G. (1977). *Sampling Techniques*, 3rd ed., Wiley, section 3.12 (proportions from cluster samples).
    """
    k, n = np.asarray(k, float), np.asarray(n, float)
    k, n = k[n > 0], n[n > 0]
    if len(n) < 2:
        return float("nan"), float("nan")
    share = k.sum() / n.sum()
    spread = np.sqrt(len(n) / (len(n) - 1) * ((k - share * n) ** 2).sum()) / n.sum()
    half = float(special.stdtrit(len(n) - 1, (1 + level) / 2) * spread)
    return max(0.0, float(share) - half), min(1.0, float(share) + half)


def poisson_exact(k: ArrayLike, level: float = LEVEL) -> Bounds:
    """Exact interval for the mean of a Poisson count.

    Parameters
    ----------
    k
        Counts (whole numbers).
    level
        Level of the interval, between 0 and 1.

    Returns
    -------
    tuple of arrays
        Lower and upper bound of the mean, in the unit of k.

    References
    ----------
    Garwood, F. (1936). Fiducial limits for the Poisson distribution. *Biometrika* 28(3-4), 437-442.
    doi:10.1093/biomet/28.3-4.437
    """
    k = np.asarray(k, float)
    tail = (1 - level) / 2
    low = np.where(k == 0, 0.0, special.gammaincinv(np.maximum(k, 1), tail))
    return low, special.gammaincinv(k + 1, 1 - tail)


def manski(k: ArrayLike, n: ArrayLike, unknown: ArrayLike) -> Bounds:
    """Bounds of a share between two extremes: every unknown case was a failure, or every one was a success.

    Parameters
    ----------
    k, n
        Successes and trials among the known cases (whole numbers, 0 <= k <= n).
    unknown
        Number of further cases whose outcome is unknown.

    Returns
    -------
    tuple of arrays
        Lower and upper bound of the share (0 to 1); NaN where there is no case at all.

    References
    ----------
    Manski, C. F. (1989). Anatomy of the selection problem. *Journal of Human Resources* 24(3), 343-360.
    doi:10.2307/145818
    """
    k, n, unknown = (np.asarray(value, float) for value in (k, n, unknown))
    with np.errstate(invalid="ignore", divide="ignore"):
        return k / (n + unknown), (k + unknown) / (n + unknown)
