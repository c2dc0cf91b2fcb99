"""The questions on universes made by hand, where the answer is plain."""

import numpy as np
import pytest
from universes import STOPPED, universe_of

from helpers.analyses.robustness import findings
from helpers.analyses.robustness.findings import QUESTIONS, UNKNOWN
from helpers.statistics.exact_tests import rate_ratio


def ask(name, universe):
    value, answer = QUESTIONS[name].measure(universe)
    return float(value), int(answer)


def test_a_member_that_stopped_has_every_finding_of_one_that_stopped():
    assert findings.find_findings(STOPPED) == {
        "since": 1,
        "change": 1,
        "break": 1,
        "ties": 1,
        "others": 1,
        "promises": 1,
    }
    assert ask("since", STOPPED) == (0, 1)
    assert ask("change", STOPPED) == (-1, 1)
    assert ask("break", STOPPED) == (pytest.approx(273 / 365.25), 1)
    assert ask("ties", STOPPED) == (0, 1)
    assert ask("others", STOPPED) == (1, 1)


def test_a_member_that_kept_coming_is_not_asked_what_one_that_stopped_is():
    steady = universe_of(np.ones((12, 3)))
    assert findings.find_findings(steady) == {"since": 2, "others": 1, "promises": 1}


def test_a_member_that_returned_rose():
    returned = universe_of([[0, 1, 1]] * 6 + [[1, 1, 1]] * 6)
    found = findings.find_findings(returned)
    assert found["since"] == 2 and found["change"] == 2 and found["break"] == 2


def test_a_member_that_was_never_expected_has_no_finding_on_attendance():
    absent = universe_of(np.ones((12, 3)), focus="ZZZ")
    assert set(findings.find_findings(absent)) <= {"others", "pace", "promises"}
    assert ask("since", absent)[1] == UNKNOWN


def test_a_break_before_the_day_is_no_break_within_a_year_after_it():
    early = universe_of([[1, 1, 1]] * 5 + [[0, 1, 1]] * 7)
    years, answer = ask("break", early)
    assert years == pytest.approx(-92 / 365.25, abs=0.01) and answer == 0


def test_a_break_is_no_finding_in_a_series_that_may_never_have_changed():
    once = universe_of([[1, 1, 1]] * 6 + [[0, 1, 1]] + [[1, 1, 1]] * 5)
    assert ask("break", once)[1] == 0


def test_exercises_of_one_day_are_one_place_for_a_break():
    days = np.array(["2017-10-01"] * 6 + ["2018-10-01"] * 6, "datetime64[D]")
    values = [[1, 1, 1]] * 6 + [[1, 1, 1]] + [[0, 1, 1]] * 5
    years, _ = ask("break", universe_of(values, day=days))
    assert years == pytest.approx(273 / 365.25)


def test_too_little_is_unknown_and_no_answer():
    thin = universe_of([[1, 1, 1]] * 6 + [[0, 1, 1]] * 3 + [[np.nan, 1, 1]] * 3)
    assert ask("since", thin)[1] == UNKNOWN and ask("ties", thin)[1] == UNKNOWN
    assert ask("pace", thin._replace(earlier=2018))[1] == UNKNOWN


def test_lines_are_strict():
    one_in_ten = universe_of([[1, 1, 1]] * 6 + [[1, 1, 1]] + [[0, 1, 1]] * 9)
    assert ask("since", one_in_ten) == (0.1, 0)
    nine_in_ten = universe_of(np.ones((20, 3)), held=np.arange(20) > 1)
    assert ask("promises", nine_in_ten) == (0.9, 0)
    assert ask("change", universe_of([[1, 1, 1]] * 6 + [[1, 1, 1], [0, 1, 1]] * 3)) == (-0.5, 0)


@pytest.mark.parametrize("before, after", [(6, 6), (4, 30), (30, 4), (12, 20), (60, 60), (5, 0)])
def test_the_pace_agrees_with_the_exact_test_of_the_calendar(before, after):
    year = np.array([2012] * before + [2018] * after)
    crowded = universe_of(np.ones((before + after, 3)), year=year, turn=2018, last_year=2023)
    exact = rate_ratio(before, 6, after, 6)
    value, answer = ask("pace", crowded)
    assert value == pytest.approx(exact["ratio"])
    low, high = exact["low"], exact["high"]
    alike = findings.ALIKE[0] <= low and high <= findings.ALIKE[1]
    assert answer == (1 if high < 1 else 2 if low > 1 else 0 if alike else findings.UNSURE)


def test_a_pace_that_only_few_exercises_keep_from_differing_is_no_finding():
    def paced(before, after, **more):
        year = np.array([2012] * before + [2018] * after)
        crowded = universe_of(np.ones((before + after, 3)), year=year, turn=2018, last_year=2023)
        return crowded._replace(**more)

    few, many = paced(6, 6), paced(60, 60)
    assert "pace" not in findings.find_findings(few) and findings.find_findings(many)["pace"] == 0
    parts = np.array([f"joint-{at // 10}" for at in range(120)])
    assert ask("pace", many._replace(joint=parts))[1] == findings.UNSURE  # twelve joint exercises of ten parts each
    held = np.ones((2, 120), bool)
    held[1, 60:] = False
    assert QUESTIONS["pace"].measure(many._replace(held=held))[1].tolist() == [0, 1]


def test_the_exercise_after_a_break_is_told_apart_from_the_break():
    days = np.array([f"{year}-10-01" for year in range(2010, 2024)], "datetime64[D]")
    gap = universe_of([[1, 1, 1]] * 6 + [[np.nan, 1, 1]] * 2 + [[0, 1, 1]] * 6, day=days)
    assert ask("break", gap)[1] == 1  # the change may lie years before: the finding is about the exercise missed
    assert ask("break", universe_of([[0, 1, 1]] * 8 + [[1, 1, 1]] * 6, day=days))[1] == 2


def test_many_universes_at_once_are_measured_like_each_alone():
    rng = np.random.default_rng(3)
    values = rng.choice([0.0, 1.0, np.nan], (5, 12, 3), p=[0.4, 0.5, 0.1])
    together = STOPPED._replace(value=values)
    for name, question in QUESTIONS.items():
        value, answer = (np.broadcast_to(one, 5) for one in question.measure(together))
        for at in range(5):
            one = question.measure(STOPPED._replace(value=values[at]))
            assert (value[at], answer[at]) == pytest.approx((float(one[0]), int(one[1])), nan_ok=True), name


def test_the_corners_bound_every_way_of_deciding_what_is_not_clear():
    rng = np.random.default_rng(5)
    values = rng.choice([0.0, 1.0, np.nan], (12, 3), p=[0.3, 0.4, 0.3])
    universe = STOPPED._replace(value=values)
    gaps = np.isnan(values)
    fills = np.where(gaps, rng.integers(0, 2, (400, 12, 3)), values)
    for name in ("since", "change", "ties", "others"):
        corner = QUESTIONS[name].measure(findings.fill_corners(universe))[0]
        filled = QUESTIONS[name].measure(universe._replace(value=fills))[0]
        assert corner.min() <= filled.min() + 1e-12 and filled.max() <= corner.max() + 1e-12, name
