"""Sentences on why a state stayed away, and the words around their figure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from helpers.analyses.disengagement.reasons import NONE, reasons_of
from helpers.analyses.disengagement.status import find_milestones
from helpers.analyses.disengagement.wording import so_many
from helpers.derive.record import Record
from helpers.display.finding import Finding
from helpers.display.phrases import day, escape, listed, month, number, possessive

FEW = 3  # years that a sentence lists at most
OTHERS = {"organiser": "the organiser", "third_party": "the press"}


def describe_reasons(record: Record) -> Finding:
    """How many of its absences the focal state explained, and how many others explained for it.

    Parameters
    ----------
    record
        As for `reasons_of`.

    Returns
    -------
    Finding
        With k of n: the absences that the state itself gave a reason for, of all.
    """
    reasons, name, what = reasons_of(record), escape(record.name), _what(record)
    unit = f"{what}s missed"
    if record.of(record.focus).empty:
        return Finding(f"{name} was expected at no {what}.", k=0, n=0, unit=unit)
    if reasons.empty:
        headline = f"{name} is known to have missed no {what}, so that there is no absence to explain."
        return Finding(headline, k=0, n=0, unit=unit)
    return Finding(
        _headline(reasons, name, what),
        " ".join(filter(None, [_when(reasons), _by_others(reasons), _frozen(record, reasons)])),
        "A silence may be the sources' own.",
        k=_own(reasons),
        n=len(reasons),
        unit=unit,
    )


def _what(record: Record) -> str:
    return "meeting" if record.scope.classes == ("meeting",) else "exercise"


def _own(reasons: pd.DataFrame) -> int:
    """How many absences the state itself explained."""
    return int((reasons["voice"] == "state").sum())


def _headline(reasons: pd.DataFrame, name: str, what: str) -> str:
    k, n = _own(reasons), len(reasons)
    if n == 1:
        return f"{name} gave {'a' if k else 'no'} reason of its own for the one {what} that it missed."
    if not k:
        return f"{name} gave no reason of its own for any {what} that it missed."
    if k == n:
        return f"{name} gave a reason of its own for every {what} that it missed."
    return f"{name} gave a reason of its own for {so_many(k, n).replace(' of ', ' of the ')} {what}s that it missed."


def _when(reasons: pd.DataFrame) -> str:
    """When it was away, if it gave no reason at all; else the figure has the numbers by year."""
    n, when = len(reasons), sorted(set(reasons["year"]))
    if n == 1:
        return f"That was in {when[0]}."
    if _own(reasons):
        return ""
    span = f"in {listed(str(year) for year in when)}" if len(when) <= FEW else f"from {when[0]} to {when[-1]}"
    return f"It missed {number(n)} {span}."


def _frozen(record: Record, reasons: pd.DataFrame) -> str:
    """That the state had called its part frozen before its latest unexplained absences, which may stand for a reason."""
    steps = [step for step in find_milestones(record) if step.kind == "frozen"]
    silent = reasons[reasons["voice"] != "state"]
    after = silent[silent["start_earliest"] >= steps[-1].day] if steps else silent.head(0)
    if after.empty:
        return ""
    which = "all these" if len(after) == len(silent) else f"{number(len(after))} of these"
    return f"{possessive(escape(record.name))} freeze of {month(steps[-1].day)} may stand for a reason of {which}."


def _by_others(reasons: pd.DataFrame) -> str:
    """Who explains the absences that the state did not."""
    others = reasons.loc[reasons["voice"] != "state", "voice"]
    voices = [(who, int((others == voice).sum())) for voice, who in OTHERS.items() if (others == voice).any()]
    if not voices:
        return ""
    (first, count), *rest = voices
    if len(others) == 1:
        return f"{first.capitalize()} gives one for it."
    lead = "Of these" if len(others) == len(reasons) else f"Of the other {number(len(others))}"
    return f"{lead} {listed([f'{first} explains {number(count)}', *(f'{who} {number(more)}' for who, more in rest)])}."


def reasons_strip(record: Record) -> dict[str, str]:
    """Title, subtitle and footer of `figures_reasons.reasons_strip`."""
    return {
        "title": describe_reasons(record).headline.replace("\\", "").rstrip("."),
        "subtitle": f"One square a missed {_what(record)}; beside it how many were explained, and by whom.",
        "footer": "A reason counts whether given ahead or after; that of a joint exercise stands for its parts. "
        f"Sources to {day(*record.last_days)}. Data: reports.csv.",
    }


def row_label(row: Mapping[str, Any], name: str) -> str:
    """Who explained the absences of one year (a row of `reasons_by_year`), as a label beside its squares."""
    if row[NONE] == row["missed"]:
        return "no reason given"
    voices = {"state": name} | OTHERS | {NONE: "nobody"}
    return ", ".join(f"{row[voice]} by {who}" for voice, who in voices.items() if row[voice])
