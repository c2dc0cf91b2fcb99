"""Reads a CSV file of a data package as text, or says in one line a fault what keeps it from being read."""

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

import pandas as pd

from helpers.loaders.contract import DataError, Field, fault, short


def _undecodable(content: bytes) -> int | None:
    """Number of the first line that is not UTF-8."""
    for number, line in enumerate(content.split(b"\n"), 1):
        try:
            line.decode()
        except UnicodeDecodeError:
            return number
    return None


# How a file that is no CSV in UTF-8 begins: what a spreadsheet writes where it was told another kind of file.
_BEGINNINGS = {
    b"\xff\xfe": "saved as UTF-16",
    b"\xfe\xff": "saved as UTF-16",
    b"PK\x03\x04": "a spreadsheet under another name",
    b"\xd0\xcf\x11\xe0": "a spreadsheet under another name",
}


def _decoded(path: Path) -> str:
    """The text of a file inside its folder. Raises DataError if there is none."""
    try:
        if path.exists() and path.resolve().parent != path.parent.resolve():
            raise DataError(
                [f"{path.name}: is a link that leads out of the folder; a table lies beside its descriptor"]
            )
        if path.exists() and not path.is_file() and not path.is_dir():
            raise DataError([f"{path.name}: is no file"])
        content = path.read_bytes()
    except FileNotFoundError:
        raise DataError([f"{path.name}: no such file; the contract names it"]) from None
    except OSError as error:
        raise DataError([f"{path.name}: cannot be opened ({error.strerror})"]) from None
    kind = next((kind for start, kind in _BEGINNINGS.items() if content.startswith(start)), "")
    if kind or b"\0" in content[:200]:
        raise DataError([f"{path.name}: is {kind or 'saved as UTF-16, or no text'}; save the file as CSV UTF-8"])
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise DataError([f"{path.name}, line {_undecodable(content)}: not UTF-8; save the file as CSV UTF-8"]) from None


def _separated(path: Path, first: str, names: Iterable[str]) -> list[str]:
    """What a first line says of a file whose columns are not told apart by commas; no fault if they are."""
    if first.lower().startswith("sep="):
        return [
            f"{path.name}, line 1: is {short(first)!r}, a hint to a spreadsheet; remove the line, and save with commas"
        ]
    for separator, word in ((";", "semicolons"), ("\t", "tabs"), ("|", "bars")):
        if len(set(first.replace('"', "").split(separator)) & set(names)) > 1:
            return [f"{path.name}, line 1: the columns are separated by {word}; save the file with commas between them"]
    return []


def read_text(path: Path, fields: Iterable[Field], renamed: Mapping[str, str] = MappingProxyType({})) -> pd.DataFrame:
    """Read a CSV file as text. A column that is not required may be absent: it reads as blank throughout.

    Parameters
    ----------
    path
        The file.
    fields
        Descriptions of its columns.
    renamed
        {name in the file: name of today} of columns that have another name today.

    Returns
    -------
    DataFrame
        Text cells, indexed by line number in the file; columns in the order of `fields`.

    Raises
    ------
    DataError
        For a missing file, another encoding than UTF-8, a wrong header or a row of the wrong length.
    """
    fields = list(fields)
    names = [field["name"] for field in fields]
    text = _decoded(path)
    if faults := _separated(path, text.partition("\n")[0].rstrip("\r"), names):
        raise DataError(faults)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows, lines = [], []
    try:
        header = [renamed.get(name, name) for name in next(reader, [])]
        for row in reader:
            rows.append(row)
            lines.append(reader.line_num)
    except csv.Error as error:
        raise DataError([fault(path, reader.line_num, "", "", f"not readable as CSV ({error})")]) from None
    needed = [field for field in fields if field.get("constraints", {}).get("required")]
    faults = [
        f"{path.name}, line 1: column {field['name']} is missing"
        for field in needed
        if field["name"] not in header and (rows or not field.get("undescribed"))
    ]
    faults += [
        f"{path.name}, line 1: column {short(name)!r} is not in the contract" for name in header if name not in names
    ]
    faults += [f"{path.name}, line 1: column {name!r} stands twice" for name in names if header.count(name) > 1]
    empty = [line for row, line in zip(rows, lines, strict=True) if not any(map(str.strip, row))]
    if empty:
        more = f", and {len(empty) - 1} more of its kind" if len(empty) > 1 else ""
        faults.append(f"{path.name}, line {empty[0]}: is an empty row; remove it{more}")
    faults += [
        fault(path, line, "", "", f"has {len(row)} cells; the header has {len(header)}")
        for row, line in zip(rows, lines, strict=True)
        if len(row) != len(header) and any(map(str.strip, row))
    ]
    if faults:
        raise DataError(faults)
    return pd.DataFrame(rows, columns=header, index=lines, dtype=object).reindex(columns=names, fill_value="")
