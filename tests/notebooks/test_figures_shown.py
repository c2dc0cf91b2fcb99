"""Every figure that a notebook shows: nothing cut off or tiny at either width, every mark told, every link a page's address."""

import copy
import re
from xml.etree import ElementTree

import numpy as np
import pytest
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.figure import Figure
from matplotlib.text import Text
from outcomes import outcomes
from support import ROOT

from helpers.display import style
from helpers.display.figures import SVG, figure_data, figure_png, figure_svg, figure_text

NOTEBOOKS = sorted([*(ROOT / "notebooks").rglob("*.ipynb"), *(ROOT / "examples").glob("*.ipynb")])
SMALLEST = 9  # pixels: below that a phone's reader gives up
PAGE = re.compile(
    r"(exercises|members|series)/[\w.-]+\.html(#[\w.-]+)?|(places|timeline[\w-]*|compare)\.html(#[\w.-]+)?"
)


def shown(path):
    changed = {"DATA": str(path.parent / "peace-mission")} if path.parent.name == "examples" else {}
    values = outcomes(path, **changed).items()
    return {f"{path.stem}, {cell}": value for cell, value in values if isinstance(value, Figure)}


@pytest.fixture(scope="module", params=NOTEBOOKS, ids=lambda path: path.stem)
def figures(request):
    found = shown(request.param)
    if not found:
        pytest.skip("shows no figure")
    return found


def texts_of(figure):
    figure.draw_without_rendering()
    return [text for text in figure.findobj(Text) if text.get_visible() and text.get_text().strip()]


@pytest.mark.parametrize("narrow", [False, True], ids=["wide", "phone"])
def test_no_text_is_cut_off_or_tiny(figures, narrow):
    for name, drawn in figures.items():
        figure = drawn.narrow() if narrow else drawn
        width, height = figure.get_size_inches() * figure.dpi
        assert round(width) == (style.NARROW if narrow else style.WIDE).width, name
        for text in texts_of(figure):
            box = text.get_window_extent()
            assert box.x0 >= -1 and box.x1 <= width + 1, (name, text.get_text())
            assert box.y0 >= -1 and box.y1 <= height + 1, (name, text.get_text())
            assert text.get_fontsize() * style.DPI / 72 >= SMALLEST, (name, text.get_text())


def test_titles_are_findings_and_footers_say_how_far_sources_reach(figures):
    for name, figure in figures.items():
        title = figure.texts[0].get_text().replace("\n", " ")
        assert len(title.split()) <= 20 and not title.endswith("."), (name, title)
        assert re.search(r"\d{4}", figure.texts[-1].get_text()), name


def _move_bar(ax):
    for patch in ax.patches:
        patch.set_height(2 * patch.get_height() + 1)


def _move_point(ax):
    group = next(group for group in ax.collections if isinstance(group, PathCollection))
    group.set_offsets(np.asarray(group.get_offsets(), float) * 1.1 + np.array([0, 0.25]))


def _move_segment(ax):
    group = next(group for group in ax.collections if isinstance(group, LineCollection))
    group.set_segments([segment + 1 for segment in group.get_segments()])


def _move_line(ax):
    line = ax.lines[0]
    line.set_ydata(np.asarray(line.get_ydata(), float) + 1)


def _reword(ax):
    ax.texts[0].set_text("another label")


CHANGES = {
    "bar": (_move_bar, lambda ax: ax.patches and hasattr(ax.patches[0], "set_height")),
    "point": (_move_point, lambda ax: any(isinstance(group, PathCollection) for group in ax.collections)),
    "segment": (_move_segment, lambda ax: any(isinstance(group, LineCollection) for group in ax.collections)),
    "line": (_move_line, lambda ax: ax.lines),
    "label": (_reword, lambda ax: ax.texts),
}


def test_whatever_is_changed_in_a_figure_changes_its_text(figures):
    for name, figure in figures.items():
        before = figure_text(figure)
        assert len(figure_data(figure)) > 2, name
        for kind, (change, possible) in CHANGES.items():
            figure_ = copy.deepcopy(figure)
            ax = next((ax for ax in figure_.axes if possible(ax)), None)
            if ax is not None:
                change(ax)
                assert figure_text(figure_) != before, (name, kind)


def test_marks_lead_to_pages_and_say_what_they_stand_for(figures):
    for name, figure in figures.items():
        for said, address in getattr(figure, "marks", []):
            assert said.strip() and not re.search(r"\bnan\b|NaT", said), (name, said)
            assert not address or PAGE.fullmatch(address), (name, address)
        root = ElementTree.fromstring(figure_svg(figure, "name"))
        anchors = list(root.iter(f"{{{SVG}}}a"))
        assert len(anchors) == len(getattr(figure, "marks", [])), name
        assert all(anchor.find(f"{{{SVG}}}title").text for anchor in anchors), name


def test_the_same_figure_gives_the_same_files_and_tells_its_size(figures):
    for name, figure in figures.items():
        png, metadata = figure_png(figure)
        assert png == figure_png(figure)[0], name
        assert len(metadata["alt"]) > 40, name
        assert figure_svg(figure, "name") == figure_svg(figure, "name"), name
