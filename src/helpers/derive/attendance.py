"""From reports to attendance cells: who took part, who stayed away, who was never expected, and how we know.

A cell is one exercise and one state. Its code follows from evidence by these rules, in this order:

1. A state is expected if it is bound on the first day and in one of the exercise's forces: what it then did plays no part.
   A state that is not expected is `not_expected`; if it comes all the same it is `present` or `observer` as a guest, and
   no rate counts it. (Were a guest expected because it came, every guest would raise its own rate.) A guest that was
   only planned for, and is known to have stayed away, is `not_expected`.
2. An exercise that was called off, moved or merged gives `not_held`; one that no source reports as held, `unknown`.
3. What is said during or after the exercise outranks what was said before it; a list given ahead is a plan.
4. Named as taking part, or host of a held exercise (of troops): `present`. Named as absent: `absent_declared` if the state or the
   organiser says so, `absent_reported` if a third party does. Missing from a complete list: `absent_by_list`. Named as
   observer only: `observer`. Present by one source and absent by another of the same standing: `conflicting`.
5. A boilerplate list and an omission from a partial list prove nothing: `unknown`.
6. A state absent from an umbrella exercise is absent from its parts; a state present at a part is present at the umbrella,
   on the firmer evidence of the two.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd

from helpers.derive.codes import ABSENT
from helpers.derive.membership import Spells, bound_spells, members_on, states_ever_bound
from helpers.derive.register import NOT_HELD
from helpers.derive.reports import Report, reports_by_exercise
from helpers.derive.statements import ATTENDS, COMMITTED_VOICES, GUEST_TELLING, TELLING, Statement, read_report

# Whoever hosts troops takes part. The seat of a staff event or of a police operation is only an address.
HOST_TAKES_PART = {"exercise", "inspection", "deployment"}
COLUMNS = ["exercise_id", "iso3", "expected", "code", "grade", "mode", "families", "reports", "against"]


Cell = dict[str, Any]  # the columns of a row but for exercise_id and iso3


class Circumstances(NamedTuple):
    """What the reports of an exercise are read against: its status, whether hosting it counts, who is expected."""

    status: str
    host_takes_part: bool
    expected: frozenset[str]


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
        One row a cell, in the register's order and by state: exercise_id, iso3, expected (bool), code (see
        `codes.CODES`), grade (A to D, blank where nothing is known), mode (troops, staff or blank), families (number of
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
    columns = ["exercise_id", "status", "event_type", "is_own", "start_earliest", "forces"]
    return {
        one: Circumstances(
            status,
            status == "held" and event_type in HOST_TAKES_PART,
            _expected_states(forces, first_day, spells) if is_own else frozenset(),
        )
        for one, status, event_type, is_own, first_day, forces in register[columns].itertuples(index=False)
    }


def _expected_states(forces: Sequence[str], first_day: pd.Timestamp, spells: Spells) -> frozenset[str]:
    """States bound on the first day and in one of the exercise's forces (rule 1)."""
    day = first_day.date()
    return frozenset().union(*(members_on(spells, force, day) for force in forces))


def judge_reports(reports: Sequence[Report], given: Circumstances, states: Sequence[str]) -> list[Cell]:
    """Judge the cell of each state at one exercise by the reports of that exercise alone (rules 1 to 5).

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
    list of dict
        The columns of `derive_attendance` from expected to against, one cell a state, in the order of `states`.
    """
    facts = _evidence(reports, given)
    return [_cell(facts[state], given.status, state in given.expected) for state in states]


