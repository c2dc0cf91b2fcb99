"""Clauses of the answer: what a member did, so many of so many, and what weakens it."""

from __future__ import annotations

import html
import re

import pandas as pd

from helpers.analyses.disengagement.absences import find_recurring_outlet, find_source_sets
from helpers.analyses.disengagement.measures import (
    LONG_RUN,
    Attendance,
    Counts,
    compute_attendance,
    count_other_events,
    count_without_lists,
)
from helpers.derive.record import Record
from helpers.display.phrases import count, escape, listed, month, number, of_all


def noun(record: Record) -> str:
    """What a scope's exercises are called, in the singular: 'exercise', 'meeting', 'event'."""
    classes = record.scope.classes
    return classes[0].replace("_", " ") if len(classes) == 1 else "event"


def what_it_did(record: Record, attendance: Attendance, kind: str) -> str:
    """What the state has done since the cutpoint, without the name."""
    since, run = attendance.since, attendance.run
    limit = " on which sources are clear" if since.open else ""
    first = attendance.cases[attendance.cases["start_earliest"] >= pd.Timestamp(record.split)].iloc[0]
    if attendance.returned and run.iloc[0]["start_earliest"] >= pd.Timestamp(record.split):
        return f"comes to {kind}s again since {month(run.iloc[0]['start_earliest'])}"
    if since.came and not run.iloc[-1]["came"] and len(run) >= LONG_RUN:
        return f"has stayed away from every {kind} since {month(run.iloc[0]['start_earliest'])}{limit}"
    if since.known == 1:
        return f"{'came to' if since.came else 'stayed away from'} the only {kind} since {month(record.split)}{limit}"
    if not since.came:
        return f"has stayed away from every {kind} since {month(first['start_earliest'])}{limit}"
    return f"has come to {of_all(since.came, since.known, kind)} since {month(record.split)}{limit}"


def counts_of(record: Record, attendance: Attendance) -> str:
    """The counts in words: since the cutpoint, then before it."""
    since, before = attendance.since, attendance.before
    which = "" if since.open else " at which it was expected"
    if not since.came:
        start = f"It missed {so_many(since.known, since.known)}{which}"
    else:
        start = f"It came to {so_many(since.came, since.known)}{which}{_misses(record, attendance)}"
    if not before.expected:
        return f"{start}; before that it was expected at none."
    return f"{start}; before that it came to {share_of(before)}."


def _misses(record: Record, attendance: Attendance) -> str:
    """Which ones it missed since the cutpoint, if they are one or two."""
    cases = attendance.cases
    missed = cases[~cases["came"] & (cases["start_earliest"] >= pd.Timestamp(record.split))]
    return f" and missed {listed(escape(name) for name in missed['name'])}" if 0 < len(missed) <= 2 else ""


def share_of(counts: Counts) -> str:
    """So many of so many clear cases, in words."""
    if not counts.known:
        return f"none that sources are clear about, of {number(counts.expected)}"
    return so_many(counts.came, counts.known)


def as_title(sentence: str) -> str:
    """A headline as a figure shows it: without its full stop, and without the escapes that only Markdown needs."""
    return html.unescape(sentence.rstrip(".").replace("\\", ""))


def so_many(k: int, n: int) -> str:
    """So many of so many as a sentence says it: 'both', 'all nine', 'all 20', 'none of eight', '35 of 36'."""
    if n == 1:
        return "the only one" if k else "not the only one"
    if k == n:
        return "both" if n == 2 else f"all {number(n)}"
    return f"{number(k) if k else 'none'} of {number(n)}"


def begin_sentence(words: str) -> str:
    """Words that can begin a sentence: a numeral that stands first is spelled out, or does not stand first."""
    if re.match(r"[1-9][0-9](?![.,]?[0-9])", words):
        tens, ones = int(words[0]), int(words[1])
        words = (TEENS[ones] if tens == 1 else TENS[tens - 2] + (f"-{number(ones)}" if ones else "")) + words[2:]
    return f"In all, {words}" if words[0].isdigit() else words[0].upper() + words[1:]


