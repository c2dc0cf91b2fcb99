"""Each code has the words that are its own: two that changed places would be read the wrong way round."""

import re

import pytest

from helpers.derive.codes import ABSENT, ATTENDED, AWAY, CAME, CODES, DIRECTIONS, GRADES, TRACKS
from helpers.derive.reports import KINDS


@pytest.mark.parametrize("track", TRACKS)
def test_a_track_is_named_by_the_words_of_its_code(track):
    assert set(track.split("_")) <= set(re.findall("[a-z]+", TRACKS[track].lower()))


def test_grades_stand_best_first_and_say_what_they_rest_on():
    assert list(GRADES) == ["A", "B", "C", "D"]
    said = {"A": "two or more independent", "B": "less than that", "C": "only what was said before", "D": "stays open"}
    assert {grade: words for grade, words in said.items() if words not in GRADES[grade]} == {}


def test_directions_and_attendance_have_their_own_words_and_sides():
    assert {name: code.label for name, code in DIRECTIONS.items()} == {
        "engage": "towards",
        "neutral": "neither",
        "disengage": "away",
    }
    assert [DIRECTIONS[name].role for name in ("engage", "disengage")] == [CAME, AWAY]
    assert all(CODES[name].role == CAME for name in ATTENDED) and all(CODES[name].role == AWAY for name in ABSENT)
    assert set(ATTENDED) == {"present", "observer"} and all(name.startswith("absent") for name in ABSENT)


def test_an_organiser_is_believed_as_a_ministry_and_both_before_all_others():
    """Rule 2 of the order of reports."""
    ranked = sorted(KINDS, key=lambda kind: KINDS[kind])
    assert KINDS["organiser"] == KINDS["ministry"] and ranked[:4] == ["copy", "analysis", "press", "wire"]
