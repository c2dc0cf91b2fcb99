"""Second readings of what stands beside the exercises: votes, answers of polls, dues, and cases of staying away."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from helpers.derive.record import Record
from helpers.loaders import dates

READ_TWICE = {
    "votes": "vote",
    "polls": "share",
    "dues": "paid",
    "stayaways": "day_zero",
}  # table: the column read twice


class SecondReadings(NamedTuple):
    """Rows that two readers read alike, of those that both read."""

    alike: int
    read: int


def count_second_readings(record: Record) -> SecondReadings:
    """Count the rows of which the column `second` is filled, and those in which it agrees with the first reading."""
    alike = read = 0
    for name, column in READ_TWICE.items():
        same = are_alike(record.data[name], column)
        read += len(same)
        alike += int(same.sum())
    return SecondReadings(alike, read)


def are_alike(table: pd.DataFrame, column: str) -> pd.Series:
    """Whether the two readings agree, of each row read twice (bool, by the table's index): days, if they can be the same."""
    twice = table[table["second"] != ""]
    pairs = zip(twice[column].astype(str), twice["second"], strict=True)
    same = _can_be_one_day if column == "day_zero" else str.__eq__
    return pd.Series([same(*pair) for pair in pairs], twice.index, dtype=bool)


def _can_be_one_day(first: str, second: str) -> bool:
    (start, end), (other_start, other_end) = dates.parse(first), dates.parse(second)
    return start <= other_end and other_start <= end
