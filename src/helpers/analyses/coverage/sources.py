"""What the record rests on: sources behind each exercise, by year, and how much of what could be known is known."""

import pandas as pd

from helpers.derive.codes import SETTLED
from helpers.derive.record import Record
from helpers.statistics.intervals import wilson

ENOUGH = 2  # independent sources: below that nothing can be checked against anything


def compute_shares(record: Record) -> pd.DataFrame:
    """How much of the record is well founded.

    Parameters
    ----------
    record
        The exercises in question.

    Returns
    -------
    DataFrame
        Indexed by `two_sources`, `after` (of held exercises: with two independent sources or more, with a report from after
        the event), `clear` and `firm` (of cases in which a member was expected: whether it came is clear, and on the firmest
        evidence). Columns: k, n (numbers), low, high (Wilson).
    """
    held = record.register[record.register["status"] == "held"]
    clear = record.held["code"].isin(SETTLED)
    counts = {
        "two_sources": ((held["families"] >= ENOUGH).sum(), len(held)),
        "after": ((held["after_reports"] > 0).sum(), len(held)),
        "clear": (clear.sum(), len(clear)),
        "firm": ((clear & (record.held["grade"] == "A")).sum(), len(clear)),
    }
    table = pd.DataFrame.from_dict(counts, orient="index", columns=["k", "n"]).astype(int)
    low, high = wilson(table["k"], table["n"])
    return table.assign(low=low, high=high)


def compute_sources_by_year(record: Record) -> pd.DataFrame:
    """Independent sources behind the held exercises of each plan year.

    Returns
    -------
    DataFrame
        One row a plan year of the scope: year, exercises (held), sources (independent ones an exercise, mean), least (behind
        the exercise that has fewest); NaN in a year without one.
    """
    held = record.register[record.register["status"] == "held"]
    grouped = held.groupby("year")["families"].agg(exercises="size", sources="mean", least="min")
    last = min(record.scope.until, record.last_day.year)
    years = pd.RangeIndex(record.scope.since, last + 1, name="year")
    return grouped.reindex(years).assign(exercises=lambda table: table["exercises"].fillna(0).astype(int)).reset_index()


def compute_totals(record: Record) -> pd.DataFrame:
    """Which number of exercises is which: from all that is recorded to those that a share is about.

    Returns
    -------
    DataFrame
        One row a step: what, exercises (number).
    """
    whole, own = record.whole_register, record.register
    counted = (
        "parts of joint exercises and single ones"
        if record.scope.unit == "component"
        else "joint exercises counted once"
    )
    return pd.DataFrame(
        [
            ("events of every kind: exercises, operations, staff events, meetings", len(whole)),
            ("of these, reported as held", int((whole["status"] == "held").sum())),
            (f"events that the notebooks count: {counted}", len(own)),
            (
                "of these, reported as held: what every share of attendance is about",
                int((own["status"] == "held").sum()),
            ),
        ],
        columns=["what", "number"],
    )
