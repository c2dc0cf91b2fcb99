"""From reports to attendance cells: who took part, who stayed away, who was never expected, and how we know.

A cell is one exercise and one state that was ever bound. Its code follows from the statements about it
(`helpers.derive.statements`) by these rules, in this order.

1. A state is expected if the organisation itself runs the exercise and the state is bound on its earliest first day
   both to the organisation and to one of the exercise's forces. What it then did plays no part: were a guest expected
   because it came, or because a report names it, every guest would raise its own rate.
2. A state that is not expected is `not_expected`. If the best statements about it say that it took part or watched,
   it is `present` or `observer` as a guest, and no rate counts it. A guest cannot be missed: a list that lacks it
   says nothing, and if it is said to be away by some and to watch by others, it watched.
3. An exercise that was called off, postponed, moved or merged gives `not_held`; one that is not known to be held,
   `unknown`.
4. A statement from a source that nobody read settles nothing: it never decides a code, and it counts neither as a
   family nor as an outlet. It is listed with the reports that it agrees with.
5. What is said during or after the exercise outranks what was said before it. Of the statements that bear on the cell
   (present, absent, observer, omitted) only those of the best standing decide: those made during or after if there
   are any, else those made before. The rest back the code or stand against it.
6. None that bears on it gives `unknown`: a phrase, a partial list that lacks the state, and a list for several drills
   that names it prove nothing about this drill.
7. Whoever hosts takes part: at a held exercise, an inspection, a deployment and a meeting, the host is `present`. The
   seat of a staff event or of a police operation is only an address. Host and guest are not the same: `host` marks
   whose soil it was.
8. A state named as present or watching by some and as absent by others of the best standing is `conflicting`. So is
   one named as present and left out of a complete list, with one exception: an omission from the lists of one outlet
   or one family does not open a case that two families and two outlets name. Such a case is `present`, and
   `disputed`. The rule is the same for every state.
9. Else a state named as present is `present`. One named as an observer, and not as absent, is `observer`, since a
   list of participants leaves its observers out.
10. Else the state was away, and the strongest word for it counts: `absent_declared` if it or the organiser says so
    during or after; `absent_reported` if a third party does; `absent_announced` if it or the organiser said so ahead;
    `absent_by_list` if nothing but a complete list without it shows it. An announcement is weaker than a report, for
    it speaks of an intention and not of the fact. A third party's word ahead is a forecast: it gives
    `absent_reported` only where nothing was said during or after.
11. A cell's grade says what its code rests on. A: two families and two outlets or more, one statement at least made
    during or after, and none against it from during or after. B: less than that during or after, or more that others
    dispute; a conflict is never better. C: only what was said before. D: something is said, and it settles nothing.
12. `disputed` marks a cell whose code a statement from during or after the exercise denies, and every conflict.
13. Presence goes up. A statement that a state was at a held part is a statement that it was at the joint exercise, if
    the part's cell is `present`; so is one that names it in a list for several drills, whatever the part's cell is.
    Where there is no such statement, all about it at the parts where it is `conflicting` go up as they are; where
    there are none of those either, all at the parts where it is `observer`. The joint exercise is judged by these and
    its own statements together. Where the state is expected at the joint exercise, only parts at which it was
    expected answer for it.
14. Absence goes down. A state that the joint exercise's own statements show to have been away was away from every
    held part at which it was expected and is `unknown` or away: the part is judged by both, and the strongest word
    counts. What was said before the part's earliest first day is said ahead of it.
15. A state away from every held part at which it was expected was away from the joint exercise, if that is `unknown`:
    with the weakest code and grade of those parts, since each of them is needed. If it is `present` above by a list
    for several drills or a word on the whole, and away from every part, the joint exercise is `conflicting`.
16. A state expected at a held part is expected at the joint exercise, if the organisation runs it, and is judged as
    such.
17. Counted in joint exercises (`umbrella`), the joint exercise's own cell stands for it and for all its parts.
18. `mode` says of a present state whether every statement behind it has it send only officers or staff (`staff`) or
    not (`troops`). One report of troops outweighs others' silence about them. A staff event has no troops, and a
    meeting no mode.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd

from helpers.derive.codes import ABSENT
from helpers.derive.membership import Spells, bound_spells, members_on, states_ever_bound
from helpers.derive.register import NOT_HELD
from helpers.derive.reports import Report, reports_by_exercise
from helpers.derive.statements import ATTENDS, COMMITTED_VOICES, GUEST_TELLING, TELLING, Statement, read_report

HOST_TAKES_PART = {"exercise", "inspection", "deployment", "meeting"}  # of the rest the seat is only an address
MODELESS, STAFF_EVENTS = {"meeting"}, {"staff_event"}
COLUMNS = [
    "exercise_id",
    "iso3",
    "expected",
    "host",
    "code",
    "grade",
    "disputed",
    "mode",
    "families",
    "reports",
    "against",
]


Cell = dict[str, Any]  # the columns of a row but for exercise_id and iso3


class Circumstances(NamedTuple):
    """What the reports of an exercise are read against."""

    status: str
    event_type: str
    hosts: frozenset[str]
    expected: frozenset[str]

    @property
    def host_takes_part(self) -> bool:
        """Whether hosting it is taking part (rule 7)."""
        return self.status == "held" and self.event_type in HOST_TAKES_PART


class Judged(NamedTuple):
    """The cell of one state at one exercise, with what it was judged by, so that it can be judged again with more."""

    cell: Cell
    facts: tuple[Statement, ...]
    given: Circumstances


def derive_attendance(data: Mapping[str, pd.DataFrame], register: pd.DataFrame) -> pd.DataFrame:
    """Derive who took part in what: one cell for every exercise and every state that was ever bound.

    Parameters
    ----------
    data
        The loaded tables.
    register
        What `derive_register` gives of them.

    Returns
    -------
    DataFrame
        One row a cell, in the register's order and by state: exercise_id, iso3, expected (bool), host (bool: it was
        held on the state's soil), code (see `codes.CODES`), grade (A to D, blank where nothing is known), disputed
        (bool: a statement during or after says otherwise), mode (troops, staff or blank), families (number of
        independent origins behind the code), reports (ids behind the code), against (ids that say otherwise).
    """
    reports, spells = reports_by_exercise(data), bound_spells(data)
    states = states_ever_bound(spells)
    judged = {
        one: judge_reports(reports[one], given, states) for one, given in find_circumstances(register, spells).items()
    }
    return assemble_attendance(register, states, judged)


def find_circumstances(register: pd.DataFrame, spells: Spells) -> dict[str, Circumstances]:
    """Find what the reports of each exercise are to be read against.

    Parameters
    ----------
    register
        What `derive_register` gives.
    spells
        What `bound_spells` gives.

    Returns
    -------
    dict
        {exercise_id: Circumstances}, in the register's order.
    """
    columns = ["exercise_id", "status", "event_type", "hosts", "is_own", "start_earliest", "forces"]
    return {
        one: Circumstances(
            status,
            event_type,
            frozenset(hosts),
            _expected_states(forces, first_day, spells) if is_own else frozenset(),
        )
        for one, status, event_type, hosts, is_own, first_day, forces in register[columns].itertuples(index=False)
    }


def _expected_states(forces: Sequence[str], first_day: pd.Timestamp, spells: Spells) -> frozenset[str]:
    """States bound on the first day and in one of the exercise's forces (rule 1)."""
    day = first_day.date()
    return frozenset().union(*(members_on(spells, force, day) for force in forces))


