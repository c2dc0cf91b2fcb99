"""Why a state stayed away, as it was told: who gave the reason of each absence, if anybody did."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

import pandas as pd

from helpers.derive.codes import ABSENT
from helpers.derive.record import Record

VOICES = ["state", "organiser", "third_party"]  # strongest first: whose word on its own absence counts most
NONE = "none"
COLUMNS = ["exercise_id", "name", "year", "start_earliest", "voice", "reason", "report_id"]


def reasons_of(record: Record) -> pd.DataFrame:
    """Who gave the reason of each exercise that the focal state missed.

    A reason counts whenever it was given, ahead or after; that of a joint exercise stands for its parts. Of several the
    state's own word comes first, then the organiser's, then any other's.

    Parameters
    ----------
    record
        Held exercises of its scope, or of `record.meetings()`, at which the focal state was expected.

    Returns
    -------
    DataFrame
        One row an absence, in order of time: exercise_id, name, year, start_earliest (day), voice (one of VOICES, or
        `none`), reason (text), report_id (both blank if none was given).
    """
    own = record.of(record.focus)
    own = own[own["code"].isin(ABSENT)]
    given = _given(record)
    table = record.whole_register
    parent = dict(zip(table["exercise_id"], table["parent_id"], strict=True))
    rows = []
    for row in cast(Iterable[Any], own.itertuples()):
        told = given[given["exercise_id"].isin([row.exercise_id, parent[row.exercise_id]])]
        best = told.sort_values(["rank", "report_id"]).head(1)
        why = tuple(best[["absent_reason_by", "absent_reason", "report_id"]].iloc[0]) if len(best) else (NONE, "", "")
        rows.append((row.exercise_id, row.name, row.year, row.start_earliest, *why))
    return pd.DataFrame(rows, columns=COLUMNS)


def _given(record: Record) -> pd.DataFrame:
    """The reports that give a reason of the focal state's absence, with the rank of who gives it."""
    reports = record.data["reports"]
    named = reports["absent"].map(lambda states: record.focus in states).astype(bool)
    given = reports[named & (reports["absent_reason_by"] != "")]
    return given.assign(rank=given["absent_reason_by"].map(VOICES.index))


def reasons_by_year(reasons: pd.DataFrame) -> pd.DataFrame:
    """How many absences of each year have a reason, and from whom.

    Parameters
    ----------
    reasons
        What `reasons_of` gives.

    Returns
    -------
    DataFrame
        One row a plan year with an absence: year, missed, state, organiser, third_party, none (numbers).
    """
    counts = (
        pd.crosstab(reasons["year"], reasons["voice"])
        if len(reasons)
        else pd.DataFrame(index=pd.Index([], name="year"))
    )
    counts = counts.reindex(columns=[*VOICES, NONE], fill_value=0).rename_axis(columns=None)
    counts.insert(0, "missed", counts.sum(axis=1))
    return counts.reset_index()
