"""Nothing in `helpers` knows whose exercises it counts: members, bodies, forces and series stand in the data alone."""

import ast
import re
import tokenize
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "helpers"
MODULES = sorted(SOURCE.rglob("*.py"))
PLAIN = {"other"}  # a series id that is a plain word; the names of classes are others


def vocabulary(data):
    """Words that only this organisation's record has: names and codes of its states and bodies, its joint forces."""
    bound = data["countries"][data["countries"]["iso3"].isin(data["memberships"]["iso3"])]
    words = {*bound["iso3"], *bound["name"], *bound["aliases"].explode().dropna(), *data["forces"]["force"]}
    words |= {*data["bodies"]["body"], *data["bodies"]["name"]}
    return {word for word in words if word}


def told(path):
    """All that a module says: its code and its comments, without the docstring that names the project."""
    with path.open("rb") as file:
        tokens = list(tokenize.tokenize(file.readline))
    names_project = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")), clean=False)
    return "\n".join(
        token.string for token in tokens if path.name != "__init__.py" or names_project not in token.string
    )


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_no_module_knows_the_organisation(path, data):
    text = told(path)
    found = [word for word in vocabulary(data) if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text)]
    assert found == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_no_module_singles_out_a_series_or_an_edition(path, data):
    known = (
        {*data["series"]["series_id"], *data["series"]["name"], *data["exercises"]["exercise_id"]}
        - PLAIN
        - {*data["exercises"]["event_type"]}
    )
    constants = {
        node.value for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Constant)
    }
    assert {value for value in constants if isinstance(value, str)} & known == set()
