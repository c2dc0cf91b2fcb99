"""The exercises held while a state was a member, whether or not it was expected at them.

A member of no force is expected at hardly anything, so that a rate over what it was expected at says nothing. This second
rate is over all exercises of its time. Not to be named at one of these is no absence: it was away only where its code says
so, or where a report that somebody read names it as absent.
"""

from __future__ import annotations

from datetime import date

import pandas as pd

from helpers.derive.codes import ABSENT, ATTENDED
from helpers.derive.membership import BOUND_STATUS, binding_bodies
from helpers.derive.record import Record
from helpers.loaders import dates

FEWEST_EXPECTED = 3  # exercises at which a state must have been expected for them to say how it came
CAME, AWAY, OPEN = "came", "away", "open"


def memberships(record: Record) -> pd.DataFrame:
    """The rows of `memberships` in bodies that bind."""
    table = record.data["memberships"]
    return table[table["body"].isin(binding_bodies(record.data["bodies"]))]


def widest_spells(record: Record) -> list[tuple[str, str, date, date]]:
    """State, body, first and last day of each spell by the reading that begins first and the one that ends last."""
    table = memberships(record)
    spells = []
    for (state, body), group in table[table["status"].isin(BOUND_STATUS)].groupby(["iso3", "body"]):
        starts = [dates.parse(text)[0] for text in group["start"] if text]
        ends = [dates.parse(text)[1] for text in group["end"] if text]
        spells.append((str(state), str(body), min(starts, default=date.min), max(ends, default=date.max)))
    return spells


def is_seldom_expected(record: Record, state: str) -> bool:
    """Whether a state was expected at fewer than `FEWEST_EXPECTED` of the held exercises on record."""
    return len(record.of(state)) < FEWEST_EXPECTED


def find_exercises_as_member(record: Record, state: str, origin: str = "") -> pd.DataFrame:
    """Find the held exercises of a record that fall into a state's time as a member.

    Parameters
    ----------
    record
        The record.
    state
        ISO code.
    origin
        Origin of which no report shall show an absence; blank if every one may.

    Returns
    -------
    DataFrame
        One row an exercise in order of time: exercise_id, start_earliest, code, expected (bool), how (came and away: by
        its code, or away because a report that somebody read names the state as absent; open).
    """
    held = record.register[record.register["status"] == "held"]
    spells = [(first, last) for one, _, first, last in widest_spells(record) if one == state]
    days = held["start_earliest"].dt.date
    inside = pd.Series(False, index=held.index)
    for first, last in spells:
        inside |= days.between(first, last)
    cells = record.attendance[record.attendance["iso3"] == state]
    own = held.loc[inside, ["exercise_id", "start_earliest"]].merge(
        cells[["exercise_id", "code", "expected"]], on="exercise_id"
    )
    away = own["code"].isin(ABSENT) | own["exercise_id"].isin(_named_absent(record, state, origin))
    how = pd.Series(OPEN, index=own.index, dtype=object).mask(away, AWAY).mask(own["code"].isin(ATTENDED), CAME)
    return own.assign(how=how).sort_values(["start_earliest", "exercise_id"]).reset_index(drop=True)


def _named_absent(record: Record, state: str, origin: str) -> set[str]:
    """The exercises of which a report that somebody read, of another origin, names a state as absent."""
    reports = record.data["reports"].merge(
        record.data["sources"][["source_id", "origin_id", "original_seen"]], on="source_id"
    )
    named = reports["absent"].map(lambda states: state in states).astype(bool)
    deprecated = reports["deprecated_fields"].map(lambda fields: "absent" in fields).astype(bool)
    told = named & ~deprecated & reports["original_seen"].astype(bool) & (reports["origin_id"] != origin)
    return set(reports.loc[told, "exercise_id"])
