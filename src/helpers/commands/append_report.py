"""Appends one report from a filled template: shows how the rules will read it, asks, writes, and says what changed."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from helpers.commands.append_template import read_rows
from helpers.derive.attendance import derive_attendance, find_circumstances
from helpers.derive.codes import CODES
from helpers.derive.membership import bound_spells
from helpers.derive.register import derive_register
from helpers.derive.reports import reports_by_exercise
from helpers.derive.statements import Statement, read_report
from helpers.display.phrases import short_day
from helpers.loaders.append import append
from helpers.loaders.contract import DataError
from helpers.loaders.tables import load

SAYS = {  # what one report says of a state, in the reader's words
    "present": "came",
    "observer": "came to watch",
    "absent": "stayed away, as it says",
    "omitted": "stayed away: the full list lacks it",
    "jointly": "not clear: the list covers several drills",
    "boilerplate": "not clear: a phrase names nobody",
    "unnamed": "not clear: the list is not full",
    "": "not clear: nothing said",
}
Ask = Callable[[str], str]


class Reading(NamedTuple):
    """A data package's register and cells, and what one report says in it."""

    names: Mapping[str, str]
    exercise: pd.Series
    cells: pd.DataFrame
    elsewhere: pd.Series
    says: Mapping[str, Statement]
    expected: frozenset[str]


def main(file: Path, folder: Path, agreed: bool, ask: Ask | None = None) -> int:
    """Shows the reading of a filled template, and writes it if that is agreed to.

    Parameters
    ----------
    file
        The filled template.
    folder
        The data package.
    agreed
        Whether to write without asking.
    ask
        What asks a person; None if nobody can be asked, and then nothing is written.

    Returns
    -------
    int
        The exit code: 0 if it was written, or if nobody agreed to it; 1 if it was refused.
    """
    try:
        data = load(folder)
        rows = read_rows(file, data)
        refuse_twice(rows["reports"][0], data["reports"])
        print("\n".join(preview(rows, folder, data)))
        if not agreed and (ask is None or ask("\nWrite this? [y/N] ").strip().lower() not in ("y", "yes")):
            print("\nNothing was written." + (" Add --yes to write." if ask is None else ""))
            return 0
        append(rows, folder)
    except (DataError, OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    print("\nWritten: " + ", ".join(f"{len(own)} row in {name}.csv" for name, own in sorted(rows.items())) + ".")
    print("Next: helpers changes says what it does to findings; then make refresh.")
    return 0


def refuse_twice(report: Mapping[str, Any], reports: pd.DataFrame) -> None:
    """Refuse a report that stands there already: a file handed over twice would count one account as two.

    Parameters
    ----------
    report
        Cells of the new report, by column.
    reports
        The loaded table.

    Raises
    ------
    DataError
        In one line, with the number of the report that has the same cells.
    """
    same = reports[(reports["exercise_id"] == report["exercise_id"]) & (reports["source_id"] == report["source_id"])]
    new = {column: _plain(report.get(column, "")) for column in reports if column != "report_id"}
    for row in same.to_dict("records"):
        if all(_plain(row[column]) == value for column, value in new.items()):
            raise DataError(
                [f"reports.csv: {row['report_id']} says the same of {row['exercise_id']} by this source; it is there"]
            )


def _plain(value: Any) -> str:
    return ";".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)


def preview(
    rows: Mapping[str, Sequence[Mapping[str, Any]]], folder: Path, data: Mapping[str, pd.DataFrame]
) -> list[str]:
    """Say what the rules will make of a report, and what changes by it, before it is written.

    Parameters
    ----------
    rows
        As `read_rows` gives them.
    folder, data
        The data package, and what `load` gives of it.

    Returns
    -------
    list of str
        Lines.

    Raises
    ------
    DataError
        With every fault, if the rows break the contract.
    """
    report = rows["reports"][0]
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place) / "data"
        shutil.copytree(folder, copy)
        after = _read(append(rows, copy), report["exercise_id"], report["report_id"])
    is_new = "exercises" in rows
    before = None if is_new else _read(data, report["exercise_id"])
    return [*_head(report, after, is_new), "", *_by_state(before, after), "", *_changes(before, after)]


def _read(data: Mapping[str, pd.DataFrame], exercise: str, report: str = "") -> Reading:
    """Derives a package, and what one report says in it."""
    register = derive_register(data)
    cells = derive_attendance(data, register)
    given = find_circumstances(register, bound_spells(data))[exercise]
    own = [one for one in reports_by_exercise(data)[exercise] if one.report_id == report]
    return Reading(
        data["countries"].set_index("iso3")["name"].to_dict(),
        register.set_index("exercise_id").loc[exercise],
        cells[cells["exercise_id"] == exercise].set_index("iso3"),
        cells[cells["exercise_id"] != exercise].set_index(["exercise_id", "iso3"])["code"],
        read_report(own[0], given.host_takes_part, given.expected) if own else {},
        given.expected,
    )


def _head(report: Mapping[str, Any], after: Reading, is_new: bool) -> list[str]:
    found = after.exercise
    first, last = short_day(found["start_earliest"]), short_day(found["end_latest"])
    hosts = ", ".join(after.names[state] for state in found["hosts"]) or "nobody named"
    return [
        f"{found['name']} ({'new' if is_new else 'on record'}; report {report['report_id']})",
        f"With this report: {found['status']}, {first}{f' to {last}' if last != first else ''}; host: {hosts}.",
    ]


def _by_state(before: Reading | None, after: Reading) -> list[str]:
    """A table: what the report says of each member and of whom it names, and what the record then holds."""
    named = [*sorted(after.expected), *sorted(set(after.says) - after.expected)]
    rows = [("state", "this report says", "the record holds")]
    for state in named:
        says = after.says[state].says if state in after.says else ""
        guest = "" if state in after.expected else " (guest)"
        rows.append((after.names[state] + guest, SAYS[says], _held(before, after, state)))
    wide = [max(len(row[at]) for row in rows) for at in range(3)]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, wide, strict=True)).rstrip() for row in rows]


def _held(before: Reading | None, after: Reading, state: str) -> str:
    """The cell of a state, and what it was if it changes."""
    now = _cell(after, state)
    was = _cell(before, state) if before else now
    return now if was == now else f"{now} (before: {was})"


def _cell(reading: Reading, state: str) -> str:
    if state not in reading.cells.index:
        return "no member ever; not counted"
    row = reading.cells.loc[state]
    return CODES[row["code"]].label + (f", grade {row['grade']}" if row["grade"] else "")


def _changes(before: Reading | None, after: Reading) -> list[str]:
    """What the record holds of the exercise otherwise than before."""
    if before is None:
        return ["The exercise is new to the record."]
    other = after.elsewhere.index[after.elsewhere != before.elsewhere.reindex(after.elsewhere.index)]
    columns = ["status", "start", "end", "hosts", "sites", "troops"]
    moved = [name for name in columns if name in after.exercise and before.exercise[name] != after.exercise[name]]
    lines = [f"{name}: {_shown(before.exercise[name])} -> {_shown(after.exercise[name])}" for name in moved]
    shared = [state for state in after.cells.index if state in before.cells.index]
    count = sum(before.cells.at[state, "code"] != after.cells.at[state, "code"] for state in shared)
    lines += [f"{after.names[state]} at {one}: {after.elsewhere[one, state]}" for one, state in other]
    return [
        f"Attendance of {count} of {len(shared)} states changes here, and of {len(other)} at other exercises.",
        *lines,
    ]


def _shown(value: Any) -> str:
    return _plain(value) or "blank"
