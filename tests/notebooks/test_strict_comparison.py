"""The strict comparison of outputs fails when a datum, a mark or a sentence changes."""

import os
import shutil
import subprocess
import sys

import nbformat
import pytest
from support import ROOT

NOTEBOOKS = sorted([*(ROOT / "notebooks").rglob("*.ipynb"), *(ROOT / "examples").glob("*.ipynb")])
PLANTED = "notebooks/04_exercise_cadence.ipynb"


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def path(request):
    return request.param


def nbval(folder, name):
    """Exit code of a strict nbval run of one notebook in a copy of the project."""
    environment = os.environ | {"PYTHONPATH": str(folder / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [
        sys.executable,
        "-m",
        "pytest",
        "--nbval",
        "-p",
        "no:cacheprovider",
        "-n0",
        "-q",
        name,
    ]
    run = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert run.returncode in (0, 1), run.stdout + run.stderr
    return run.returncode


@pytest.fixture(scope="module")
def copy_of_the_project(tmp_path_factory):
    """A copy whose PLANTED notebook ends with the figure of exercises a year: enough to plant faults in, and quickly run."""
    folder = tmp_path_factory.mktemp("copy")
    for name in ("src", "data", "notebooks"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    notebook = nbformat.read(folder / PLANTED, as_version=4)
    notebook.cells = notebook.cells[: [cell.id for cell in notebook.cells].index("by-year") + 1]
    nbformat.write(notebook, folder / PLANTED)
    return folder


def changed(path, before, after):
    text = path.read_text(encoding="utf-8")
    assert before in text, before
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    return lambda: path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("place", "before", "after"),
    [
        (None, "", ""),
        (
            "data/exercises.csv",
            "indestructible-brotherhood-2024,,indestructible-brotherhood,exercise,",
            "indestructible-brotherhood-2024,,indestructible-brotherhood,staff_event,",
        ),
        ("src/helpers/analyses/cadence/figures.py", "ax.bar(years, once,", "ax.bar(years, once + 1,"),
        ("src/helpers/analyses/cadence/figures.py", 'label="further parts"', 'label="other parts"'),
        ("src/helpers/analyses/cadence/text.py", "Held exercises of each plan year", "Held drills of each plan year"),
        (PLANTED, "about as often as before", "about as seldom as before"),
    ],
    ids=["nothing", "datum", "bar", "label", "title", "stale sentence"],
)
def test_nbval_fails_when_something_shown_changes(copy_of_the_project, place, before, after):
    undo = changed(copy_of_the_project / place, before, after) if place else lambda: None
    try:
        assert nbval(copy_of_the_project, PLANTED) == (1 if place else 0)
    finally:
        undo()
