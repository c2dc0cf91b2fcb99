"""Holds a descriptor to what this package can work with: somebody may have edited `datapackage.json` by hand.

What the tables may hold stands in the descriptor; what the descriptor may hold stands here, each rule once. A fault is one
line that names the table, the column and what is allowed.
"""

import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from helpers.loaders.characters import problem_of_text
from helpers.loaders.patterns import pattern_of

TYPES = ("string", "integer", "boolean", "list")
CONSTRAINTS = ("required", "enum", "pattern", "minimum", "maximum", "maxLength")
MAX_BYTES = 5_000_000  # of a descriptor, thirty times the record's
MOST = 10**9  # no bound of a column is larger
_NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")


def parse(content: bytes) -> Any:
    """Read JSON, and refuse what JSON leaves open: one key twice, numbers beyond all bounds.

    Parameters
    ----------
    content
        The bytes of a file.

    Returns
    -------
    object

    Raises
    ------
    ValueError
        In one line, worded to stand behind "datapackage.json: ".
    """
    if len(content) > MAX_BYTES:
        raise ValueError(f"has {len(content):,} bytes; {MAX_BYTES:,} are the most")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise ValueError(f"not UTF-8 in line {line}; save the file as UTF-8") from None
    try:
        return json.loads(
            text, object_pairs_hook=_once, parse_int=_bounded, parse_float=_finite, parse_constant=_finite
        )
    except json.JSONDecodeError as error:
        raise ValueError(f"not readable as JSON ({error})") from None
    except RecursionError:
        raise ValueError("not readable as JSON (too many brackets in one another)") from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose keys differ."""
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"has the key {_shown(key)} twice in one object; JSON keeps only the last")
        found[key] = value
    return found


def _bounded(digits: str) -> int:
    """A whole number of a size that means something."""
    if len(digits) > 15:
        raise ValueError(f"has a number of {len(digits)} digits, {digits[:10]}...; 15 are the most")
    return int(digits)


def _finite(digits: str) -> float:
    """A number that is one."""
    value = float(digits)
    if not math.isfinite(value):
        raise ValueError(f"has a number that is none: {digits[:20]}")
    return value


def faults_of_descriptor(package: Any) -> Iterator[str]:
    """Find what is wrong with a descriptor.

    Parameters
    ----------
    package
        What its JSON holds, what it extends included.

    Yields
    ------
    str
        One line a fault, worded to stand behind "datapackage.json: ". What hangs on a faulty part is not looked at.
    """
    if not isinstance(package, dict) or not isinstance(package.get("resources"), list) or not package["resources"]:
        yield "does not describe tables; see data/datapackage.json for one that does"
        return
    yield from _of_package(package)
    for key, value in _texts(package):
        if problem := problem_of_text(value):
            yield f"the text {_shown(value)} under {_shown(key)} {problem}"
    sound: dict[str, list[str]] = {}
    wrong = False
    for number, resource in enumerate(package["resources"], 1):
        own = list(_of_table(resource, number))
        yield from own
        wrong = wrong or bool(own)
        if own:
            continue
        if resource["name"] in sound:
            yield f"describes the table {resource['name']} twice"
        sound[resource["name"]] = [field["name"] for field in resource["schema"]["fields"]]
    for resource in package["resources"] if not wrong else ():
        yield from _of_keys(resource, sound)


def lacks(package: Mapping[str, Any], shared: Mapping[str, Any]) -> Iterator[str]:
    """Find the tables and columns that every analysis reads and a package does not describe.

    Parameters
    ----------
    package
        A sound descriptor.
    shared
        The descriptor of the shared package.

    Yields
    ------
    str
        One line a fault, worded to stand behind "datapackage.json: ".
    """
    own = {resource["name"]: resource["schema"]["fields"] for resource in package["resources"]}
    for resource in shared["resources"]:
        name = resource["name"]
        if name not in own:
            yield f"lacks the table {name}, which analyses read"
            continue
        fields = {field["name"]: field for field in own[name]}
        for field in resource["schema"]["fields"]:
            if field["name"] not in fields:
                yield f"table {name}: lacks the column {field['name']}, which analyses read"
                continue
            for key in ("type", "delimiter"):
                if (found := fields[field["name"]].get(key)) != field.get(key):
                    yield f"table {name}, column {field['name']}: its {key} must be {field.get(key)}, not {found}"


def _of_package(package: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with what a descriptor says of the package as a whole."""
    for key in ("name", "title", "description", "version"):
        if key in package and not (isinstance(package[key], str) and package[key]):
            yield f"its {key} must be a text, not {_shown(package[key])}"
    for key in ("licenses", "sources", "contributors"):
        value = package.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            yield f"its {key} must be a list of objects, not {_shown(value)}"
    if not isinstance(package.get("scope", {}), dict):
        yield f"its scope must be an object, not {_shown(package['scope'])}"


