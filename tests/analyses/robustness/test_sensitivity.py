"""Things left out and errors planted, against the record without them and against closed forms."""

from math import comb

import numpy as np
import pandas as pd
import pytest
from support import exercise, report
from universes import FIVE, SCOPE, SIX, STOPPED, small_data, small_record, universe_of

from helpers.analyses.robustness import sensitivity
from helpers.analyses.robustness.choices import build_grid
from helpers.analyses.robustness.findings import QUESTIONS, UNKNOWN
from helpers.analyses.robustness.multiverse import references
from helpers.derive.record import Record


@pytest.fixture(scope="module")
def small():
    record = small_record()
    return record, sensitivity.leave_one_out(record)


def test_everything_is_left_out_once(small):
    record, left = small
    base = next(references(record, build_grid(record)))
    counts = left.drop_duplicates(["kind", "left_out"])["kind"].value_counts().to_dict()
    years = len(set(base.year))
    assert counts == {"exercise": len(base.ids), "origin": 4, "outlet": 4, "joint exercise": 1, "year": years}
    assert not left.duplicated(["kind", "left_out", "question"]).any()


def test_leaving_out_an_exercise_is_the_record_without_it(small):
    _, left = small
    data = small_data()
    fewer = {name: data[name][data[name]["exercise_id"] != "interaction-2023"] for name in ("exercises", "reports")}
    rest = Record.of_scope(data | fewer, SCOPE)
    base = next(references(rest, build_grid(rest)))
    own = left[left["left_out"] == "interaction-2023"].set_index("question")
    for name in own.index:
        assert own.at[name, "value"] == pytest.approx(float(QUESTIONS[name].measure(base)[0]), nan_ok=True)
    assert own["lost"].eq(1).all()


def test_the_one_source_that_a_finding_hangs_on_is_found():
    years = range(2015, 2026)
    told = [
        report(f"interaction-{year}", 1, source, participants=SIX if year < 2022 else FIVE, start=f"{year}-10-01")
        for year in years
        for source in (["wire"] if year in (2022, 2023) else ["press"])
    ]
    data = small_data(exercises=[exercise(f"interaction-{year}") for year in years], reports=told)
    left = sensitivity.leave_one_out(Record.of_scope(data, SCOPE))
    since = left[(left["question"] == "since") & left["kind"].isin(["origin", "outlet"])].set_index("left_out")
    assert since.loc["wire", "unclear"].all() and not since["reversed"].any()  # two cases are left: too few to tell
    assert (since.loc["wire", "lost"] == 2).all()
    top = sensitivity.find_most_influential(left, 4)
    assert set(top.loc[top["question"] == "since", "left_out"]) == {"wire", "press"}


def test_what_moves_nothing_is_not_among_the_influential(small):
    top = sensitivity.find_most_influential(small[1], len(small[1]))
    assert len(top) and ((top["shift"].abs() > 0) | (top["lost"] != 0) | top["reversed"] | top["unclear"]).all()


def test_the_summary_takes_the_ends(small):
    left = small[1]
    row = sensitivity.summarise_left_out(left).set_index(["question", "kind"]).loc["change", "year"]
    own = left[(left["question"] == "change") & (left["kind"] == "year")]
    assert (row["n"], row["low"], row["high"]) == (len(own), own["value"].min(), own["value"].max())
    assert row["reversed"] == own["reversed"].sum() and row["unclear"] == own["unclear"].sum()


def test_planted_errors_break_a_finding_where_they_must():
    """Ten known absences and nothing else: one wrong in ten is a tenth, and no longer hardly ever."""
    alone = universe_of([[np.nan]] * 6 + [[0]] * 10)
    table = sensitivity.plant_errors(alone, most=12, draws=40)
    since = table[table["question"] == "since"].set_index("errors")["stands"]
    assert since.eq(0).all()
    wide = universe_of([[np.nan]] * 6 + [[0]] * 20)
    since = sensitivity.plant_errors(wide, most=6, draws=40).set_index(["question", "errors"])["stands"]["since"]
    assert since.loc[:5].eq(1).all() and since.loc[6] == 0


def test_planted_errors_follow_the_hypergeometric_law():
    """Two of forty cases wrong: the finding on ten of them falls if one at least is among these ten."""
    universe = universe_of([[1]] * 30 + [[0]] * 10, split=np.datetime64("2042-01-01"), turn=2042, last_year=2000)
    table = sensitivity.plant_errors(universe, most=5, draws=4000).set_index(["question", "errors"])["stands"]
    expected = comb(30, 2) / comb(40, 2)
    assert table["since", 5] == pytest.approx(expected, abs=4 * np.sqrt(expected * (1 - expected) / 4000))


def test_planted_errors_are_the_same_each_time():
    first, again = (sensitivity.plant_errors(STOPPED, most=10, draws=30) for _ in range(2))
    pd.testing.assert_frame_equal(first, again)
    assert not first["stands"].equals(sensitivity.plant_errors(STOPPED, most=10, draws=30, seed=7)["stands"])


def test_errors_needed_are_counted_to_the_first_that_is_enough():
    rows = [("a", 1, 1.0), ("a", 2, 0.9), ("a", 3, 0.99), ("b", 1, 0.2), ("b", 2, 0.1), ("b", 3, 0.0)]
    rows += [("c", 1, 1.0), ("c", 2, 1.0), ("c", 3, 0.95)]
    table = pd.DataFrame(rows, columns=["question", "errors", "stands"])
    assert sensitivity.count_errors_needed(table) == {"a": 2, "b": 1, "c": None}
    assert sensitivity.count_errors_needed(table, 0.5) == {"a": None, "b": 1, "c": None}


def test_reporting_is_compared_by_independent_sources(small):
    table = sensitivity.compare_reporting(small[0]).set_index("which")
    held = small[0].held
    since = held["start_earliest"] >= SCOPE.split
    own = held[since & (held["iso3"] == "ARM") & held["code"].str.startswith("absent")]
    assert table.loc["absence", ["cases", "sources"]].tolist() == [len(own), own["families"].mean()]


def test_an_unknown_answer_is_no_reversal(small):
    left = small[1]
    assert not (left["reversed"] & left["unclear"]).any() and UNKNOWN == -1
