"""The sentence on second readings of votes, polls and exercises with others."""

from __future__ import annotations

from helpers.analyses.coverage.second_readings import SecondReadings
from helpers.display.finding import Finding
from helpers.display.phrases import number

UNIT = "rows read twice"


def describe_second_readings(found: SecondReadings) -> Finding:
    """How alike two readers read votes, answers of polls and exercises with others (`second_readings.count_second_readings`)."""
    if not found.read:
        return Finding("No vote, poll or exercise with others was read twice.", unit=UNIT)
    return Finding(
        f"Of {found.read} votes, poll answers and exercises with others that two readers read, they read {number(found.alike)} alike.",
        "The second reader had not seen the first reading and looked for sources of their own.",
        k=found.alike,
        n=found.read,
        unit=UNIT,
    )
