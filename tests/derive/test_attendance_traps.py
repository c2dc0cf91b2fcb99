"""Traps that the sources set, and what holds of every row of attendance of the published record."""

from support import FIVE, MEMBERS, SIX, cell, code, derive, exercise, told

from helpers.derive.codes import ABSENT, CODES


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
        *ABSENT,
        "conflicting",
    }


def test_every_settled_cell_names_its_reports_and_nobody_is_both(record, data):
    _, cells = record
    settled = cells[cells["code"].isin(["present", "observer", *ABSENT, "conflicting"])]
    assert settled["reports"].map(len).gt(0).all()
    assert settled["grade"].isin(["A", "B", "C"]).all()
    assert set(settled["reports"].explode()) <= set(data["reports"]["report_id"])


def test_a_state_that_was_not_expected_never_comes_out_absent(record):
    _, cells = record
    assert not cells[~cells["expected"]]["code"].str.startswith("absent").any()
