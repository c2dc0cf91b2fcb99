"""Checks a data folder and says what to mend, in plain words: `python -m helpers.check [FOLDER]`."""

import sys
from pathlib import Path

from helpers.loaders.contract import DataError
from helpers.loaders.tables import DATA, load


def main(folder):
    """Prints every fault or a count of what is in order; returns the exit code."""
    try:
        tables = load(folder)
    except DataError as error:
        print(error, file=sys.stderr)
        print(f"{len(error.faults)} to mend.", file=sys.stderr)
        return 1
    print(f"{len(tables)} tables with {sum(map(len, tables.values()))} rows: in order.")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else DATA))