def judge_reports(reports: Sequence[Report], given: Circumstances, states: Sequence[str]) -> list[Judged]:
    """Judge the cell of each state at one exercise by the reports of that exercise alone (rules 1 to 12).

    Parameters
    ----------
    reports
        Reports of the exercise, best first.
    given
        What they are read against.
    states
        ISO codes of the states.

    Returns
    -------
    list of Judged
        One a state, in the order of `states`.
    """
    read = [read_report(report, given.host_takes_part, given.expected) for report in reports]
    return [_judge(state, [says[state] for says in read if state in says], given) for state in states]


def assemble_attendance(
    register: pd.DataFrame, states: Sequence[str], judged: Mapping[str, Sequence[Judged]]
) -> pd.DataFrame:
    """Put the cells of all exercises together and carry presence and absence through joint exercises (rules 13 to 16).

    Parameters
    ----------
    register
        What `derive_register` gives.
    states
        ISO codes of the states.
    judged
        {exercise_id: what `judge_reports` gives}, in the register's order.

    Returns
    -------
    DataFrame
        As `derive_attendance`.
    """
    cells = {(one, state): cell for one, own in judged.items() for state, cell in zip(states, own, strict=True)}
    held = register[register["status"] == "held"]
    first_days = dict(zip(held["exercise_id"], held["start_earliest"], strict=True))
    own = set(register.loc[register["is_own"], "exercise_id"])
    for umbrella, parts in held[held["parent_id"] != ""].groupby("parent_id")["exercise_id"]:
        for state in states:
            _carry(cells, str(umbrella), {part: first_days[part] for part in parts}, state, is_own=umbrella in own)
    rows = [{"exercise_id": exercise, "iso3": state} | found.cell for (exercise, state), found in cells.items()]
    return pd.DataFrame(rows, columns=COLUMNS).astype({"expected": bool, "host": bool, "disputed": bool})


