"""Findings of who trains with whom: ties, open cases, blocs. Each reads right for any member."""

from __future__ import annotations

import pandas as pd

from helpers.analyses.network import co_attendance, groups
from helpers.analyses.network.groups import APART, Circle
from helpers.analyses.network.text_closeness import word_closeness, word_joint_once
from helpers.analyses.network.text_doubts import word_open_cases, word_search
from helpers.analyses.network.text_words import focal, in_period, named
from helpers.derive.codes import ATTENDED, SETTLED
from helpers.derive.record import Record
from helpers.display.finding import Finding
from helpers.display.phrases import (
    HARDLY_ANY,
    capital,
    count,
    escape,
    listed,
    number,
    of_all,
    percent,
    years,
)

SAME = 0.1  # shares that differ by less are "as before"


def describe_ties(record: Record) -> Finding:
    """Say who trains with whom, who does not, and since when.

    Parameters
    ----------
    record
        The record of a scope.

    Returns
    -------
    Finding
        k of n of the focal state's strongest tie with those that train together; low and high are the weakest and the
        strongest tie among them. What is open stands in the detail, which README prints.
    """
    table = co_attendance.compute_ties(record)
    now = groups.read_circle(record, table, groups.last_known_period(record, table))
    if now.ties.empty:
        return Finding("Of no two members is it known whether they trained together.")
    before = _before(record, table, now)
    own = now.ties_with(record.focus).sort_values("rate")
    most = own.iloc[-1] if len(own) else None
    return Finding(
        headline=_headline(record, now, before),
        detail=" ".join(filter(None, _details(record, now, before))),
        doubt=" ".join(filter(None, _doubts(record, now, before))),
        k=None if most is None else int(most["together"]),
        n=None if most is None else int(most["occasions"]),
        low=float(now.core_ties["rate"].min()) if len(now.core_ties) else None,
        high=float(now.core_ties["rate"].max()) if len(now.core_ties) else None,
        unit="exercises at which both were expected",
    )


def _details(record: Record, now: Circle, before: Circle | None) -> list[str]:
    others = ""
    if record.focus not in (*now.core, *now.apart):  # the headline is about it alone
        others = f"{_together(record, now, before)}{_apart(record, now)}."
    once = word_joint_once(record, now)
    how = [once, word_closeness(record, now, bool(once)), word_open_cases(record, now)]
    return [others, *how, _own_past(record, now, before), _odd_past(record, now, before)]


def _doubts(record: Record, now: Circle, before: Circle | None) -> list[str]:
    held = [_if_open(record, now), _if_counted_otherwise(record, now, before)]
    return [
        *held,
        word_search(record) if record.shows_absence else "No source says who stayed away, so every tie is full.",
    ]


def _before(record: Record, table: pd.DataFrame, now: Circle) -> Circle | None:
    """The period before, if anything is known of it."""
    labels = list(record.periods)
    at = labels.index(now.period)
    circle = groups.read_circle(record, table, labels[at - 1]) if at else None
    return circle if circle and len(circle.ties) else None


def _headline(record: Record, now: Circle, before: Circle | None) -> str:
    focus, when = record.focus, in_period(record, now.period)
    if focus not in (*now.core, *now.apart):
        if record.of(focus).empty:
            return f"{capital(focal(record))} was expected at none of the exercises of this record."
        if not record.in_period(now.period).of(focus).empty:
            return f"Whether {focal(record)} met another member at an exercise {when} is not known."
        return f"{capital(focal(record))} was expected at no exercise {when}."
    return f"{_together(record, now, before)}{_apart(record, now)}."


def _together(record: Record, now: Circle, before: Circle | None) -> str:
    """Who trains together: 'Aland and the five others train together as before', 'At ORG exercises the other five meet as before'."""
    others = [state for state in now.core if state != record.focus]
    if len(now.core) < 2:
        return f"No two members trained together at half of the exercises {in_period(record, now.period)}"
    if record.focus in now.core:
        rest = "the" if not now.apart else ""
        who = f"{focal(record)} and {rest} {number(len(others))} other{'s' if len(others) > 1 else ''}".replace(
            "  ", " "
        )
        who = f"{focal(record)} and {named(record, others)[0]}" if len(others) == 1 else who
    else:
        who = f"the other {number(len(others))}" if now.apart == (record.focus,) else f"{number(len(others))} members"
    against = _against(record, now, before)
    if now.apart:
        verb = ("met" if record.is_past else "meet") + ("" if against else " one another")
        return f"At {escape(record.organisation)} exercises {who} {verb}{against}"
    return f"{capital(who)} {'trained' if record.is_past else 'train'} together{against}"


def _against(record: Record, now: Circle, before: Circle | None) -> str:
    """How the ties of those that train together compare with the period before: ' as before'."""
    if before is None:
        return ""
    earlier, later = groups.pool(groups.ties_of(before.ties, now.core))["share"], groups.pool(now.core_ties)["share"]
    if pd.isna(earlier) or (record.focus in now.core and not _was_among(record, now, before)):
        return ""
    return (
        " as before" if abs(later - earlier) < SAME else " more than before" if later > earlier else " less than before"
    )


