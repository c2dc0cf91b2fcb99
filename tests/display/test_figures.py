"""The text of a figure is read back from its artists, or refused."""

from xml.etree import ElementTree

import matplotlib as mpl
import pandas as pd
import pytest
from matplotlib.figure import Figure

from helpers.display import figures as show
from helpers.display import style


@pytest.mark.parametrize("dates", [True, False], ids=["as dates", "as numbers with a date's format"])
def test_an_axis_of_dates_is_told_in_dates(dates):
    figure = Figure()
    ax = figure.subplots()
    day = pd.Timestamp("2024-10-01")
    ax.plot([day if dates else mpl.dates.date2num(day)], [1])
    if not dates:
        ax.xaxis.set_major_formatter(mpl.dates.DateFormatter("%Y-%m-%d"))
    assert "2024" in show.figure_data(figure).loc[0, "x"]


@pytest.mark.parametrize("draw", ["fill_between", "fill"])
def test_what_cannot_be_told_is_not_drawn_in_silence(draw):
    figure = Figure()
    getattr(figure.subplots(), draw)([0, 1, 2], [1, 2, 1])
    with pytest.raises(TypeError, match="does not tell"):
        show.figure_data(figure)


def test_an_empty_figure_has_no_marks():
    assert show.figure_data(Figure()).empty


def test_the_alternative_text_is_made_of_sentences():
    figure, _ = style.sheet(100, "It rose", "Exercises a year", footer="Sources to 2025.", left=90, right=20, bottom=34)
    assert figure.get_label() == "It rose. Exercises a year. Sources to 2025."


def test_identifiers_and_what_leads_to_them_are_a_figure_s_own():
    root = ElementTree.fromstring(
        '<svg><g id="a"/><use href="#a" fill="#b" title="-a"/><path clip-path="url(#a)"/></svg>'
    )
    show._keep_apart(root, "who")
    assert [one.attrib for one in root] == [
        {"id": "who-a"},
        {"href": "#who-a", "fill": "#b", "title": "-a"},
        {"clip-path": "url(#who-a)"},
    ]
