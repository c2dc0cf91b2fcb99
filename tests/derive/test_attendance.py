"""One test a rule, and one a trap that the sources set."""

import pytest
from support import BASE, FIVE, SIX, cell, code, derive, exercise, report, told

from helpers.derive.attendance import by_umbrella


def test_named_is_present_and_missing_from_a_complete_list_is_absent_by_list():
    assert code("RUS", told(1, participants=FIVE)) == "present"
    assert code("ARM", told(1, participants=FIVE)) == "absent_by_list"


def test_missing_from_a_partial_list_proves_nothing():
    arm = cell("ARM", told(1, participants=FIVE, participants_scope="partial"))
    assert (arm["code"], arm["grade"]) == ("unknown", "D")


def test_boilerplate_proves_nothing():
    arm = cell("ARM", told(1, participants=SIX, participants_scope="boilerplate"))
    assert (arm["code"], arm["grade"]) == ("unknown", "D")


def test_not_named_at_all_is_unknown():
    assert (code("ARM", told(1)), cell("ARM", told(1))["grade"]) == ("unknown", "")


@pytest.mark.parametrize(
    ("by", "expected"),
    [("state", "absent_declared"), ("organiser", "absent_declared"), ("third_party", "absent_reported")],
)
def test_who_says_that_a_state_stays_away(by, expected):
    assert code("ARM", told(1, absent="ARM", absent_by=by)) == expected


def test_a_declaration_ahead_backs_an_absence_on_the_day():
    arm = cell(
        "ARM", told(1, "ministry", "before", absent="ARM", absent_by="state"), told(2, "wire", participants=FIVE)
    )
    assert (arm["code"], arm["grade"], arm["families"]) == ("absent_announced", "A", 2)


def test_presence_on_the_day_outranks_a_refusal_before():
    arm = cell("ARM", told(1, "ministry", "before", absent="ARM", absent_by="state"), told(2, "wire", participants=SIX))
    assert arm["code"] == "present"
    assert arm["against"] == ("interaction-2024.01",)


def test_a_list_given_ahead_is_a_plan():
    assert code("ARM", told(1, phase="before", participants=SIX)) == "unknown"  # nobody says it was held
    held = [told(1, phase="before", participants=SIX), told(2)]
    assert (code("ARM", *held), cell("ARM", *held)["grade"]) == ("present", "C")
    assert code("ARM", told(1, phase="before", participants=SIX), told(2, participants=FIVE)) == "absent_by_list"


def test_sources_of_the_same_standing_that_disagree_conflict():
    arm = cell("ARM", told(1, participants=SIX), told(2, "wire", participants=FIVE))
    assert arm["code"] == "conflicting"
    assert (arm["reports"], arm["against"]) == (("interaction-2024.01",), ("interaction-2024.02",))


def test_a_deprecated_list_is_no_evidence():
    wrong = told(1, participants=SIX, deprecated_fields="participants", deprecated_why="older edition")
    assert code("ARM", wrong, told(2, "wire", participants=FIVE)) == "absent_by_list"


def test_a_state_named_as_observer_is_coded_observer():
    assert code("ARM", told(1, participants=FIVE, observers="ARM")) == "observer"
    assert code("ARM", told(1, participants=SIX), told(2, observers="ARM")) == "present"


def test_the_host_of_a_held_exercise_is_present_though_a_list_of_guests_omits_it():
    assert code("KAZ", told(1, participants="BLR;KGZ", participants_scope="partial", hosts="KAZ")) == "present"


def test_the_seat_of_a_staff_event_proves_nothing():
    staff = [exercise("interaction-2024", **{"event_type": "staff_event"})]
    _, cells = derive(staff, [told(1, hosts="RUS")])
    assert cells.loc[("interaction-2024", "RUS"), "code"] == "unknown"


def test_a_guest_may_come_but_cannot_be_missed():
    reports = [told(1, participants=FIVE, observers="UZB"), told(2, "wire", participants=FIVE, absent="UZB")]
    guests = {"memberships": BASE["memberships"] + [{"iso3": "UZB", "body": "CST", "status": "party", "date_basis": "in_force",
              "start": "1994-04-20", "end": "1999-04-20", "source_ids": "press"}]}  # fmt: skip
    uzbekistan = cell("UZB", *reports, **guests)
    assert (uzbekistan["code"], uzbekistan["expected"]) == ("observer", False)
    assert cell("UZB", reports[1], **guests)["code"] == "not_expected"


def test_staff_only_where_every_report_says_so():
    assert cell("KAZ", told(1, participants=FIVE, staff_only="KAZ"))["mode"] == "staff"
    assert cell("KAZ", told(1, participants=FIVE, staff_only="KAZ"), told(2, participants=FIVE))["mode"] == "troops"
    assert cell("ARM", told(1, participants=FIVE))["mode"] == ""


def test_grades_rest_on_families_outlets_and_agreement():
    assert cell("RUS", told(1, participants=FIVE))["grade"] == "B"
    assert cell("RUS", told(1, participants=FIVE), told(2, "wire", participants=FIVE))["grade"] == "A"
    one_family = [dict(source, origin_id="statement") for source in BASE["sources"]]
    assert (
        cell("RUS", told(1, participants=FIVE), told(2, "wire", participants=FIVE), sources=one_family)["grade"] == "B"
    )


PARTS = [
    exercise("combat-2024", "combat"),
    exercise("interaction-2024", parent_id="combat-2024"),
    exercise("rubezh-2024", "rubezh", parent_id="combat-2024"),
]


