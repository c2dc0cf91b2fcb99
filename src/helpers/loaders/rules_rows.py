"""Rules on rows of one table that only make sense together: years that follow one another, answers of one poll, what repeats.

As in `helpers.loaders.rules`, a check takes a table of text cells, indexed by line number, and yields a (line, column, value,
problem) for each fault.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date

import pandas as pd

from helpers.loaders import dates
from helpers.loaders.contract import CellFault, Field, short


def _exercises(table: pd.DataFrame) -> Iterator[CellFault]:
    """Umbrellas are one level deep, which also rules out a cycle; a plan year is no slip of the pen.

    A parent that is not in the table is passed over.
    """
    for line, name in table["exercise_id"].items():
        year = re.search(r"-([0-9]{4})(?:-|$)", name)
        if year and int(year[1]) > dates.LAST_YEAR:
            yield line, "exercise_id", name, f"has a plan year after {dates.LAST_YEAR}"
    parent = dict(zip(table["exercise_id"], table["parent_id"], strict=True))
    for row in table.itertuples():
        if row.parent_id and parent.get(row.parent_id):
            yield row.Index, "parent_id", row.parent_id, "is itself part of an umbrella; umbrellas are one level deep"


def _periods(table: pd.DataFrame) -> Iterator[CellFault]:
    """No year is in two periods."""
    ends = ""
    for line, since, until in table.sort_values("since")[["since", "until"]].itertuples():
        if ends and int(since) <= int(ends):
            yield line, "since", since, f"is not after {ends}, the year in which the period before it ends"
        ends = until


def _elsewhere(table: pd.DataFrame) -> Iterator[CellFault]:
    """What another data set has of an exercise does not end before it starts."""
    for line, start, end in table[["their_start", "their_end"]].itertuples():
        if start and end and dates.parse(end)[1] < dates.parse(start)[0]:
            yield line, "their_end", end, f"lies before their_start, {start}"


def _polls(table: pd.DataFrame) -> Iterator[CellFault]:
    """The answers of a poll are numbered from 1 on, and none stands twice."""
    for poll, own in table.groupby("poll_id"):
        for line, answer in own.loc[own["answer"].duplicated(), "answer"].items():
            yield line, "answer", answer, f"stands twice in the poll {poll}"
        numbers = own["answer_no"].astype(int).sort_values()
        for place, (line, number) in enumerate(numbers.items(), start=1):
            if number != place:
                yield (
                    line,
                    "answer_no",
                    str(number),
                    f"leaves a gap in the numbers of the poll {poll}, after {place - 1}",
                )
                break


def _retired(table: pd.DataFrame) -> Iterator[CellFault]:
    """An id of a report ends in a point and a number, and no other does."""
    for line, name, one in table[["table", "retired_id"]].itertuples():
        if (name == "reports") != bool(re.search(r"\.[a-z]?[0-9]{2}$", one)):
            yield line, "retired_id", one, f"has not the form of an id of the table {name}"


FOR_STEPS = "steps:"  # how the note of a look-up for steps begins


def _search_log(table: pd.DataFrame) -> Iterator[CellFault]:
    """A look-up for steps is none for a state's exercises with others, which are counted."""
    for line, state in table.loc[table["note"].str.startswith(FOR_STEPS) & (table["iso3"] != ""), "iso3"].items():
        said = "stands beside a look-up for steps; this column is for a state's exercises with others: leave it blank"
        yield line, "iso3", state, said


def _step_samples(table: pd.DataFrame) -> Iterator[CellFault]:
    """A step was taken in the half-year that the lot fell on."""
    for line, text, half_year in table[["date", "half_year"]].itertuples():
        year, first_month = int(half_year[:4]), {"1": 1, "2": 7}[half_year[5]]
        first, last = dates.parse(text)
        if last < date(year, first_month, 1) or first > date(year, first_month + 5, 30 + first_month // 7):
            yield line, "date", text, f"is not in {half_year}, the half-year that was drawn"


CHECKS: dict[str, Callable[[pd.DataFrame], Iterator[CellFault]]] = {
    "elsewhere": _elsewhere,
    "exercises": _exercises,
    "periods": _periods,
    "polls": _polls,
    "retired": _retired,
    "search_log": _search_log,
    "step_samples": _step_samples,
}


def check_repeated(fields: Iterable[Field], table: pd.DataFrame) -> Iterator[CellFault]:
    """Rows that tell the same thing of one poll, one vote or one person otherwise than the other rows of it.

    Parameters
    ----------
    fields
        Descriptions of the columns. One with `sameFor` has one value for all rows that share the value of that column.
    table
        Text cells of the table, indexed by line number, without the rows that are faulty already.

    Yields
    ------
    tuple
        (line, column, value, problem) of each row that differs from most of its group, or from the first of it.
    """
    for field in fields:
        if "sameFor" not in field:
            continue
        name, by = field["name"], field["sameFor"]
        own = table[table[by] != ""]
        mixed = own.groupby(by)[name].transform("nunique") > 1
        for key, group in own[mixed].groupby(by):
            counts = group[name].value_counts()
            usual = next(value for value in group[name] if counts[value] == counts.max())
            for line, value in group.loc[group[name] != usual, name].items():
                yield line, name, value, f"is {short(usual) or 'blank'} in another row of {by} {short(str(key))}"
