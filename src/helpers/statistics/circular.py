"""Directions on a circle: their mean, how closely they keep to it, and whether there is a second peak.

The harmonic of order k is taken by multiplying every angle by k: the first is the mean direction, the second shows two
peaks half a circle apart. Its resultant is the length of the mean of the unit vectors, from 0 (spread) to 1 (all alike).
"""

from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy import special

PEAK_DRAWS = 4000  # data sets drawn from one peak: the Monte-Carlo error of a p of 0.025 is then 0.0025
PEAK_ALPHA = 0.025  # one-sided: a smaller second harmonic than one peak has is no second peak
HARMONICS = (1, 2)
YEAR = 365.25  # days
ROUNDING = 1e-12  # resultants nearer than that are the same
KAPPAS = np.geomspace(1e-4, 1e5, 2000)  # concentrations to look up: from no season to a peak of one day's width


def second_resultant_of_one_peak(r1: float | NDArray[np.float64]) -> NDArray[np.float64]:
    """The second resultant that a single bell-shaped peak has, given its first.

    It is the larger of those of the von Mises and the wrapped normal distribution, so that neither shape alone passes for
    a second peak.

    Parameters
    ----------
    r1
        First resultants (0 to 1).

    Returns
    -------
    array
        Second resultants (0 to 1), of the shape of `r1`.

    References
    ----------
    Fisher, N. I. (1993). *Statistical Analysis of Circular Data*, chapter 3. Cambridge University Press.
    doi:10.1017/CBO9780511564345
    """
    return np.maximum(np.interp(r1, _resultant(1), _resultant(2)), np.power(r1, 4))


@cache
def _resultant(k: int) -> NDArray[np.float64]:
    """Resultant of harmonic k of a von Mises distribution, at each of KAPPAS: a ratio of Bessel functions."""
    return special.ive(k, KAPPAS) / special.ive(0, KAPPAS)


def second_peak_p_value(r1: float, r2: float, sizes: NDArray[np.float64], seed: int) -> float:
    """P value of the second harmonic if there is only one peak, as wide as the first resultant says.

    A parametric bootstrap: directions are drawn from one von Mises peak, one a group. To draw again from the observed
    directions would not do, since the second resultant of such a sample lies above theirs whatever their distribution.

    Parameters
    ----------
    r1, r2
        First and second resultant of the data (0 to 1).
    sizes
        Number of directions in each group; all directions of a group are drawn as one.
    seed
        Seed of the random numbers.

    Returns
    -------
    float
        Share of draws in which r2 exceeds `second_resultant_of_one_peak` by at least as much as in the data, the data
        counted among them; 1 if in the data it does not exceed it.

    References
    ----------
    Davison, A. C. and Hinkley, D. V. (1997). *Bootstrap Methods and their Application*, chapter 4. Cambridge University
    Press. doi:10.1017/CBO9780511802843
    """
    excess = r2 - second_resultant_of_one_peak(r1)
    if excess <= ROUNDING:
        return 1.0
    kappa = np.interp(r1, _resultant(1), KAPPAS)
    angles = np.random.default_rng(seed).vonmises(0, kappa, (PEAK_DRAWS, len(sizes)))
    s1, s2 = (np.abs(np.exp(1j * k * angles) @ sizes) / sizes.sum() for k in HARMONICS)
    return float((1 + (s2 - second_resultant_of_one_peak(s1) >= excess).sum()) / (1 + PEAK_DRAWS))


def summarise_harmonic(
    sums: NDArray[np.complex128],
    sizes: NDArray[np.float64],
    k: int,
    resampled: NDArray[np.complex128],
    turns: NDArray[np.complex128],
) -> dict[str, float]:
    """Mean day of the year with its interval, resultant and p value of one harmonic of days in groups.

    Parameters
    ----------
    sums
        Sum of the unit vectors exp(i k angle) of each group.
    sizes
        Number of days in each group.
    k
        Order of the harmonic, 1 or 2.
    resampled
        Mean vector of each bootstrap sample of the groups.
    turns
        Random rotations (draws x groups, unit vectors): what the groups would show without a season.

    Returns
    -------
    dict
        `day{k}`, `day{k}_low`, `day{k}_high` (days from the start of the year; 95 % interval by percentiles), `r{k}`
        (resultant) and `p{k}` (share of rotations that reach it, the data counted among them).
    """
    mean = sums.sum() / sizes.sum()
    apart = np.angle(resampled / mean)  # signed angle from the mean, so that an interval may cross New Year
    low, high = np.quantile(apart, [0.025, 0.975])
    day = np.angle(mean) % (2 * np.pi)
    angles = {"": day, "_low": day + low, "_high": day + high}
    null = np.abs(turns @ sums) / sizes.sum()
    days = {f"day{k}{end}": angle / (2 * np.pi * k) * YEAR for end, angle in angles.items()}
    reached = (1 + (null >= np.abs(mean) - ROUNDING).sum()) / (1 + len(null))
    return days | {f"r{k}": float(np.abs(mean)), f"p{k}": float(reached)}
