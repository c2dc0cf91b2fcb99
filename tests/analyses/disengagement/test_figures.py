"""Figures of one member are drawn for any member, in both layouts, with every mark told and linked."""

from types import SimpleNamespace

import pytest

import helpers
from helpers.analyses.disengagement import (
    figures,
    figures_members,
    figures_steps,
    figures_ways,
    measures,
    steps,
    text,
    text_steps,
    text_ways,
    ways,
)
from helpers.analyses.disengagement.figures import _colour
from helpers.analyses.disengagement.figures_members import _share_colour
from helpers.derive.codes import AWAY, CAME
from helpers.display import style
from helpers.display.figures import drawn, figure_data, figure_svg
from helpers.display.finding import Finding

STATES = ["ARM", "AZE", "BLR", "GEO", "KAZ", "KGZ", "RUS", "TJK", "UZB"]


@pytest.fixture(scope="module")
def published():
    return helpers.open_record()


def drawings(record):
    """Every figure of the notebooks on one member, or the sentence in its place."""
    yield drawn(figures.plot_who_came, record, missing="None.", **text.who_came_texts(record))
    quarters, marks = steps.by_quarter(record), ways.focal_marks(record)
    yield drawn(figures_steps.plot_steps, quarters, record, missing="None.", **text_steps.steps_texts(record))
    yield drawn(figures_ways.plot_ways, marks, record, missing="None.", **text_ways.ways_texts(record))
    table = measures.compare_members(record)
    yield drawn(figures_members.plot_before_since, table, missing="None.", **text_steps.before_since_texts(record))


@pytest.mark.parametrize("state", STATES)
def test_every_member_has_its_figures_in_both_layouts(published, state):
    for figure in drawings(published.rescoped(focus=state)):
        if isinstance(figure, Finding):
            assert state in {"AZE", "GEO"}
            continue
        for one in (figure, figure.narrow()):
            assert len(figure_data(one)) > 1
            one.canvas.draw()


def test_marks_of_who_came_are_the_cells_of_the_record(published):
    figure = figures.plot_who_came(published, **text.who_came_texts(published))
    held = published.held[published.held["iso3"].isin(measures.members_today(published))]
    assert len(figure.marks) == len(held)
    roles = held["code"].map(measures.role_of)
    data = figure_data(figure)
    points = data[data["kind"] == "point"]
    assert (points["label"] == figures.WORDS[CAME]).sum() == (roles == CAME).sum()
    assert (points["label"] == figures.WORDS[AWAY]).sum() == (roles == AWAY).sum()
    address = figure.marks[0][1]
    assert address.startswith("exercises/")
    assert any(
        text.startswith("Echelon 2022") and "Armenia: stayed away (declared)" in text for text, _ in figure.marks
    )
    assert figure_svg(figure, "x").count('class="mark"') == len(held)


def test_a_narrow_sheet_draws_the_same_marks_in_storeys(published):
    wide = figures.plot_who_came(published, **text.who_came_texts(published))
    narrow = wide.narrow()
    assert len(narrow.axes) > len(wide.axes) == 1
    assert sorted(narrow.marks) == sorted(wide.marks)


def test_a_strip_holds_one_member(published):
    figure = figures.plot_member_strip(published, "TJK", **text.strip_texts(published, "TJK"))
    assert len(figure.marks) == len(published.of("TJK"))


def test_the_marks_of_who_came_are_drawn_together(published):
    """A mark that is an artist of its own makes the picture slow to draw: `make bench` says how slow."""
    figure = figures.plot_who_came(published, **text.who_came_texts(published))
    assert len(figure.marks) > 4 * len(figure.findobj())


@pytest.mark.parametrize("came, known, blue", [(2, 4, True), (3, 4, True), (1, 4, False), (0, 0, True)])
def test_half_and_more_is_blue(came, known, blue):
    counts = SimpleNamespace(came=came, known=known)
    assert _colour(SimpleNamespace(since=counts), "since") == (style.BLUE if blue else style.RED)
    if known:
        row = SimpleNamespace(before=came / known, since=came / known)
        assert _share_colour(row, "since") == (style.BLUE if blue else style.RED)
        assert _share_colour(row, "before") == (style.PALE_BLUE if blue else style.PALE_RED)
