"""Who sat for a state at the meetings of the organisation's bodies: the level, where a source tells it."""

from __future__ import annotations

import pandas as pd

from helpers.derive.codes import ABSENT, ATTENDED
from helpers.derive.record import Record

GROUPS = {  # highest first: what a reader tells apart, and the levels of the table representation in each
    "head": ("head",),
    "minister": ("head_of_government", "minister", "speaker", "secretary", "chief_of_staff"),
    "deputy": ("deputy",),
    "envoy": ("envoy", "official"),
}
NOBODY, UNTOLD, UNKNOWN = "nobody", "untold", "unknown"  # stayed away; came, nobody says who; not known whether it came
LEVELS = [*GROUPS, NOBODY, UNTOLD, UNKNOWN]
COLUMNS = ["iso3", "exercise_id", "name", "year", "start_earliest", "level", "who"]


def levels_at_meetings(record: Record) -> pd.DataFrame:
    """At what level each state sat at each held meeting at which it was expected.

    Whether it came is settled by attendance; the table representation adds who. A level told of a state whose attendance
    is not clear stands as `unknown`.

    Parameters
    ----------
    record
        Its meetings are those of the scope's years.

    Returns
    -------
    DataFrame
        One row a meeting and state, in order of time: iso3, exercise_id, name, year, start_earliest (day), level (one of
        LEVELS), who (names, blank if no source gives them).
    """
    cells = record.meetings().held
    told = record.data.get("representation", pd.DataFrame(columns=["exercise_id", "iso3", "level", "who"]))
    group = {level: name for name, levels in GROUPS.items() for level in levels}
    told = told.assign(group=told["level"].map(group))[["exercise_id", "iso3", "group", "who"]]
    cells = cells.merge(told, on=["exercise_id", "iso3"], how="left")
    came, away = cells["code"].isin(ATTENDED), cells["code"].isin(ABSENT)
    level = cells["group"].fillna(UNTOLD).where(came, UNKNOWN).mask(away, NOBODY)
    return cells.assign(level=level, who=cells["who"].fillna("").where(came, ""))[COLUMNS]


def levels_by_year(levels: pd.DataFrame) -> pd.DataFrame:
    """How often each state sat at each level, by year.

    Parameters
    ----------
    levels
        What `levels_at_meetings` gives.

    Returns
    -------
    DataFrame
        One row a state and plan year: iso3, year, meetings (number), and a number for each of LEVELS.
    """
    return _counted(levels, ["iso3", "year"])


def levels_by_window(levels: pd.DataFrame, split: str) -> pd.DataFrame:
    """As `levels_by_year`, before and since a day (ISO text) in place of years: iso3, window, meetings, LEVELS."""
    since = levels["start_earliest"] >= pd.Timestamp(split)
    return _counted(levels.assign(window=since.map({False: "before", True: "since"})), ["iso3", "window"])


def _counted(levels: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    counts = levels.groupby([*by, "level"]).size().unstack(fill_value=0)
    counts = counts.reindex(columns=LEVELS, fill_value=0).rename_axis(columns=None)
    counts.insert(0, "meetings", counts.sum(axis=1))
    return counts.reset_index()