def _judge(state: str, facts: Iterable[Statement], given: Circumstances) -> Judged:
    """The cell of one state at one exercise, from what is said of it (rules 1 to 12)."""
    facts = tuple(facts)
    expected = state in given.expected
    blank: Cell = {
        "expected": expected,
        "host": given.status == "held" and state in given.hosts,
        "code": "unknown",
        "grade": "",
        "disputed": False,
        "mode": "",
        "families": 0,
        "reports": (),
        "against": (),
    }
    said = facts if expected else tuple(fact for fact in facts if fact.says in GUEST_TELLING)
    deciding = _deciding(said)
    if not expected and not any(fact.says in ATTENDS for fact in deciding):
        return Judged(blank | {"code": "not_expected"}, facts, given)
    if given.status in NOT_HELD:
        return Judged(blank | {"code": "not_held"}, facts, given)
    if given.status != "held":
        return Judged(blank, facts, given)
    if not deciding:
        vague = {"grade": "D" if said else "", "reports": tuple(fact.report_id for fact in said)}
        return Judged(blank | vague, facts, given)
    code = _code(said, deciding)
    if not expected and not any(fact.says == "present" for fact in deciding):  # others may say that it was away
        code = "observer"
    backing = [fact for fact in said if fact.says in SIDES[code]]
    against = [fact for fact in said if fact.says in TELLING and fact.says not in SIDES[code]]
    disputed = code == "conflicting" or any(fact.tier for fact in against)
    found = {
        "code": code,
        "grade": grade_evidence(backing, disputed),
        "disputed": disputed,
        "mode": _mode(backing, given.event_type) if code == "present" else "",
        "families": len({fact.origin_id for fact in backing if fact.seen}),
        "reports": tuple(fact.report_id for fact in backing),
        "against": tuple(fact.report_id for fact in against),
    }
    return Judged(blank | found, facts, given)


SIDES = {  # code: what the statements behind it say; of a conflict, those against it say that the state was away
    "present": {"present"},
    "conflicting": ATTENDS,
    "observer": {"observer"},
    **{code: {"absent", "omitted"} for code in ABSENT},
}


def _deciding(facts: Collection[Statement]) -> list[Statement]:
    """The statements that decide: of those that somebody read and that bear on the cell, the ones of best standing."""
    telling = [fact for fact in facts if fact.seen and fact.says in TELLING]
    best = max((fact.tier for fact in telling), default=0)
    return [fact for fact in telling if fact.tier == best]


def _code(facts: Collection[Statement], deciding: Sequence[Statement]) -> str:
    """The code that the deciding statements give (rules 8 to 10)."""
    present, omitted = ([fact for fact in deciding if fact.says == side] for side in ("present", "omitted"))
    says = {fact.says for fact in deciding}
    if present:
        opened = "absent" in says or (omitted and (_of_one_voice(present) or not _of_one_voice(omitted)))
        return "conflicting" if opened else "present"
    if "observer" in says:
        return "conflicting" if "absent" in says else "observer"
    return _strongest_absence(facts, deciding[0].tier)


def _strongest_absence(facts: Iterable[Statement], best_tier: int) -> str:
    """The strongest word for an absence (rule 10)."""
    words = {(fact.tier, fact.by in COMMITTED_VOICES) for fact in facts if fact.seen and fact.says == "absent"}
    if (1, True) in words:
        return "absent_declared"
    if (1, False) in words:
        return "absent_reported"
    if (0, True) in words:
        return "absent_announced"
    return "absent_reported" if words and not best_tier else "absent_by_list"


def _of_one_voice(facts: Collection[Statement]) -> bool:
    """Whether statements that somebody read come from fewer than two families or fewer than two outlets."""
    seen = [fact for fact in facts if fact.seen]
    return min(len({fact.origin_id for fact in seen}), len({fact.outlet for fact in seen})) < 2


