"""One member's way towards and away from the organisation: attendance before and after a day, runs of absence, steps."""

import pandas as pd

from helpers import dates
from helpers.attendance import ABSENT, ATTENDED
from helpers.intervals import clopper_pearson, manski, wilson

TRACKS = {  # from the barracks to the law; context last
    "exercises": "Exercises",
    "hosting": "Hosting",
    "deployments": "Deployments",
    "meetings": "Meetings",
    "signatures": "Signatures",
    "posts": "Posts",
    "dues": "Dues",
    "law": "Law",
    "statements_own": "Own statements",
    "statements_others": "Others' statements",
    "realignment": "Realignment",
}


def attendance_rates(held, by):
    """Attendance of each group of held, expected cells (see `scope.held_cells`), grouped by the columns `by`.

    Columns: attended, known, unknown, rate = attended / known, wilson_low, wilson_high, exact_low, exact_high (95 %),
    low, high (bounds over the unknown cells). Conflicting cells are unknown.
    """
    marks = held.assign(
        attended=held["code"].isin(ATTENDED).astype(int),
        known=held["code"].isin([*ATTENDED, *ABSENT]).astype(int),
        expected=1,
    )
    table = marks.groupby(by, observed=True, as_index=False)[["attended", "known", "expected"]].sum()
    table["unknown"] = table.pop("expected") - table["known"]
    table["rate"] = (table["attended"] / table["known"].where(table["known"] > 0)).astype(float)
    table["wilson_low"], table["wilson_high"] = wilson(table["attended"], table["known"])
    table["exact_low"], table["exact_high"] = clopper_pearson(table["attended"], table["known"])
    table["low"], table["high"] = manski(table["attended"], table["known"], table["unknown"])
    return table


def with_window(held, split):
    """The cells with a column `window`: before or since the day `split` (ISO text), by the exercise's first day."""
    since = held["start_earliest"] >= pd.Timestamp(split)
    window = since.map({False: "before", True: "since"})
    return held.assign(window=pd.Categorical(window, ["before", "since"], ordered=True))


def record_of(held, focus):
    """One state's held, expected cells in order of first day: name, start, code, grade, mode, reports."""
    own = held[held["iso3"] == focus].sort_values(["start_earliest", "exercise_id"])
    columns = ["exercise_id", "name", "year", "start_earliest", "code", "grade", "mode", "families", "reports"]
    return own[columns].reset_index(drop=True)


def last_run(own):
    """The state's latest unbroken run of absences as a frame of its cells; unknown cells neither break nor lengthen it."""
    known = own[own["code"].isin([*ATTENDED, *ABSENT])]
    attended = known.index[known["code"].isin(ATTENDED)]
    return known.loc[known.index > attended.max()] if len(attended) else known


def steps(events, focus):
    """One state's events with earliest and latest day, in order of time; `when` is the middle of a vague date."""
    own = events[events["subject"] == focus]
    days = dates.bounds(own["date"])
    when = days["earliest"] + (days["latest"] - days["earliest"]) / 2
    return own.assign(**days, when=when).sort_values(["when", "event_id"]).reset_index(drop=True)


LADDER_YEARS = 8  # what a figure of notebook width can hold apart


def recent(own):
    """The steps of the last LADDER_YEARS years before the state's last one; an empty frame stays empty."""
    if own.empty:
        return own
    return own[own["earliest"].dt.year > own["earliest"].dt.year.max() - LADDER_YEARS]


def steps_by_year(own):
    """Number of steps by year and direction (frame, years x engage, neutral, disengage)."""
    table = own.groupby([own["earliest"].dt.year.rename("year"), "direction"]).size().unstack(fill_value=0)
    return table.reindex(columns=["engage", "neutral", "disengage"], fill_value=0)
