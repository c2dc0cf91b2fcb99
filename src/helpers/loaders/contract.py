"""The data contract: the descriptor of a data package, the wording of a fault, and the types of cells.

`datapackage.json` is the only place where columns, types, allowed values and keys are written down.
"""

import re
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from helpers.loaders import descriptor, inherit, older

_INSTALLED, _CHECKOUT = (Path(__file__).resolve().parents[n] / "data" for n in (1, 3))  # in a wheel, it lies inside
RECORD = _INSTALLED if _INSTALLED.is_dir() else _CHECKOUT  # the record's own package, which another may extend
Field = Mapping[str, Any]  # description of one column, as in datapackage.json
CellFault = tuple[Hashable, str, str, str]  # line, column, value, problem

LINE = re.compile(r"\bline \d+")
SHOWN_ALIKE = 3  # faults that differ in the line alone; a whole column of one mistake buries the others
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
        super().__init__("\n".join(bundled(self.faults)))

    def __reduce__(self) -> tuple[type["DataError"], tuple[list[str]]]:
        """Let a worker process hand the error over with its faults: by default, its text would be taken for them."""
        return DataError, (self.faults,)


def bundled(faults: Iterable[str]) -> Iterator[str]:
    """Faults as a person reads them: of those that differ in the line alone the first `SHOWN_ALIKE`, and how many more there are.

    Parameters
    ----------
    faults
        One line a fault, as `DataError` takes them.

    Yields
    ------
    str
        Lines; the last of a kind that has more says so.
    """
    faults = list(faults)
    kinds = [LINE.sub("line", fault) for fault in faults]
    many, seen = Counter(kinds), Counter[str]()
    for fault, kind in zip(faults, kinds, strict=True):
        seen[kind] += 1
        more = many[kind] - SHOWN_ALIKE
        if seen[kind] < SHOWN_ALIKE or (seen[kind] == SHOWN_ALIKE and not more):
            yield fault
        elif seen[kind] == SHOWN_ALIKE:
            yield f"{fault}; the same in {more:,} more line{'s' if more > 1 else ''}"


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


def read_descriptor(folder: str | Path) -> dict[str, Any]:
    """Read the descriptor of a data package as somebody wrote it.

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
    if faults := list(descriptor.faults_of_descriptor(package)):
        raise DataError(f"{path.name}: {fault}" for fault in faults)
    return package


def read_package(folder: str | Path) -> dict[str, Any]:
    """Read the descriptor of a data package, fitted to the shared one.

    Parameters
    ----------
    folder
        Folder that holds datapackage.json.

    Returns
    -------
    dict
        As `read_descriptor`, with what `helpers.loaders.older.fit` adds to one that is not the shared one itself.

    Raises
    ------
    DataError
        As `read_descriptor`; else with every table and column that analyses read and it does not describe.
    """
    package = read_descriptor(folder)
    if Path(folder).resolve() == RECORD:
        return package
    shared = read_descriptor(RECORD)
    package = older.fit(package, shared)
    faults = list(descriptor.lacks(package, shared))
    for resource in package["resources"]:
        if resource.get("undescribed") and (Path(folder) / resource["path"]).exists():
            faults.append(f"lacks the table {resource['name']}, though {resource['path']} is there")
    if faults:
        raise DataError(f"datapackage.json: {fault}" for fault in faults)
    return package


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
