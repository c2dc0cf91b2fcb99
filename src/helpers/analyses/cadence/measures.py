"""How often: exercises per plan year by what became of them, promises and delivery, days of the year."""

from itertools import pairwise

import pandas as pd

from helpers.loaders import dates
from helpers.statistics import exact_tests as exact
from helpers.statistics.intervals import poisson_exact, wilson

FATE_GROUPS = {
    "held": ["held"],
    "called_off": ["cancelled", "postponed", "relocated", "merged"],
    "open": ["planned", "unverified"],
}
PROMISED = {"start", "hosts"}  # what makes an edition another than the one announced, if the plan had it otherwise
NEXT = 3  # years: a triennium is as far ahead as a reader will wait for a difference
ORDINARY = "ordinary years"
FATES = ["held", "planned", "unverified", "postponed", "relocated", "merged", "cancelled"]


def per_year(register, since, until):
    """Exercises per plan year and fate (frame, every year from `since` to `until` x FATES): zeros are zeros, not gaps."""
    table = register.groupby(["year", "status"]).size().unstack(fill_value=0)
    table.columns.name = None
    return table.reindex(index=pd.RangeIndex(since, until + 1, name="year"), columns=FATES, fill_value=0)


def yearly_mean(counts):
    """Mean number held a year with the exact Poisson interval, as a dict: years, held, mean, low, high."""
    years, held = len(counts), int(counts.sum())
    if not years:
        return {"years": 0, "held": 0, "mean": float("nan"), "low": float("nan"), "high": float("nan")}
    low, high = (float(bound) / years for bound in poisson_exact(held))
    return {"years": years, "held": held, "mean": held / years, "low": low, "high": high}


def means_by_period(counts, periods, last_year):
    """Mean number held a year in each period, up to the last whole year of sources (frame: period, years, held, mean, low, high)."""
    rows = [{"period": period, **yearly_mean(part)} for period, part in _held_by_period(counts, periods, last_year)]
    return pd.DataFrame(rows, columns=["period", "years", "held", "mean", "low", "high"])


def _held_by_period(counts, periods, last_year):
    for first, last in periods.values():
        part = counts.loc[first : min(last, last_year), "held"]
        if len(part):
            yield f"{part.index[0]}-{part.index[-1]}", part


def compare_periods(counts, periods, last_year):
    """Each period's yearly rate against that of the period before (frame): period, before, held, held_before, ratio, low, high, p.

    The test is exact and conditional (`exact.rate_ratio`).
    """
    parts = list(_held_by_period(counts, periods, last_year))
    rows = []
    for (before, old), (period, new) in pairwise(parts):
        k, k_next = int(old.sum()), int(new.sum())
        told = {"period": period, "before": before, "held": k_next, "held_before": k}
        rows.append(told | exact.rate_ratio(k, len(old), k_next, len(new)))
    return pd.DataFrame(rows, columns=["period", "before", "held", "held_before", "ratio", "low", "high", "p"])


def next_to_differ(counts, last_year, years=NEXT):
    """What the next `years` would need to differ from the last `years` whole ones, as a dict: since, until, held, at_most, at_least.

    At most is None where even a stretch without any exercise would not differ. Empty if the counts hold fewer whole years.
    """
    part = counts.loc[:last_year, "held"].tail(years)
    if len(part) < years:
        return {}
    held = int(part.sum())
    at_most, at_least = exact.detectable_counts(held, years, years)
    first, last = (int(part.index[at]) for at in (0, -1))
    return {"since": first, "until": last, "held": held, "at_most": at_most, "at_least": at_least}


def evenness(counts, periods, last_year):
    """Whether the yearly counts of a period are more even or more uneven than chance (frame).

    Columns: period, years, held, spread (variance over mean of the yearly counts; near 1 if chance alone deals them out),
    p_even, p_uneven (one-sided, exact, given the period's total; `exact.null_distribution_of_counts`). Periods of one year are left out.
    """
    rows = []
    for period, part in _held_by_period(counts, periods, last_year):
        if len(part) > 1 and part.sum():
            even, uneven = exact.one_sided_p_values(exact.null_distribution_of_counts(part), part)
            told = {"period": period, "years": len(part), "held": int(part.sum()), "spread": part.var() / part.mean()}
            rows.append(told | {"p_even": even, "p_uneven": uneven})
    return pd.DataFrame(rows, columns=["period", "years", "held", "spread", "p_even", "p_uneven"])


