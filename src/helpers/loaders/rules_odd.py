"""Rows that are allowed and odd among their neighbours: notices of `rules_slips`, for somebody to look at.

A notice is a (table, line, column, value, problem), worded to stand behind the value.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pandas as pd

from helpers.loaders.contract import short
from helpers.loaders.rules_outlets import Slip
from helpers.loaders.words import lacks_script

BEGINS: dict[str, tuple[str, Callable[[Any], str]]] = {  # keys that begin with what the row says: (key, what that is)
    "dues": ("dues_id", lambda row: f"{row.iso3.lower() or 'all'}-"),
    "quotations": ("quotation_id", lambda row: f"{row.table}-{row.row_key.replace('.', '-')}"),
    "stayaways": ("case_id", lambda row: f"{row.iso3.lower()}-"),
    "votes": ("vote_id", lambda row: f"{row.day}-"),
}
DRILLS = ("exercise", "staff_event")  # a series may have editions of both


def find_odd(tables: Mapping[str, pd.DataFrame]) -> Iterator[Slip]:
    """Find keys that are another row's by their form, editions unlike the rest of their series, reports that alone say of a
    held exercise that it was not, and queries in no letter of their language.

    Parameters
    ----------
    tables
        The text cells of all tables, indexed by line number.

    Yields
    ------
    tuple
        As `rules_slips.find_slips`.
    """
    for name in BEGINS:
        yield from _beginnings(name, tables[name])
    yield from _types(tables["exercises"])
    yield from _held(tables["reports"])
    for line, lang, query in tables["search_log"][["lang", "query"]].itertuples():
        if lacks_script(lang, query):
            yield "search_log", line, "lang", lang, "is the language of a query without a letter of its script"


def _beginnings(name: str, table: pd.DataFrame) -> Iterator[Slip]:
    """Keys that do not begin with what their rows say."""
    key, wanted = BEGINS[name]
    for row in table.itertuples():
        if not (found := getattr(row, key)).startswith(start := wanted(row)):
            yield name, row.Index, key, found, f"does not begin with {short(start)}, as its row would have it"


def _types(table: pd.DataFrame) -> Iterator[Slip]:
    """Editions of another type than the rest of their series: drills with troops or staff, or one other type."""
    for series, own in table.groupby("series_id"):
        kinds = own["event_type"].replace(DRILLS[1], DRILLS[0])
        usual = kinds.value_counts().index[0]
        for line, kind in own.loc[kinds != usual, "event_type"].items():
            yield (
                "exercises",
                line,
                "event_type",
                kind,
                f"is not what is done in the other editions of {series}: {usual}",
            )


def _held(reports: pd.DataFrame) -> Iterator[Slip]:
    """Of reports from the spot, the fewer that say it was held where others say that it was not, or the other way round.

    One that speaks of a plan is a slip of another kind (`rules_slips`).
    """
    told = reports[reports["phase"].isin(("during", "after")) & ~reports["status"].isin(("", "planned"))]
    is_held = told["status"] == "held"
    share = is_held.groupby(told["exercise_id"]).transform("mean")
    odd = told[(is_held & (share < 0.5)) | (~is_held & (share >= 0.5))]
    for line, name, status in odd[["exercise_id", "status"]].itertuples():
        yield "reports", line, "status", status, f"is not what most reports from the spot say of {name}"
