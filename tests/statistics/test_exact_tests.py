from itertools import combinations, product

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


@pytest.mark.parametrize(("k", "years", "years_next"), [(19, 3, 3), (9, 3, 3), (24, 4, 2), (2, 3, 3), (0, 3, 3)])
def test_the_next_counts_that_would_differ_are_the_nearest_that_do(k, years, years_next):
    at_most, at_least = exact_tests.detectable_counts(k, years, years_next)
    differs = {n for n in range(80) if exact_tests.rate_ratio(k, years, n, years_next)["p"] < 0.05}
    expected = k * years_next / years
    assert at_most == max((n for n in differs if n < expected), default=None)
    assert at_least == min(n for n in differs if n > expected)


def test_few_exercises_leave_no_room_below():
    assert exact_tests.detectable_counts(2, 3, 3)[0] is None


@pytest.mark.parametrize("counts", [[2, 0, 1], [1, 1, 1], [4, 0, 0, 1]])
def test_counts_null_is_the_multinomial(counts):
    total, years = sum(counts), len(counts)
    chances = np.zeros(total**2 + 1)
    for dealt in product(range(total + 1), repeat=years):
        if sum(dealt) == total:
            chances[sum(c * c for c in dealt)] += stats.multinomial.pmf(dealt, total, [1 / years] * years)
    assert exact_tests.null_distribution_of_counts(counts) == pytest.approx(chances)


@pytest.mark.parametrize("gaps", [[1, 2, 1], [3, 3, 2, 3, 1, 2], [5, 1]])
def test_gaps_null_is_every_choice_of_the_years_between(gaps):
    span, chances = sum(gaps), np.zeros(sum(gaps) ** 2 + 1)
    chosen = list(combinations(range(1, span), len(gaps) - 1))
    for years in chosen:
        chances[sum(gap * gap for gap in np.diff([0, *years, span]))] += 1 / len(chosen)
    assert exact_tests.null_distribution_of_gaps(gaps) == pytest.approx(chances)


def test_one_sided_p_values_tell_even_from_uneven_counts():
    null = exact_tests.null_distribution_of_counts([3, 3, 3])
    even, uneven = exact_tests.one_sided_p_values(null, [3, 3, 3])
    assert uneven == pytest.approx(1)
    assert even == pytest.approx(stats.multinomial.pmf([3, 3, 3], 9, [1 / 3] * 3))
    assert exact_tests.one_sided_p_values(null, [9, 0, 0]) == pytest.approx((1, 3 / 3**9))


def test_pooling_one_list_is_that_list_and_two_are_their_convolution():
    one, other = [1, 3], [2, 2]
    null = exact_tests.null_distribution_of_gaps(one)
    assert exact_tests.pooled_one_sided_p_values([null], [one]) == pytest.approx(
        exact_tests.one_sided_p_values(null, one)
    )
    # Gaps of a span of four: 1+3, 2+2, 3+1, with sums of squares 10, 8, 10. Two such: 16 once, 18 four, 20 four times in nine.
    assert exact_tests.pooled_one_sided_p_values([null, null], [one, other]) == pytest.approx((5 / 9, 8 / 9))
