"""Sentences on a member's ways of taking part: in what order they broke, which go on, and how it votes."""

from __future__ import annotations

import pandas as pd

from helpers.analyses.disengagement.days import split_reason
from helpers.analyses.disengagement.status import is_member
from helpers.analyses.disengagement.votes import count_votes, find_votes
from helpers.analyses.disengagement.ways import (
    TRACKS,
    Case,
    case_beside,
    find_breaks,
    find_marks,
    find_usual_vote,
    focal_case,
    focal_marks,
)
from helpers.analyses.disengagement.wording import as_title, so_many
from helpers.derive.codes import CAME
from helpers.derive.record import Record
from helpers.display.finding import Finding
from helpers.display.phrases import day, escape, listed, month, possessive

LAST = {  # how a way was taken, in a sentence on when it last was
    "exercises": "came to an exercise",
    "meetings": "came to a meeting",
    "hosting": "hosted",
    "signatures": "signed",
    "posts": "filled a post",
    "dues": "paid",
}
GOES_ON = 2  # years: of a way that was taken longer ago it is said when that was, not that it goes on


def describe_ways(record: Record) -> Finding:
    """In what order the ways of taking part broke, and which did not."""
    name, case = escape(record.name), focal_case(record)
    breaks = find_breaks(focal_marks(record), case)
    if breaks.empty or case is None:
        return Finding(f"No way of taking part of {name} is on record.")
    broke = breaks[breaks["broke"]]
    whole = breaks[~breaks["broke"] & (breaks["way"] != "votes")]
    going, over = _going(whole, case), _over(whole, case)
    votes = _votes(record, case)
    if broke.empty:
        parts = [f"Its {listed(going)} go on." if going else "", over, votes]
        headline = f"{name} has broken off none of the ways of taking part on record."
        return Finding(headline, " ".join(filter(None, parts)))
    names = [_way(way) for way in broke["way"]]
    parts = [f"Of {listed(going)} no break is on record." if going else "", over, votes]
    if len(broke) == 1:
        headline = f"{name} broke off {names[0]} in {month(broke.iloc[0]['first'])}."
        return Finding(headline, " ".join(filter(None, parts)))
    then = f", then {listed(names[1:-1])}, and {names[-1]} last" if len(names) > 2 else f" and {names[-1]} last"
    first, last = (month(broke.iloc[at]["first"]) for at in (0, -1))
    still = ", while its membership goes on" if is_member(record) and not going else ""
    when = f"{names[0].capitalize()} ended in {first} and {names[-1]} in {last}{still}."
    return Finding(f"{name} broke off {names[0]} first{then}.", " ".join(filter(None, [when, *parts])))


def _way(way: str) -> str:
    return TRACKS[way][0].lower()


def _is_recent(whole: pd.DataFrame, case: Case) -> pd.Series:
    """Whether a way was last taken within `GOES_ON` years of the end of the case."""
    return whole["last"] >= case.last - pd.DateOffset(years=GOES_ON)


def _going(whole: pd.DataFrame, case: Case) -> list[str]:
    """The ways that did not break and were taken lately."""
    return [_way(way) for way in whole.loc[_is_recent(whole, case), "way"]]


def _over(whole: pd.DataFrame, case: Case) -> str:
    """When ways that did not break were last taken, if that is long ago."""
    old = whole[~_is_recent(whole, case) & whole["last"].notna()]
    lasts = [f"{LAST[row.way]} in {month(row.last)}" for row in old.itertuples()]
    return f"It last {listed(lasts)}." if lasts else ""


def _votes(record: Record, case: Case) -> str:
    """How it voted before day zero and since, when that changed, and how often as most of the others did."""
    table = find_votes(record, case.state, case.zero, case.first, case.last)
    if table.empty:
        return ""
    usual = find_usual_vote(record, case)
    own, most = (count_votes(table[column], table["when"], case.zero) for column in ("role", "with_most"))
    topics = set(table["topic"]) - {""}
    votes = f"UN resolutions on {escape(topics.pop())}" if len(topics) == 1 else "UN resolutions"
    if not usual or not own.compared:
        return f"Votes on {votes} are too few, or of too many kinds, to show a change."
    verb, way = ("abstained ", "on") if usual == "abstained" else ("voted ", usual)
    said = (
        f"Before {month(case.zero)} {escape(record.names[case.state])} {verb}{way} {so_many(own.k_before, own.n_before)} "
        f"{votes}, since then {way} {so_many(own.k_since, own.n_since)}"
    )
    if own.changed:
        last = table.loc[table["role"] == CAME, "when"].max()
        said += f". The last such vote was in {month(last)}."
    else:
        said += "." if own.k_before == own.n_before and own.k_since == own.n_since else ": no clear change."
    if not most.compared:
        return said
    return (
        f"{said} It sided with most other members in {so_many(most.k_before, most.n_before)}, then in "
        f"{so_many(most.k_since, most.n_since)}."
    )


def ways_texts(record: Record) -> dict[str, str]:
    """Title, subtitle and footer of `plot_ways`."""
    case, beside = focal_case(record), case_beside(record)  # the figure draws the second below the first
    shown = pd.concat([focal_marks(record), find_marks(record, beside)])
    parts = ["UN votes stand apart: they are no part of membership"] if (shown["way"] == "votes").any() else []
    if case is not None:
        parts.append(f"Day 0: {case.why or split_reason(record) or 'the day that divides the record'}")
    if beside is not None:
        parts.append(f"{possessive(record.names[beside.state])} day 0: {beside.why}")
    parts.append(f"Sources to {day(*record.last_days)}")
    body = f"the {record.organisation}" if record.organisation else "the organisation"
    return {
        "title": as_title(describe_ways(record).headline),
        "subtitle": f"Each mark is what a state did, or refused to do, in {body}; beside it, whether and when that ended",
        "footer": f"{'. '.join(parts)}.",
    }
