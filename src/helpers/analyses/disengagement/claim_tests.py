"""The tests that a dated claim can be put to: each says in words what the record holds, and gives a verdict."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pandas as pd

from helpers.analyses.disengagement.time_as_member import (
    AWAY,
    find_exercises_as_member,
    is_seldom_expected,
    memberships,
    widest_spells,
)
from helpers.analyses.disengagement.time_as_member import CAME as CAME_THEN
from helpers.derive.codes import ABSENT, ATTENDED, SETTLED
from helpers.derive.membership import BOUND, BOUND_STATUS, bound_spells, members_on
from helpers.derive.record import Record
from helpers.derive.scope import held_cells
from helpers.loaders import dates

VERDICTS = ["holds", "holds in part", "contradicted", "cannot be tested"]
HOLDS, PART, AGAINST, OPEN = VERDICTS
FLOOR = 3  # cases in a window, fewer of which bear out nothing
Claim = Mapping[str, Any]
Judgement = tuple[str, str]  # what the record holds, in words, and the verdict


def _until(claim: Claim, record: Record) -> date:
    """The last day that a claim speaks of: without an end, the last of the record."""
    return dates.parse(claim["until"])[1] if claim["until"] else record.last_day.date()


def _starts(claim: Claim) -> list[date]:
    """The first day of a claim's window, or both ends of a vague one."""
    return sorted(set(dates.parse(claim["since"])))


def _meetings(record: Record) -> pd.DataFrame:
    table = record.whole_register
    return held_cells(table[table["event_type"] == "meeting"], record.whole_attendance)


def _in_window(claim: Claim, record: Record, cases: pd.DataFrame, verdict_of: Callable[..., str]) -> Judgement:
    """Missed, attended and unknown cases of the subject from each start on; a verdict only where all starts agree.

    `cases` has a row a case of the subject: start_earliest, missed, attended (bool).
    """
    last, said_on = _until(claim, record), dates.parse(claim["said_on"])
    end = "the day it was said" if said_on == (last, last) else str(last)
    found, verdicts = [], set()
    for start in _starts(claim):
        inside = cases[cases["start_earliest"].between(pd.Timestamp(start), pd.Timestamp(last))]
        missed, attended = int(inside["missed"].sum()), int(inside["attended"].sum())
        unknown = len(inside) - missed - attended
        found.append(
            f"{len(inside)} cases from {start} to {end}: missed {missed}, attended {attended}, {unknown} unknown"
        )
        verdicts.add(verdict_of(missed, attended, unknown))
    return "; ".join(found), verdicts.pop() if len(verdicts) == 1 else OPEN


def _expected_cases(claim: Claim, held: pd.DataFrame) -> pd.DataFrame:
    """The subject's cases among held events at which it was expected, as `_in_window` counts them."""
    own = held[held["iso3"] == claim["subject"]]
    return own.assign(missed=own["code"].isin(ABSENT), attended=own["code"].isin(ATTENDED))


def _in_exercises(claim: Claim, record: Record, verdict_of: Callable[..., str]) -> Judgement:
    """The exercises at which the subject was expected; if these are too few, all of its time as a member."""
    if not is_seldom_expected(record, claim["subject"]):
        return _in_window(claim, record, _expected_cases(claim, record.held), verdict_of)
    sources = record.data["sources"].set_index("source_id")
    then = find_exercises_as_member(record, claim["subject"], sources.at[claim["source_id"], "origin_id"])
    found, verdict = _in_window(
        claim, record, then.assign(missed=then["how"] == AWAY, attended=then["how"] == CAME_THEN), verdict_of
    )
    return f"exercises of its time as a member, {found}", verdict


def _none_attended(missed: int, attended: int, unknown: int) -> str:
    if attended:
        return AGAINST
    if missed < FLOOR:
        return OPEN
    return PART if unknown else HOLDS


def _missed_all(claim: Claim, record: Record) -> Judgement:
    return _in_exercises(claim, record, _none_attended)


def _skipped_meetings(claim: Claim, record: Record) -> Judgement:
    found, verdict = _in_window(claim, record, _expected_cases(claim, _meetings(record)), _none_attended)
    return f"meetings, {found}", verdict


def _missed_at_least(claim: Claim, record: Record) -> Judgement:
    def enough(missed: int, attended: int, unknown: int) -> str:
        if missed >= claim["number"]:
            return HOLDS
        few = missed + attended + unknown < FLOOR
        return OPEN if few or missed + unknown >= claim["number"] else AGAINST

    return _in_exercises(claim, record, enough)


