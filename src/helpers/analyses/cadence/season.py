"""When in the year: circular means of first days, one peak or two, with whole umbrellas resampled.

A year is a circle, so that late December and early January are neighbours. The first harmonic is the mean direction: one
peak. The second doubles every angle: two peaks half a year apart. Neither is assumed; both resultants are given, each
with the one that days spread at random would reach (Fisher 1993, *Statistical analysis of circular data*). One peak has a
second harmonic too, so that of the days counts for more than one peak only where days drawn from one seldom reach it.

A date that gives only a month stands for all the days of that month, each with the same weight: its unit vector becomes
the mean of theirs, a little shorter than one.
"""

import numpy as np
import pandas as pd

from helpers.statistics.circular import (
    HARMONICS,
    PEAK_ALPHA,
    YEAR,
    second_peak_p_value,
    second_resultant_of_one_peak,
    summarise_harmonic,
)

MAX_DAYS = 92  # a quarter: a first day known no better says too little of the season, and is left out and counted
MIN_UNITS = 5  # umbrellas or lone exercises: below that an interval would be drawn from next to nothing
DRAWS = 2000  # resamples, and turns of the null: the Monte-Carlo error of a p of 0.05 is then 0.005
SEED = 1992
COLUMNS = [
    *("group", "n", "units"),
    *(name.format(k) for k in HARMONICS for name in ("day{}", "day{}_low", "day{}_high", "r{}")),
    *("p1", "p2", "one_peak", "p_peaks", "two_peaks", "opposite"),
]


def first_days(register):
    """Held exercises whose first day is known to a quarter, one row each, with their mean vectors.

    Columns: exercise_id, series_id, umbrella_id, year, earliest, latest (first day), v1, v2 (complex: the mean of exp(i k
    angle) over the days from earliest to latest). The number left out stands in `attrs["left_out"]`.
    """
    held = register[register["status"] == "held"]
    known = held[(held["start_latest"] - held["start_earliest"]).dt.days < MAX_DAYS]
    table = known[["exercise_id", "series_id", "umbrella_id", "year"]].assign(
        earliest=known["start_earliest"], latest=known["start_latest"]
    )
    pairs = list(zip(table["earliest"], table["latest"], strict=True))
    for k in HARMONICS:
        table[f"v{k}"] = np.array([_vector(first, last, k) for first, last in pairs], dtype=complex)
    table = table.reset_index(drop=True)
    table.attrs["left_out"] = len(held) - len(known)
    return table


def _vector(first, last, k):
    days = pd.date_range(first, last)
    noon = days.day_of_year.to_numpy() - 0.5  # so that New Year falls between two days
    share = noon / np.where(days.is_leap_year, 366, 365)
    return np.exp(2j * np.pi * k * share).mean()


def season(parts, draws=DRAWS, seed=SEED):
    """Circular mean and resultant of both harmonics of each group (frame); `parts` is {label: rows of
    `first_days`}, as `cadence.groups` makes them.

    Columns: group, n (exercises), units (umbrellas and lone exercises), and for k = 1, 2: day{k} (mean day of the year, 0 to
    365; for k = 2 the earlier peak, the other stands half a year later), day{k}_low, day{k}_high (percentile interval, a
    day may lie outside 0 to 365), r{k} (resultant, 0 spread out to 1 all on one day; without an interval, as resamples lie
    above it where it is small), p{k} (share of draws in which umbrellas turned at random reach r{k}). Last, `one_peak`: the
    second resultant that one bell-shaped peak of this width has by itself, `p_peaks`: how often days drawn from
    such a peak exceed theirs by as much as r2 does (`second_peak_p_value`), and `two_peaks`: whether that is below PEAK_ALPHA; the two
    peaks of the second harmonic are half a year apart by construction, so their days are no finding. `opposite`: exercises
    that begin more than a quarter of a year from the mean day. Groups of fewer than MIN_UNITS units are left out.
    """
    rng = np.random.default_rng(seed)
    rows = []
    for label, part in parts.items():
        units = part.groupby("umbrella_id")[["v1", "v2"]].sum()
        if len(units) < MIN_UNITS:
            continue
        sizes = part.groupby("umbrella_id").size().to_numpy()
        row = {"group": label, "n": len(part), "units": len(units)}
        again = rng.multinomial(len(units), np.full(len(units), 1 / len(units)), size=draws)
        turns = np.exp(2j * np.pi * rng.random((draws, len(units))))
        for k in HARMONICS:
            sums = units[f"v{k}"].to_numpy()
            row |= summarise_harmonic(sums, sizes, k, again @ sums / (again @ sizes), turns)
        p_peaks = second_peak_p_value(row["r1"], row["r2"], sizes, seed)
        opposite = int((np.real(part["v1"] * np.conj(part["v1"].mean())) < 0).sum())
        peaks = {
            "one_peak": float(second_resultant_of_one_peak(row["r1"])),
            "p_peaks": p_peaks,
            "two_peaks": p_peaks < PEAK_ALPHA,
        }
        rows.append(row | peaks | {"opposite": opposite})
    return pd.DataFrame(rows, columns=COLUMNS)


def day_name(day):
    """A day of the year, whole or not, in words (26 September); outside 0 to 365 it wraps."""
    when = pd.Timestamp(2001, 1, 1) + pd.Timedelta(days=int(day % YEAR % 365))
    return f"{when.day} {when:%B}"
