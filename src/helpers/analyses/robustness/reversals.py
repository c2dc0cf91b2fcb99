"""What it takes to reverse a finding: which single choices, which two at once, how many at least."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from helpers.analyses.robustness.choices import AXES, Grid, first_levels
from helpers.analyses.robustness.findings import QUESTIONS, UNKNOWN

STANDS, FALLS, UNCLEAR = "stands", "falls", "too little is known"

Choice = tuple[str, str]  # axis and level


class Reversal(NamedTuple):
    """What it takes to reverse one finding.

    Attributes
    ----------
    question, answer
        The finding.
    value, low, high, certain
        Its number, the least and greatest if the cases that are not clear went one way or the other, and whether it stands
        either way.
    tried
        Number of single choices that bear on it.
    alone
        Those that reverse it by themselves, the mildest first of each kind.
    unclear
        Those that leave too little to tell.
    pairs
        The pairs of which neither reverses it alone and both together do, the mildest first.
    least
        The mildest of the smallest sets of choices that reverse it; None if none does.
    gap
        The mildest of the smallest sets of choices, perhaps none, under which it stands only as long as the cases that are
        not clear do not all go against it; None if there is no such set.
    gap_low, gap_high
        Least and greatest number under `gap`.
    other_value, other_answer
        Number and answer under the first of `alone`; NaN and UNKNOWN without one.
    """

    question: str
    answer: int
    value: float
    low: float
    high: float
    certain: bool
    tried: int
    alone: list[Choice]
    unclear: list[Choice]
    pairs: list[tuple[Choice, ...]]
    least: tuple[Choice, ...] | None
    gap: tuple[Choice, ...] | None
    gap_low: float
    gap_high: float
    other_value: float
    other_answer: int


def judge(results: pd.DataFrame, grid: Grid) -> pd.DataFrame:
    """The results of the questions to which the record has a finding, each judged against it.

    Parameters
    ----------
    results
        As `multiverse.explore` gives them.
    grid
        The choices.

    Returns
    -------
    DataFrame
        The results with finding (answer under the first choices), standing (STANDS, FALLS or UNCLEAR), changes (tuple of
        (axis, level) that differ from the first choices) and strength (how far they lie from the first, added up).
    """
    first = first_levels(grid)
    place = {(axis, level): at for axis, levels in grid.items() for at, level in enumerate(levels)}
    changes = [
        tuple((axis, level) for axis, level in zip(AXES, row, strict=True) if level and level != first[axis])
        for row in results[list(AXES)].itertuples(index=False)
    ]
    table = results.assign(changes=changes, strength=[sum(map(place.__getitem__, one)) for one in changes])
    reference = table[table["changes"].map(len) == 0].set_index("question")["answer"]
    found = {name: answer for name, answer in reference.items() if answer in QUESTIONS[str(name)].findings}
    table = table[table["question"].isin(found)].assign(finding=lambda own: own["question"].map(found))
    standing = (table["answer"] == table["finding"]).map({True: STANDS, False: FALLS})
    return table.assign(standing=standing.mask(table["answer"] == UNKNOWN, UNCLEAR)).reset_index(drop=True)


def find_reversals(judged: pd.DataFrame) -> list[Reversal]:
    """What it takes to reverse each finding of `judge`, in the order of the questions."""
    return [_reversal(str(name), part) for name, part in judged.groupby("question", sort=False)]


def _reversal(name: str, part: pd.DataFrame) -> Reversal:
    part = part.assign(many=part["changes"].map(len)).sort_values(["many", "strength"], kind="stable")
    own, single, falls = part.iloc[0], part[part["many"] == 1], part[part["standing"] == FALLS]
    other = single[single["standing"] == FALLS]
    gaps = part[(part["standing"] == STANDS) & ~part["certain"]]
    unclear = [one[0] for one, how in zip(single["changes"], single["standing"], strict=True) if how == UNCLEAR]
    pairs = [
        one
        for one in falls.loc[falls["many"] == 2, "changes"]
        if not any(set(few) <= set(one) for few in other["changes"])
    ]
    return Reversal(
        question=name,
        answer=int(own["finding"]),
        value=float(own["value"]),
        low=float(own["low"]),
        high=float(own["high"]),
        certain=bool(own["certain"]),
        tried=len(single),
        alone=[one[0] for one in other["changes"]],
        unclear=unclear,
        pairs=pairs,
        least=falls["changes"].iloc[0] if len(falls) else None,
        gap=gaps["changes"].iloc[0] if len(gaps) else None,
        gap_low=float(gaps["low"].iloc[0]) if len(gaps) else float("nan"),
        gap_high=float(gaps["high"].iloc[0]) if len(gaps) else float("nan"),
        other_value=float(other["value"].iloc[0]) if len(other) else float("nan"),
        other_answer=int(other["answer"].iloc[0]) if len(other) else UNKNOWN,
    )
