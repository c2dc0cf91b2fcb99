"""What can be asked of the package from a shell: `python -m helpers --help` lists it.

What a command needs is imported when it is chosen, so that a small question is answered at once.
"""

import argparse
import json
import sys
from collections.abc import Callable, Sequence

SCOPE = {  # what of a scope can be asked for, and in which words
    "since": ("YEAR", "first plan year"),
    "until": ("YEAR", "last plan year"),
    "classes": ("NAMES", "types of event, separated by commas, such as exercise,operation"),
    "unit": ("UNIT", "component (each part of a joint exercise) or umbrella (the joint exercise as one)"),
    "grade": ("GRADE", "weakest grade of evidence that counts: A, B or C"),
    "focus": ("ISO3", "the member looked at, by its ISO code of three letters"),
    "split": ("DAY", "the day that divides before from since, such as 2022-09-13"),
}


def check(asked: argparse.Namespace) -> int:
    """Checks a data folder."""
    from helpers.commands import check
    from helpers.loaders.tables import DATA

    return check.main(asked.folder or DATA)


def build(asked: argparse.Namespace) -> int:
    """Builds the pages of the record, or of another scope."""
    from helpers.commands import build

    given = {name.upper(): text.strip() for name in SCOPE if (text := getattr(asked, name)) is not None}
    try:
        return build.main(given, asked.jobs)
    except KeyboardInterrupt:
        return build.interrupted()


def export(asked: argparse.Namespace) -> int:
    """Writes the derived tables."""
    from helpers.commands import export

    return export.main(asked.folder)


def changes(asked: argparse.Namespace) -> int:
    """Says what a change to the data does."""
    from helpers.commands import changes

    return changes.main(*([asked.folder] if asked.folder else []))


def append(asked: argparse.Namespace) -> int:
    """Appends rows from a JSON file."""
    from helpers.loaders.append import append
    from helpers.loaders.contract import DataError

    try:
        with sys.stdin if asked.rows == "-" else open(asked.rows, encoding="utf-8") as file:
            rows = json.load(file)
        if not isinstance(rows, dict) or not all(isinstance(own, list) for own in rows.values()):
            raise ValueError("rows must be given as {table: [{column: value}]}")
        append(rows, asked.folder)
    except (DataError, OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    print(", ".join(f"{name}: {len(own)} added" for name, own in rows.items()) or "nothing to add")
    return 0


def codebook(asked: argparse.Namespace) -> int:
    """Writes the codebook."""
    from helpers.commands import codebook

    return codebook.main()


def refresh(asked: argparse.Namespace) -> int:
    """Writes anew what is committed and generated."""
    from helpers.commands import refresh

    return refresh.main()


def parser() -> argparse.ArgumentParser:
    """The commands and what each may be given."""
    whole = argparse.ArgumentParser(prog="python -m helpers", description="The record of exercises, from a shell.")
    commands = whole.add_subparsers(required=True, metavar="COMMAND")

    def command(call: Callable[[argparse.Namespace], int], summary: str, more: str = "") -> argparse.ArgumentParser:
        one = commands.add_parser(
            call.__name__, help=summary, description=f"{summary[:1].upper()}{summary[1:]}. {more}"
        )
        one.set_defaults(call=call)
        return one

    one = command(check, "validate the data and name every fault by file and line", "Exit code 1 if there is any.")
    one.add_argument("folder", nargs="?", help="a data package, by default data/")
    one = command(
        build,
        "execute every notebook, export the tables, render the pages",
        "Only what changed is done again. With an option, the pages are of another scope and go into a folder of their own "
        "under build/; what is not named stays as the notebooks have it.",
    )
    for name, (value, meaning) in SCOPE.items():
        one.add_argument(f"--{name}", metavar=value, help=meaning)
    one.add_argument("--jobs", type=int, metavar="N", help="notebooks executed at once, by default one a processor")
    one = command(export, "write the derived tables and the graph to a folder, as CSV and JSON")
    one.add_argument("folder", help="where to; files of the same names are replaced")
    one = command(changes, "say in plain words what a change to the data does to tables, findings and verdicts")
    one.add_argument("folder", nargs="?", help="data to compare with, by default those of the last commit")
    one = command(append, "append rows to the tables, all or none, sorted by key and checked before")
    one.add_argument("rows", help='a JSON file such as {"sources": [{"source_id": "..."}]}, or - for standard input')
    one.add_argument("--folder", help="a data package, by default data/")
    command(codebook, "write data/CODEBOOK.md from the descriptors")
    command(refresh, "re-execute the committed notebooks in place, and write what is generated from them")
    return whole


def main(words: Sequence[str] | None = None) -> int:
    """Carries out one command (by default that of the command line); returns the exit code."""
    asked = parser().parse_args(words)
    return asked.call(asked)


if __name__ == "__main__":
    sys.exit(main())
