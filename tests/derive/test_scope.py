"""A scope narrows the record, or is refused in one line, by whichever door it comes."""

import datetime
from types import SimpleNamespace

import pytest

import helpers
from helpers.derive.scope import Scope
from helpers.loaders.tables import read_scope

DEFAULTS = read_scope()


@pytest.fixture(scope="module")
def record():
    return helpers.open_record()


def test_a_narrower_scope_holds_fewer_exercises(record):
    assert not record.register["is_umbrella"].any()
    assert record.register["is_own"].all()
    late = record.rescoped(since=2022)
    assert late.register["year"].min() == 2022
    assert set(late.attendance["exercise_id"]) == set(late.register["exercise_id"])
    once = record.in_unit("umbrella")
    assert once.register["umbrella_id"].is_unique
    assert len(once.register) < len(record.register)
    assert set(record.rescoped(classes=("operation",)).register["event_type"]) == {"operation"}


def test_a_stricter_grade_makes_weaker_cases_unknown(record):
    loose, strict = record.attendance, record.rescoped(grade="A").attendance
    changed = loose["code"] != strict["code"]
    assert changed.any()
    assert set(loose.loc[changed, "grade"]) <= {"B", "C", "D"}
    assert set(strict.loc[changed, "code"]) == {"unknown"}


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({"FOKUS": "UZB"}, "'FOKUS' is not one of SINCE, UNTIL, CLASSES, UNIT, GRADE, FOCUS, SPLIT"),
        ({"UNIT": "year"}, "UNIT is 'year', which is not one of component, umbrella"),
        ({"GRADE": "E"}, "GRADE is 'E', which is not one of A, B, C, D"),
        ({"CLASSES": ["drill"]}, "CLASSES names 'drill', which is not one of"),
        ({"CLASSES": 5}, "CLASSES is 5, which is no list"),
        ({"SINCE": "2013.5"}, "SINCE is '2013.5', which is no year"),
        ({"SINCE": True}, "SINCE is 'True', which is no year"),
        ({"SINCE": "٢٠١٣"}, "which is no year"),
        ({"SINCE": 2020, "UNTIL": 2013}, "SINCE is 2020, which is after UNTIL, 2013"),
        ({"SINCE": 1990, "UNTIL": 1991}, "no exercise of class exercise is left between 1990 and 1991"),
        ({"SPLIT": "03.09.2022"}, "SPLIT is '03.09.2022', which is no day such as 2022-09-13"),
        ({"SPLIT": "2022-W37"}, "which is no day"),
        ({"FOCUS": "FRA"}, "FOCUS is 'FRA', which was never bound; states that were: ARM, AZE"),
        ({"FOCUS": ""}, "FOCUS is '', which is no text"),
        ({"SINCE": 2026}, "is reported as held"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(parameters, words):
    with pytest.raises(ValueError, match=r"^scope: ") as caught:
        helpers.open_record(parameters)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_notebook_s_globals_give_a_scope_by_their_names_in_capitals():
    names = {
        "SINCE": "2013",
        "FOCUS": "UZB",
        "CLASSES": "exercise, operation",
        "_": 1,
        "In": [],
        "record": 2,
        "UNIT": None,
    }
    scope = helpers.open_record(names).scope
    assert (scope.since, scope.focus, scope.classes) == (2013, "UZB", ("exercise", "operation"))
    assert scope.unit == DEFAULTS["unit"]


def test_a_notebook_says_in_a_line_that_its_scope_is_another(monkeypatch):
    said = []
    shell = SimpleNamespace(display_pub=SimpleNamespace(publish=said.append))
    monkeypatch.setattr("IPython.get_ipython", lambda: shell)
    helpers.open_record({"FOCUS": "ARM", "UNIT": None})
    assert said == []
    helpers.open_record({"FOCUS": "KAZ", "CLASSES": "exercise,operation"})
    (shown,) = said
    assert shown["text/plain"].startswith(
        "Another scope than the record's own: CLASSES is exercise,operation, not exercise; FOCUS is KAZ, not ARM. What "
    )


def test_a_day_may_be_a_date_and_names_may_be_in_lower_case():
    assert Scope.of({"SPLIT": datetime.date(2022, 9, 13)}, DEFAULTS).split == "2022-09-13"
    assert helpers.open_record(focus="KAZ").focus == "KAZ"


def test_a_focus_that_was_never_expected_is_kept_among_the_states():
    record = helpers.open_record(focus="GEO")
    assert not record.attendance.loc[record.attendance["iso3"] == "GEO", "expected"].any()
    assert record.states[-1] == "GEO"
    assert record.of("GEO").empty


def test_meetings_are_a_second_record(record):
    met = record.meetings()
    assert set(met.register["event_type"]) == {"meeting"}
    own = met.of("ARM").set_index("exercise_id")
    assert own.at["summit-2025", "code"].startswith("absent")
    assert own.at["summit-2022-5", "code"] == "present"  # it was the host


def test_years_without_meetings_give_empty_frames():
    met = helpers.open_record(since=2001, until=2002).meetings()
    assert len(met.register) == len(met.attendance) == len(met.held) == 0


def test_a_period_and_a_unit_keep_the_rest_of_a_record(record):
    label = list(record.periods)[-1]
    part = record.in_period(label)
    assert part.register["year"].between(*record.periods[label]).all()
    assert part.data is record.data
    assert record.in_both_units()["component"].register.equals(record.register)
    assert len(record.whole().register) > len(record.register)
    assert "planned" not in set(record.without_planned().register["status"])
