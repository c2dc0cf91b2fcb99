"""Counts of cells that several notebooks and pages print."""

import pandas as pd

from helpers.derive.codes import ABSENT, ATTENDED, CODES, GRADES, SETTLED
from helpers.derive.scope import held_cells


def grade_mix(cells, register):
    """How firm the settled cells are, in words: 'grade A 210, B 31, C 4'."""
    settled = held_cells(cells, register)
    grades = settled[settled["code"].isin(SETTLED)]["grade"].value_counts()
    return "grade " + ", ".join(f"{grade} {grades[grade]}" for grade in GRADES if grade in grades.index)


def attended_since(cells, register, focus, split):
    """A state's known attendance since a day: how often it came, of how many."""
    own = held_cells(cells, register)
    own = own[(own["iso3"] == focus) & (own["start_earliest"] >= pd.Timestamp(split))]
    return own["code"].isin(ATTENDED).sum(), own["code"].isin(SETTLED).sum()


def code_key(cells, register, states):
    """Frame of the attendance codes: code, meaning, and the cells of these exercises and states that have it."""
    drawn = cells["exercise_id"].isin(register["exercise_id"]) & cells["iso3"].isin(states)
    counts = cells[drawn]["code"].value_counts()
    return pd.DataFrame(
        [{"code": code, "meaning": words, "cells": int(counts.get(code, 0))} for code, words in CODES.items()]
    )


def grade_key(cells, register):
    """Frame of the grades: grade, what it rests on, expected cells of held exercises; D counts those that it leaves unknown."""
    held = held_cells(cells, register)
    counts = held[held["code"].isin([*ATTENDED, *ABSENT, "unknown"])]["grade"].value_counts()
    return pd.DataFrame(
        [{"grade": grade, "rests on": words, "cells": int(counts.get(grade, 0))} for grade, words in GRADES.items()]
    )


def sources_behind(reports, register):
    """Number of publications behind the reports of a register."""
    return int(reports[reports["exercise_id"].isin(register["exercise_id"])]["source_id"].nunique())
