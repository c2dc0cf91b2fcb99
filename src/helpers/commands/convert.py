"""Turns a table of exercises that others made, one row an exercise and its states in columns, into a data package.

What such a table cannot say is neither guessed nor left unsaid: it stands in the package's descriptor and is printed.
"""

from __future__ import annotations

import csv
import fnmatch
import re
import sys
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from helpers.commands.convert_package import write_package
from helpers.commands.convert_tables import MOST_LETTERS, Edition, Origin, slug
from helpers.display.phrases import shorten
from helpers.loaders import dates
from helpers.loaders.contract import DataError
from helpers.loaders.tables import DATA

NOTHING = {"", "-9", "-99", "NA", "N/A", "NULL", "."}  # how tables of the field write that there is no value
Row = Mapping[str, str]


@dataclass(frozen=True)
class Columns:
    """Which columns of the table say what.

    Attributes
    ----------
    states
        Columns with one state each, or one column with a list; `*` stands for any letters, as in `State*`.
    start, end
        One column with ISO days, or three with year, month and day.
    name, series, place
        Columns of the name, the series and the place; blank if there is none.
    keep
        {column: value} that a row must have to be taken.
    """

    states: Sequence[str]
    start: Sequence[str]
    end: Sequence[str] = ()
    name: str = ""
    series: str = ""
    place: str = ""
    keep: Mapping[str, str] = field(default_factory=dict)