def _mode(backing: Collection[Statement], event_type: str) -> str:
    """Troops or staff (rule 18)."""
    if event_type in MODELESS:
        return ""
    return "staff" if event_type in STAFF_EVENTS or all(fact.staff for fact in backing) else "troops"


def grade_evidence(backing: Collection[Statement], contested: bool) -> str:
    """Grade what a code rests on (rule 11).

    Parameters
    ----------
    backing
        The statements behind it.
    contested
        Whether a statement from during or after the exercise says otherwise.

    Returns
    -------
    str
        A, B or C.
    """
    if not any(fact.tier and fact.seen for fact in backing):
        return "C"
    return "B" if contested or _of_one_voice(backing) else "A"


def _carry(
    cells: dict[tuple[str, str], Judged], umbrella: str, parts: Mapping[str, pd.Timestamp], state: str, is_own: bool
) -> None:
    """Carry presence up and absence down between a joint exercise and its held parts (rules 13 to 16), in place.

    Parameters
    ----------
    cells
        {(exercise_id, iso3): Judged}.
    umbrella
        The joint exercise.
    parts
        {exercise_id of a held part: its first day}.
    state
        The state.
    is_own
        Whether the organisation runs the joint exercise.
    """
    above = cells[umbrella, state]
    awaited = [part for part in parts if cells[part, state].cell["expected"]]
    if is_own and awaited:
        above = _judge(state, above.facts, above.given._replace(expected=above.given.expected | {state}))
    answering = awaited if above.cell["expected"] else parts
    below = [cells[part, state] for part in answering]
    above = cells[umbrella, state] = _lift(state, above, below)
    if above.cell["code"] in ABSENT:
        for part in awaited:
            cells[part, state] = _lower(state, above, cells[part, state], parts[part])
    own = [cells[part, state].cell for part in awaited]
    if above.cell["expected"] and own and all(cell["code"] in ABSENT for cell in own):
        cells[umbrella, state] = above._replace(cell=_away_from_all(above.cell, own))


def _lift(state: str, above: Judged, below: Sequence[Judged]) -> Judged:
    """The joint exercise's cell with what is said of its parts (rule 13)."""
    came = [
        fact._replace(says="present")
        for part in below
        for fact in part.facts
        if fact.says == "jointly" or (fact.says == "present" and part.cell["code"] == "present")
    ]
    for code in ("conflicting", "observer"):
        came = came or [
            fact for part in below if part.cell["code"] == code for fact in part.facts if fact.says in TELLING
        ]
    return _judge(state, (*above.facts, *came), above.given)


def _lower(state: str, above: Judged, part: Judged, first_day: pd.Timestamp) -> Judged:
    """The cell of a part with what shows an absence from the whole (rule 14)."""
    if part.cell["code"] != "unknown" and part.cell["code"] not in ABSENT:
        return part
    away = [
        fact._replace(tier=0) if fact.said_day < first_day else fact
        for fact in above.facts
        if fact.says in SIDES[above.cell["code"]]
    ]
    return _judge(state, (*part.facts, *away), part.given)


def _away_from_all(above: Cell, below: Sequence[Cell]) -> Cell:
    """The joint exercise's cell where the state was away from every part at which it was expected (rule 15)."""
    reports = tuple(dict.fromkeys(report for cell in below for report in cell["reports"]))
    if above["code"] == "present":
        return above | {"code": "conflicting", "grade": "B", "disputed": True, "mode": "", "against": reports}
    if above["code"] != "unknown":
        return above
    return above | {
        "code": max((cell["code"] for cell in below), key=ABSENT.index),
        "grade": max(cell["grade"] for cell in below),
        "disputed": any(cell["disputed"] for cell in below),
        "families": min(cell["families"] for cell in below),
        "reports": reports,
        "against": tuple(dict.fromkeys(report for cell in below for report in cell["against"])),
    }


def by_umbrella(cells: pd.DataFrame, register: pd.DataFrame) -> pd.DataFrame:
    """Take the cells of joint exercises and of lone ones, so that each counts once (rule 17).

    Parameters
    ----------
    cells
        What `derive_attendance` gives.
    register
        What `derive_register` gives.

    Returns
    -------
    DataFrame
        The rows of `cells` that are of no part.
    """
    units = register.loc[register["umbrella_id"] == register["exercise_id"], "exercise_id"]
    return cells[cells["exercise_id"].isin(units)].reset_index(drop=True)
