"""The record as it would stand without some reports, derived again only where they had a say.

Any number of such records is derived in one run: each has a copy of its own of the exercises that it changes, and shares the
rest with the whole record.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers.derive.attendance import assemble_attendance, find_circumstances, judge_reports
from helpers.derive.membership import bound_spells, states_ever_bound
from helpers.derive.places import locate, place_key
from helpers.derive.record import Record
from helpers.derive.register import assemble_register, summarise_reports
from helpers.derive.reports import Report, reports_by_exercise

MARK = "~"  # between the number of a copy and an id; no id of the record holds it

Tables = Mapping[str, pd.DataFrame]
ByExercise = dict[str, list[Report]]

# Copies of an exercise are derived by the thousand, and many have the same reports: each different case is judged once.
CASES = 4096
_summarise = lru_cache(CASES)(summarise_reports)
_judge = lru_cache(CASES)(judge_reports)


class LeftOut(NamedTuple):
    """What a subset does without.

    Attributes
    ----------
    reports
        Ids of reports.
    sources
        Ids of publications; a programme falls when all that carry it are left out.
    """

    reports: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()


def _mute_lists(by_exercise: ByExercise) -> ByExercise:
    """The reports with every list of participants read as partial, so that an omission proves nothing."""
    return {
        exercise: [
            report._replace(participants_scope="partial") if report.participants_scope == "complete" else report
            for report in reports
        ]
        for exercise, reports in by_exercise.items()
    }


READINGS: dict[str, Callable[[ByExercise], ByExercise]] = {  # what a list of participants that is complete may prove
    "complete lists show absence": lambda by_exercise: by_exercise,
    "lists prove no absence": _mute_lists,
}


def derive(
    data: Tables, by_exercise: ByExercise, readings: Sequence[str] = tuple(READINGS)
) -> tuple[pd.DataFrame, dict[str, pd.DataFrame]]:
    """The register and the attendance of a record.

    Parameters
    ----------
    data
        The tables.
    by_exercise
        Stands in for the reports of `data`: {exercise_id: its reports, best first}.
    readings
        Names of READINGS.

    Returns
    -------
    tuple
        The register, and {reading: attendance}.
    """
    register = assemble_register(data, {one: _summarise(tuple(reports)) for one, reports in by_exercise.items()})
    spells = bound_spells(data)
    states, circumstances = states_ever_bound(spells), find_circumstances(register, spells)
    cells = {}
    for name in readings:
        reports = READINGS[name](by_exercise)
        judged = {one: _judge(tuple(reports[one]), given, states) for one, given in circumstances.items()}
        cells[name] = assemble_attendance(register, states, judged)
    return register, cells


def copy_exercises(
    data: Tables, subsets: Sequence[LeftOut]
) -> tuple[dict[str, pd.DataFrame], ByExercise, dict[int, set[str]]]:
    """A copy of every exercise that a subset changes.

    Deriving the copies in one run costs a fraction of deriving each subset's record: what a subset does not change is taken
    from the first. An id of copy n reads n~id; reports are ranked once, and a copy takes those that are left. A subset
    changes the exercises of which it leaves out a report, those that a programme names which falls with it, and the parts of
    the same joint exercises. All publications stay listed: how far the record was followed does not depend on whom one
    believes.

    Parameters
    ----------
    data
        The loaded tables.
    subsets
        The first of them leaves out nothing.

    Returns
    -------
    tuple
        The tables with copies of exercises and programmes, the reports of each copy, and {number of a subset: ids that it
        changes}.
    """
    gone = _pairs("report_id", [left.reports for left in subsets])
    lost_sources = _pairs("source_id", [left.sources for left in subsets])
    named, lost = _programmes(data["programmes"], lost_sources)
    parent = data["exercises"]["parent_id"]
    exercises = data["exercises"].assign(root=parent.where(parent != "", data["exercises"]["exercise_id"]))
    spoken = data["reports"][["exercise_id", "report_id"]].astype(object).merge(gone, on="report_id")
    changed = pd.concat([spoken, named.merge(lost, on="programme_id")])[["copy", "exercise_id"]].drop_duplicates()
    roots = changed.merge(exercises[["exercise_id", "root"]], on="exercise_id")[["copy", "root"]]
    roots = pd.concat([exercises[["root"]].assign(copy=0), roots]).drop_duplicates()
    exercises = exercises.merge(roots, on="root").drop(columns="root")
    keys = exercises[["copy", "exercise_id"]]
    named = named.merge(keys, on="exercise_id").merge(lost.assign(lost=True), on=["copy", "programme_id"], how="left")
    tables = {
        "exercises": _renamed(exercises, ["exercise_id", "parent_id"]),
        "programmes": _renamed(named[named["lost"].isna()], ["exercise_id"]).assign(
            exercise_ids=lambda t: [(one,) for one in t["exercise_id"]]
        ),
    }
    ranked = reports_by_exercise(data)
    by_exercise = {
        f"{number}{MARK}{one}": [report for report in ranked[one] if report.report_id not in subsets[number].reports]
        for number, one in keys.itertuples(index=False)
    }
    ids = {int(number): set(part) for number, part in keys.groupby("copy")["exercise_id"]}
    return {**data, **tables}, by_exercise, ids


def _pairs(column: str, parts: Sequence[frozenset[str]]) -> pd.DataFrame:
    """(copy, id) of all that subsets leave out."""
    rows = [(number, one) for number, part in enumerate(parts) for one in part]
    return pd.DataFrame(rows, columns=["copy", column]).astype({"copy": int, column: object})


def _programmes(programmes: pd.DataFrame, gone: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Every programme by exercise that it names, and (copy, programme_id) of those that no publication of a copy carries."""
    carriers = programmes[["programme_id", "source_ids"]].explode("source_ids")
    carriers = carriers.rename(columns={"source_ids": "source_id"}).astype(object).merge(gone, on="source_id")
    lost = carriers.groupby(["copy", "programme_id"]).size().rename("gone").reset_index()
    total = lost["programme_id"].map(programmes.set_index("programme_id")["source_ids"].map(len))
    named = programmes.explode("exercise_ids").rename(columns={"exercise_ids": "exercise_id"})
    return named.dropna(subset="exercise_id"), lost.loc[lost["gone"] == total, ["copy", "programme_id"]]


