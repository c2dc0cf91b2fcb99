import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.rates import confint_poisson

from helpers.statistics import intervals


@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_shares_agree_with_statsmodels(pair):
    k, n = pair
    np.testing.assert_allclose(intervals.wilson(k, n), proportion_confint(k, n, method="wilson"), atol=1e-9)
    np.testing.assert_allclose(intervals.clopper_pearson(k, n), proportion_confint(k, n, method="beta"), atol=1e-9)


@given(st.integers(0, 400))
def test_counts_agree_with_statsmodels(k):
    np.testing.assert_allclose(intervals.poisson_exact(k), confint_poisson(k, 1, method="exact-c"), atol=1e-9)


def test_wilson_by_hand():
    low, high = intervals.wilson(0, 10)
    assert low == 0
    assert high == pytest.approx(1.959963984540054**2 / (10 + 1.959963984540054**2))


def test_nothing_known_has_no_interval():
    for bounds in (intervals.wilson(0, 0), intervals.clopper_pearson(0, 0), intervals.manski(0, 0, 0)):
        assert np.isnan(bounds).all()


def test_manski_is_the_worst_case_each_way():
    np.testing.assert_allclose(intervals.manski([3, 0], [4, 0], [2, 5]), [[3 / 6, 0], [5 / 6, 1]])


@given(st.lists(st.sampled_from([0, 1, None]), min_size=1, max_size=8))
def test_manski_contains_every_filling_and_is_reached(cells):
    k, n, unknown = cells.count(1), len(cells) - cells.count(None), cells.count(None)
    low, high = intervals.manski(k, n, unknown)
    fillings = [(k + extra) / len(cells) for extra in range(unknown + 1)]
    assert (low, high) == (min(fillings), max(fillings))


def test_arrays_in_arrays_out():
    low, high = intervals.wilson(np.array([0, 5, 10]), np.array([10, 10, 10]))
    assert low.shape == high.shape == (3,)
    assert (low <= np.array([0, 0.5, 1])).all()
    assert (high >= np.array([0, 0.5, 1])).all()
