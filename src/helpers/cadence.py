"""How often: exercises per plan year by what became of them, promises and delivery, days of the year."""

import pandas as pd

from helpers import dates
from helpers.intervals import poisson_exact

FATES = ["held", "planned", "unverified", "postponed", "relocated", "merged", "cancelled"]


def per_year(register, since, until):
    """Exercises per plan year and fate (frame, every year from `since` to `until` x FATES): zeros are zeros, not gaps."""
    table = register.groupby(["year", "status"]).size().unstack(fill_value=0)
    table.columns.name = None
    return table.reindex(index=pd.RangeIndex(since, until + 1, name="year"), columns=FATES, fill_value=0)


def yearly_mean(counts):
    """Mean number held a year with the exact Poisson interval, as a dict: years, held, mean, low, high."""
    years, held = len(counts), int(counts.sum())
    low, high = (float(bound) / years for bound in poisson_exact(held))
    return {"years": years, "held": held, "mean": held / years, "low": low, "high": high}


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


def promises(programmes, register):
    """Announced programmes beside the record, one row a programme of a single year.

    Columns: year, programme_id, said_by, said_on, kind, count (announced), named (editions it names), ahead (said before
    the first of them began), then how many of the named were held, called off (cancelled, postponed, relocated or merged)
    or stay open (planned or unverified).
    """
    status = register.set_index("exercise_id")["status"]
    first_day = register.set_index("exercise_id")["start_latest"]
    single = programmes[~programmes["period"].str.contains("/")]
    rows = []
    for row in single.to_dict("records"):
        fates = [status[edition] for edition in row["exercise_ids"] if edition in status.index]
        open_ = sum(fate in ("planned", "unverified") for fate in fates)
        held = sum(fate == "held" for fate in fates)
        begins = min(
            (first_day[edition] for edition in row["exercise_ids"] if edition in first_day.index), default=pd.NaT
        )
        ahead = bool(row["said_on"]) and pd.Timestamp(dates.parse(row["said_on"])[0]) < begins
        rows.append(
            {
                "year": dates.parse(row["period"])[0].year,
                "programme_id": row["programme_id"],
                "said_by": row["said_by"],
                "said_on": row["said_on"],
                "kind": row["kind"],
                "count": row["count"],
                "named": len(fates),
                "ahead": ahead,
                "held": held,
                "called_off": len(fates) - held - open_,
                "open": open_,
            }
        )
    table = pd.DataFrame(rows).sort_values(["year", "said_on", "programme_id"]).reset_index(drop=True)
    return table.astype({"count": "Int64"})


def fullest_plans(promised):
    """The plan that names most editions of each year (the earliest of equals): what delivery is measured against.

    Only plans announced ahead count: a list given when the season is over promises nothing.
    """
    plans = promised[(promised["kind"] == "plan") & promised["ahead"]]
    plans = plans.sort_values(["year", "named", "said_on", "programme_id"], ascending=[True, False, True, True])
    return plans.drop_duplicates("year").reset_index(drop=True)
