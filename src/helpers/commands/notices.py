"""What `check` notices and cannot call a fault: values that are allowed and yet look like a slip or like a program's doing.

A spreadsheet takes `2500+` for a number and saves `2500`, `007` and saves `7`. Both are values that the contract allows; what they
were stands in the last commit, or in the record of which the folder is a copy. A day of publication in the future is a slip of the
pen, but which days are past only a clock says. Other slips are found by `rules_slips` and by `contradictions`.
"""

import csv
import io
import re
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from helpers.commands.contradictions import find_contradictions
from helpers.loaders import dates
from helpers.loaders.contract import RECORD, read_descriptor, short
from helpers.loaders.older import remarks
from helpers.loaders.rules_slips import find_slips

PUBLISHED = {"sources": "published_on", "search_log": "searched_on"}  # days that are past when they are written down
_STRIPPED = re.compile(r"^\+|^0+(?=\d)|\+$|(?<=\d)\.0+$")  # what a spreadsheet takes off a number


def notices(
    folder: str | Path,
    resources: Mapping[str, Any],
    text: Mapping[str, pd.DataFrame],
    tables: Mapping[str, pd.DataFrame],
    today: date,
) -> Iterator[str]:
    """Find what somebody should look at.

    Parameters
    ----------
    folder
        Folder of the package; it is compared with the last commit, or with the record itself if it is a copy of that.
    resources, text
        What `helpers.loaders.tables.read` gives.
    tables
        What `helpers.loaders.tables.checked` gives.
    today
        The day until which something can have been published.

    Yields
    ------
    str
        One line each: file, line, column, value, and why.
    """
    for name, column in PUBLISHED.items():
        for line, day in text[name][column].items() if name in text else ():
            if day and dates.parse(day)[0] > today:
                yield f"{name}.csv, line {line}, column {column}: value {day!r} lies after today, {today}"
    yield from _of_descriptor(folder)
    for name, line, column, value, problem in find_slips(text, today):
        yield f"{name}.csv, line {line}, column {column}: value {short(value)!r} {problem}"
    for name, row, column, value, problem in find_contradictions(tables):
        line = text[name].index[row]
        yield f"{name}.csv, line {line}, column {column}: value {short(value)!r} {problem}"
    for name, before, place in _befores(folder, resources, text):
        yield from _stripped(name, resources[name]["schema"]["primaryKey"], before, place, text[name])


def _of_descriptor(folder: str | Path) -> Iterator[str]:
    """What of the descriptor is read otherwise than it stands there."""
    if Path(folder).resolve() != RECORD:
        yield from (
            f"datapackage.json: {remark}" for remark in remarks(read_descriptor(folder), read_descriptor(RECORD))
        )


def _befores(
    folder: str | Path, resources: Mapping[str, Any], names: Iterable[str]
) -> Iterator[tuple[str, list[dict[str, str]], str]]:
    """(table, its rows as they were, where they stand) of the tables that differ from what they were."""
    changed = _git(folder, "diff", "--name-only", "--relative", "HEAD").split("\n")
    tracked = _git(folder, "ls-files").split("\n")
    is_copy = (
        Path(folder).resolve() != RECORD and read_descriptor(folder).get("name") == read_descriptor(RECORD)["name"]
    )
    for name in names:
        path = resources[name]["path"]
        if path in tracked:
            text, place = (_git(folder, "show", f"HEAD:./{path}") if path in changed else ""), "in the last commit"
        else:
            there = is_copy and (RECORD / path).is_file() and (Path(folder) / path).is_file()
            text, place = ((RECORD / path).read_text(encoding="utf-8-sig") if there else ""), "in the record itself"
        if text:
            yield name, list(csv.DictReader(io.StringIO(text))), place


def _git(folder: str | Path, *words: str) -> str:
    """What git says in a folder; nothing without git, without a commit, or if the file is new."""
    try:
        return subprocess.run(
            ["git", *words], cwd=folder, capture_output=True, check=True, encoding="utf-8-sig", errors="replace"
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        return ""


def _stripped(name: str, key: list[str], before: list[dict[str, str]], place: str, now: pd.DataFrame) -> Iterator[str]:
    """Cells that lost what a spreadsheet takes off a number, and nothing else."""
    old = {tuple(row.get(column, "") for column in key): row for row in before}
    for line, row in zip(now.index, now.to_dict("records"), strict=True):
        was = old.get(tuple(row[column] for column in key), {})
        for column, value in row.items():
            lost = was.get(column, value)
            if lost != value and _STRIPPED.sub("", lost) == value:
                yield (
                    f"{name}.csv, line {line}, column {column}: value {short(value)!r} was {short(lost)!r} {place}; "
                    "a spreadsheet drops such a sign from a number"
                )
