"""Reads first and last days from the sentences of a text, in English or with Cyrillic months."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from helpers.commands import draft_cues as cues
from helpers.commands.draft_words import Found, Sentence, short

D, M, Y = r"(?P<d{0}>\d{{1,2}})(?:st|nd|rd|th)?", r"(?P<m{0}>[^\W\d_]{{3,}})\.?", r"(?:,?\s+(?P<y{0}>(?:19|20)\d\d))?"
TO = r"\s*(?:-|–|—|\bto\b|\bthrough\b|\buntil\b|\btill\b|\band\b|\bпо\b|\bдо\b)\s*"
RANGES = [
    D.format(1) + r"\s+" + M.format(1) + Y.format(1) + TO + D.format(2) + r"\s+" + M.format(2) + Y.format(2),
    M.format(1) + r"\s+" + D.format(1) + Y.format(1) + TO + M.format(2) + r"\s+" + D.format(2) + Y.format(2),
    D.format(1) + TO + D.format(2) + r"\s+" + M.format(2) + Y.format(2),
    M.format(2) + r"\s+" + D.format(1) + TO + D.format(2) + Y.format(2),
]
SINGLES = [D.format(1) + r"\s+" + M.format(1) + Y.format(1), M.format(1) + r"\s+" + D.format(1) + Y.format(1)]
BEFORE, BEHIND = 6, 4  # words between a day and the verb that makes it the first or the last


class Days(NamedTuple):
    """A first and a last day, or one of the two, ISO; blank if not given."""

    start: str
    end: str


def days_of(own: Sequence[Sentence], told: Sequence[Sentence], year: int | None) -> dict[str, Found]:
    """Draft the first and the last day.

    Parameters
    ----------
    own
        Sentences that may speak of the exercise.
    told
        Those of them that name it.
    year
        The year of days that are given without one; None if none is known.

    Returns
    -------
    dict
        start and end, as far as the text settles them, each with its sentence.
    """
    held = [one for one in own if one in told or one.has(cues.RUNS)]
    for sentence in held:
        for days in _ranges(sentence.text, year):
            return {"start": Found(days.start, short(sentence.text)), "end": Found(days.end, short(sentence.text))}
    found: dict[str, Found] = {}
    for sentence in [*told, *(one for one in own if one not in told and one.has({*cues.BEGINS, *cues.ENDS}))]:
        for name, day in _ends(sentence, year):
            found.setdefault(name, Found(day, short(sentence.text)))
    if len(found) == 2 and found["end"].value < found["start"].value:
        return {}
    return found


def _ranges(text: str, year: int | None) -> Iterator[Days]:
    """Spans of days; one without a year, or that ends before it begins, is left out."""
    for pattern in RANGES:
        for match in re.finditer(pattern, text, re.IGNORECASE):
            parts = match.groupdict()
            last = parts.get("y2") or parts.get("y1") or year
            end = _day(parts["d2"], parts["m2"], last)
            start = _day(parts["d1"], parts.get("m1") or parts["m2"], parts.get("y1") or last)
            if start and end and start <= end:
                yield Days(start, end)


def _ends(sentence: Sentence, year: int | None) -> Iterator[tuple[str, str]]:
    """Single days that a verb makes the first or the last."""
    for pattern in SINGLES:
        for match in re.finditer(pattern, sentence.text, re.IGNORECASE):
            parts = match.groupdict()
            day = _day(parts["d1"], parts["m1"], parts["y1"] or _year_of(sentence.text) or year)
            if day and (name := _which(sentence, match.start(), match.end())):
                yield name, day


def _year_of(text: str) -> str:
    """The year that a sentence names, if it names one only."""
    years = set(re.findall(r"\b((?:19|20)\d\d)\b", text))
    return years.pop() if len(years) == 1 else ""


def _which(sentence: Sentence, first: int, behind: int) -> str:
    """Whether the verb next to a day makes it the first (`start`) or the last (`end`); empty if none does."""
    before = [word.lemma for word in sentence.words if word.end <= first][-BEFORE:][::-1]
    after = [word.lemma for word in sentence.words if word.start >= behind][:BEHIND]
    for lemma in [*before, *after]:
        if lemma in cues.ENDS:
            return "end"
        if lemma in cues.BEGINS:
            return "start"
    return ""


def _day(day: str, month: str, year: Any) -> str:
    """An ISO day; empty if the word is no month, the day none of it, or the year not known."""
    number = _month(month.lower())
    if not number or not year:
        return ""
    try:
        return date(int(year), number, int(day)).isoformat()
    except ValueError:
        return ""


@cache
def _month(word: str) -> int:
    """The number of a month; 0 if the word is none."""
    import dateparser

    settings: Mapping[str, Any] = {"PARSERS": ["absolute-time"], "DATE_ORDER": "DMY"}
    found = dateparser.parse(f"1 {word} 2001", languages=["en", "ru"], settings=settings)
    return found.month if found and found.day == 1 and found.year == 2001 else 0
