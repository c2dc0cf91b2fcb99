"""Where a member stands: what it said, whether it gave notice, and its latest steps."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import NamedTuple

import pandas as pd

from helpers.analyses.disengagement.measures import compute_attendance
from helpers.analyses.disengagement.time_as_member import memberships
from helpers.derive.codes import ABSENT, ATTENDED, SETTLED
from helpers.derive.membership import BOUND, BOUND_STATUS, bound_spells
from helpers.derive.record import RECORDS, Record
from helpers.display.phrases import NO_BREAK, listed, possessive, short_day, years
from helpers.loaders import dates

WORDS = {  # of a milestone, as a line says it
    "frozen": "participation called frozen",
    "will_leave": "said it will leave",
    "denied": "said that no exit is announced or planned",
    "notice": "notice",
    "suspended": "suspended",
    "left": "left",
    "returned": "returned",
}
OUT = {"suspended", "left"}
LONG_AGO = 4  # years before that of the dividing day: what a member last did earlier is no state of play


class Milestone(NamedTuple):
    """A step on the way out or back: its kind (see WORDS), its day, and in words of the data what happened, and that in short."""

    kind: str
    day: pd.Timestamp
    what: str
    label: str = ""

    @property
    def words(self) -> str:
        """The step in a line: who said what, as far as the data have it in short."""
        return self.label or WORDS[self.kind]


def vague_day(first: pd.Timestamp, last: pd.Timestamp) -> str:
    """A day as exactly as it is known: '26 Sep 2022', 'Sep 2022', '2022'."""
    if first == last:
        return short_day(first)
    return f"{first:%b}{NO_BREAK}{first:%Y}" if (first.year, first.month) == (last.year, last.month) else f"{first:%Y}"


def find_milestones(record: Record, state: str = "") -> list[Milestone]:
    """A state's milestones on its latest way out, in order of time; a return ends the way before it.

    A denial stands after the other words of its day, since it answers them.

    Parameters
    ----------
    record
        The record, of which `events` is read.
    state
        Its code; blank for the focal state.
    """
    events = record.data.get("events", pd.DataFrame(columns=["subject", "date", "what"]))
    own = events[(events["subject"] == (state or record.focus)) & (events["milestone"] != "")]
    if own.empty:
        return []
    own = own.assign(
        day=dates.bounds(own["date"])["earliest"], label=own["label"], late=own["milestone"] == "denied"
    ).sort_values(["day", "late", "event_id"])
    steps = [Milestone(row.milestone, row.day, row.what, row.label) for row in own.itertuples()]
    returns = [at for at, step in enumerate(steps) if step.kind == "returned"]
    return steps[returns[-1] :] if returns else steps


def exit_rule(record: Record) -> str:
    """The rule by which a state leaves, in a few words of the data: that of the last binding body with one; else blank."""
    bodies = record.data.get("bodies", pd.DataFrame(columns=["binding", "exit_rule"]))
    rules = bodies.loc[bodies["binding"].astype(bool) & (bodies["exit_rule"] != ""), "exit_rule"]
    if rules.empty:
        return ""
    events = record.data["events"].set_index("event_id")
    return str(events["label"][rules.iloc[-1]])


def last_day_as_member(record: Record) -> pd.Timestamp | None:
    """The last day of the focal state's latest spell as a member; None if it never was one, or is one on the record's last day."""
    ends = [end for state, _, end in bound_spells(record.data)[BOUND] if state == record.focus]
    return pd.Timestamp(max(ends)) if ends and not is_member(record) else None


def is_member(record: Record, state: str = "") -> bool:
    """Whether a state is bound on the last day that a source speaks from."""
    return (state or record.focus) in record.members


def find_disputed(record: Record, after: pd.Timestamp) -> pd.DataFrame:
    """The focal state's exercises after a day of which sources say both that it came and that it did not."""
    own = record.of(record.focus)
    return own[own["disputed"] & ~own["code"].isin(SETTLED) & (own["start_earliest"] > after)]


class Matter(NamedTuple):
    """A row of the state of play: the matter, what is on record of it, and the day (its first and last, if it is vague)."""

    matter: str
    text: str
    first: pd.Timestamp | None = None
    last: pd.Timestamp | None = None


