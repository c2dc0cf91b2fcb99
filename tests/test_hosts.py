import pandas as pd
import pytest
from conftest import derive, exercise, report

from helpers.analyses.cadence import hosting as hosts

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
    row = hosts.by_group({"all": register}, ["KAZ", "KGZ", "RUS"]).iloc[0]
    assert row.tolist() == ["all", 1, 1, 1, 1, 1, 4]


def test_last_hosted_counts_held_exercises_and_names_announced_ones():
    register, _ = hosted("interaction", {2015: "RUS", 2016: "KAZ"})
    ahead, _ = derive(
        [exercise("interaction-2031")],
        [report("interaction-2031", 1, "organiser", "plan", status="planned", start="2031", hosts="RUS")],
    )
    table = hosts.last_hosted(
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
        hosts.rotation(*hosted("interaction", dict(zip(range(2010, 2022), order, strict=True))), NAMES).iloc[0]
        for order in (cycle, blocks)
    )
    assert (turns["repeats"], stays["repeats"]) == (0, 9)
    assert turns["p_turns"] < 0.05 < turns["p_stays"]
    assert stays["p_stays"] < 0.01 < stays["p_turns"]


def test_two_states_in_turn_are_as_likely_as_the_count_of_orders():
    register, cells = hosted("interaction", dict(zip(range(2010, 2016), ["ARM", "BLR"] * 3, strict=True)))
    # Twenty ways to deal three editions to each of two states, two of them without the same host twice running.
    assert hosts.rotation(register, cells, NAMES, chains=4000).at[0, "p_turns"] == pytest.approx(0.1, abs=0.02)


def test_only_states_of_the_force_may_host():
    register, cells = hosted("rubezh", {2010: "TJK", 2011: "KAZ", 2012: "ARM", 2013: "KGZ"})
    _, states, filled, allowed = hosts._editions(register, cells, "rubezh")
    assert states == ["ARM", "KAZ", "KGZ", "RUS", "TJK"]
    assert allowed[states.index("ARM")].tolist() == [False, False, True, False]  # a guest where it was one, else never
    assert allowed[states.index("RUS")].all()
    assert not filled[states.index("RUS")].any()
    assert hosts.rotation(register, cells, NAMES).at[0, "guests"] == 1


def test_cancelled_editions_and_unknown_hosts_take_no_turn():
    register, cells = hosted("interaction", {2010: "ARM", 2011: "", 2012: "BLR", 2013: "KAZ"})
    assert hosts.rotation(register, cells, NAMES).empty
    off, cells = hosted("interaction", {2010: "ARM", 2011: "BLR", 2012: "ARM", 2013: "BLR"}, status="cancelled")
    assert hosts.rotation(off, cells, NAMES).empty


def test_rules_are_put_to_every_edition_but_the_first():
    register, cells = hosted(
        "rubezh", dict(zip(range(2010, 2016), ["KAZ", "KGZ", "RUS", "TJK", "KAZ", "KAZ"], strict=True))
    )
    table = hosts.back_test(register, cells).set_index("rule")
    assert table["n"].tolist() == [5, 5, 5]
    assert table.at["another", "right"] == 4
    assert table.at["another", "chance"] == pytest.approx(3 / 4)
    # Never-hosts are named first: three, two, one of four states, then the one whose turn was longest ago.
    assert table.at["longest", "right"] == 4
    assert table.at["longest", "chance"] == pytest.approx((3 + 2 + 1 + 1 + 1) / 4 / 5)


def test_two_hosts_are_two_draws_of_chance():
    register, cells = hosted("rubezh", {2010: "KAZ;KGZ", 2011: "RUS;TJK"})
    chance = hosts.back_test(register, cells).set_index("rule").at["another", "chance"]
    # Of the six pairs of the four states one pair hosted before, and has none of the two states named.
    assert chance == pytest.approx(5 / 6)


def test_the_next_turn_counts_announced_editions():
    register, cells = hosted("rubezh", {2010: "KAZ", 2011: "KGZ", 2012: "RUS", 2013: "TJK"})
    assert hosts.turn_of(register, cells, "longest", NAMES).at[0, "says"] == ("KAZ",)
    planned = register.assign(status=["held", "held", "held", "planned"])
    told = hosts.turn_of(planned, cells, "another", NAMES).iloc[0]
    assert told["host"] == ("TJK",)
    assert told["says"] == ("KAZ", "KGZ", "RUS")


def test_every_held_exercise_of_the_record_has_a_row(record, data):
    held = record[0][record[0]["status"] == "held"]
    table = hosts.venues(record[0], data["places"])
    assert table["exercise_id"].unique().tolist() == held["exercise_id"].tolist()
    assert hosts.hosted(record[0]).groupby("exercise_id").size().sum() == held["hosts"].map(len).sum()
