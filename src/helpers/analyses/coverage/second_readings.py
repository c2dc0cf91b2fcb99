"""Second readings of what stands beside the exercises: votes and answers of polls."""

from __future__ import annotations

from typing import NamedTuple

from helpers.derive.record import Record

READ_TWICE = {"votes": "vote", "polls": "share"}  # table: the column read twice


class SecondReadings(NamedTuple):
    """Rows that two readers read alike, of those that both read."""

    alike: int
    read: int


def count_second_readings(record: Record) -> SecondReadings:
    """Count the rows of which the column `second` is filled, and those in which it agrees with the first reading."""
    alike = read = 0
    for name, column in READ_TWICE.items():
        table = record.data.get(name)
        if table is None or table.empty:
            continue
        twice = table[table["second"] != ""]
        read += len(twice)
        alike += int((twice[column].astype(str) == twice["second"]).sum())
    return SecondReadings(alike, read)
