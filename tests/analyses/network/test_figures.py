import pytest
from small_networks import record_of

from helpers.analyses.network import (
    co_attendance,
    figures,
    figures_network,
    figures_visits,
    groups,
    text_figures,
    text_network,
    text_visits,
    visits,
)
from helpers.display.figures import figure_data, figure_svg, figure_text

MARKS = {"x-2010": "++++", "x-2011": "++?+", "x-2016": "-+++", "x-2017": "-+?+"}
HOSTS = {"x-2010": ("AAA",), "x-2011": ("BBB",), "x-2016": ("CCC",), "x-2017": ("BBB",)}


@pytest.fixture(scope="module")
def record():
    return record_of(MARKS, hosts=HOSTS)


@pytest.fixture(scope="module")
def drawn(record):
    ties = co_attendance.compute_ties(record)
    circle = groups.read_circle(record, ties, groups.last_known_period(record, ties))
    change = groups.compute_change(record, ties, circle)
    last_year, parts = text_network.graph_of_last_year(record), text_visits.visits_by_period(record)
    travel = visits.compute_visits(record)
    return {
        "ties": figures.plot_ties(ties, record, **text_figures.around_ties(record)),
        "change": figures.plot_change(change, record, **text_figures.around_change(record)),
        "network": figures_network.plot_network(last_year, record, **text_figures.around_network(record)),
        "visits": figures_visits.plot_visits(travel, parts, record, **text_figures.around_visits(record)),
    }


FIGURES = ["ties", "change", "network", "visits"]


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_is_told_whole_and_names_states(drawn, name):
    told = figure_text(drawn[name])
    assert "Ardenia" in told
    assert "AAA" not in told


@pytest.mark.parametrize("name", FIGURES)
@pytest.mark.parametrize("narrow", [False, True])
def test_no_text_is_smaller_than_nine_pixels_or_leaves_the_sheet(drawn, name, narrow):
    figure = drawn[name].narrow() if narrow else drawn[name]
    figure.canvas.draw()
    width, height = figure.canvas.get_width_height()
    texts = [
        *figure.texts,
        *(one for ax in figure.axes for one in (*ax.texts, *ax.get_xticklabels(), *ax.get_yticklabels())),
    ]
    for text in (one for one in texts if one.get_text() and one.get_visible()):
        assert text.get_size() * figure.dpi / 72 >= 9, text.get_text()
        box = text.get_window_extent()
        assert box.x0 >= -1 and box.x1 <= width + 1 and box.y0 >= -1 and box.y1 <= height + 1, text.get_text()


def test_squares_say_how_often_two_met_and_lead_to_a_member(drawn):
    svg = figure_svg(drawn["ties"], "ties")
    assert "Ardenia and Borland, since 2016: together at 0 of 2 exercises" in svg
    assert 'href="members/BBB.html"' in svg


def test_a_pair_of_which_nothing_is_known_is_an_empty_square():
    record = record_of({"x-2016": "++?", "x-2017": "+++", "y-2016": "?.?"}, periods=((2016, 2016), (2017, 2021)))
    ties = co_attendance.compute_ties(record)
    figure = figures.plot_ties(ties, record, **text_figures.around_ties(record))
    points = figure_data(figure).query("kind == 'point' and label == 'not clear'")
    assert {("Ardenia", "Costa"), ("Costa", "Ardenia")} <= set(zip(points["x"], points["y"], strict=True))


def test_absence_is_a_link_that_can_be_told_from_none(drawn):
    told = figure_text(drawn["network"])
    assert "segment Ardenia stayed away" in told
    assert "segment Costa not clear" in told


def test_the_change_is_a_line_a_group(drawn):
    data = figure_data(drawn["change"])
    lines = data[data["kind"] == "line"].groupby("label", sort=False)["y"].apply(list)
    assert lines.to_dict() == {
        "Ardenia with each of the other three": ["1", "0"],
        "the three with one another": ["1", "1"],
    }


def test_visits_are_counted_by_host_and_guest(drawn):
    data = figure_data(drawn["visits"])
    none = data[(data["panel"] == 2) & (data["label"] == "no visit")]
    assert {("Ardenia", "Borland"), ("Borland", "Ardenia")} <= set(zip(none["x"], none["y"], strict=True))