def _first_missed(claim: Claim, record: Record) -> Judgement:
    """Where the unbroken run of misses up to the day of the words begins, of exercises and of meetings."""
    said_on = pd.Timestamp(dates.parse(claim["said_on"])[1])
    first, last = pd.Timestamp(_starts(claim)[0]), pd.Timestamp(_until(claim, record))
    found, inside = [], []
    for kind, held in [("exercises", record.held), ("meetings", _meetings(record))]:
        own = held[(held["iso3"] == claim["subject"]) & (held["start_earliest"] <= said_on)]
        known = own[own["code"].isin(SETTLED)]
        run = known[known["code"].isin(ABSENT)[::-1].cummin()[::-1].astype(bool)]
        if len(run) >= FLOOR:
            found.append(f"{kind} missed from {run['start_earliest'].iloc[0]:%Y-%m-%d}, {len(run)} in a row")
            inside.append(run["start_earliest"].iloc[0] >= first and run["start_earliest"].iloc[0] <= last)
    return "; ".join(found) or f"no run of {FLOOR} misses", _of_readings(inside)


def _of_readings(agree: list[bool]) -> str:
    """The verdict where a claim can be read in several ways."""
    if not agree:
        return OPEN
    return HOLDS if all(agree) else PART if any(agree) else AGAINST


def _of_cases(agree: int, half: int, against: int, n: int) -> str:
    """The verdict on a claim about n named exercises: one that is settled against as many as fit it is contradicted."""
    if agree == n:
        return HOLDS
    if against and against >= agree + half:
        return AGAINST
    return PART if agree or half else OPEN


def _at(claim: Claim, record: Record, wanted: tuple[str, ...], other: tuple[str, ...]) -> Judgement:
    """Who only watched neither took part nor stayed away: half of either."""
    cells = record.whole_attendance
    codes = cells[cells["iso3"] == claim["subject"]].set_index("exercise_id")["code"]
    found = [codes.get(exercise, "unknown") for exercise in claim["exercise_ids"]]
    pairs = zip(claim["exercise_ids"], found, strict=True)
    agree, half, against = (sum(code in group for code in found) for group in (wanted, WATCHED, other))
    words = ", ".join(f"{exercise}: {code.replace('_', ' ')}" for exercise, code in pairs)
    return words, _of_cases(agree, half, against, len(found))


WATCHED = ("observer",)
CAME = tuple(code for code in ATTENDED if code not in WATCHED)


def _absent_at(claim: Claim, record: Record) -> Judgement:
    return _at(claim, record, ABSENT, (*CAME, "not_held"))


def _present_at(claim: Claim, record: Record) -> Judgement:
    return _at(claim, record, CAME, (*ABSENT, "not_held"))


def _registered(claim: Claim, record: Record) -> pd.DataFrame:
    """The register's rows of a claim's exercises, those that no other origin reports left out."""
    table = record.whole_register.set_index("exercise_id")
    return table.loc[[exercise for exercise in claim["exercise_ids"] if exercise in table.index]]


def _status_is(claim: Claim, record: Record) -> Judgement:
    table = _registered(claim, record)
    disputed = table["conflicts"].map(lambda fields: "status" in fields).any()
    agree = int((table["status"] == claim["value"]).sum())
    found = ", ".join(f"{row.Index}: {row.status}" for row in table.itertuples())
    if disputed:
        return f"{found}; sources conflict", PART
    return found, _of_cases(agree, 0, len(table) - agree, len(claim["exercise_ids"]))


def _host_is(claim: Claim, record: Record) -> Judgement:
    table = _registered(claim, record)
    there = table["hosts"].map(lambda hosts: claim["value"] in hosts) & (table["status"] == "held")
    disputed = table["conflicts"].map(lambda fields: "hosts" in fields)
    elsewhere = ~there & table["hosts"].map(bool)
    rows = zip(table.index, table["status"], table["hosts"], strict=True)
    found = ", ".join(f"{exercise}: {status}, host {'/'.join(hosts)}" for exercise, status, hosts in rows)
    agree, half = int((there & ~disputed).sum()), int((there & disputed).sum())
    return found, _of_cases(agree, half, int(elsewhere.sum()), len(claim["exercise_ids"]))


