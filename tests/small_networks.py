"""Small records of who came to what, made by hand: no table is read."""

import pandas as pd

from helpers.derive.record import Record
from helpers.derive.scope import Scope, select

NAMES = {"AAA": "Ardenia", "BBB": "Borland", "CCC": "Costa", "DDD": "Dunmark", "EEE": "Estria"}
CODES = {"+": "present", "-": "absent_by_list", "?": "unknown", ".": "not_expected"}


def record_of(
    marks, *, hosts=None, parts=None, focus="AAA", since=2010, until=2021, periods=((2010, 2015), (2016, 2021))
):
    """A record of exercises named by their year, such as `x-2012`; `marks` gives each one a sign a state: + - ? or a dot.

    `hosts` gives host states by exercise, `parts` the joint exercise by part.
    """
    states = list(NAMES)[: len(next(iter(marks.values())))]
    parts = parts or {}
    exercises = [*marks, *dict.fromkeys(parts.values())]
    register = pd.DataFrame([_exercise(one, (hosts or {}).get(one, ()), parts) for one in exercises])
    signs = marks | {one: _joint_signs([marks[part] for part in parts if parts[part] == one]) for one in parts.values()}
    cases = [_case(one, state, sign) for one in exercises for state, sign in zip(states, signs[one], strict=True)]
    attendance = pd.DataFrame(cases)
    data = {
        "countries": pd.DataFrame({"iso3": list(NAMES), "name": list(NAMES.values()), "name_ru": ""}),
        "periods": pd.DataFrame([(*years, "A reason") for years in periods], columns=["since", "until", "why"]),
        "sources": pd.DataFrame({"published_on": [f"{until}-12-31"]}),
        "bodies": pd.DataFrame({"body": ["ORG"], "binding": [True]}),
        "reports": pd.DataFrame([("", "", (), "complete")], columns=["exercise_id", "list_covers", "absent", "participants_scope"]),
        "search_log": pd.DataFrame(columns=["query"], dtype=str),
        "forces": pd.DataFrame(columns=["force", "iso3", "start", "end"]),
        "memberships": pd.DataFrame([(one, "ORG", "member", "2011-05-01", "") for one in states], columns=["iso3", "body", "status", "start", "end"]),
    }  # fmt: skip
    scope = Scope(since, until, ("exercise",), "component", "C", focus, "2016-01-01")
    return Record(data, scope, *select(register, attendance, scope), register, attendance)


def _joint_signs(rows):
    """At a joint exercise a state came if it came to a part, stayed away if it did from every part that expected it."""
    signs = ("".join(row[at] for row in rows).replace(".", "") for at in range(len(rows[0])))
    return "".join("." if not own else "+" if "+" in own else "-" if set(own) == {"-"} else "?" for own in signs)


def _exercise(one, hosts, parts):
    year = int(one.split("-")[-1][:4])
    day = pd.Timestamp(year, 9, 1)
    return {
        "exercise_id": one, "series_id": "x", "name": one.title(), "year": year, "event_type": "exercise", "is_own": True, "organiser": "ORG",
        "parent_id": parts.get(one, ""), "umbrella_id": parts.get(one, one), "is_umbrella": one in parts.values(),
        "status": "held", "start": f"{year}-09?", "end": str(year), "start_earliest": day, "start_latest": day,
        "end_earliest": day, "end_latest": pd.Timestamp(year, 12, 31), "hosts": tuple(hosts), "forces": ("ORG",),
    }  # fmt: skip


def _case(one, state, sign):
    known = sign in "+-"
    return {
        "exercise_id": one, "iso3": state, "expected": sign != ".", "code": CODES[sign], "grade": "B" if known else "",
        "mode": "troops" if sign == "+" else "", "families": int(known), "reports": (f"{one}.01",) if known else (),
        "against": (),
    }  # fmt: skip
