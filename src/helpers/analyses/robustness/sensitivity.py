"""What else could overturn a finding: one source, exercise or year left out, and cases that are coded wrong."""

from __future__ import annotations

import numpy as np
import pandas as pd

from helpers.analyses.robustness import source_subsets
from helpers.analyses.robustness.choices import build_grid
from helpers.analyses.robustness.findings import (
    FEWEST,
    QUESTIONS,
    UNKNOWN,
    Universe,
    choose_rows,
    find_findings,
    own_values,
)
from helpers.analyses.robustness.multiverse import references
from helpers.derive.codes import ABSENT, ATTENDED, SETTLED
from helpers.derive.left_out import LeftOut
from helpers.derive.record import Record

MOST_ERRORS = 20  # of a hundred: a record with more is none
DRAWS = 500  # the Monte-Carlo error of a share is then at most 0.022
FIRM = 0.95  # the share of draws in which a finding that stands must stand
EVEN = 0.5  # below this share of draws it falls more often than not
SEED = 1992
LEFT_OUT = ("origin", "outlet", "exercise", "joint exercise", "year")


def leave_one_out(record: Record) -> pd.DataFrame:
    """Every finding without one thing.

    An origin (all texts that go back to one statement) or an outlet is left out of the sources, and what it had changed is
    derived again; the others are left out of the record. Joint exercises are those of two or more parts in scope.

    Returns
    -------
    DataFrame
        One row a thing and finding: kind (of LEFT_OUT), left_out (name or id), question, value, reversed (bool), unclear
        (bool: too little is known without it), shift (value less the whole record's), lost (clear cases of the focal state
        that go with it; below zero where a conflict becomes clear).
    """
    without = source_subsets.list_origins_and_outlets(record)
    different = list(dict.fromkeys(without.values()))  # an outlet of one text leaves out what its origin does
    base, *universes = references(record, build_grid(record), [LeftOut(), *different])
    found_without = dict(zip(different, universes, strict=True))
    rows = [(*key, found_without[left]) for key, left in without.items()] + _without_rows(base)
    found = find_findings(base)
    whole, clear = {name: float(QUESTIONS[name].measure(base)[0]) for name in found}, _count_clear(base)
    table, known = [], {}
    for kind, left_out, universe in rows:
        same = tuple(part.tobytes() if isinstance(part, np.ndarray) else part for part in universe)
        if same not in known:  # nine in ten sources change no case: each different universe is measured once
            lost = clear - _count_clear(universe)
            known[same] = [(*_without(universe, name, finding, whole[name]), lost) for name, finding in found.items()]
        table += [(kind, left_out, *row) for row in known[same]]
    columns = ["kind", "left_out", "question", "value", "reversed", "unclear", "shift", "lost"]
    return pd.DataFrame(table, columns=columns)


def _without(universe: Universe, name: str, finding: int, whole: float) -> tuple[str, float, bool, bool, float]:
    """A question, and its value, whether it is reversed or unclear, and its shift where something is left out."""
    value, answer = (one[()] for one in QUESTIONS[name].measure(universe))
    return name, float(value), bool(answer not in (finding, UNKNOWN)), bool(answer == UNKNOWN), float(value) - whole


def _without_rows(base: Universe) -> list[tuple[str, str, Universe]]:
    """The universe without each exercise, joint exercise and year."""
    rows = []
    for kind, keys in {"exercise": base.ids, "joint exercise": base.joint, "year": base.year}.items():
        keys = keys.astype(str)
        names, sizes = np.unique(keys, return_counts=True)
        for name in names[sizes >= 1 + (kind == "joint exercise")].tolist():
            rest = choose_rows(base, keys != name)
            rows.append((kind, name, rest._replace(skipped=(int(name),)) if kind == "year" else rest))
    return rows


def _count_clear(universe: Universe) -> int:
    return int((~np.isnan(own_values(universe))).sum())


def summarise_left_out(left: pd.DataFrame) -> pd.DataFrame:
    """How far leaving out one thing moves each finding.

    Returns
    -------
    DataFrame
        One row a question and kind of `leave_one_out`: question, kind, n (things left out by turn), low, high (of the
        value), reversed, unclear (numbers of things).
    """
    groups = left.groupby(["question", "kind"], sort=False)
    table = groups.agg(
        n=("value", "size"),
        low=("value", "min"),
        high=("value", "max"),
        reversed=("reversed", "sum"),
        unclear=("unclear", "sum"),
    )
    return table.reset_index()


