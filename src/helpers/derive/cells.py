"""The cell of one state at one exercise: whether it came, and how we know.

Its code follows from the statements about it (`helpers.derive.statements`) by these rules, in this order. An exercise
with parts is judged together with them (`helpers.derive.umbrellas`). A *family* is all texts whose sources share an
`origin_id`: what derives from one original counts once. An *outlet* is who published a source. Statements are of the same
*standing* if all were made during or after the exercise, or all before it. A code is *disputed* by a statement made
during or after the exercise that says otherwise.

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
13. `mode` says of a present state whether every statement behind it has it send only officers or staff (`staff`) or
    not (`troops`). One report of troops outweighs others' silence about them. A staff event has no troops, and a
    meeting no mode.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple

from helpers.derive.codes import ABSENT
from helpers.derive.register import NOT_HELD
from helpers.derive.reports import Report
from helpers.derive.statements import ATTENDS, COMMITTED_VOICES, GUEST_TELLING, TELLING, Statement, read_report

HOST_TAKES_PART = {"exercise", "inspection", "deployment", "meeting"}  # of the rest the seat is only an address
MODELESS, STAFF_EVENTS = {"meeting"}, {"staff_event"}


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


def judge_reports(reports: Sequence[Report], given: Circumstances, states: Sequence[str]) -> list[Judged]:
    """Judge the cell of each state at one exercise by the reports of that exercise alone.

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
    return [judge(state, [says[state] for says in read if state in says], given) for state in states]


def judge(state: str, facts: Iterable[Statement], given: Circumstances) -> Judged:
    """Judge the cell of one state at one exercise by what is said of it.

    Parameters
    ----------
    state
        ISO code.
    facts
        What is said of it.
    given
        What that is read against.

    Returns
    -------
    Judged
    """
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
    """Troops or staff (rule 13)."""
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
