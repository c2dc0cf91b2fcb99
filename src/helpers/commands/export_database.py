"""Writes all tables into one SQLite file, with keys, references and a table of what each column means."""

import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

TYPES = {"integer": "INTEGER", "boolean": "INTEGER", "number": "REAL"}  # the rest is TEXT; a boolean is 1 or 0
ABOUT = "columns_explained"


def write_database(tables: Sequence[tuple[Mapping[str, Any], pd.DataFrame]], path: Path) -> None:
    """Write tables into a new SQLite file.

    Parameters
    ----------
    tables
        Descriptor and text cells of each table; a blank cell becomes NULL, a list stays one text.
    path
        The file; it is replaced.
    """
    path.unlink(missing_ok=True)
    with sqlite3.connect(path, isolation_level=None) as connection:
        connection.execute("BEGIN")
        explained = []
        for resource, text in tables:
            fields = resource["schema"]["fields"]
            columns = [f"{_quoted(field['name'])} {TYPES.get(field['type'], 'TEXT')}" for field in fields]
            key = f"PRIMARY KEY ({', '.join(map(_quoted, resource['schema']['primaryKey']))})"
            connection.execute(f"CREATE TABLE {_quoted(resource['name'])} ({', '.join([*columns, key])})")
            rows = [
                [_value(field, cell) for field, cell in zip(fields, row, strict=True)] for row in _cells(fields, text)
            ]
            marks = ", ".join("?" * len(fields))
            connection.executemany(f"INSERT INTO {_quoted(resource['name'])} VALUES ({marks})", rows)
            explained += [(resource["name"], field["name"], field["description"]) for field in fields]
        connection.execute(f"CREATE TABLE {ABOUT} (table_name TEXT, column_name TEXT, meaning TEXT)")
        connection.executemany(f"INSERT INTO {ABOUT} VALUES (?, ?, ?)", explained)
        connection.execute("COMMIT")
    connection.close()


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _cells(fields: Sequence[Mapping[str, Any]], text: pd.DataFrame) -> list[tuple[str, ...]]:
    return list(text[[field["name"] for field in fields]].itertuples(index=False, name=None))


def _value(field: Mapping[str, Any], cell: str) -> str | int | float | None:
    """A cell as SQLite holds it."""
    if cell == "":
        return None
    if field["type"] == "boolean":
        return int(cell in field["trueValues"])
    return {"integer": int, "number": float}.get(field["type"], str)(cell)
