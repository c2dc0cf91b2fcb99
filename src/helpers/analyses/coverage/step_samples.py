"""How many steps the record lacks: those that another reader met who searched on their own for half-years drawn by lot."""

from __future__ import annotations

from typing import NamedTuple

from helpers.derive.record import Record
from helpers.statistics import intervals


class StepSample(NamedTuple):
    """Steps that another reader met, and how many of them were on record.

    Attributes
    ----------
    found, met
        Of those that count as steps by the rules.
    low, high
        Interval of the share, whose half-years were drawn and not their steps (`intervals.clustered`); NaN without a sample.
    half_years
        How many half-years, each of one state or of the organisation, the steps lie in.
    found_at_most, met_at_most
        With those of which it is doubtful whether they count.
    acts_found, acts_met
        Of those that are acts; the others are words, visits and talks.
    """

    found: int
    met: int
    low: float
    high: float
    half_years: int
    found_at_most: int
    met_at_most: int
    acts_found: int
    acts_met: int


def compute_step_sample(record: Record) -> StepSample | None:
    """What the blind samples of steps that were drawn last, all of one day, say of the record; None if none was drawn.

    Parameters
    ----------
    record
        The record, of which `step_samples` is read.
    """
    table = record.data.get("step_samples")
    if table is None or table.empty:
        return None
    last = table[table["drawn_on"] == table["drawn_on"].max()]
    last = last.assign(on_record=last["on_record"] == "yes")
    sure = last[last["counts"] == "yes"]
    drawn = sure.groupby(["subject", "half_year"])["on_record"].agg(["sum", "size"])
    acts = sure.loc[sure["form"] == "act", "on_record"]
    return StepSample(
        int(sure["on_record"].sum()),
        len(sure),
        *intervals.clustered(drawn["sum"], drawn["size"]),
        len(drawn),
        int(last["on_record"].sum()),
        len(last),
        int(acts.sum()),
        len(acts),
    )
