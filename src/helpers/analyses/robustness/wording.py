"""What findings, numbers and choices are called: claims, the lines at which they fall, short heads for figures."""

from __future__ import annotations

import html
import math
import re
from collections.abc import Sequence

from helpers.analyses.robustness.choices import CONFLICTS, GRADE_WORDS, UNIT_WORDS, read_setting
from helpers.analyses.robustness.findings import AS_A_RULE, GREATER_PART, HARDLY_EVER
from helpers.derive.record import Record
from helpers.display.phrases import day, escape, listed, percent, possessive, years

Key = tuple[str, int]  # question and answer
HEADS = {  # a finding in two or three words
    ("since", 0): "came to some",
    ("since", 1): "stayed away",
    ("since", 2): "kept coming",
    ("change", 1): "came far less",
    ("change", 2): "came far more",
    ("break", 1): "missed within a year",
    ("break", 2): "came within a year",
    ("ties", 1): "weakest ties",
    ("others", 1): "others came",
    ("pace", 0): "pace as before",
    ("pace", 1): "slower pace",
    ("pace", 2): "faster pace",
    ("promises", 0): "not all held",
    ("promises", 1): "programmes kept",
}

_CONDITIONS = {  # choices as they stand behind "if"
    "without texts that nobody read": "texts that nobody read are left out",
    "official speakers only": "official speakers alone are believed",
    "media’s own reporting only": "the media’s own reporting alone is believed",
    UNIT_WORDS["component"]: "every part of a joint exercise counts",
    UNIT_WORDS["umbrella"]: "joint exercises count once",
    GRADE_WORDS["A"]: "two independent sources or more are asked for",
    GRADE_WORDS["B"]: "nothing counts that was said only beforehand",
    GRADE_WORDS["C"]: "what was said beforehand counts as well",
} | {f"conflicts {name}": f"sources in conflict count as {name.removeprefix('taken as ')}" for name in CONFLICTS}


def name_findings(record: Record) -> dict[Key, str]:
    """Each finding that a record can have, as a sentence without its full stop; names of the data are escaped."""
    setting, name = read_setting(record), escape(record.name)
    since = day(record.split)
    last, before = years(setting.turn, setting.last_year), years(setting.earlier, setting.turn - 1)
    return {
        ("since", 0): f"{name} came to some exercises since {since} and missed others",
        ("since", 1): f"{name} has hardly come since {since}",
        ("since", 2): f"{name} has come to nearly every exercise since {since}",
        ("change", 1): f"{possessive(name)} attendance fell by more than half",
        ("change", 2): f"{possessive(name)} attendance rose by more than half",
        ("break", 1): f"The first exercise that {name} missed after the change is within a year after {since}",
        ("break", 2): f"The first exercise that {name} came to after the change is within a year after {since}",
        ("ties", 1): f"No two others met as seldom as {name} met any of them in {last}",
        ("others", 1): f"The other members kept coming together in {last}",
        ("pace", 0): f"Exercises are held about as often in {last} as in {before}",
        ("pace", 1): f"Fewer exercises a year are held in {last} than in {before}",
        ("pace", 2): f"More exercises a year are held in {last} than in {before}",
        ("promises", 0): "Not nearly every exercise announced ahead was held",
        ("promises", 1): "Of exercises announced ahead, nearly every one was held",
    }


