"""What `check` notices and cannot call a fault: values that are allowed and yet look like a program's doing.

A spreadsheet takes `2500+` for a number and saves `2500`, `007` and saves `7`. Both are values that the contract allows; what they
were stands in the last commit. A day of publication in the future is a slip of the pen, but which days are past only a clock says.
"""

import csv
import io
import re
import subprocess
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from helpers.loaders import dates
from helpers.loaders.contract import short

PUBLISHED = {"sources": "published_on", "search_log": "searched_on"}  # days that are past when they are written down
_STRIPPED = re.compile(r"^\+|^0+(?=\d)|\+$|(?<=\d)\.0+$")  # what a spreadsheet takes off a number


def notices(
    folder: str | Path, resources: Mapping[str, Any], text: Mapping[str, pd.DataFrame], today: date
) -> Iterator[str]:
    """Find what somebody should look at.

    Parameters
    ----------
    folder
        Folder of the package; in a repository of git, it is compared with the last commit.
    resources, text
        What `helpers.loaders.tables.read` gives.
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
    changed = _git(folder, "diff", "--name-only", "--relative", "HEAD").split("\n")
    for name in text:
        if (path := resources[name]["path"]) in changed:
            before = list(csv.DictReader(io.StringIO(_git(folder, "show", f"HEAD:./{path}"))))
            yield from _stripped(name, resources[name]["schema"]["primaryKey"], before, text[name])


def _git(folder: str | Path, *words: str) -> str:
    """What git says in a folder; nothing without git, without a commit, or if the file is new."""
    try:
        return subprocess.run(
            ["git", *words], cwd=folder, capture_output=True, check=True, encoding="utf-8-sig", errors="replace"
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        return ""


def _stripped(name: str, key: list[str], before: list[dict[str, str]], now: pd.DataFrame) -> Iterator[str]:
    """Cells that lost what a spreadsheet takes off a number, and nothing else."""
    old = {tuple(row.get(column, "") for column in key): row for row in before}
    for line, row in zip(now.index, now.to_dict("records"), strict=True):
        was = old.get(tuple(row[column] for column in key), {})
        for column, value in row.items():
            lost = was.get(column, value)
            if lost != value and _STRIPPED.sub("", lost) == value:
                yield (
                    f"{name}.csv, line {line}, column {column}: value {short(value)!r} was {short(lost)!r} in the last "
                    "commit; a spreadsheet drops such a sign from a number"
                )
