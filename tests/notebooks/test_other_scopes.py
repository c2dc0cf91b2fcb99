"""Every notebook runs on another scope and speaks in whole sentences."""

import ast
import re

import nbformat
import pytest
from IPython.display import HTML
from matplotlib.figure import Figure
from support import ROOT

from helpers.commands.outcomes import outcomes
from helpers.display import figures as show
from helpers.display.finding import Finding

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
SCOPES = {  # one without the member looked at, one without an umbrella, one with other classes
    "gone": {"SINCE": 2013, "CLASSES": ["exercise"], "UNIT": "umbrella", "GRADE": "B", "FOCUS": "UZB"},
    "early": {"UNTIL": 2005, "FOCUS": "KGZ"},
    "operations": {"CLASSES": ["operation", "staff_event"], "FOCUS": "BLR", "SINCE": 2018},
}
NOTHING = re.compile(r"\b(nan|NaN|NaT|<NA>|inf)\b|\b0 of 0\b|,[.;,]")


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_leave_their_scope_to_the_data_package(path):
    (cell,) = (one for one in nbformat.read(path, as_version=4).cells if "parameters" in one.metadata.get("tags", []))
    assert not ast.parse(cell.source).body


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_notebook_speaks_in_whole_sentences_on_another_scope(path, scope):
    for cell, value in outcomes(path, **SCOPES[scope]).items():
        if isinstance(value, Finding):
            assert not NOTHING.search(value.text), (cell, value.text)
        elif isinstance(value, Figure):
            assert not NOTHING.search(show.figure_text(value)), (cell, value.get_label())
        elif isinstance(value, HTML):
            assert not NOTHING.search(re.sub("<[^>]+>", " ", value.data)), cell
