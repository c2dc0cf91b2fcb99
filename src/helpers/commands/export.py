"""Writes the derived tables as CSV and JSON, beside a descriptor of their columns, and all tables as one database and one workbook.

The same data give the same bytes on any day and in any time zone.
"""

import json
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from helpers.analyses.network import co_attendance as ties
from helpers.analyses.network import graph as network
from helpers.analyses.network.panel import compute_dyads, compute_panel
from helpers.commands import export_database, export_workbook
from helpers.derive.record import Record, open_record
from helpers.derive.scope import UNITS, Scope
from helpers.loaders import dates
from helpers.loaders.contract import DataError
from helpers.loaders.tables import DATA, read

EVERY_CLASS = (
    "exercise",
)  # ties are of exercises; an analyst who wants operations too reruns notebook 02 with CLASSES
NUMBERS = ["cow", "gw"]  # numbers of states that other data sets use, in the table of countries


def derived_tables(data: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Compute the derived tables.

    Parameters
    ----------
    data
        The loaded tables of a package.

    Returns
    -------
    dict of DataFrame
        register, attendance, ties, panel, dyads and steps; columns as in data/derived.json.
    """
    record = Record.of_scope(data, _every_year(data["periods"]))
    numbers = data["countries"].set_index("iso3")[NUMBERS]
    return {
        "register": record.whole_register,
        "attendance": record.whole_attendance,
        "ties": _ties(record),
        "panel": _numbered(compute_panel(record), numbers, {"iso3": ""}),
        "dyads": _numbered(compute_dyads(record), numbers, {"a": "_a", "b": "_b"}),
        "steps": data["events"].merge(dates.bounds(data["events"]["date"]), left_index=True, right_index=True),
    }


def _every_year(periods: pd.DataFrame) -> Scope:
    """The scope of what is counted by year: every year of the periods, no state or day looked at more than another."""
    since, until = int(periods["since"].min()), int(periods["until"].max())
    return Scope(since, until, classes=EVERY_CLASS, unit=UNITS[0], grade="C", focus="", split="")


def _ties(record: Record) -> pd.DataFrame:
    parts = []
    for unit, counted in record.in_both_units().items():
        for period in counted.periods:
            pairs = ties.co_attendance(counted.in_period(period))
            parts.append(pairs.assign(unit=unit, period=period))
    table = pd.concat([part for part in parts if len(part)] or parts[:1], ignore_index=True)
    return table[["unit", "period", *table.columns.drop(["unit", "period"])]]


def _numbered(table: pd.DataFrame, numbers: pd.DataFrame, states: dict[str, str]) -> pd.DataFrame:
    """A table with the numbers of the states that its columns `states` ({column: suffix of the new ones}) name, behind them."""
    behind = max(table.columns.get_loc(column) for column in states) + 1
    new = {
        f"{name}{suffix}": numbers[name].reindex(table[column]).to_numpy()
        for name in NUMBERS
        for column, suffix in states.items()
    }
    added = pd.DataFrame(new, index=table.index).astype("Int64")
    return pd.concat([table.iloc[:, :behind], added, table.iloc[:, behind:]], axis="columns")


def write(tables: dict[str, pd.DataFrame], folder: Path) -> None:
    """Write each frame as CSV and as JSON, and the descriptor of their columns.

    A CSV is UTF-8 with LF; lists are joined by `;`, days are ISO dates, shares have six places, and true and false are TRUE
    and FALSE, which R and spreadsheets read as such too. A JSON is a list of rows; lists are lists, blanks null.

    Parameters
    ----------
    tables
        As `derived_tables` gives them.
    folder
        Where to; files of the same names are replaced.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        shown = table.copy()
        for column in shown.columns:
            if pd.api.types.is_datetime64_any_dtype(shown[column]):
                shown[column] = shown[column].dt.strftime("%Y-%m-%d")
        rows = [{column: _plain(value) for column, value in row.items()} for row in shown.to_dict("records")]
        text = json.dumps(rows, ensure_ascii=False, indent=1)
        (folder / f"{name}.json").write_text(text + "\n", encoding="utf-8")
        flat(shown).to_csv(folder / f"{name}.csv", index=False, lineterminator="\n", float_format="%.6f")
    shutil.copyfile(DATA / "derived.json", folder / "datapackage.json")


def flat(table: pd.DataFrame) -> pd.DataFrame:
    """A table whose lists are text joined by `;`, and whose true and false are TRUE and FALSE."""
    table = table.copy()
    for column in table.columns:
        if pd.api.types.is_bool_dtype(table[column]):
            table[column] = table[column].map({True: "TRUE", False: "FALSE"})
        elif table[column].map(lambda value: isinstance(value, tuple)).any():
            table[column] = table[column].map(";".join)
    return table


def in_capitals(resource: Mapping[str, Any], text: pd.DataFrame) -> pd.DataFrame:
    """Text cells of a table as coded, with true and false as TRUE and FALSE, which R and spreadsheets read as such too."""
    names = [field["name"] for field in resource["schema"]["fields"] if field["type"] == "boolean"]
    return text.assign(**{name: text[name].str.upper() for name in names if name in text})


def _plain(value: Any) -> Any:
    """A cell as JSON holds it."""
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, float):
        value = round(value, 6)
    return None if pd.isna(value) or value == "" else value


def main(folder: str | Path) -> int:
    """Writes the derived tables, the graph, the database and the workbook to a folder; returns the exit code."""
    try:
        record, place = open_record(), Path(folder)
    except DataError as error:
        print(error, file=sys.stderr)
        return 1
    derived = derived_tables(record.data)
    write(derived, place)
    network.write_graph(network.two_mode_graph(record.whole()), place / "network")
    described, coded, _ = read(DATA)
    resources = [*described.values(), *json.loads((DATA / "derived.json").read_text(encoding="utf-8"))["resources"]]
    texts = {name: in_capitals(described[name], table) for name, table in coded.items()}
    texts |= {name: pd.read_csv(place / f"{name}.csv", dtype=str, keep_default_na=False) for name in derived}
    tables = [(resource, texts[resource["name"]]) for resource in resources]
    export_database.write_database(tables, place / "tables.sqlite")
    if not export_workbook.write_workbook(tables, place / "tables.xlsx"):
        print("No tables.xlsx was written: it needs XlsxWriter", file=sys.stderr)
    print(f"{len(derived)} derived tables, the network and all {len(tables)} tables as one database: {place}")
    return 0
