"""The data contract: reads datapackage.json and holds every table to it.

`datapackage.json` is the only place where columns, types, allowed values and keys are written down. This module checks
them in a fraction of the time that a full Data Package validator needs to start; the tests run both on the same package.
"""

import csv
import json
import re
from pathlib import Path

import pandas as pd

from helpers.loaders import dates, inherit

RECORD = Path(__file__).resolve().parents[3] / "data"  # the record's own package, which another may extend

EDTF = "http://id.loc.gov/datatypes/edtf/EDTF"

# A cell that starts like a formula runs in a spreadsheet; one that holds a tag could run in a page; a control character
# hides from whoever reads it. None of the three is ever needed in a fact.
_FORMULA = re.compile(r"[=+@\t]|-[^ \d]")
_MARKUP = re.compile(r"<[a-zA-Z/!?]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


class DataError(ValueError):
    """The tables break the contract. `faults` holds one line a fault: file, line, column, value, what is allowed."""

    def __init__(self, faults):
        self.faults = list(faults)
        super().__init__("\n".join(self.faults))

    def __reduce__(self):
        """Its faults, for a worker process to hand over: by default it would be made anew of its text, letter by letter."""
        return DataError, (self.faults,)


def short(value):
    """A value as fits a line."""
    return value if len(value) <= 60 else value[:57] + "..."


def fault(path, line, column, value, problem):
    """One fault as the line a person reads."""
    shown = short(value)
    where = f"{path.name}, line {line}, column {column}" if column else f"{path.name}, line {line}"
    return f"{where}: value {shown!r} {problem}" if column else f"{where}: {problem}"


def read_package(folder):
    """The complete descriptor (dict) of the data package in `folder`, what it extends included.

    Raises DataError if it is missing, not JSON, or extends what cannot be extended.
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
    if isinstance(package, dict) and "extends" in package:
        if path.parent.resolve() == RECORD:
            raise DataError([f"{path.name}: extends {package['extends']!r}; the shared package extends no other"])
        try:
            package = inherit.complete(package, read_package(RECORD))
        except ValueError as error:
            raise error if isinstance(error, DataError) else DataError([f"{path.name}: {error}"]) from None
    try:
        for resource in package["resources"]:
            resource["name"], resource["path"], resource["schema"]["primaryKey"]
            [(field["name"], field["type"]) for field in resource["schema"]["fields"]]
    except (KeyError, TypeError):
        raise DataError(
            [f"{path.name}: does not describe tables; see data/datapackage.json for one that does"]
        ) from None
    return package


def _undecodable(path):
    """Number of the first line that is not UTF-8: the decoder itself counts from where it last refilled its buffer."""
    for number, line in enumerate(path.read_bytes().split(b"\n"), 1):
        try:
            line.decode()
        except UnicodeDecodeError:
            return number


def read_text(path, fields):
    """A CSV file as a frame of text cells, indexed by line number; columns in the contract's order.

    A column that the contract does not require may be absent from the file: it then reads as blank throughout. Raises DataError for a missing file, another encoding, a wrong header or a row of the wrong length.
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
    needed = [field["name"] for field in fields if field.get("constraints", {}).get("required")]
    faults = [f"{path.name}, line 1: column {name} is missing" for name in needed if name not in header]
    faults += [f"{path.name}, line 1: column {name!r} is not in the contract" for name in header if name not in names]
    faults += [f"{path.name}, line 1: column {name!r} stands twice" for name in names if header.count(name) > 1]
    faults += [
        fault(path, line, "", "", f"has {len(row)} cells; the header has {len(header)}")
        for row, line in zip(rows, lines, strict=True)
        if len(row) != len(header)
    ]
    if faults:
        raise DataError(faults)
    return pd.DataFrame(rows, columns=header, index=lines, dtype=object).reindex(columns=names, fill_value="")


def items(field, value):
    """The parts of a cell: those of a list, or the whole of any other."""
    return value.split(field["delimiter"]) if field["type"] == "list" else [value]


def problem_of(field, value):
    """What is wrong with one cell by itself, or an empty text."""
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


def _type_problem(field, value):
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


def _constraint_problem(field, constraints, value):
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


def check_cells(fields, text):
    """(line, column, value, problem) of each faulty cell. Each different value is looked at once, so a long table costs
    little more than a short one.
    """
    faults = []
    for field in fields:
        column = text[field["name"]]
        wrong = {value: problem for value in column.unique() if (problem := problem_of(field, value))}
        faults += [
            (line, field["name"], column[line], wrong[column[line]]) for line in column.index[column.isin(wrong)]
        ]
    return faults


def check_keys(schema, text):
    """As `check_cells`, of the primary key: a key that stands twice."""
    key = schema["primaryKey"]
    twice = text.duplicated(key)
    problem = "stands in an earlier line already; a key is unique"
    return [(line, " and ".join(key), "|".join(text.loc[line, key]), problem) for line in text.index[twice]]


def references(resource):
    """(field, table, column) of every foreign key, those of list items included."""
    schema = resource["schema"]
    by_name = {field["name"]: field for field in schema["fields"]}
    for key in schema.get("foreignKeys", []):
        target = key["reference"]
        yield by_name[key["fields"][0]], target.get("resource") or resource["name"], target["fields"][0]
    for field in schema["fields"]:
        if "itemReference" in field:
            yield field, field["itemReference"]["resource"], field["itemReference"]["field"]


def check_references(resource, text, tables):
    """As `check_cells`, of foreign keys: a name that no row of the other table has. A table that could not be read is not asked."""
    faults = []
    for field, table, column in references(resource):
        if table not in tables:
            continue
        known = set(tables[table][column])
        cells = text[field["name"]]
        for value in cells.unique():
            unknown = [part for part in items(field, value) if part and part not in known]
            if unknown:
                problem = f"names {short(', '.join(unknown))}, which column {column} of {table}.csv does not have"
                faults += [(line, field["name"], value, problem) for line in cells.index[cells == value]]
    return faults


def typed(fields, text):
    """The text cells as values: lists as tuples, whole numbers as Int64, true/false as bool, the rest as text."""
    frame = text.reset_index(drop=True)
    for field in fields:
        name = field["name"]
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
