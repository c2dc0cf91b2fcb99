from math import comb

import numpy as np
import pandas as pd
import pytest
from support import MEMBERS, exercise, frames, report
from universes import FIVE, STOPPED, grid_of, small_record, universe_of

from helpers.analyses.robustness import multiverse, sensitivity, summary
from helpers.analyses.robustness.findings import HEADLINES
from helpers.derive.attendance import derive_attendance
from helpers.derive.register import derive_register

SIX = ";".join(MEMBERS)


@pytest.fixture(scope="module")
def small():
    return small_record()


@pytest.fixture(scope="module")
def left(small):
    return sensitivity.leave_one_out(small, *grid_of(small))


def test_everything_is_left_out_once(small, left):
    grid, setting = grid_of(small)
    base = next(multiverse.references(small, grid, setting, {"": frozenset()}))
    counts = left[left["headline"] == "late"].groupby("kind").size()
    assert counts.to_dict() == {
        "exercise": len(base.ids),
        "family": 4,
        "outlet": 4,
        "umbrella": 1,
        "year": len(set(base.year)),
    }
    assert len(left) == counts.sum() * len(HEADLINES)


def test_leaving_out_an_edition_is_the_record_without_it(small, left):
    fewer = small["exercises"][small["exercises"]["exercise_id"] != "interaction-2023"]
    reports = small["reports"][small["reports"]["exercise_id"] != "interaction-2023"]
    data = small | {"exercises": fewer, "reports": reports}
    grid, setting = grid_of(data)
    base = next(multiverse.references(data, grid, setting, {"": frozenset()}))
    own = left[left["left_out"] == "interaction-2023"].set_index("headline")
    for name, headline in HEADLINES.items():
        assert own.at[name, "value"] == pytest.approx(headline.measure(base)[0], nan_ok=True)
    assert own.at["late", "lost"] == 1


def test_the_one_source_that_a_finding_hangs_on_is_found():
    years = range(2013, 2026)
    editions = [exercise(f"interaction-{year}") for year in years]
    told = [
        report(f"interaction-{year}", 1, "press", participants=SIX if year < 2022 else FIVE, start=f"{year}-10-01")
        for year in years
        if year not in (2022, 2023)
    ]
    told += [
        report(f"interaction-{year}", 1, "wire", participants=FIVE, start=f"{year}-10-01") for year in (2022, 2023)
    ]
    data = frames(editions, told)
    left = sensitivity.leave_one_out(data, *grid_of(data, since=2013))
    late = left[left["headline"] == "late"]
    assert set(late.loc[late["turned"] & late["kind"].isin(["family", "outlet"]), "left_out"]) == {"press", "wire"}
    wire = late[late["left_out"] == "wire"].iloc[0]
    assert np.isnan(wire["value"]) and wire["lost"] == 2  # two of four cells are left: too few to tell
    top = sensitivity.most_influential(left, 2)
    assert top[top["headline"] == "late"].iloc[0]["turned"]
    moved = summary.table(
        *_explored(data), left, sensitivity.planted(STOPPED, draws=2), sensitivity.placebos(STOPPED)
    ).set_index("headline")
    assert ("outlet", "wire") in moved.at["late", "left_flips"]
    assert moved.at["late", "placebos"][0] == 0 and moved.at["late", "placebos"][1] > 0


def test_what_moves_nothing_is_not_among_the_influential(left):
    top = sensitivity.most_influential(left, len(left))
    assert len(top) and ((top["shift"].abs() > 0) | (top["lost"] > 0) | top["turned"]).all()
    still = left["shift"].eq(0) & left["lost"].eq(0) & left["kind"].isin(["family", "outlet", "exercise"])
    assert still.any()


def _explored(data):
    grid, setting = grid_of(data, since=2013)
    return multiverse.explore(data, multiverse.equivalent(grid), setting), grid


def test_publications_behind_a_row_are_its_own(small, left):
    cells = derive_attendance(small, derive_register(small))
    rows = left[(left["headline"] == "late") & left["left_out"].isin(["interaction-2023", "wire"])]
    rows = rows.drop_duplicates("kind")
    found = dict(
        zip(
            rows["kind"],
            sensitivity.publications_behind(rows, small, cells, "ARM"),
            strict=True,
        )
    )
    assert set(found["exercise"]) == {"press", "wire"}
    assert found["family"] == found["outlet"] == ("wire",)


