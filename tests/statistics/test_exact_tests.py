import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.rates import test_poisson_2indep as poisson_2indep

from helpers.statistics import exact_tests


@pytest.mark.parametrize(
    ("k", "years", "k_next", "years_next"), [(5, 9, 23, 7), (29, 6, 24, 4), (9, 3, 1, 3), (3, 3, 0, 4)]
)
def test_rates_agree_with_the_conditional_test_of_statsmodels(k, years, k_next, years_next):
    told = exact_tests.rate_ratio(k, years, k_next, years_next)
    sides = [
        poisson_2indep(k_next, years_next, k, years, method="exact-cond", alternative=side).pvalue
        for side in ("larger", "smaller")
    ]
    assert told["p"] == pytest.approx(min(1, 2 * min(sides)))
    assert told["ratio"] == pytest.approx((k_next / years_next) / (k / years))


def test_the_interval_of_a_ratio_is_clopper_and_pearsons():
    told = exact_tests.rate_ratio(5, 9, 23, 7)
    share = stats.binomtest(23, 28).proportion_ci(method="exact")
    odds = [bound / (1 - bound) * 9 / 7 for bound in (share.low, share.high)]
    assert (told["low"], told["high"]) == pytest.approx(tuple(odds))


def test_nothing_before_gives_no_upper_limit_and_nothing_at_all_no_ratio():
    assert exact_tests.rate_ratio(0, 3, 4, 3)["high"] == np.inf
    assert exact_tests.rate_ratio(0, 3, 0, 3)["p"] == 1
