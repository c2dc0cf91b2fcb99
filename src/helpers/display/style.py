"""The look that all figures share: typeface, colours with a meaning, and a sheet that is drawn for a screen or for a phone.

A figure is drawn twice: wide, as a notebook shows it, and narrow, for a phone, where text must stay readable at 358 pixels. A
plotting function asks `layout()` for the sizes of the one that is being drawn; `responsive` gives its figure the other.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from helpers.derive.codes import AWAY, CAME, OUTSIDE, UNCLEAR
from helpers.display.lettering import DPI, FAMILY, load_typeface, points, wrap

INK, MUTED, FAINT, PAPER = "#1a1a1a", "#5c6166", "#d5d8db", "#ffffff"
BLUE, RED = "#2a6ba4", "#c8501e"  # tell apart for every kind of colour blindness, and 4.5 to 1 on white
PALE_BLUE, PALE_RED, PALE = "#7ea3c6", "#e09a7c", "#eef1f5"  # the same, for states that are not looked at; shaded time
ROLES = {CAME: BLUE, AWAY: RED, UNCLEAR: PAPER, OUTSIDE: PAPER}  # the colour of each role of an attendance code
PALE_ROLES = {CAME: PALE_BLUE, AWAY: PALE_RED, UNCLEAR: PAPER, OUTSIDE: PAPER}
# Names of these colours on pages, where a reader's dark mode gives them other values.
CSS_NAMES = {
    INK: "--ink",
    MUTED: "--muted",
    FAINT: "--faint",
    PAPER: "--paper",
    BLUE: "--came",
    RED: "--away",
    PALE_BLUE: "--came-pale",
    PALE_RED: "--away-pale",
    PALE: "--shade",
}


@dataclass(frozen=True)
class Layout:
    """Sizes of a sheet in pixels.

    Attributes
    ----------
    width
        Of the sheet.
    title, text, small
        Heights of type: the finding, everything else, and what may be passed over (footer, ticks).
    narrow
        Whether it is the phone's.
    """

    width: int
    title: float
    text: float
    small: float
    narrow: bool


WIDE = Layout(width=946, title=22, text=14.5, small=12.5, narrow=False)  # the text column of a notebook
NARROW = Layout(width=358, title=16.5, text=12.5, small=11, narrow=True)  # a phone of 390 pixels less its margins
_layout: ContextVar[Layout] = ContextVar("layout", default=WIDE)


def layout() -> Layout:
    """The layout that is being drawn."""
    return _layout.get()


@contextmanager
def drawn_in(chosen: Layout) -> Iterator[None]:
    """Inside it, sheets have the layout `chosen`."""
    token = _layout.set(chosen)
    try:
        yield
    finally:
        _layout.reset(token)


def responsive(plot: Callable[..., Figure]) -> Callable[..., Figure]:
    """A plotting function whose figures can be drawn again for a phone: `figure.narrow()` gives that one."""

    @functools.wraps(plot)
    def wrapped(*args: Any, **kwargs: Any) -> Figure:
        figure = plot(*args, **kwargs)

        def narrow() -> Figure:
            with drawn_in(NARROW):
                return plot(*args, **kwargs)

        figure.narrow = narrow
        return figure

    return wrapped


SETTINGS = {  # of every figure; without mathematics, since a name of the data may hold a dollar sign
    "font.family": FAMILY,
    "text.parse_math": False,
    "svg.fonttype": "none",  # text stays text: it can be searched, read aloud and set in the page's typeface
    "hatch.linewidth": 0.6,
}
MARGIN = 12  # pixels around everything
LEADING = 1.22  # height of a line over height of type


def sheet(
    height: float,
    title: str,
    subtitle: str = "",
    footer: str = "",
    *,
    rows: int = 1,
    columns: int = 1,
    left: float,
    right: float,
    bottom: float,
    top: float = 8,
    gap: float = 40,
    side_gap: float = 40,
    **axes: Any,
) -> tuple[Figure, np.ndarray]:
    """A figure with its title, subtitle and footer set, and its axes.

    Parameters
    ----------
    height
        Of all axes together, with the gaps between them, in pixels.
    title, subtitle, footer
        The finding, the measure, and sources and doubts; together they are the figure's alternative text.
    rows, columns
        Of axes.
    left, right, bottom, top
        Room in pixels beside, below and above the axes, for their labels.
    gap, side_gap
        Pixels between rows and between columns of axes.
    **axes
        Handed to `Figure.subplots`.

    Returns
    -------
    figure, axes
        The axes as an array, rows x columns.
    """
    load_typeface()
    mpl.rcParams.update(SETTINGS)
    now = layout()
    room = now.width - 2 * MARGIN
    texts = [
        (wrap(title, now.title, room, "Bold"), now.title, "bold", INK),
        (wrap(subtitle, now.text, room), now.text, "normal", MUTED),
    ]
    foot = wrap(footer, now.small, room) if footer else ""
    head = MARGIN + sum((text.count("\n") + 1) * size * LEADING + 5 for text, size, *_ in texts if text) + 6 + top
    feet = (foot.count("\n") + 1) * now.small * LEADING + 8 if foot else 0
    total = head + height + bottom + feet + MARGIN
    figure = Figure(figsize=(now.width / DPI, total / DPI), dpi=DPI, facecolor=PAPER)
    spoken = [" ".join(text.split()) for text in (title, subtitle, footer) if text]
    figure.set_label(" ".join(text if text.endswith((".", "?")) else f"{text}." for text in spoken))
    y = MARGIN
    for text, size, weight, colour in texts:
        if text:
            place = (MARGIN / now.width, 1 - y / total)
            figure.text(*place, text, size=points(size), weight=weight, color=colour, va="top", linespacing=LEADING)
            y += (text.count("\n") + 1) * size * LEADING + 5
    if foot:
        place = (MARGIN / now.width, MARGIN / total)
        figure.text(*place, foot, size=points(now.small), color=MUTED, va="bottom", linespacing=LEADING)
    across = (now.width - left - right - side_gap * (columns - 1)) / columns
    down = (height - gap * (rows - 1)) / rows
    grid = figure.subplots(
        rows,
        columns,
        squeeze=False,
        gridspec_kw=dict(
            left=left / now.width,
            right=1 - right / now.width,
            bottom=(MARGIN + feet + bottom) / total,
            top=1 - head / total,
            hspace=gap / down if rows > 1 else 0,
            wspace=side_gap / across if columns > 1 else 0,
        ),
        **axes,
    )
    for ax in grid.flat:
        clear(ax)
    return figure, grid


def clear(ax: Axes) -> None:
    """Takes away what does not carry data: spines but the lower one, tick marks."""
    ax.spines[["top", "right", "left"]].set_visible(False)
    ax.spines["bottom"].set_color(FAINT)
    ax.tick_params(colors=INK, labelsize=points(layout().small), length=0, pad=5)
    ax.set_axisbelow(True)
    ax.set_facecolor("none")


def label(ax: Axes, x: float, y: float, text: str, **how: Any) -> Any:
    """Text at a place of the axes, in the layout's size unless told otherwise; data are never read as mathematics."""
    how = {"size": points(layout().text), "color": INK, "parse_math": False, "linespacing": 1.15} | how
    return ax.text(x, y, text, **how)


