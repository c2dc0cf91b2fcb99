"""Holds the cells of a table to the data contract: types, allowed values, keys and references.

This takes a fraction of the time that a full Data Package validator needs to start; the tests run both on the same
package.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

import pandas as pd

from helpers.loaders import dates
from helpers.loaders.addresses import is_address, problem_of_address
from helpers.loaders.characters import MAX_DIGITS, is_plain, problem_of_text
from helpers.loaders.contract import EDTF, CellFault, Field, items, short
from helpers.loaders.patterns import pattern_of

REMEMBERED = (
    2**16
)  # texts, twice those of the record: who adds a report holds nearly the same tables to the contract six times
_DIGITS = re.compile(rf"[0-9]{{{MAX_DIGITS + 1},}}")


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
        needed = any(one.get("constraints", {}).get("required") for one in (field, field.get("also", {})))
        return "is blank, but this column needs a value" if needed else ""
    return (
        _text_problem(value)
        or _type_problem(field, value)
        or _constraint_problem(field, constraints, value)
        or (problem_of(field["also"], value) if "also" in field else "")
    )


def _text_problem(value: str) -> str:
    """What is wrong with a text whatever its column, or an empty text."""
    return "" if is_plain(value) else _looked_into(value)


@lru_cache(maxsize=REMEMBERED)
def _looked_into(value: str) -> str:
    """What is wrong with a text that is not plain, or an empty text."""
    return problem_of_text(value) or (problem_of_address(value) if is_address(value) else _digits_problem(value))


def _is_free(field: Field) -> bool:
    """Whether any text is allowed in a column, so that a plain one cannot be wrong."""
    bound = field.get("constraints", {}).keys() - {"required"}
    return field["type"] == "string" and not (bound or field.keys() & {"rdfType", "itemEnum", "also"})


def _digits_problem(value: str) -> str:
    """Whether a number in a text is longer than any count, or an empty text."""
    found = _DIGITS.search(value)
    return f"holds a number of {len(found[0])} digits; {MAX_DIGITS} are the most" if found else ""


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
    if "pattern" in constraints and not pattern_of(constraints["pattern"]).fits(value):
        return f"does not fit: {field['description']}"
    if len(value) > constraints.get("maxLength", len(value)):
        return f"has {len(value)} characters; {constraints['maxLength']} are the most in this column"
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
        values = text[name].unique()
        if _is_free(field):
            values = [value for value in values if not is_plain(value)]
        wrong = {value: problem for value in values if (problem := problem_of(field, value))}
        faults += faults_of(text[name], wrong)
    return faults


def faults_of(column: pd.Series, problems: Mapping[str, str]) -> list[CellFault]:
    """Find the lines of faulty values, in time that grows with the length of the column.

    Parameters
    ----------
    column
        Text cells of one column, indexed by line number.
    problems
        {value: problem} of the faulty ones.

    Returns
    -------
    list of tuple
        (line, column, value, problem) of each faulty cell.
    """
    wrong = column[column.isin(problems.keys())]
    return [(line, str(column.name), value, problems[value]) for line, value in wrong.items()]


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
    twice = text.loc[text.duplicated(key), key]
    problem = "stands in an earlier line already; a key is unique"
    return [(row[0], " and ".join(key), "|".join(row[1:]), problem) for row in twice.itertuples()]


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
        wrong: dict[str, str] = {}
        for value in text[name].unique():
            if unknown := [part for part in items(field, value) if part and part not in known]:
                named = short(", ".join(unknown))
                wrong[value] = f"names {named}, which column {column} of {table}.csv does not have"
        faults += faults_of(text[name], wrong)
    return faults
