"""Sentences on one member's attendance, on where it stands, and on how sure both are.

The answer (`describe_attendance`), the status line (`describe_status`) and the words around the picture (`who_came_texts`)
stand on the front page, in the README and in several notebooks: they are worded here alone.
"""

from __future__ import annotations

from functools import lru_cache

import pandas as pd

from helpers.analyses.disengagement.absences import count_evidence, find_absences
from helpers.analyses.disengagement.days import same_days, split_event, split_reason
from helpers.analyses.disengagement.measures import (
    LONG_RUN,
    Attendance,
    compute_attendance,
    members_today,
)
from helpers.analyses.disengagement.status import (
    OUT,
    Milestone,
    exit_rule,
    find_disputed,
    find_milestones,
    is_member,
    last_day_as_member,
)
from helpers.analyses.disengagement.wording import (
    as_title,
    before_only,
    begin_sentence,
    counts_of,
    doubt_of,
    noun,
    share_of,
    so_many,
    what_it_did,
    with_article,
)
from helpers.derive.codes import ABSENT, ATTENDED
from helpers.derive.record import RECORDS, Record
from helpers.display.finding import Finding
from helpers.display.house_style import faults_of
from helpers.display.phrases import (
    NO_BREAK,
    count,
    day,
    escape,
    listed,
    month,
    number,
    possessive,
    short_day,
    years,
)


@lru_cache(RECORDS)
def describe_attendance(record: Record) -> Finding:
    """The answer: does the focal state still come, how was it before, and what weakens that.

    The same finding stands for a member that stopped, kept coming, returned, never came, joined late, left, or was never
    expected; which of them it is follows from the data.
    """
    attendance = compute_attendance(record)
    name, kind = escape(record.name), f"{escape(record.organisation)} {noun(record)}"
    counts = dict(k=attendance.since.came, n=attendance.since.known, unit=f"{noun(record)}s")
    if not attendance.before.expected + attendance.since.expected:
        return Finding(f"{name} was expected at none of the {kind}s on record.", _why_none(record), **counts)
    if not attendance.since.expected:
        return Finding(before_only(record, attendance, kind), _standing(record), doubt_of(record, attendance), **counts)
    if not attendance.since.known:
        headline = f"No source settles whether {name} has come to any {kind} since {month(record.split)}."
        return Finding(headline, f"Before that it came to {share_of(attendance.before)}.", **counts)
    headline = f"{name} {what_it_did(record, attendance, kind)}."
    parts = (counts_of(record, attendance), _last_came(record, attendance), _elsewhere(record, attendance))
    detail = " ".join(filter(None, parts))
    return Finding(headline, detail, doubt_of(record, attendance), **counts)


def _elsewhere(record: Record, attendance: Attendance) -> str:
    """What a state that stays away still does: meetings, membership, notice."""
    if attendance.since.came:
        return ""
    parts = []
    own = record.meetings().of(record.focus)
    came = own[own["code"].isin(ATTENDED)]
    last = attendance.last_came
    if len(came) and (last is None or came.iloc[-1]["start_earliest"] > last["start_earliest"]):
        until = came.iloc[-1]["start_earliest"]
        gone = (own["code"].isin(ABSENT) & (own["start_earliest"] > until)).any()
        parts.append(f"went to meetings until {month(until)}" if gone else f"went to a meeting in {month(until)}")
    parts += _membership(record)
    return f"It {listed(parts)}." if parts else ""


def _last_came(record: Record, attendance: Attendance) -> str:
    """When a state that stopped last came, and what sources conflict on since."""
    last = attendance.last_came
    if last is None or attendance.run.iloc[-1]["came"] or not (attendance.stopped or len(attendance.run) >= LONG_RUN):
        return ""
    disputed = find_disputed(record, last["start_earliest"])
    more = ""
    if len(disputed) == 1:
        more = f"; sources conflict on one {noun(record)} in {month(disputed.iloc[0]['start_earliest'])}"
    elif len(disputed):
        more = f"; sources conflict on {number(len(disputed))} {noun(record)}s since"
    return f"It last came in {month(last['start_earliest'])}{more}."


