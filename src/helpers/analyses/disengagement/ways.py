"""The ways of taking part, side by side: exercises, meetings, votes, dues, posts, signatures, hosting; where each broke."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

import pandas as pd

from helpers.analyses.disengagement.measures import role_of
from helpers.analyses.disengagement.status import is_member, steps_of, vague_day
from helpers.analyses.disengagement.votes import count_votes, find_usual, find_votes
from helpers.derive.codes import AWAY, CAME, CODES, UNCLEAR
from helpers.derive.record import RECORDS, Record
from helpers.display.addresses import step_address
from helpers.display.phrases import short_day
from helpers.loaders import dates

TRACKS = {  # ways that events tell of: what it is when taken part in, and when not
    "exercises": ("Exercises", "came", "stayed away"),
    "meetings": ("Meetings", "came", "stayed away"),
    "votes": ("UN votes", "voted as before", "voted otherwise"),
    "hosting": ("Hosting", "hosted", "refused"),
    "signatures": ("Signatures", "signed", "refused"),
    "posts": ("Posts", "filled", "given up"),
    "dues": ("Dues", "paid", "refused"),
}
CAST = {"for": "for", "against": "against", "abstained": "abstained"}  # a vote as a sentence names it
ONE_THING = 3  # the step from which an act counts here: one exercise, sitting or paper and more
MARKS = ["way", "when", "role", "said", "address"]


class Case(NamedTuple):
    """A time in which a state stayed away: the state, day zero, why that day, and first and last day to look at."""

    state: str
    zero: pd.Timestamp
    why: str
    first: pd.Timestamp
    last: pd.Timestamp
    zero_words: str  # day zero as exactly as it is known
    last_by_hand: Mapping[str, pd.Timestamp]  # last attendance by way, where the table knows it and the record does not


def find_case(record: Record, state: str = "", years: int = 4) -> Case | None:
    """A state's time of staying away from the record's organisation, by the table `stayaways`.

    Parameters
    ----------
    record
        The record.
    state
        Its code; blank for the focal state.
    years
        Years before day zero to look at.

    Returns
    -------
    Case or None
        None if the table holds no case of the state in a body whose exercises the record holds.
    """
    table = record.data.get("stayaways", pd.DataFrame())
    if table.empty:
        return None
    bodies = set(record.data["bodies"].loc[record.data["bodies"]["binding"], "body"])
    own = table[(table["iso3"] == (state or record.focus)) & table["body"].isin(bodies)]
    if own.empty:
        return None
    row = own.iloc[-1]
    zero, zero_end = (pd.Timestamp(one) for one in dates.parse(row["day_zero"]))
    ended = dates.parse(row["exit_or_return"])[1] if row["exit_or_return"] else record.last_day
    first = pd.Timestamp(year=zero.year - years, month=1, day=1)
    by_hand = {way: row[column] for way, column in (("exercises", "last_exercise"), ("meetings", "last_meeting"))}
    lasts = {way: pd.Timestamp(dates.parse(text)[0]) for way, text in by_hand.items() if text}
    return Case(row["iso3"], zero, row["day_zero_why"], first, pd.Timestamp(ended), vague_day(zero, zero_end), lasts)


def case_beside(record: Record) -> Case | None:
    """The latest case of another state, to lay beside that of the focal state; None if the focal state broke off no way."""
    if not find_breaks(focal_marks(record), focal_case(record))["broke"].any():
        return None
    table = record.data.get("stayaways", pd.DataFrame(columns=["iso3"]))
    cases = [find_case(record, state, years=3) for state in table["iso3"].unique() if state != record.focus]
    return max((case for case in cases if case), key=lambda case: case.zero, default=None)


def focal_case(record: Record) -> Case | None:
    """The focal state's case; without one, the time around the cutpoint; None if it is no longer a member."""
    split = pd.Timestamp(record.split)
    if (case := find_case(record)) or not is_member(record):
        return case
    first = pd.Timestamp(year=split.year - 4, month=1, day=1)
    return Case(record.focus, split, "", first, record.last_day, vague_day(split, split), {})


