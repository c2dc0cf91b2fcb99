"""Rules on rows of one table that only make sense together: years that follow one another, answers of one poll, what repeats.

As in `helpers.loaders.rules`, a check takes a table of text cells, indexed by line number, and yields a (line, column, value,
problem) for each fault.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

import pandas as pd

from helpers.loaders import dates
from helpers.loaders.contract import CellFault, Field, short
from helpers.loaders.words import lacks_script


def _periods(table: pd.DataFrame) -> Iterator[CellFault]:
    """No year is in two periods."""
    ends = ""
    for line, since, until in table.sort_values("since")[["since", "until"]].itertuples():
        if ends and int(since) <= int(ends):
            yield line, "since", since, f"is not after {ends}, the year in which the period before it ends"
        ends = until


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


BEGINS: dict[
    str, tuple[str, Callable[[Any], str]]
] = {  # keys that begin with what their row says, as their columns say
    "article_facts": ("fact_id", lambda row: f"{row.article.rpartition('-')[2]}-"),
    "dues": ("dues_id", lambda row: f"{row.iso3.lower() or 'all'}-"),
    "quotations": ("quotation_id", lambda row: f"{row.table}-{row.row_key.replace('.', '-')}"),
    "stayaways": ("case_id", lambda row: f"{row.iso3.lower()}-"),
    "votes": ("vote_id", lambda row: f"{row.day}-"),
}


def check_beginnings(name: str, table: pd.DataFrame) -> Iterator[CellFault]:
    """Keys of a table (`name`) that do not begin with what their rows say."""
    key, wanted = BEGINS.get(name, ("", str))
    for row in table.itertuples() if key else ():
        if not (found := getattr(row, key)).startswith(start := wanted(row)):
            yield row.Index, key, found, f"does not begin with {short(start)}, as its row would have it"


FOR_STEPS = "steps:"  # how the note of a look-up for steps begins


def _search_log(table: pd.DataFrame) -> Iterator[CellFault]:
    """A look-up has letters of its language; one for steps is none for a state's exercises with others, which are counted."""
    for row in table.itertuples():
        if row.iso3 and row.note.startswith(FOR_STEPS):
            said = (
                "stands beside a look-up for steps; this column is for a state's exercises with others: leave it blank"
            )
            yield row.Index, "iso3", row.iso3, said
        if lacks_script(row.lang, row.query):
            yield row.Index, "lang", row.lang, "is the language of a query without a letter of its script"


def _step_samples(table: pd.DataFrame) -> Iterator[CellFault]:
    """A step was taken in the half-year that the lot fell on."""
    for line, text, half_year in table[["date", "half_year"]].itertuples():
        year, first_month = int(half_year[:4]), {"1": 1, "2": 7}[half_year[5]]
        first, last = dates.parse(text)
        if last < date(year, first_month, 1) or first > date(year, first_month + 5, 30 + first_month // 7):
            yield line, "date", text, f"is not in {half_year}, the half-year that was drawn"


CHECKS: dict[str, Callable[[pd.DataFrame], Iterator[CellFault]]] = {
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