def _was_among(record: Record, now: Circle, before: Circle) -> bool:
    """Whether the focal state came with those that train together now to half of the exercises before."""
    return bool(groups.pool(groups.ties_of(before.ties, [record.focus], now.core))["share"] >= APART)


def _apart(record: Record, now: Circle) -> str:
    """Who stands apart: '; Aland is not known to have met any since 2022'."""
    if not now.apart or len(now.core) < 2:
        return ""
    most = max(groups.pool(now.ties_with(state))["share"] for state in now.apart)
    one, when = len(now.apart) == 1, in_period(record, now.period)
    who = listed(named(record, now.apart)) if len(now.apart) <= 2 else f"{number(len(now.apart))} members"
    if most == 0:
        return f"; {who} {'is' if one else 'are'} not known to have met any {when}"
    how = "seldom met them" if most >= HARDLY_ANY else "hardly met them"
    return f"; {who} {'has' if one else 'have'} {how} {when}"


def _own_past(record: Record, now: Circle, before: Circle | None) -> str:
    """What the focal state did before, where it is not what it does now."""
    focus, name = record.focus, focal(record)
    if focus not in (*now.core, *now.apart):
        own = record.of(focus)
        if own.empty:
            return ""
        clear = own[own["code"].isin(SETTLED)]
        came = number(int(clear["code"].isin(ATTENDED).sum())) if clear["code"].isin(ATTENDED).any() else "none"
        when = years(int(own["year"].min()), int(own["year"].max()))
        start = f"In {when} {name} was expected at {count(len(own), 'exercise')}"
        if clear.empty:
            return f"{start}; whether it came is not known."
        return f"{start} and is known to have come to {came if len(own) > 1 or came == 'none' else 'it'}."
    if before is None:
        return ""
    earlier = groups.pool(groups.ties_of(before.ties, [focus], now.core))
    if pd.isna(earlier["share"]):
        return f"Nothing is known of {name} with any of them {in_period(record, before.period)}."
    is_apart, was_apart = focus in now.apart, earlier["share"] < APART
    if not is_apart and not was_apart:
        return ""
    start = in_period(record, before.period)
    came = of_all(earlier["together"], earlier["occasions"], "exercise")
    return (
        f"{start[0].upper()}{start[1:]} {name} came with them to {came}{', as now' if is_apart and was_apart else ''}."
    )


def _odd_past(record: Record, now: Circle, before: Circle | None) -> str:
    """What the one that stands apart did before, where it is not the focal state."""
    if before is None or len(now.apart) != 1 or record.focus in now.apart or len(now.core) < 2:
        return ""
    earlier = groups.pool(groups.ties_of(before.ties, now.apart, now.core))
    if pd.isna(earlier["share"]):
        return ""
    start, (name,) = in_period(record, before.period), named(record, now.apart)
    came = of_all(earlier["together"], earlier["occasions"], "exercise")
    whom = "the others" if record.focus not in now.core else "them"
    return f"{start[0].upper()}{start[1:]} {name} came with {whom} to {came}."


def _if_open(record: Record, now: Circle) -> str:
    """What the finding would be if cases that sources leave open went against it."""
    said = []
    core = now.core_ties
    if len(core) and core["low"].min() < core["rate"].min():
        low = percent(core["low"].min())
        said.append(
            f"no pair of the {number(len(now.core))} would fall below {low}"
            if len(now.core) > 2
            else f"the pair would not fall below {low}"
        )
    for state in [record.focus] if record.focus in now.apart else now.apart[:1]:
        own = now.ties_with(state)
        if len(own) and own["possible"].max() > 0:
            most = int((own["together"] + own["possible"]).max())
            often = "once" if most == 1 else "twice" if most == 2 else f"{number(most)} times"
            said.append(f"{named(record, [state])[0]} would have met each at most {often}")
    return f"Even if all open cases went against this, {', and '.join(said)}." if said else ""


def _if_counted_otherwise(record: Record, now: Circle, before: Circle | None) -> str:
    """What the headline becomes where joint exercises count once, or their parts one by one; blank if it holds."""
    unit = "umbrella" if record.scope.unit == "component" else "component"
    again = record.in_unit(unit)
    if set(again.register["exercise_id"]) == set(record.register["exercise_id"]):
        return ""
    table = co_attendance.compute_ties(again)
    other = groups.read_circle(again, table, groups.last_known_period(again, table))
    counted = (
        "each joint exercise once instead of its parts"
        if unit == "umbrella"
        else "the parts of each joint exercise one by one"
    )
    if other.ties.empty:
        return f"Counting {counted} leaves too little to say it."
    headline = _headline(again, other, _before(again, table, other))
    return "" if headline == _headline(record, now, before) else f"Counting {counted}, it reads: {headline}"