def find_marks(record: Record, case: Case | None) -> pd.DataFrame:
    """Everything on record that a state did on each way in the time of a case.

    Exercises and meetings are the record's own cases; in years for which it has none of the state, steps of `events` stand
    in. A vote is taken part in if it is the state's usual one before day zero (`votes.find_votes`).

    Returns
    -------
    DataFrame
        One row a mark in order of time: way (key of TRACKS), when, role (came, away, unclear), said (what a reader is
        shown of it), address (page, blank if it has none).
    """
    if case is None:
        return pd.DataFrame(columns=MARKS)
    parts = [
        _of_cases(record, record, "exercises", case.state),
        _of_cases(record, record.meetings(), "meetings", case.state),
        _of_votes(record, case),
        _of_dues(record, case.state),
        _of_hosting(record, case.state),
    ]
    known = pd.concat([part for part in parts if len(part)] or [pd.DataFrame(columns=MARKS)], ignore_index=True)
    covered = {(way, when.year) for way, when in zip(known["way"], known["when"], strict=True)}
    table = pd.concat([part for part in (known, _of_steps(record, case.state, covered)) if len(part)] or [known])
    table = pd.concat([table, *_by_hand(case, table)], ignore_index=True)
    inside = table[pd.to_datetime(table["when"]).between(case.first, case.last)]
    return inside.sort_values(["when", "way"], kind="stable").reset_index(drop=True)


