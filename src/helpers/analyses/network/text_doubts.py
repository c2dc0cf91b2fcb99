"""What weakens an answer on who trains with whom: cases that sources leave open, and how unevenly members were searched for."""

from __future__ import annotations

from helpers.analyses.network.groups import Circle
from helpers.analyses.network.text_words import in_period
from helpers.derive.codes import SETTLED
from helpers.derive.effort import UNEVEN, compute_effort, rank_refusals
from helpers.derive.record import Record
from helpers.display.phrases import HARDLY_ANY, escape, number, spoken

MUCH = 0.25  # a share of open cases from which an answer is less firm than others
FRACTIONS = {
    **{1 / 10: "a tenth", 1 / 5: "a fifth", 1 / 4: "a quarter", 1 / 3: "a third", 2 / 5: "two fifths", 1 / 2: "half"},
    **{3 / 5: "three fifths", 2 / 3: "two thirds", 3 / 4: "three quarters", 9 / 10: "nine tenths", 1: "all"},
}


def word_open_cases(record: Record, now: Circle) -> str:
    """How many cases of the others sources leave open, and whether that is more than of the focal state's own."""
    held = record.in_period(now.period).held
    is_open, own = ~held["code"].isin(SETTLED), held["iso3"] == record.focus
    share = float(is_open[~own].mean()) if (~own).any() else 0.0
    if share < HARDLY_ANY:
        return ""
    whose = "the others'" if own.any() else "the members'"
    part = f"bout {_fraction(share)} of {whose} cases {in_period(record, now.period)} are open."
    weakest = share >= MUCH and not (own.any() and is_open[own].mean() >= share)
    return f"This is the least firm of the answers: a{part}" if weakest else f"A{part}"


def _fraction(share: float) -> str:
    """A share by the nearest simple fraction: 'a third'."""
    return FRACTIONS[min(FRACTIONS, key=lambda one: abs(one - share))]


def word_search(record: Record) -> str:
    """That others' absences were searched for less, if refusals by one member were asked after far more often; else blank."""
    asked = rank_refusals(compute_effort(record))
    if not asked or asked[0].look_ups <= UNEVEN * asked[1].look_ups:
        return ""
    most = f"at most {number(asked[1].look_ups)}" if asked[1].look_ups else "none"
    return (
        f"Refusals by {escape(spoken(asked[0].name))} were asked after in {number(asked[0].look_ups)} look-ups, by any other in {most}, "
        "so others' absences may have been missed."
    )
