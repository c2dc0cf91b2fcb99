"""Who came, judged by the best evidence: one test a rule, by hand-made reports, and the cells that the rules were made for."""

import pytest
from support import BASE, FIVE, SIX, derive, exercise, report, told

ONE = "interaction-2024"


def cell(*reports, state="ARM", exercises=None, **more):
    _, cells = derive(exercises or [exercise(ONE)], list(reports), **more)
    return cells.loc[ONE, state]


def seen(*unread):
    """The sources, of which some were not read."""
    return [source | {"original_seen": str(source["source_id"] not in unread).lower()} for source in BASE["sources"]]


# Absences (rule 10).


@pytest.mark.parametrize(
    ("by", "phase", "code"),
    [
        ("state", "after", "absent_declared"),
        ("organiser", "during", "absent_declared"),
        ("third_party", "after", "absent_reported"),
        ("state", "before", "absent_announced"),
        ("organiser", "plan", "absent_announced"),
    ],
)
def test_the_word_for_an_absence_depends_on_who_says_it_and_when(by, phase, code):
    listed = told(2, "wire", participants=FIVE)
    assert cell(told(1, phase=phase, absent="ARM", absent_by=by), listed)["code"] == code


def test_a_report_of_the_fact_outranks_an_announcement():
    announced = told(1, "ministry", "before", absent="ARM", absent_by="state")
    assert cell(announced, told(2, absent="ARM"))["code"] == "absent_reported"
    assert cell(announced, told(2, absent="ARM", absent_by="organiser"))["code"] == "absent_declared"


def test_a_forecast_by_a_third_party_does_not_lift_an_absence_by_list():
    forecast = told(1, phase="before", absent="ARM")
    assert cell(forecast, told(2, "wire", participants=FIVE))["code"] == "absent_by_list"
    assert cell(forecast, told(2, "wire"))[["code", "grade"]].tolist() == ["absent_reported", "C"]


def test_a_state_that_watches_after_announcing_its_absence_watched():
    announced = told(1, "ministry", "before", absent="ARM", absent_by="state")
    watched = cell(announced, told(2, participants=FIVE, observers="ARM"))
    assert watched[["code", "disputed"]].tolist() == ["observer", False]


# Sources that nobody read (rule 4).


def test_a_source_that_nobody_read_settles_nothing_alone():
    unread = seen("press")
    arm = cell(told(1, participants=SIX), told(2, "wire"), sources=unread)
    assert arm[["code", "grade"]].tolist() == ["unknown", "D"]
    arm = cell(told(1, absent="ARM"), told(2, "wire", participants=FIVE), sources=unread)
    assert arm["code"] == "absent_by_list"


def test_a_source_that_nobody_read_backs_others_and_lifts_no_grade():
    rus = cell(told(1, participants=SIX), told(2, "wire", participants=SIX), state="RUS", sources=seen("press"))
    assert rus[["code", "grade", "families"]].tolist() == ["present", "B", 1]
    assert set(rus["reports"]) == {"interaction-2024.01", "interaction-2024.02"}


def test_an_exercise_that_only_an_unread_source_reports_is_unverified():
    register, _ = derive([exercise(ONE)], [told(1, start="2024-09-01")], sources=seen("press"))
    assert register.at[ONE, "status"] == "unverified"


# Grades (rule 11).


def with_outlet(outlet):
    return [source | {"outlet": outlet} for source in BASE["sources"]]


def test_two_families_of_one_outlet_are_no_grade_a():
    both = told(1, participants=SIX), told(2, "wire", participants=SIX)
    assert cell(*both)["grade"] == "A"
    assert cell(*both, sources=with_outlet("One Paper"))["grade"] == "B"


def test_a_conflict_is_never_of_grade_a():
    arm = cell(
        told(1, participants=SIX),
        told(2, "wire", participants=SIX),
        told(3, "ministry", absent="ARM", absent_by="state"),
    )
    assert arm[["code", "grade", "disputed"]].tolist() == ["conflicting", "B", True]


# Omissions against words (rule 8).


def test_an_omission_from_one_list_does_not_open_what_two_outlets_name():
    arm = cell(
        told(1, participants=SIX),
        told(2, "wire", participants="ARM;KAZ", participants_scope="partial"),
        told(3, "copy", participants=FIVE),
    )
    assert arm[["code", "grade", "disputed"]].tolist() == ["present", "B", True]
    assert arm["against"] == ("interaction-2024.03",)