def assemble_attendance(
    register: pd.DataFrame, states: Sequence[str], judged: Mapping[str, Sequence[Cell]]
) -> pd.DataFrame:
    """Put the cells of all exercises together and carry presence and absence through umbrellas (rule 6).

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
    _carry_through_umbrellas(cells, register, states)
    rows = [{"exercise_id": exercise, "iso3": state} | cell for (exercise, state), cell in cells.items()]
    return pd.DataFrame(rows, columns=COLUMNS).astype({"expected": bool})


def _evidence(reports: Sequence[Report], given: Circumstances) -> dict[str, list[Statement]]:
    """All that the reports of one exercise say, by state; an empty list for a state that none mentions."""
    facts: dict[str, list[Statement]] = defaultdict(list)
    for report in reports:
        for state, says in read_report(report, given.host_takes_part, given.expected).items():
            by = report.absent_by if says == "absent" else ""
            facts[state].append(
                Statement(says, by, report.tier, report.origin_id, report.report_id, state in report.staff_only)
            )
    return facts


def _cell(facts: Collection[Statement], status: str, expected: bool) -> Cell:
    """The cell of one state at one exercise, from what is said of it."""
    blank = dict(zip(COLUMNS[2:], (expected, "unknown", "", "", 0, (), ()), strict=True))
    if not expected:  # a guest may come or watch, but cannot be missed: its absence counts only against its presence
        facts = [fact for fact in facts if fact.says in GUEST_TELLING]
        best = max((fact.tier for fact in facts), default=0)
        if not any(fact.says in ATTENDS and fact.tier == best for fact in facts):
            return blank | {"code": "not_expected"}
    if status in NOT_HELD:
        return blank | {"code": "not_held"}
    if status != "held":
        return blank
    telling = [fact for fact in facts if fact.says in TELLING]
    if not telling:
        return blank | {"grade": "D" if facts else "", "reports": tuple(fact.report_id for fact in facts)}
    code, backing = _verdict(telling)
    if not expected and code in ABSENT:  # said to watch by one and to be away by another
        code, backing = "observer", [fact for fact in telling if fact.says == "observer"]
    families = len({fact.origin_id for fact in backing})
    against = [fact for fact in telling if fact not in backing]
    return {
        "expected": expected,
        "code": code,
        "grade": grade_evidence(
            families, max(fact.tier for fact in backing), disputed=any(fact.tier for fact in against)
        ),
        # One report of troops outweighs others' silence about them.
        "mode": ("staff" if all(fact.staff for fact in backing) else "troops") if code == "present" else "",
        "families": families,
        "reports": tuple(fact.report_id for fact in backing),
        "against": tuple(fact.report_id for fact in against),
    }


def _verdict(telling: Sequence[Statement]) -> tuple[str, list[Statement]]:
    """The code and the statements behind it: those of the best tier decide, earlier ones that agree still back it."""
    best = max(fact.tier for fact in telling)
    says = {fact.says for fact in telling if fact.tier == best}
    if "present" in says and says & {"absent", "omitted"}:
        return "conflicting", [fact for fact in telling if fact.tier == best]
    if "present" in says or says == {"observer"}:
        code = "present" if "present" in says else "observer"
        return code, [fact for fact in telling if fact.says == code]
    backing = [fact for fact in telling if fact.says in {"absent", "omitted"}]
    if any(fact.by in COMMITTED_VOICES for fact in backing):
        return "absent_declared", backing
    if "observer" in says and "absent" not in says:  # a list of participants leaves its observers out
        return "observer", [fact for fact in telling if fact.says == "observer"]
    return ("absent_reported" if any(fact.says == "absent" for fact in backing) else "absent_by_list"), backing


def grade_evidence(families: int, tier: int, disputed: bool) -> str:
    """Grade what a code rests on.

    Parameters
    ----------
    families
        Number of independent origins of the statements behind it.
    tier
        Tier of the best of them: 1 if said during or after the exercise, 0 if before.
    disputed
        Whether a statement from during or after the exercise says otherwise.

    Returns
    -------
    str
        A (two families or more during or after, undisputed), B (less than that) or C (only said before).
    """
    if tier == 0:
        return "C"
    return "A" if families >= 2 and not disputed else "B"


def _carry_through_umbrellas(cells: dict[tuple[str, str], Cell], register: pd.DataFrame, states: Sequence[str]) -> None:
    """Carry presence up from the parts, then absence down from the umbrella (rule 6), in place."""
    parts = register.loc[(register["parent_id"] != "") & (register["status"] == "held"), ["exercise_id", "parent_id"]]
    pairs = [(part, umbrella, state) for part, umbrella in parts.itertuples(index=False) for state in states]
    for part, umbrella, state in pairs:
        own, above = cells[part, state], cells[umbrella, state]
        if own["code"] == "present" and (
            own["expected"] or not above["expected"]
        ):  # a guest at a part answers for nothing
            firmer = above["code"] == "present" and own["grade"] < above["grade"]
            if firmer or above["code"] in {"unknown", "not_expected", "observer"}:
                cells[umbrella, state] = own | {key: above[key] for key in ("expected", "against")}
            elif above["code"] in ABSENT:
                cells[umbrella, state] = above | {"code": "conflicting", "against": above["against"] + own["reports"]}
    for part, umbrella, state in pairs:
        own, above = cells[part, state], cells[umbrella, state]
        if own["code"] == "unknown" and own["expected"] and above["code"] in ABSENT:
            cells[part, state] = above | {"expected": True}


def by_umbrella(cells: pd.DataFrame, register: pd.DataFrame) -> pd.DataFrame:
    """Take the cells of an umbrella's parts together, so that each umbrella or lone exercise counts once.

    Present at a part is present; conflicting at a part and present at none, conflicting; then observer. Absence counts
    only if the umbrella's own reports say so or no held part leaves the state unknown.

    Parameters
    ----------
    cells
        What `derive_attendance` gives.
    register
        What `derive_register` gives.

    Returns
    -------
    DataFrame
        One row for each umbrella or lone exercise and state, in the register's order and by state; columns as `cells`.
    """
    unit = register.set_index("exercise_id")["umbrella_id"]
    table = cells.assign(umbrella_id=cells["exercise_id"].map(unit))
    awaited = table.groupby(["umbrella_id", "iso3"])["expected"].transform("any")
    table = table[
        table["expected"] | ~awaited
    ]  # where a state was expected at one part, a guest's visit to another is no answer
    key = pd.MultiIndex.from_frame(table[["umbrella_id", "iso3"]])
    is_own, unknown = table["exercise_id"] == table["umbrella_id"], table["code"] == "unknown"
    held = table["exercise_id"].map(register.set_index("exercise_id")["status"]) == "held"
    settled_above = key.isin(key[is_own & table["code"].isin(ABSENT)])
    answered_below = key.isin(key[~is_own & held & (table["code"] != "not_expected")])
    table = table[~(unknown & ((~is_own & settled_above) | (is_own & answered_below)))]
    order = ["present", "conflicting", "observer", "unknown", *ABSENT, "not_held", "not_expected"]
    rank = table["code"].map(order.index)
    best = (
        table.assign(rank=rank).sort_values(["rank", "grade"], kind="stable").drop_duplicates(["umbrella_id", "iso3"])
    )
    best = best.assign(exercise_id=best["umbrella_id"])[list(cells.columns)]
    place = register["exercise_id"].reset_index().set_index("exercise_id")["index"]
    return best.sort_values(
        ["exercise_id", "iso3"], key=lambda c: c.map(place) if c.name == "exercise_id" else c
    ).reset_index(drop=True)