def find_most_influential(left: pd.DataFrame, rows: int) -> pd.DataFrame:
    """The sources and exercises that move each finding most: rows of `leave_one_out`, at most `rows` a finding.

    Those that reverse it or leave too little to tell come first, then by shift, then by cases lost; what moves nothing is
    left out.
    """
    order = {name: at for at, name in enumerate(left["question"].unique())}
    own = left[left["kind"].isin(["origin", "outlet", "exercise"])]
    upsets = own["reversed"] | own["unclear"]
    own = own.assign(upsets=upsets, size=own["shift"].abs(), place=own["question"].map(order))
    moving = own[(own["size"] > 0) | (own["lost"] != 0) | upsets]
    keys = ["place", "upsets", "size", "lost", "kind", "left_out"]
    moving = moving.sort_values(keys, ascending=[True, False, False, False, True, True])
    return moving.groupby("place").head(rows).drop(columns=["upsets", "size", "place"]).reset_index(drop=True)


def plant_errors(universe: Universe, most: int = MOST_ERRORS, draws: int = DRAWS, seed: int = SEED) -> pd.DataFrame:
    """How often each finding still stands when some of what is known is turned into its opposite at random.

    Of every hundred clear cases so many become absences that were attendances, or attendances that were absences, and of
    every hundred exercises of whole years so many become held that were not, or not held; rounded up. Errors are
    independent of each other.

    Parameters
    ----------
    universe
        A single one.
    most
        Errors in a hundred are planted from 1 to `most`.
    draws, seed
        Number of draws, and seed of the random numbers. A draw with more errors holds those of the draw with fewer.

    Returns
    -------
    DataFrame
        One row a finding and number of errors: question, errors (in a hundred), stands (share of draws).
    """
    rng = np.random.default_rng(seed)
    cases, past = np.argwhere(~np.isnan(universe.value)), np.flatnonzero(universe.year <= universe.last_year)
    lots = [rng.random((draws, len(of))).argsort(axis=1) for of in (cases, past)]
    found = find_findings(universe)
    rows = []
    for errors in range(1, most + 1):
        first, second = (lot[:, : -(-errors * lot.shape[1] // 100)] for lot in lots)
        wrong = _with_errors(universe, cases[first], past[second])
        for name, finding in found.items():
            stands = np.broadcast_to(QUESTIONS[name].measure(wrong)[1] == finding, draws)
            rows.append((name, errors, float(stands.mean())))
    return pd.DataFrame(rows, columns=["question", "errors", "stands"])


def _with_errors(universe: Universe, cases: np.ndarray, exercises: np.ndarray) -> Universe:
    """As many universes at once as there are draws, with cases (draws x cases x 2) and exercises (draws x exercises) wrong."""
    draw = np.arange(len(cases))[:, None]
    value, held = (np.repeat(of[None], len(cases), axis=0) for of in (universe.value, universe.held))
    at = draw, cases[..., 0], cases[..., 1]
    value[at] = 1 - value[at]
    held[draw, exercises] = ~held[draw, exercises]
    return universe._replace(value=value, held=held)


def count_errors_needed(planted: pd.DataFrame, line: float = FIRM) -> dict[str, int | None]:
    """How many errors in a hundred it takes until a finding stands in less than a share of draws ({question: number}).

    None if as many as were planted are not enough.
    """
    falls = planted[planted["stands"] < line].groupby("question")["errors"].min()
    return {str(name): int(falls[name]) if name in falls else None for name in planted["question"].unique()}


def compare_reporting(record: Record) -> pd.DataFrame:
    """How many independent sources stand behind absences of the focal state, and behind attendance.

    Joint exercises count once: their parts would repeat the sources of one absence.

    Returns
    -------
    DataFrame
        At most three rows: which ('absence': of the focal state since the cutpoint; 'attendance of others': in the same
        time; 'before': cases of the focal state before it, whatever they are), cases (number, clear ones), sources (mean
        number of independent origins). A row of fewer than FEWEST cases is left out.
    """
    held = record.in_unit("umbrella").held
    cases = held[held["code"].isin(SETTLED)]
    since, own = cases["start_earliest"] >= record.split, cases["iso3"] == record.focus
    parts = {
        "absence": cases[since & own & cases["code"].isin(ABSENT)],
        "attendance of others": cases[since & ~own & cases["code"].isin(ATTENDED)],
        "before": cases[~since & own],
    }
    rows = [(which, len(part), float(part["families"].mean())) for which, part in parts.items() if len(part) >= FEWEST]
    return pd.DataFrame(rows, columns=["which", "cases", "sources"])
