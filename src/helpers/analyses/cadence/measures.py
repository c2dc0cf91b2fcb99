"""How often: exercises a year by what became of them, counted both ways, and one period against the next."""

from itertools import pairwise

import pandas as pd

from helpers.analyses.cadence.promises import FATES, fate_of
from helpers.derive.record import Record
from helpers.statistics.exact_tests import rate_ratio
from helpers.statistics.intervals import poisson_exact


def count_by_year(record: Record) -> pd.DataFrame:
    """Exercises of each plan year by what became of them.

    Returns
    -------
    DataFrame
        One row a year of the scope, zeros included: indexed by year, one column a fate of FATES.
    """
    fates = record.register["status"].map(fate_of)
    table = (
        record.register.groupby(["year", fates.rename("fate")]).size().unstack(fill_value=0).rename_axis(columns=None)
    )
    years = pd.RangeIndex(record.scope.since, record.scope.until + 1, name="year")
    return table.reindex(index=years, columns=list(FATES), fill_value=0)


def compute_pace(record: Record) -> pd.DataFrame:
    """Exercises held a year in each period, counting every part or joint exercises once, up to the last whole year of sources.

    Returns
    -------
    DataFrame
        One row a period: since, until (years), years (number), parts, joint (exercises held), parts_a_year, joint_a_year, low,
        high (95 % bounds of `joint_a_year` if such exercises came at random; the parts of one are no independent events).
    """
    counts = {unit: count_by_year(one)["held"] for unit, one in record.in_both_units().items()}
    rows = []
    for first, last in record.periods.values():
        parts, joint = (counts[unit].loc[first : min(last, record.last_year)] for unit in ("component", "umbrella"))
        if len(parts):
            low, high = (float(bound) / len(joint) for bound in poisson_exact(int(joint.sum())))
            spell = int(parts.index[0]), int(parts.index[-1]), len(parts)
            sums = int(parts.sum()), int(joint.sum()), float(parts.mean()), float(joint.mean())
            rows.append((*spell, *sums, low, high))
    columns = ["since", "until", "years", "parts", "joint", "parts_a_year", "joint_a_year", "low", "high"]
    return pd.DataFrame(rows, columns=columns)


def compare_periods(pace: pd.DataFrame) -> pd.DataFrame:
    """Each period's rate of joint exercises against that of the period before, by an exact test given both totals.

    Parameters
    ----------
    pace
        As `compute_pace` gives it.

    Returns
    -------
    DataFrame
        One row a period but the first: since, until, before_since, before_until, ratio, low, high (95 %), p.
    """
    rows = []
    for old, new in pairwise(pace.itertuples()):
        found = rate_ratio(old.joint, old.years, new.joint, new.years)
        rows.append(
            {"since": new.since, "until": new.until, "before_since": old.since, "before_until": old.until} | dict(found)
        )
    columns = ["since", "until", "before_since", "before_until", "ratio", "low", "high", "p"]
    return pd.DataFrame(rows, columns=columns)


def compute_spread(record: Record) -> pd.DataFrame:
    """How much the yearly numbers of joint exercises vary within each period; at random the variance would equal the mean.

    Returns
    -------
    DataFrame
        One row a period of two whole years or more: since, until, years (number), mean, variance (of a sample).
    """
    counts = count_by_year(record.in_unit("umbrella"))["held"]
    parts = [counts.loc[first : min(last, record.last_year)] for first, last in record.periods.values()]
    rows = [(int(one.index[0]), int(one.index[-1]), len(one), one.mean(), one.var()) for one in parts if len(one) > 1]
    return pd.DataFrame(rows, columns=["since", "until", "years", "mean", "variance"])


def count_by_month(record: Record) -> pd.DataFrame:
    """Held exercises by the plan year and the month in which they began.

    Returns
    -------
    DataFrame
        One row an exercise whose first day is known to the month: exercise_id, name, year (in which it began), month (1-12),
        day (first, earliest).
    """
    held = record.register[record.register["status"] == "held"]
    first, last = held["start_earliest"], held["start_latest"]
    known = held[(first.dt.year == last.dt.year) & (first.dt.month == last.dt.month)]
    began = known["start_earliest"]
    table = known.assign(year=began.dt.year, month=began.dt.month, day=began)
    return table[["exercise_id", "name", "year", "month", "day"]].reset_index(drop=True)
