"""Each headline finding on small universes worked out by hand."""

import numpy as np
import pytest
from universes import STOPPED, universe_of

from helpers.analyses.robustness import findings


def test_headlines_on_a_clean_break():
    assert findings.late(STOPPED) == (0, True)
    assert findings.fall(STOPPED) == (1, True)
    years, stands = findings.turning(STOPPED)
    assert years == pytest.approx(273 / 365.25) and stands
    assert findings.weakest(STOPPED) == (0, True)
    assert findings.strongest(STOPPED) == (1, True)
    assert findings.pace(STOPPED) == (1, True)
    assert findings.delivered(STOPPED) == (1, True)


def test_headlines_where_nothing_changed():
    steady = universe_of(np.ones((12, 3)))
    assert findings.late(steady) == (1, False)
    assert findings.fall(steady) == (0, False)
    assert not findings.turning(steady)[1]
    assert findings.weakest(steady) == (1, False)


def test_too_little_is_told_as_nan_and_does_not_stand():
    thin = universe_of([[1, 1, 1]] * 6 + [[0, 1, 1]] * 3 + [[np.nan, 1, 1]] * 3)
    assert np.isnan(findings.late(thin)[0]) and not findings.late(thin)[1]
    assert np.isnan(findings.weakest(thin)[0])
    assert np.isnan(findings.late(thin._replace(focus="ZZZ"))[0])
    assert np.isnan(findings.pace(thin._replace(turn=2012))[0])


def test_one_year_before_the_turn_is_enough_and_none_is_not():
    crowded = universe_of([[1, 1, 1]] * 8, turn=2013, year=np.array([2012] * 4 + [2013] * 4), last_year=2013)
    assert findings.pace(crowded) == (1, True)
    assert np.isnan(findings.pace(crowded._replace(turn=2012))[0])


def test_a_number_on_its_threshold_does_not_bear_the_headline():
    one_in_ten = universe_of([[1, 1, 1]] * 6 + [[1, 1, 1]] + [[0, 1, 1]] * 9)
    assert findings.late(one_in_ten) == (0.1, False)
    none_lost = universe_of(np.ones((20, 3)), held=np.arange(20) > 1)
    assert findings.delivered(none_lost) == (0.9, False)
    assert findings.fall(universe_of([[1, 1, 1]] * 6 + [[1, 1, 1], [0, 1, 1]] * 3)) == (0.5, False)