def _by_hand(case: Case, table: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """The last attendances that only the table of cases knows, so that a figure shows what its words say."""
    for way, day in case.last_by_hand.items():
        if not ((table["way"] == way) & (table["when"] == day)).any():
            yield _frame(way, [day], [CAME], [f"Came last, {short_day(day)}"], [""])


@lru_cache(RECORDS)
def focal_marks(record: Record) -> pd.DataFrame:
    """What `find_marks` gives for the focal state; the frame is shared, and not to be written into."""
    return find_marks(record, focal_case(record))


def _of_cases(record: Record, part: Record, way: str, state: str) -> pd.DataFrame:
    own = part.of(state)
    labels = [CODES[code].label for code in own["code"]]
    said = [
        f"{row.name_}, {short_day(row.start_earliest)}: {label}"
        for row, label in zip(own.rename(columns={"name": "name_"}).itertuples(), labels, strict=True)
    ]
    pages = [f"exercises/{one}.html" for one in own["exercise_id"]]
    return _frame(way, own["start_earliest"], own["code"].map(role_of), said, pages)


def _of_votes(record: Record, case: Case) -> pd.DataFrame:
    """Votes (`votes.find_votes`): its usual one, or another."""
    own = find_votes(record, case.state, case.zero, case.first, case.last)
    beside = {CAME: ", as most of the others", AWAY: ", unlike most of the others", UNCLEAR: ""}
    said = [
        f"{row.subject}, {short_day(row.when)}: {row.vote.replace('_', ' ')}{beside[row.with_most]}"
        for row in own.itertuples()
    ]
    return _frame("votes", own["when"], own["role"], said, [""] * len(own))


def _of_dues(record: Record, state: str) -> pd.DataFrame:
    """Dues by budget year, at its end: paid, not paid, or not told; the firmest word of a year counts."""
    table = record.data.get("dues", pd.DataFrame())
    if table.empty:
        return _frame("dues", [], [], [], [])
    own = table[(table["iso3"] == state) & table["year"].notna() & (table["paid"] != "")]
    role = own["paid"].map({"yes": CAME, "no": AWAY, "part": UNCLEAR, "unknown": UNCLEAR})
    rank = role.map([AWAY, CAME, UNCLEAR].index)
    own = (
        own.assign(role=role, rank=rank).sort_values("rank", kind="stable").drop_duplicates("year").sort_values("year")
    )
    days = pd.to_datetime(own["year"].astype(int).astype(str) + "-12-31").clip(upper=record.last_day)
    words = own["role"].map({CAME: "paid", AWAY: "not paid", UNCLEAR: "not known"})
    said = [
        f"Dues of {year}: {word}, says {who}"
        for year, word, who in zip(own["year"], words, own["said_by"], strict=True)
    ]
    return _frame("dues", days, own["role"], said, [""] * len(own))


def _of_hosting(record: Record, state: str) -> pd.DataFrame:
    """Held exercises and meetings on its territory."""
    table = record.whole_register
    own = table[table["hosts"].map(lambda hosts: state in hosts) & (table["status"] == "held") & table["is_own"]]
    said = [f"{name}, {short_day(day)}: host" for name, day in zip(own["name"], own["start_earliest"], strict=True)]
    pages = [f"exercises/{one}.html" for one in own["exercise_id"]]
    return _frame("hosting", own["start_earliest"], [CAME] * len(own), said, pages)


def _of_steps(record: Record, state: str, covered: set[tuple[str, int]]) -> pd.DataFrame:
    """Steps that are more than words and no duty of the chair, save where the record itself covers the way in that year."""
    own = steps_of(record, state)
    own = own[own["track"].isin(TRACKS) & (own["rung"] >= ONE_THING) & ~own["chair"] & (own["direction"] != "neutral")]
    away = own["direction"] == "disengage"
    years = list(zip(own["track"], own["when"].dt.year, strict=True))
    by_record = pd.Series(
        [one in covered and one[0] in {"exercises", "meetings"} for one in years], own.index, dtype=bool
    )
    hosted = (own["track"] == "hosting") & ~away & pd.Series([one in covered for one in years], own.index, dtype=bool)
    own = own[~by_record & ~hosted]
    roles = own["direction"].map({"engage": CAME, "disengage": AWAY})
    days = [vague_day(first, last) for first, last in zip(own["earliest"], own["latest"], strict=True)]
    said = [f"{day}: {what}" for day, what in zip(days, own["what"], strict=True)]
    table = _frame("", own["when"], roles, said, map(step_address, own["event_id"], own["earliest"]))
    return table.assign(way=own["track"].to_list())


def _frame(
    way: str, when: Iterable[pd.Timestamp], role: Iterable[str], said: Iterable[str], address: Iterable[str]
) -> pd.DataFrame:
    columns = {"when": list(when), "role": list(role), "said": list(said), "address": list(address)}
    return pd.DataFrame({"way": way, **columns}, columns=MARKS)


def find_breaks(marks: pd.DataFrame, case: Case | None) -> pd.DataFrame:
    """Last and first days of each way.

    A way broke if the state was away on it since day zero and after it last took part: on the first such day. An absence
    that it came back from is no break. Votes do not break, since to vote is no part in the organisation; they changed if
    `votes.count_votes` says so.

    Parameters
    ----------
    marks, case
        See `find_marks`.

    Returns
    -------
    DataFrame
        One row a way with a clear mark, those that broke first, by the day of the break, then the others, votes last: way,
        last (day it last took part; NaT if never), first (of a way that broke the day of the break, else the day on which
        it was first away since day zero; NaT if never), broke (bool), changed (bool: broke, or votes changed), k, n (taken
        part, of all clear marks), k_since, n_since (of those since day zero).
    """
    rows = []
    for way in TRACKS if case else ():
        own = marks[(marks["way"] == way) & marks["role"].isin([CAME, AWAY])]
        if own.empty:
            continue
        came = own.loc[own["role"] == CAME, "when"]
        last = max([*came, *([case.last_by_hand[way]] if way in case.last_by_hand else [])], default=pd.NaT)
        away = own.loc[(own["role"] == AWAY) & (own["when"] >= case.zero), "when"]
        after = away if pd.isna(last) else away[away > last]
        broke = way != "votes" and len(after) > 0
        counts = count_votes(own["role"], own["when"], case.zero)
        changed = counts.changed if way == "votes" else broke
        first = after.min() if broke else away.min()
        rows.append((way, last, first, broke, changed, len(came), len(own), counts.k_since, counts.n_since))
    columns = ["way", "last", "first", "broke", "changed", "k", "n", "k_since", "n_since"]
    table = pd.DataFrame(rows, columns=columns)
    for name in ("last", "first"):
        table[name] = pd.to_datetime(table[name])
    table = table.assign(at=table["first"].where(table["broke"]), vote=table["way"] == "votes")
    return table.sort_values(["vote", "at"], kind="stable").drop(columns=["vote", "at"]).reset_index(drop=True)


def find_usual_vote(record: Record, case: Case) -> str:
    """The vote that a state cast at most votes before day zero, as sentences name it (`CAST`); blank if there is none."""
    own = find_votes(record, case.state, case.zero, case.first, case.last)
    return CAST.get(find_usual(own, case.zero), "")
