"""The data contract, and the files that it describes.

`datapackage.json` is the only place where columns, types, allowed values and keys are written down.
"""

import csv
import io
from collections.abc import Hashable, Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from helpers.loaders import descriptor, inherit

_INSTALLED, _CHECKOUT = (Path(__file__).resolve().parents[n] / "data" for n in (1, 3))  # in a wheel, it lies inside
RECORD = _INSTALLED if _INSTALLED.is_dir() else _CHECKOUT  # the record's own package, which another may extend
Field = Mapping[str, Any]  # description of one column, as in datapackage.json
CellFault = tuple[Hashable, str, str, str]  # line, column, value, problem

EDTF = "http://id.loc.gov/datatypes/edtf/EDTF"


class DataError(ValueError):
    """The tables break the contract.

    Parameters
    ----------
    faults
        One line a fault: file, line, column, value, what is allowed.
    """

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = list(faults)
        super().__init__("\n".join(self.faults))

    def __reduce__(self) -> tuple[type["DataError"], tuple[list[str]]]:
        """Let a worker process hand the error over with its faults: by default, its text would be taken for them."""
        return DataError, (self.faults,)


def short(value: str) -> str:
    """Cut a value to what fits a line.

    Parameters
    ----------
    value
        Text of any length.

    Returns
    -------
    str
        At most 60 characters, the last three dots if more was cut off.
    """
    return value if len(value) <= 60 else value[:57] + "..."


def fault(path: Path, line: Hashable, column: str, value: str, problem: str) -> str:
    """Word one fault as the line a person reads.

    Parameters
    ----------
    path, line, column, value
        Where it is and what stands there; a blank column means the whole line.
    problem
        What is wrong, worded to stand behind the value.

    Returns
    -------
    str
    """
    shown = short(value)
    where = f"{path.name}, line {line}, column {column}" if column else f"{path.name}, line {line}"
    return f"{where}: value {shown!r} {problem}" if column else f"{where}: {problem}"


def read_package(folder: str | Path) -> dict[str, Any]:
    """Read the descriptor of a data package.

    Parameters
    ----------
    folder
        Folder that holds datapackage.json.

    Returns
    -------
    dict
        The descriptor, as Data Package v2 lays it out, what it extends included.

    Raises
    ------
    DataError
        If it is missing, not JSON, or extends what cannot be extended; else with every fault of what it describes.
    """
    path = Path(folder) / "datapackage.json"
    try:
        package = descriptor.parse(path.read_bytes())
        if isinstance(package, dict) and "extends" in package:
            if path.parent.resolve() == RECORD:
                raise ValueError(f"extends {package['extends']!r}; the shared package extends no other")
            package = inherit.complete(package, read_package(RECORD))
    except FileNotFoundError:
        raise DataError([f"{path.name}: no such file in {path.parent.name}/; a data folder needs one"]) from None
    except OSError as error:
        raise DataError([f"{path.name}: cannot be opened ({error.strerror})"]) from None
    except ValueError as error:
        raise error if isinstance(error, DataError) else DataError([f"{path.name}: {error}"]) from None
    faults = list(descriptor.faults_of_descriptor(package))
    if not faults and path.parent.resolve() != RECORD:
        shared = read_package(RECORD)
        package = inherit.fill_optional(package, shared)
        faults = list(descriptor.lacks(package, shared))
    if faults:
        raise DataError(f"{path.name}: {fault}" for fault in faults)
    return package


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


def read_text(path: Path, fields: Iterable[Field]) -> pd.DataFrame:
    """Read a CSV file as text. A column that is not required may be absent from it: it then reads as blank throughout.

    Parameters
    ----------
    path
        The file.
    fields
        Descriptions of its columns.

    Returns
    -------
    DataFrame
        Text cells, indexed by line number in the file; columns in the order of `fields`.

    Raises
    ------
    DataError
        For a missing file, another encoding than UTF-8, a wrong header or a row of the wrong length.
    """
    names = [field["name"] for field in fields]
    text = _decoded(path)
    if faults := _separated(path, text.partition("\n")[0].rstrip("\r"), names):
        raise DataError(faults)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows, lines = [], []
    try:
        header = next(reader, [])
        for row in reader:
            if row:
                rows.append(row)
                lines.append(reader.line_num)
    except csv.Error as error:
        raise DataError([fault(path, reader.line_num, "", "", f"not readable as CSV ({error})")]) from None
    needed = [field["name"] for field in fields if field.get("constraints", {}).get("required")]
    faults = [f"{path.name}, line 1: column {name} is missing" for name in needed if name not in header]
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


def items(field: Field, value: str) -> list[str]:
    """Split a cell into its parts.

    Parameters
    ----------
    field
        Description of its column.
    value
        Text of the cell.

    Returns
    -------
    list of str
        The items of a list; of any other type, the cell itself.
    """
    return value.split(field["delimiter"]) if field["type"] == "list" else [value]


def typed(fields: Iterable[Field], text: pd.DataFrame) -> pd.DataFrame:
    """Give sound text cells the types that their columns are described as.

    Parameters
    ----------
    fields
        Descriptions of the columns.
    text
        Text cells.

    Returns
    -------
    DataFrame
        The same rows, numbered from 0: lists as tuples of text, whole numbers as Int64, true and false as bool, the
        rest as text.
    """
    frame = text.reset_index(drop=True)
    for field in fields:
        name: str = field["name"]
        if field["type"] == "list":
            split = {value: tuple(items(field, value)) if value else () for value in frame[name].unique()}
            frame[name] = frame[name].map(split)
        elif field["type"] == "integer":
            frame[name] = pd.to_numeric(frame[name].replace("", None)).astype("Int64")
        elif field["type"] == "boolean":
            frame[name] = frame[name].isin(field["trueValues"])
        else:
            frame[name] = frame[name].astype("str")
    return frame
