"""Figures of who trains with whom: the grid of pairs, the change by period, the two-mode network of a year."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from helpers.analyses.network.groups import APART, by_name, last_known_period
from helpers.analyses.network.text_words import span_of
from helpers.derive.record import Record
from helpers.display import lettering, style
from helpers.display.phrases import percent, shorten

WITH_FOCUS = {True: style.BLUE, False: style.RED}  # by whether the share is half or more
ELSEWHERE = {True: style.PALE_BLUE, False: style.PALE_RED}
HEIGHT = 230  # pixels of the axes of `plot_change`
GAP = 3  # least pixels between squares
ROOMY, SMALLEST = 30, 9.5  # side of a square from which "100%" fits in full; height of type in smaller ones


def draw_squares(ax: Axes, cells: pd.DataFrame, states: Sequence[str], record: Record, side: float) -> None:
    """Draw one square a pair of states, coloured, linked to a member and with its text.

    Parameters
    ----------
    ax
        Axes whose rows and columns are the states.
    cells
        row, column (ISO codes), fill (colour), text, title (what a page says of it), label (what the colour means).
    states
        ISO codes in the order of rows and columns.
    record
        The record, for names.
    side
        Of a square, in pixels; less where the axes are too small.
    """
    box = ax.get_window_extent()
    side = min(side, box.width / len(states) - GAP, box.height / len(states) - GAP)
    place = {state: at for at, state in enumerate(states)}
    names = [record.names.get(state, state) for state in states]
    for (fill, label), part in cells.groupby(["fill", "label"], sort=False):
        squares = ax.scatter(
            part["column"].map(place),
            part["row"].map(place),
            marker="s",
            s=style.points(side) ** 2,
            facecolor=fill,
            edgecolor=style.FAINT if fill == style.PAPER else fill,
            linewidths=style.points(1.2),
            label=label,
        )
        style.link(squares, list(part["title"]), [f"members/{state}.html" for state in part["row"]])
    roomy = side >= ROOMY
    size = SMALLEST if not roomy else style.layout().small if style.layout().narrow else style.layout().text
    for cell in cells[cells["text"] != ""].itertuples():
        ink = style.PAPER if cell.fill in WITH_FOCUS.values() else style.INK
        look = dict(ha="center", va="center", color=ink, size=style.points(size), zorder=4)
        style.label(
            ax, place[cell.column], place[cell.row], cell.text if roomy else cell.text.removesuffix("%"), **look
        )
    ax.set(xlim=(-0.5, len(states) - 0.5), ylim=(len(states) - 0.5, -0.5), xticks=[], yticks=[])
    ax.spines[:].set_visible(False)
    style.name_x(ax, names)
    style.name_y(ax, names)


def name_rows_and_columns(ax: Axes, states: Sequence[str], record: Record, slanted: bool, rows: bool = True) -> None:
    """Write the names of states at the left of their rows and above their columns.

    Parameters
    ----------
    ax
        Axes of `draw_squares`.
    states
        ISO codes in order.
    record
        The record, for names and the focal state, whose name is bold.
    slanted
        Whether the names above the columns have too little room to lie flat.
    rows
        Whether the rows are named too.
    """
    names = [shorten(record.names.get(state, state), 18) for state in states]
    ax.xaxis.tick_top()
    flat = dict(rotation=45, ha="left", rotation_mode="anchor") if slanted else dict(ha="center")
    ax.set_xticks(range(len(states)), names, **flat)
    if rows:
        ax.set_yticks(range(len(states)), names)
    for labels, size in ((ax.get_xticklabels(), style.layout().small), (ax.get_yticklabels(), style.layout().text)):
        for state, text in zip(states, labels, strict=bool(labels)):
            text.set(size=style.points(size), weight="bold" if state == record.focus else "normal", color=style.INK)
    ax.tick_params(length=0, pad=4)


def _tie_cells(ties: pd.DataFrame, states: Sequence[str], record: Record, period: str) -> pd.DataFrame:
    """Both squares of every pair of states."""
    when = span_of(record, period)
    rows = []
    for tie in ties.itertuples():
        for row, column in ((tie.a, tie.b), (tie.b, tie.a)):
            if row not in states or column not in states:
                continue
            pair = f"{record.names.get(row, row)} and {record.names.get(column, column)}, {when}"
            if not tie.occasions:
                rows.append((row, column, style.PAPER, "", f"{pair}: not clear", "not clear"))
                continue
            often = tie.rate >= APART
            fill = (WITH_FOCUS if record.focus in (row, column) else ELSEWHERE)[often]
            title = f"{pair}: together at {tie.together:.0f} of {tie.occasions:.0f} exercises"
            rows.append((row, column, fill, percent(tie.rate), title, "half or more" if often else "fewer than half"))
    return pd.DataFrame(rows, columns=["row", "column", "fill", "text", "title", "label"])


@style.responsive
def plot_ties(ties: pd.DataFrame, record: Record, title: str, subtitle: str, footer: str) -> Figure:
    """Draw who met whom: a grid of pairs, the last period large and the earlier ones small.

    Parameters
    ----------
    ties
        As `co_attendance.compute_ties` gives them.
    record
        The record of the same scope.
    title, subtitle, footer
        Texts.

    Returns
    -------
    Figure
    """
    narrow = style.layout().narrow
    last = last_known_period(record, ties)
    known = ties[(ties["period"] == last) & (ties["occasions"] > 0)]
    states = by_name(record, {*known["a"], *known["b"], record.focus})
    earlier = [period for period in ties["period"].unique() if period != last][-3:]
    side, pitch, small = (34, 42, 8) if narrow else (46, 54, 11)
    height = len(states) * pitch
    if narrow:
        thumb = len(states) * (small + 3)
        sizes: dict[str, Any] = dict(
            rows=2, columns=max(len(earlier), 1), height_ratios=[height, thumb], gap=44, side_gap=16
        )
        height += thumb + 44
    else:
        sizes = dict(rows=max(len(earlier), 1), columns=2, width_ratios=[5.2, 1], gap=34, side_gap=80)
    look = dict(left=92, right=26, top=58, bottom=4) if narrow else dict(left=112, right=40, top=30, bottom=4)
    figure, grid = style.sheet(height, title, subtitle, footer, **look, **sizes)
    spec = grid[0, 0].get_gridspec()
    spanned, thumbs = (grid[0], grid[1]) if narrow else (grid[:, 0], grid[:, 1])
    for ax in spanned:
        ax.remove()
    main = figure.add_subplot(spec[0, :] if narrow else spec[:, 0])
    style.clear(main)
    draw_squares(main, _tie_cells(ties[ties["period"] == last], states, record, last), states, record, side)
    name_rows_and_columns(main, states, record, slanted=narrow)
    for ax in thumbs[len(earlier) :]:
        ax.set_visible(False)
    for ax, period in zip(thumbs, reversed(earlier), strict=False):
        cells = _tie_cells(ties[ties["period"] == period], states, record, period).assign(text="")
        draw_squares(ax, cells, states, record, small)
        ax.set_title(
            span_of(record, period), loc="left", size=style.points(style.layout().small), color=style.INK, pad=4
        )
    return figure


@style.responsive
def plot_change(
    change: pd.DataFrame,
    record: Record,
    groups: dict[str, str],
    reasons: dict[str, str],
    title: str,
    subtitle: str,
    footer: str,
) -> Figure:
    """Draw how ties changed: a line a group, period by period, with what open cases could make of it.

    Parameters
    ----------
    change
        As `groups.compute_change` gives it.
    record
        The record of the same scope.
    groups
        Words for the groups, by name.
    reasons
        Why a period begins, by its label; a phone leaves them out.
    title, subtitle, footer
        Texts.

    Returns
    -------
    Figure
    """
    narrow = style.layout().narrow
    periods = list(dict.fromkeys(change["period"]))
    right = 118 if narrow else 230
    figure, grid = style.sheet(HEIGHT, title, subtitle, footer, left=44, right=right, bottom=26 if narrow else 76)
    ax = grid[0, 0]
    ends = []
    colours = {"focus": style.BLUE, "core": style.MUTED, "apart": style.RED}
    for shift, (group, part) in enumerate(change.groupby("group", sort=False)):
        part = part.dropna(subset="share")
        if part.empty:
            continue
        if group == "focus" and part["share"].iloc[-1] < APART:
            colours["focus"] = style.RED
        colour, x = colours[group], part["period"].map(periods.index)
        ax.vlines(
            x + 0.03 * (shift - 1), part["low"], part["high"], color=colour, linewidth=style.points(1.2), alpha=0.6,
            label=f"{groups[group]}: if open cases went one way or the other",
        )  # fmt: skip
        ax.plot(
            x,
            part["share"],
            color=colour,
            linewidth=style.points(2.6),
            marker="o",
            markersize=style.points(7),
            label=groups[group],
            zorder=4 if group == "focus" else 3,
        )
        late = "" if part["period"].iloc[-1] == periods[-1] else f", {span_of(record, part['period'].iloc[-1])}"
        share = float(part["share"].iloc[-1])
        ends.append((share, colour, f"{groups[group]}{late}: {percent(share)}"))
    _label_ends(ax, ends, right, len(periods))
    room = 0.8 * (style.layout().width - 44 - right) / len(periods)
    ticks = [span_of(record, period) for period in periods]
    if not narrow:
        why = [lettering.wrap(reasons.get(period, ""), style.layout().small, room) for period in periods]
        ticks = [f"{tick}\n{text}".rstrip() for tick, text in zip(ticks, why, strict=True)]
    ax.set_xticks(range(len(periods)), ticks)
    ax.set_yticks([0, 0.5, 1], ["0%", "50%", "100%"])
    ax.set(xlim=(-0.2, len(periods) - 0.85), ylim=(-0.04, 1.04))
    ax.grid(axis="y", color=style.FAINT, linewidth=style.points(0.8))
    ax.fmt_xdata = lambda at: periods[round(at)] if 0 <= round(at) < len(periods) else f"{at:.3g}"
    return figure


def _label_ends(ax: Axes, ends: list[tuple[float, str, str]], room: float, periods: int) -> None:
    """Words at the right end of each line, kept apart where lines end at one height."""
    size = style.layout().text
    wrapped = sorted((height, colour, lettering.wrap(text, size, room - 24)) for height, colour, text in ends)
    half = [(text.count("\n") + 1) * size * 1.25 / HEIGHT / 2 for *_, text in wrapped]
    at = [height for height, *_ in wrapped]
    for one in range(len(at)):  # up from the lowest
        at[one] = max(at[one], half[one] - 0.06 if not one else at[one - 1] + half[one - 1] + half[one])
    for one in reversed(range(len(at))):  # and down from the highest
        at[one] = min(at[one], 1.1 - half[one] if one == len(at) - 1 else at[one + 1] - half[one + 1] - half[one])
    for height, (_, colour, text) in zip(at, wrapped, strict=True):
        look = dict(va="center", color=colour, size=style.points(size), clip_on=False)
        style.label(ax, periods - 0.81, height, text, **look)
