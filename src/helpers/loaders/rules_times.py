"""Slips in what a row cites: its sources were published when what it tells of had been said, and not long after."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import pandas as pd

from helpers.loaders import dates
from helpers.loaders.rules_outlets import Slip

Tables = Mapping[str, pd.DataFrame]

TOLD = {  # table: the column that says when what its sources print was said or done
    "dues": "said_on",
    "polls": "fieldwork_end",
    "programmes": "said_on",
    "representation": "exercise_id",
}
LATE = 1  # years after which a first publication is none of what was said
_PLAN_YEAR = re.compile(r"-([0-9]{4})(?:-|$)")


def find_untimely(tables: Tables) -> Iterator[Slip]:
    """Find the rows whose sources are all of before the year that they tell of, or all of long after it.

    Parameters
    ----------
    tables
        The text cells of all tables, indexed by line number.

    Yields
    ------
    tuple
        (table, line, column, value, problem), worded to stand behind the value.
    """
    published = dict(zip(tables["sources"]["source_id"], tables["sources"]["published_on"], strict=True))
    for name, column in TOLD.items():
        for line, told, cited in tables[name][[column, "source_ids"]].itertuples():
            year = _year_of(told, column)
            years = [dates.parse(day)[1].year for one in cited.split(";") if (day := published.get(one, ""))]
            if year and years and not (max(years) >= year and min(years) <= year + LATE):
                yield name, line, "source_ids", cited, f"are of {min(years)}, and the row tells of {year}"


def _year_of(told: str, column: str) -> int:
    """The year of a day, or in the key of an exercise; 0 if it is blank or not sure."""
    if column == "exercise_id":
        return plan_year(told)
    return 0 if not told or told[-1] in "?~" else dates.parse(told)[1].year


def plan_year(exercise: str) -> int:
    """The plan year in the key of an exercise, or 0.

    Parameters
    ----------
    exercise
        Such as `cobalt-2022`.

    Returns
    -------
    int
    """
    found = _PLAN_YEAR.search(exercise)
    return int(found[1]) if found else 0
