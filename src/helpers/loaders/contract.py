"""The data contract: reads datapackage.json and holds every table to it.

`datapackage.json` is the only place where columns, types, allowed values and keys are written down. This module checks
them in a fraction of the time that a full Data Package validator needs to start; the tests run both on the same package.
"""

import csv
import json
import re
from collections.abc import Hashable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from helpers.loaders import dates

Field = Mapping[str, Any]  # description of one column, as in datapackage.json
CellFault = tuple[Hashable, str, str, str]  # line, column, value, problem

EDTF = "http://id.loc.gov/datatypes/edtf/EDTF"

# A cell that starts like a formula runs in a spreadsheet; one that holds a tag could run in a page; a control character
# hides from whoever reads it. None of the three is ever needed in a fact.
_FORMULA = re.compile(r"[=+@\t]|-[^ \d]")
_MARKUP = re.compile(r"<[a-zA-Z/!?]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


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
        """Let a worker process hand the error over with its faults; the default would take its text for the list of them."""
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


def problem_of(field: Field, value: str) -> str:
    """Find what is wrong with one cell by itself.

    Parameters
    ----------
    field
        Description of its column.
    value
        Text of the cell.

    Returns
    -------
    str
        The problem, worded to stand behind the value; empty if there is none.
    """
    constraints = field.get("constraints", {})
    if not value:
        return "is blank, but this column needs a value" if constraints.get("required") else ""
    if _FORMULA.match(value):
        return "starts like a spreadsheet formula (= + - @ or a tab); put a word before it"
    if _MARKUP.search(value):
        return "holds markup; only plain text is allowed"
    if _CONTROL.search(value):
        return "holds a control character; only plain text is allowed"
    if value != value.strip():
        return "has a space before or behind it"
    return _type_problem(field, value) or _constraint_problem(field, constraints, value)


def _type_problem(field: Field, value: str) -> str:
    """What keeps a cell from being of its column's type, or an empty text."""
    if field["type"] == "integer" and not re.fullmatch(r"[0-9]{1,9}", value):
        return "is not a whole number"
    if field["type"] == "boolean" and value not in field["trueValues"] + field["falseValues"]:
        return f"is not one of: {', '.join(field['trueValues'] + field['falseValues'])}"
    if field.get("rdfType") == EDTF:
        try:
            dates.parse(value)
        except ValueError as error:
            return str(error)
    if field["type"] == "list":
        parts = items(field, value)
        if any(part != part.strip() or not part for part in parts):
            return f"is not a list of values with a single '{field['delimiter']}' between them and no spaces"
        if len(set(parts)) < len(parts):
            return "names the same item twice"
    return ""


def _constraint_problem(field: Field, constraints: Mapping[str, Any], value: str) -> str:
    """Which constraint of its column a cell breaks, or an empty text."""
    allowed = constraints.get("enum") or field.get("itemEnum")
    if allowed:
        wrong = [part for part in items(field, value) if part not in allowed]
        if wrong:
            return f"is not one of: {', '.join(allowed)}"
    if "pattern" in constraints and not re.fullmatch(constraints["pattern"], value):
        return f"does not fit: {field['description']}"
    if "minimum" in constraints and int(value) < constraints["minimum"]:
        return f"is below {constraints['minimum']}"
    if "maximum" in constraints and int(value) > constraints["maximum"]:
        return f"is above {constraints['maximum']}"
    return ""


def check_cells(fields: Iterable[Field], text: pd.DataFrame) -> list[CellFault]:
    """Hold each cell to the description of its column.

    Each different value is looked at once, so that a long table costs little more than a short one.

    Parameters
    ----------
    fields
        Descriptions of the columns.
    text
        Text cells, indexed by line number.

    Returns
    -------
    list of tuple
        (line, column, value, problem) of each faulty cell.
    """
    faults = []
    for field in fields:
        name: str = field["name"]
        column = text[name]
        wrong = {value: problem for value in column.unique() if (problem := problem_of(field, value))}
        faults += [(line, name, column[line], wrong[column[line]]) for line in column.index[column.isin(wrong)]]
    return faults


def check_keys(schema: Mapping[str, Any], text: pd.DataFrame) -> list[CellFault]:
    """Find the rows whose primary key stands in an earlier row already.

    Parameters
    ----------
    schema
        Schema of the table.
    text
        Text cells, indexed by line number.

    Returns
    -------
    list of tuple
        (line, columns, values, problem) of each such row.
    """
    key = schema["primaryKey"]
    twice = text.duplicated(key)
    problem = "stands in an earlier line already; a key is unique"
    return [(line, " and ".join(key), "|".join(text.loc[line, key]), problem) for line in text.index[twice]]


def references(resource: Mapping[str, Any]) -> Iterator[tuple[Field, str, str]]:
    """List the foreign keys of a table, those of list items included.

    Parameters
    ----------
    resource
        Descriptor of the table.

    Yields
    ------
    tuple
        Description of the column, name of the table it refers to, name of the column there.
    """
    schema = resource["schema"]
    by_name = {field["name"]: field for field in schema["fields"]}
    for key in schema.get("foreignKeys", []):
        target = key["reference"]
        yield by_name[key["fields"][0]], target.get("resource") or resource["name"], target["fields"][0]
    for field in schema["fields"]:
        if "itemReference" in field:
            yield field, field["itemReference"]["resource"], field["itemReference"]["field"]


def check_references(
    resource: Mapping[str, Any], text: pd.DataFrame, tables: Mapping[str, pd.DataFrame]
) -> list[CellFault]:
    """Find the cells that name a row which the other table does not have.

    Parameters
    ----------
    resource
        Descriptor of the table.
    text
        Its text cells, indexed by line number.
    tables
        Text cells of all tables; what refers to one that could not be read, and is missing here, is passed over.

    Returns
    -------
    list of tuple
        (line, column, value, problem) of each such cell.
    """
    faults = []
    for field, table, column in references(resource):
        if table not in tables:
            continue
        known = set(tables[table][column])
        name: str = field["name"]
        cells = text[name]
        for value in cells.unique():
            unknown = [part for part in items(field, value) if part and part not in known]
            if unknown:
                problem = f"names {short(', '.join(unknown))}, which column {column} of {table}.csv does not have"
                faults += [(line, name, value, problem) for line in cells.index[cells == value]]
    return faults


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
        The same rows, numbered from 0: lists as tuples of text, whole numbers as Int64, true and false as bool, the rest
        as text.
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
