"""Rules between tables, which no foreign key can express: one check a table.

A check takes the table and all tables as text cells, indexed by line number, and yields a (line, column, value, problem) for
each fault.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import pandas as pd

from helpers.loaders.contract import CellFault
from helpers.loaders.rules_slips import check_reports

Tables = Mapping[str, pd.DataFrame]

ATTENDANCE_TESTS = {"absent_at", "present_at"}  # of claims: those that ask whether a state came to an exercise


def _claims(claims: pd.DataFrame, tables: Tables) -> Iterator[CellFault]:
    """A phrase without names can neither hold nor be contradicted, and only what was read can be quoted."""
    reports, sources = tables["reports"], tables["sources"]
    phrases = reports[reports["participants_scope"] == "boilerplate"]
    without_names = set(zip(phrases["source_id"], phrases["exercise_id"], strict=True))
    read = set(sources.loc[sources["original_seen"].isin(["true", "TRUE"]), "source_id"])
    states = set(tables["countries"]["iso3"])
    for line, claim in zip(claims.index.tolist(), claims.to_dict("records"), strict=True):
        asked = claim["exercise_ids"].split(";") if claim["test"] in ATTENDANCE_TESTS else []
        if any((claim["source_id"], exercise) in without_names for exercise in asked):
            yield (
                line,
                "test",
                claim["test"],
                "must be untestable; reports.csv codes its text as a phrase without names",
            )
        if claim["quote"] and claim["source_id"] not in read:
            yield line, "quote", claim["quote"], "must be blank; sources.csv says that the original was not seen"
        if claim["test"] == "host_is" and claim["value"] not in states:
            yield line, "value", claim["value"], "is no state of countries.csv"


def _representation(representation: pd.DataFrame, tables: Tables) -> Iterator[CellFault]:
    """A level of representation is that of a meeting."""
    exercises = tables["exercises"]
    kinds = dict(zip(exercises["exercise_id"], exercises["event_type"], strict=True))
    for line, meeting in zip(representation.index.tolist(), representation["exercise_id"], strict=True):
        if kinds.get(meeting, "meeting") != "meeting":
            yield line, "exercise_id", meeting, "is no meeting; a level of representation is that of a meeting"


def _quotations(quotations: pd.DataFrame, tables: Tables) -> Iterator[CellFault]:
    """A quotation carries a row that there is."""
    keys = {name: set(tables[name][column]) for name, column in QUOTED.items() if name in tables}
    for line, name, row_key in quotations[["table", "row_key"]].itertuples():
        if name in keys and row_key not in keys[name]:
            yield line, "row_key", row_key, f"is no row of {name}.csv"


QUOTED = {"reports": "report_id", "events": "event_id"}  # tables whose rows are quoted for, and their keys
RULES: dict[
    str, tuple[Callable[[pd.DataFrame, Tables], Iterator[CellFault]], set[str]]
] = {  # the rule, the tables it cannot do without
    "claims": (_claims, {"countries", "reports", "sources"}),
    "representation": (_representation, {"exercises"}),
    "quotations": (_quotations, set()),
    "reports": (check_reports, {"sources"}),
}


def check_between(name: str, table: pd.DataFrame, tables: Tables) -> list[CellFault]:
    """Hold a table to what the others say.

    Parameters
    ----------
    name
        Name of the table; one without such rules has no faults.
    table
        Its text cells, without the rows that are faulty already.
    tables
        The text cells of all tables that could be read.

    Returns
    -------
    list of tuple
        (line, column, value, problem) of each fault.
    """
    rule, needed = RULES.get(name, (None, set()))
    return list(rule(table, tables)) if rule and tables.keys() >= needed else []


def check_pointers(table: pd.DataFrame, tables: Tables, keys: Mapping[str, list[str]]) -> list[CellFault]:
    """Hold a table whose rows point at cells of other tables (columns table, row_key and column) to what is there.

    Parameters
    ----------
    table
        Its text cells, indexed by line number.
    tables
        The text cells of all tables that could be read.
    keys
        The key columns of each table.

    Returns
    -------
    list of tuple
        (line, column, value, problem) of each row that points at nothing.
    """
    faults: list[CellFault] = []
    for name, own in table.groupby("table"):
        if name not in tables:
            continue
        columns = keys[name]
        there = set(tables[name][columns].agg("|".join, axis=1)) if len(tables[name]) else set()
        for row in own.itertuples():
            if row.row_key not in there:
                faults.append((row.Index, "row_key", row.row_key, f"is no {'|'.join(columns)} of {name}.csv"))
            elif row.column not in tables[name].columns:
                faults.append((row.Index, "column", row.column, f"is no column of {name}.csv"))
    return faults
