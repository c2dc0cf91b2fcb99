"""Appends rows to the tables: the only module that writes data.

The rows are checked together with all that stands already, as `load` checks it, before a byte is written. Then each table is
written beside its file and takes the file's place. A power cut between two replacements leaves a source without its report,
or the like; data lie in git, so `check` names it and `git checkout data` mends it.
"""

import csv
import os
import re
import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from helpers.loaders import tables as loaders
from helpers.loaders.contract import DataError


def append(
    rows: Mapping[str, Sequence[Mapping[str, Any]]], folder: str | Path | None = None
) -> dict[str, pd.DataFrame]:
    """Adds rows to the tables of a data package and keeps each table sorted by its key.

    Parameters
    ----------
    rows : mapping
        {table: [{column: value}]}. A column left out is blank, a list may be a list or text, true and false as they are.
    folder : path, optional
        The data package, by default the record's own.

    Returns
    -------
    dict of DataFrame
        What `load` now gives, the new rows last.

    Raises
    ------
    DataError
        With every fault; a row of `rows` is named as new row 1, 2 ... of its table. No file is changed then.
    OSError
        If the disk refuses. Tables that were not replaced yet are as they were.
    """
    folder = Path(folder or loaders.DATA).resolve()
    resources, text, faults = loaders.read(folder)
    new = {name: _as_text(name, resources, own) for name, own in rows.items()}
    paths = {name: folder / resources[name]["path"] for name in text}
    seen = {name: path.read_bytes() for name, path in paths.items() if path.exists()}
    joined = dict(text)
    for name in new.keys() & text.keys():  # a table that cannot be read is named among the faults
        first = max(text[name].index, default=1) + 1
        joined[name] = pd.concat([text[name], new[name].set_axis(range(first, first + len(new[name])))])
    try:
        tables = loaders.checked(resources, joined, faults)
    except DataError as error:
        raise DataError(_named_as_new(error.faults, resources, text, new)) from None
    contents = {paths[name]: _csv(resources[name]["schema"], joined[name], seen.get(name)) for name in new}
    if any(paths[name].read_bytes() != content for name, content in seen.items()):
        raise DataError([f"{folder.name}: changed while the rows were being checked; nothing was written, try again"])
    _replace(contents)
    return tables


def _as_text(name: str, resources: dict[str, Any], rows: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """Rows as a frame of text cells in the contract's columns."""
    if name not in resources:
        raise DataError([f"{name}: no such table; there are {', '.join(resources)}"])
    fields = resources[name]["schema"]["fields"]
    known = [field["name"] for field in fields]
    wrong = [
        f"{resources[name]['path']}, new row {at}: column {column!r} is not in the contract"
        for at, row in enumerate(rows, 1)
        for column in row
        if column not in known
    ]
    if wrong:
        raise DataError(wrong)
    cells = [{field["name"]: _cell(row.get(field["name"], ""), field) for field in fields} for row in rows]
    return pd.DataFrame(cells, columns=known, dtype=object)


def _cell(value: Any, field: dict[str, Any]) -> str:
    if isinstance(value, bool):
        return field["trueValues" if value else "falseValues"][0] if field["type"] == "boolean" else str(value)
    if isinstance(value, (list, tuple)):
        return field.get("delimiter", ";").join(map(str, value))
    return "" if value is None else str(value)


def _named_as_new(
    faults: Sequence[str], resources: dict[str, Any], text: dict[str, pd.DataFrame], new: dict[str, pd.DataFrame]
) -> list[str]:
    """Faults with the lines that do not stand in the file yet as new rows."""
    first = {resources[name]["path"]: max(text[name].index, default=1) + 1 for name in new.keys() & text.keys()}

    def renamed(match: re.Match[str]) -> str:
        at = int(match["line"]) - first.get(match["file"], sys.maxsize) + 1
        return f"{match['file']}, new row {at}" if at > 0 else match[0]

    return [re.sub(r"^(?P<file>[^,]+), line (?P<line>\d+)", renamed, fault) for fault in faults]


def _csv(schema: dict[str, Any], table: pd.DataFrame, before: bytes | None) -> str:
    """A table as CSV text, sorted by its key; a column that its file (`before`) lacks comes in only if it holds something."""
    if before is not None:
        header = next(csv.reader(before.decode("utf-8-sig").splitlines()))
        table = table[[column for column in table.columns if column in header or table[column].ne("").any()]]
    numbers = {field["name"] for field in schema["fields"] if field["type"] == "integer"}
    keys = table[schema["primaryKey"]].apply(lambda column: column.map(int) if column.name in numbers else column)
    ordered = table.loc[keys.sort_values(schema["primaryKey"], kind="stable").index]
    return ordered.to_csv(index=False, lineterminator="\n", quoting=csv.QUOTE_MINIMAL)


def _replace(contents: Mapping[Path, str]) -> None:
    """Writes each text ({file: text}) beside its file, all of them before the first takes its file's place."""
    staged = {path: path.with_name(f".{path.name}.new") for path in contents}
    try:
        for path, beside in staged.items():
            beside.write_text(contents[path], encoding="utf-8", newline="")
            if path.exists():
                shutil.copymode(path, beside)
        for path, beside in staged.items():
            os.replace(beside, path)
    finally:
        for beside in staged.values():
            beside.unlink(missing_ok=True)
