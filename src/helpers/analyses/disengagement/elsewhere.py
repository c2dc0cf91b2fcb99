"""A state's exercises with others: those that the organisation itself did not run, read by the rules that all follow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

import pandas as pd

from helpers.derive.codes import ATTENDED
from helpers.derive.record import Record
from helpers.derive.register import NOT_HELD
from helpers.derive.reports import ON_THE_SPOT, rank_reports
from helpers.derive.statements import ATTENDS, side_of

CAME, WATCHED, AWAY, CALLED_OFF, OPEN = "came", "watched", "stayed away", "not held", "open"
TOOK_PART = (CAME, WATCHED)
TRAINING = ("exercise", "staff_event")  # what is training; police operations and meetings are not
FORESEEN = "C"  # the grade of what was only said before
NAMES_IT = {*ATTENDS, "absent", "jointly"}  # what a report says of a state that it names
COLUMNS = ["exercise_id", "name", "start_earliest", "start_latest", "partners", "part"]


class Partner(NamedTuple):
    """How often a state trained with a partner, or with any, since the cutpoint."""

    partner: str  # its code; blank for all together
    came: int  # to watch, too
    known: int
    open: int


def find_exercises_with_others(record: Record, state: str) -> pd.DataFrame:
    """Find the exercises and staff events of others at which reports name a state as there, as awaited or as away.

    Nobody is expected at them, so that not to be named says nothing. What the state did follows from its cell and from the
    exercise's status: came or watched (its code as a guest at one that was held, if reports from during or after it say so),
    stayed away (a report that somebody read says so), not held, and open for the rest: what plans alone say.

    Parameters
    ----------
    record
        The record; its scope plays no part.
    state
        ISO code.

    Returns
    -------
    DataFrame
        One row an exercise in order of time: exercise_id, name, start_earliest, start_latest, partners (tuple of the codes
        of all others that reports from during or after it name as taking part, or if there are none those from before),
        part (came, watched, stayed away, not held or open).
    """
    table = record.whole_register
    others = table[~table["is_own"] & table["event_type"].isin(TRAINING)]
    cells = record.whole_attendance
    seen = (cells["iso3"] == state) & (cells["grade"] < FORESEEN)
    codes = dict(cells.loc[seen, ["exercise_id", "code"]].itertuples(index=False))
    reports = record.data["reports"]
    ranked = rank_reports(reports[reports["exercise_id"].isin(others["exercise_id"])], record.data["sources"])
    told = defaultdict(list)
    for report in ranked[ranked["original_seen"].astype(bool)].itertuples():
        told[report.exercise_id].append(report)
    rows = []
    for row in others.itertuples():
        own = told[row.exercise_id]
        sides = {side_of(report, state) for report in own}
        if sides & NAMES_IT:
            part = _part(codes.get(row.exercise_id, ""), row.status, "absent" in sides)
            there = find_states_there(own) - {state}
            rows.append((row.exercise_id, row.name, row.start_earliest, row.start_latest, tuple(sorted(there)), part))
    found = pd.DataFrame(rows, columns=COLUMNS)
    return found.sort_values(["start_earliest", "exercise_id"]).reset_index(drop=True)


def _part(code: str, status: str, is_away: bool) -> str:
    if status == "held" and code in ATTENDED:
        return WATCHED if code == "observer" else CAME
    if is_away:
        return AWAY
    return CALLED_OFF if status in NOT_HELD else OPEN


def find_states_there(reports: Sequence[Any]) -> set[str]:
    """The states that reports of one exercise name as taking part.

    Parameters
    ----------
    reports
        Rows of `reports`. Those from during or after the exercise are asked first, the others only if these name no state.

    Returns
    -------
    set of str
        ISO codes, hosts of an exercise among them.
    """
    for in_time in (True, False):
        asked = [report for report in reports if (report.phase in ON_THE_SPOT) == in_time]
        named = {state for report in asked for state in (*report.participants, *report.hosts)}
        there = {state for state in named if any(side_of(report, state) == "present" for report in asked)}
        if there:
            return there
    return set()


def count_partners(record: Record) -> list[Partner] | None:
    """The focal state's exercises with others since the cutpoint, in all and by partner.

    Returns
    -------
    list of Partner or None
        First that of all together, then one a partner, most often met first, then by name. None if no exercise of the state
        with others was looked for; an empty list if there is none since.
    """
    if not count_look_ups(record):
        return None
    since = _since(record)
    if since.empty:
        return []
    partners = {one for there in since["partners"] for one in there}
    found = [_count(since[[one in there for there in since["partners"]]], one) for one in partners]
    return [_count(since), *sorted(found, key=lambda one: (-one.came, record.names[one.partner]))]


def count_with_members(record: Record) -> int:
    """At how many of its exercises with others since the cutpoint the focal state met members of its own organisation."""
    own = _since(record)
    members = record.members - {record.focus}
    return sum(bool(members & set(there)) for there in own.loc[own["part"].isin(TOOK_PART), "partners"])


def _since(record: Record) -> pd.DataFrame:
    """The focal state's exercises with others since the cutpoint, without those called off."""
    own = find_exercises_with_others(record, record.focus)
    return own[(own["start_latest"] >= pd.Timestamp(record.split)) & (own["part"] != CALLED_OFF)]


def _count(own: pd.DataFrame, partner: str = "") -> Partner:
    is_open = own["part"] == OPEN
    return Partner(partner, int(own["part"].isin(TOOK_PART).sum()), int((~is_open).sum()), int(is_open.sum()))


def count_look_ups(record: Record) -> int:
    """How many look-ups of the search log asked for exercises of the focal state with others (its column `iso3`)."""
    log = record.data.get("search_log")
    return 0 if log is None else int((log["iso3"] == record.focus).sum())
