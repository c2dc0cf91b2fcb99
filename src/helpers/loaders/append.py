"""Appends rows to the tables, all of them or none: the only module that writes data.

The rows are checked together with all that stands already, as `load` checks it, before a byte is written. Then the whole
folder is copied beside itself, the copy gets the rows and is put on the disk, and the two folders change places in one
step of the file system. A journal of single replacements would need somebody to finish or undo it after a power cut; until
then a spreadsheet or git would see a source without its report. With one swap there is no state in between to recover from.
Systems without such a call (Windows, some network drives) rename twice; a cut right between leaves the old folder whole
under its side name, and the next append puts it back.
"""

import csv
import ctypes
import os
import re
import shutil
import sys
import tempfile
from pathlib import Path

import pandas as pd

from helpers.loaders import tables as loaders
from helpers.loaders.contract import DataError

HERE = -100  # AT_FDCWD: paths as they are given
SWAPS = {  # platform: the call that swaps two paths in one step, and its arguments
    "linux": ("renameat2", lambda a, b: (HERE, a, HERE, b, 2)),  # RENAME_EXCHANGE
    "darwin": ("renamex_np", lambda a, b: (a, b, 2)),  # RENAME_SWAP
}


def append(rows, folder=None):
    """Adds rows to the tables of a data package (by default the record's own) and keeps each table sorted by its key.

    `rows` is {table: [{column: value}]}; a column left out is blank, a list may be a list or text, true and false as they are.
    Raises DataError with every fault, in which a row of `rows` is named as new row 1, 2 ... of its table, or OSError if the
    disk refuses; then every table is as it was.
    """
    folder = Path(folder or loaders.DATA).resolve()
    _put_back(folder)
    resources, text, faults = loaders.read(folder)
    seen = {resources[name]["path"]: (folder / resources[name]["path"]).read_bytes() for name in text}
    new = {name: _as_text(name, resources, own) for name, own in rows.items()}
    joined = dict(text)
    for name in new.keys() & text.keys():  # a table that cannot be read is named among the faults
        first = max(text[name].index, default=1) + 1
        joined[name] = pd.concat([text[name], new[name].set_axis(range(first, first + len(new[name])))])
    try:
        loaders.checked(resources, joined, faults)
    except DataError as error:
        raise DataError(_named_as_new(error.faults, resources, text, new)) from None
    _replace(folder, {resources[name]["path"]: _csv(resources[name]["schema"], joined[name]) for name in new}, seen)


def _as_text(name, resources, rows):
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


def _cell(value, field):
    if isinstance(value, bool):
        return field["trueValues" if value else "falseValues"][0] if field["type"] == "boolean" else str(value)
    if isinstance(value, (list, tuple)):
        return field.get("delimiter", ";").join(map(str, value))
    return "" if value is None else str(value)


def _named_as_new(faults, resources, text, new):
    """Faults with the lines that do not stand in the file yet as new rows."""
    first = {resources[name]["path"]: max(text[name].index, default=1) + 1 for name in new.keys() & text.keys()}

    def renamed(match):
        at = int(match["line"]) - first.get(match["file"], sys.maxsize) + 1
        return f"{match['file']}, new row {at}" if at > 0 else match[0]

    return [re.sub(r"^(?P<file>[^,]+), line (?P<line>\d+)", renamed, fault) for fault in faults]


def _csv(schema, table):
    """A table as CSV text, sorted by its key."""
    numbers = {field["name"] for field in schema["fields"] if field["type"] == "integer"}
    keys = table[schema["primaryKey"]].apply(lambda column: column.map(int) if column.name in numbers else column)
    ordered = table.loc[keys.sort_values(schema["primaryKey"], kind="stable").index]
    return ordered.to_csv(index=False, lineterminator="\n", quoting=csv.QUOTE_MINIMAL)


def _replace(folder, contents, seen):
    """Puts a copy of the folder with these contents ({file name: text}) in the folder's place."""
    staged = Path(tempfile.mkdtemp(prefix=_side_name(folder), dir=folder.parent))
    try:
        shutil.copytree(folder, staged, dirs_exist_ok=True)
        for name, content in contents.items():
            (staged / name).write_text(content, encoding="utf-8", newline="")
        loaders.load(staged)  # what was written is what was checked
        for path in [*staged.iterdir(), staged]:
            _sync(path)
        if any((folder / name).read_bytes() != content for name, content in seen.items()):
            raise DataError([f"{folder.name}: changed while the rows were being added; nothing was written, try again"])
        _swap(staged, folder)
        try:
            _sync(folder.parent)
        except OSError:  # refused means as it was
            _swap(staged, folder)
            raise
    finally:
        shutil.rmtree(staged, ignore_errors=True)


def _side_name(folder):
    return f".{folder.name}-"


def _sync(path):
    """Waits until a file or folder is on the disk."""
    if path.is_dir() and os.name == "nt":  # folders cannot be opened there
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _swap(staged, folder):
    """The two folders change places; raises OSError with both where they were."""
    if _exchange(staged, folder):
        return
    aside = folder.with_name(_side_name(folder) + "before")
    os.replace(folder, aside)
    try:
        os.replace(staged, folder)
        try:
            os.replace(aside, staged)
        except BaseException:
            os.replace(folder, staged)
            raise
    except BaseException:
        os.replace(aside, folder)
        raise


def _exchange(one, other):
    """Swaps two paths in one step; False where the system or the file system cannot."""
    if sys.platform not in SWAPS:
        return False
    name, arguments = SWAPS[sys.platform]
    call = getattr(ctypes.CDLL(None, use_errno=True), name, None)
    return call is not None and call(*arguments(os.fsencode(one), os.fsencode(other))) == 0


def _put_back(folder):
    """Clears what an interrupted append left beside the folder, and puts the folder back if it was caught between two names."""
    aside = folder.with_name(_side_name(folder) + "before")
    if aside.exists() and not folder.exists():
        os.replace(aside, folder)
    for left in folder.parent.glob(_side_name(folder) + "*"):
        shutil.rmtree(left, ignore_errors=True)
