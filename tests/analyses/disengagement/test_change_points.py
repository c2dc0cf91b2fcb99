import numpy as np
import pandas as pd
from support import frames, own_of, report

from helpers.analyses.disengagement import change_points
from helpers.statistics import change_point


def test_the_set_of_a_clear_break_is_small_and_holds_it():
    table = change_points.break_set(own_of([1] * 20 + [0] * 20))
    assert table[table["member"]]["first_after"].tolist() == ["x20"]
    assert table.attrs["none_high"] < 1e-6
    assert table.attrs["fillings"] == 1


def test_unknown_cells_widen_the_set():
    clear = change_points.break_set(own_of([1] * 10 + [0] * 10))
    vague = change_points.break_set(own_of([1] * 8 + [None] * 4 + [0] * 8))
    assert vague["member"].sum() > clear["member"].sum()
    assert (vague["low"] <= vague["high"]).all()
    inside = vague[vague["member"]]["first_after"]
    assert {"x8", "x12"} <= set(inside)  # all four absent, all four present


def test_excused_exercises_count_as_unknown():
    values = change_points.series_of(own_of([1, 0, 0]), excused={"x1"})
    assert values[0] == 1
    assert np.isnan(values[1])
    told = [report("interaction-2024", 1, absent="ARM", absent_by="state", absent_reason="war"),
            report("interaction-2023", 1, absent="ARM", absent_by="third_party", absent_reason="war"),
            report("interaction-2022", 1, absent="ARM", absent_by="state")]  # fmt: skip
    assert change_points.excused(frames([], told)["reports"], "ARM") == {"interaction-2024"}


def test_placebos_rank_a_real_break_first(record):
    from helpers.derive.scope import held_cells, select

    register, cells = select(*record, since=2000, until=2026, classes=["exercise"], unit="component", grade="C")
    table = change_points.placebos(held_cells(cells, register), register)
    assert table.loc[0, "iso3"] == "ARM"
    assert table.loc[0, "p"] < 0.01
    assert (table.loc[1:, "p"] > 0.05).all()


def test_the_library_finds_the_same_break():
    assert change_points.cross_check(own_of([1] * 12 + [0] * 9)) == "x12"
    assert change_points.cross_check(own_of([1, None])) == ""
    assert change_point.posterior([1] * 12 + [0] * 9).argmax() == 11


def test_the_permutation_range_covers_the_fillings():
    own = own_of([1] * 8 + [None] * 4 + [0] * 8)
    register = pd.DataFrame({"exercise_id": own["exercise_id"], "umbrella_id": own["exercise_id"]})
    low, high = change_points.permutation_range(own, register)
    assert 0 < low <= high < 0.05
    assert np.isnan(change_points.permutation_range(own.iloc[:1], register)[0])
