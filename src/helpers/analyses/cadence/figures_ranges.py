"""Map of the places at which exercises were held."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import cos, radians
from typing import Any, NamedTuple, cast

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure

from helpers.display import lettering, outlines, style
from helpers.display.phrases import count, shorten, years

LABELLED = 10  # places that are named on the map
LETTERS = 32  # of a name on the map
PADDING = 3.5  # degrees around the places
RADIUS = 6.0  # pixels of a disc for one exercise; its area grows with their number
NARROW_RADIUS = 3.4
GAPS = (3, 9, 16, 25, 36, 50)  # pixels between a disc and its label; the nearest that is free is taken
APART = 5  # pixels that a label keeps from other discs, lest it be taken for theirs
WAYS = ((1, 0), (-1, 0), (1, 1), (1, -1), (-1, 1), (-1, -1), (0, 1), (0, -1))  # from a disc to its label


class Box(NamedTuple):
    """A rectangle in pixels, from the lower left corner of the map."""

    left: float
    lower: float
    right: float
    upper: float

    def meets(self, other: Box) -> bool:
        """Whether the two have a point in common."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.lower < other.upper
            and other.lower < self.upper
        )


class View(NamedTuple):
    """What the map shows, in degrees, and its size in pixels. A degree of longitude is as wide as in its middle latitude."""

    west: float
    south: float
    east: float
    north: float
    width: float

    @property
    def scale(self) -> float:
        """Pixels a degree of latitude."""
        return self.width / ((self.east - self.west) * cos(radians((self.south + self.north) / 2)))

    @property
    def height(self) -> float:
        """In pixels."""
        return (self.north - self.south) * self.scale

    def pixel(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Where a point of the globe lies on the map."""
        across = (longitude - self.west) / (self.east - self.west) * self.width
        return across, (latitude - self.south) * self.scale

    def degrees(self, across: float, up: float) -> tuple[float, float]:
        """The point of the globe at a pixel of the map."""
        return self.west + across / self.width * (self.east - self.west), self.south + up / self.scale


@style.responsive
def plot_ranges(ranges: pd.DataFrame, names: Mapping[str, str], title: str, subtitle: str, footer: str) -> Figure:
    """Draw a disc a place, its area the number of exercises held there, and name the places that were used most.

    On a phone the discs that would be named have a number, and the names stand below the map.

    Parameters
    ----------
    ranges
        As `ranges.compute_ranges` gives it; at least one place is drawn.
    names
        Names of states by code.
    title, subtitle, footer
        As `text_ranges.describe_ranges` gives them.

    Returns
    -------
    Figure
    """
    now = style.layout()
    drawn = ranges[ranges["drawn"]].reset_index(drop=True)
    named = drawn.head(LABELLED)
    view = _view(drawn, now.width - 2 * style.MARGIN)
    line = now.text * style.LEADING
    room = line * len(named) + 10 if now.narrow else 0
    figure, grid = style.sheet(
        view.height, title, subtitle, footer, left=style.MARGIN, right=style.MARGIN, bottom=room + 4
    )
    ax = grid[0, 0]
    ax.set(xlim=(view.west, view.east), ylim=(view.south, view.north), xticks=[], yticks=[])
    ax.spines["bottom"].set_visible(False)
    for kind, colour, width in ((outlines.BORDER, style.FAINT, 1.2), (outlines.COAST, style.MUTED, 0.9)):
        _draw_lines(ax, kind, colour, width)
    radii = (NARROW_RADIUS if now.narrow else RADIUS) * np.sqrt(drawn["exercises"].to_numpy(float))
    _draw_discs(ax, drawn, radii, names)
    if now.narrow:
        texts: list[tuple[str, ...]] = [(str(rank),) for rank in range(1, len(named) + 1)]
        _list_below(ax, named, names, line)
    else:
        texts = [
            (shorten(row.name, LETTERS), _state_and_count(row, names))
            for row in cast(Iterable[Any], named.itertuples())
        ]
    _label_discs(ax, view, drawn, radii, texts)
    return figure


def _view(drawn: pd.DataFrame, width: float) -> View:
    """The places with some room around them, as far as there are outlines."""
    west, south, east, north = outlines.bounds()
    return View(
        max(west, drawn["longitude"].min() - PADDING),
        max(south, drawn["latitude"].min() - PADDING),
        min(east, drawn["longitude"].max() + PADDING),
        min(north, drawn["latitude"].max() + PADDING),
        width,
    )


def _draw_lines(ax: Axes, kind: str, colour: str, width: float) -> None:
    """The outlines of a kind as one line with gaps: the text of the figure names it once."""
    gap = np.full((1, 2), np.nan)
    path = np.concatenate([part for line in outlines.lines(kind) for part in (line, gap)])
    ax.add_collection(LineCollection([path], colors=colour, linewidths=style.points(width), label=kind), autolim=False)


def _draw_discs(ax: Axes, drawn: pd.DataFrame, radii: np.ndarray, names: Mapping[str, str]) -> None:
    """Filled where the place is known, hollow where only its region is; the largest lie lowest."""
    for approximate, label in ((False, "place"), (True, "place somewhere in the region")):
        chosen = drawn["approximate"].to_numpy(bool) == approximate
        if not chosen.any():
            continue
        own = drawn[chosen]
        discs = ax.scatter(
            own["longitude"],
            own["latitude"],
            s=style.points(2 * radii[chosen]) ** 2,
            facecolors="none" if approximate else style.BLUE,
            edgecolors=style.BLUE if approximate else style.PAPER,
            linewidths=style.points(2.5 if approximate else 1.2),
            zorder=3,
            label=label,
        )
        style.link(discs, [_said(row, names) for row in own.itertuples(index=False)])


def _said(row: Any, names: Mapping[str, str]) -> str:
    """What a page says of a disc."""
    where = f"{row.name}, {names[row.state]}" if row.state else row.name
    return f"{where}: {count(row.exercises, 'exercise')}, {years(row.years[0], row.years[-1])}"


def _state_and_count(row: Any, names: Mapping[str, str]) -> str:
    return f"{names[row.state]}, {row.exercises}" if row.state else str(row.exercises)


def _list_below(ax: Axes, named: pd.DataFrame, names: Mapping[str, str], line: float) -> None:
    """The names that belong to the numbers on the map."""
    for at, row in enumerate(named.itertuples(index=False)):
        ax.annotate(
            f"{at + 1}  {row.name}, {_state_and_count(row, names)}",
            xy=(0, 0),
            xycoords="axes pixels",
            xytext=(0, style.points(-8 - at * line)),  # pixels are others where a figure is saved as SVG
            textcoords="offset points",
            va="top",
            size=style.points(style.layout().text),
            color=style.INK,
        )


def _label_discs(
    ax: Axes, view: View, drawn: pd.DataFrame, radii: np.ndarray, texts: Sequence[tuple[str, ...]]
) -> None:
    """Writes a text of one line or two beside each of the first discs, where it hides neither another nor a disc."""
    now = style.layout()
    sizes = (now.text, now.small)
    centres = [view.pixel(*point) for point in drawn[["longitude", "latitude"]].itertuples(index=False)]
    discs = [Box(x - r, y - r, x + r, y + r) for (x, y), r in zip(centres, radii + APART, strict=True)]
    labels: list[Box] = []
    leaders = []
    for at, (centre, radius, lines) in enumerate(zip(centres, radii, texts, strict=False)):
        wide = max(lettering.text_width(text, size, "Semibold") for text, size in zip(lines, sizes, strict=False))
        tall = sum(sizes[: len(lines)]) * 1.1
        box, way, gap = _free(view, centre, radius, wide, tall, [*discs[:at], *discs[at + 1 :], *labels])
        labels.append(box)
        upper = box.upper
        for text, size, weight, colour in zip(
            lines, sizes, ("semibold", "normal"), (style.INK, style.MUTED), strict=False
        ):
            across = box.left if way > 0 else box.right if way < 0 else (box.left + box.right) / 2
            side = "left" if way > 0 else "right" if way < 0 else "center"
            where = view.degrees(across, upper)
            style.label(
                ax, *where, text, size=style.points(size), weight=weight, color=colour, ha=side, va="top", zorder=4
            )
            upper -= size * 1.1
        if gap > GAPS[0]:
            nearest = (np.clip(centre[0], box.left, box.right), np.clip(centre[1], box.lower, box.upper))
            leaders.append([view.degrees(*centre), view.degrees(*nearest)])
    ax.add_collection(
        LineCollection(leaders, colors=style.INK, linewidths=style.points(0.9), zorder=4, label="leader"), autolim=False
    )


def _free(
    view: View, centre: tuple[float, float], radius: float, wide: float, tall: float, taken: list[Box]
) -> tuple[Box, int, float]:
    """The first box of a size around a disc that lies on the map and meets nothing, its side, and its distance."""
    boxes = list(_around(centre, radius, wide, tall))
    edge = Box(0, 0, view.width, view.height)
    for box, way, gap in boxes:
        inside = (
            box.left >= edge.left and box.right <= edge.right and box.lower >= edge.lower and box.upper <= edge.upper
        )
        if inside and not any(box.meets(other) for other in taken):
            return box, way, gap
    return boxes[0]


def _around(centre: tuple[float, float], radius: float, wide: float, tall: float) -> Iterator[tuple[Box, int, float]]:
    """Boxes of a size around a disc, the nearest first."""
    for gap in GAPS:
        for across, up in WAYS:
            reach = (radius + gap) * (1 if 0 in (across, up) else 0.71)
            x = centre[0] + across * (reach + wide / 2)
            y = centre[1] + up * (reach + tall / 2)
            yield Box(x - wide / 2, y - tall / 2, x + wide / 2, y + tall / 2), across, gap
