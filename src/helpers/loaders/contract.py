"""The data contract, and the files that it describes.

`datapackage.json` is the only place where columns, types, allowed values and keys are written down.
"""

import csv
import json
from collections.abc import Hashable, Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

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
        The descriptor, as Data Package v2 lays it out.

    Raises
    ------
    DataError
        If it is missing, not JSON, or does not describe tables.
    """
    path = Path(folder) / "datapackage.json"
    try:
        package = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise DataError([f"{path.name}: no such file in {path.parent.name}/; a data folder needs one"]) from None
    except OSError as error:
        raise DataError([f"{path.name}: cannot be opened ({error.strerror})"]) from None
    except ValueError as error:
        raise DataError([f"{path.name}: not readable as JSON ({error})"]) from None
    try:
        for resource in package["resources"]:
            resource["name"], resource["path"], resource["schema"]["primaryKey"]
            [(field["name"], field["type"]) for field in resource["schema"]["fields"]]
    except (KeyError, TypeError):
        raise DataError(
            [f"{path.name}: does not describe tables; see data/datapackage.json for one that does"]
        ) from None
    return package


def _undecodable(path: Path) -> int | None:
    """Number of the first line that is not UTF-8: the decoder itself counts from where it last refilled its buffer."""
    for number, line in enumerate(path.read_bytes().split(b"\n"), 1):
        try:
            line.decode()
        except UnicodeDecodeError:
            return number
    return None


def read_text(path: Path, fields: Iterable[Field]) -> pd.DataFrame:
    """Read a CSV file as text.

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
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            header = next(reader, [])
            rows, lines = [], []
            for row in reader:
                if row:
                    rows.append(row)
                    lines.append(reader.line_num)
    except FileNotFoundError:
        raise DataError([f"{path.name}: no such file; the contract names it"]) from None
    except OSError as error:
        raise DataError([f"{path.name}: cannot be opened ({error.strerror})"]) from None
    except UnicodeDecodeError:
        raise DataError([f"{path.name}, line {_undecodable(path)}: not UTF-8; save the file as CSV UTF-8"]) from None
    except csv.Error as error:
        raise DataError([fault(path, reader.line_num, "", "", f"not readable as CSV ({error})")]) from None
    faults = [f"{path.name}, line 1: column {name} is missing" for name in names if name not in header]
    faults += [f"{path.name}, line 1: column {name!r} is not in the contract" for name in header if name not in names]
    faults += [f"{path.name}, line 1: column {name!r} stands twice" for name in names if header.count(name) > 1]
    faults += [
        fault(path, line, "", "", f"has {len(row)} cells; the header has {len(header)}")
        for row, line in zip(rows, lines, strict=True)
        if len(row) != len(header)
    ]
    if faults:
        raise DataError(faults)
    return pd.DataFrame(rows, columns=header, index=lines, dtype=object)[names]


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