def by_class(register, since, until):
    """Held editions by plan year and event type, and in `not reported as held` all others, planned ones among them (frame, every year x classes)."""
    held = register["event_type"].where(register["status"] == "held", "not reported as held")
    table = register.groupby(["year", held.rename("event_type")]).size().unstack(fill_value=0).rename_axis(columns=None)
    columns = [*sorted(register["event_type"].unique()), "not reported as held"]
    return table.reindex(index=pd.RangeIndex(since, until + 1, name="year"), columns=columns, fill_value=0)


def groups(table, periods, names):
    """{label: rows} of all rows, of each period of plan years and of each named series; empty groups are left out.

    `periods` is {label: (first, last)}, `names` {series_id: name}; series stand by number of rows, then by name.
    """
    found = {"all": table}
    found |= {label: table[table["year"].between(*years)] for label, years in periods.items()}
    counts = table.loc[table["series_id"].isin(list(names)), "series_id"].value_counts()
    for series in sorted(counts.index, key=lambda one: (-counts[one], names[one])):
        found[names[series]] = table[table["series_id"] == series]
    return {label: part for label, part in found.items() if len(part)}


def calendar(register, series):
    """Rows for a calendar strip: exercise_id, name, group (of series), year, status, first and last day, and their vagueness.

    `first_sure` and `last_sure` bound the days that every reading of the dates includes; they are NaT if none is sure.
    """
    sure = register["start_latest"] <= register["end_earliest"]
    table = register[["exercise_id", "name", "umbrella_id", "year", "status"]].assign(
        group=register["series_id"].map(series.set_index("series_id")["colour_group"]),
        first=register["start_earliest"],
        last=register["end_latest"],
        first_sure=register["start_latest"].where(sure),
        last_sure=register["end_earliest"].where(sure),
    )
    return table.reset_index(drop=True)


def announced(programmes, register):
    """Editions of the register that a yearly programme named before they began, one row an edition, in order of its year.

    Columns: exercise_id, year, status, moved (held, but its first day or host is not what a plan gave), said_day (first
    programme, latest day it can date from), lead_days (from there to the earliest first day). An edition that only its own
    advance notices announced is not here: they promise no programme.
    """
    named = programmes.loc[programmes["kind"] == "plan", ["exercise_ids", "said_on"]].explode("exercise_ids")
    named = named.assign(said=dates.bounds(named["said_on"])["latest"].to_numpy()).rename(
        columns={"exercise_ids": "exercise_id"}
    )
    otherwise = register["changed"].map(lambda fields: bool(PROMISED & set(fields))) & (register["status"] == "held")
    own = register.assign(moved=otherwise)[["exercise_id", "year", "status", "moved", "start_earliest"]]
    table = named.merge(own, on="exercise_id")
    ahead = (
        table[table["said"] < table["start_earliest"]].sort_values("said", kind="stable").drop_duplicates("exercise_id")
    )
    ahead = ahead.assign(lead_days=(ahead["start_earliest"] - ahead["said"]).dt.days).rename(
        columns={"said": "said_day"}
    )
    columns = ["exercise_id", "year", "status", "moved", "said_day", "lead_days"]
    return ahead.sort_values(["year", "exercise_id"])[columns].reset_index(drop=True)


def delivery(announcements):
    """Announced editions by year and what became of them (frame): year, named, held, called_off, open."""
    table = announcements.assign(
        named=1, **{name: announcements["status"].isin(group).astype(int) for name, group in FATE_GROUPS.items()}
    )
    return table.groupby("year", as_index=False)[["named", *FATE_GROUPS]].sum()


def named_shocks(shocks):
    """{year: label} of the table shocks, in order of the years."""
    return {row.year: f"{row.year} ({row.why})" for row in shocks.sort_values("year").itertuples()}


def kept(announcements, shocks):
    """Share of announced editions that were held, in ordinary years and in each year of `named_shocks` apart (frame).

    Columns: years, named, held, moved (of the held, those whose first day or host is not what a plan gave), called_off, open, share,
    low, high (Wilson). An open edition, of which no report says either, counts as not held in the share.
    """
    when = announcements["year"].map(shocks).fillna(ORDINARY)
    rows = []
    for years in [ORDINARY, *shocks.values()]:
        part = announcements[when == years]
        fates = {name: int(part["status"].isin(group).sum()) for name, group in FATE_GROUPS.items()}
        low, high = (float(bound) for bound in wilson(fates["held"], len(part)))
        told = {"years": years, "named": len(part), **fates, "moved": int(part["moved"].sum())}
        if len(part):
            rows.append(told | {"share": fates["held"] / len(part), "low": low, "high": high})
    columns = ["years", "named", "held", "moved", "called_off", "open", "share", "low", "high"]
    return pd.DataFrame(rows, columns=columns)
