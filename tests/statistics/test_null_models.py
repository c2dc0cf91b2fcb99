from collections import Counter
from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chisquare, false_discovery_control

from helpers.statistics import null_models

CASES = {
    # Three rows whose forbidden diagonal cuts the space in two for pair trades: only three-row cycles join the halves.
    "derangements": (np.roll(np.eye(3, dtype=bool), 1, axis=1), ~np.eye(3, dtype=bool)),
    "all allowed": (np.array([[1, 1, 0, 0], [1, 0, 1, 0], [0, 1, 1, 1]], bool), np.ones((3, 4), bool)),
    "masked": (
        np.array([[1, 1, 0, 0, 1], [0, 1, 1, 0, 0], [1, 0, 0, 1, 1]], bool),
        np.array([[1, 1, 1, 0, 1], [1, 1, 1, 1, 0], [1, 0, 1, 1, 1]], bool),
    ),
}


def enumerate_all(matrix, allowed):
    """Every matrix with the same row and column totals inside the allowed cells (bool array); the oracle for small cases."""
    matrix, allowed = np.asarray(matrix, bool), np.asarray(allowed, bool)
    choices = [
        [
            c
            for c in product([False, True], repeat=matrix.shape[1])
            if sum(c) == row.sum() and not (np.array(c) & ~may).any()
        ]
        for row, may in zip(matrix, allowed, strict=True)
    ]
    totals = matrix.sum(axis=0)
    return np.array([rows for rows in product(*choices) if (np.sum(rows, axis=0) == totals).all()])


def two_blocs():
    """Incidence of two blocs of three rows: one of them calls each of 80 columns, and the other seldom fills it."""
    rng = np.random.default_rng(2)
    called_by_first = rng.random(80) < 0.5
    chance = np.where((np.arange(6) < 3)[:, None] == called_by_first, 0.9, 0.2)
    return rng.random((6, 80)) < chance


def key(matrix):
    return matrix.tobytes()


@pytest.mark.parametrize("name", CASES)
def test_sampling_is_uniform_over_all_that_exist(name):
    matrix, allowed = CASES[name]
    every = {key(one) for one in enumerate_all(matrix, allowed)}
    drawn, _ = null_models.sample_fixed_degree(matrix, allowed, chains=4000, steps=120, seed=3)
    seen = Counter(map(key, drawn))
    assert set(seen) == every
    assert chisquare([seen[one] for one in every]).pvalue > 0.001


def test_the_number_of_two_regular_matrices_is_the_published_one():
    """Binary n x n matrices with all totals 2: 1, 6, 90 (OEIS A001499)."""
    for n, count in [(2, 1), (3, 6), (4, 90)]:
        matrix = np.array([[(column - row) % n < 2 for column in range(n)] for row in range(n)])
        assert len(enumerate_all(matrix, np.ones((n, n), bool))) == count
    drawn, _ = null_models.sample_fixed_degree(matrix, np.ones((4, 4), bool), chains=9000, steps=120, seed=5)
    seen = Counter(map(key, drawn))
    assert len(seen) == 90
    assert chisquare(list(seen.values())).pvalue > 0.001


matrices = st.tuples(st.integers(2, 5), st.integers(2, 7)).flatmap(
    lambda shape: st.tuples(
        st.lists(
            st.lists(st.sampled_from([0, 1, None]), min_size=shape[1], max_size=shape[1]),
            min_size=shape[0],
            max_size=shape[0],
        )
    )
)


@settings(max_examples=40, deadline=None)
@given(matrices)
def test_totals_and_forbidden_cells_are_kept(drawn_matrix):
    table = pd.DataFrame(drawn_matrix[0], dtype=float)
    matrix, allowed = null_models.matrix_and_mask(table)
    drawn, away = null_models.sample_fixed_degree(matrix, allowed, chains=20, steps=40)
    assert (drawn.sum(axis=1) == matrix.sum(axis=0)).all()
    assert (drawn.sum(axis=2) == matrix.sum(axis=1)).all()
    assert not (drawn & ~allowed).any()
    assert ((away >= 0) & (away <= 1)).all()


def test_a_filled_forbidden_cell_is_refused():
    with pytest.raises(ValueError, match="not allowed"):
        null_models.sample_fixed_degree([[True]], [[False]])


def test_pair_tests_agree_with_enumeration():
    matrix, allowed = CASES["masked"]
    table = pd.DataFrame(np.where(allowed, matrix, np.nan), index=list("abc"))
    tests = null_models.pair_tests(table, chains=4000, steps=120)
    exact = null_models.pair_counts(enumerate_all(matrix, allowed))
    for (i, j), row in zip([(0, 1), (0, 2), (1, 2)], tests.itertuples(), strict=True):
        null = exact[:, i, j]
        assert row.null_mean == pytest.approx(null.mean(), abs=0.05)
        p = min(1, 2 * min((null >= row.together).mean(), (null <= row.together).mean()))
        assert row.p == pytest.approx(p, abs=4 * row.p_error)


def test_the_monte_carlo_error_is_the_spread_over_seeds():
    table = pd.DataFrame((np.random.default_rng(3).random((5, 14)) < 0.5).astype(float))
    runs = [null_models.pair_tests(table, chains=200, steps=60, seed=seed) for seed in range(40)]
    p = np.array([run["p"] for run in runs])
    told = np.array([run["p_error"] for run in runs]).mean(axis=0)
    inner = (p.mean(axis=0) < 0.9) & (p.std(axis=0) > 0)  # a p cut at one has no room to vary
    assert inner.any()
    assert (p.std(axis=0)[inner] / told[inner]) == pytest.approx(np.ones(inner.sum()), abs=0.5)


def test_the_null_fixes_totals_so_it_never_shows_who_left():
    """A state that never came has no pair that the null could single out."""
    rng = np.random.default_rng(0)
    table = pd.DataFrame(rng.random((5, 30)) < 0.8, dtype=float)
    table.loc[5] = 0.0
    tests = null_models.pair_tests(table, chains=200)
    gone = tests[tests["b"] == 5]
    assert (gone["p"] == 1).all()
    assert (gone["null_sd"] == 0).all()


def test_a_planted_bloc_is_found_and_noise_is_not():
    planted = two_blocs()
    tests = null_models.pair_tests(pd.DataFrame(planted, dtype=float), chains=500)
    inside = (tests["a"] < 3) == (tests["b"] < 3)
    more = tests["together"] > tests["null_mean"]
    assert (inside & more & (tests["q"] < 0.05)).sum() >= 4
    assert not (~inside & more & (tests["q"] < 0.05)).any()
    noise = np.random.default_rng(2).random((6, 80)) < 0.6
    assert null_models.pair_tests(pd.DataFrame(noise, dtype=float), chains=500)["q"].min() > 0.05


def test_q_values_agree_with_scipy():
    p = np.random.default_rng(1).random(50)
    np.testing.assert_allclose(null_models.q_values(p), false_discovery_control(p))


def test_the_null_model_has_mixed_before_its_last_trade():
    planted = two_blocs()
    _, away = null_models.sample_fixed_degree(planted, np.ones_like(planted), chains=300)
    assert away[-35:].mean() == pytest.approx(away[-70:-35].mean(), rel=0.02)
    assert away[0] < away[-1] / 2
