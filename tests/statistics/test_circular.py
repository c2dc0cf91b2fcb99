"""Circular statistics against scipy."""

import numpy as np
import pytest
from scipy import stats

from helpers.statistics import circular


def test_one_peaks_second_resultant_is_that_of_the_wider_tailed_shape():
    for kappa in (0.5, 2.0, 40.0):
        first, second = (abs(stats.vonmises(kappa).expect(lambda x, k=k: np.cos(k * x))) for k in circular.HARMONICS)
        assert circular.second_resultant_of_one_peak(first) == pytest.approx(max(second, first**4), abs=1e-4)
    assert (circular.second_resultant_of_one_peak(0), circular.second_resultant_of_one_peak(1)) == pytest.approx(
        (0, 1), abs=1e-4
    )
