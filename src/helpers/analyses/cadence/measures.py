"""How often: exercises per plan year by what became of them, promises and delivery, days of the year."""

from collections.abc import Iterator, Mapping
from itertools import pairwise

import pandas as pd

from helpers.loaders import dates
from helpers.statistics import exact_tests as exact
from helpers.statistics.intervals import poisson_exact, wilson

Periods = Mapping[str, tuple[int, int]]  # first and last plan year of each period, by its label

FATE_GROUPS = {
    "held": ["held"],
    "called_off": ["cancelled", "postponed", "relocated", "merged"],
    "open": ["planned", "unverified"],
}
PROMISED = {"start", "hosts"}  # what makes an edition another than the one announced, if the plan had it otherwise
NEXT = 3  # years: a triennium is as far ahead as a reader will wait for a difference
ORDINARY = "ordinary years"
FATES = ["held", "planned", "unverified", "postponed", "relocated", "merged", "cancelled"]


def per_year(register: pd.DataFrame, since: int, until: int) -> pd.DataFrame:
    """Count exercises by plan year and by what became of them.

    Parameters
    ----------
    register
        Exercises: year, status.
    since, until
        First and last plan year.

    Returns
    -------
    DataFrame
        One row a year, one column a fate (FATES): number of exercises; zeros are zeros, not gaps.
    """
    table = register.groupby(["year", "status"]).size().unstack(fill_value=0)
    table.columns.name = None
    return table.reindex(index=pd.RangeIndex(since, until + 1, name="year"), columns=FATES, fill_value=0)


def yearly_mean(counts: pd.Series) -> dict[str, float]:
    """Average a number of exercises over years, with the exact Poisson interval.

    Parameters
    ----------
    counts
        Exercises held in each year.

    Returns
    -------
    dict
        `years`, `held` (in all), `mean`, `low`, `high` (a year; NaN without years).
    """
    years, held = len(counts), int(counts.sum())
    if not years:
        return {"years": 0, "held": 0, "mean": float("nan"), "low": float("nan"), "high": float("nan")}
    low, high = (float(bound) / years for bound in poisson_exact(held))
    return {"years": years, "held": held, "mean": held / years, "low": low, "high": high}


def means_by_period(counts: pd.DataFrame, periods: Periods, last_year: int) -> pd.DataFrame:
    """Average the number of exercises held a year in each period.

    Parameters
    ----------
    counts
        What `per_year` gives.
    periods
        First and last plan year of each period, by its label.
    last_year
        Last whole year that sources cover; later years are left out.

    Returns
    -------
    DataFrame
        One row a period: period, years, held (in all), mean, low, high (a year, 95 % interval).
    """
    rows = [{"period": period, **yearly_mean(part)} for period, part in _held_by_period(counts, periods, last_year)]
    return pd.DataFrame(rows, columns=["period", "years", "held", "mean", "low", "high"])


def _held_by_period(counts: pd.DataFrame, periods: Periods, last_year: int) -> Iterator[tuple[str, pd.Series]]:
    """Exercises held by year, for each period that has a year to count, by its first and last such year."""
    for first, last in periods.values():
        part = counts.loc[first : min(last, last_year), "held"]
        if len(part):
            yield f"{part.index[0]}-{part.index[-1]}", part


def compare_periods(counts: pd.DataFrame, periods: Periods, last_year: int) -> pd.DataFrame:
    """Compare each period's yearly rate with that of the period before.

    Parameters
    ----------
    counts, periods, last_year
        As for `means_by_period`.

    Returns
    -------
    DataFrame
        One row a period but the first: period, before, held, held_before (in all), ratio (of yearly rates), low, high, p
        (exact and conditional, `exact_tests.rate_ratio`).
    """
    parts = list(_held_by_period(counts, periods, last_year))
    rows = []
    for (before, old), (period, new) in pairwise(parts):
        k, k_next = int(old.sum()), int(new.sum())
        told = {"period": period, "before": before, "held": k_next, "held_before": k}
        rows.append(told | exact.rate_ratio(k, len(old), k_next, len(new)))
    return pd.DataFrame(rows, columns=["period", "before", "held", "held_before", "ratio", "low", "high", "p"])


