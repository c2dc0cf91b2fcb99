"""What the notebook on robustness says, and the sentence on it that other pages repeat."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from helpers.analyses.robustness.choices import TREATMENTS, build_grid
from helpers.analyses.robustness.findings import ATTENDANCE, QUESTIONS
from helpers.analyses.robustness.multiverse import explore
from helpers.analyses.robustness.reversals import Reversal, find_reversals, judge
from helpers.analyses.robustness.wording import (
    format_range,
    format_value,
    name_choices,
    name_findings,
    plain,
    say_condition,
    say_fallen,
)
from helpers.derive.codes import SETTLED
from helpers.derive.record import Record
from helpers.display.finding import Finding
from helpers.display.phrases import count, day, escape, listed, number, percent

NAMED = 3  # things that a sentence can name
TREATMENTS_AND_LISTS = (*TREATMENTS, "lists")  # choices that leave the exercises in question the same
EXACT = 1e-6  # a share of so many is a whole number up to this


def describe_reversal(record: Record, question: str = "since") -> Finding:
    """What it takes to reverse one finding: the sentence for front page, README and the first notebook.

    Parameters
    ----------
    record
        The record. Its choices are tried here, which takes about half a second.
    question
        One of `findings.QUESTIONS`.
    """
    grid = build_grid(record)
    found = find_reversals(judge(explore(record, grid, (question,)), grid))
    if not found:
        name, since = escape(record.name), day(record.split)
        expected = (record.of(record.focus)["start_earliest"] >= record.split).any()
        if not expected:
            return Finding(
                f"{name} was expected at none of the exercises since {since}, so there is nothing to reverse."
            )
        return Finding(f"Too little is known of {name} since {since} to try other choices of method.")
    return say_reversal(record, found[0])


def say_reversal(record: Record, one: Reversal) -> Finding:
    """What it takes to reverse a finding that the sentence before has named (`reversals.find_reversals`)."""
    alone, unclear = len(one.alone), name_choices(one.unclear[:NAMED])
    few = f"Too little is known to tell under {unclear}." if unclear else ""
    if alone == 1:
        headline, detail = "One single choice of method reverses this.", f"It is {name_choices(one.alone)}."
    elif alone:
        headline = f"{number(alone).capitalize()} single choices of method reverse this."
        detail = f"The easiest is {name_choices(one.alone[:1])}."
    elif one.least:
        enough = " that leaves enough to tell" if one.unclear else ""
        headline = f"No single choice of method{enough} reverses this; it takes {number(len(one.least))} at once."
        detail = f"The easiest are {name_choices(one.least)}."
    else:
        headline, detail = _say_firm(record, one), _say_gap(record, one)
    return Finding(headline, detail, few, k=alone, n=one.tried, unit="single choices of method that reverse it")


def _say_firm(record: Record, one: Reversal) -> str:
    """That no set of choices reverses a finding, or none but those that read open cases against it."""
    name, key = escape(record.name), (one.question, one.answer)
    enough = " that leaves enough to tell" if one.unclear else ""
    read = {("since", 1): "as attendance", ("since", 2): "as absence"}.get(key, "against it")
    if one.gap == ():  # open cases alone
        choice = "that leaves enough" if one.unclear else "of method"
        return f"No choice {choice} reverses this, other than reading every open case {read}."
    if one.gap:
        choice = "that leaves enough" if one.unclear else "of method"
        return f"No choice {choice} reverses this by itself; open cases would have to be read {read} too."
    return {
        ("since", 1): f"No choice of method{enough} makes {name} a regular guest.",
        ("since", 2): f"By no choice of method{enough} did {name} miss more than one exercise in ten.",
    }.get(key, f"No choice of method{enough or ' that was tried'} reverses this, alone or together with others.")


def _say_gap(record: Record, one: Reversal) -> str:
    """What it takes beyond choices: that the cases that are not clear all went against the finding."""
    if one.gap is None:
        return ""
    return f"Only if {listed(_say_needed(one))} would it {_say_end(record, one)}."


def _say_needed(one: Reversal) -> list[str]:
    """The things that it takes beyond choices, each as it stands behind 'if'."""
    verb = {("since", 1): "it came", ("since", 2): "it stayed away"}.get((one.question, one.answer))
    if verb:
        last = f"{verb} wherever {'that leaves' if one.gap else 'sources leave it'} open"
    else:
        last = "every case left open went against it"
    return [*(say_condition(choice) for choice in one.gap or ()), last]


def _say_end(record: Record, one: Reversal) -> str:
    """What would then be so, behind 'it would': 'have come to four of 20'."""
    if one.question != "since" or one.answer == 0:
        return "fall"
    share = one.gap_high if one.answer == 1 else one.gap_low
    own = record.of(record.focus)
    n = int((own["start_earliest"] >= record.split).sum())
    whole = round(share * n)
    if abs(share * n - whole) > EXACT or any(axis not in TREATMENTS_AND_LISTS for axis, _ in one.gap or ()):
        return f"have come to {percent(share)} of the exercises"
    came = f"all {number(n)}" if whole == n else f"{_none(whole)} of {number(n)}"
    return f"have come to {came}"


def describe_answer(record: Record, found: Sequence[Reversal]) -> Finding:
    """How the findings fare under single choices: the answer of the notebook."""
    if not found:
        return Finding("The record has no finding on which other choices of method could be tried.")
    claims, total = name_findings(record), len(found)
    weak = [one for one in found if one.alone]
    firm = [one for one in found if one.least is None]
    if not weak:
        enough = " that leaves enough to tell" if any(one.unclear for one in found) else ""
        headline = f"No single choice of method{enough} reverses any of the {number(total)} findings."
    elif len(weak) == total:
        headline = f"Each of the {number(total)} findings falls under one other choice of method or another."
    else:
        headline = f"{number(total - len(weak)).capitalize()} of {number(total)} findings {'stands' if total - len(weak) == 1 else 'stand'} under every single choice of method that was tried."
    detail = " ".join(
        f"{say_fallen(record, one.question, one.other_value, one.other_answer)} if {say_condition(one.alone[0])}."
        for one in weak
    )
    first = [one.alone[0] for one in weak]
    unnamed = list(dict.fromkeys(choice for one in weak for choice in one.alone if choice not in first))
    if unnamed:
        which = name_choices(unnamed) if len(unnamed) <= NAMED else count(len(unnamed), "other choice")
        these = "this finding" if len(weak) == 1 else "at least one of these findings"
        each = ", each by itself" if len(unnamed) > 1 else ""
        detail += f" {these.capitalize()} falls also under {which}{each}."
    if firm and len(firm) == total - len(weak):
        lead = f"*{claims[firm[0].question, firm[0].answer]}*"
        others = f"{lead} stands" if len(firm) == 1 else f"{lead} and {count(len(firm) - 1, 'other')} stand"
        detail += f" {others} under every combination of choices."
    return Finding(
        headline, detail.strip(), _say_same_cases(found), k=total - len(weak), n=total, unit="findings that stand"
    )


def _say_same_cases(found: Sequence[Reversal]) -> str:
    """Which findings are one, since they read the same cases."""
    same = [one for one in found if QUESTIONS[one.question].rests_on == ATTENDANCE]
    if len(same) < 2:
        return ""
    others = len(found) - len(same)
    rest = f"; {'the other rests' if others == 1 else 'the others rest'} on other columns" if others else ""
    return f"The {number(len(same))} on attendance read the same cases and count as one{rest}."


def caption_choices(found: Sequence[Reversal]) -> dict[str, str]:
    """Around the picture of findings and choices."""
    weak = sum(bool(one.alone) for one in found)
    title = f"{number(len(found) - weak).capitalize()} of {number(len(found))} findings stand whichever single choice is made otherwise"
    title = title if weak else "No single choice made otherwise reverses a finding"
    return {
        "title": title,
        "subtitle": "Each row makes one choice otherwise than the first. Blue: the finding stands; red: it falls; "
        "hollow: too little is known; empty: the choice has no bearing on it. Numbers: shares; points "
        "by which the share changed; days (d) or years (y) after the day from which absences count; times as many a year.",
    }


def describe_open_cases(record: Record, found: Sequence[Reversal]) -> Finding:
    """Whether findings stand if the cases that are not clear went one way or the other: bounds, and no choices."""
    own = [one for one in found if QUESTIONS[one.question].rests_on == ATTENDANCE]
    cases = record.of(record.focus)
    open_ = cases[~cases["code"].isin(SETTLED)]
    since = int((open_["start_earliest"] >= record.split).sum())
    name, claims = escape(record.name), name_findings(record)
    if not own:
        return Finding(f"Nothing is said here on the attendance of {name}, so no unclear case bears on it.")
    fragile = [one for one in own if not one.certain]
    every = "the finding on attendance" if len(own) == 1 else "every finding on attendance"
    if len(fragile) == len(own):
        headline, detail = f"If every unclear case went against it, {every} would fall.", ""
    elif fragile:
        headline = f"If every unclear case went against it, {number(len(fragile))} of {number(len(own))} findings on attendance would fall."
        named = listed(f"*{claims[one.question, one.answer]}*" for one in fragile)
        detail = f"{'It is' if len(fragile) == 1 else 'They are'} {named}."
    else:
        headline, detail = f"However the unclear cases went, {every} stands.", ""
    lead = next((one for one in own if one.question == "since" and one.certain and one.gap), None)
    if lead is not None:
        claim = f"*{claims[lead.question, lead.answer]}*"
        needed = _say_needed(lead)
        things = f"takes {count(len(needed), 'thing')}: {', and '.join(needed)}"
        detail = f"{detail} To reverse {claim} it {things}; then it would {_say_end(record, lead)}.".strip()
    before = len(open_) - since
    where = f"Of the exercises at which {name} was expected, {_none(before)} before {day(record.split)} and {_none(since)} after it {'is' if before + since == 1 else 'are'} not clear."
    return Finding(
        headline, detail, where, k=len(own) - len(fragile), n=len(own), unit="findings on attendance that stand"
    )


def _none(value: int) -> str:
    return number(value) if value else "none"


def tabulate_reversals(record: Record, found: Sequence[Reversal], needed: Mapping[str, int | None]) -> pd.DataFrame:
    """What it takes to reverse each finding, as a reader's table (`reversals.find_reversals`, `sensitivity.count_errors_needed`)."""
    claims = name_findings(record)
    return pd.DataFrame(
        {
            "finding": [plain(claims[one.question, one.answer]) for one in found],
            "its number": [format_value(one.question, one.value) for one in found],
            "if unclear cases all went one way": [format_range(one.question, one.low, one.high) for one in found],
            "single choices that reverse it": [f"{len(one.alone) or 'none'} of {one.tried}" for one in found],
            "choices, and how open cases would have to fall": [_easiest(one) for one in found],
            "wrong cases in a hundred that put it in doubt": [
                "more than 20" if needed.get(one.question) is None else str(needed[one.question]) for one in found
            ],
        }
    )


def _easiest(one: Reversal) -> str:
    """The mildest of the smallest sets of choices that reverse a finding, and what open cases must add, for a table."""
    if one.least:
        return "; ".join(level for _, level in one.least)
    if one.gap is None:
        return "none was found"
    return "; ".join([*(level for _, level in one.gap), "every unclear case against it"])