def link(artist: Artist, titles: str | Sequence[str], addresses: str | Sequence[str] = "") -> None:
    """Gives a mark, or each mark of a collection, what a page says of it on hover and focus, and where it leads.

    Parameters
    ----------
    artist
        A mark of a figure, or a collection of marks.
    titles
        What the mark stands for, in plain text; of a collection one a mark.
    addresses
        Pages from the site's root, such as `exercises/interaction-2024.html`; blank where a mark leads nowhere.
    """
    single = isinstance(titles, str)
    said = [titles] if single else list(titles)
    places = [addresses] * len(said) if isinstance(addresses, str) else list(addresses)
    figure = artist.get_figure(root=True)
    marks = figure.__dict__.setdefault("marks", [])
    keys = [f"mark-{len(marks) + at}" for at in range(len(said))]
    marks += list(zip(said, places, strict=True))
    if single:
        artist.set_url(keys[0])
    else:
        artist.set_urls(keys)


def name_x(ax: Axes, names: Sequence[str]) -> None:
    """Tells the figure's text output which name each whole x position stands for; a shift from it is shown as a number."""
    ax.fmt_xdata = lambda x: _named(x, names)


def name_y(ax: Axes, names: Sequence[str]) -> None:
    """As `name_x`, for y."""
    ax.fmt_ydata = lambda y: _named(y, names)


def _named(at: float, names: Sequence[str]) -> str:
    near = round(at)
    if not 0 <= near < len(names):
        return f"{at:.4g}"
    return names[near] if abs(at - near) < 0.005 else f"{names[near]} {at - near:+.2f}"