def test_the_spread_of_leaving_one_out_names_both_ends(left):
    table = sensitivity.spread(left).set_index(["headline", "kind"])
    own = left[(left["headline"] == "fall") & (left["kind"] == "year")]
    row = table.loc["fall", "year"]
    assert (row["n"], row["low"], row["high"]) == (len(own), own["value"].min(), own["value"].max())
    assert row["turned"] == own["turned"].sum()


def test_planted_errors_break_a_finding_where_they_must():
    """One member, ten known cells since the split: a tenth turned over is one in ten, and no longer fewer than that."""
    alone = universe_of([[np.nan]] * 6 + [[0]] * 10)
    table = sensitivity.planted(alone, shares=(0.05, 0.10, 0.2), draws=40, headlines={"late": HEADLINES["late"]})
    assert table["cells"].tolist() == [1, 1, 2]
    assert table["stands"].tolist() == [0, 0, 0]
    wide = universe_of([[np.nan]] * 6 + [[0]] * 20)
    table = sensitivity.planted(wide, shares=(0.05, 0.10), draws=40, headlines={"late": HEADLINES["late"]})
    assert table["cells"].tolist() == [1, 2]
    assert table["stands"].tolist() == [1, 0]


def test_planted_errors_follow_the_hypergeometric_law():
    """Two of forty cells turned: the finding on ten of them falls if one at least is among these ten."""
    universe = universe_of([[1]] * 30 + [[0]] * 10, split=np.datetime64("2042-01-01"), last_year=2000)
    table = sensitivity.planted(universe, shares=(0.05,), draws=4000, headlines={"late": HEADLINES["late"]})
    expected = comb(30, 2) / comb(40, 2)
    assert table["stands"][0] == pytest.approx(expected, abs=4 * np.sqrt(expected * (1 - expected) / 4000))


def test_planted_errors_are_the_same_each_time():
    first, again = (sensitivity.planted(STOPPED, draws=30) for _ in range(2))
    pd.testing.assert_frame_equal(first, again)
    assert not first["stands"].equals(sensitivity.planted(STOPPED, draws=30, seed=7)["stands"])


def test_errors_borne_end_with_the_first_loss():
    table = pd.DataFrame(
        [
            ("a", 0.01, 1.0),
            ("a", 0.02, 0.9),
            ("a", 0.05, 0.99),
            ("b", 0.01, 0.2),
            ("b", 0.02, 0.2),
            ("b", 0.05, 0.1),
            ("c", 0.01, 1.0),
            ("c", 0.02, 1.0),
            ("c", 0.05, 0.95),
        ],
        columns=["headline", "share", "stands"],
    )
    assert summary.borne(table).to_dict() == {"a": 0.01, "b": 0.0, "c": 0.05}


def test_placebos_find_nothing_where_nothing_happened():
    table = sensitivity.placebos(STOPPED)
    assert set(table["placebo"]) == {"another member", "another day", "another turn", "not announced"}
    changes = table[table["headline"].isin(["late", "fall", "turning"])]
    assert changes["value"].notna().any() and not changes["holds"].any()
    assert set(table.loc[table["placebo"] == "another member", "case"]) == {"BLR", "KAZ"}
    told = summary.where_nothing_happened(table)
    assert (told["told"] + told["untold"]).sum() == len(table)


def test_a_placebo_that_is_none_comes_out():
    """Another member that stopped too, and one that stopped earlier: the tests must see both."""
    values = np.array([[1, 1, 1]] * 8 + [[0, 0, 1]] * 8)
    table = sensitivity.placebos(universe_of(values, split=np.datetime64("2020-01-01"), turn=2020))
    member = table[(table["placebo"] == "another member") & (table["case"] == "BLR")].set_index("headline")
    assert member.loc[["late", "fall", "turning"], "holds"].all()
    values[4:, 2] = 0
    table = sensitivity.placebos(universe_of(values, split=np.datetime64("2020-01-01"), turn=2020))
    day = table[(table["placebo"] == "another day") & (table["case"] == "KAZ 2016-01-01")].set_index("headline")
    assert day.loc[["late", "fall"], "holds"].all()


def test_the_day_itself_is_no_part_of_the_quiet_years():
    """An absence on the very day belongs to what followed it: no placebo before may see it."""
    values = np.array([[1, 1, 1]] * 8 + [[0, 1, 1]] * 4)
    table = sensitivity.placebos(universe_of(values, split=np.datetime64("2020-10-01"), turn=2020))
    day = table[(table["placebo"] == "another day") & table["case"].str.startswith("ARM")]
    assert (day.loc[day["headline"] == "late", "value"].dropna() == 1).all()
