"""Words that every sentence of the network takes: names of states, and when."""

from __future__ import annotations

from collections.abc import Sequence

from helpers.derive.record import Record
from helpers.display.phrases import escape, spoken, years


def named(record: Record, states: Sequence[str]) -> list[str]:
    """Names of states as they stand inside a sentence, escaped."""
    return [escape(spoken(record.names.get(state, state))) for state in states]


def focal(record: Record) -> str:
    """The focal state's name as it stands inside a sentence, escaped."""
    return escape(spoken(record.name))


def in_period(record: Record, period: str) -> str:
    """When, in prose: 'since 2022' for the scope's last period, 'in 2016–21' for an earlier one or one that is over."""
    first, last = record.periods[period]
    goes_on = period == list(record.periods)[-1] and not record.is_past
    return f"since {first}" if goes_on else f"in {years(first, last)}"


def span_of(record: Record, period: str) -> str:
    """The years of a period as a figure's label: '2016–21', 'since 2022' for one that goes on, as in the sentences."""
    return in_period(record, period).removeprefix("in ")
