"""Agreement of two readers against a second library and by hand."""

import krippendorff
import numpy as np
import pandas as pd
import pytest

from helpers.statistics.agreement import alpha_interval, krippendorff_alpha


@pytest.mark.parametrize("seed", range(5))
def test_alpha_is_that_of_the_library(seed):
    rng = np.random.default_rng(seed)
    first = rng.integers(0, 4, 60)
    second = np.where(rng.random(60) < 0.7, first, rng.integers(0, 4, 60))
    expected = krippendorff.alpha(reliability_data=np.vstack([first, second]), level_of_measurement="nominal")
    assert krippendorff_alpha(pd.Series(first), pd.Series(second)) == pytest.approx(expected)


def test_alpha_of_one_value_only_is_not_known():
    same = pd.Series(["present"] * 5)
    assert np.isnan(krippendorff_alpha(same, same))
    assert np.isnan(alpha_interval(same, same, pd.Series(range(5)))).all()


def test_perfect_readers_have_an_alpha_of_one_whatever_is_resampled():
    read = pd.Series(["a", "b"] * 20)
    assert krippendorff_alpha(read, read) == 1
    assert alpha_interval(read, read, pd.Series(range(40))) == (1, 1)