TEENS = ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def with_article(kind: str) -> str:
    """A noun with its article: 'a meeting', 'an exercise'."""
    return f"an {kind}" if kind[0] in "AEIOaeio" else f"a {kind}"


def doubt_of(record: Record, attendance: Attendance) -> str:
    """What weakens the counts, as a consequence."""
    since, before = attendance.since, attendance.before
    parts = [_without_lists(record, since) if since.missed and not since.came else ""]
    parts += [_groups(record, since) if since.known and not since.came else ""]
    parts += [_unknown(noun(record), since.open, before.open), _other_events(record)]
    return " ".join(filter(None, parts))


def _without_lists(record: Record, since: Counts) -> str:
    """What is left of the absences if lists prove nothing, and with joint exercises counted once."""
    joint = record.in_unit("umbrella") if record.scope.unit != "umbrella" else None
    once = compute_attendance(joint).since if joint else None
    missed = so_many(once.known, once.known) if once and once.known and not once.came else ""
    again = f"Joint {noun(record)}s counted once, it missed {missed}" if missed else ""
    without = count_without_lists(record)
    if without == since:
        return f"{again}." if again else ""
    if joint and once and again:
        by_list = once.known - count_without_lists(joint).known
        again += (
            f", {number(by_list) if by_list < once.known else 'all'} of them by nothing but lists" if by_list else ""
        )
    return f"{_by_lists(since, without)} {again}." if again else _by_lists(since, without)


def _by_lists(since: Counts, without: Counts) -> str:
    """How many absences nothing but a list shows, and what is left without them."""
    k = since.known - without.known
    if not without.known:
        return f"{'All these absences rest' if k > 1 else 'This absence rests'} on nothing but lists."
    left = so_many(without.came, without.known) if without.known > 1 else "none"
    return f"{begin_sentence(number(k))} of these absences {'rest' if k > 1 else 'rests'} on nothing but lists; without {'them' if k > 1 else 'it'} it came to {left}."


def _groups(record: Record, since: Counts) -> str:
    """How many groups of reports the absences rest on, and that an outlet stands in several."""
    sets = find_source_sets(record)
    if not 1 < len(sets) < since.known:
        return ""
    outlet = find_recurring_outlet(sets)
    more = f", though outlets such as {escape(outlet)} recur" if outlet else ""
    return f"The absences rest on {number(len(sets))} groups of reports that share no original text{more}."


def _unknown(kind: str, since: int, before: int) -> str:
    """At how many exercises it is not known whether the state came."""
    if since and before:
        which = f"{number(since)} more since and {count(before, f'earlier {kind}')}"
    elif since or before:
        which = count(since, f"more {kind}") + " since" if since else count(before, f"earlier {kind}")
    else:
        return ""
    return f"Whether it came to {which} is not known."


def _other_events(record: Record) -> str:
    """How the state came to events of the kinds that are not counted."""
    kinds, counts = count_other_events(record)
    if not counts.expected:
        return ""
    words = listed(f"{kind.replace('_', ' ')}s" for kind in kinds)
    came = number(counts.came) if counts.came else "none"
    more = f"; {number(counts.open)} {'is' if counts.open == 1 else 'are'} not clear" if counts.open else ""
    return f"{begin_sentence(words)} are not counted here: of {number(counts.expected)} since, it came to {came}{more}."


def before_only(record: Record, attendance: Attendance, kind: str) -> str:
    """The headline for a state that was expected before the cutpoint only."""
    before, name = attendance.before, escape(record.name)
    own = record.of(record.focus)
    last = own.iloc[-1]
    if before.expected == 1:
        did = "stayed away" if before.known and not before.came else "came" if before.came else "may have come"
        return f"{name} was expected at one {kind}, {escape(last['name'])}, and {did}."
    came = f"came to {share_of(before)}"
    return f"{name} was last expected at {with_article(kind)} in {month(last['start_earliest'])}; it {came}."
