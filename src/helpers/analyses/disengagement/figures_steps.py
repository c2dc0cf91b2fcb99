"""Steps by quarter with their turning points."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from helpers.analyses.disengagement.steps import chair_spells, turning_points
from helpers.analyses.disengagement.ways import focal_case
from helpers.derive.record import Record
from helpers.display import lettering, style

UNIT = 9  # pixels of one step
FLAG = {False: 175, True: 118}  # pixels that a turning point's text is wide at most, by whether the layout is narrow
ROOM = 3  # steps that the lower half has room for at least, so that the words on the chair stand clear of the bars
NARROW_YEARS = 1  # years before day zero that fit a phone


@style.responsive
def plot_steps(table: pd.DataFrame, record: Record, title: str, subtitle: str, footer: str) -> Figure:
    """Steps towards (up) and away (down) by quarter, the time in the chair shaded, turning points named.

    Parameters
    ----------
    table
        What `steps.by_quarter` gives.
    record
        The record, whose turning points and times in the chair are shown.
    title, subtitle, footer
        See `text_steps.steps_texts`.
    """
    now, points = style.layout(), turning_points(record)
    case = focal_case(record)
    if now.narrow and case is not None:
        first = pd.Period(year=case.zero.year - NARROW_YEARS, quarter=1, freq="Q")
        table = table[table["quarter"] >= first].reset_index(drop=True)
        points = points[points["day"] >= first.start_time]
    start = table["quarter"].iloc[0].ordinal
    left, right = 14, 14
    pitch = (now.width - left - right) / len(table)
    flags = [_flags(points[points["up"] == up], start, len(table), pitch) for up in (True, False)]
    above, below = (max((flag["reach"] for flag in side), default=0) for side in flags)
    up, down = int(table["towards"].max()), max(int(table["away"].max()), ROOM)
    height = above + below + (up + down) * UNIT + 50
    figure, grid = style.sheet(height, title, subtitle, footer, left=left, right=right, bottom=26, top=0)
    ax = grid[0, 0]
    ax.set(xlim=(-0.5, len(table) - 0.5), ylim=(-down - (below + 30) / UNIT, up + (above + 20) / UNIT))
    _shade_chair(ax, record, start, len(table), up, down)
    for column, colour, sign in (("towards", style.BLUE, 1), ("away", style.RED, -1)):
        _bars(ax, table[column], colour, sign, column, pitch)
    duties = table["duties"][table["duties"] > 0]
    if len(duties):
        bars = ax.bar(duties.index, duties, width=0.78, color=style.PALE_BLUE, label="of these, duties of the chair")
        for bar, n in zip(bars, duties, strict=True):
            style.link(bar, f"{n} duties of the chair")
    ax.axhline(0, color=style.INK, linewidth=style.points(1.6), label="none")
    for side, sign in zip(flags, (1, -1), strict=True):
        for flag in side:
            _draw_flag(ax, flag, table, sign, pitch, up if sign > 0 else down)
    _years(ax, table)
    names = [f"{one.year} quarter {one.quarter}" for one in table["quarter"]]
    style.name_x(ax, names)
    return figure


def _bars(ax: Axes, counts: pd.Series, colour: str, sign: int, word: str, pitch: float) -> None:
    now = style.layout()
    shown = counts[counts > 0]
    if shown.empty:
        return
    bars = ax.bar(shown.index, sign * shown, width=0.78, color=colour, label=word)
    for bar, (at, n) in zip(bars, shown.items(), strict=True):
        style.link(bar, f"{n} {word}")
        if pitch > lettering.text_width(str(n), now.small) + 1:
            va = "bottom" if sign > 0 else "top"
            y = sign * (n + 2 / UNIT)
            style.label(ax, at, y, str(n), ha="center", va=va, color=colour, size=style.points(now.small))


def _flag_size() -> float:
    """How large a turning point's text is, in pixels."""
    return style.layout().small + 0.5


def _flags(points: pd.DataFrame, start: int, size: int, pitch: float) -> list[dict[str, Any]]:
    """Turning points of one side with their place: an earlier one stands further out, so that no pole crosses a text."""
    now, letters = style.layout(), _flag_size()
    flags: list[dict[str, Any]] = []
    for at, row in enumerate(points.itertuples()):
        text = lettering.wrap(f"{row.when}\n{row.text}", letters, FLAG[now.narrow])
        lines = text.count("\n") + 1
        wide = max(lettering.text_width(line, letters) for line in text.split("\n")) + 8
        quarter = row.day.to_period("Q")
        x = quarter.ordinal - start - 0.5 + (row.day - quarter.start_time).days / 91.5
        room_left, room_right = (x + 0.5) * pitch, (size - 0.5 - x) * pitch
        to_left = room_right < wide or (at == 0 and room_left > wide and len(points) > 1)
        flags.append({"x": x, "text": text, "left": to_left, "high": lines * letters * 1.2})
    reach = 0.0
    for flag in reversed(flags):
        flag["reach"] = reach + flag["high"] + 8
        reach = flag["reach"]
    if len(flags) > 1 and flags[0]["left"] and not flags[1]["left"]:
        flags[0]["reach"] = flags[0]["high"] + 8
    return flags


def _draw_flag(ax: Axes, flag: dict[str, Any], table: pd.DataFrame, sign: int, pitch: float, most: int) -> None:
    """A pole from the bars to the text of a turning point."""
    x, reach = flag["x"], flag["reach"]
    at = min(max(round(x), 0), len(table) - 1)
    n = table["towards" if sign > 0 else "away"].iloc[at]
    foot = sign * (n + (18 if n else 4) / UNIT)
    tip = sign * (most + (20 + reach) / UNIT)
    ax.plot([x, x], [foot, tip], color=style.MUTED, linewidth=style.points(1), label="turning point")
    shift = 4 / pitch
    how = dict(size=style.points(_flag_size()), va="top" if sign > 0 else "bottom", linespacing=1.15)
    if flag["left"]:
        style.label(ax, x - shift, tip, flag["text"], ha="right", **how)
    else:
        style.label(ax, x + shift, tip, flag["text"], ha="left", **how)


def _shade_chair(ax: Axes, record: Record, start: int, size: int, up: int, down: int) -> None:
    """Shaded quarters in which the focal state held the chair."""
    now = style.layout()
    for first, last in chair_spells(record):
        low = max(first.to_period("Q").ordinal - start, 0) - 0.5
        high = min(last.to_period("Q").ordinal - start, size - 1) + 0.5
        if high <= low:
            continue
        ax.bar(
            [(low + high) / 2],
            [up + down],
            width=high - low,
            bottom=-down,
            color=style.PALE,
            label="in the chair",
            zorder=0,
        )
        words = f"{record.name} in the chair"
        style.label(
            ax,
            (low + high) / 2,
            -down,
            words,
            ha="center",
            va="bottom",
            color=style.MUTED,
            size=style.points(now.small),
        )


def _years(ax: Axes, table: pd.DataFrame) -> None:
    years = pd.Series([one.year for one in table["quarter"]])
    places = years.groupby(years).apply(lambda part: part.index.to_numpy().mean())
    ax.set_xticks(places.to_list(), [str(year) for year in places.index])
    edges = years.index[years != years.shift()][1:] - 0.5
    low = ax.get_ylim()[0]
    ax.vlines(edges, low, low + 8 / UNIT, color=style.FAINT, linewidth=1, label="year")
    ax.set_yticks([])
    ax.tick_params(axis="x", colors=style.MUTED)