def test_an_omission_opens_what_one_outlet_or_one_family_names():
    pair = told(1, participants=SIX), told(2, "wire", participants=SIX)
    left_out = told(3, "copy", participants=FIVE)
    outlets = [
        source | ({"outlet": "One"} if source["source_id"] in ("press", "wire") else {}) for source in BASE["sources"]
    ]
    families = [
        source | ({"origin_id": "x"} if source["source_id"] in ("press", "wire") else {}) for source in BASE["sources"]
    ]
    for sources in (outlets, families):
        arm = cell(*pair, left_out, sources=sources)
        assert arm[["code", "disputed"]].tolist() == ["conflicting", True]
        assert (set(arm["reports"]), arm["against"]) == (
            {"interaction-2024.01", "interaction-2024.02"},
            ("interaction-2024.03",),
        )


def test_omissions_of_two_outlets_open_what_two_outlets_name():
    arm = cell(
        *(told(1, participants=SIX), told(2, "wire", participants=SIX)),
        *(told(3, "copy", participants=FIVE), told(4, "ministry", participants=FIVE)),
    )
    assert arm["code"] == "conflicting"


def test_a_state_that_is_said_to_watch_and_to_be_away_is_a_conflict():
    arm = cell(told(1, participants=FIVE, observers="ARM"), told(2, "wire", absent="ARM"))
    assert arm["code"] == "conflicting"


# Hosts and modes (rules 7 and 13).


def test_the_host_of_a_meeting_is_present_and_has_no_troops():
    meeting = [exercise(ONE, event_type="meeting")]
    arm = cell(told(1, hosts="ARM"), exercises=meeting)
    assert arm[["code", "host", "mode"]].tolist() == ["present", True, ""]


def test_a_host_outside_the_force_is_no_guest():
    _, cells = derive([exercise("rubezh-2024", "rubezh")], [report("rubezh-2024", 1, hosts="ARM")])
    assert cells.loc[("rubezh-2024", "ARM"), ["expected", "host", "code"]].tolist() == [False, True, "present"]
    assert not cells.loc[("rubezh-2024", "KAZ"), "host"]


def test_a_staff_event_has_no_troops():
    arm = cell(told(1, participants=SIX), exercises=[exercise(ONE, event_type="staff_event")])
    assert arm["mode"] == "staff"


# Joint exercises.

PARTS = [
    exercise("combat-2024", "combat"),
    exercise(ONE, parent_id="combat-2024"),
    exercise("rubezh-2024", "rubezh", parent_id="combat-2024"),
    exercise("interaction-2024-2", parent_id="combat-2024"),
]


def codes(*reports, state="ARM", **more):
    _, cells = derive(PARTS, list(reports), **more)
    return cells.xs(state, level="iso3")["code"]


def test_a_list_for_several_drills_proves_presence_at_the_joint_exercise_only():
    found = codes(report(ONE, 1, participants=SIX, list_covers="several"))
    assert found[[ONE, "combat-2024"]].tolist() == ["unknown", "present"]


def test_a_list_for_several_drills_proves_absence_from_each():
    found = codes(report(ONE, 1, participants=FIVE, list_covers="several"))
    assert found[ONE] == "absent_by_list"


def test_the_host_of_a_drill_in_a_list_for_several_is_present():
    assert codes(report(ONE, 1, participants=SIX, hosts="ARM", list_covers="several"))[ONE] == "present"


def test_a_stronger_word_on_the_whole_outranks_a_list_of_a_part():
    found = codes(
        report(ONE, 1, participants=FIVE, start="2024-09-01"),
        report("combat-2024", 1, "wire", absent="ARM", said_on="2024-09-02"),
    )
    assert found[[ONE, "combat-2024"]].tolist() == ["absent_reported", "absent_reported"]


def test_what_is_said_of_the_whole_before_a_part_began_is_said_ahead_of_it():
    parts = report(ONE, 1, participants=FIVE, start="2024-10-01")
    said = {"said_on": "2024-09-02"}
    found = codes(parts, report("combat-2024", 1, "wire", absent="ARM", absent_by="state", **said))
    assert found[[ONE, "combat-2024"]].tolist() == ["absent_announced", "absent_declared"]
    assert codes(parts, report("combat-2024", 1, "wire", absent="ARM", **said))[ONE] == "absent_by_list"


def test_away_from_every_held_part_is_away_from_the_whole_by_the_weakest_word():
    declared = report(ONE, 1, absent="ARM", absent_by="state")
    assert codes(declared)["combat-2024"] == "absent_declared"
    listed = report("interaction-2024-2", 1, participants=FIVE)
    assert codes(declared, listed)["combat-2024"] == "absent_by_list"
    assert codes(declared, report("interaction-2024-2", 1))["combat-2024"] == "unknown"


