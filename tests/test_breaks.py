from itertools import product
from math import comb

import numpy as np
import pandas as pd
import pytest
from conftest import frames, report
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import beta
from scipy.stats import binom

from helpers.analyses.disengagement import change_points as breaks
from helpers.statistics import change_point


def own_of(values):
    code = ["present" if v == 1 else "absent_by_list" if v == 0 else "unknown" for v in values]
    days = pd.date_range("2010-01-01", periods=len(values), freq="180D")
    names = [f"x{n}" for n in range(len(values))]
    return pd.DataFrame({"exercise_id": names, "name": names, "start_earliest": days, "code": code})


def test_posterior_by_hand():
    """Two ones, then two zeros: marginal likelihoods are products of Beta functions."""
    like = [beta(2, 1) * beta(2, 3), beta(3, 1) * beta(1, 3), beta(3, 2) * beta(1, 2), beta(3, 3)]
    np.testing.assert_allclose(change_point.posterior([1, 1, 0, 0]), np.array(like) / sum(like))


@given(st.lists(st.integers(0, 1), min_size=3, max_size=9))
def test_posterior_agrees_with_integration(values):
    """Against a sum over a fine grid of both rates."""
    grid = (np.arange(2000) + 0.5) / 2000
    chances = []
    for at in range(1, len(values) + 1):
        like = 1.0
        for part in (values[:at], values[at:]):
            like *= (grid ** sum(part) * (1 - grid) ** (len(part) - sum(part))).mean()
        chances.append(like)
    np.testing.assert_allclose(change_point.posterior(values), np.array(chances) / sum(chances), atol=2e-3)


def test_likelihood_ratio_by_hand():
    assert change_point.likelihood_ratio([1, 1, 0, 0]) == pytest.approx(4 * np.log(2))
    assert change_point.likelihood_ratio([1, 1, 1]) == pytest.approx(0)
    assert change_point.likelihood_ratio(np.array([[1, 1, 0, 0], [1, 0, 1, 0]])).shape == (2,)


def test_permutation_agrees_with_all_orders():
    values = [1, 1, 1, 1, 0, 0, 0]
    every = [
        change_point.likelihood_ratio(np.array(order, float))
        for order in set(product([0, 1], repeat=7))
        if sum(order) == 4
    ]
    assert len(every) == comb(7, 4)
    exact = np.mean(np.array(every) >= change_point.likelihood_ratio(values) - 1e-9)
    assert change_point.permutation_p(values, range(7), draws=4000) == pytest.approx(
        exact, abs=4 * np.sqrt(exact / 4000)
    )


def test_blocks_change_places_whole():
    """With one block nothing can move, so that nothing is significant."""
    assert change_point.permutation_p([1, 1, 1, 0, 0, 0], ["a"] * 6, draws=50) == 1.0
    assert change_point.permutation_p([1, 1, 1, 0, 0, 0], list("aabbcc"), draws=500) > change_point.permutation_p(
        [1, 1, 1, 0, 0, 0], range(6), draws=500
    )


def test_the_set_of_a_clear_break_is_small_and_holds_it():
    table = breaks.break_set(own_of([1] * 20 + [0] * 20))
    assert table[table["member"]]["first_after"].tolist() == ["x20"]
    assert table.attrs["none_high"] < 1e-6
    assert table.attrs["fillings"] == 1


def test_unknown_cells_widen_the_set():
    clear = breaks.break_set(own_of([1] * 10 + [0] * 10))
    vague = breaks.break_set(own_of([1] * 8 + [None] * 4 + [0] * 8))
    assert vague["member"].sum() > clear["member"].sum()
    assert (vague["low"] <= vague["high"]).all()
    inside = vague[vague["member"]]["first_after"]
    assert {"x8", "x12"} <= set(inside)  # all four absent, all four present


def test_no_break_is_likely_where_nothing_changed():
    assert change_point.posterior([1] * 30)[-1] == change_point.posterior([1] * 30).max()
    chances = [change_point.posterior(np.random.default_rng(s).integers(0, 2, 40))[-1] for s in range(20)]
    assert np.median(chances) > 1 / 40


def test_fillings_cover_the_extremes():
    filled = change_point.completions([1, np.nan, 0], count=5)
    assert filled[0].tolist() == [1, 1, 0]
    assert filled[1].tolist() == [1, 0, 0]
    assert set(filled[:, 0]) == {1.0}
    assert len(change_point.completions([1, 0])) == 1


def test_excused_exercises_count_as_unknown():
    values = breaks.series_of(own_of([1, 0, 0]), excused={"x1"})
    assert values[0] == 1
    assert np.isnan(values[1])
    told = [report("interaction-2024", 1, absent="ARM", absent_by="state", absent_reason="war"),
            report("interaction-2023", 1, absent="ARM", absent_by="third_party", absent_reason="war"),
            report("interaction-2022", 1, absent="ARM", absent_by="state")]  # fmt: skip
    assert breaks.excused(frames([], told)["reports"], "ARM") == {"interaction-2024"}


def test_placebos_rank_a_real_break_first(record):
    from helpers.derive.scope import held_cells, select

    register, cells = select(*record, since=2000, until=2026, classes=["exercise"], unit="component", grade="C")
    table = breaks.placebos(held_cells(cells, register), register)
    assert table.loc[0, "iso3"] == "ARM"
    assert table.loc[0, "p"] < 0.01
    assert (table.loc[1:, "p"] > 0.05).all()


def test_the_library_finds_the_same_break():
    assert breaks.cross_check(own_of([1] * 12 + [0] * 9)) == "x12"
    assert breaks.cross_check(own_of([1, None])) == ""
    assert change_point.posterior([1] * 12 + [0] * 9).argmax() == 11


def test_the_set_covers_a_planted_break_as_often_as_it_says():
    rng = np.random.default_rng(3)
    hits = 0
    for _ in range(200):
        at = rng.integers(5, 35)
        values = (rng.random(40) < np.where(np.arange(40) < at, 0.9, 0.2)).astype(float)
        hits += bool(change_point.highest_posterior_set(change_point.posterior(values))[at - 1])
    assert hits >= binom.ppf(0.005, 200, change_point.CREDIBLE_MASS)


def test_the_permutation_range_covers_the_fillings():
    own = own_of([1] * 8 + [None] * 4 + [0] * 8)
    register = pd.DataFrame({"exercise_id": own["exercise_id"], "umbrella_id": own["exercise_id"]})
    low, high = breaks.permutation_range(own, register)
    assert 0 < low <= high < 0.05
    assert np.isnan(breaks.permutation_range(own.iloc[:1], register)[0])
