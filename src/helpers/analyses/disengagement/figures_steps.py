"""Steps by quarter with their turning points, and the ways of taking part side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from helpers.analyses.disengagement.steps import chair_spells, turning_points
from helpers.analyses.disengagement.ways import (
    TRACKS,
    Case,
    find_breaks,
    find_marks,
    focal_case,
    other_case,
)
from helpers.derive.codes import AWAY, CAME, UNCLEAR
from helpers.derive.record import Record
from helpers.display import style
from helpers.display.phrases import NO_BREAK, short_day

UNIT = 9  # pixels of one step
FLAG = {False: 175, True: 118}  # pixels that a turning point's text is wide at most, by whether the layout is narrow
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
    up, down = int(table["towards"].max()), int(table["away"].max())
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
        if pitch > style.text_width(str(n), now.small) + 1:
            va = "bottom" if sign > 0 else "top"
            y = sign * (n + 2 / UNIT)
            style.label(ax, at, y, str(n), ha="center", va=va, color=colour, size=style.points(now.small))


def _flags(points: pd.DataFrame, start: int, size: int, pitch: float) -> list[dict[str, Any]]:
    """Turning points of one side with their place: an earlier one stands further out, so that no pole crosses a text."""
    now = style.layout()
    flags: list[dict[str, Any]] = []
    for at, row in enumerate(points.itertuples()):
        text = style.wrap(f"{short_day(row.day)}\n{row.text}", now.small + 0.5, FLAG[now.narrow])
        lines = text.count("\n") + 1
        wide = max(style.text_width(line, now.small + 0.5) for line in text.split("\n")) + 8
        quarter = row.day.to_period("Q")
        x = quarter.ordinal - start - 0.5 + (row.day - quarter.start_time).days / 91.5
        room_left, room_right = (x + 0.5) * pitch, (size - 0.5 - x) * pitch
        to_left = room_right < wide or (at == 0 and room_left > wide and len(points) > 1)
        flags.append({"x": x, "text": text, "left": to_left, "wide": wide / pitch, "high": lines * (now.small + 0.5) * 1.2})
    reach = 0.0
    for flag in reversed(flags):
        flag["reach"] = reach + flag["high"] + 8
        reach = flag["reach"]
    if len(flags) > 1 and flags[0]["left"] and not flags[1]["left"]:
        flags[0]["reach"] = flags[0]["high"] + 8
    return flags


def _draw_flag(ax: Axes, flag: dict[str, Any], table: pd.DataFrame, sign: int, pitch: float, most: int) -> None:
    """A pole from the bars to the text of a turning point."""
    now = style.layout()
    x, reach = flag["x"], flag["reach"]
    at = min(max(round(x), 0), len(table) - 1)
    n = table["towards" if sign > 0 else "away"].iloc[at]
    foot = sign * (n + (18 if n else 4) / UNIT)
    tip = sign * (most + (20 + reach) / UNIT)
    ax.plot([x, x], [foot, tip], color=style.MUTED, linewidth=style.points(1), label="turning point")
    shift = 4 / pitch
    how = dict(size=style.points(now.small + 0.5), va="top" if sign > 0 else "bottom", linespacing=1.15)
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
        ax.bar([(low + high) / 2], [up + down], width=high - low, bottom=-down, color=style.PALE, label="in the chair", zorder=0)
        words = f"{record.name} in the chair"
        style.label(ax, (low + high) / 2, -down, words, ha="center", va="bottom", color=style.MUTED, size=style.points(now.small))


def _years(ax: Axes, table: pd.DataFrame) -> None:
    years = pd.Series([one.year for one in table["quarter"]])
    places = years.groupby(years).apply(lambda part: part.index.to_numpy().mean())
    ax.set_xticks(places.to_list(), [str(year) for year in places.index])
    edges = years.index[years != years.shift()][1:] - 0.5
    low, high = ax.get_ylim()
    ax.vlines(edges, low, low + 8 / UNIT, color=style.FAINT, linewidth=1, label="year")
    ax.set_yticks([])
    ax.tick_params(axis="x", colors=style.MUTED)


@style.responsive
def plot_ways(marks: pd.DataFrame, record: Record, title: str, subtitle: str, footer: str) -> Figure:
    """The ways of taking part against time, one row each: taken part, stayed away, not clear; where each broke.

    If the focal state stays away on some way, the latest case of another state stands below in the same form.

    Parameters
    ----------
    marks
        What `ways.focal_marks` gives.
    record
        The record that they are of.
    title, subtitle, footer
        See `text_steps.ways_texts`.
    """
    now, own = style.layout(), focal_case(record)
    parts = [(own, marks)]
    if find_breaks(marks, own)["broke"].any() and (other := other_case(record)):
        parts.append((other, find_marks(record, other)))
    drawn = [(case, part, find_breaks(part, case)) for case, part in parts if case is not None and len(part)]
    row, head = (44 if now.narrow else 27), (46 if now.narrow else 34)
    heights = [head + row * len(breaks) for *_, breaks in drawn]
    left, right = (14, 14) if now.narrow else (110, 318)
    figure, grid = style.sheet(
        sum(heights) + 40 * (len(drawn) - 1),
        title,
        subtitle,
        footer,
        rows=len(drawn),
        left=left,
        right=right,
        bottom=52,
        top=0,
        gap=40,
        height_ratios=heights,
    )
    for ax, (case, part, breaks) in zip(grid[:, 0], drawn, strict=True):
        _draw_ways(ax, record, case, part, breaks, row, head)
    _key(grid[-1, 0], row)
    return figure


def _draw_ways(
    ax: Axes, record: Record, case: Case, marks: pd.DataFrame, breaks: pd.DataFrame, row: float, head: float
) -> None:
    now = style.layout()
    ways = breaks["way"].to_list()
    ax.set(xlim=(case.first, case.last + pd.Timedelta(days=20)), ylim=(len(ways) - 0.5, -0.5 - head / row))
    looks = ((CAME, style.BLUE, "none"), (AWAY, style.RED, "none"), (UNCLEAR, style.PAPER, style.FAINT))
    for role, colour, edge in looks:
        part = marks[(marks["role"] == role) & marks["way"].isin(ways)]
        if part.empty:
            continue
        y = part["way"].map(ways.index) + (0.18 if now.narrow else 0)
        artist = ax.scatter(
            part["when"],
            y,
            marker="s",
            s=style.points(9) ** 2,
            facecolors=colour,
            edgecolors=edge,
            linewidths=style.points(1.2) if edge != "none" else 0,
            alpha=None if role == UNCLEAR else 0.85,
            label={CAME: "took part", AWAY: "stayed away", UNCLEAR: "not clear"}[role],
            zorder=2 if role == UNCLEAR else 3,
        )
        style.link(artist, list(part["said"]), list(part["address"]))
    top = -0.5 - (head - 20) / row
    zero = mpl.dates.date2num(case.zero)
    rule = dict(color=style.INK, linewidth=style.points(1.6), label="day 0", zorder=1)
    if now.narrow:  # broken, so that it crosses no words
        ax.vlines([zero] * len(ways), [at + 0.02 for at in range(len(ways))], [at + 0.36 for at in range(len(ways))], **rule)
        ax.vlines([zero], [top], [top + 16 / row], **rule)
    else:
        ax.plot([zero, zero], [len(ways) - 0.5, top], **rule)
    span = f"{case.first.year}–{case.last.year % 100:02d}"
    style.label(ax, 0, -0.5 - (head - 2) / row, f"{record.names[case.state]}, {span}", **_in_axes(ax), weight="bold", va="top")
    style.label(ax, zero, top, f"{NO_BREAK}{NO_BREAK}day 0: {case.zero_words}", va="top", size=style.points(now.small), color=style.MUTED)
    for at, line in enumerate(breaks.itertuples()):
        _row_words(ax, line, at)
    ax.set_yticks([])
    ax.xaxis.set_major_locator(mpl.dates.YearLocator())
    ax.xaxis.set_major_formatter(mpl.dates.DateFormatter("%y" if now.narrow else "%Y"))
    ax.fmt_xdata = mpl.dates.DateFormatter("%Y-%m-%d")
    ax.tick_params(axis="x", colors=style.MUTED)
    style.name_y(ax, [TRACKS[way][0] for way in ways])


def _in_axes(ax: Axes) -> dict[str, Any]:
    return {"transform": ax.get_yaxis_transform(), "size": style.points(style.layout().text)}


def _row_words(ax: Axes, line: Any, at: int) -> None:
    """The name of a way, and when it broke: beside the marks, or above them on a phone."""
    now = style.layout()
    name, words = TRACKS[line.way][0], break_words(line)
    colour = style.RED if line.broke else style.MUTED
    how = dict(transform=ax.get_yaxis_transform(), va="center")
    if now.narrow:
        y = at - 0.24
        style.label(ax, 0, y, name, size=style.points(now.text), weight="bold", **how)
        x = (style.text_width(name, now.text, "Bold") + 7) / (now.width - 28)
        style.label(ax, x, y, words, size=style.points(now.small), color=colour, **how)
    else:
        style.label(ax, -10 / 518, at, name, ha="right", size=style.points(now.text), **how)
        style.label(ax, 1 + 14 / 518, at, words, size=style.points(now.small + 1), color=colour, **how)


def break_words(line: Any) -> str:
    """When a way broke, in a few words; of a way that did not, when it was last taken."""
    _, came, away = TRACKS[line.way]
    last = "" if pd.isna(line.last) else f"last {came} {line.last:%b}{NO_BREAK}{line.last:%Y}"
    if line.way == "votes":
        return f"as most of the others in {line.k} of {line.n}"
    if pd.isna(line.first):
        return f"no break; {last}"
    start = f"{away} from day {line.first_days:,}" if line.broke else f"{away} on day {line.first_days:,}"
    return f"{start}; {last}" if last else start


def _key(ax: Axes, row: float) -> None:
    now = style.layout()
    low = ax.get_ylim()[0] + 40 / row
    width = now.width - (28 if now.narrow else 428)
    x = 0.0 if now.narrow else -98 / width
    shapes: Sequence[tuple[str, str, str]] = (
        (style.BLUE, "none", "took part"),
        (style.RED, "none", "stayed away or refused"),
        (style.PAPER, style.FAINT, "not clear"),
    )
    for colour, edge, words in shapes:
        look = dict(marker="s", s=style.points(11) ** 2, facecolors=colour, edgecolors=edge, linewidths=1)
        ax.scatter([x + 6 / width], [low], transform=ax.get_yaxis_transform(), clip_on=False, label="key", **look)
        style.label(ax, x + 17 / width, low, words, transform=ax.get_yaxis_transform(), va="center", size=style.points(now.small + 0.5), clip_on=False)
        x += (17 + style.text_width(words, now.small + 0.5) + 14) / width
