"""Loads the tables: the only module that reads files.

`load()` gives typed frames or one `DataError` that names every fault. Rules that span columns, which a Data Package
cannot express, stand here as small checks.
"""

from pathlib import Path

from helpers.loaders.contract import (
    DataError,
    check_cells,
    check_keys,
    check_references,
    fault,
    read_package,
    read_text,
    typed,
)
from helpers.loaders.rules import CHECKS, check_cases, check_sites, no_rule

DATA = Path(__file__).resolve().parents[3] / "data"


def load(folder=None):
    """All tables of the data package in `folder` (by default the record's own) as {name: DataFrame}.

    Blank text cells are "", lists are tuples of text, whole numbers Int64, dates EDTF text (see `helpers.dates`).
    Raises DataError with every fault found, sorted by file and line.
    """
    return checked(*read(folder or DATA))


def read(folder):
    """A data package as it stands: its resources by name, the text cells of its tables by name, the faults of reading.

    A table that cannot be read is named in the faults and left out of the texts. Raises DataError without a descriptor.
    """
    folder = Path(folder)
    resources = {resource["name"]: resource for resource in read_package(folder)["resources"]}
    text, faults = {}, []
    for name, resource in resources.items():
        try:
            text[name] = read_text(folder / resource["path"], resource["schema"]["fields"])
        except DataError as error:
            faults += error.faults
    return resources, text, faults


def checked(resources, text, faults=()):
    """The typed tables of what `read` gives. Raises DataError with the faults of reading and all that the cells have."""
    faults = list(faults)
    for name, table in text.items():
        path, schema = Path(resources[name]["path"]), resources[name]["schema"]
        own = check_cells(schema["fields"], table)
        own += check_keys(schema, table)
        own += check_references(resources[name], table, text)
        sound = table.drop(index={line for line, *_ in own})  # a rule over columns would stumble over a faulty cell
        own += CHECKS.get(name, no_rule)(sound)
        if name == "exercises" and table.empty:
            own.append((1, "", "", "is followed by no exercise; a record holds one at least"))
        if name == "cases" and "events" in text:
            own += check_cases(sound, text["events"])
        if name == "reports" and "places" in text:
            own += check_sites(sound, text["places"])
        faults += [fault(path, *found) for found in own]
    if faults:
        raise DataError(_sorted(faults))
    return {name: typed(resources[name]["schema"]["fields"], table) for name, table in text.items()}


def read_scope(folder=None):
    """The scope (dict) that analyses of the data package in `folder` take unless told otherwise; its names as in `derive.scope`.

    Raises DataError if the package names none.
    """
    package = read_package(folder or DATA)
    if not isinstance(package.get("scope"), dict):
        raise DataError(
            ["datapackage.json: has no scope; it says which years, event types, state and day analyses start from"]
        )
    return package["scope"]


def primary_keys(folder=None):
    """{table: its key columns} of the data package in `folder`, by default the record's own."""
    return {
        resource["name"]: resource["schema"]["primaryKey"] for resource in read_package(folder or DATA)["resources"]
    }


def _sorted(faults):
    """By file, then line as a number."""

    def place(line):
        head = line.split(":")[0].split(", ")
        return head[0], int(head[1].split()[-1]) if len(head) > 1 else 0

    return sorted(faults, key=place)
