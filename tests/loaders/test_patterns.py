"""Patterns say what Python's own matcher says, and none keeps a reader waiting."""

import itertools
import random
import re

import pytest
from support import RESOURCES

from helpers.loaders.patterns import Pattern, pattern_of

OWN = sorted(
    {
        field["constraints"]["pattern"]
        for resource in RESOURCES.values()
        for field in resource["schema"]["fields"]
        if "pattern" in field.get("constraints", {})
    }
)
TEXTS = ["".join(chars) for length in range(5) for chars in itertools.product("abc", repeat=length)]


@pytest.mark.parametrize("pattern", OWN)
def test_a_pattern_of_the_record_fits_what_pythons_matcher_fits(pattern, data):
    cells = {text for table in data.values() for column in table for text in table[column] if isinstance(text, str)}
    assert {text for text in cells if Pattern(pattern).fits(text)} == {
        text for text in cells if re.fullmatch(pattern, text)
    }


def test_any_pattern_fits_what_pythons_matcher_fits():
    draw = random.Random(20)

    def grown(depth):
        kind = draw.randrange(6) if depth else 0
        if kind < 2:
            return draw.choice(["a", "b", "[ab]", "[^a]", ".", r"\.", "c", r"\w"])
        if kind == 2:
            return grown(depth - 1) + grown(depth - 1)
        if kind == 3:
            return f"({grown(depth - 1)}|{grown(depth - 1)}|)"
        return f"(?:{grown(depth - 1)})" + draw.choice(["*", "+", "?", "{2}", "{1,2}", "{0,}", "{0}", ""])

    for pattern in {grown(4) for _ in range(400)}:
        found = Pattern(pattern)
        assert [text for text in TEXTS if found.fits(text)] == [
            text for text in TEXTS if re.fullmatch(pattern, text)
        ], pattern


class Counted(str):
    """A text that counts how many of its characters were looked at."""

    looked = 0

    def __iter__(self):
        for char in str(self):
            Counted.looked += 1
            yield char


@pytest.mark.parametrize(
    "pattern", ["(a+)+b", "(a|aa)+b", "(a*)*b", "a*a*a*a*a*a*a*a*b", "(a|a|a)*b", "((a+)*)*b", "(.*)*b"]
)
def test_a_hostile_pattern_looks_at_each_character_once(pattern):
    Counted.looked = 0
    assert not Pattern(pattern).fits(Counted("a" * 2000))
    assert Counted.looked == 2000
    assert len(Pattern(pattern).steps) < 50


@pytest.mark.parametrize(
    "pattern",
    [
        "(",
        ")",
        "[",
        "a{3,1}",
        "[z-a]",
        "(?=a)",
        "(?<!a)b",
        r"(a)\1",
        "a**",
        "^a$",
        "(" * 30 + ")" * 30,
        "*",
        "(?P<x>a)",
        "(?i)a",
        "a{,3}",
        "a*?",
        "x" * 201,
        "(a{999}){999}",
        r"\b",
    ],
)
def test_what_is_no_plain_pattern_is_refused_in_one_line(pattern):
    with pytest.raises(ValueError) as caught:
        pattern_of(pattern)
    assert str(caught.value).isprintable()


@pytest.mark.parametrize(
    "pattern, said",
    [
        ("ab*)c", "has a ')' that does not belong there"),
        ("*ab", "has a '*' that does not belong there"),
        ("(ab", "has a bracket that is not closed"),
        ("[z-a]", "has a class that cannot be: [z-a]"),
    ],
)
def test_what_is_wrong_with_a_pattern_is_named(pattern, said):
    with pytest.raises(ValueError, match=re.escape(said)):
        pattern_of(pattern)
