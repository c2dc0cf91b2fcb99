"""Sentences on who sat for a state at the meetings that it attended."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

import pandas as pd

from helpers.analyses.disengagement.representation import (
    GROUPS,
    NOBODY,
    UNKNOWN,
    UNTOLD,
    levels_at_meetings,
    levels_by_window,
)
from helpers.analyses.disengagement.status import OUT, find_milestones, is_member
from helpers.derive.record import Record
from helpers.display.finding import Finding
from helpers.display.phrases import count, escape, month, number

WHO = {  # of a level below the leader's: who came, in words
    "minister": "a minister or the head of an institution",
    "deputy": "a deputy",
    "envoy": "an envoy or official",
}
UNIT = "meetings attended"


def describe_representation(record: Record) -> Finding:
    """Who came to the meetings that the focal state attended since the cutpoint.

    Parameters
    ----------
    record
        Its meetings are those of the scope's years.

    Returns
    -------
    Finding
        With k of n: the meetings that its leader came to, of those that it attended since.
    """
    levels = levels_at_meetings(record)
    windows = levels_by_window(levels[levels["iso3"] == record.focus], record.split).set_index("window")
    name, since = escape(record.name), f"since {month(record.split)}"
    row = cast(dict[str, int], windows.to_dict("index").get("since"))
    if not row:
        return Finding(_unexpected(record, name, since), k=0, n=0, unit=UNIT)
    leader, came = row["head"], sum(row[level] for level in (*GROUPS, UNTOLD))
    return Finding(
        _headline(name, since, leader, came, row[UNTOLD]),
        _detail(row),
        _doubt(row[UNKNOWN]),
        k=leader,
        n=came,
        unit=UNIT,
    )


def _unexpected(record: Record, name: str, since: str) -> str:
    """Why a state was expected at no meeting: it had left before, or none is on record."""
    out = [step for step in find_milestones(record) if step.kind in OUT]
    if not out or is_member(record) or out[-1].day >= pd.Timestamp(record.split):
        return f"{name} was expected at no meeting on record {since}."
    how = "left" if out[-1].kind == "left" else "suspended its membership"
    return f"{name} has had no seat at meetings since it {how} in {month(out[-1].day)}."


def _headline(name: str, since: str, leader: int, came: int, untold: int) -> str:
    if not came:
        return f"{name} is known to have come to no meeting {since}."
    attended = f"{name} has come to {count(came, 'meeting')} {since}"
    if not leader:
        return f"{attended}; no source places its leader there."
    if came == 1:
        return f"{attended}, with its leader."
    share = ("both" if came == 2 else "all") if leader == came else f"{'at least ' if untold else ''}{number(leader)}"
    return f"{attended}, {share} of them with its leader."


def _detail(row: Mapping[str, int]) -> str:
    sent = ", ".join(f"{who} to {number(row[level])}" for level, who in WHO.items() if row[level])
    untold = f"of {number(row[UNTOLD])} no source says who came" if row[UNTOLD] else ""
    words = "; ".join(filter(None, [f"it sent {sent}" if sent else "", untold]))
    sentences = [f"{words[:1].upper()}{words[1:]}." if words else ""]
    sentences.append(f"It stayed away from {number(row[NOBODY])}." if row[NOBODY] else "")
    return " ".join(filter(None, sentences))


def _doubt(unknown: int) -> str:
    return f"Not clear: {number(unknown)} more." if unknown else ""
