"""Sentences on exercises with others, on other cases of staying away, and on claims of officials and the press."""

from __future__ import annotations

import pandas as pd

from helpers.analyses.disengagement.cases import (
    OUTCOMES,
    GuestRate,
    find_guest_rate,
    stayaways_of,
)
from helpers.analyses.disengagement.claim_tests import VERDICTS
from helpers.analyses.disengagement.elsewhere import Partner, count_look_ups, count_partners, count_with_members
from helpers.analyses.disengagement.measures import compute_attendance
from helpers.analyses.disengagement.status import steps_of
from helpers.analyses.disengagement.wording import begin_sentence, noun, so_many
from helpers.derive.record import Record
from helpers.display.finding import Finding
from helpers.display.phrases import count, escape, listed, month, number, possessive, spoken


def describe_elsewhere(record: Record) -> Finding:
    """Whether the focal state trained with others since the cutpoint, and how hard that was looked for."""
    name, counted = escape(record.name), count_partners(record)
    if counted is None:
        ties = (steps_of(record)["track"] == "realignment").any()
        found = "those found by chance stand among its ties with others" if ties else "none was met by chance"
        return Finding(f"Exercises of {name} with others were not looked for; {found}.")
    if not counted:
        return Finding(f"No exercise of {name} with others since {month(record.split)} is on record.")
    every, found = counted[0], compute_attendance(record)
    headline = f"{name} trained with others {count(every.came, 'time')} since {month(record.split)}."
    own = so_many(found.since.came, found.since.known) if found.since.known > 1 or found.since.came else "none"
    detail = f"{_with_whom(record, counted)}, and to {own} of the {possessive(escape(record.organisation))}"
    met = count_with_members(record)
    fellows = f"; other members were at {number(met)}" if met else ""
    looks = count_look_ups(record)
    looked = f"{number(looks)} search{'es' if looks > 1 else ''} asked for such exercises"
    traced = f"Of {count(every.open, 'plan')} no outcome is known; {looked}" if every.open else f"In all {looked}"
    return Finding(headline, f"{detail}{fellows}.", f"{traced}.")


def _with_whom(record: Record, counted: list[Partner]) -> str:
    """To how many exercises with the partner met most often it came."""
    if len(counted) == 1:
        return f"It came to {so_many(counted[0].came, counted[0].known)}" if counted[0].known else "It came to none"
    most = counted[1]
    unclear = f" ({number(most.open)} more unclear)" if most.open else ""
    met = number(most.came) if most.came == most.known else so_many(most.came, most.known)
    return f"It came to {met} with {escape(spoken(record.names[most.partner]))}{unclear}"


def describe_stayaways(record: Record) -> Finding:
    """That cases of staying away without leaving are few, and how the nearest of them came; of a state with such a case."""
    table, name = stayaways_of(record), escape(record.name)
    if table.empty:
        return Finding(f"No case is on record in which {name} belonged to a body and stayed away from it.")
    n = int((table["outcome"] != OUTCOMES["disputed"]).sum())
    headline = f"{begin_sentence(count(n, 'state'))} on record kept away from a body that they belonged to, too few for a rate."
    rate = find_guest_rate(record)
    if rate is None:
        return Finding(headline)
    kind = f"{escape(record.organisation)} {noun(record)}s"
    guest = ", each time as a guest" if rate.came and not rate.came_expected else ""
    bound = _bound(rate)
    start = f"While a member, {escape(rate.name)} came to {number(rate.came)} of {rate.held:,} {kind}"
    return Finding(headline, f"{start}{guest}{',' if guest else ''} {bound}.")


def _bound(rate: GuestRate) -> str:
    """What a former member did at the exercises at which it was expected."""
    if not rate.expected:
        return "and was expected at none"
    if rate.missed == rate.expected:
        one = "the only one" if rate.expected == 1 else so_many(rate.missed, rate.expected)
        return f"and missed {one} at which it was expected"
    return f"and to {so_many(rate.came_expected, rate.expected)} at which it was expected"


def describe_claims(judged: pd.DataFrame) -> Finding:
    """How many claims of officials and the press hold (`claims.judge`)."""
    if judged.empty:
        return Finding("No claim of officials or the press about this state is on record.")
    counts = judged["verdict"].value_counts()
    holds, rest = VERDICTS[0], VERDICTS[1:]
    many = {"holds in part": "hold in part", "contradicted": "are contradicted"}
    one = {"contradicted": "is contradicted"}
    told = [
        f"{number(int(counts[verdict]))} {(many if counts[verdict] > 1 else one).get(verdict, verdict)}"
        for verdict in rest
        if counts.get(verdict, 0)
    ]
    headline = (
        f"Of {number(len(judged))} dated claims of officials and the press, {number(int(counts.get(holds, 0)))} hold."
    )
    return Finding(headline, f"{begin_sentence(listed(told))}." if told else "")
