"""Counts of cells that several notebooks and pages print."""

from collections.abc import Collection

import pandas as pd

from helpers.derive.codes import ABSENT, ATTENDED, CODES, GRADES, SETTLED
from helpers.derive.scope import held_cells


def grade_mix(cells: pd.DataFrame, register: pd.DataFrame) -> str:
    """Say how firm the evidence is for the attendance that is known.

    Parameters
    ----------
    cells, register
        Attendance and register of a scope.

    Returns
    -------
    str
        Such as 'grade A 210, B 31, C 4', counted in expected cells of held exercises.
    """
    settled = held_cells(cells, register)
    grades = settled[settled["code"].isin(SETTLED)]["grade"].value_counts()
    return "grade " + ", ".join(f"{grade} {grades[grade]}" for grade in GRADES if grade in grades.index)


def attended_since(
    cells: pd.DataFrame, register: pd.DataFrame, focus: str, split: str | pd.Timestamp
) -> tuple[int, int]:
    """Count a state's known attendance since a day.

    Parameters
    ----------
    cells, register
        Attendance and register of a scope.
    focus
        ISO code of the state.
    split
        First day that counts.

    Returns
    -------
    tuple of int
        How often it came, and at how many held exercises that expected it its attendance is known.
    """
    own = held_cells(cells, register)
    own = own[(own["iso3"] == focus) & (own["start_earliest"] >= pd.Timestamp(split))]
    return int(own["code"].isin(ATTENDED).sum()), int(own["code"].isin(SETTLED).sum())


def code_key(cells: pd.DataFrame, register: pd.DataFrame, states: Collection[str]) -> pd.DataFrame:
    """Explain the attendance codes, with the number of cells that have each.

    Parameters
    ----------
    cells, register
        Attendance and register of a scope.
    states
        ISO codes of the states to count.

    Returns
    -------
    DataFrame
        One row a code: code, meaning, cells (number at the register's exercises).
    """
    drawn = cells["exercise_id"].isin(register["exercise_id"]) & cells["iso3"].isin(states)
    counts = cells[drawn]["code"].value_counts()
    return pd.DataFrame(
        [{"code": code, "meaning": words, "cells": int(counts.get(code, 0))} for code, words in CODES.items()]
    )


def grade_key(cells: pd.DataFrame, register: pd.DataFrame) -> pd.DataFrame:
    """Explain the grades of evidence, with the number of cells that have each.

    Parameters
    ----------
    cells, register
        Attendance and register of a scope.

    Returns
    -------
    DataFrame
        One row a grade: grade, `rests on` (what it means), cells (number of expected cells of held exercises; those of
        grade D are left unknown).
    """
    held = held_cells(cells, register)
    counts = held[held["code"].isin([*ATTENDED, *ABSENT, "unknown"])]["grade"].value_counts()
    return pd.DataFrame(
        [{"grade": grade, "rests on": words, "cells": int(counts.get(grade, 0))} for grade, words in GRADES.items()]
    )


def count_sources(reports: pd.DataFrame, register: pd.DataFrame) -> int:
    """Count the publications behind a register.

    Parameters
    ----------
    reports
        The table `reports`.
    register
        The exercises in question.

    Returns
    -------
    int
    """
    return int(reports[reports["exercise_id"].isin(register["exercise_id"])]["source_id"].nunique())
