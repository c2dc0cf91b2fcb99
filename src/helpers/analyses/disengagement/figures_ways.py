"""The ways of taking part side by side, and where each broke."""

from __future__ import annotations

from typing import Any

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from helpers.analyses.disengagement.status import is_member
from helpers.analyses.disengagement.ways import (
    TRACKS,
    Case,
    case_beside,
    find_breaks,
    find_marks,
    find_usual_vote,
    focal_case,
)
from helpers.derive.codes import AWAY, CAME, UNCLEAR
from helpers.derive.record import Record
from helpers.display import lettering, style
from helpers.display.phrases import NO_BREAK

LOOKS = (  # of a mark: role, whether it is a vote, colours of face and edge, what it stands for
    (CAME, False, style.BLUE, "none", "took part"),
    (AWAY, False, style.RED, "none", "stayed away or refused"),
    (UNCLEAR, False, style.PAPER, style.FAINT, "not clear"),
    (CAME, True, style.INK, "none", "UN vote as usual before day 0"),
    (AWAY, True, style.PAPER, style.INK, "UN vote of another kind"),
    (UNCLEAR, True, style.PAPER, style.FAINT, "did not vote"),
)

MARKERS = {False: "s", True: "o"}  # votes are no part of membership, and look like nothing that is


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
    if other := case_beside(record):
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
        bottom=74 if now.narrow else 52,
        top=0,
        gap=40,
        height_ratios=heights,
    )
    for ax, (case, part, breaks) in zip(grid[:, 0], drawn, strict=True):
        _draw_ways(ax, record, case, part, breaks, row, head)
    _key(grid[-1, 0], row, any((part["way"] == "votes").any() for _, part, _ in drawn))
    return figure


def _draw_ways(
    ax: Axes, record: Record, case: Case, marks: pd.DataFrame, breaks: pd.DataFrame, row: float, head: float
) -> None:
    now = style.layout()
    ways = breaks["way"].to_list()
    ax.set(xlim=(case.first, case.last + pd.Timedelta(days=20)), ylim=(len(ways) - 0.5, -0.5 - head / row))
    votes = marks["way"] == "votes"
    for role, vote, colour, edge, words in LOOKS:
        part = marks[(marks["role"] == role) & (votes == vote) & marks["way"].isin(ways)]
        if part.empty:
            continue
        y = part["way"].map(ways.index) + (0.18 if now.narrow else 0)
        artist = ax.scatter(
            part["when"],
            y,
            marker=MARKERS[vote],
            s=style.points(9) ** 2,
            facecolors=colour,
            edgecolors=edge,
            linewidths=style.points(1.2) if edge != "none" else 0,
            alpha=None if role == UNCLEAR else 0.85,
            label=words,
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
    named = f"{record.names[case.state]}, {case.first.year}–{case.last.year % 100:02d}"
    if case.state != record.focus:
        named = f"For comparison: {named}"
        if not now.narrow and not is_member(record, case.state):
            named += f", until its membership ended in {_month(case.last)}"
    style.label(ax, 0, -0.5 - (head - 2) / row, named, **_in_axes(ax), weight="bold", va="top")
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
        _row_words(ax, break_words(line, find_usual_vote(record, case)), line, at)
    ax.set_yticks([])
    ax.set_xticks(pd.date_range(case.first, case.last, freq=f"{2 if now.narrow else 1}YS"))
    ax.xaxis.set_major_formatter(mpl.dates.DateFormatter("%Y"))
    ax.fmt_xdata = mpl.dates.DateFormatter("%Y-%m-%d")
    ax.tick_params(axis="x", colors=style.MUTED)
    style.name_y(ax, [TRACKS[way][0] for way in ways])


def _in_axes(ax: Axes) -> dict[str, Any]:
    return {"transform": ax.get_yaxis_transform(), "size": style.points(style.layout().text)}


def _row_words(ax: Axes, words: str, line: Any, at: int) -> None:
    """The name of a way, and when it broke: beside the marks, or above them on a phone."""
    now = style.layout()
    name = TRACKS[line.way][0]
    colour = style.MUTED if not line.changed else style.INK if line.way == "votes" else style.RED
    how = dict(transform=ax.get_yaxis_transform(), va="center")
    if now.narrow:
        y = at - 0.24
        style.label(ax, 0, y, name, size=style.points(now.text), weight="bold", **how)
        x = (lettering.text_width(name, now.text, "Bold") + 7) / (now.width - 28)
        style.label(ax, x, y, words, size=style.points(now.small), color=colour, **how)
    else:
        style.label(ax, -10 / 518, at, name, ha="right", size=style.points(now.text), **how)
        style.label(ax, 1 + 14 / 518, at, words, size=style.points(now.small + 1), color=colour, **how)


def break_words(line: Any, vote: str) -> str:
    """In what month a way broke, in a few words; of a way that did not, when it was last taken; of votes the counts.

    Parameters
    ----------
    line
        A row of `ways.find_breaks`.
    vote
        The usual vote before day zero; blank if there was none.
    """
    _, came, away = TRACKS[line.way]
    last = "" if pd.isna(line.last) else f"last {came} {_month(line.last)}"
    if line.way == "votes":
        before = f"{line.k - line.k_since} of {line.n - line.n_since}"
        return f"{vote or 'as before'} in {before}, then in {line.k_since} of {line.n_since}"
    if pd.isna(line.first):
        return f"no break; {last}"
    start = f"{away} {'since' if line.broke else 'in'} {_month(line.first)}"
    return f"{start}; {last}" if last else start


def _month(day: pd.Timestamp) -> str:
    return f"{day:%b}{NO_BREAK}{day:%Y}"


def _key(ax: Axes, row: float, votes: bool) -> None:
    """What the marks stand for; those of votes have their own."""
    now = style.layout()
    size = now.small + 0.5
    low = ax.get_ylim()[0] + 40 / row
    width = now.width - (28 if now.narrow else 428)
    x = 0.0 if now.narrow else -98 / width
    for role, vote, colour, edge, words in LOOKS:
        if vote and (role == UNCLEAR or not votes):
            continue
        if now.narrow and vote and role == CAME:  # a line of their own
            x, low = 0.0, low + 18 / row
        look = dict(marker=MARKERS[vote], s=style.points(11) ** 2, facecolors=colour, edgecolors=edge, linewidths=1)
        ax.scatter([x + 6 / width], [low], transform=ax.get_yaxis_transform(), clip_on=False, label="key", **look)
        style.label(
            ax,
            x + 17 / width,
            low,
            words,
            transform=ax.get_yaxis_transform(),
            va="center",
            size=style.points(size),
            clip_on=False,
        )
        x += (17 + lettering.text_width(words, size) + 14) / width
