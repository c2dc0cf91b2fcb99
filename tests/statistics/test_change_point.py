"""One change point: by hand, in closed form, against integration and a library, and by simulation."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import beta
from scipy.stats import binom

from helpers.statistics import change_point
from helpers.statistics.change_point import NO_BREAK, PRIOR_NONE, detection_rate, no_break, posterior


def test_the_posterior_by_hand():
    """Two ones, then two zeros: marginal likelihoods are products of Beta functions; half the prior lies on no break."""
    like = np.array([beta(2, 1) * beta(2, 3), beta(3, 1) * beta(1, 3), beta(3, 2) * beta(1, 2), beta(3, 3)])
    weights = like * [1 / 6, 1 / 6, 1 / 6, 1 / 2]
    np.testing.assert_allclose(posterior([1, 1, 0, 0]), weights / weights.sum())


@given(st.lists(st.integers(0, 1), min_size=3, max_size=9))
def test_the_posterior_agrees_with_integration(values):
    """Against a sum over a fine grid of both rates."""
    grid = (np.arange(2000) + 0.5) / 2000
    chances = []
    for at in range(1, len(values) + 1):
        like = 1.0
        for part in (values[:at], values[at:]):
            like *= (grid ** sum(part) * (1 - grid) ** (len(part) - sum(part))).mean()
        chances.append(like * (PRIOR_NONE if at == len(values) else (1 - PRIOR_NONE) / (len(values) - 1)))
    np.testing.assert_allclose(posterior(values), np.array(chances) / sum(chances), atol=2e-3)


@pytest.mark.parametrize("n", [3, 10, 54, 79, 1000])
def test_a_series_that_never_changed_has_its_closed_form(n):
    """Of n ones: 1/(n+1) without a break, the mean of 1/((t+1)(n-t+1)) with one, which is a harmonic number."""
    harmonic = np.sum(1 / np.arange(1, n + 1))
    with_one = 2 * (harmonic - 1) / (n + 2) / (n - 1)
    assert no_break(np.ones(n)) == pytest.approx(1 / (n + 1) / (1 / (n + 1) + with_one))


def test_constancy_speaks_for_no_break_and_more_of_it_speaks_louder():
    found = [float(no_break(np.ones(n))) for n in (5, 10, 54, 200)]
    assert found == sorted(found)
    assert found[2] == pytest.approx(0.88, abs=0.005)
    assert no_break(np.zeros(54)) == pytest.approx(found[2])


def test_values_of_one_day_are_one_place():
    values, days = [1, 1, 1, 0, 0, 0], [1, 2, 2, 2, 3, 4]
    chances = posterior(values, days)
    assert chances[[1, 2]].tolist() == [0, 0]
    assert chances.sum() == pytest.approx(1)
    like = np.array([beta(2, 1) * beta(3, 4), beta(4, 2) * beta(1, 3), beta(4, 3) * beta(1, 2), beta(4, 4)])
    weights = like * [1 / 6, 1 / 6, 1 / 6, 1 / 2]
    np.testing.assert_allclose(chances[[0, 3, 4, 5]], weights / weights.sum())
    assert no_break([1, 0], [1, 1]) == 1  # one day alone has no place for a break


@given(st.lists(st.sampled_from([0.0, 1.0, np.nan]), min_size=1, max_size=12))
def test_unknown_values_have_no_place_and_change_nothing(values):
    values = np.array(values)
    known = ~np.isnan(values)
    chances = posterior(values)
    if not known.any():
        assert np.isnan(chances).all()
        return
    np.testing.assert_allclose(chances[known], posterior(values[known]))
    assert (chances[~known] == 0).all()
    assert no_break(values) == pytest.approx(chances[np.flatnonzero(known)[-1]])


def test_many_series_at_once_are_as_one_by_one():
    rng = np.random.default_rng(1)
    values = np.where(rng.random((20, 30)) < 0.1, np.nan, rng.integers(0, 2, (20, 30)))
    days = np.sort(rng.integers(0, 15, 30))
    np.testing.assert_allclose(posterior(values, days), [posterior(one, days) for one in values])
    np.testing.assert_allclose(no_break(values, days), [no_break(one, days) for one in values])


@pytest.mark.parametrize("rate", [1.0, 0.95, 0.9, 0.85, 0.8])
@pytest.mark.parametrize("size", [20, 40, 60])
def test_false_alarms_are_rare_where_a_case_is_a_decision(rate, size):
    alarms = round(1000 * detection_rate(rate, rate, size, draws=1000))
    assert alarms <= binom.ppf(0.999, 1000, 0.05)


def test_cases_in_threes_raise_false_alarms_unless_they_count_once():
    assert detection_rate(0.9, 0.9, 40, together=3, draws=1000) > 0.1
    assert detection_rate(0.9, 0.9, 40, draws=1000) < 0.02


def test_a_real_stop_is_found():
    assert detection_rate(0.95, 0.0, 40, at=28, draws=500) > 0.99
    assert detection_rate(0.95, 0.2, 40, at=28, draws=500) > 0.9


def test_the_set_covers_a_planted_break_as_often_as_it_says():
    rng = np.random.default_rng(3)
    hits = 0
    for _ in range(200):
        at = rng.integers(5, 35)
        values = (rng.random(40) < np.where(np.arange(40) < at, 0.9, 0.2)).astype(float)
        chances = posterior(values)
        chances[-1] = 0
        hits += bool(change_point.highest_posterior_set(chances / chances.sum())[at - 1])
    assert hits >= binom.ppf(0.005, 200, change_point.CREDIBLE_MASS)


def test_least_squares_of_a_library_finds_the_same_place():
    ruptures = pytest.importorskip("ruptures")
    for at, size in ((12, 21), (25, 34), (5, 40)):
        values = np.r_[np.ones(at), np.zeros(size - at)]
        found = ruptures.Dynp(model="l2", jump=1, min_size=1).fit(values).predict(n_bkps=1)[0]
        assert found == at == posterior(values)[:-1].argmax() + 1
        assert no_break(values) < NO_BREAK
