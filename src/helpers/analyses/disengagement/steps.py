"""Steps other than words, by quarter, and the turning points among them."""

from __future__ import annotations

import pandas as pd

from helpers.analyses.disengagement.days import split_event, split_reason
from helpers.analyses.disengagement.measures import compute_attendance
from helpers.analyses.disengagement.status import steps_of
from helpers.analyses.disengagement.ways import find_breaks, focal_case, focal_marks
from helpers.derive.codes import ABSENT, ATTENDED
from helpers.derive.record import Record
from helpers.display.phrases import short_day

CONTEXT = {"realignment", "statements_own", "statements_others"}  # words, and ties with others: not counted as steps
LOWER_LEVEL = 2  # the step from which an entry is more than words
OF_A_WHOLE = 4  # the step from which an entry ends a way as a whole
CHAIR_YEARS = 2  # duties of the chair further apart belong to two turns in it
CHAIR_DAYS = 90  # from its first to its last duty: less is no turn in the chair


def acts(record: Record) -> pd.DataFrame:
    """The focal state's steps towards and away that are more than words, in order of time (columns of `steps_of`)."""
    own = steps_of(record)
    return own[
        ~own["track"].isin(CONTEXT) & (own["rung"] >= LOWER_LEVEL) & own["direction"].isin(["engage", "disengage"])
    ].reset_index(drop=True)


def by_quarter(record: Record) -> pd.DataFrame:
    """Number of steps by quarter around the cutpoint, or around day zero of the focal state's case.

    Returns
    -------
    DataFrame
        One row a quarter of the focal state's case (see `ways.focal_case`), none left out (no row without a case or a step): quarter (Period), towards, away (numbers), duties (of `towards`, those that fall to the chair).
    """
    own, case = acts(record), focal_case(record)
    if case is None or own.empty:
        return pd.DataFrame(columns=["quarter", "towards", "away", "duties"])
    quarters = pd.period_range(case.first, case.last, freq="Q")
    at = own["when"].dt.to_period("Q") if len(own) else pd.Series(dtype="period[Q]")
    towards, away = own["direction"] == "engage", own["direction"] == "disengage"

    def counts(chosen: pd.Series) -> list[int]:
        return at[chosen].value_counts().reindex(quarters, fill_value=0).tolist()

    columns = {"towards": counts(towards), "away": counts(away), "duties": counts(towards & own["chair"])}
    return pd.DataFrame({"quarter": quarters, **columns})


def by_year(record: Record) -> pd.DataFrame:
    """The same by year (index: year; columns towards, away, duties)."""
    table = by_quarter(record)
    return table.drop(columns="quarter").groupby([one.year for one in table["quarter"]]).sum()


def chair_spells(record: Record) -> list[tuple[pd.Timestamp, pd.Timestamp]]:
    """First and last day of each time in which the focal state had duties of the chair."""
    own = steps_of(record)
    days = own.loc[own["chair"] & (own["earliest"] == own["latest"]), "earliest"].sort_values()
    turn = (days.diff() > pd.Timedelta(days=365 * CHAIR_YEARS)).cumsum()
    spells = [(part.iloc[0], part.iloc[-1]) for _, part in days.groupby(turn)]
    return [(first, last) for first, last in spells if (last - first).days >= CHAIR_DAYS]


def turning_points(record: Record) -> pd.DataFrame:
    """The days that the picture names, each by a rule.

    The last exercise and meeting attended and the first missed since the cutpoint, if the state stays away from them; the
    day on which dues or posts broke (`ways.find_breaks`) and the first legal step since; the cutpoint itself with its
    reason, unless that is an event of another state.

    Returns
    -------
    DataFrame
        One row a day in order of time: day, text, up (bool: whether it is a step towards, or something that others did),
        when (the day in words).
    """
    case = focal_case(record)
    if case is None:
        return pd.DataFrame(columns=["day", "text", "up", "when"])
    split = pd.Timestamp(record.split)
    event = split_event(record)
    if case.zero != split:
        rows = [(case.zero, case.why, True)]
    elif event is None or event["subject"] == record.focus:
        rows = [(split, split_reason(record) or "dividing day", True)]
    else:
        rows = []
    found = compute_attendance(record)
    if found.stopped and found.last_came is not None:
        missed = found.cases[~found.cases["came"] & (found.cases["start_earliest"] >= split)].iloc[0]
        rows.append((found.last_came["start_earliest"], f"last exercise: {found.last_came['name']}", True))
        rows.append((missed["start_earliest"], f"first missed: {missed['name']}", False))
    own = record.meetings().of(record.focus)
    came, away = own[own["code"].isin(ATTENDED)], own[own["code"].isin(ABSENT) & (own["start_earliest"] >= split)]
    if len(came) and len(away) and came.iloc[-1]["start_earliest"] < away.iloc[-1]["start_earliest"]:
        rows.append((came.iloc[-1]["start_earliest"], "last meeting attended", True))
        rows.append((away.iloc[0]["start_earliest"], "first meeting missed", False))
    breaks = find_breaks(focal_marks(record), case)
    for way, words in (("dues", "dues refused"), ("posts", "first post given up")):
        broke = breaks[(breaks["way"] == way) & breaks["broke"]]
        rows += [(day, words, False) for day in broke["first"]]
    steps = acts(record)
    legal = steps[(steps["direction"] == "disengage") & (steps["when"] >= case.zero) & (steps["track"] == "law")]
    rows += [(day, "legal step away", False) for day in legal.loc[legal["rung"] >= OF_A_WHOLE, "when"].head(1)]
    rows = [row for row in rows if case.first <= row[0] <= case.last]
    table = pd.DataFrame(rows, columns=["day", "text", "up"]).sort_values("day", kind="stable").reset_index(drop=True)
    return table.assign(when=[case.zero_words if day == case.zero else short_day(day) for day in table["day"]])
