import pandas as pd
import pytest
from support import derive, exercise, frames, report

from helpers.analyses.cadence import hosting

PLACES = pd.DataFrame({"place": ["Lohur"], "aliases": [("Lohour",)]})
SPELLINGS = {"Harbmaidon": "Kharbmaidon", "Marshal Baghramyan": "Baghramyan"}
NAMES = {"interaction": "Interaction", "rubezh": "Rubezh", "combat": "Combat"}


def hosted(series, told, **more):
    """Register and cells of one series with these hosts by year, and its reports."""
    editions = [exercise(f"{series}-{year}", series) for year in told]
    reports = [
        report(f"{series}-{year}", 1, start=f"{year}-09-01", hosts=where, **more) for year, where in told.items()
    ]
    register, cells = derive(editions, reports)
    return register.reset_index(), cells.reset_index()


def test_an_exercise_with_two_hosts_counts_for_both():
    register, _ = hosted("interaction", {2015: "RUS", 2016: "KAZ;KGZ", 2017: "SRB", 2018: ""})
    row = hosting.by_group({"all": register}, ["KAZ", "KGZ", "RUS"]).iloc[0]
    assert row.tolist() == ["all", 1, 1, 1, 1, 1, 4]


def test_last_hosted_counts_held_exercises_and_names_announced_ones():
    register, _ = hosted("interaction", {2015: "RUS", 2016: "KAZ"})
    ahead, _ = derive(
        [exercise("interaction-2031")],
        [report("interaction-2031", 1, "organiser", "plan", status="planned", start="2031", hosts="RUS")],
    )
    table = hosting.last_hosted(
        pd.concat([register, ahead.reset_index()]), ["KAZ", "RUS", "TJK"], "2017-09-01"
    ).set_index("iso3")
    assert table.index.tolist() == ["TJK", "RUS", "KAZ"]
    assert table.at["RUS", "years"] == pytest.approx(2, abs=0.01)
    assert table.at["RUS", "announced"] == ("Interaction 2031",)
    assert (table.at["TJK", "hosted"], table.at["TJK", "last"]) == (0, "")


def test_turns_and_stays_are_told_apart_from_chance():
    cycle = ["ARM", "BLR", "KAZ"] * 4
    blocks = sorted(cycle)
    turns, stays = (
        hosting.rotation(*hosted("interaction", dict(zip(range(2010, 2022), order, strict=True))), NAMES).iloc[0]
        for order in (cycle, blocks)
    )
    assert (turns["repeats"], stays["repeats"]) == (0, 9)
    assert turns["p_turns"] < 0.05 < turns["p_stays"]
    assert stays["p_stays"] < 0.01 < stays["p_turns"]


def test_two_states_in_turn_are_as_likely_as_the_count_of_orders():
    register, cells = hosted("interaction", dict(zip(range(2010, 2016), ["ARM", "BLR"] * 3, strict=True)))
    # Twenty ways to deal three editions to each of two states, two of them without the same host twice running.
    assert hosting.rotation(register, cells, NAMES, chains=4000).at[0, "p_turns"] == pytest.approx(0.1, abs=0.02)


def test_only_states_of_the_force_may_host():
    register, cells = hosted("rubezh", {2010: "TJK", 2011: "KAZ", 2012: "ARM", 2013: "KGZ"})
    _, states, filled, allowed = hosting._editions(register, cells, "rubezh")
    assert states == ["ARM", "KAZ", "KGZ", "RUS", "TJK"]
    assert allowed[states.index("ARM")].tolist() == [False, False, True, False]  # a guest where it was one, else never
    assert allowed[states.index("RUS")].all()
    assert not filled[states.index("RUS")].any()
    assert hosting.rotation(register, cells, NAMES).at[0, "guests"] == 1


def test_cancelled_editions_and_unknown_hosts_take_no_turn():
    register, cells = hosted("interaction", {2010: "ARM", 2011: "", 2012: "BLR", 2013: "KAZ"})
    assert hosting.rotation(register, cells, NAMES).empty
    off, cells = hosted("interaction", {2010: "ARM", 2011: "BLR", 2012: "ARM", 2013: "BLR"}, status="cancelled")
    assert hosting.rotation(off, cells, NAMES).empty