def _members_by_reading(record: Record, day: date) -> dict[str, set[str]]:
    """The members on a day by the kind of date that ends a spell first, and by the one that ends it last."""
    last = {state for state, _, first, end in widest_spells(record) if first <= day <= end}
    return {"the first date of leaving": members_on(bound_spells(record.data), BOUND, day), "the last": last}


def _members(claim: Claim, record: Record) -> Judgement:
    day = _until(claim, record)
    counts = {reading: len(states) for reading, states in _members_by_reading(record, day).items()}
    verdict = _of_readings([number == claim["number"] for number in counts.values()])
    if len(set(counts.values())) == 1:
        return f"{min(counts.values())} on {day}", verdict
    return f"on {day}: " + ", ".join(f"{number} by {reading}" for reading, number in counts.items()), verdict


def _notices(record: Record, state: str, until: date) -> tuple[list[str], list[str]]:
    """The bodies with a rule of exit that a state joined, and the days of the notices that it gave them."""
    bodies = record.data["bodies"]
    ruled = set(bodies.loc[bodies["exit_rule"] != "", "body"])
    own = memberships(record)
    own = own[(own["iso3"] == state) & own["body"].isin(ruled) & own["status"].isin(BOUND_STATUS)]
    days = own.loc[(own["date_basis"] == "notice") & (own["end"] != ""), "end"]
    return sorted(own["body"].unique()), [text for text in days if dates.parse(text)[0] <= until]


def _no_notice(claim: Claim, record: Record) -> Judgement:
    """A notice counts from its day, not from its effect."""
    day = _until(claim, record)
    bodies, given = _notices(record, claim["subject"], day)
    if not bodies:
        return "no rule of exit is coded", OPEN
    if given:
        return f"notice on {given[0]}", AGAINST
    return f"no notice to {' or '.join(bodies)} by {day}", HOLDS


def _has_left(claim: Claim, record: Record) -> Judgement:
    day = _until(claim, record)
    gone = [claim["subject"] not in states for states in _members_by_reading(record, day).values()]
    _, given = _notices(record, claim["subject"], day)
    notice = f"notice on {given[0]}" if given else "no notice on record"
    bound = {HOLDS: "not bound", PART: "bound by the last date of leaving only", AGAINST: "bound"}
    verdict = _of_readings(gone)
    return f"{bound[verdict]} on {day}; {notice}", verdict


def _took_status(claim: Claim, record: Record) -> Judgement:
    """A status of membership that began in the window, by each kind of date."""
    own = memberships(record)
    own = own[(own["iso3"] == claim["subject"]) & (own["status"] == claim["value"]) & (own["start"] != "")]
    if own.empty:
        return f"no status {claim['value']} on record", AGAINST
    since = _starts(claim)[0] if claim["since"] else date.min
    spans = [dates.parse(text) for text in own["start"]]
    inside = [since <= first and last <= _until(claim, record) for first, last in spans]
    told = ", ".join(f"{row.date_basis.replace('_', ' ')} {row.start}" for row in own.itertuples())
    return f"{claim['value']} by {told}", _of_readings(inside)


def _nth_to_leave(claim: Claim, record: Record) -> Judgement:
    """How many had left before, body by body: a treaty and the organisation made of it are left apart."""
    day = _until(claim, record)
    spells = widest_spells(record)
    gone: dict[str, set[str]] = {body: set() for _, body, *_ in spells}
    for state, body, _, end in spells:
        if end < day and state != claim["subject"]:
            gone[body].add(state)
    found = ", ".join(f"{body} {len(states)} ({'/'.join(sorted(states)) or 'none'})" for body, states in gone.items())
    return f"had left by {day}: {found}", _of_readings([len(states) == claim["number"] - 1 for states in gone.values()])


def _no_test(claim: Claim, record: Record) -> Judgement:
    return "", OPEN


TESTS: dict[str, Callable[[Claim, Record], Judgement]] = {
    "missed_all": _missed_all,
    "missed_at_least": _missed_at_least,
    "skipped_meetings": _skipped_meetings,
    "first_missed": _first_missed,
    "absent_at": _absent_at,
    "present_at": _present_at,
    "host_is": _host_is,
    "status_is": _status_is,
    "has_left": _has_left,
    "no_notice": _no_notice,
    "took_status": _took_status,
    "members": _members,
    "nth_to_leave": _nth_to_leave,
    "said": _no_test,  # by its entries alone
    "untestable": _no_test,
}
