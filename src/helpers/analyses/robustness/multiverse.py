"""One engine for every headline: a grid of defensible choices in, a frame of results out (Steegen et al. 2016).

Universes share work. All source subsets are derived in one run, of which each takes what it changes from its own copies and
the rest from the whole record; each reading of lists and each unit is laid out as arrays once; classes and window are
slices of them, and all treatments of weak, unknown and conflicting cells are measured at once. A headline is asked only
once for choices that do not bear on it, so that its universes are distinct. All in one process: starting a second one costs more
than it saves (`make bench`).
"""

import sys
from itertools import product
from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers.analyses.cadence import measures as cadence
from helpers.analyses.robustness import source_subsets as subsets
from helpers.analyses.robustness.findings import HEADLINES, Universe, only
from helpers.derive.codes import ABSENT, ATTENDED, GRADES
from helpers.derive.scope import UNITS, Scope, select

TREATMENTS = ("grade", "unknown", "conflicting")  # what is made of a cell
AXES = ("sources", "lists", "unit", "classes", "since", *TREATMENTS)
OTHER_CLASSES = {  # other questions than the one asked: they are answered apart
    "with staff events": ("exercise", "staff_event"),
    "every kind but meetings": ("exercise", "staff_event", "operation", "inspection", "deployment"),
    "meetings alone": ("meeting",),
}
CAME, AWAY, CONFLICTING, UNKNOWN = range(4)  # what a code comes down to
GRADE_ORDER = {"": 0} | {grade: place for place, grade in enumerate(GRADES, 1)}
NAN = float("nan")


def setting_of(record):
    """What no universe varies, as a dict: focus, split (day), turn (first year of the table periods' last), since, until,
    last_year (last whole year of sources).
    """
    last_year = min(record.last_day.year - 1, record.scope.until)
    return {
        "focus": record.focus,
        "split": np.datetime64(record.split),
        "turn": int(record.data["periods"]["since"].max()),
        "since": record.scope.since,
        "until": record.scope.until,
        "last_year": last_year,
    }


def grid_of(record, setting):
    """The choices: {axis: {level: what it stands for}}; the first level of each axis is the reference.

    The record's scope becomes the reference. Levels of `sources` stand for the ids of
    the publications that they leave out.
    """
    data, scope = record.data, record.scope
    known = set(record.whole_register["event_type"])
    others = {name: tuple(k for k in kinds if k in known) for name, kinds in OTHER_CLASSES.items()}
    reference = scope.classes
    starts = [first for first in sorted(data["periods"]["since"]) if setting["since"] < first < setting["turn"]]
    return {
        "sources": subsets.levels(data, record.whole_register, setting["since"], setting["until"], reference),
        "lists": {name: name for name in subsets.READINGS},
        "unit": {name: name for name in sorted(UNITS, key=lambda name: name != scope.unit)},
        "classes": {"classes as asked": reference}
        | {name: kinds for name, kinds in others.items() if kinds and set(kinds) != set(reference)},
        "since": {f"from {first}": first for first in [setting["since"], *starts]},
        "grade": {
            f"grade {name}" + ("" if name == "A" else " or better"): GRADE_ORDER[name]
            for name in sorted("CBA", key=lambda name: (name != scope.grade, name != "C", name != "B"))
        },
        "unknown": {"left out": NAN, "all came": 1.0, "all stayed away": 0.0},
        "conflicting": {"as unknown": None, "came": 1.0, "stayed away": 0.0},
    }


def equivalent(grid):
    """The grid without the levels that ask another question."""
    return grid | {"classes": dict(list(grid["classes"].items())[:1])}


class Layout(NamedTuple):
    """The own editions of all source subsets in one unit, before any cell is settled; arrays as in `headlines.Universe`."""

    universe: Universe
    classes: np.ndarray
    kind: np.ndarray
    grade: np.ndarray
    copy: np.ndarray


def lay_out(register, cells, programmes, setting, unit):
    """The Layout of a derived record of `subsets.copied` tables."""
    classes = sorted(register.loc[register["is_own"], "event_type"].unique())
    window = {name: setting[name] for name in ("since", "until", "focus")}
    every = Scope(**window, classes=tuple(classes), unit=unit, grade=max(GRADES), split=str(setting["split"]))
    chosen, own = select(register, cells, every)
    states = tuple(sorted(own["iso3"].unique()))
    row = own["exercise_id"].map(pd.Series(chosen.index, index=chosen["exercise_id"])).to_numpy()
    column = own["iso3"].map(states.index).to_numpy()

    def matrix(values, fill):
        table = np.full((len(chosen), len(states)), fill)
        table[row, column] = values
        return table

    settled = own["code"].isin(ATTENDED), own["code"].isin(ABSENT), own["code"] == "conflicting"
    held = (chosen["status"] == "held").to_numpy()
    expected = matrix(own["expected"].to_numpy(), False) & held[:, None]
    copy, ids = subsets.original(chosen["exercise_id"])
    universe = Universe(
        ids=ids,
        umbrella=subsets.original(chosen["umbrella_id"])[1],
        year=chosen["year"].to_numpy(),
        day=chosen["start_earliest"].to_numpy().astype("datetime64[D]"),
        held=held,
        promised=chosen["exercise_id"].isin(cadence.announced(programmes, chosen)["exercise_id"]).to_numpy(),
        value=np.full(expected.shape, NAN),
        expected=expected,
        states=states,
        **{name: setting[name] for name in ("focus", "split", "turn", "since", "last_year")},
    )
    kind = matrix(np.select(settled, [CAME, AWAY, CONFLICTING], UNKNOWN), UNKNOWN)
    grade = matrix(own["grade"].map(GRADE_ORDER).to_numpy(), 0)
    return Layout(universe, chosen["event_type"].to_numpy(object), kind, grade, copy)


