"""From cells to the numbers that notebooks and pages print.

1. A rate is about the cells of the scope's held exercises at which the state was expected. It came if the cell is
   `present` or `observer`, it stayed away if the cell is one of the absences; both are known. Cells that are
   `unknown` or `conflicting` are open. A rate is how often it came, of the known; its bounds count every open cell as
   an absence, or as an attendance.
2. An exercise is since the dividing day if its `start_earliest` is that day or later, and before it otherwise.
3. An occasion of a pair of states is a held exercise of the scope at which both were expected. It is known if both
   cells are known. They were together if both came. A tie is how often they were together, of the known occasions; of
   the open ones they may have met at those at which neither is known to have stayed away.
4. A tie is counted by period: the plan years of a row of the table `periods`, cut to the scope.
5. Exercises held a year are the scope's held exercises by plan year. The mean of a period leaves out the plan year of
   the record's last day (register, rule 4) and later ones, for sources do not cover them to their end.
"""

import pandas as pd

from helpers.derive.codes import ABSENT, ATTENDED, CODES, GRADES, SETTLED
from helpers.derive.record import Record


def grade_mix(record: Record) -> str:
    """Say how firm the evidence is for the attendance that is known.

    Parameters
    ----------
    record
        The record of a scope.

    Returns
    -------
    str
        Such as 'grade A 210, B 31, C 4', counted in expected cells of held exercises.
    """
    grades = record.held[record.held["code"].isin(SETTLED)]["grade"].value_counts()
    return "grade " + ", ".join(f"{grade} {grades[grade]}" for grade in GRADES if grade in grades.index)


def attended_since(record: Record) -> tuple[int, int]:
    """Count the focal state's known attendance since the cutpoint.

    Parameters
    ----------
    record
        The record of a scope.

    Returns
    -------
    tuple of int
        How often it came, and at how many held exercises that expected it its attendance is known.
    """
    own = record.of(record.focus)
    own = own[own["start_earliest"] >= pd.Timestamp(record.split)]
    return int(own["code"].isin(ATTENDED).sum()), int(own["code"].isin(SETTLED).sum())


def code_key(record: Record) -> pd.DataFrame:
    """Explain the attendance codes, with the number of cells that have each.

    Parameters
    ----------
    record
        The record of a scope.

    Returns
    -------
    DataFrame
        One row a code: code, meaning, cells (number at the record's exercises, of its states).
    """
    cells = record.attendance
    drawn = cells["exercise_id"].isin(record.register["exercise_id"]) & cells["iso3"].isin(record.states)
    counts = cells[drawn]["code"].value_counts()
    return pd.DataFrame(
        [{"code": code, "meaning": words.meaning, "cells": int(counts.get(code, 0))} for code, words in CODES.items()]
    )


def grade_key(record: Record) -> pd.DataFrame:
    """Explain the grades of evidence, with the number of cells that have each.

    Parameters
    ----------
    record
        The record of a scope.

    Returns
    -------
    DataFrame
        One row a grade: grade, `rests on` (what it means), cells (number of expected cells of held exercises; those of
        grade D are left unknown).
    """
    counts = record.held[record.held["code"].isin([*ATTENDED, *ABSENT, "unknown"])]["grade"].value_counts()
    return pd.DataFrame(
        [{"grade": grade, "rests on": words, "cells": int(counts.get(grade, 0))} for grade, words in GRADES.items()]
    )


def count_sources(record: Record) -> int:
    """Count the publications behind the exercises of a record.

    Parameters
    ----------
    record
        The record of a scope.

    Returns
    -------
    int
    """
    reports = record.data["reports"]
    return int(reports[reports["exercise_id"].isin(record.register["exercise_id"])]["source_id"].nunique())
