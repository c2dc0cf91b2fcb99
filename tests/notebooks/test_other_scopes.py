"""Every notebook runs on another scope and speaks in whole sentences."""

import re

import pytest
from IPython.display import HTML, Markdown
from matplotlib.figure import Figure
from support import ROOT

from helpers.commands import rescope
from helpers.display import figures as show

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
START = ROOT / "notebooks" / "00_start_here.ipynb"
DEFAULTS = rescope.parameters(START)
SCOPES = {  # one without the member looked at, one without an umbrella, one with other classes
    "gone": ["SINCE=2013", "CLASSES=exercise", "UNIT=umbrella", "GRADE=B", "FOCUS=UZB"],
    "early": ["UNTIL=2005", "FOCUS=KGZ"],
    "operations": ["CLASSES=operation,staff_event", "FOCUS=BLR", "SINCE=2018"],
}
NOTHING = re.compile(r"\b(nan|NaN|NaT|<NA>|inf)\b|\b0 of 0\b|,[.;,]")


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_share_their_scope(path):
    own = rescope.parameters(path)
    assert own.items() <= DEFAULTS.items()


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_notebook_speaks_in_whole_sentences_on_another_scope(path, scope):
    for cell, value in rescope.outcomes(path, **rescope.scope_of(SCOPES[scope], DEFAULTS)).items():
        if isinstance(value, Markdown):
            assert not NOTHING.search(value.data), (cell, value.data)
        elif isinstance(value, Figure):
            assert not NOTHING.search(show.figure_text(value)), (cell, value.get_label())
        elif isinstance(value, HTML):
            assert not NOTHING.search(re.sub("<[^>]+>", " ", value.data)), cell
