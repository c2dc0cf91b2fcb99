"""How big: troops as reported for the exercise itself, with who reported them.

Figures are never added up. A total for several drills together, one state's contingent, and what a plan promised are no size
of an exercise, and are left out.
"""

import re

import numpy as np
import pandas as pd

from helpers.derive.record import Record
from helpers.derive.reports import rank_reports

OWN = "exercise"  # the scope of a figure that is about the exercise itself
_FIGURE = re.compile(r"([~<]?)(\d{1,9})(?:-(\d{1,9}))?(\+?)")


def parse_troops(text: str) -> tuple[float, float, float]:
    """Lowest, likeliest and highest number that a source's words allow (NaN where they set no such limit).

    `1500` is all three; `1000-1200` has its middle as the likeliest; `3500+` has no highest, `<500` no lowest, and `~600` is
    likeliest alone, without limits.

    Raises
    ------
    ValueError
        If the text is no figure.
    """
    match = _FIGURE.fullmatch(text)
    if not match:
        raise ValueError(f"troops: {text!r} is no figure such as 1500, 1000-1200, 3500+, ~600 or <500")
    sign, least, most, more = match.groups()
    first = float(least)
    if most:
        return first, (first + float(most)) / 2, float(most)
    if sign == "~":
        return np.nan, first, np.nan
    if sign == "<":
        return np.nan, first, first
    return first, first, np.nan if more else first


def word_troops(text: str) -> str:
    """The words for a figure as coded: `~12000` is 'about 12,000', `3500+` 'more than 3,500', `1000-1200` '1,000 to 1,200'.

    Raises
    ------
    ValueError
        If the text is no figure.
    """
    parse_troops(text)
    before = {"~": "about ", "<": "up to "}.get(text[0], "more than " if text.endswith("+") else "")
    return before + " to ".join(f"{int(number):,}" for number in text.strip("~<+").split("-"))


def list_troops(record: Record) -> pd.DataFrame:
    """Troops reported during or after held exercises for the exercise itself, by the best-ranked report.

    Returns
    -------
    DataFrame
        One row an exercise, by first day: exercise_id, name, day (first), troops (likeliest number), words (as reported),
        said_by (the outlet where no speaker is named).
    """
    reports = record.data["reports"]
    usable = reports["troops_scope"].eq(OWN) & reports["deprecated_fields"].map(lambda fields: "troops" not in fields)
    ranked = rank_reports(reports[usable], record.data["sources"])
    best = ranked[ranked["tier"] == 1].drop_duplicates("exercise_id")
    held = record.register[record.register["status"] == "held"]
    table = held.merge(best[["exercise_id", "troops", "said_by", "source_id"]], on="exercise_id")
    outlets = record.data["sources"].set_index("source_id")["outlet"]
    table = table.assign(
        day=table["start_earliest"],
        words=table["troops"].map(word_troops),
        troops=[parse_troops(text)[1] for text in table["troops"]],
        said_by=table["said_by"].where(table["said_by"] != "", table["source_id"].map(outlets)),
    )
    return table.sort_values(["day", "exercise_id"])[
        ["exercise_id", "name", "day", "troops", "words", "said_by"]
    ].reset_index(drop=True)