def state_of_play(record: Record) -> pd.DataFrame:
    """Where the focal state stands at the end of the record.

    Returns
    -------
    DataFrame
        One row a matter of which something is on record: matter, on record (what), day (in words, blank if none), days ago
        (from there to the last day that a source speaks from; NA if there is no day).
    """
    rows = [_membership(record)]
    rows += [Matter(WORDS[step.kind], step.what, step.day) for step in find_milestones(record)]
    coded = len(record.data.get("events", ())) > 0  # without a list of steps the lack of a notice says nothing
    if coded and is_member(record) and not any(step.kind == "notice" for step in find_milestones(record)):
        rule = exit_rule(record)
        rows.append(Matter(f"notice under {rule}" if rule else "notice", "none on record"))
    rows += [_last_exercise(record), _last_meeting(record)]
    rows += [_latest_step(record, track) for track in ("dues", "posts", "signatures", "hosting")]
    shown = [row for row in rows if row.text]
    ago = [(record.last_day - row.first).days if row.first is not None else None for row in shown]
    table = {
        "matter": [row.matter for row in shown],
        "on record": [row.text.rstrip(".") for row in shown],
        "day": [vague_day(row.first, row.last or row.first) if row.first is not None else "" for row in shown],
        "days ago": pd.array(ago, dtype="Int64"),
    }
    return pd.DataFrame(table)


def _membership(record: Record) -> Matter:
    if is_member(record):
        return Matter("membership", _since_when(record))
    return Matter("membership", "never a member" if last_day_as_member(record) is None else "no longer a member")


def _since_when(record: Record) -> str:
    """Since when a member is bound by each of the bodies: two years where readings of the day fall into two."""
    table, names = memberships(record), record.data["bodies"].set_index("body")["name"]
    own = table[(table["iso3"] == record.focus) & table["status"].isin(BOUND_STATUS)]
    parts = []
    for body, rows in own.groupby("body"):
        gone = max((dates.parse(text)[1] for text in rows["end"] if text), default=date.min)
        starts = sorted(day for text in rows["start"] if text and (day := dates.parse(text)[0]) > gone)
        if starts:
            what = body if body == record.organisation else names[body]
            since = years(starts[0].year, starts[-1].year)
            parts.append((starts[0], f"{rows['status'].iloc[0]} of the {what} since {since}"))
    return "; ".join(words.replace("party of", "party to") for _, words in sorted(parts)) or "a member"


def _last_exercise(record: Record) -> Matter:
    last, matter = (
        compute_attendance(record).last_came,
        f"last exercise of the {possessive(record.organisation)} own attended",
    )
    if last is None:
        return Matter(matter, "none on record" if is_member(record) else "")
    disputed = find_disputed(record, last["start_earliest"])
    more = f"; sources conflict on {listed(disputed['name'])}" if len(disputed) else ""
    return Matter(matter, f"{last['name']}{more}", last["start_earliest"])


def _last_meeting(record: Record) -> Matter:
    own = record.meetings().of(record.focus)
    came = own[own["code"].isin(ATTENDED)]
    if came.empty:
        return Matter("last meeting attended", "")
    last = came.iloc[-1]
    missed = own["code"].isin(ABSENT) & (own["start_earliest"] > last["start_earliest"])
    more = f"; missed since: {missed.sum()}" if missed.any() else ""
    return Matter("last meeting attended", f"{last['name']}{more}", last["start_earliest"])


def _latest_step(record: Record, track: str) -> Matter:
    """The state's latest step on a track that is more than words and no duty of the chair, whichever its direction.

    A member's step of `LONG_AGO` is left out.
    """
    own = steps_of(record)
    own = own[(own["track"] == track) & (own["direction"] != "neutral") & ~own["chair"]]
    if is_member(record):
        own = own[own["latest"].dt.year >= pd.Timestamp(record.split).year - LONG_AGO]
    if own.empty:
        return Matter(track, "")
    last = own.iloc[-1]
    return Matter(track, last["what"], last["earliest"], last["latest"])


@lru_cache(RECORDS)
def steps_of(record: Record, state: str = "") -> pd.DataFrame:
    """A state's steps in order of time, in a frame that is shared and not to be written into.

    Parameters
    ----------
    record
        The record, of which `events` is read.
    state
        Its code; blank for the focal state.

    Returns
    -------
    DataFrame
        The columns of `events`, with earliest and latest day, when (the middle of a vague date) and chair (bool: whether
        the step is a duty of the rotating chair).
    """
    columns = ["event_id", "subject", "date", "date_kind", "track", "direction", "rung", "what", "exercise_id"]
    events = record.data.get("events", pd.DataFrame(columns=columns))
    own = events[events["subject"] == (state or record.focus)]
    days = dates.bounds(own["date"])
    when = days["earliest"] + (days["latest"] - days["earliest"]) / 2
    chair = own["chair"].astype(str).str.lower() == "true"
    own = own.assign(**days, when=when, chair=chair, rung=pd.to_numeric(own["rung"]).fillna(0).astype(int))
    return own.sort_values(["when", "event_id"]).reset_index(drop=True)
