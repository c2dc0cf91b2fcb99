"""How big: troops as told, with who told them, the planned apart from the reported, joint totals once.

Figures are never added up. A total for several parallel drills stands once, for all of them together; one state's
contingent is no size of an exercise and is left out; what a plan promised never fills in for what nobody counted.
"""

import re

import networkx as nx
import numpy as np
import pandas as pd

from helpers.derive.register import edition_year
from helpers.derive.reports import rank_reports

SCOPES = {"exercise": "own figure", "joint": "joint total of several"}
_FIGURE = re.compile(r"([~<]?)(\d+)(?:-(\d+))?(\+?)")
COLUMNS = [
    "exercises",
    "names",
    "year",
    "start",
    "scope",
    "told",
    "as_told",
    "low",
    "best",
    "high",
    "said_by",
    "figures",
]


def parse(text):
    """Lowest, likeliest and highest number that a source's words allow (floats, NaN where they set no such limit).

    `1500` is all three; `1000-1200` has its middle as the likeliest; `3500+` has no highest, `<500` no lowest, and `~600` is
    likeliest alone, without limits. Raises ValueError if the text is no figure.
    """
    match = _FIGURE.fullmatch(text)
    if not match:
        raise ValueError(f"troops: {text!r} is no figure such as 1500, 1000-1200, 3500+, ~600 or <500")
    sign, first, second, more = match.groups()
    first = float(first)
    if second:
        return first, (first + float(second)) / 2, float(second)
    if sign == "~":
        return np.nan, first, np.nan
    if sign == "<":
        return np.nan, first, first
    return first, first, np.nan if more else first


def worded(text):
    """The words for a figure as coded: `~12000` is 'about 12,000', `3500+` 'more than 3,500', `1000-1200` '1,000 to 1,200'.

    Raises ValueError if the text is no figure.
    """
    parse(text)
    marks = {"~": "about ", "<": "up to "}
    before = marks.get(text[0], "") or ("more than " if text.endswith("+") else "")
    return before + " to ".join(f"{int(number):,}" for number in text.strip("~<+").split("-"))


def figures(reports, sources, register):
    """Every figure told for an exercise of the register or jointly with others, one row a report, the best-ranked first.

    Columns: exercises (ids that the figure covers, see `joint_groups`), scope, told (reported if said during or after,
    planned if before), troops, low, best, high, said_by, report_id. Contingents of one state and deprecated figures are
    left out.
    """
    usable = reports["exercise_id"].isin(register["exercise_id"]) & reports["troops_scope"].isin(SCOPES)
    usable &= reports["deprecated_fields"].map(lambda fields: "troops" not in fields)
    table = reports[usable].reset_index(drop=True)
    table[["low", "best", "high"]] = [parse(text) for text in table["troops"]] or np.empty((0, 3))
    groups = joint_groups(table)
    covers = [
        groups[row.exercise_id] if row.troops_scope == "joint" else (row.exercise_id,) for row in table.itertuples()
    ]
    # Ranked as if the group were one exercise, so that the best report speaks whichever drill it was filed under.
    table = rank_reports(table.assign(exercise_id=[";".join(ids) for ids in covers]), sources)
    return pd.DataFrame(
        {
            "exercises": [tuple(ids.split(";")) for ids in table["exercise_id"]],
            "scope": table["troops_scope"],
            "told": np.where(table["tier"] == 1, "reported", "planned"),
            **{name: table[name] for name in ("troops", "low", "best", "high")},
            "said_by": table["said_by"].where(table["said_by"] != "", table["source_id"]),
            "report_id": table["report_id"],
        }
    )


def joint_groups(table):
    """{exercise: the exercises (tuple) that it shares a joint total with}, from reports with their figure as `best`.

    Sources repeat a joint total for each of its drills. Drills of one year with the same number told jointly belong
    together, and so do those linked through a third.
    """
    joint = table[table["troops_scope"] == "joint"]
    graph = nx.Graph()
    for row in joint.itertuples():
        graph.add_edge(row.exercise_id, (edition_year(row.exercise_id), row.best))
    drills = set(joint["exercise_id"])
    groups = [tuple(sorted(drills & part)) for part in nx.connected_components(graph)]
    return {one: group for group in groups for one in group}


def sizes(table, register):
    """Size of each exercise, or of each group with a joint total, one row for what was reported and one for what was planned.

    Takes `figures`. Columns: exercises (ids), names, year, start (earliest first day), scope, told, as_told (the figure of
    the best-ranked report in its source's form), low and high (the lowest and highest number told; <NA> if told only as
    "up to" or "more than"), best (that of the best-ranked report), said_by (of that report), figures (how many reports).
    Sorted by start.
    """
    names, starts = (register.set_index("exercise_id")[column] for column in ("name", "start_earliest"))
    rows = []
    for (exercises, scope, told), part in table.groupby(["exercises", "scope", "told"], sort=False):
        best = part.iloc[0]
        rows.append(
            {
                "exercises": exercises,
                "names": tuple(names[one] for one in exercises),
                "year": edition_year(exercises[0]),
                "start": min(starts[one] for one in exercises),
                "scope": scope,
                "told": told,
                "as_told": worded(best["troops"]),
                "low": _limit(part, "low", "min"),
                "best": best["best"],
                "high": _limit(part, "high", "max"),
                "said_by": best["said_by"],
                "figures": len(part),
            }
        )
    table = pd.DataFrame(rows, columns=COLUMNS).sort_values(["start", "exercises", "told"], ignore_index=True)
    numbers = table[["low", "best", "high"]].astype(float).round().astype("Int64")
    return table.assign(**numbers)


def _limit(part, side, extreme):
    """The lowest or highest number told, NaN if all who tell it set no limit on that side, as in 3500+ or <500.

    `extreme` is min or max. A range tells both its ends; what sets no limit on the side tells its likeliest number.
    """
    numbers = part[side].fillna(part["best"])
    number = numbers.agg(extreme)
    tellers = part[numbers == number]
    exact_or_about = tellers[side].notna() | tellers[["low", "high"]].isna().all(axis=1)
    return number if exact_or_about.any() else np.nan


def coverage(table, register):
    """How many held editions of the register have a reported size of their own, a joint one only, a planned one only, or none.

    A dict: held, own, joint, planned, none. An edition counts in the first that it has.
    """
    held = register.loc[register["status"] == "held", "exercise_id"]
    kinds = [("own", "exercise", "reported"), ("joint", "joint", "reported"), ("planned", None, "planned")]
    left, told = set(held), {"held": len(held)}
    for kind, scope, when in kinds:
        chosen = table[(table["told"] == when) & ((table["scope"] == scope) | (scope is None))]
        found = {one for group in chosen["exercises"] for one in group} & left
        told[kind], left = len(found), left - found
    return told | {"none": len(left)}
