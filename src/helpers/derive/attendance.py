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
from functools import lru_cache

import pandas as pd

from helpers.derive.codes import ABSENT
from helpers.derive.membership import BOUND, bound_spells, members_on
from helpers.derive.register import COPIES, NOT_HELD, reports_of
from helpers.derive.statements import ATTENDS, COMMITTED_VOICES, GUEST_TELLING, TELLING, Statement, read_report

# Whoever hosts troops takes part. The seat of a staff event or of a police operation is only an address.
HOST_TAKES_PART = {"exercise", "inspection", "deployment"}
COLUMNS = ["exercise_id", "iso3", "expected", "code", "grade", "mode", "families", "reports", "against"]


def states_of(data):
    """ISO codes of every state ever bound to the organisation, in alphabetical order."""
    return sorted({state for state, *_ in bound_spells(data)[BOUND]})


def derive_attendance(data, register, by_exercise=None):
    """One row a cell, for every exercise and every state ever bound, in the register's order and by state.

    `by_exercise` is `register.reports_of(data)`, where that is at hand.

    Columns: exercise_id, iso3, expected (bool), code (see CODES), grade (A to D, blank where nothing is known), mode
    (troops, staff or blank), families (number), reports (ids behind the code), against (ids that say otherwise).
    """
    states = tuple(states_of(data))
    by_exercise = reports_of(data) if by_exercise is None else by_exercise
    spells = bound_spells(data)
    cells = {}
    asked = register[["exercise_id", "status", "event_type", "is_own", "start_earliest", "forces"]]
    for exercise in asked.itertuples():
        reports, expected = by_exercise[exercise.exercise_id], _expected(exercise, spells)
        counts_host = exercise.status == "held" and exercise.event_type in HOST_TAKES_PART
        own = _cells(tuple(reports), exercise.status, counts_host, frozenset(expected), states)
        cells |= {(exercise.exercise_id, state): cell for state, cell in zip(states, own, strict=True)}
    _through_umbrellas(cells, register, states)
    rows = [{"exercise_id": exercise, "iso3": state} | cell for (exercise, state), cell in cells.items()]
    return pd.DataFrame(rows, columns=COLUMNS).astype({"expected": bool})


def _expected(exercise, spells):
    """States bound on the first day and in the exercise's forces (rule 1)."""
    if not exercise.is_own:
        return set()
    day = exercise.start_earliest.date()
    return set().union(*(members_on(spells, force, day) for force in exercise.forces))


@lru_cache(COPIES)
def _cells(reports, status, counts_host, expected, states):
    """The cell of each state at one exercise, by its reports alone."""
    facts = _evidence(reports, counts_host, expected)
    return [_cell(facts[state], status, state in expected) for state in states]


def _evidence(reports, counts_host, expected):
    """{state: [Statement]} of all that the reports of one exercise say."""
    facts = defaultdict(list)
    for report in reports:
        for state, says in read_report(report, counts_host, expected).items():
            by = report.absent_by if says == "absent" else ""
            facts[state].append(
                Statement(says, by, report.tier, report.origin_id, report.report_id, state in report.staff_only)
            )
    return facts


def _cell(facts, status, expected):
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
        "grade": grade(families, max(fact.tier for fact in backing), disputed=any(fact.tier for fact in against)),
        # One report of troops outweighs others' silence about them.
        "mode": ("staff" if all(fact.staff for fact in backing) else "troops") if code == "present" else "",
        "families": families,
        "reports": tuple(fact.report_id for fact in backing),
        "against": tuple(fact.report_id for fact in against),
    }


def _verdict(telling):
    """Code and the statements that bear it out. Only the best tier decides; earlier ones that agree still back it."""
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


def grade(families, tier, disputed):
    """A: two or more independent families, one at least during or after, and undisputed by any that could know; B: less."""
    if tier == 0:
        return "C"
    return "A" if families >= 2 and not disputed else "B"


def _through_umbrellas(cells, register, states):
    """Carries presence up from the parts, then absence down from the umbrella (rule 6), in place."""
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


def by_umbrella(cells, register):
    """The cells in umbrella units: one row for each umbrella or lone exercise and state, same columns.

    Present at a part is present; conflicting at a part and present at none, conflicting; then observer. Absence counts
    only if the umbrella's own reports say so or no held part leaves the state unknown.
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
    told_below = key.isin(key[~is_own & held & (table["code"] != "not_expected")])
    table = table[~(unknown & ((~is_own & settled_above) | (is_own & told_below)))]
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
