"""Writes the derived tables as CSV and JSON, beside a descriptor of their columns."""

import json
import shutil
import sys
from pathlib import Path

import pandas as pd

from helpers.analyses.network import co_attendance as ties
from helpers.analyses.network import graph as network
from helpers.derive.record import Record, open_record
from helpers.derive.scope import UNITS, Scope
from helpers.loaders import dates
from helpers.loaders.contract import DataError
from helpers.loaders.tables import DATA

EVERY_CLASS = (
    "exercise",
)  # ties are of exercises; an analyst who wants operations too reruns notebook 02 with CLASSES


def derived_tables(data):
    """{name: frame} of the derived tables: register, attendance, ties, events; columns as in data/derived.json."""
    record = Record.of_scope(data, _every_year(data["periods"]))
    events = data["events"].merge(dates.bounds(data["events"]["date"]), left_index=True, right_index=True)
    return {
        "register": record.whole_register,
        "attendance": record.whole_attendance,
        "ties": _ties(record),
        "events": events,
    }


def _every_year(periods):
    """The scope of the table of ties: every year of the periods, no state or day looked at more than another."""
    since, until = int(periods["since"].min()), int(periods["until"].max())
    return Scope(since, until, classes=EVERY_CLASS, unit=UNITS[0], grade="C", focus="", split="")


def _ties(record):
    parts = []
    for unit, counted in record.in_both_units().items():
        for period in counted.periods:
            pairs = ties.co_attendance(counted.in_period(period))
            parts.append(pairs.assign(unit=unit, period=period))
    table = pd.concat([part for part in parts if len(part)] or parts[:1], ignore_index=True)
    return table[["unit", "period", *table.columns.drop(["unit", "period"])]]


def write(tables, folder):
    """Writes each frame as CSV (UTF-8, LF; lists joined by ';') and as JSON (a list of rows; lists as lists, blanks as null).

    Days are ISO dates, shares have six places.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        flat = table.copy()
        for column in flat.columns:
            if pd.api.types.is_datetime64_any_dtype(flat[column]):
                flat[column] = flat[column].dt.strftime("%Y-%m-%d")
        rows = [{column: _plain(value) for column, value in row.items()} for row in flat.to_dict("records")]
        text = json.dumps(rows, ensure_ascii=False, indent=1)
        (folder / f"{name}.json").write_text(text + "\n", encoding="utf-8")
        for column in flat.columns:
            if flat[column].map(lambda value: isinstance(value, tuple)).any():
                flat[column] = flat[column].map(";".join)
        flat.to_csv(folder / f"{name}.csv", index=False, lineterminator="\n", float_format="%.6f")
    shutil.copyfile(DATA / "derived.json", folder / "datapackage.json")


def _plain(value):
    """A cell as JSON holds it."""
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, float):
        value = round(value, 6)
    return None if pd.isna(value) or value == "" else value


def main(folder: str | Path) -> int:
    """Writes the derived tables and the graph to a folder; returns the exit code."""
    try:
        record, place = open_record(), Path(folder)
    except DataError as error:
        print(error, file=sys.stderr)
        return 1
    write(derived_tables(record.data), place)
    network.write_graph(network.two_mode_graph(record.whole()), place / "network")
    return 0
