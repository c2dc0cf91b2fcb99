"""The dividing day: its reason, and what another day would give."""

from __future__ import annotations

import pandas as pd

from helpers.analyses.disengagement.measures import compute_attendance
from helpers.analyses.disengagement.status import WORDS, find_milestones
from helpers.derive.record import Record
from helpers.display.phrases import short_day


def split_event(record: Record) -> pd.Series | None:
    """The step that the cutpoint is named after.

    Of all steps of that very day, one with a label goes first, then one of the focal state, then the one that goes
    furthest. A day without a labelled step or a step of the focal state has no reason on record.

    Returns
    -------
    Series or None
        A row of the table `events`, with its label (blank if it has none).
    """
    events = record.data.get("events", pd.DataFrame())
    if events.empty:
        return None
    table = events[events["date"] == record.split].assign(own=lambda t: t["subject"] == record.focus)
    table = table.assign(label=table["label"], step=table["rung"].fillna(0).astype(int))
    table = table[table["own"] | (table["label"] != "")]
    table = table.assign(named=table["label"] != "").sort_values(
        ["named", "own", "step", "event_id"], ascending=[False, False, False, True]
    )
    return table.iloc[0] if len(table) else None


def split_reason(record: Record) -> str:
    """Why the cutpoint is where it is, in a few words of the data; blank if the record does not say."""
    event = split_event(record)
    return "" if event is None else str(event["label"] or event["what"]).rstrip(".")


def compare_days(record: Record) -> pd.DataFrame:
    """What other dividing days would give for the focal state.

    Days: the cutpoint, the days of the state's milestones, the first day of each of the six years around it, and the two
    ends of the time in which every day gives what the cutpoint does.

    Returns
    -------
    DataFrame
        One row a day in order of time: day (in words), why, before, since (clear cases attended, of all: '35 of 36').
    """
    split = pd.Timestamp(record.split)
    first, last = same_days(record)
    days = {pd.Timestamp(year=split.year + shift, month=1, day=1): "" for shift in (-3, -2, -1, 1, 2, 3)}
    days |= {
        day: why
        for day, why in ((first, "earliest that gives the same"), (last, "latest that gives the same"))
        if pd.notna(day)
    }
    steps = [step for step in find_milestones(record) if step.kind != "denied"]  # a denial divides nothing
    days |= {step.day: f"{record.name}: {WORDS[step.kind]}" for step in steps}
    days |= {split: split_reason(record) or "the day chosen"}
    rows = []
    for day, why in sorted(days.items()):
        found = compute_attendance(record.rescoped(split=f"{day:%Y-%m-%d}"))
        rows.append(
            (
                short_day(day),
                why,
                *(f"{n.came} of {n.known}" if n.known else "none" for n in (found.before, found.since)),
            )
        )
    return pd.DataFrame(rows, columns=["day", "why", "before", "since"])


def same_days(record: Record) -> tuple[pd.Timestamp, pd.Timestamp]:
    """First and last day that, taken as the cutpoint, would divide the clear cases as the cutpoint does.

    Returns
    -------
    tuple of Timestamp
        The day after the last clear case before, and the day of the first clear case since; NaT where there is none.
    """
    cases = compute_attendance(record).cases["start_earliest"]
    split = pd.Timestamp(record.split)
    before, since = cases[cases < split], cases[cases >= split]
    return before.max() + pd.Timedelta(days=1), since.min()
