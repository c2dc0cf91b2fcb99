"""One change point: by hand, against integration, all orders, and by simulation."""

from itertools import product
from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import beta
from scipy.stats import binom

from helpers.statistics import change_point


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


def test_the_set_covers_a_planted_break_as_often_as_it_says():
    rng = np.random.default_rng(3)
    hits = 0
    for _ in range(200):
        at = rng.integers(5, 35)
        values = (rng.random(40) < np.where(np.arange(40) < at, 0.9, 0.2)).astype(float)
        hits += bool(change_point.highest_posterior_set(change_point.posterior(values))[at - 1])
    assert hits >= binom.ppf(0.005, 200, change_point.CREDIBLE_MASS)
