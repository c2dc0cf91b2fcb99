"""Coded values as the pages word them."""

import re

import pytest

from helpers.derive.codes import CODES, DIRECTIONS, TRACKS
from helpers.loaders.contract import read_package
from helpers.loaders.tables import DATA
from pages import words


@pytest.mark.parametrize(
    ("coded", "said"),
    [
        ("2024", "2024"),
        ("2024-10", "October 2024"),
        ("2024-10-01", "1 October 2024"),
        ("2012-08?", "August 2012 (uncertain)"),
        ("2012~", "about 2012"),
        ("2024-09-26/2024-10", "26 September 2024 to October 2024"),
    ],
)
def test_coded_dates_are_worded(coded, said):
    assert words.day(coded) == said


def test_every_published_number_and_code_has_words(data, tables):
    reports = data["reports"]
    for coded, scope in zip(reports["troops"], reports["troops_scope"], strict=True):
        if coded:
            assert re.fullmatch(
                r"(about |up to |more than )?[\d,]+( to [\d,]+)?( \(.+\))?", words.persons(coded, scope)
            ), coded
    contract = {r["name"]: {f["name"]: f for f in r["schema"]["fields"]} for r in read_package(DATA)["resources"]}
    assert set(TRACKS) == set(contract["events"]["track"]["constraints"]["enum"])
    assert set(DIRECTIONS) == set(contract["events"]["direction"]["constraints"]["enum"])
    assert set(words.FORCES) == set(contract["series"]["force"]["constraints"]["enum"])
    assert set(words.FIELDS) <= set(contract["reports"])
    assert set(CODES) >= set(tables["attendance"]["code"])
    assert len({code.glyph for code in CODES.values()}) == len(CODES)
