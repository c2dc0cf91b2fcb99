"""Loads the tables of a data package: typed frames, or one `DataError` that names every fault."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from helpers.loaders.cells import check_cells, check_keys, check_references
from helpers.loaders.contract import RECORD, CellFault, DataError, fault, read_package, typed
from helpers.loaders.files import read_text
from helpers.loaders.older import usual_scope
from helpers.loaders.rules import check_cases, check_rules, check_sites
from helpers.loaders.rules_between import check_between, check_pointers
from helpers.loaders.rules_rows import check_repeated

DATA = RECORD


def load(folder: str | Path | None = None) -> dict[str, pd.DataFrame]:
    """Load all tables of a data package.

    Parameters
    ----------
    folder
        Folder of the package; by default the record's own.

    Returns
    -------
    dict of DataFrame
        {table: rows}. Blank text cells are "", lists are tuples of text, whole numbers Int64, dates EDTF text (see
        `helpers.loaders.dates`).

    Raises
    ------
    DataError
        With every fault found, sorted by file and line.
    """
    return checked(*read(folder or DATA))


def read(folder: str | Path) -> tuple[dict[str, Any], dict[str, pd.DataFrame], list[str]]:
    """Read a data package as it stands, before its cells are checked.

    Parameters
    ----------
    folder
        Folder of the package.

    Returns
    -------
    tuple
        The descriptor of each table by name; the text cells of each table by name, indexed by line number; and the
        faults of reading, one line each. A table that cannot be read is named in the faults and left out of the texts. A
        package that extends the shared one may leave out the files of tables that are optional there, and any package those
        that it does not describe: they have no rows.

    Raises
    ------
    DataError
        If there is no readable descriptor.
    """
    folder = Path(folder)
    package = read_package(folder)
    resources = {resource["name"]: resource for resource in package["resources"]}
    text: dict[str, pd.DataFrame] = {}
    faults: list[str] = []
    for name, resource in resources.items():
        may_lack = resource.get("optional") and ("extends" in package or resource.get("undescribed"))
        if may_lack and not (folder / resource["path"]).exists():
            text[name] = pd.DataFrame(columns=[field["name"] for field in resource["schema"]["fields"]], dtype=object)
            continue
        try:
            text[name] = read_text(folder / resource["path"], resource["schema"]["fields"], resource.get("renamed", {}))
        except DataError as error:
            faults += error.faults
    return resources, text, faults


def checked(
    resources: Mapping[str, Any], text: Mapping[str, pd.DataFrame], faults: Iterable[str] = ()
) -> dict[str, pd.DataFrame]:
    """Hold the tables to their contract and give their cells their types.

    Parameters
    ----------
    resources, text, faults
        What `read` gives.

    Returns
    -------
    dict of DataFrame
        {table: rows}, as `load`.

    Raises
    ------
    DataError
        With the faults of reading and every fault of the cells, sorted by file and line.
    """
    lines = list(faults)
    for name, table in text.items():
        path, schema = Path(resources[name]["path"]), resources[name]["schema"]
        own: list[CellFault] = check_cells(schema["fields"], table)
        own += check_keys(schema, table)
        own += check_references(resources[name], table, text)
        sound = table.drop(
            index=list({line for line, *_ in own})
        )  # a rule over columns would stumble over a faulty cell
        own += [*check_rules(name, sound), *check_repeated(schema["fields"], sound)]
        if name == "exercises" and table.empty:
            own.append((1, "", "", "is followed by no exercise; a record holds one at least"))
        if name == "cases" and "events" in text:
            own += check_cases(sound, text["events"])
        if name == "reports" and "places" in text:
            own += check_sites(sound, text["places"])
        if name == "article_facts":
            own += check_pointers(sound, text, {key: one["schema"]["primaryKey"] for key, one in resources.items()})
        own += check_between(name, sound, text)
        lines += [fault(path, *found) for found in own]
    if lines:
        raise DataError(_sorted(lines))
    return {name: typed(resources[name]["schema"]["fields"], table) for name, table in text.items()}


def read_scope(folder: str | Path | None = None) -> dict[str, Any]:
    """Read the scope that analyses of a data package take unless told otherwise.

    Parameters
    ----------
    folder
        Folder of the package; by default the record's own.

    Returns
    -------
    dict
        {name of a parameter: value}, names as in `helpers.derive.scope`; the usual one if the package names none.

    Raises
    ------
    DataError
        If there is no readable descriptor; if the package names no scope, also if a table cannot be read.
    """
    package = read_package(folder or DATA)
    if "scope" in package:
        return package["scope"]
    _, text, faults = read(folder or DATA)
    if faults:
        raise DataError(faults)
    return usual_scope(text)


def primary_keys(folder: str | Path | None = None) -> dict[str, list[str]]:
    """Find the key columns of each table of a data package.

    Parameters
    ----------
    folder
        Folder of the package; by default the record's own.

    Returns
    -------
    dict
        {table: names of its key columns}.

    Raises
    ------
    DataError
        If there is no readable descriptor.
    """
    return {
        resource["name"]: resource["schema"]["primaryKey"] for resource in read_package(folder or DATA)["resources"]
    }


def _sorted(faults: Iterable[str]) -> list[str]:
    """Sort faults by file, then by line as a number."""

    def place(line: str) -> tuple[str, int]:
        head = line.split(":")[0].split(", ")
        return head[0], int(head[1].split()[-1]) if len(head) > 1 else 0

    return sorted(faults, key=place)