def _membership(record: Record) -> list[str]:
    """Whether it is still a member, and whether it gave notice."""
    if not is_member(record):
        return ["is no longer a member"]
    notice = [step for step in find_milestones(record) if step.kind == "notice"]
    given = f"gave notice of leaving in {month(notice[-1].day)}" if notice else "has given no notice of leaving"
    return ["is still a member", given] if len(record.data.get("events", ())) else ["is still a member"]


def _standing(record: Record) -> str:
    """Membership in one sentence."""
    out = [step for step in find_milestones(record) if step.kind in OUT]
    if out and not is_member(record):
        how = "left" if out[-1].kind == "left" else "suspended its membership"
        return f"It {how} in {month(out[-1].day)}."
    return f"It {listed(_membership(record))}."


def _why_none(record: Record) -> str:
    """Why a state was expected at nothing: it was no member, or belonged to no force that trained."""
    out = [step for step in find_milestones(record) if step.kind in OUT]
    last = last_day_as_member(record)
    gone = out[-1].day if out else last
    first = record.register["start_earliest"].iloc[0]
    if gone is not None and gone < first:
        return f"It left in {month(gone)}; the first on record was held in {first.year}."
    return "It was a member, but belonged to none of the forces that trained." if gone is not None else ""


def describe_status(record: Record) -> Finding:
    """Where the focal state stands, in a line: membership, what it said, and whether notice was given.

    The detail alone is the line for the front page and the member's page.
    """
    name, body = escape(record.name), escape(record.organisation)
    steps = [step for step in find_milestones(record) if step.kind != "returned"]
    member = is_member(record)
    if member:
        headline = f"{name} is still a member of the {body}."
    elif any(step.kind in OUT for step in steps):
        headline = f"{name} is no longer a member of the {body}."
    else:
        headline = f"{name} is not a member of the {body}."
    parts = [f"{escape(step.words)}, {day(step.day)}" for step in steps]
    if member and not any(step.kind == "notice" for step in steps) and len(record.data.get("events", ())):
        parts.append(_no_notice(record, steps))
    line = " · ".join(parts)
    detail = f"{line[0].upper()}{line[1:]}." if line else ""
    waited = (record.last_day - steps[-1].day).days if steps and member else None
    return Finding(headline, detail, n=waited, unit="days since the last of these" if waited is not None else "")


def _no_notice(record: Record, steps: list[Milestone]) -> str:
    rule = exit_rule(record)
    under = f"notice under {escape(rule)}" if rule else "notice of leaving"
    return f"{'' if steps else 'no word of leaving and '}no {under} to {day(*record.last_days)}"


def describe_split(record: Record) -> Finding:
    """Why the cutpoint is where it is, and which other days would give the same."""
    reason, attendance = split_reason(record), compute_attendance(record)
    stands = f"{day(record.split)}: {escape(reason)}." if reason else f"{day(record.split)} divides before and since."
    if not attendance.stopped:
        return Finding(stands, _whose_day(record))
    first, last = same_days(record)
    if pd.isna(first):
        return Finding(stands, "Any earlier day gives the same counts.")
    before = ", so that the change may lie before it" if first < pd.Timestamp(record.split) else ""
    detail = f"Any day from {day(first)} to {day(last)} gives the same counts{before}."
    return Finding(stands, detail, _at_the_word(record, attendance))


def _whose_day(record: Record) -> str:
    """That the day is another state's, if the focal state did not stop on it."""
    event = split_event(record)
    if event is None or event["subject"] not in record.names or event["subject"] == record.focus:
        return ""
    whose = possessive(escape(record.names[event["subject"]]))
    return f"The day is {whose}; for {escape(record.name)} it only divides the record."


