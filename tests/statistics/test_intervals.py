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


def test_clusters_that_are_alike_are_known_well_and_clusters_that_differ_badly():
    alike, apart = intervals.clustered([3, 3, 3, 3], [4, 4, 4, 4]), intervals.clustered([4, 4, 4, 0], [4, 4, 4, 4])
    assert alike == (0.75, 0.75)
    assert apart[0] < 0.75 < apart[1] == 1
    k, n = np.array([1, 4, 2]), np.array([2, 5, 6])  # by hand: share 7/13, t of 2 degrees 4.302653
    rest = k - 7 / 13 * n
    half = 4.302652729911275 * np.sqrt(3 / 2 * (rest**2).sum()) / 13
    assert intervals.clustered(k, n) == pytest.approx((max(0, 7 / 13 - half), min(1, 7 / 13 + half)))


def test_one_cluster_or_none_with_a_case_has_no_interval():
    for k, n in (([1], [2]), ([1, 0], [2, 0]), ([], [])):
        assert np.isnan(intervals.clustered(k, n)).all()