def name_lines(record: Record) -> dict[Key, str]:
    """When each finding stands."""
    name = record.name
    after = (
        "the first clear case after the most probable place of a change lies in that year, no change at all has less than 5 "
        "chances in a hundred"
    )
    seldom, rule, half = (_in_a_hundred(line) for line in (HARDLY_EVER, AS_A_RULE, GREATER_PART))
    return {
        ("since", 0): f"it came to between {seldom} and {rule} in a hundred of the exercises whose attendance is clear",
        ("since", 1): f"it came to fewer than {seldom} in a hundred of the exercises whose attendance is clear",
        ("since", 2): f"it came to more than {rule} in a hundred of the exercises whose attendance is clear",
        ("change", 1): f"its share fell by more than {half} of a hundred exercises",
        ("change", 2): f"its share rose by more than {half} of a hundred exercises",
        ("break", 1): f"{after}, and it stayed away from it",
        ("break", 2): f"{after}, and it came to it",
        ("ties", 1): f"the pair with {name} that met most often met less often than any pair of the others",
        ("others", 1): f"any two of the others came together to more than {rule} in a hundred",
        (
            "pace",
            0,
        ): "joint exercises counted once, the 95% interval of the ratio of the two rates lies between a half and two",
        (
            "pace",
            1,
        ): "joint exercises counted once, chance alone would hardly make the difference between the two rates",
        (
            "pace",
            2,
        ): "joint exercises counted once, chance alone would hardly make the difference between the two rates",
        ("promises", 0): f"at most {rule} in a hundred of the exercises named ahead are reported as held",
        ("promises", 1): f"more than {rule} in a hundred of the exercises named ahead are reported as held",
    }


def _in_a_hundred(share: float) -> str:
    return f"{100 * share:.0f}"


def format_value(question: str, value: float) -> str:
    """A finding's number as a table wants it."""
    if math.isnan(value):
        return "not known"
    if question == "change":
        return f"{'down' if value < 0 else 'up'} {abs(100 * value):.0f} points"
    if question == "break":
        return _format_distance(value)
    return f"{value:.1f} times" if question == "pace" else percent(value)


def _format_distance(value: float) -> str:
    """A distance in years from the cutpoint."""
    side = "after" if value >= 0 else "before"
    days = round(abs(value) * 365.25)
    return f"{days} days {side}" if days < 365 else f"{abs(value):.1f} years {side}"


def format_short(question: str, value: float) -> str:
    """The same for a square of a figure."""
    if math.isnan(value):
        return "?"
    if question == "break":
        near = abs(value) < 1
        return (f"{365.25 * value:+.0f} d" if near else f"{value:+.1f} y").replace("-", "−")
    if question == "change":
        return f"{100 * value:+.0f}".replace("-", "−")
    return f"{value:.1f}×" if question == "pace" else percent(value)


def format_range(question: str, low: float, high: float) -> str:
    """Two numbers of a finding, once if they read the same."""
    first, last = format_value(question, low), format_value(question, high)
    return first if first == last else f"{first} to {last}"


def name_choices(choices: Sequence[tuple[str, str]]) -> str:
    """Choices in a row, set off from the sentence around them; names of the data are escaped."""
    return listed([f"*{escape(level)}*" for _, level in choices])


def say_fallen(record: Record, question: str, value: float, answer: int) -> str:
    """What a finding turns into, as a sentence without its full stop: where it falls, with this number and answer."""
    claims = name_findings(record)
    if (question, answer) in claims:
        return claims[question, answer]
    setting, name, since = read_setting(record), escape(record.name), day(record.split)
    last = years(setting.turn, setting.last_year)
    if question == "break":
        return (
            f"The first exercise after the change lies before {since}"
            if value < 0
            else f"The first exercise after the change lies more than a year after {since}"
            if value > 1
            else "It is no longer certain that anything changed"
        )
    return {
        "pace": f"Whether more or fewer exercises a year are held in {last} than before cannot be said",
        "change": f"{possessive(name)} attendance changed by half or less",
        "ties": f"Two others met as seldom as {name} met one of them in {last}",
        "others": f"Not every pair of the others kept coming together in {last}",
    }[question]


def say_condition(choice: tuple[str, str]) -> str:
    """A choice as it stands behind 'if': 'TASS is left out'; names of the data are escaped."""
    axis, level = choice
    if level in _CONDITIONS:
        return _CONDITIONS[level]
    said = escape(level)
    if axis == "sources" and level.startswith("without "):
        return f"{escape(level.removeprefix('without '))} is left out"
    if axis == "since" and (year := level.removeprefix("only ").removesuffix(" on")).startswith("from "):
        return f"only exercises {year} on count"
    return said if axis in ("lists", "unit") else f"the choice is *{said}*"


def plain(text: str) -> str:
    """A claim for a table or a figure, which need no escapes."""
    return html.unescape(re.sub(r"\\(.)", r"\1", text))
