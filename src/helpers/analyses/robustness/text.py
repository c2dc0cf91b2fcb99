"""What the notebook on robustness says, and the sentence on it that other pages repeat."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from helpers.analyses.robustness.choices import build_grid
from helpers.analyses.robustness.findings import ATTENDANCE, QUESTIONS
from helpers.analyses.robustness.multiverse import explore
from helpers.analyses.robustness.reversals import Reversal, find_reversals, judge
from helpers.analyses.robustness.wording import (
    format_range,
    format_value,
    name_choices,
    name_findings,
    plain,
)
from helpers.derive.codes import SETTLED
from helpers.derive.record import Record
from helpers.display.finding import Finding
from helpers.display.phrases import count, day, escape, listed, number, percent

NAMED = 3  # things that a sentence can name


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
    return say_reversal(found[0])


def say_reversal(one: Reversal) -> Finding:
    """What it takes to reverse a finding that the sentence before has named (`reversals.find_reversals`)."""
    alone, unclear = len(one.alone), name_choices(one.unclear[:NAMED])
    few = f"Too little is known to tell under {unclear}." if unclear else ""
    if alone == 1:
        headline, detail = "One single choice of method reverses this.", f"It is {name_choices(one.alone)}."
    elif alone:
        headline = f"{number(alone).capitalize()} single choices of method reverse this."
        detail = f"The easiest is {name_choices(one.alone[:1])}."
    elif one.least:
        headline = f"No single choice of method reverses this; it takes {number(len(one.least))} at once."
        detail = f"The easiest are {name_choices(one.least)}."
    else:
        headline = "No choice of method that was tried reverses this, alone or together with others."
        detail = _say_gap(one)
    return Finding(headline, detail, few, k=alone, n=one.tried, unit="single choices of method that reverse it")


def _say_gap(one: Reversal, lead: str = "It takes") -> str:
    """What it takes beyond choices: that the cases that are not clear all went against the finding."""
    if one.gap is None:
        return ""
    against = {("since", 1): "as attendance", ("since", 2): "as absence"}.get((one.question, one.answer), "against it")
    ends = {("since", 1): f"to at most {percent(one.gap_high)}", ("since", 2): f"to at least {percent(one.gap_low)}"}
    bound = ends.get((one.question, one.answer), "")
    even = f": it would then have come {bound} of the exercises." if bound else "."
    if not one.gap:
        return f"{lead} every unclear case read {against}{even}"
    return f"{lead} {name_choices(one.gap)} and, at once, every case that is then unclear read {against}{even}"


def describe_answer(record: Record, found: Sequence[Reversal]) -> Finding:
    """How the findings fare under single choices: the answer of the notebook."""
    if not found:
        return Finding("The record has no finding on which other choices of method could be tried.")
    claims, total = name_findings(record), len(found)
    weak = [one for one in found if one.alone]
    firm = [one for one in found if one.least is None]
    if not weak:
        headline = f"No single choice of method reverses any of the {number(total)} findings."
    elif len(weak) == total:
        headline = f"Each of the {number(total)} findings falls under one other choice of method or another."
    else:
        headline = f"{number(total - len(weak)).capitalize()} of {number(total)} findings {'stands' if total - len(weak) == 1 else 'stand'} under every single choice of method that was tried."
    falls = [f"*{claims[one.question, one.answer]}* falls under {_name_alone(one)}" for one in weak]
    detail = f"{'; '.join(falls)}." if falls else ""
    if firm and len(firm) == total - len(weak):
        lead = f"*{claims[firm[0].question, firm[0].answer]}*"
        others = f"{lead} stands" if len(firm) == 1 else f"{lead} and {count(len(firm) - 1, 'other')} stand"
        detail += f" {others} under every combination of choices."
    return Finding(
        headline, detail.strip(), _say_same_cases(found), k=total - len(weak), n=total, unit="findings that stand"
    )


def _name_alone(one: Reversal) -> str:
    """The single choices that reverse a finding: the one, or how many and the easiest."""
    easiest = name_choices(one.alone[:1])
    return easiest if len(one.alone) == 1 else f"{count(len(one.alone), 'choice')}, the easiest {easiest}"


def _say_same_cases(found: Sequence[Reversal]) -> str:
    """Which findings are one, since they read the same cases."""
    same = [one for one in found if QUESTIONS[one.question].rests_on == ATTENDANCE]
    kinds = len({QUESTIONS[one.question].rests_on for one in found})
    if len(same) < 2:
        return ""
    rest = f", so that {number(kinds)} findings are independent" if kinds > 1 else ""
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
        "by which the share changed; time from the dividing day (d days, y years); times as many a year.",
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
        detail = f"{detail} To reverse {claim} {_say_gap(lead, 'it takes')}".strip()
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
            "the easiest way": [_easiest(one) for one in found],
            "wrong cases in a hundred that put it in doubt": [
                "more than 20" if needed.get(one.question) is None else str(needed[one.question]) for one in found
            ],
        }
    )


def _easiest(one: Reversal) -> str:
    """The mildest of the smallest sets of choices that reverse a finding, for a table."""
    if one.least:
        return "; ".join(level for _, level in one.least)
    if one.gap is None:
        return "none was found"
    return "; ".join([*(level for _, level in one.gap), "every unclear case against it"])