def _at_the_word(record: Record, attendance: Attendance) -> str:
    """How the absences stand to the day on which the state said that it would stay away or leave."""
    steps = [step for step in find_milestones(record) if step.kind in {"frozen", "will_leave", "notice"}]
    if not steps or attendance.since.came:
        return ""
    cases = attendance.cases[attendance.cases["start_earliest"] >= pd.Timestamp(record.split)]
    before, after = (cases["start_earliest"] < steps[0].day).sum(), (cases["start_earliest"] >= steps[0].day).sum()
    if not before or not after:
        return ""
    said = {"frozen": "called its part frozen", "will_leave": "said that it will leave", "notice": "gave notice"}
    return (
        f"{escape(record.name)} missed {so_many(before, before)} before it {said[steps[0].kind]} in "
        f"{month(steps[0].day)}, and {so_many(after, after)} since."
    )


def describe_evidence(record: Record) -> Finding:
    """Whose word the focal state's absences since the cutpoint rest on: three kinds that add up to all of them."""
    missed, name = find_absences(record), escape(record.name)
    since = record.of(record.focus)["start_earliest"] >= pd.Timestamp(record.split)
    if not since.any():
        return Finding(f"{name} was expected at none since {month(record.split)}.")
    if missed.empty:
        return Finding(f"No source says that {name} missed any since {month(record.split)}.")
    found, n = count_evidence(record), len(missed)
    kinds = (
        (found.own_word, f"{name} or the organiser announced ", ""),
        (found.reported, "others reported ", ""),
        (found.by_list, "", f" follow{'s' if found.by_list == 1 else ''} from lists without {name}"),
    )
    (k, before, after), *rest = (kind for kind in kinds if kind[0])
    if n == 1:
        one = f"{before}its absence from {escape(missed.iloc[0]['name'])}{after}."
        return Finding(begin_sentence(one))
    whole = so_many(k, n) if k == n else f"{number(k)} of the {number(n)}"
    clauses = [f"{before}{whole} absences{after}", *(f"{start}{number(k)}{end}" for k, start, end in rest)]
    headline = Finding(f"{begin_sentence('; '.join(clauses))}.")
    more = ""
    if faults_of(headline):
        headline, more = Finding(f"{begin_sentence(clauses[0])}."), f"{begin_sentence('; '.join(clauses[1:]))}."
    parts = [more]
    if 0 < found.statements < found.own_word:
        parts.append(f"{begin_sentence(count(found.statements, 'statement'))} cover the {number(found.own_word)}.")
    if found.beside_lists:
        parts.append(
            f"Of {so_many(found.beside_lists, found.by_list).replace(' of ', ' of the ')} from lists, weaker reports say the same."
        )
    return Finding(headline.headline, " ".join(filter(None, parts)))


def who_came_texts(record: Record) -> dict[str, str]:
    """Title, subtitle and footer of `plot_who_came`."""
    held = record.register[record.register["status"] == "held"]
    kind = noun(record)
    joint = "; a joint exercise with parts counts once" if record.scope.unit == "umbrella" else ""
    subtitle = (
        f"Each mark is {with_article(kind)} and a member that was expected at it, "
        f"{years(int(held['year'].min()), int(held['year'].max()))}{joint}"
    )
    left_out = [state for state in record.states if state not in {*members_today(record), record.focus}]
    former = f" Not drawn: {listed(record.names[one] for one in left_out)}, no longer a member." if left_out else ""
    return {
        "title": as_title(describe_attendance(record).headline),
        "subtitle": subtitle,
        "footer": "Blank: the member was not bound, or not in the force that trained. Not clear: sources conflict, leave it "
        f"open, or give one list for several {kind}s.{former} Sources to {day(*record.last_days)}.",
    }


def strip_texts(record: Record, state: str) -> dict[str, str]:
    """Title, subtitle and footer of `plot_member_strip`."""
    found = compute_attendance(record, state)
    name, kind = record.names[state], noun(record)
    known, came = found.before.known + found.since.known, found.before.came + found.since.came
    if not known:
        title = f"{name}: no clear case"
    elif known == 1:
        title = f"{name} {'came to' if came else 'stayed away from'} the only {kind} on which sources are clear"
    else:
        title = f"{name} came to {so_many(came, known)} {kind}s on which sources are clear"
    return {
        "title": title,
        "subtitle": f"Each mark is {with_article(kind)} at which it was expected",
        "footer": f"Sources to {short_day(record.last_day).replace(NO_BREAK, ' ')}.",
    }
