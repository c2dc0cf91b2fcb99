"""`refresh` writes anew all that is committed and generated, in an order in which nothing is stale."""

from pathlib import Path

import pytest
from support import ROOT

from helpers.commands import refresh


@pytest.fixture
def said(monkeypatch):
    """What would be run, as lines; a line that holds the last word of `fails` fails with 3."""
    lines = []
    fails = []

    def run(*words):
        lines.append(" ".join(words))
        return 3 if any(word in lines[-1] for word in fails) else 0

    monkeypatch.setattr(refresh, "_run", run)
    return lines, fails


def test_data_are_checked_first_and_the_readme_comes_after_the_notebooks(said):
    lines, _ = said
    assert refresh.main() == 0
    assert lines[:2] == ["-m helpers check", "-m helpers codebook"]
    assert lines[-1] == "site readme"
    executed = {Path(line.split()[-1]) for line in lines[2:-1]}
    committed = {path.relative_to(ROOT) for path in ROOT.rglob("*.ipynb") if path.relative_to(ROOT).parts[0] != "build"}
    assert executed == {path for path in committed if path.parts[0] in {"notebooks", "examples"}}
    assert any(path.parts[1] == "methods" for path in executed)


@pytest.mark.parametrize(("fault", "left"), [("check", 0), ("codebook", 0), ("04_exercise_cadence", 9)])
def test_nothing_is_written_after_a_step_that_failed(said, fault, left):
    lines, fails = said
    fails.append(fault)
    assert refresh.main() == 3
    assert "site readme" not in lines
    assert sum("nbconvert" in line for line in lines) >= left
