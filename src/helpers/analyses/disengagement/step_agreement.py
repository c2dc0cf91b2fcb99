"""Second coding of steps: how far a reader who had not seen the codes of the first gave the same ones."""

from __future__ import annotations

import pandas as pd

from helpers.derive.record import Record
from helpers.statistics.agreement import Agreement, compare_readers

FIELDS = ["track", "direction", "rung", "chair"]  # the codes of events that were given twice


def compute_step_agreement(record: Record, state: str = "") -> pd.DataFrame:
    """Agreement of the two readers by code, as they coded before they compared.

    Parameters
    ----------
    record
        The record, of which `events` and `step_coding` are read.
    state
        Only the acts and words of this state on its own place; blank for all steps coded twice.

    Returns
    -------
    DataFrame
        One row a code, none if nothing was coded twice. Its index is the column of events; its columns are pairs (number),
        agreed (share), alpha, low, high (interval over resampled steps). Alpha is NaN where one value alone occurs.
    """
    table = _coded_twice(record, state)
    found = {}
    for field in FIELDS:
        part = table[table["field"] == field]
        if len(part):
            found[field] = compare_readers(part["first"], part["second"], part["event_id"])
    return pd.DataFrame.from_dict(found, orient="index", columns=list(Agreement._fields))


def count_same_direction(record: Record, state: str = "") -> tuple[int, int]:
    """Number of steps to which both readers gave one direction, and of those coded twice.

    Parameters
    ----------
    record, state
        As for `compute_step_agreement`.

    Returns
    -------
    tuple
        Both 0 if none was coded twice.
    """
    table = _coded_twice(record, state)
    pairs = table[table["field"] == "direction"]
    return int((pairs["first"] == pairs["second"]).sum()), len(pairs)


def _coded_twice(record: Record, state: str) -> pd.DataFrame:
    """The codes that were given twice, of the acts and words of a state on its own place or, for a blank, of all steps."""
    table = record.data["step_coding"]
    if not state:
        return table
    events = record.data["events"]
    own = events.loc[(events["subject"] == state) & (events["actor"] == state), "event_id"]
    return table[table["event_id"].isin(own)]
