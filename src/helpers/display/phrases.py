"""Numbers, days and names as English readers write them: one percent, one share, one span, one day.

Every text that a reader sees takes its numbers from here, and escapes what comes from the data with `escape`.
"""

from __future__ import annotations

import html
import re
import textwrap
from collections.abc import Iterable
from typing import Any

import pandas as pd

HARDLY_ANY, NEARLY_EVERY = 0.1, 0.9  # shares below and from which "hardly any" and "nearly every" are said
HALF = 0.5
WORDS = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
)  # larger numbers in digits
NO_BREAK = "\u00a0"  # a space at which no line ends
# Names of states that take an article: by what they say the state is, or by their plural.
_ARTICLE = re.compile(r"^United\b|\b(?:Republic|Kingdom|Emirates|Federation|Union|Islands)$|(?:lands|ines)$")


def escape(text: object) -> str:
    """Text from the data on one line, made safe for Markdown and HTML."""
    safe = html.escape(" ".join(str(text).split()), quote=False)
    return "".join("\\" + char if char in "\\`*_{}[]()|#~$<>!" else char for char in safe)


def number(value: float) -> str:
    """A whole number in words up to ten, with commas above: 'six', '1,347'; another with one place: '2.8'."""
    if float(value) % 1:
        return f"{value:,.1f}"
    whole = int(value)
    return WORDS[whole] if 0 <= whole < len(WORDS) else f"{whole:,}"


def count(value: float, one: str, many: str = "") -> str:
    """A number with its noun: 'one exercise', '20 exercises'."""
    return f"{number(value)} {one if value == 1 else many or one + 's'}"


def percent(share: float) -> str:
    """A share in per cent: '96%'."""
    return f"{share:.0%}"


def share(k: float, n: float) -> str:
    """A share as a table wants it: '14 of 15 (93%)'."""
    return f"{k:,.0f} of {n:,.0f} ({percent(k / n)})" if n else "none expected"


def span(low: float, high: float) -> str:
    """A range of shares in per cent, once if its ends are equal: '70–99%', '100%'."""
    if pd.isna(low) or pd.isna(high):
        return "not known"
    first, last = percent(low), percent(high)
    return first if first == last else f"{first.rstrip('%')}–{last}"


def between(low: float, high: float) -> str:
    """A range of whole numbers, once if its ends are equal: '18–20', '20'."""
    return f"{low:,.0f}" if low == high else f"{low:,.0f}–{high:,.0f}"


def years(first: int, last: int) -> str:
    """A range of years: '2022–25', '2022'."""
    if first == last:
        return str(first)
    return f"{first}–{last % 100:02d}" if first // 100 == last // 100 else f"{first}–{last}"


def of_all(k: float, n: float, noun: str) -> str:
    """How many of a kind, in the words of the house style: 'every exercise', 'most of the exercises', 'none of the exercises'.

    Parameters
    ----------
    k, n
        So many of so many; `n` is not 0.
    noun
        The kind, in the singular.
    """
    if k == 0:
        return f"none of the {noun}s"
    if k == n:
        return f"every {noun}"
    part = k / n
    if part < HARDLY_ANY:
        return f"hardly any of the {noun}s"
    if part < HALF:
        return f"fewer than half of the {noun}s"
    return f"most of the {noun}s" if part < NEARLY_EVERY else f"nearly every {noun}"


def all_of(k: int, n: int) -> str:
    """So many of so many, short: 'all 20', 'none of 20', '35 of 36'."""
    return f"none of {n:,}" if k == 0 else f"all {n:,}" if k == n else f"{k:,} of {n:,}"


def day(when: Any, last: Any = None) -> str:
    """A day in prose, as closely as it is known: '13 September 2022', 'September 2022', '2022'.

    Parameters
    ----------
    when
        The day, or the first that it can be.
    last
        The last day that it can be, if it is not known to the day.
    """
    first, end = pd.Timestamp(when), pd.Timestamp(when if last is None else last)
    if first == end:
        return f"{first.day} {first:%B %Y}"
    return f"{first:%B %Y}" if (first.year, first.month) == (end.year, end.month) else f"{first:%Y}"


def dated(first: Any, last: Any) -> str:
    """When something was, with its preposition: 'on 13 September 2022', 'in September 2022'."""
    return f"{'on' if first == last else 'in'} {day(first, last)}"


def month(when: Any) -> str:
    """A month in prose: 'September 2022'."""
    return f"{pd.Timestamp(when):%B %Y}"


def short_day(when: Any) -> str:
    """A day in tables and figures, unbroken: '26 Sep 2022'."""
    return (
        ""
        if pd.isna(when)
        else f"{pd.Timestamp(when).day}{NO_BREAK}{pd.Timestamp(when):%b}{NO_BREAK}{pd.Timestamp(when).year}"
    )


def p_value(p: float, floor: float = 0.0) -> str:
    """A p with two digits that count: 'p = 0.04', 'p < 0.001'; at the floor of a permutation test 'p at most 0.0005'."""
    if floor and p <= floor * (1 + 1e-9):
        return f"p at most {floor:.1g}"
    return "p < 0.001" if p < 0.001 else f"p = {p:.3f}" if p < 0.1 else f"p = {p:.2f}"


def probability(low: float, high: float) -> str:
    """A probability or its range, in words at the ends: 'practically none', 'practically certain', '0.12', '0.12–0.30'."""
    if high < 0.0005:
        return "practically none"
    if low > 0.9995:
        return "practically certain"
    first, last = f"{low:.2f}", f"{high:.2f}"
    return first if first == last else f"{first}–{last}"


def times(ratio: float, low: float, high: float) -> str:
    """A comparison of rates: 'about as often' where its interval holds 1, else 'twice as often', '1.4 times as often'."""
    if low <= 1 <= high:
        return "about as often"
    return "twice as often" if round(ratio, 1) == 2 else f"{ratio:.1f} times as often"


def listed(items: Iterable[str], last: str = "and") -> str:
    """Names in a row: 'Aland, Beland and Celand'; `last` is the word before the last."""
    names = list(items)
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {last} {names[-1]}" if names else ""


def spoken(name: str) -> str:
    """A state's name inside a sentence: 'Aland', 'the United States'."""
    return f"the {name}" if _ARTICLE.search(name) else name


def capital(text: str) -> str:
    """Words as they open a sentence: 'The United States'."""
    return text[:1].upper() + text[1:]


def possessive(name: str) -> str:
    """A name in the genitive: 'Aland's', 'the Philippines''."""
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def shorten(text: str, letters: int) -> str:
    """A text that fits its place: cut at a word, with an ellipsis."""
    return textwrap.shorten(text, letters, placeholder="…") if len(text) > letters else text
