"""Every notebook runs on another member, another organisation and a bare record, and speaks in whole sentences there."""

import ast
import io
import re
import shutil

import nbformat
import pandas as pd
import pytest
from IPython.display import HTML
from matplotlib.figure import Figure
from outcomes import outcomes
from support import ROOT, bare_package

from helpers.display.figures import figure_text
from helpers.display.finding import Finding
from helpers.display.house_style import faults_of
from helpers.loaders.tables import load

NOTEBOOKS = sorted((ROOT / "notebooks").rglob("*.ipynb"))
SCOPES = {
    "a member that kept coming": {"FOCUS": "KAZ"},
    "one that left, in joint exercises and on firm evidence": {
        "FOCUS": "UZB",
        "UNIT": "umbrella",
        "GRADE": "B",
        "SINCE": 2004,
    },
    "one that was never expected": {"FOCUS": "GEO"},
    "few years": {"FOCUS": "KGZ", "UNTIL": 2005},
    "other kinds of event": {"CLASSES": ["operation", "staff_event"], "FOCUS": "BLR", "SINCE": 2018},
}
NOTHING = re.compile(r"\b(nan|NaN|NaT|<NA>|inf)\b|\b0 of 0\b|,[.;,]|\bNone of them is None\b")
CODES = set(load()["countries"]["iso3"])


def read(values):
    """Faults of what a notebook shows, by cell: of findings by the house style, of all else by words that mean nothing."""
    faults = {}
    for cell, value in values.items():
        if isinstance(value, Finding):
            own = faults_of(value, CODES) + NOTHING.findall(value.text)
        elif isinstance(value, Figure):
            own = NOTHING.findall(figure_text(value))
        elif isinstance(value, HTML):
            own = NOTHING.findall(re.sub("<[^>]+>", " ", value.data))
        else:
            own = [f"shows {type(value).__name__}"]
        if own:
            faults[cell] = own, value.text if isinstance(value, Finding) else ""
    return faults


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_leaves_its_scope_to_the_data_package(path):
    (cell,) = (one for one in nbformat.read(path, as_version=4).cells if "parameters" in one.metadata.get("tags", []))
    assert not ast.parse(cell.source).body


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_reads_right_on_another_scope(path, scope):
    assert read(outcomes(path, **SCOPES[scope])) == {}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_reads_right_for_the_second_organisation(path):
    values = outcomes(path, DATA=str(ROOT / "examples" / "peace-mission"))
    assert read(values) == {}
    said = " ".join(value.text for value in values.values() if isinstance(value, Finding))
    assert not re.search(r"\b(Armenia|CSTO)\b", said)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_on_a_record_of_nothing_but_exercises_and_members(path, tmp_path):
    assert read(outcomes(path, DATA=str(bare_package(tmp_path)))) == {}


def test_the_bare_record_is_bare(tmp_path):
    folder = bare_package(tmp_path)
    assert {path.stem for path in folder.glob("*.csv")} == {
        "bodies",
        "countries",
        "exercises",
        "memberships",
        "reports",
        "series",
        "sources",
    }
    data = load(folder)
    assert data["events"].empty and data["programmes"].empty
    assert len(data["sources"]) == 1
    pd.read_csv(io.StringIO((folder / "exercises.csv").read_text(encoding="utf-8")))
    shutil.rmtree(folder)
