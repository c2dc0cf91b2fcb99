"""The rules of words that a machine can hold a finding to. Tests run it on every finding of every notebook and scope."""

from __future__ import annotations

import re

from helpers.display.finding import Finding

MOST_WORDS, MOST_NUMBERS = 20, 2  # of a headline
MOST_INTERVALS = 1  # of a finding
BANNED = (  # a reader's words stand in their place: case, clear, exercises, source, step, choice, test, error
    *(
        "cell",
        "cells",
        "settled",
        "unsettled",
        "unit",
        "component",
        "components",
        "scope",
        "family",
        "families",
        "edition",
    ),
    *(
        "editions",
        "rung",
        "rungs",
        "universe",
        "universes",
        "placebo",
        "placebos",
        "nats",
        "nought",
        "fillings",
        "null",
    ),
    *("turned", "borne", "told", "defensible", "the other unit", "so many of", "umbrella", "umbrellas"),
)
_BANNED = re.compile(r"\b(" + "|".join(BANNED) + r")\b", re.IGNORECASE)
_NUMBER = re.compile(r"\b\d[\d,.]*\d\b|\b\d\b")
_YEAR = re.compile(
    r"\b(?:\d{1,2} )?(?:January|February|March|April|May|June|July|August|September|October|November|December) \d{4}\b|\b(?:19|20)\d\d(?:–\d\d)?\b"
)
_EQUAL_ENDS = re.compile(r"\b(\d[\d.,]*)(%?)–\1(%?)(?!\d)")
_INTERVAL = re.compile(r"\d[\d.,]*%?–\d")


def faults_of(finding: Finding, codes: frozenset[str] | set[str] = frozenset()) -> list[str]:
    """What is wrong with a finding's words, one line a fault; none if it keeps the house style.

    Parameters
    ----------
    finding
        The finding.
    codes
        Codes of states, which no sentence may hold.
    """
    headline, text = _bare(finding.headline), _bare(finding.text)
    found = []
    if len(headline.split()) > MOST_WORDS:
        found.append(f"the headline has {len(headline.split())} words; {MOST_WORDS} at most")
    if len(_NUMBER.findall(_YEAR.sub("", headline))) > MOST_NUMBERS:
        found.append(f"the headline has more than {MOST_NUMBERS} numbers")
    if re.search(r"[\[\](){}%]", headline):
        found.append("the headline has a bracket or a percentage")
    if _INTERVAL.search(_YEAR.sub("", headline)):
        found.append("the headline has an interval")
    if banned := _BANNED.search(text):
        found.append(f"{banned[0]!r} is none of a reader's words")
    if held := sorted(code for code in codes if re.search(rf"\b{code}\b", text)):
        found.append(f"{held[0]} is a code; states go by name")
    if "  " in text or " ," in text or " ." in text:
        found.append("a space too many")
    if _EQUAL_ENDS.search(_YEAR.sub("", text)):
        found.append("a range has equal ends")
    if len(_INTERVAL.findall(_YEAR.sub("", text))) > MOST_INTERVALS:
        found.append(f"more than {MOST_INTERVALS} interval")
    if text and not text.rstrip("*").rstrip().endswith((".", "?", "!", ":")):
        found.append("it ends without a full stop")
    return found


def _bare(text: str) -> str:
    """Text without addresses of links, emphasis and escapes."""
    return re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text).replace("**", "").replace("\\", "")
