import pandas as pd
import pytest
from support import MEMBERS, derive, exercise, frames, report

from helpers.analyses.coverage import measures as coverage
from helpers.derive.scope import held_cells, select
from helpers.loaders import tables as loaders

FIVE, SIX = ";".join(MEMBERS[1:]), ";".join(MEMBERS)
EDITIONS = [exercise("interaction-2023"), exercise("interaction-2024"), exercise("rubezh-2024", "rubezh")]
TOLD = [
    report("interaction-2023", 1, "organiser", "after", participants=SIX, start="2023-09-01", end="2023-09-06"),
    report("interaction-2024", 1, "organiser", participants=SIX, start="2024-09"),
    report("interaction-2024", 2, "wire", participants=FIVE, absent="ARM", absent_by="third_party"),
    report("rubezh-2024", 1, "press", "plan", status="planned", start="2024-10"),
]

MORE = {
    "search_log": [
        {"search_id": "1", "searched_on": "2030-01-01", "year": "2024", "series_id": "interaction", "lang": "ru", "query": "a", "hits": "2"},
        {"search_id": "2", "searched_on": "2030-01-01", "year": "2023/2024", "series_id": "", "lang": "en", "query": "b", "hits": "0"},
        {"search_id": "3", "searched_on": "2030-01-01", "year": "", "series_id": "", "lang": "de", "query": "c", "hits": "1"},
    ],
    "programmes": [
        {"programme_id": "p1", "period": "2024", "said_by": "X", "kind": "plan", "count": "3", "counts": "exercises"},
        {"programme_id": "p2", "period": "2023/2024", "said_by": "X", "kind": "tally", "count": "3", "counts": "exercises"},
        {"programme_id": "p3", "period": "2024", "said_by": "X", "kind": "tally", "count": "61", "counts": "measures"},
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def small():
    data = frames(EDITIONS, TOLD, **MORE)
    record, cells = derive(EDITIONS, TOLD)
    scope = dict(since=2023, until=2024, classes=["exercise"], unit="component", grade="C")
    register, cells = select(record.reset_index(), cells.reset_index(), **scope)
    return data, register, held_cells(cells, register)


def test_every_year_counts_what_it_holds(small):
    data, register, held = small
    table = coverage.by_year(register, held, data["search_log"], 2022, 2024)
    assert table.index.tolist() == [2022, 2023, 2024]
    assert table["exercises"].tolist() == [0, 1, 2]
    assert table.loc[2024, ["held", "one", "two", "after", "reports"]].tolist() == [1, 1, 1, 0, 3]
    assert table.loc[2024, ["A", "conflicting", "unknown"]].tolist() == [5, 1, 0]
    assert table[["look_ups", "empty_look_ups"]].to_numpy().tolist() == [[0, 0], [1, 1], [2, 1]]


def test_counts_reconcile_with_register_and_cells(record, data):
    register, cells = record
    scope = dict(since=2000, until=2026, classes=["exercise"], unit="component", grade="C")
    chosen, own = select(register, cells, **scope)
    held = held_cells(own, chosen)
    table = coverage.by_year(chosen, held, data["search_log"], 2000, 2026)
    assert table["exercises"].sum() == table[list(coverage.FAMILY_STEPS.values())].to_numpy().sum() == len(chosen)
    assert table["reports"].sum() == data["reports"]["exercise_id"].isin(chosen["exercise_id"]).sum()
    assert table[coverage.CELL_STEPS].to_numpy().sum() == len(held)


def test_shares_have_their_counts(small):
    _, register, held = small
    table = coverage.shares(register, held).set_index("what")
    assert table["n"].tolist() == [2, 2, 2, 12, 12, 12]
    assert table["k"].tolist() == [1, 1, 1, 11, 5, 1]


def test_recall_takes_the_nearer_unit_and_only_counts_of_exercises(small):
    data, register, _ = small
    umbrellas = register[register["year"] == 2024].head(1)
    table = coverage.recall(data["programmes"], register, umbrellas, 2024)
    assert table["period"].tolist() == ["2023/2024", "2024"]
    assert table["components"].tolist() == [3, 2]
    assert table["recall"].tolist() == [1.0, pytest.approx(2 / 3)]
    assert coverage.recall(data["programmes"], register, umbrellas, 2023).empty  # a year not over is no benchmark


def test_effort_names_what_nobody_looked_for(small):
    data, register, _ = small
    table = coverage.effort(data["search_log"], register, 2022, 2024).set_index("year")
    assert table.loc[2024, ["look_ups", "ru", "en", "other", "empty"]].tolist() == [2, 1, 1, 0, 1]
    assert table.at[2024, "not_looked_for"] == ("rubezh",)
    assert table.at[2023, "not_looked_for"] == ("interaction",)
    assert table["alive"].tolist() == [0, 1, 2]


def test_a_series_is_alive_between_its_editions(small):
    data, register, _ = small
    gap = register.replace({"year": {2023: 2021}})
    assert coverage.effort(data["search_log"], gap, 2021, 2023).set_index("year")["alive"].tolist() == [1, 1, 1]


def test_both_sides_of_a_dispute_are_named(small):
    data, _, held = small
    table = coverage.disputed(held, data)
    assert table[["exercise_id", "iso3", "code"]].to_numpy().tolist() == [["interaction-2024", "ARM", "conflicting"]]
    assert table.at[0, "present"] == ("organiser",)
    assert table.at[0, "away"] == ("wire",)


def test_every_conflicting_cell_of_the_record_has_two_sides(record, data):
    register, cells = record
    own = cells[cells["expected"]].merge(register[["exercise_id", "name"]], on="exercise_id")
    conflicting = own[own["code"] == "conflicting"]
    table = coverage.disputed(conflicting, data)
    assert len(table) == len(conflicting)


def test_a_table_is_as_old_as_its_sources(data):
    table = coverage.cut_offs(data).set_index("table")
    assert set(table.index) == set(data)
    assert table["last_day"].drop("search_log").max() == table.at["sources", "last_day"]
    assert pd.isna(table.at["countries", "last_day"])


def test_each_fact_says_what_its_cell_says(data):
    table = coverage.facts(data, loaders.primary_keys()).set_index("fact_id")
    assert len(table) == len(data["article_facts"])
    assert table.at["004-01", "says"] != ""
    apart = table[table["contradicts"].map(len) > 0]
    assert (apart["note"] != "").all()  # a contradiction is never left without its resolution
