"""Other cases of staying away, and what claims come to."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import pandas as pd

from helpers.analyses.disengagement.claims import judge
from helpers.analyses.disengagement.status import is_member, vague_day
from helpers.analyses.disengagement.time_as_member import AWAY, CAME, find_exercises_as_member
from helpers.analyses.disengagement.ways import find_case
from helpers.derive.codes import ATTENDED
from helpers.derive.record import Record
from helpers.display.phrases import listed, short_day
from helpers.loaders import dates

IDS = re.compile(r"\b[a-z][a-z0-9]*(?:-[a-z0-9]+)+\b")  # of exercises, in what the record holds on a claim
STATES = re.compile(r"\b[A-Z]{3}(?:/[A-Z]{3})*\b")
ISO_DAYS = re.compile(r"\b(?:19|20)\d\d-\d\d(?:-\d\d)?\b(?!-)")
OUTCOMES = {"body_ended": "the body ended", "disputed": "membership disputed", "stayed": "still in and away"}


def stayaways_of(record: Record) -> pd.DataFrame:
    """The cases of staying away on record, as a table shows them, if one of them is the focal state's.

    Returns
    -------
    DataFrame
        One row a case, the focus first, then by name: state, body, since (day zero), last exercise, last meeting, notice,
        ended (words of days; blank if not known), outcome. Last attendances that the record itself holds are taken from it. No
        row if the focal state has none: its record does not raise the question.
    """
    table = record.data.get("stayaways", pd.DataFrame(columns=["iso3"]))
    table = table if (table["iso3"] == record.focus).any() else table.head(0)
    names = {state: record.names.get(state, state) for state in table["iso3"]}
    rows = [
        {
            "state": names[row.iso3],
            "body": row.body,
            "since": _words(row.day_zero),
            "last exercise": _words(row.last_exercise) or _last_came(record, row),
            "last meeting": _words(row.last_meeting) or _last_came(record.meetings(), row),
            "notice": _words(row.notice),
            "ended": _words(row.exit_or_return),
            "outcome": OUTCOMES.get(row.outcome, row.outcome),
            "own": row.iso3 != record.focus,
        }
        for row in table.itertuples()
    ]
    columns = ["state", "body", "since", "last exercise", "last meeting", "notice", "ended", "outcome", "own"]
    return pd.DataFrame(rows, columns=columns).sort_values(["own", "state"]).drop(columns="own").reset_index(drop=True)


def _words(text: str) -> str:
    """A day of the data in words, with a mark if it is not sure."""
    sure = "" if not text.endswith("?") else "?"
    return vague_day(*(pd.Timestamp(one) for one in dates.parse(text))) + sure if text else ""


def _last_came(record: Record, case: Any) -> str:
    """The day of the last attendance that a record holds of a case in one of its bodies; else blank."""
    bodies = record.data["bodies"]
    if case.body not in set(bodies.loc[bodies["binding"], "body"]):
        return ""
    own = record.of(case.iso3)
    came = own.loc[own["code"].isin(ATTENDED), "start_earliest"]
    return short_day(came.iloc[-1]) if len(came) else ""


class GuestRate(NamedTuple):
    """How often a former member came while it was a member."""

    name: str
    came: int  # to exercises, as a guest too
    watched: int  # of these only to watch
    came_expected: int  # of these as one that was expected
    missed: int  # of `expected`
    expected: int
    held: int


def find_guest_rate(record: Record) -> GuestRate | None:
    """How often the former member whose case is the latest came while it was a member, expected or not.

    A state that joined no force was expected at hardly anything; this second rate is over the exercises of its time.

    Returns
    -------
    GuestRate or None
        None without such a case.
    """
    table = record.data.get("stayaways", pd.DataFrame())
    former = [one for one in table.get("iso3", ()) if one in record.names and not is_member(record, one)]
    cases = [case for one in former if (case := find_case(record, one))]
    if not cases:
        return None
    state = max(cases, key=lambda one: one.zero).state
    then = find_exercises_as_member(record, state)
    came = then["how"] == CAME
    expected = then["expected"]
    parts = (came, came & (then["code"] == "observer"), came & expected, expected & (then["how"] == AWAY), expected)
    return GuestRate(record.names[state], *(int(part.sum()) for part in parts), len(then))


def judged_claims(record: Record) -> pd.DataFrame:
    """The claims with their verdicts (columns of `claims.judge`), and what is on record of them in a reader's words.

    Names stand in place of ids and codes, and days as tables print them.
    """
    judged = judge(record)
    return judged.assign(
        said_day=[_words(text) for text in judged["said_on"]],
        record=[_for_readers(text, record) for text in judged["record"]],
    )


def claims_on(judged: pd.DataFrame, state: str) -> pd.DataFrame:
    """Of judged claims those on a state and on the organisation as a whole."""
    return judged[judged["subject"].isin([state, ""])].reset_index(drop=True)


def _for_readers(text: str, record: Record) -> str:
    exercises = dict(zip(record.whole_register["exercise_id"], record.whole_register["name"], strict=True))
    text = IDS.sub(lambda found: exercises.get(found[0], found[0]), text)
    text = STATES.sub(lambda found: listed(record.names.get(one, one) for one in found[0].split("/")), text)
    return ISO_DAYS.sub(lambda found: _words(found[0]), text)
