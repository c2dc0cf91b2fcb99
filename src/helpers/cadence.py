"""How often: exercises per plan year by what became of them, promises and delivery, days of the year."""

import pandas as pd

from helpers import dates
from helpers.intervals import poisson_exact

FATE_GROUPS = {
    "held": ["held"],
    "called_off": ["cancelled", "postponed", "relocated", "merged"],
    "open": ["planned", "unverified"],
}
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
    rows = []
    for first, last in periods.values():
        part = counts.loc[first : min(last, last_year), "held"]
        if len(part):
            rows.append({"period": f"{part.index[0]}-{part.index[-1]}", **yearly_mean(part)})
    return pd.DataFrame(rows, columns=["period", "years", "held", "mean", "low", "high"])


def calendar(register):
    """Rows for a calendar strip: exercise_id, name, series_id, year, status, first and last day, and their vagueness.

    `first_sure` and `last_sure` bound the days that every reading of the dates includes; they are NaT if none is sure.
    """
    sure = register["start_latest"] <= register["end_earliest"]
    table = register[["exercise_id", "name", "series_id", "umbrella_id", "year", "status"]].assign(
        first=register["start_earliest"],
        last=register["end_latest"],
        first_sure=register["start_latest"].where(sure),
        last_sure=register["end_earliest"].where(sure),
    )
    return table.reset_index(drop=True)


def programme_table(programmes, register):
    """Programmes and tallies of single years in the register's span, one row each, with what became of the editions named.

    Columns: year, said_by, said_on, kind, count (announced), named (editions of the register that it names), held, called_off
    (cancelled, postponed, relocated or merged), open (planned or unverified).
    """
    status = register.set_index("exercise_id")["status"]
    single = programmes[~programmes["period"].str.contains("/")]
    rows = []
    for row in single.to_dict("records"):
        fates = [status[edition] for edition in row["exercise_ids"] if edition in status.index]
        fate = {name: sum(f in group for f in fates) for name, group in FATE_GROUPS.items()}
        year = dates.parse(row["period"])[0].year
        rows.append(
            {"year": year, **{k: row[k] for k in ("said_by", "said_on", "kind", "count")}, "named": len(fates), **fate}
        )
    table = pd.DataFrame(rows).sort_values(["year", "said_on", "said_by"]).reset_index(drop=True)
    inside = table["year"].between(register["year"].min(), register["year"].max())
    return table[inside].reset_index(drop=True).astype({"count": "Int64"})


def announced(programmes, register):
    """Editions of the register that a yearly programme named before they began, one row an edition, in order of its year.

    Columns: exercise_id, year, status, said_on (first programme, latest day it can date from), lead_days (from there to the
    earliest first day). An edition that only its own advance notices announced is not here: they promise no programme.
    """
    named = programmes.loc[programmes["kind"] == "plan", ["exercise_ids", "said_on"]].explode("exercise_ids")
    named = named.assign(said=dates.bounds(named["said_on"])["latest"].to_numpy()).rename(
        columns={"exercise_ids": "exercise_id"}
    )
    table = named.merge(register[["exercise_id", "year", "status", "start_earliest"]], on="exercise_id")
    ahead = (
        table[table["said"] < table["start_earliest"]].sort_values("said", kind="stable").drop_duplicates("exercise_id")
    )
    ahead = ahead.assign(lead_days=(ahead["start_earliest"] - ahead["said"]).dt.days).rename(
        columns={"said": "said_day"}
    )
    columns = ["exercise_id", "year", "status", "said_day", "lead_days"]
    return ahead.sort_values(["year", "exercise_id"])[columns].reset_index(drop=True)


def delivery(announcements):
    """Announced editions by year and what became of them (frame): year, named, held, called_off, open."""
    table = announcements.assign(
        named=1, **{name: announcements["status"].isin(group).astype(int) for name, group in FATE_GROUPS.items()}
    )
    return table.groupby("year", as_index=False)[["named", *FATE_GROUPS]].sum()