def next_to_differ(counts: pd.DataFrame, last_year: int, years: int = NEXT) -> dict[str, int | None]:
    """Say what the next years would need to differ from the last ones.

    Parameters
    ----------
    counts, last_year
        As for `means_by_period`.
    years
        Length of both stretches.

    Returns
    -------
    dict
        `since`, `until`, `held` of the last stretch; `at_most` (None where even no exercise at all would not differ) and
        `at_least` of the next. Empty if the counts hold fewer whole years.
    """
    part = counts.loc[:last_year, "held"].tail(years)
    if len(part) < years:
        return {}
    held = int(part.sum())
    at_most, at_least = exact.detectable_counts(held, years, years)
    first, last = (int(part.index[at]) for at in (0, -1))
    return {"since": first, "until": last, "held": held, "at_most": at_most, "at_least": at_least}


def evenness(counts: pd.DataFrame, periods: Periods, last_year: int) -> pd.DataFrame:
    """Test whether the yearly counts of a period are more even or more uneven than chance.

    Parameters
    ----------
    counts, periods, last_year
        As for `means_by_period`.

    Returns
    -------
    DataFrame
        One row a period of two years or more: period, years, held (in all), spread (variance over mean of the yearly
        counts, near 1 by chance), p_even, p_uneven (one-sided, exact, given the total).
    """
    rows = []
    for period, part in _held_by_period(counts, periods, last_year):
        if len(part) > 1 and part.sum():
            even, uneven = exact.one_sided_p_values(exact.null_distribution_of_counts(part), part)
            told = {"period": period, "years": len(part), "held": int(part.sum()), "spread": part.var() / part.mean()}
            rows.append(told | {"p_even": even, "p_uneven": uneven})
    return pd.DataFrame(rows, columns=["period", "years", "held", "spread", "p_even", "p_uneven"])


def by_class(register: pd.DataFrame, since: int, until: int) -> pd.DataFrame:
    """Count held exercises by plan year and event type.

    Parameters
    ----------
    register, since, until
        As for `per_year`, with event_type.

    Returns
    -------
    DataFrame
        One row a year, one column an event type, and `not reported as held` for all others, planned ones among them.
    """
    held = register["event_type"].where(register["status"] == "held", "not reported as held")
    table = register.groupby(["year", held.rename("event_type")]).size().unstack(fill_value=0).rename_axis(columns=None)
    columns = [*sorted(register["event_type"].unique()), "not reported as held"]
    return table.reindex(index=pd.RangeIndex(since, until + 1, name="year"), columns=columns, fill_value=0)


def groups(table: pd.DataFrame, periods: Periods, names: Mapping[str, str]) -> dict[str, pd.DataFrame]:
    """Divide rows by period and by named series.

    Parameters
    ----------
    table
        Rows with year and series_id.
    periods, names
        First and last plan year of each period, by its label; names by series_id.

    Returns
    -------
    dict of DataFrame
        {label: rows}: all, each period, each series by number of rows, then by name; empty groups are left out.
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


def delivery(announcements: pd.DataFrame) -> pd.DataFrame:
    """Count announced exercises by year and by what became of them.

    Parameters
    ----------
    announcements
        What `announced` gives.

    Returns
    -------
    DataFrame
        One row a year: year, named, held, called_off, open.
    """
    table = announcements.assign(
        named=1, **{name: announcements["status"].isin(group).astype(int) for name, group in FATE_GROUPS.items()}
    )
    return table.groupby("year", as_index=False)[["named", *FATE_GROUPS]].sum()


def named_shocks(shocks: pd.DataFrame) -> dict[int, str]:
    """Name the years of the table shocks: {year: label}, in order of the years."""
    years = shocks.sort_values("year")
    return {year: f"{year} ({why})" for year, why in zip(years["year"], years["why"], strict=True)}


def kept(announcements: pd.DataFrame, shocks: Mapping[int, str]) -> pd.DataFrame:
    """Compute the share of announced exercises that were held, in ordinary years and in years of shocks.

    Parameters
    ----------
    announcements
        What `announced` gives.
    shocks
        What `named_shocks` gives.

    Returns
    -------
    DataFrame
        One row for ordinary years and one a shock: years, named, held, moved (of the held, those whose first day or host is
        not what a plan gave), called_off, open, share, low, high (Wilson). An open exercise, of which no report says
        either, counts as not held in the share.
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