def main(file: str, folder: str, columns: Columns, origin: Origin, countries: str = "") -> int:
    """Writes the package and says what it holds and what it cannot say; returns the exit code."""
    try:
        editions = read_editions(Path(file), columns, origin.body, Path(countries) if countries else None)
        print(write_package(Path(folder), editions, origin, _known(Path(countries) if countries else None)))
    except (DataError, OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def read_editions(file: Path, columns: Columns, body: str, countries: Path | None = None) -> list[Edition]:
    """Read the rows of a table of exercises.

    Parameters
    ----------
    file
        A CSV file in UTF-8.
    columns
        Which columns say what.
    body
        Short name of the organisation: the series of a row that has neither a series nor a name.
    countries
        A table of iso3, name and aliases for states that the record does not know.

    Returns
    -------
    list of Edition
        In the order of time.

    Raises
    ------
    DataError
        With a line for each fault of a row.
    ValueError
        In one line, if the file has no such columns, or no row is left.
    """
    rows = _read(file)
    states = _state_columns(columns, list(rows[0]) if rows else [])
    code = _codes(_known(countries))
    faults: list[str] = []
    found: list[Edition] = []
    unknown: dict[str, int] = {}
    for line, row in enumerate(rows, 2):
        if any(row[name].strip() != value for name, value in columns.keep.items()):
            continue
        names = _states(row, states)
        unknown |= {name: line for name in names if code(name) is None and name not in unknown}
        try:
            start, end = (_day([row[name] for name in own]) for own in (columns.start, columns.end or columns.start))
            if not start:
                raise ValueError("gives no year")
        except ValueError as error:
            faults.append(f"{file.name}, line {line}: {error}")
            continue
        called = _line(row[columns.name]) if columns.name else ""
        own = _without_year(called, start)
        series = (_line(row[columns.series]) if columns.series else "") or own or body
        own = "" if f"-{slug(series)}-" in f"-{slug(own)}-" else own
        there = tuple(dict.fromkeys(filter(None, map(code, names))))
        found.append(
            Edition(series, called, own, start, end, there, _places(row[columns.place] if columns.place else ""))
        )
    faults += [
        f"{file.name}, line {line}: no code is known for the state {name!r}; name it in a file for --countries"
        for name, line in unknown.items()
    ]
    if faults:
        raise DataError(faults)
    if not found:
        raise ValueError(f"{file.name}: no row is left to convert")
    return sorted(found, key=lambda one: (dates.parse(one.start)[0], one.series, one.name))


def _read(file: Path) -> list[dict[str, str]]:
    try:
        with file.open(encoding="utf-8-sig", newline="") as opened:
            return [{name: cell or "" for name, cell in row.items() if name} for row in csv.DictReader(opened)]
    except UnicodeDecodeError:
        raise ValueError(f"{file.name}: not UTF-8; save the file as CSV UTF-8") from None


def _state_columns(columns: Columns, there: Sequence[str]) -> list[str]:
    """The columns of states that the file has; ValueError if it lacks one that is named."""
    wanted = [*columns.start, *columns.end, columns.name, columns.series, columns.place, *columns.keep]
    if lacking := [name for name in dict.fromkeys(wanted) if name and name not in there]:
        raise ValueError(f"column {lacking[0]!r} is not in the file; it has {', '.join(there)}")
    states = [name for pattern in columns.states for name in there if fnmatch.fnmatchcase(name, pattern)]
    if not states:
        raise ValueError(f"no column is called {', '.join(columns.states)}; the file has {', '.join(there)}")
    if any(len(one) not in (1, 3) for one in (columns.start, columns.end or columns.start)):
        raise ValueError("a day is one column with ISO days, or three with year, month and day")
    return states


def _states(row: Row, columns: Sequence[str]) -> list[str]:
    """Names of the states of a row: a cell each, or a list in one cell."""
    cells = [row[name] for name in columns]
    parts = cells if len(columns) > 1 else re.split(r"[;,|]", cells[0])
    return [name for part in parts if (name := _line(part)) not in NOTHING]


def _without_year(name: str, start: str) -> str:
    """A name that a series can have: without the year in which it began, before or behind it, and no longer than a cell allows."""
    year = rf"(?:{start[:4]}|['’]?{start[2:4]})"
    bare = re.sub(rf"^{start[:4]}\W+|[\W_]+{year}\W*$", "", name)
    return "" if re.fullmatch(year, bare) else shorten(bare, MOST_LETTERS)


def _places(text: str) -> tuple[str, ...]:
    """Places in words: one, or a list with semicolons."""
    return tuple(dict.fromkeys(name for part in text.split(";") if (name := _line(part)) not in NOTHING))


def _day(parts: Sequence[str]) -> str:
    """A day as EDTF, from an ISO day or from year, month and day; unknown parts, such as xx, are left out.

    Raises ValueError in one line for anything else.
    """
    cells = [part.strip() for part in parts]
    text = cells[0]
    if len(cells) == 3:
        known = [f"{int(cell):02d}" if cell.isdecimal() else "" for cell in cells]
        text = "-".join(known[: known.index("") if "" in known else 3])
    text = re.sub(r"(-(xx|XX|00))+$", "", text)
    if text in NOTHING:
        return ""
    if not re.fullmatch(r"\d{4}(-\d\d){0,2}", text):
        raise ValueError(
            f"{text!r} is no ISO day such as 2010-06-07; three columns (year,month,day) may be named instead"
        )
    dates.parse(text)
    return text


def _known(countries: Path | None) -> dict[str, dict[str, str]]:
    """{iso3: row of countries}: those of the record, and over them those of a file."""
    return {row["iso3"]: row for file in (DATA / "countries.csv", countries) if file for row in _read(file)}


def _codes(known: Mapping[str, Row]) -> Callable[[str], str | None]:
    """What finds the code of a state by its code, name or alias."""
    names = {
        _folded(name): iso3
        for iso3, row in known.items()
        for name in [iso3, row["name"], row.get("name_ru", ""), *row.get("aliases", "").split(";")]
        if name
    }
    return lambda name: names.get(_folded(name))


def _folded(name: str) -> str:
    """A name as it is compared: without case, accents, and articles."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    return re.sub(r"^the |[^\w ]", "", "".join(c for c in plain if not unicodedata.combining(c))).strip()


def _line(text: str) -> str:
    """Text as a cell may hold it: one line without markup, that no spreadsheet takes for a formula."""
    printable = "".join(c if c.isprintable() else " " for c in text)
    return re.sub(r"[<>]", "", " ".join(printable.split())).lstrip("=+@").strip()


def listed(names: Iterable[str] | str) -> list[str]:
    """Names that are separated by commas."""
    return [name.strip() for name in (names.split(",") if isinstance(names, str) else names) if name.strip()]