def test_a_part_at_which_it_was_not_expected_does_not_keep_the_whole_open():
    assert codes(report(ONE, 1, absent="ARM"), report("rubezh-2024", 1))["combat-2024"] == "absent_reported"


def test_present_at_the_whole_and_away_from_every_part_is_a_conflict():
    found = codes(report(ONE, 1, participants=SIX, list_covers="several"), report(ONE, 2, "wire", participants=FIVE))
    assert found[[ONE, "combat-2024"]].tolist() == ["absent_by_list", "conflicting"]


def test_a_conflict_or_a_visit_at_a_part_goes_up_where_the_state_came_to_none():
    fight = report(ONE, 1, participants=SIX), report(ONE, 2, "wire", absent="ARM")
    assert codes(*fight)["combat-2024"] == "conflicting"
    assert codes(*fight, report("interaction-2024-2", 1, participants=SIX))["combat-2024"] == "present"
    assert codes(report(ONE, 1, participants=FIVE, observers="ARM"))["combat-2024"] == "observer"


def test_a_state_expected_at_a_part_is_expected_at_the_whole():
    joint = [exercise("rubezh-2023", "rubezh"), exercise("interaction-2023", parent_id="rubezh-2023")]
    _, cells = derive(joint, [report("interaction-2023", 1, participants=FIVE)])
    assert cells.loc[("rubezh-2023", "ARM"), ["expected", "code"]].tolist() == [True, "absent_by_list"]


# The traps that the sources set, on the published record.


@pytest.fixture(scope="module")
def published(record):
    return record[1].set_index(["exercise_id", "iso3"])


def test_trap_cobalt_2022_shows_both_sides(published):
    arm = published.loc["cobalt-2022", "ARM"]
    assert (arm["disputed"], arm["against"]) == (True, ("cobalt-2022.08",))
    assert {"cobalt-2022.04", "cobalt-2022.05"} <= set(arm["reports"])
    assert arm["code"] == "conflicting"  # both texts that name Armenia are of one outlet


def test_trap_the_whole_of_2022_and_of_2025_was_missed(published):
    assert published.at[("combat-brotherhood-2022", "ARM"), "code"] == "absent_declared"
    assert published.at[("combat-brotherhood-2025", "ARM"), "code"] == "absent_by_list"


def test_trap_the_drills_of_2023_were_reported_as_missed(published):
    for part in ("barrier", "echelon", "interaction", "search"):
        assert published.at[(f"{part}-2023", "ARM"), "code"] == "absent_reported"
    assert published.at[("indestructible-brotherhood-2023", "ARM"), "code"] == "absent_by_list"  # one page, unread


def test_trap_lists_for_the_three_drills_of_2021_and_2024(published):
    assert published.at[("interaction-2021", "KAZ"), "code"] == "unknown"
    assert published.at[("combat-brotherhood-2021", "KAZ"), "code"] == "present"
    assert published.at[("echelon-2024", "KAZ"), "code"] == "unknown"
    assert published.at[("joint-drills-2024-09", "KAZ"), "code"] == "present"
    assert published.at[("echelon-2024", "KGZ"), "code"] == "present"  # the host


def test_trap_rubezh_2008_had_guests_of_staff(published):
    for state in ("BLR", "KAZ", "KGZ", "UZB"):
        assert published.loc[("rubezh-2008", state), ["expected", "code", "mode"]].tolist() == [
            False,
            "present",
            "staff",
        ]


def test_trap_belarus_watched_interaction_2009_or_came(published):
    assert published.loc[("interaction-2009", "BLR"), ["expected", "code"]].tolist() == [False, "conflicting"]


def test_no_cell_of_a_whole_denies_those_of_its_parts(record):
    register, cells = record
    code = cells.set_index(["exercise_id", "iso3"])["code"]
    parts = register[(register["status"] == "held") & (register["parent_id"] != "")]
    for part, whole in parts[["exercise_id", "parent_id"]].itertuples(index=False):
        for state, above in code[whole].items():
            below = code[part, state]
            assert not (below == "present" and above.startswith("absent")), (part, state)
            assert not (above.startswith("absent") and below == "unknown" and cells_expected(cells, part, state))


def cells_expected(cells, exercise_id, state):
    return cells.loc[(cells["exercise_id"] == exercise_id) & (cells["iso3"] == state), "expected"].item()
