"""Sentences on why a state stayed away, and the words around their figure."""

from __future__ import annotations

import pandas as pd

from helpers.analyses.disengagement.reasons import NONE, reasons_by_year, reasons_of
from helpers.derive.record import Record
from helpers.display.finding import Finding
from helpers.display.phrases import day, escape

LONG = 6  # years that a sentence can list
FEW = 3  # absences after which their share says something
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
    own = reasons["voice"] == "state"
    return Finding(
        _headline(reasons, name, what),
        " ".join(filter(None, [_by_year(reasons), _by_others(reasons)])),
        "A reason that no source of this record prints does not show, so that a silence may be the sources' own.",
        k=int(own.sum()),
        n=len(reasons),
        unit=unit,
    )


def _what(record: Record) -> str:
    return "meeting" if record.scope.classes == ("meeting",) else "exercise"


def _headline(reasons: pd.DataFrame, name: str, what: str) -> str:
    k, n = int((reasons["voice"] == "state").sum()), len(reasons)
    if not k:
        missed = f"the one {what}" if n == 1 else f"any of the {n} {what}s"
        return f"{name} gave no reason of its own for {missed} that it missed."
    if k == n:
        return f"{name} gave a reason of its own for {'the one' if n == 1 else 'every'} {what} that it missed."
    explained, later = _turn(reasons)
    if len(explained) and len(later) >= FEW:
        amount = _amount(int((later["voice"] == "state").sum()), len(later))
        return f"{name} explained every {what} that it missed up to {explained['year'].max()}, and {amount} since."
    return f"{name} gave a reason of its own for {_amount(k, n)} of the {what}s that it missed."


def _turn(reasons: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The first years in which the state explained every absence, and the years after them."""
    silent = reasons.loc[reasons["voice"] != "state", "year"].min()
    return reasons[reasons["year"] < silent], reasons[reasons["year"] >= silent]


def _amount(k: int, n: int) -> str:
    """So many of so many as a word that can stand alone."""
    if not k:
        return "none"
    share = k / n
    return (
        "hardly any" if share < 0.1 else "fewer than half" if share < 0.5 else "most" if share < 0.9 else "nearly all"
    )


def _by_year(reasons: pd.DataFrame) -> str:
    years = list(reasons_by_year(reasons).itertuples())
    k, n = int((reasons["voice"] == "state").sum()), len(reasons)
    if n == 1:
        return f"That was in {years[0].year}."
    if not k:
        return f"It missed {_and([f'{row.missed} in {row.year}' for row in years])}." if len(years) <= LONG else ""
    if len(years) > LONG:
        return f"Its own reason is on record for {k} of {n}, from {years[0].year} to {years[-1].year}."
    told = [f"{_so_many(row.state, row.missed)} in {row.year}" for row in years]
    return f"Its own reason is on record for {_and(told)}."


def _so_many(k: int, n: int) -> str:
    if n == 1:
        return "the one" if k else "not the one"
    return f"all {n}" if k == n else f"{k or 'none'} of {n}"


def _by_others(reasons: pd.DataFrame) -> str:
    """Who explains the absences that the state did not."""
    others = reasons.loc[reasons["voice"] != "state", "voice"]
    voices = [(who, int((others == voice).sum())) for voice, who in OTHERS.items() if (others == voice).any()]
    if not voices:
        return ""
    if len(others) == 1:
        return f"{voices[0][0].capitalize()} gives one for it."
    (first, count), *rest = voices
    lead = "Of these" if len(others) == len(reasons) else f"Of the other {len(others)}"
    return f"{lead} {_and([f'{first} explains {count}', *(f'{who} {number}' for who, number in rest)])}."


def _and(parts: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(parts[:-1]), parts[-1]]))


def reasons_strip(record: Record) -> dict[str, str]:
    """Title, subtitle and footer of `figures_reasons.reasons_strip`."""
    return {
        "title": describe_reasons(record).headline.replace("\\", ""),
        "subtitle": f"One square a missed {_what(record)}; beside it how many were explained, and by whom.",
        "footer": "A reason counts whether given ahead or after; that of a joint exercise stands for its parts. "
        f"Sources to {day(record.last_day)}. Data: reports.csv.",
    }


def row_label(row: pd.Series, name: str) -> str:
    """Who explained the absences of one year (a row of `reasons_by_year`), as a label beside its squares."""
    voices = {"state": name} | OTHERS
    told = [f"{row[voice]} by {who}" for voice, who in voices.items() if row[voice]]
    if row[NONE] == row["missed"]:
        return "no reason given"
    return ", ".join([*told, f"{row[NONE]} by nobody"] if row[NONE] else told)
