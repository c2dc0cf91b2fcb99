"""One engine for every question: choices in, numbers and answers out (Steegen et al. 2016).

Universes share work. All source subsets are derived in one run, of which each takes what it changes from its own copies and
the rest from the whole record; each reading of lists and each unit is laid out as arrays once; the window is a slice of
them, and all treatments of weak and conflicting cases are measured at once. A question is asked only once for choices that
do not bear on it. All in one process: starting a second one costs more than it saves (`make bench`).

References
----------
Steegen, S., Tuerlinckx, F., Gelman, A. and Vanpaemel, W. (2016). Increasing transparency through a multiverse analysis.
*Perspectives on Psychological Science* 11(5), 702-712. doi:10.1177/1745691616658637
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product
from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers.analyses.cadence.promises import find_named_ahead
from helpers.analyses.robustness.choices import (
    AXES,
    GRADE_ORDER,
    NAN,
    Grid,
    Setting,
    build_grid,
    first_levels,
    list_treatments,
    read_setting,
)
from helpers.analyses.robustness.findings import QUESTIONS, Universe, choose_rows, fill_corners
from helpers.derive import left_out
from helpers.derive.codes import ABSENT, ATTENDED, GRADES
from helpers.derive.left_out import LeftOut
from helpers.derive.record import Record
from helpers.derive.scope import select

CAME, AWAY, CONFLICTING, UNCLEAR = range(4)  # what a code comes down to


class Layout(NamedTuple):
    """The exercises of all source subsets in one unit, before any case is decided; arrays as in `findings.Universe`.

    Attributes
    ----------
    universe
        Without values.
    kind, grade
        What each code comes down to, and how firm its evidence is (exercises x states).
    copy
        The subset to which each row belongs.
    """

    universe: Universe
    kind: np.ndarray
    grade: np.ndarray
    copy: np.ndarray


def lay_out(
    register: pd.DataFrame, cells: pd.DataFrame, programmes: pd.DataFrame, record: Record, setting: Setting, unit: str
) -> Layout:
    """The layout of what `left_out.derive` gives of copied tables."""
    window = replace(record.scope, since=setting.since, until=setting.until, unit=unit, grade=max(GRADES))
    chosen, own = select(register, cells, window)
    states = tuple(sorted(own["iso3"].unique()))
    row = own["exercise_id"].map(pd.Series(chosen.index, index=chosen["exercise_id"])).to_numpy()
    column = own["iso3"].map(states.index).to_numpy()

    def matrix(values: np.ndarray, fill: float) -> np.ndarray:
        table = np.full((len(chosen), len(states)), fill)
        table[row, column] = values
        return table

    settled = own["code"].isin(ATTENDED), own["code"].isin(ABSENT), own["code"] == "conflicting"
    held = (chosen["status"] == "held").to_numpy()
    expected = matrix(own["expected"].to_numpy(), False) & held[:, None]
    copy, ids = left_out.split_ids(chosen["exercise_id"])
    universe = Universe(
        ids=ids,
        joint=left_out.split_ids(chosen["umbrella_id"])[1],
        year=chosen["year"].to_numpy(),
        day=chosen["start_earliest"].to_numpy().astype("datetime64[D]"),
        held=held,
        promised=chosen["exercise_id"].isin(find_named_ahead(programmes, chosen)["exercise_id"]).to_numpy(),
        value=np.full(expected.shape, NAN),
        expected=expected,
        states=states,
        focus=setting.focus,
        split=setting.split,
        earlier=setting.earlier,
        turn=setting.turn,
        last_year=setting.last_year,
    )
    kind = matrix(np.select(settled, [CAME, AWAY, CONFLICTING], UNCLEAR), UNCLEAR)
    return Layout(universe, kind, matrix(own["grade"].map(GRADE_ORDER).to_numpy(), 0), copy)


def choose_layout(layout: Layout, rows: np.ndarray) -> Layout:
    """The layout of some rows (a mask, or their numbers in a new order)."""
    return Layout(choose_rows(layout.universe, rows), *(array[rows] for array in layout[1:]))


def take_subset(layout: Layout, number: int, changed: Mapping[int, Collection[str]]) -> Layout:
    """The layout of one source subset: its own copies, and of the first subset what it does not change."""
    ids = layout.universe.ids
    own = layout.copy == number
    rows = np.flatnonzero(own | ((layout.copy == 0) & ~np.isin(ids, sorted(changed.get(number, ())))))
    return choose_layout(layout, rows[np.lexsort((ids[rows], layout.universe.day[rows]))])


def settle(layout: Layout, weakest: np.ndarray, conflicting: np.ndarray) -> Universe:
    """The universe with each case decided: evidence graded worse than `weakest` is not clear, conflicts are as given.

    A column of each (treatments x 1 x 1) decides as many universes at once, along a first axis.
    """
    kind = np.where(layout.grade > weakest, UNCLEAR, layout.kind)
    value = np.select([kind == CAME, kind == AWAY, kind == CONFLICTING], [1.0, 0.0, conflicting], NAN)
    return layout.universe._replace(value=np.where(layout.universe.expected, value, NAN))


def references(record: Record, grid: Grid, subsets: Sequence[LeftOut] = (LeftOut(),)) -> Iterator[Universe]:
    """The universe of the first level of every axis but `sources`, for each of these subsets in turn.

    The first subset leaves out nothing.
    """
    levels = {axis: next(iter(choices.values())) for axis, choices in grid.items()}
    tables, reports, changed = left_out.copy_exercises(record.data, subsets)
    register, cells = left_out.derive(tables, reports, (levels["lists"],))
    programmes, setting = tables["programmes"], read_setting(record)
    whole = lay_out(register, cells[levels["lists"]], programmes, record, setting, levels["unit"])
    _, (first, *_) = list_treatments(grid)
    for number in range(len(subsets)):
        yield settle(take_subset(whole, number, changed), *first)


def explore(record: Record, grid: Grid | None = None, questions: Collection[str] = tuple(QUESTIONS)) -> pd.DataFrame:
    """Every question under every set of choices.

    Parameters
    ----------
    record
        The record, whose scope is the first choice.
    grid
        As `build_grid` gives it, and unless given.
    questions
        Names of QUESTIONS.

    Returns
    -------
    DataFrame
        One row a question and set of choices that bear on it: question, the AXES (levels; blank where it does not bear),
        value, answer; low, high (least and greatest value if the cases that are not clear went one way or the other);
        certain (whether the answer would be the same either way).
    """
    grid = build_grid(record) if grid is None else grid
    tables, reports, changed = left_out.copy_exercises(record.data, list(grid["sources"].values()))
    register, cells = left_out.derive(tables, reports, tuple(grid["lists"]))
    words, numbers = list_treatments(grid)
    columns = numbers.T[:, :, None, None]
    rows: list[tuple[object, ...]] = []
    for lists, (unit, name) in product(grid["lists"], grid["unit"].items()):
        whole = lay_out(register, cells[lists], tables["programmes"], record, read_setting(record), name)
        for number, sources in enumerate(grid["sources"]):
            layout = take_subset(whole, number, changed)
            for since, first_year in grid["since"].items():
                part = choose_layout(layout, layout.universe.year >= first_year)
                levels = {"sources": sources, "lists": lists, "unit": unit, "since": since}
                rows += _ask(settle(part, *columns), levels, words, first_levels(grid), questions)
    return pd.DataFrame(rows, columns=["question", *AXES, "value", "answer", "low", "high", "certain"])


def _ask(
    universe: Universe,
    levels: Mapping[str, str],
    treatments: Sequence[Mapping[str, str]],
    first: Mapping[str, str],
    questions: Collection[str],
) -> Iterator[tuple[object, ...]]:
    """The rows of universes that differ by treatment; a question only where choices that do not bear on it are the first."""
    corners = fill_corners(universe)
    for name in questions:
        bears = QUESTIONS[name].bears
        if any(level != first[axis] for axis, level in levels.items() if axis not in bears):
            continue
        value, answer = QUESTIONS[name].measure(universe)
        filled, either_way = QUESTIONS[name].measure(corners)
        filled, either_way = np.atleast_1d(filled), np.atleast_1d(either_way)
        ends = filled.min(axis=0), filled.max(axis=0), (either_way == answer).all(axis=0)
        columns = (np.broadcast_to(one, len(treatments)).tolist() for one in (value, answer, *ends))
        for words, *numbers in zip(treatments, *columns, strict=True):
            if all(level == first[axis] for axis, level in words.items() if axis not in bears):
                chosen = levels | words
                yield name, *(chosen[axis] if axis in bears else "" for axis in AXES), *numbers