def test_rules_are_put_to_every_edition_but_the_first():
    register, cells = hosted(
        "rubezh", dict(zip(range(2010, 2016), ["KAZ", "KGZ", "RUS", "TJK", "KAZ", "KAZ"], strict=True))
    )
    table = hosting.back_test(register, cells).set_index("rule")
    assert table["n"].tolist() == [5, 5, 5]
    assert table.at["another", "right"] == 4
    assert table.at["another", "chance"] == pytest.approx(3 / 4)
    # Never-hosts are named first: three, two, one of four states, then the one whose turn was longest ago.
    assert table.at["longest", "right"] == 4
    assert table.at["longest", "chance"] == pytest.approx((3 + 2 + 1 + 1 + 1) / 4 / 5)


def test_two_hosts_are_two_draws_of_chance():
    register, cells = hosted("rubezh", {2010: "KAZ;KGZ", 2011: "RUS;TJK"})
    chance = hosting.back_test(register, cells).set_index("rule").at["another", "chance"]
    # Of the six pairs of the four states one pair hosted before, and has none of the two states named.
    assert chance == pytest.approx(5 / 6)


def test_the_next_turn_counts_announced_editions():
    register, cells = hosted("rubezh", {2010: "KAZ", 2011: "KGZ", 2012: "RUS", 2013: "TJK"})
    assert hosting.turn_of(register, cells, "longest", NAMES).at[0, "says"] == ("KAZ",)
    planned = register.assign(status=["held", "held", "held", "planned"])
    told = hosting.turn_of(planned, cells, "another", NAMES).iloc[0]
    assert told["host"] == ("TJK",)
    assert told["says"] == ("KAZ", "KGZ", "RUS")


@pytest.mark.parametrize(
    ("site", "name"),
    [
        ("Edelweiss (Issyk-Kul region)", "Edelweiss"),
        ("Harbmaidon range", "Kharbmaidon"),
        ("Marshal Baghramyan range, Armavir region", "Baghramyan"),
        ("Gorny training centre (Novosibirsk Region)", "Gorny"),
        ("Pskov region", "Pskov Region"),
        ("five ranges", ""),
    ],
)
def test_places_have_one_name(site, name):
    assert hosting.place_name(site, SPELLINGS) == name


def test_the_place_is_the_one_that_most_reports_name():
    editions = [exercise("rubezh-2010", "rubezh"), exercise("rubezh-2011", "rubezh"), exercise("rubezh-2012", "rubezh")]
    told = [
        report("rubezh-2010", 1, sites="Lohour range", hosts="TJK"),
        report("rubezh-2010", 2, sites="Lohur", hosts="TJK"),
        report("rubezh-2010", 3, sites="Magob", hosts="TJK"),
        report("rubezh-2010", 4, sites="Elsewhere", deprecated_fields="sites", deprecated_why="wrong"),
        report("rubezh-2011", 1, sites="Lohur", hosts="RUS;TJK"),
        report("rubezh-2012", 1),
    ]
    register = derive(editions, told)[0].reset_index()
    table = hosting.venues(register, frames(editions, told)["reports"], PLACES).set_index("exercise_id")
    assert table.loc["rubezh-2010", ["iso3", "place"]].tolist() == ["TJK", "Lohur"]
    assert table.at["rubezh-2011", "iso3"] == "TJK"  # whose soil Lohur is on, by the edition with one host
    assert table.loc["rubezh-2012", ["iso3", "place"]].tolist() == ["", ""]


def test_every_held_exercise_of_the_record_has_one_row(record, data):
    held = record[0][record[0]["status"] == "held"]
    assert (
        hosting.venues(record[0], data["reports"], data["places"])["exercise_id"].tolist()
        == held["exercise_id"].tolist()
    )
    assert hosting.hosted(record[0]).groupby("exercise_id").size().sum() == held["hosts"].map(len).sum()
