"""The ways of taking part side by side, and where each broke."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

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
from helpers.display.phrases import NO_BREAK


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
        See `text_ways.ways_texts`.
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
        ax.vlines(
            [zero] * len(ways), [at + 0.02 for at in range(len(ways))], [at + 0.36 for at in range(len(ways))], **rule
        )
        ax.vlines([zero], [top], [top + 16 / row], **rule)
    else:
        ax.plot([zero, zero], [len(ways) - 0.5, top], **rule)
    span = f"{case.first.year}–{case.last.year % 100:02d}"
    style.label(
        ax, 0, -0.5 - (head - 2) / row, f"{record.names[case.state]}, {span}", **_in_axes(ax), weight="bold", va="top"
    )
    style.label(
        ax,
        zero,
        top,
        f"{NO_BREAK}{NO_BREAK}day 0: {case.zero_words}",
        va="top",
        size=style.points(now.small),
        color=style.MUTED,
    )
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
    colour = style.RED if line.changed else style.MUTED
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
        return (
            f"as usual in {line.k - line.k_since} of {line.n - line.n_since}, then in {line.k_since} of {line.n_since}"
        )
    if pd.isna(line.first):
        return f"no break; {last}"
    away = f"{away} again" if line.again else away
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
        style.label(
            ax,
            x + 17 / width,
            low,
            words,
            transform=ax.get_yaxis_transform(),
            va="center",
            size=style.points(now.small + 0.5),
            clip_on=False,
        )
        x += (17 + style.text_width(words, now.small + 0.5) + 14) / width