def _texts(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Every key and text of a descriptor with the key that it stands under, but patterns, which are no text."""
    if isinstance(value, str) and key != "pattern" and value:
        yield key, value
    for name, inner in (
        value.items() if isinstance(value, dict) else ((key, one) for one in value) if isinstance(value, list) else ()
    ):
        if isinstance(value, dict) and name:
            yield "a key", name
        yield from _texts(inner, name)


def _of_table(resource: Any, number: int) -> Iterator[str]:
    """What is wrong with the description of one table by itself."""
    if not isinstance(resource, dict) or not _is_name(resource.get("name")):
        yield f"table {number} needs a name of small letters, digits and single _, not {_shown(_of(resource, 'name'))}"
        return
    table = f"table {resource['name']}"
    if resource.get("path") != f"{resource['name']}.csv":
        yield f"{table}: its path must be {resource['name']}.csv, beside this file, not {_shown(resource.get('path'))}"
    for key, only in (("encoding", "utf-8"), ("format", "csv"), ("dialect", None)):
        if resource.get(key, only) != only:
            yield f"{table}: its {key} cannot be {_shown(resource[key])}; tables are UTF-8, with commas"
    fields = _of(resource.get("schema"), "fields")
    if not isinstance(fields, list) or not fields:
        yield f"{table}: its schema needs a list of fields, not {_shown(fields)}"
        return
    wrong = [fault for at, field in enumerate(fields, 1) for fault in _of_column(field, at)]
    yield from (f"{table}, {fault}" for fault in wrong)
    names = [_of(field, "name") for field in fields]
    yield from (
        f"{table}: describes the column {name} twice"
        for name in sorted({n for n in names if _is_name(n) and names.count(n) > 1})
    )
    key = resource["schema"].get("primaryKey")
    if not _is_list_of_texts(key) or not set(key) <= {name for name in names if isinstance(name, str)}:
        yield f"{table}: its primaryKey must be a list of its columns, not {_shown(key)}"


def _of_column(field: Any, number: int) -> Iterator[str]:
    """What is wrong with the description of one column."""
    if not isinstance(field, dict) or not _is_name(field.get("name")):
        yield f"column {number}: needs a name of small letters, digits and single _, not {_shown(_of(field, 'name'))}"
        return
    column = f"column {field['name']}"
    kind = field.get("type")
    if kind not in TYPES:
        yield f"{column}: its type must be one of {', '.join(TYPES)}, not {_shown(kind)}"
    if not isinstance(field.get("description"), str):
        yield f"{column}: needs a description in words, not {_shown(field.get('description'))}"
    delimiter = field.get("delimiter")
    if kind == "list" and not (isinstance(delimiter, str) and re.fullmatch(r"[^\w\s,\"]", delimiter)):
        yield f"{column}: its delimiter must be one sign such as ;, not {_shown(delimiter)}"
    for key in ("trueValues", "falseValues") if kind == "boolean" else ():
        if not _is_list_of_texts(field.get(key)):
            yield f"{column}: its {key} must be a list of texts, not {_shown(field.get(key))}"
    if "itemEnum" in field and not _is_list_of_texts(field["itemEnum"]):
        yield f"{column}: its itemEnum must be a list of texts, not {_shown(field['itemEnum'])}"
    constraints = field.get("constraints", {})
    if not isinstance(constraints, dict):
        yield f"{column}: its constraints must be an object, not {_shown(constraints)}"
        return
    yield from (f"{column}: {fault}" for fault in _of_constraints(constraints, kind))


def _of_constraints(constraints: Mapping[str, Any], kind: Any) -> Iterator[str]:
    """What is wrong with the constraints of one column."""
    for name, value in constraints.items():
        if name not in CONSTRAINTS:
            yield f"its constraint {_shown(name)} is not one of {', '.join(CONSTRAINTS)}"
        elif name == "required" and not isinstance(value, bool):
            yield f"its constraint required must be true or false, not {_shown(value)}"
        elif name == "enum" and not _is_list_of_texts(value):
            yield f"its enum must be a list of texts, not {_shown(value)}"
        elif name in ("minimum", "maximum") and (kind != "integer" or type(value) is not int or abs(value) > MOST):
            yield f"its {name} must be a whole number up to {MOST:,}, for a column of whole numbers, not {_shown(value)}"
        elif name == "maxLength" and (type(value) is not int or not 0 < value <= MOST):
            yield f"its maxLength must be a whole number above 0, not {_shown(value)}"
        elif name == "pattern":
            if not isinstance(value, str):
                yield f"its pattern must be a regular expression, not {_shown(value)}"
                continue
            try:
                pattern_of(value)
            except ValueError as error:
                yield f"its pattern {_shown(value)} {error}"


def _of_keys(resource: Mapping[str, Any], tables: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """What is wrong with the references of one table to others, {table: columns}."""
    table, schema = f"table {resource['name']}", resource["schema"]
    keys = schema.get("foreignKeys", [])
    if not isinstance(keys, list):
        yield f"{table}: its foreignKeys must be a list, not {_shown(keys)}"
        return
    for key in keys:
        target, own = _of(key, "reference"), _of(key, "fields")
        columns = _of(target, "fields")
        if not (_is_list_of_texts(own) and _is_list_of_texts(columns) and len(own) == len(columns) == 1):
            yield f"{table}: a foreign key needs fields and a reference of one column each, not {_shown(key)}"
        elif own[0] not in tables[resource["name"]]:
            yield f"{table}: a foreign key is of the column {_shown(own[0])}, which the table does not have"
        else:
            yield from _of_target(
                f"{table}, column {own[0]}", target.get("resource") or resource["name"], columns[0], tables
            )
    for field in schema["fields"]:
        place, same = f"{table}, column {field['name']}", field.get("sameFor", "")
        if same != "" and (same == field["name"] or same not in tables[resource["name"]]):
            yield f"{place}: its sameFor must be another of its columns, not {_shown(same)}"
        if "itemReference" in field:
            other, column = (_of(field["itemReference"], key) for key in ("resource", "field"))
            yield from _of_target(place, other, column, tables)


def _of_target(place: str, table: Any, column: Any, tables: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """What is wrong with one reference."""
    if not isinstance(table, str) or table not in tables:
        yield f"{place}: refers to the table {_shown(table)}, which is not described"
    elif column not in tables[table]:
        yield f"{place}: refers to the column {_shown(column)} of {table}, which is not described"


def _of(value: Any, key: str) -> Any:
    """An entry of what should be an object, or nothing."""
    return value.get(key) if isinstance(value, dict) else None


def _is_name(value: Any) -> bool:
    return isinstance(value, str) and _NAME.fullmatch(value) is not None


def _is_list_of_texts(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, str) for one in value)


def _shown(value: Any) -> str:
    """A value of the descriptor, on one line that it cannot fill."""
    text = "nothing" if value is None else repr(value)
    return text if len(text) <= 60 else text[:57] + "..."
