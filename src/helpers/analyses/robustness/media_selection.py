"""Media selection: whether a finding could come from who reports what, and how much two kinds of press both missed."""

import numpy as np
import pandas as pd
from scipy import special

from helpers.analyses.coverage.measures import FAMILY_STEPS
from helpers.analyses.disengagement.measures import attendance_rates, with_window
from helpers.derive.codes import SETTLED
from helpers.derive.reports import ON_THE_SPOT
from helpers.statistics.intervals import LEVEL


def by_year(record):
    """How closely each plan year is told (frame): year, exercises (held), reports (an exercise), families (a cell), settled.

    `reports` and `families` are means; `settled` is the share of expected cells of held exercises that are known.
    """
    done = record.register[record.register["status"] == "held"]
    cells = record.held.assign(settled=record.held["code"].isin(SETTLED)).groupby("year")
    table = done.groupby("year").agg(exercises=("exercise_id", "size"), reports=("reports", "mean"))
    return table.join(cells.agg(families=("families", "mean"), settled=("settled", "mean"))).reset_index()


def as_year(day):
    """A day (ISO text) as a plan year with its fraction, from the middle of January's bar: where a figure by years draws it."""
    when = pd.Timestamp(day)
    return when.year - 0.5 + when.day_of_year / 366


def like_for_like(held, focus, split):
    """One state's attendance before and since a day on cells and years of like coverage (frame).

    Columns: cells (all; by number of families behind the cell; in years of like coverage), window, and those of
    `disengagement.attendance_rates`. Years of like coverage are those whose mean number of families a cell lies in the
    span that both windows share.
    """
    own = with_window(held[held["iso3"] == focus], split)
    parts = {"all cells": own}
    for count, words in FAMILY_STEPS.items():
        behind = own["families"] == count if count < max(FAMILY_STEPS) else own["families"] >= count
        parts[f"cells with {words} famil{'y' if count == 1 else 'ies'}"] = own[behind]
    parts["years of like coverage"] = own[own["year"].isin(like_years(own))]
    table = pd.concat([part.assign(cells=name) for name, part in parts.items()], ignore_index=True)
    table["cells"] = pd.Categorical(table["cells"], list(parts), ordered=True)
    return attendance_rates(table, ["cells", "window"])


def like_years(own):
    """Plan years (list) of a state's cells with a window whose mean number of families lies in the span that both windows share."""
    means = own.groupby(["window", "year"], observed=True)["families"].mean()
    if means.index.get_level_values("window").nunique() < 2:
        return []
    ends = means.groupby("window", observed=True).agg(["min", "max"])
    like = means[means.between(ends["min"].max(), ends["max"].min())]
    return sorted(set(like.index.get_level_values("year")))


def chapman(first, second, both, level=LEVEL):
    """Chapman's (1951) estimate of how many there are from two lists, with an interval: (estimate, low, high).

    `first` and `second` are the lengths of the lists, `both` what stands on both. The variance is Seber's (1970); the interval
    is log-normal in the number unseen (Chao 1987), so that it never ends below what was seen. It is NaN where one list
    holds all of the other: the formula then knows no error.
    """
    seen = first + second - both
    estimate = (first + 1) * (second + 1) / (both + 1) - 1
    variance = (first + 1) * (second + 1) * (first - both) * (second - both) / ((both + 1) ** 2 * (both + 2))
    unseen = estimate - seen
    if unseen <= 0:
        return estimate, float("nan"), float("nan")
    spread = np.exp(special.ndtri((1 + level) / 2) * np.sqrt(np.log1p(variance / unseen**2)))
    return estimate, float(seen + unseen / spread), float(seen + unseen * spread)


def two_lists(data, register, language):
    """Which held exercises each kind of press tells of from during or after (frame): exercise_id, year, first, second.

    A family is on the first list if one of its publications here is in `language`, on the second otherwise.
    """
    reports = data["reports"].merge(data["sources"][["source_id", "origin_id", "lang"]], on="source_id")
    held = register[register["status"] == "held"]
    told = reports[reports["exercise_id"].isin(held["exercise_id"]) & reports["phase"].isin(ON_THE_SPOT)]
    first = told["origin_id"].isin(told.loc[told["lang"] == language, "origin_id"])
    lists = {"first": told.loc[first, "exercise_id"], "second": told.loc[~first, "exercise_id"]}
    marks = {name: held["exercise_id"].isin(ids).to_numpy() for name, ids in lists.items()}
    return held[["exercise_id", "year"]].assign(**marks).reset_index(drop=True)


def recapture(lists, periods):
    """Chapman's estimate of held exercises by period (frame): period, first, second, both, seen, estimate, low, high.

    Takes `two_lists`; `periods` is {label: (first, last plan year)}. Periods without an exercise are left out.
    """
    rows = []
    for label, years in periods.items():
        part = lists[lists["year"].between(*years)]
        if len(part):
            first, second, both = (
                int(n.sum()) for n in (part["first"], part["second"], part["first"] & part["second"])
            )
            estimate, low, high = chapman(first, second, both)
            told = {"first": first, "second": second, "both": both, "seen": first + second - both}
            rows.append({"period": label, **told, "estimate": estimate, "low": low, "high": high})
    columns = ["period", "first", "second", "both", "seen", "estimate", "low", "high"]
    return pd.DataFrame(rows, columns=columns)
