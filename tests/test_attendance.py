"""One test a rule, and one a trap that the sources set."""

import pytest
from conftest import BASE, MEMBERS, derive, exercise, report

from helpers.derive.attendance import by_umbrella
from helpers.derive.codes import ABSENT, CODES

FIVE = "BLR;KAZ;KGZ;RUS;TJK"
SIX = "ARM;" + FIVE


def cell(state, *reports, series="interaction", **more):
    _, cells = derive([exercise("interaction-2024", series)], list(reports), **more)
    return cells.loc["interaction-2024", state]


def code(state, *reports, **more):
    return cell(state, *reports, **more)["code"]


def told(number, source="press", phase="during", **more):
    return report("interaction-2024", number, source, phase, **more)


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


def test_observers_watch():
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


def test_grades():
    assert cell("RUS", told(1, participants=FIVE))["grade"] == "B"
    assert cell("RUS", told(1, participants=FIVE), told(2, "wire", participants=FIVE))["grade"] == "A"
    one_family = [dict(source, origin_id="statement") for source in BASE["sources"]]
    assert (
        cell("RUS", told(1, participants=FIVE), told(2, "wire", participants=FIVE), sources=one_family)["grade"] == "B"
    )


def test_the_worked_example_of_the_design():
    reports = [
        told(1, "press", start="2024-09-26", end="2024-10-07", hosts="KAZ", participants=FIVE),
        told(2, "wire", status="", start="2024-09-26", hosts="KAZ", participants=FIVE, absent="ARM"),
        told(
            3,
            "copy",
            "after",
            start="2024-10",
            hosts="KAZ",
            participants="BLR;KGZ;RUS;TJK",
            participants_scope="partial",
            deprecated_fields="start",
            deprecated_why="vaguer",
        ),
    ]
    register, cells = derive([exercise("interaction-2024")], reports)
    assert register.loc["interaction-2024", ["status", "start", "end", "hosts"]].tolist() == [
        "held",
        "2024-09-26",
        "2024-10-07",
        ("KAZ",),
    ]
    assert {
        (cells.loc["interaction-2024", s]["code"], cells.loc["interaction-2024", s]["grade"]) for s in FIVE.split(";")
    } == {("present", "A")}
    assert cells.loc["interaction-2024", "ARM"]["code"] == "absent_reported"


# The traps, on the published record.


def codes(record, exercise_id):
    _, cells = record
    return cells[cells["exercise_id"] == exercise_id].set_index("iso3")["code"]


def test_trap_cancelled_though_its_list_was_in_circulation(record):
    register, _ = record
    assert register.set_index("exercise_id").at["indestructible-brotherhood-2022", "status"] == "cancelled"
    assert set(codes(record, "indestructible-brotherhood-2022")[MEMBERS]) == {"not_held"}
    assert (
        code(
            "ARM",
            told(1, phase="before", participants=SIX),
            told(2, "wire", "before", status="cancelled", said_on="2024-10-09"),
        )
        == "not_held"
    )


def test_trap_rubezh_expects_central_asia_only_but_ran_in_armenia_in_2008(record):
    for year in (2012, 2014, 2016, 2022, 2024, 2025):
        assert "absent" not in codes(record, f"rubezh-{year}")["ARM"]
    assert set(codes(record, "rubezh-2025")[["ARM", "BLR"]]) == {"not_expected"}
    assert codes(record, "rubezh-2008")["ARM"] == "present"  # a host outside the force: there, but never expected
    assert code("ARM", told(1, participants="KAZ;KGZ;RUS;TJK"), series="rubezh") == "not_expected"
    assert code("ARM", told(1, participants="ARM;KAZ;KGZ;RUS;TJK"), series="rubezh") == "present"
    assert code("ARM", told(1, absent="ARM"), series="rubezh") == "not_expected"  # a journalist's remark binds nobody
    assert code("ARM", told(1, absent="ARM", absent_by="state"), series="rubezh") == "not_expected"


def test_expectation_does_not_depend_on_what_was_done():
    """Else a state outside the force that comes once in three times would have come to all at which it was expected."""
    came = cell("ARM", told(1, participants="ARM;KAZ;KGZ;RUS;TJK"), series="rubezh")
    assert (came["code"], came["expected"]) == ("present", False)


def test_trap_belarus_entered_the_force_after_interaction_2009(record, data):
    forces = data["forces"].set_index(["force", "iso3"])
    assert forces.at[("CRRF", "BLR"), "start"] > record[0].set_index("exercise_id").at["interaction-2009", "end"]


def test_trap_uzbekistan_is_expected_only_inside_every_reading(record):
    register, cells = record
    held = cells[(cells["iso3"] == "UZB") & cells["expected"]].merge(register, on="exercise_id")
    assert held["start_earliest"].min().year >= 2008
    assert held["start_latest"].max().year <= 2012


def test_trap_armenia_2020_2021_2022(record):
    assert codes(record, "indestructible-brotherhood-2020")["ARM"] == "absent_reported"
    assert codes(record, "indestructible-brotherhood-2021")["ARM"] == "present"
    assert codes(record, "deployment-kazakhstan-2022")["ARM"] == "present"


def test_trap_aliases_resolve_to_one_series(data):
    names = data["series"].explode("aliases")[["series_id", "aliases"]].dropna()
    owner = dict(zip(names["aliases"], names["series_id"], strict=True))
    for alias, series in [
        ("Vzaimodeystviye", "interaction"),
        ("Unbreakable Brotherhood", "indestructible-brotherhood"),
        ("Frontier", "rubezh"),
        ("Skala", "rock"),
        ("Kanal", "kanal"),
    ]:
        assert owner[alias] == series
    assert names["aliases"].is_unique


# Umbrellas.

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


def test_umbrella_units():
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


# Invariants of the published record.


def test_cells_are_complete_and_unique(record, data):
    register, cells = record
    assert len(cells) == len(register) * cells["iso3"].nunique()
    assert not cells.duplicated(["exercise_id", "iso3"]).any()
    assert set(cells["code"]) <= set(CODES)


def test_expected_cells_of_held_exercises_are_settled_or_open_and_no_others(record):
    register, cells = record
    held = cells["exercise_id"].isin(register.loc[register["status"] == "held", "exercise_id"])
    inside = set(cells[held & cells["expected"]]["code"])
    assert inside <= set(CODES) - {"not_held", "not_expected"}
    assert not set(cells[~held]["code"]) & {
        "present",
        "observer",
        "absent_declared",
        "absent_reported",
        "absent_announced",
        "absent_by_list",
        "conflicting",
    }


def test_every_settled_cell_names_its_reports_and_nobody_is_both(record, data):
    _, cells = record
    settled = cells[
        cells["code"].isin(
            ["present", "observer", *ABSENT, "conflicting"]
        )
    ]
    assert settled["reports"].map(len).gt(0).all()
    assert settled["grade"].isin(["A", "B", "C"]).all()
    assert set(settled["reports"].explode()) <= set(data["reports"]["report_id"])


def test_a_state_that_was_not_expected_never_comes_out_absent(record):
    _, cells = record
    assert not cells[~cells["expected"]]["code"].str.startswith("absent").any()