def chosen_from(layout, rows):
    """The Layout of some rows (a mask, or their numbers in a new order)."""
    arrays = (getattr(layout, name)[rows] for name in Layout._fields[1:])
    return Layout(only(layout.universe, rows), *arrays)


def subset(layout, number, changed):
    """The Layout of one source subset: its own copies, and of the first subset what it does not change."""
    ids = layout.universe.ids
    own = layout.copy == number
    rows = np.flatnonzero(own | ((layout.copy == 0) & ~np.isin(ids, sorted(changed.get(number, ())))))
    return chosen_from(layout, rows[np.lexsort((ids[rows], layout.universe.day[rows]))])


def settle(layout, weakest, unknown, conflicting):
    """The universe with each cell settled: graded worse than `weakest` is unknown; unknown and conflicting as told.

    A column of each (treatments x 1 x 1) in place of a number settles as many universes at once, along a first axis.
    """
    kind = np.where(layout.grade > weakest, UNKNOWN, layout.kind)
    value = np.select([kind == CAME, kind == AWAY, kind == CONFLICTING], [1.0, 0.0, conflicting], unknown)
    return layout.universe._replace(value=np.where(layout.universe.expected, value, NAN))


def treatments_of(grid):
    """The treatments of cells as ([{axis: level}], their numbers for `settle`), the reference first.

    One that treats conflicts as it treats unknown cells anyway is no choice of its own and left out.
    """
    words, numbers = [], []
    for treatment in product(*(grid[axis].items() for axis in TREATMENTS)):
        names, (weakest, unknown, conflicting) = zip(*treatment, strict=True)
        if conflicting != unknown:
            words.append(dict(zip(TREATMENTS, names, strict=True)))
            numbers.append((weakest, unknown, unknown if conflicting is None else conflicting))
    return words, numbers


def references(data, grid, setting, sources):
    """The universe of the first level of every axis but `sources`, for each of these subsets, in their order (generator).

    `sources` is {name: ids of the publications left out}, the first of which leaves out none.
    """
    levels = {axis: next(iter(choices.values())) for axis, choices in grid.items()}
    tables, reports, changed = subsets.copied(data, sources)
    register, cells = subsets.derive(tables, reports, (levels["lists"],))
    whole = lay_out(register, cells[levels["lists"]], tables["programmes"], setting, levels["unit"])
    whole = chosen_from(whole, np.isin(whole.classes, levels["classes"]))
    _, (reference, *_) = treatments_of(grid)
    for number in range(len(sources)):
        yield settle(subset(whole, number, changed), *reference)


def watched(items):
    """The items of a list, with their count on a terminal and nowhere else: a notebook's outputs stay clean."""
    for done, item in enumerate(items, 1):
        yield item
        if sys.stderr.isatty():
            print(f"\r{done}/{len(items)}", end="" if done < len(items) else "\n", file=sys.stderr, flush=True)


def explore(data, grid, setting, headlines=HEADLINES):
    """Every headline in every universe (frame): headline, the AXES (levels; blank where it does not bear), value, holds."""
    tables, reports, changed = subsets.copied(data, grid["sources"])
    register, cells = subsets.derive(tables, reports, tuple(grid["lists"]))
    words, numbers = treatments_of(grid)
    columns = np.array(numbers).T[:, :, None, None]
    first = {axis: next(iter(levels)) for axis, levels in grid.items()}
    rows = []
    for lists, unit in product(grid["lists"], grid["unit"]):
        whole = lay_out(register, cells[lists], tables["programmes"], setting, unit)
        for number, sources in enumerate(watched(list(grid["sources"]))):
            for rest, part in _parts(subset(whole, number, changed), grid):
                levels = {"sources": sources, "lists": lists, "unit": unit} | rest
                rows += _ask(settle(part, *columns), levels, words, first, headlines)
    return pd.DataFrame(rows, columns=["headline", *AXES, "value", "holds"])


def _parts(layout, grid):
    """Every (levels, Layout) of one subset, over classes and window."""
    for (name, kinds), (window, since) in product(grid["classes"].items(), grid["since"].items()):
        part = chosen_from(layout, np.isin(layout.classes, kinds) & (layout.universe.year >= since))
        yield {"classes": name, "since": window}, part._replace(universe=part.universe._replace(since=since))


def _ask(universe, levels, treatments, first, headlines):
    """The rows of each headline in universes that differ by treatment; only where the choices that do not bear are the first."""
    for name, headline in headlines.items():
        idle = [axis for axis in AXES if axis not in headline.bears]
        if any(levels[axis] != first[axis] for axis in idle if axis in levels):
            continue
        told = [levels[axis] if axis in headline.bears else "" for axis in AXES if axis in levels]
        answers = (np.broadcast_to(answer, len(treatments)).tolist() for answer in headline.measure(universe))
        for words, value, holds in zip(treatments, *answers, strict=True):
            if all(words[axis] == first[axis] for axis in idle if axis in words):
                how = [words[axis] if axis in headline.bears else "" for axis in words]
                yield name, *told, *how, value, holds