def test_absence_from_the_umbrella_is_absence_from_its_parts():
    _, cells = derive(
        PARTS,
        [
            report("combat-2024", 1, absent="ARM", absent_by="state"),
            report("interaction-2024", 1),
            report("rubezh-2024", 1),
        ],
    )
    assert cells.loc[("interaction-2024", "ARM"), "code"] == "absent_declared"
    assert cells.loc[("rubezh-2024", "ARM"), "code"] == "not_expected"


def test_presence_at_a_part_is_presence_at_the_umbrella():
    _, cells = derive(PARTS, [report("interaction-2024", 1, participants=SIX)])
    assert cells.loc[("combat-2024", "ARM"), "code"] == "present"
    assert cells.loc[("rubezh-2024", "KAZ"), "code"] == "unknown"  # nobody reports that this part was held
    _, cells = derive(
        PARTS, [report("interaction-2024", 1, participants=SIX), report("combat-2024", 1, participants=FIVE)]
    )
    assert cells.loc[("combat-2024", "ARM"), "code"] == "conflicting"


def test_a_part_with_firmer_evidence_backs_presence_at_the_umbrella():
    reports = [
        report("combat-2024", 1, participants="ARM", participants_scope="partial"),
        report("interaction-2024", 1, participants=SIX),
        report("interaction-2024", 2, "wire", participants=SIX),
    ]
    _, cells = derive(PARTS, reports)
    assert cells.loc[("combat-2024", "ARM"), ["code", "grade"]].tolist() == ["present", "A"]


def units(reports):
    register, cells = derive(PARTS, reports)
    return by_umbrella(cells.reset_index(), register.reset_index()).set_index(["exercise_id", "iso3"])["code"]


def test_counting_by_umbrella_joins_its_parts():
    assert set(units([]).index.get_level_values(0)) == {"combat-2024"}
    assert units([report("interaction-2024", 1, participants=FIVE)])["combat-2024", "ARM"] == "absent_by_list"
    assert units([report("interaction-2024", 1, participants=SIX)])["combat-2024", "ARM"] == "present"
    silent = [report("interaction-2024", 1, participants="KAZ", participants_scope="partial"), report("combat-2024", 1)]
    assert units(silent)["combat-2024", "ARM"] == "unknown"
    settled = [report("interaction-2024", 1), report("combat-2024", 1, participants=FIVE)]
    assert units(settled)["combat-2024", "ARM"] == "absent_by_list"


def test_a_guest_named_present_and_absent_is_a_conflict():
    told = [
        report("rubezh-2024", 1, participants="ARM;KAZ", participants_scope="partial"),
        report("rubezh-2024", 2, "wire", absent="ARM", absent_by="third_party"),
    ]
    _, cells = derive([exercise("rubezh-2024", "rubezh")], told)
    assert cells.loc[("rubezh-2024", "ARM"), ["expected", "code"]].tolist() == [False, "conflicting"]


@pytest.mark.parametrize("planned", ["participants", "observers"])
def test_a_guest_of_the_plan_that_is_known_to_have_stayed_away_is_not_expected(planned):
    """Neither the plan's word nor the absence counts: a guest cannot be missed."""
    told = [
        report("rubezh-2024", 1, phase="plan", status="planned", **{planned: "ARM"}),
        report("rubezh-2024", 2, "wire", absent="ARM", absent_by="state"),
    ]
    _, cells = derive([exercise("rubezh-2024", "rubezh")], told)
    assert cells.loc[("rubezh-2024", "ARM"), ["expected", "code", "grade"]].tolist() == [False, "not_expected", ""]


def test_where_nobody_was_ever_bound_there_is_no_cell():
    register, cells = derive([exercise("interaction-2024")], [report("interaction-2024", 1)], memberships=[])
    assert len(register) == 1 and cells.empty and cells["expected"].dtype == bool


def test_a_disputed_cell_is_not_of_grade_a():
    told = [
        report("interaction-2024", 1, participants=SIX),
        report("interaction-2024", 2, "wire", participants=SIX),
        report("interaction-2024", 3, "ministry", observers="KAZ"),
    ]
    _, cells = derive([exercise("interaction-2024")], told)
    assert cells.loc[("interaction-2024", "KAZ"), ["code", "grade"]].tolist() == ["present", "B"]
    assert cells.loc[("interaction-2024", "TJK"), "grade"] == "A"


def test_an_umbrella_of_others_expects_nobody():
    parts = [
        exercise("combat-2024", "combat", organiser="national"),
        exercise("interaction-2024", parent_id="combat-2024"),
    ]
    _, cells = derive(parts, [report("interaction-2024", 1, participants=SIX), report("combat-2024", 1)])
    assert cells.loc[("combat-2024", "ARM"), ["expected", "code"]].tolist() == [False, "present"]


def test_a_guests_visit_to_one_part_does_not_hide_that_it_was_expected_at_another():
    reports = [report("interaction-2024", 1, participants=FIVE), report("rubezh-2024", 1, participants=SIX)]
    register, cells = derive(PARTS, reports)
    assert not cells.loc[("rubezh-2024", "ARM"), "expected"]
    unit = by_umbrella(cells.reset_index(), register.reset_index()).set_index(["exercise_id", "iso3"])
    assert unit.loc[("combat-2024", "ARM"), ["expected", "code"]].tolist() == [True, "absent_by_list"]
