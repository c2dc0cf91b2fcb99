"""What can be asked of the package from a shell: `python -m helpers --help` lists it.

What a command needs is imported when it is chosen, so that a small question is answered at once.
"""

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

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
    """Appends rows from a JSON file, or a report from a filled template."""
    from helpers.loaders.append import append
    from helpers.loaders.contract import DataError
    from helpers.loaders.tables import DATA

    folder = Path(asked.folder or DATA)
    if asked.template:
        return _print_template(folder)
    if not asked.rows:
        print("name a file of rows, or ask for --template", file=sys.stderr)
        return 2
    if asked.rows.endswith(".toml"):
        from helpers.commands import append_report

        return append_report.main(Path(asked.rows), folder, asked.yes, input if sys.stdin.isatty() else None)
    try:
        with sys.stdin if asked.rows == "-" else open(asked.rows, encoding="utf-8") as file:
            rows = json.load(file)
        if not isinstance(rows, dict) or not all(isinstance(own, list) for own in rows.values()):
            raise ValueError("rows must be given as {table: [{column: value}]}")
        append(rows, folder)
    except (DataError, OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    print(", ".join(f"{name}: {len(own)} added" for name, own in rows.items()) or "nothing to add")
    return 0


def _print_template(folder: Path) -> int:
    from helpers.commands.append_template import template
    from helpers.loaders.contract import DataError

    try:
        print(template(folder), end="")
    except DataError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def draft(asked: argparse.Namespace) -> int:
    """Drafts a report from a text."""
    from helpers.commands import draft as drafts
    from helpers.loaders.tables import DATA

    return drafts.main(Path(asked.text), Path(asked.folder or DATA))


def convert(asked: argparse.Namespace) -> int:
    """Turns a table of exercises into a data package."""
    from helpers.commands import convert as converter

    keep = dict(pair.partition("=")[::2] for pair in asked.keep)
    listed = converter.listed
    columns = converter.Columns(
        listed(asked.states),
        start=listed(asked.start),
        end=listed(asked.end),
        name=asked.name,
        series=asked.series,
        place=asked.place,
        keep=keep,
    )
    more = {name: getattr(asked, name) for name in ("address", "published", "complete", "focus", "split")}
    origin = converter.Origin(asked.body, asked.title or asked.body, asked.dataset, **more)
    return converter.main(asked.file, asked.folder, columns, origin, asked.countries)


def codebook(asked: argparse.Namespace) -> int:
    """Writes the codebook and the rules."""
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
    one = command(
        export,
        "write the derived tables and the graph to a folder, as CSV and JSON, with all tables as SQLite and XLSX",
    )
    one.add_argument("folder", help="where to; files of the same names are replaced")
    one = command(changes, "say in plain words what a change to the data does to tables, findings and verdicts")
    one.add_argument("folder", nargs="?", help="data to compare with, by default those of the last commit")
    one = command(
        append,
        "append a report from a filled template, or rows to the tables: all or none, checked before",
        "A template (.toml) is shown as the rules will read it, and written when that is agreed to.",
    )
    one.add_argument(
        "rows",
        nargs="?",
        help='a filled template, a JSON file such as {"sources": [{"source_id": "..."}]}, or - for JSON from standard input',
    )
    one.add_argument("--template", action="store_true", help="print a template to fill in")
    one.add_argument("--yes", action="store_true", help="write the report of a template without asking")
    one.add_argument("--folder", help="a data package, by default data/")
    one = command(
        draft,
        "print a template filled in from a pasted text in English or Russian, each field beside the words it comes from",
        "Nothing is written: check it, complete it, and hand it to append. Blank fields are for you to judge.",
    )
    one.add_argument("text", help="a text file in UTF-8")
    one.add_argument("--folder", help="a data package, by default data/")
    _add_convert(command)
    command(codebook, "write data/CODEBOOK.md from the descriptors, and data/RULES.md from the docstrings")
    command(refresh, "re-execute the committed notebooks in place, and write what is generated from them")
    return whole


def _add_convert(command: Callable[..., argparse.ArgumentParser]) -> None:
    """The options of `convert`."""
    one = command(
        convert,
        "turn a table of exercises, one a row, into a data package on which every notebook runs",
        "What such a table cannot say, above all who stayed away, is written into the package and printed.",
    )
    one.add_argument("file", help="a CSV file in UTF-8")
    one.add_argument("folder", help="the package to be; it must not be there yet")
    for name, value, meaning in [
        ("body", "NAME", "short name of the organisation or circle of states, in capitals"),
        ("dataset", "NAME", "name and version of the table"),
        ("address", "URL", "where the table is published"),
        ("published", "DAY", "when it was published, such as 2021-08"),
        ("states", "COLUMNS", "columns of one state each, such as 'State*', or one column with a list"),
        ("start", "COLUMNS", "first day: a column of ISO days, or three of year,month,day"),
    ]:
        one.add_argument(f"--{name}", metavar=value, help=meaning, required=True)
    for name, value, meaning in [
        ("end", "COLUMNS", "last day, likewise"),
        ("name", "COLUMN", "name of the exercise"),
        ("series", "COLUMN", "its series"),
        ("place", "COLUMN", "its place, kept as a note"),
        ("title", "NAME", "the organisation's name in full"),
        ("countries", "FILE", "a CSV of iso3, name and aliases, for states that the record does not know"),
        ("focus", "ISO3", SCOPE["focus"][1]),
        ("split", "DAY", SCOPE["split"][1]),
    ]:
        one.add_argument(f"--{name}", metavar=value, help=meaning, default="")
    one.add_argument(
        "--keep", metavar="COLUMN=VALUE", action="append", default=[], help="take only rows with this value"
    )
    one.add_argument("--complete", action="store_true", help="the table presents its lists of states as full")


def main(words: Sequence[str] | None = None) -> int:
    """Carries out one command (by default that of the command line); returns the exit code."""
    asked = parser().parse_args(words)
    if asked.call in (build, codebook, refresh) and not _in_checkout():
        print(f"{asked.call.__name__} needs a checkout of the project; this is the package alone", file=sys.stderr)
        return 1
    return asked.call(asked)


def _in_checkout() -> bool:
    """Whether notebooks and pages lie beside the code; an installed package has the data alone."""
    return (Path(__file__).resolve().parents[2] / "notebooks").is_dir()


def settle() -> None:
    """Keeps what matplotlib, IPython and Jupyter save and read of settings in `build/`.

    Somebody's own settings would change figures and outputs, and a home folder may not be there to be written to.
    """
    folder = Path(__file__).resolve().parents[2] / "build" / "settings"
    for name in ("MPLCONFIGDIR", "IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR"):
        os.environ[name] = str(folder / name.lower())


if __name__ == "__main__":
    if _in_checkout():
        settle()
    try:
        code = main()
        sys.stdout.flush()
    except BrokenPipeError:  # whoever read the output has read enough, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 1
    sys.exit(code)