def _renamed(table: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """The rows with their ids marked as those of their copy; a blank stays blank."""
    mark = table["copy"].astype(str) + MARK
    return table.assign(**{name: (mark + table[name]).where(table[name] != "", "") for name in columns})


def split_ids(ids: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    """Ids of copies as the numbers of their copies and the ids in the record."""
    parts = [one.split(MARK, 1) for one in ids]
    return np.array([int(number) for number, _ in parts], int), np.array([name for _, name in parts], str)


def records_without(record: Record, left_out: Mapping[str, Collection[str]]) -> dict[str, Record]:
    """The record without each of several sets of reports, as if what no other report tells of were not in it.

    Parameters
    ----------
    record
        A record of any scope.
    left_out
        {name: ids of the reports that are left out}.

    Returns
    -------
    dict
        {name: the record of the same scope, which may hold nothing}; where no report is left out, the record itself.
    """
    names = [name for name, ids in left_out.items() if ids]
    subsets = [LeftOut(), *(LeftOut(frozenset(left_out[name])) for name in names)]
    tables, by_exercise, changed = copy_exercises(record.data, subsets)
    exercises = tables["exercises"]
    exercises = exercises[(exercises["copy"] == 0) | exercises["exercise_id"].map(by_exercise).astype(bool)]
    parents = exercises["parent_id"].where(exercises["parent_id"].isin(exercises["exercise_id"]), "")
    own = {one: by_exercise[one] for one in exercises["exercise_id"]}
    reading = next(iter(READINGS))
    register, cells = derive({**tables, "exercises": exercises.assign(parent_id=parents)}, own, (reading,))
    register = locate(register, own, place_key(record.data))
    copies = [split_ids(table["exercise_id"]) for table in (register, cells[reading])]
    register, attendance = _with_plain_ids(register, record), _with_plain_ids(cells[reading], record)
    found = dict.fromkeys(left_out, record)
    for number, name in enumerate(names, 1):
        of_register, of_attendance = (
            (copy == number) | ((copy == 0) & ~np.isin(ids, sorted(changed.get(number, ())))) for copy, ids in copies
        )
        found[name] = _of_scope(record, register[of_register], attendance[of_attendance])
    return found


def _with_plain_ids(table: pd.DataFrame, record: Record) -> pd.DataFrame:
    """The table with the ids and names of the record in place of those of copies."""
    ids = {c: [one.split(MARK, 1)[-1] for one in table[c]] for c in IDS if c in table}
    table = table.assign(**ids)
    if "name" in table:
        table["name"] = table["exercise_id"].map(record.whole_register.set_index("exercise_id")["name"])
    return table


IDS = ("exercise_id", "parent_id", "umbrella_id")


def _of_scope(record: Record, register: pd.DataFrame, attendance: pd.DataFrame) -> Record:
    """The record with another register and attendance, cut to its scope; empty if nothing of the scope is left."""
    without = replace(record, whole_register=register, whole_attendance=attendance)
    try:
        return without.rescoped()
    except ValueError:
        return replace(without, register=record.register.head(0), attendance=record.attendance.head(0))
