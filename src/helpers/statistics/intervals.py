"""Intervals for shares and counts, in closed form, and worst-case bounds over unknown cells.

All functions take numbers or arrays and return a pair of float arrays (low, high) of the same shape.
"""

import numpy as np
from scipy import special

LEVEL = 0.95  # the level of every interval in this collection, so that two of them can be compared


def wilson(k, n, level=LEVEL):
    """Score interval of Wilson (1927) for a share of k in n trials; NaN where n is 0."""
    k, n = np.asarray(k, float), np.asarray(n, float)
    z = special.ndtri((1 + level) / 2)
    with np.errstate(invalid="ignore", divide="ignore"):
        centre = (k + z**2 / 2) / (n + z**2)
        half = z / (n + z**2) * np.sqrt(k * (n - k) / n + z**2 / 4)
        low = np.where(n > 0, np.where(k == 0, 0.0, centre - half), np.nan)
        high = np.where(n > 0, np.where(k == n, 1.0, centre + half), np.nan)
    return low, high


def clopper_pearson(k, n, level=LEVEL):
    """Exact interval of Clopper and Pearson (1934) for a share of k in n trials; NaN where n is 0."""
    k, n = np.asarray(k, float), np.asarray(n, float)
    tail = (1 - level) / 2
    low = np.where(k == 0, 0.0, special.betaincinv(np.maximum(k, 1), n - k + 1, tail))
    high = np.where(k == n, 1.0, special.betaincinv(k + 1, np.maximum(n - k, 1), 1 - tail))
    return np.where(n > 0, low, np.nan), np.where(n > 0, high, np.nan)


def poisson_exact(k, level=LEVEL):
    """Exact interval of Garwood (1936) for the mean of a Poisson count k."""
    k = np.asarray(k, float)
    tail = (1 - level) / 2
    low = np.where(k == 0, 0.0, special.gammaincinv(np.maximum(k, 1), tail))
    return low, special.gammaincinv(k + 1, 1 - tail)


def manski(k, n, unknown):
    """Worst-case bounds (Manski 1989) of a share: k of n known, and `unknown` more that could all be either."""
    k, n, unknown = (np.asarray(value, float) for value in (k, n, unknown))
    with np.errstate(invalid="ignore", divide="ignore"):
        return k / (n + unknown), (k + unknown) / (n + unknown)
