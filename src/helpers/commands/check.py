"""Checks a data folder and says what to mend, in plain words."""

import sys
from datetime import date
from pathlib import Path

from helpers.commands.notices import notices
from helpers.loaders.contract import DataError
from helpers.loaders.tables import checked, read


def main(folder: str | Path) -> int:
    """Prints every fault or a count of what is in order, and what somebody should look at; returns the exit code."""
    try:
        resources, text, faults = read(folder)
        tables = checked(resources, text, faults)
    except DataError as error:
        print(error, file=sys.stderr)
        print(f"{len(error.faults)} to mend.", file=sys.stderr)
        return 1
    print(f"{len(tables)} tables with {sum(map(len, tables.values()))} rows: in order.")
    for notice in notices(folder, resources, text, date.today()):
        print(f"Look at {notice}.")
    return 0
