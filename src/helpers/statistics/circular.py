"""Directions on a circle: mean, resultant and whether there is a second peak."""

from functools import cache

import numpy as np
from scipy import special

PEAK_DRAWS = 4000  # data sets drawn from one peak: the Monte-Carlo error of a p of 0.025 is then 0.0025


PEAK_ALPHA = 0.025  # one-sided: a smaller second harmonic than one peak has is no second peak


HARMONICS = (1, 2)


YEAR = 365.25  # days


ROUNDING = 1e-12  # resultants nearer than that are the same


KAPPAS = np.geomspace(1e-4, 1e5, 2000)  # concentrations to look up: from no season to a peak of one day's width


def one_peak(r1):
    """The second resultant that goes with a first one (float or array) if there is one bell-shaped peak.

    The larger of the von Mises and the wrapped normal distribution's, so that neither shape alone passes for a second peak.
    """
    return np.maximum(np.interp(r1, _resultant(1), _resultant(2)), np.power(r1, 4))


@cache
def _resultant(k):
    """Resultant of harmonic k of a von Mises distribution, at each of KAPPAS: a ratio of Bessel functions."""
    return special.ive(k, KAPPAS) / special.ive(0, KAPPAS)


def p_second_peak(r1, r2, sizes, seed):
    """How often units of these sizes, each drawn from one von Mises peak as wide as r1 says, exceed `one_peak` as r2 does.

    A parametric bootstrap (Davison and Hinkley 1997, chapter 4). Resampling the days would not do: a resample's second
    resultant lies above that of the days, whatever their season. Days that do not exceed one peak's at all give 1.
    """
    excess = r2 - one_peak(r1)
    if excess <= ROUNDING:
        return 1.0
    kappa = np.interp(r1, _resultant(1), KAPPAS)
    angles = np.random.default_rng(seed).vonmises(0, kappa, (PEAK_DRAWS, len(sizes)))
    s1, s2 = (np.abs(np.exp(1j * k * angles) @ sizes) / sizes.sum() for k in HARMONICS)
    return float((1 + (s2 - one_peak(s1) >= excess).sum()) / (1 + PEAK_DRAWS))


def harmonic(sums, sizes, k, drawn, turns):
    """Mean day with its interval, resultant and p of one harmonic, from the sum of vectors of each unit and the resamples."""
    mean = sums.sum() / sizes.sum()
    apart = np.angle(drawn / mean)  # signed angle from the mean, so that an interval may cross New Year
    low, high = np.quantile(apart, [0.025, 0.975])
    day = np.angle(mean) % (2 * np.pi)
    at = {"": day, "_low": day + low, "_high": day + high}
    null = np.abs(turns @ sums) / sizes.sum()
    told = {f"day{k}{end}": angle / (2 * np.pi * k) * YEAR for end, angle in at.items()}
    reached = (1 + (null >= np.abs(mean) - ROUNDING).sum()) / (1 + len(null))
    return told | {f"r{k}": float(np.abs(mean)), f"p{k}": float(reached)}
