"""What the notebook on methods says of the multiverse: all combinations, things left out, planted errors, as tables."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from helpers.analyses.robustness.choices import Grid, list_other_levels
from helpers.analyses.robustness.reversals import FALLS, STANDS, UNCLEAR, Reversal
from helpers.analyses.robustness.wording import HEADS, format_value, name_findings, name_lines, plain
from helpers.derive.record import Record
from helpers.display.finding import Finding
from helpers.display.phrases import count, number, percent

SHOWN_ERRORS = (1, 2, 3, 5, 10, 15, 20)  # errors in a hundred that a table shows


def describe_combinations(judged: pd.DataFrame, grid: Grid, found: Sequence[Reversal]) -> Finding:
    """How findings fare under all combinations of choices (`reversals.judge`, `find_reversals`)."""
    if not found:
        return Finding("The record has no finding on which other choices of method could be tried.")
    firm = sum(one.least is None for one in found)
    sets, falls = len(judged), int((judged["standing"] == FALLS).sum())
    unclear = int((judged["standing"] == UNCLEAR).sum())
    axes = sum(len(levels) > 1 for levels in grid.values())
    others = f"{count(axes, 'kind')} of choice with {count(len(list_other_levels(grid)), 'other level')}"
    known = f" and know too little in {unclear:,}" if unclear else ""
    return Finding(
        f"{number(firm).capitalize()} of {count(len(found), 'finding')} {'stands' if firm == 1 else 'stand'} under every combination of choices.",
        f"There are {others}; findings and the combinations that bear on them make {sets:,} tests, which fail in {falls:,}{known}.",
        "These numbers are no probabilities: choices are not drawn at random, and some are kinder to a finding than others.",
        k=firm,
        n=len(found),
        unit="findings that stand under every combination",
    )


def tabulate_lines(record: Record, found: Sequence[Reversal]) -> pd.DataFrame:
    """When each finding stands, as a reader's table."""
    lines, claims = name_lines(record), _claims(record, found)
    stands = [lines[one.question, one.answer] for one in found]
    return pd.DataFrame({"finding": list(claims.values()), "it stands if": stands})


def tabulate_levels(judged: pd.DataFrame, grid: Grid, found: Sequence[Reversal]) -> pd.DataFrame:
    """How each finding fares under each level of each choice, whatever the other choices are, as a reader's table.

    A cell such as '12 of 18' says under how many sets of choices a finding stands, of those that know enough to tell; it is
    blank where the choice does not bear on it.
    """
    known = judged[judged["standing"] != UNCLEAR]
    table = pd.DataFrame({"choice": [level for levels in grid.values() for level in levels]})
    for one in found:
        own = known[known["question"] == one.question]
        cells = []
        for axis, levels in grid.items():
            parts = [own.loc[own[axis] == level, "standing"] for level in levels]
            cells += [f"{(part == STANDS).sum():,} of {len(part):,}" if len(part) else "" for part in parts]
        table[HEADS[one.question, one.answer]] = cells
    return table


def tabulate_left_out(record: Record, found: Sequence[Reversal], summary: pd.DataFrame) -> pd.DataFrame:
    """How far leaving out one thing moves each finding, as a reader's table (`sensitivity.summarise_left_out`)."""
    return pd.DataFrame(
        {
            "finding": summary["question"].map(_claims(record, found)),
            "left out by turn": summary["kind"],
            "number": summary["n"],
            "lowest": [format_value(row.question, row.low) for row in summary.itertuples()],
            "highest": [format_value(row.question, row.high) for row in summary.itertuples()],
            "reverse it": summary["reversed"],
        }
    )


def tabulate_influential(record: Record, found: Sequence[Reversal], top: pd.DataFrame) -> pd.DataFrame:
    """What moves each finding most, as a reader's table (`sensitivity.find_most_influential`)."""
    return pd.DataFrame(
        {
            "finding": top["question"].map(_claims(record, found)),
            "left out": top["kind"],
            "which": top["left_out"],
            "number then": [format_value(row.question, row.value) for row in top.itertuples()],
            "reverses it": top["reversed"],
            "clear cases lost": top["lost"],
        }
    )


def tabulate_errors(record: Record, found: Sequence[Reversal], planted: pd.DataFrame) -> pd.DataFrame:
    """In how many draws each finding stands, by wrong cases in a hundred, as a reader's table (`sensitivity.plant_errors`)."""
    stands = planted[planted["errors"].isin(SHOWN_ERRORS)].set_index(["question", "errors"])["stands"]
    table = pd.DataFrame({"finding": list(_claims(record, found).values())})
    for errors in SHOWN_ERRORS:
        table[f"{errors} wrong"] = [percent(stands[one.question, errors]) for one in found]
    return table


def _claims(record: Record, found: Sequence[Reversal]) -> dict[str, str]:
    """The record's findings by question."""
    claims = name_findings(record)
    return {one.question: plain(claims[one.question, one.answer]) for one in found}
