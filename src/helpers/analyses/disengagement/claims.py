"""Dated claims put to the record: what each says, what the record holds, and whether the two agree.

Verdicts are computed, so that a new report can turn them. `holds`: the record agrees and leaves nothing open. `holds in
part`: nothing contradicts it, or part of it. `contradicted`: a settled cell, date or status says otherwise. `cannot be
tested`: the record holds nothing on it, or leaves the point open.
"""

import pandas as pd

from helpers.derive.codes import ABSENT, ATTENDED
from helpers.derive.membership import BOUND, bound_spells, members_on
from helpers.derive.record import Record
from helpers.derive.scope import held_cells
from helpers.loaders import dates

VERDICTS = ["holds", "holds in part", "contradicted", "cannot be tested"]
HOLDS, PART, AGAINST, OPEN = VERDICTS
LEGAL = 5  # the rung of a legal step


def judge(record: Record) -> pd.DataFrame:
    """One row a claim: claim_id, said_on, said_by, claim, record (what the record holds, in words), verdict.

    Counts are of the record's scope, single exercises of the whole record; claims without an end are tested up to its last day.
    """
    rows = []
    for claim in record.data["claims"].to_dict("records"):
        found, verdict = TESTS[claim["test"]](claim, record)
        rows.append(
            {
                **{key: claim[key] for key in ("claim_id", "said_on", "said_by", "claim", "subject")},
                "record": found,
                "verdict": verdict,
            }
        )
    table = pd.DataFrame(rows, columns=["claim_id", "said_on", "said_by", "claim", "subject", "record", "verdict"])
    return table.sort_values(["said_on", "claim_id"]).reset_index(drop=True)


def _window(claim, last_day):
    """First and last day (Timestamps) that a claim speaks of."""
    since = pd.Timestamp(dates.parse(claim["since"])[0]) if claim["since"] else pd.Timestamp.min
    until = pd.Timestamp(dates.parse(claim["until"])[1]) if claim["until"] else last_day
    return since, until


def _missed(claim, held, last_day):
    """Missed, attended and unknown cells of the claim's subject in its window."""
    since, until = _window(claim, last_day)
    own = held[(held["iso3"] == claim["subject"]) & held["start_earliest"].between(since, until)]["code"]
    missed, attended = int(own.isin(ABSENT).sum()), int(own.isin(ATTENDED).sum())
    return missed, attended, len(own) - missed - attended


def _told(missed, attended, unknown):
    return f"missed {missed}, attended {attended}, {unknown} unknown"


def _missed_all(claim, record):
    return _each_missed(_missed(claim, record.held, record.last_day))


def _each_missed(counts):
    missed, attended, unknown = counts
    if attended:
        return _told(*counts), AGAINST
    if not missed:
        return _told(*counts), OPEN
    return _told(*counts), PART if unknown else HOLDS


def _missed_at_least(claim, record):
    missed, _, unknown = counts = _missed(claim, record.held, record.last_day)
    if missed >= claim["number"]:
        return _told(*counts), HOLDS
    return _told(*counts), OPEN if missed + unknown >= claim["number"] else AGAINST


def _missed_exactly(claim, record):
    missed, _, unknown = counts = _missed(claim, record.held, record.last_day)
    if not missed <= claim["number"] <= missed + unknown:
        return _told(*counts), AGAINST
    return _told(*counts), PART if unknown else HOLDS


def _at(claim, cells, wanted, other):
    own = cells[(cells["iso3"] == claim["subject"]) & cells["exercise_id"].isin(claim["exercise_ids"])].set_index(
        "exercise_id"
    )["code"]
    found = [own[exercise] for exercise in claim["exercise_ids"]]
    agree, against = sum(code in wanted for code in found), sum(code in (*other, "not_held") for code in found)
    record = ", ".join(
        f"{exercise}: {code.replace('_', ' ')}" for exercise, code in zip(claim["exercise_ids"], found, strict=True)
    )
    if agree == len(found):
        return record, HOLDS
    if agree:
        return record, PART
    return record, AGAINST if against else OPEN


def _absent_at(claim, record):
    return _at(claim, record.whole_attendance, ABSENT, ATTENDED)


def _present_at(claim, record):
    return _at(claim, record.whole_attendance, ATTENDED, ABSENT)


def _skipped_meetings(claim, record):
    meetings = record.whole_register[record.whole_register["event_type"] == "meeting"]
    found, verdict = _each_missed(_missed(claim, held_cells(meetings, record.whole_attendance), record.last_day))
    return f"meetings: {found}", verdict


def _has_left(claim, record):
    _, until = _window(claim, record.last_day)
    events = record.data["events"]
    steps = events[
        (events["subject"] == claim["subject"]) & (events["direction"] == "disengage") & (events["rung"] == LEGAL)
    ]
    days = dates.bounds(steps["date"])["latest"]
    done = steps[(days <= until).to_numpy()]
    if claim["subject"] not in members_on(bound_spells(record.data), BOUND, until.date()):
        return f"not bound on {until:%Y-%m-%d}", HOLDS
    told = f"legal step on {done['date'].iloc[-1]}" if len(done) else "no notice or legal step on record"
    return f"bound on {until:%Y-%m-%d}; {told}", AGAINST


def _said_will_leave(claim, record):
    since, _ = _window(claim, record.last_day)
    events = record.data["events"]
    own = events[(events["subject"] == claim["subject"]) & (events["direction"] == "disengage")]
    days = dates.bounds(own["date"])["earliest"]
    said = own[((days == since) & (own["track"] == "statements_own")).to_numpy()]
    legal = own[((days >= since) & (own["rung"] == LEGAL)).to_numpy()]
    if said.empty:
        return f"no such statement on {since:%Y-%m-%d}", AGAINST
    found = f"on {since:%Y-%m-%d}: {said['what'].iloc[0].rstrip('.')}; "
    return (
        (found + f"legal step on {legal['date'].iloc[0]}", HOLDS)
        if len(legal)
        else (found + "no legal step since", PART)
    )


def _members(claim, record):
    _, until = _window(claim, record.last_day)
    states = sorted(members_on(bound_spells(record.data), BOUND, until.date()))
    found = f"{len(states)} on {until:%Y-%m-%d}: {', '.join(states)}"
    return found, HOLDS if len(states) == claim["number"] else AGAINST


def _status_is(claim, record):
    table = record.whole_register.set_index("exercise_id").loc[list(claim["exercise_ids"])]
    disputed = table["conflicts"].map(lambda fields: "status" in fields)
    agree = (table["status"] == claim["value"]).sum()
    found = ", ".join(f"{row.Index}: {row.status}" for row in table.itertuples()) + (
        "; sources conflict" if disputed.any() else ""
    )
    if disputed.any():
        return found, PART
    return found, HOLDS if agree == len(table) else PART if agree else AGAINST


def _untestable(claim, record):
    return "nothing to test it by", OPEN


TESTS = {
    "missed_all": _missed_all,
    "missed_at_least": _missed_at_least,
    "missed_exactly": _missed_exactly,
    "absent_at": _absent_at,
    "present_at": _present_at,
    "skipped_meetings": _skipped_meetings,
    "has_left": _has_left,
    "said_will_leave": _said_will_leave,
    "members": _members,
    "status_is": _status_is,
    "untestable": _untestable,
}
