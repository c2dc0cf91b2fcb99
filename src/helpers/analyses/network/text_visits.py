"""Findings of visits between members."""

from __future__ import annotations

import pandas as pd

from helpers.analyses.network import visits as travel
from helpers.analyses.network.text_words import focal, in_period, named
from helpers.derive.codes import ATTENDED, SETTLED
from helpers.derive.record import Record
from helpers.display.finding import Finding
from helpers.display.phrases import all_of, capital, count, escape, month, number, possessive


def describe_visits(record: Record) -> Finding:
    """Say when the focal state last received others and visited them, and who received most.

    Parameters
    ----------
    record
        The record of a scope.

    Returns
    -------
    Finding
        k visits that the focal state paid of n paid and received.
    """
    visits = travel.compute_visits(record)
    between = visits[visits["host"] != visits["guest"]]
    if between.empty:
        return Finding("No visit of one member to an exercise on another's soil is known.")
    table = travel.compute_travel(record, visits)
    own = table.set_index("iso3").loc[record.focus]
    top = table.sort_values(["received", "iso3"], ascending=[False, True])
    received = top[top["received"] > 0]
    hosts = named(record, list(received["iso3"]))
    first = [f"{name} ({many})" for name, many in zip(hosts, received["received"], strict=True)]
    detail = f"Since {visits['year'].min()} most visits went to {' and '.join(first[:2])}"
    detail += f", fewest to {first[-1]}" if len(first) > 2 else ""
    return Finding(
        headline=_visits_headline(record, between, own),
        detail=f"{detail}. {_hosted_later(record, own)}".rstrip(),
        doubt=_unplaced(record),
        k=int(own["paid"]),
        n=int(own["paid"] + own["received"]),
        unit="visits",
    )


def _visits_headline(record: Record, between: pd.DataFrame, own: pd.Series) -> str:
    """What the focal state received and paid in the scope's last period, or when it last did."""
    name = capital(focal(record))
    if not own["received"] and not own["paid"]:
        guest = _guest_exercises(record)
        if guest:
            return (
                f"{name} is known to have come only as a guest, to {count(guest, 'exercise')}; no visit to it is known."
            )
        own_ones = f"{possessive(escape(record.organisation))} own exercises"
        return f"{name} is not known to have visited a member at the {own_ones} at which it was expected."
    label = list(record.periods)[-1]
    late = between[between["year"] >= record.periods[label][0]]
    received, paid = int((late["host"] == record.focus).sum()), int((late["guest"] == record.focus).sum())
    if received and paid:
        return f"{name} has received {count(received, 'visit')} from other members and paid them {number(paid)} {in_period(record, label)}."
    if not received and not paid:
        return f"{name} {_last_visits(own['last_paid'], own['last_received'])}."
    done = (
        f"paid {count(paid, 'visit')} to other members"
        if paid
        else f"received {count(received, 'visit')} from other members"
    )
    last, verb = (own["last_received"], "received none") if paid else (own["last_paid"], "paid none")
    since = f" since {month(last)}" if pd.notna(last) else " at all"
    return f"{name} has {done} {in_period(record, label)}, and {verb}{since}."


def _hosted_later(record: Record, own: pd.Series) -> str:
    """That the focal state hosted after it last received anybody, and what is known of the others then; blank if it did not."""
    held = record.register[record.register["status"] == "held"]
    hosted = held[held["hosts"].map(lambda hosts: record.focus in hosts)]
    if pd.isna(own["last_received"]) or hosted.empty or hosted["start_earliest"].max() <= own["last_received"]:
        return ""
    last = hosted.loc[hosted["start_earliest"].idxmax()]
    others = record.held[(record.held["exercise_id"] == last["exercise_id"]) & (record.held["iso3"] != record.focus)]
    unclear = not others["code"].isin(SETTLED).all()
    came = "but which others came is not clear" if unclear else "and no other member that was expected came"
    return f"{capital(focal(record))} hosted again in {month(last['start_earliest'])}, {came}."


def _guest_exercises(record: Record) -> int:
    """At how many held exercises the focal state was though not expected."""
    held = record.register.loc[record.register["status"] == "held", "exercise_id"]
    own = record.attendance[(record.attendance["iso3"] == record.focus) & ~record.attendance["expected"]]
    return int((own["code"].isin(ATTENDED) & own["exercise_id"].isin(held)).sum())


def _last_visits(paid: pd.Timestamp, received: pd.Timestamp) -> str:
    """When a state last visited another, and when it last received one, of which one at least is known."""
    if pd.isna(received):
        return f"last visited another member at an exercise in {month(paid)} and is not known to have received one"
    if pd.isna(paid):
        return f"last received another member at an exercise in {month(received)} and is not known to have visited one"
    when = f"in {month(paid)} and last received one" if month(paid) != month(received) else "and received one"
    return f"last visited another member at an exercise {when} in {month(received)}"


def _unplaced(record: Record) -> str:
    """What the visits leave out."""
    held = record.register[record.register["status"] == "held"]
    unknown = int((held["hosts"].map(len) == 0).sum())
    text = (
        f"Counted are visits at the {possessive(escape(record.organisation))} own exercises at which the visitor was expected; "
        "where sources are not clear there may have been more"
    )
    if not unknown:
        return f"{text}."
    return f"{text}; {all_of(unknown, len(held))} exercises have no known host."


def visits_by_period(record: Record) -> dict[str, pd.DataFrame]:
    """Split visits into those before the scope's last period and those in it.

    Parameters
    ----------
    record
        The record of a scope.

    Returns
    -------
    dict
        {years in words: rows of `compute_visits`}, without a part that has no exercise.
    """
    visits = travel.compute_visits(record)
    since = record.periods[list(record.periods)[-1]][0]
    late = capital(in_period(record, list(record.periods)[-1]))
    parts = {f"Before {since}": visits[visits["year"] < since], late: visits[visits["year"] >= since]}
    return {label: part for label, part in parts.items() if len(part)}
