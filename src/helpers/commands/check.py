"""Checks a data folder and says what to mend, in plain words."""

import sys
from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from helpers.commands.notices import notices
from helpers.derive.membership import bound_spells, states_ever_bound
from helpers.derive.scope import Scope
from helpers.loaders.contract import DataError
from helpers.loaders.tables import checked, read, read_scope


def main(folder: str | Path) -> int:
    """Prints every fault or a count of what is in order, and what somebody should look at; returns the exit code."""
    try:
        resources, text, faults = read(folder)
        tables = checked(resources, text, faults)
        if wrong := list(faults_of_scope(read_scope(folder), resources, tables)):
            raise DataError(f"datapackage.json: {fault}" for fault in wrong)
    except DataError as error:
        print(error, file=sys.stderr)
        print(f"{len(error.faults)} to mend.", file=sys.stderr)
        return 1
    print(f"{len(tables)} tables with {sum(map(len, tables.values()))} rows: in order.")
    for notice in notices(folder, resources, text, tables, date.today()):
        print(f"Look at {notice}.")
    return 0


def faults_of_scope(
    scope: Mapping[str, Any], resources: Mapping[str, Any], tables: Mapping[str, pd.DataFrame]
) -> Iterator[str]:
    """Find what is wrong with the scope that a data package names, before a notebook stumbles over it.

    Parameters
    ----------
    scope
        What stands under `scope`.
    resources
        The descriptor of each table.
    tables
        The loaded tables.

    Yields
    ------
    str
        One line a fault, worded to stand behind "datapackage.json: ".
    """
    known = [field.name for field in fields(Scope)]
    yield from (f"scope: {name[:60]!r} is not one of {', '.join(known)}" for name in scope if name not in known)
    try:
        asked = Scope.of({}, scope)
    except ValueError as error:
        yield str(error)
        return
    event_type = next(one for one in resources["exercises"]["schema"]["fields"] if one["name"] == "event_type")
    types = event_type["constraints"]["enum"]
    yield from (
        f"scope: classes name {one[:60]!r}; there are {', '.join(types)}" for one in asked.classes if one not in types
    )
    bound = states_ever_bound(bound_spells(tables))
    if asked.focus not in bound:
        yield f"scope: focus is {asked.focus[:60]!r}, which was never bound; states that were: {', '.join(sorted(bound))}"
