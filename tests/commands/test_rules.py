"""The rules page says what the docstrings say, each rule once, under an address of its own."""

import re

import pytest

from helpers.commands import rules
from helpers.loaders.tables import DATA


def test_every_rule_of_every_chapter_has_an_anchor_of_its_own():
    page = rules.rules_page()
    anchors = re.findall(r'<a id="([a-z]+-\d+)"></a>(\d+)\. ', page)
    assert len({anchor for anchor, _ in anchors}) == len(anchors) > 40
    assert all(anchor.endswith(f"-{number}") for anchor, number in anchors)


def test_a_rule_stands_on_one_line_and_whole():
    found = rules.rules_of("cells")
    assert list(found) == list(range(1, len(found) + 1))
    assert all(text.endswith(".") and "\n" not in text for text in found.values())
    assert "no rate counts it" in found[2]


def test_numbers_that_skip_are_refused(monkeypatch):
    monkeypatch.setattr(rules, "_docstring", lambda name: "Words.\n\n1. One.\n3. Three.\n")
    with pytest.raises(ValueError, match="numbered 1, 3"):
        rules.rules_of("cells")


def test_the_page_in_the_repository_is_the_one_that_the_docstrings_call_for():
    assert (DATA / "RULES.md").read_text(encoding="utf-8") == rules.rules_page()
