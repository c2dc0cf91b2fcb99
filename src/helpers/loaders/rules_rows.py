"""Rules on rows of one table that only make sense together: spans of years that follow one another, answers of one poll.

As in `helpers.loaders.rules`, a check takes a table of text cells, indexed by line number, and yields a (line, column, value,
problem) for each fault.
"""

import re
from collections.abc import Callable, Iterator

import pandas as pd

from helpers.loaders.contract import CellFault


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


CHECKS: dict[str, Callable[[pd.DataFrame], Iterator[CellFault]]] = {
    "periods": _periods,
    "polls": _polls,
    "retired": _retired,
}
