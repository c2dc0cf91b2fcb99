"""Checks a data folder and says what to mend, in plain words."""

import sys
from pathlib import Path

from helpers.loaders.contract import DataError
from helpers.loaders.tables import load


def main(folder: str | Path) -> int:
    """Prints every fault or a count of what is in order; returns the exit code."""
    try:
        tables = load(folder)
    except DataError as error:
        print(error, file=sys.stderr)
        print(f"{len(error.faults)} to mend.", file=sys.stderr)
        return 1
    print(f"{len(tables)} tables with {sum(map(len, tables.values()))} rows: in order.")
    return 0
