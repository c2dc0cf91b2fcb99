"""How many steps the record lacks: those that another reader met who searched on their own for half-years drawn by lot."""

from __future__ import annotations

from typing import NamedTuple

from helpers.derive.record import Record
from helpers.statistics import intervals

FEWEST = 5  # steps of a kind that are enough to name it as the one known least


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
    kind, found_of_kind, met_of_kind
        The kind of which the least were on record, among kinds of at least FEWEST; blank without one.
    """

    found: int
    met: int
    low: float
    high: float
    half_years: int
    found_at_most: int
    met_at_most: int
    kind: str
    found_of_kind: int
    met_of_kind: int


def compute_step_sample(record: Record) -> StepSample | None:
    """What the last blind sample of steps says of the record; None if none was drawn.

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
    kinds = sure.groupby("kind")["on_record"].agg(["sum", "size"])
    kinds = kinds[kinds["size"] >= FEWEST].assign(share=lambda t: t["sum"] / t["size"]).sort_values("share")
    kind = "" if kinds.empty else str(kinds.index[0])
    return StepSample(
        int(sure["on_record"].sum()),
        len(sure),
        *intervals.clustered(drawn["sum"], drawn["size"]),
        len(drawn),
        int(last["on_record"].sum()),
        len(last),
        kind,
        int(kinds.at[kind, "sum"]) if kind else 0,
        int(kinds.at[kind, "size"]) if kind else 0,
    )
