"""Who came to what: every exercise and member, one member alone, and all members before and since."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.path import Path

from helpers.analyses.disengagement.days import split_reason
from helpers.analyses.disengagement.measures import (
    Attendance,
    by_name,
    compute_attendance,
    members_today,
    role_of,
)
from helpers.derive.codes import AWAY, CAME, CODES, SETTLED, UNCLEAR
from helpers.derive.record import Record
from helpers.display import lettering, style
from helpers.display.phrases import short_day

WORDS = {CAME: "came", AWAY: "stayed away", UNCLEAR: "not clear"}
PITCH = 8.5  # pixels that a mark and its gap need at least, so that a finger or a pointer finds it
WIDEST = 22  # pixels of a mark and its gap at most
ROW = {False: 26, True: 22}  # pixels of a row, by whether the layout is narrow


@style.responsive
def plot_who_came(record: Record, title: str, subtitle: str, footer: str) -> Figure:
    """Every held exercise and every member that was expected at it: came, stayed away, or not clear.

    Parameters
    ----------
    record
        The record of a scope. Members of the record's last day are drawn, the focal state on top and strongest.
    title, subtitle, footer
        See `text.who_came_texts`.
    """
    return _plot(record, by_name(record, {*members_today(record), record.focus}), title, subtitle, footer)


@style.responsive
def plot_member_strip(record: Record, state: str, title: str, subtitle: str, footer: str) -> Figure:
    """One member's strip: every held exercise at which it was expected (texts: `text.strip_texts`)."""
    return _plot(record, [state], title, subtitle, footer)


def _plot(record: Record, states: Sequence[str], title: str, subtitle: str, footer: str) -> Figure:
    cells = _cells(record, states)
    now = style.layout()
    left = 14 + max(lettering.text_width(record.names[one], now.text, "Bold") for one in states) + 8
    room = now.width - left - 14
    storeys = _storeys(cells, int(room / PITCH))
    columns = max(room / WIDEST, *(len(storey) for storey in storeys))
    pitch, row = room / columns, ROW[now.narrow]
    split_at = [_split_position(storey, cells, record) for storey in storeys]
    reasons = ["" if at is None else _reason(record, at, columns, pitch) for at in split_at]
    heads = [_head_height(text, at == 0) for at, text in enumerate(reasons)]
    heights = [head + row * len(states) for head in heads]
    gap = 30
    figure, grid = style.sheet(
        sum(heights) + gap * (len(storeys) - 1),
        title,
        subtitle,
        footer,
        rows=len(storeys),
        left=left,
        right=14,
        bottom=54,
        top=0,
        gap=gap,
        height_ratios=heights,
    )
    for ax, storey, head, at, reason in zip(grid[:, 0], storeys, heads, split_at, reasons, strict=True):
        _draw_storey(ax, record, cells[cells["exercise_id"].isin(storey)], storey, states, pitch, row)
        ax.set(xlim=(-0.5, columns - 0.5), ylim=(len(states) - 0.5, -0.5 - head / row))
        if at is not None:
            _mark_split(ax, reason, at, len(states), columns, pitch, row)
    _count(grid[:, 0], record, states, split_at, pitch, row)
    _key(grid[-1, 0], len(states), left, pitch, row)
    return figure


def _head_height(reason: str, first: bool) -> float:
    """Pixels above the marks of a storey: for the day and its reason, and under them for the counts."""
    lines = (reason.count("\n") + 1) * style.layout().text * 1.2 + 4 if reason else 0
    return lines + (24 if reason or first else 4)


def _reason(record: Record, at: float, columns: float, pitch: float) -> str:
    """The cutpoint's day and reason, broken to fit beside its line."""
    reason, day = split_reason(record), short_day(record.split)
    told = f"{day}: {reason}" if reason else day
    return lettering.wrap(told, style.layout().text, min(max(at, columns - at) * pitch - 8, 235))


def _cells(record: Record, states: Sequence[str]) -> pd.DataFrame:
    """The expected cells of these states with row, role, whether the state hosts, and what a mark says."""
    held = record.held[record.held["iso3"].isin(states)]
    roles = held["code"].map(role_of)
    labels = held["code"].map(lambda code: CODES[code].label.removeprefix("absent").strip(", "))
    names = held["iso3"].map(record.names)
    said = [
        f"{row.name_}, {short_day(row.start_earliest)}, {name}: {WORDS[role]}"
        + (f" ({label})" if label != "present" else "")
        + (f", grade {row.grade}" if row.code in SETTLED else "")
        for row, name, role, label in zip(
            held.rename(columns={"name": "name_"}).itertuples(), names, roles, labels, strict=True
        )
    ]
    row = held["iso3"].map({state: at for at, state in enumerate(states)})
    return held.assign(role=roles, row=row, said=said)


def _storeys(cells: pd.DataFrame, capacity: int) -> list[list[str]]:
    """Ids of the exercises in order of time, cut between years into as few storeys as hold them, about equally full."""
    every = cells.drop_duplicates("exercise_id")
    years = [list(part["exercise_id"]) for _, part in every.groupby("year", sort=True)]
    total = len(every)
    if total <= capacity:
        return [[one for year in years for one in year]]
    aim = total / np.ceil(total / capacity)
    storeys: list[list[str]] = [[]]
    for year in years:
        if storeys[-1] and (len(storeys[-1]) + len(year) > capacity or len(storeys[-1]) + len(year) / 2 > aim):
            storeys.append([])
        storeys[-1] += year
    return storeys


def _split_position(storey: Sequence[str], cells: pd.DataFrame, record: Record) -> float | None:
    """Where the cutpoint lies among a storey's columns; None if it lies in none of its years, or nothing follows it."""
    days = cells.drop_duplicates("exercise_id").set_index("exercise_id")["start_earliest"]
    split = pd.Timestamp(record.split)
    own = days[list(storey)]
    earlier = int((own < split).sum())
    if earlier == len(own) or (earlier == 0 and (days < split).any() and own.min().year != split.year):
        return None
    return earlier - 0.5 if earlier or not (days < split).any() else -0.5


def _draw_storey(
    ax: Axes,
    record: Record,
    cells: pd.DataFrame,
    storey: Sequence[str],
    states: Sequence[str],
    pitch: float,
    row: float,
) -> None:
    now = style.layout()
    place = {one: at for at, one in enumerate(storey)}
    x = cells["exercise_id"].map(place)
    for focus in (True, False):
        for role, colour in (style.ROLES if focus else style.PALE_ROLES).items():
            if role not in WORDS:
                continue
            part = cells[(cells["role"] == role) & ((cells["iso3"] == record.focus) == focus)]
            if part.empty:
                continue
            open_ = role == UNCLEAR
            width, height = pitch - 2.2, row - (4 if focus else 7)
            marks = ax.scatter(
                x[part.index],
                part["row"],
                marker=_bar(width, height),
                s=style.points(max(width, height)) ** 2,
                facecolors=colour,
                edgecolors=style.FAINT if open_ else "none",
                linewidths=style.points(1.4) if open_ else 0,
                label=WORDS[role],
            )
            style.link(marks, list(part["said"]), [f"exercises/{one}.html" for one in part["exercise_id"]])
    hosts = cells[cells["host"] & (cells["role"] == CAME)]
    if len(hosts):
        ax.scatter(
            x[hosts.index], hosts["row"], s=style.points(3.4) ** 2, color=style.PAPER, linewidths=0, label="host"
        )
    ax.set_xticks([])
    ax.set_yticks(range(len(states)), [record.names[one] for one in states], size=style.points(now.text))
    if states[0] == record.focus and len(states) > 1:
        ax.get_yticklabels()[0].set_fontweight("bold")
    ax.spines["bottom"].set_visible(False)
    names = cells.drop_duplicates("exercise_id").set_index("exercise_id")["name"]
    style.name_x(ax, [names[one] for one in storey])
    style.name_y(ax, [record.names[one] for one in states])
    _years(ax, cells, place, len(states), pitch, row)


def _bar(width: float, height: float) -> Path:
    """A mark of these proportions; `scatter` scales it by its longer side."""
    w, h = width / 2, height / 2
    return Path([(-w, -h), (w, -h), (w, h), (-w, h), (-w, -h)], closed=True)


def _years(ax: Axes, cells: pd.DataFrame, place: dict[str, int], rows: int, pitch: float, row: float) -> None:
    """A line under the columns of each year, with the year where it fits."""
    now = style.layout()
    columns = cells.drop_duplicates("exercise_id").assign(at=lambda t: t["exercise_id"].map(place))
    spans = columns.groupby("year")["at"].agg(["min", "max"])
    y = rows - 0.5 + 3 / row
    ax.hlines([y] * len(spans), spans["min"] - 0.36, spans["max"] + 0.36, color=style.FAINT, linewidth=1, clip_on=False)
    free, width = -1.0, lettering.text_width("2000", now.small) / pitch
    for year, first, last in spans.itertuples():
        middle = (first + last) / 2
        if middle - width / 2 > free:
            how = dict(size=style.points(now.small), color=style.MUTED, ha="center", va="top", clip_on=False)
            style.label(ax, middle, y + 4 / row, str(year), **how)
            free = middle + width / 2 + 4 / pitch


def _mark_split(ax: Axes, reason: str, at: float, rows: int, columns: float, pitch: float, row: float) -> None:
    """The line of the cutpoint, with its day and reason on the side that has more room."""
    now = style.layout()
    top = -0.5 - (24 + (reason.count("\n") + 1) * now.text * 1.2) / row
    ax.plot(
        [at, at], [rows - 0.5, top], color=style.INK, linewidth=style.points(2), label="dividing day", clip_on=False
    )
    right = at < columns / 2
    x = at + 7 / pitch if right else at - 7 / pitch
    style.label(ax, x, top, reason, ha="left" if right else "right", va="top", size=style.points(now.text))


def _count(
    axes: Sequence[Axes],
    record: Record,
    states: Sequence[str],
    split_at: Sequence[float | None],
    pitch: float,
    row: float,
) -> None:
    """How often the first state came, left and right of the cutpoint."""
    found, now = compute_attendance(record, states[0]), style.layout()
    size = now.text + 1.5
    how: dict[str, Any] = dict(size=style.points(size), weight="bold", va="bottom")
    y = -0.5 - 5 / row
    before, since = (f"{counts.came} of {counts.known}" for counts in (found.before, found.since))
    lead = f"{record.names[states[0]]} came to "
    divided = [(ax, at) for ax, at in zip(axes, split_at, strict=True) if at is not None]
    start = (
        divided[0][1] if divided and divided[0][0] is axes[0] else float("inf")
    )  # of the time since, in the first storey
    fits = (start + 0.5) * pitch > lettering.text_width(lead + before, size, "Bold") + 8
    if found.before.known and fits:
        style.label(axes[0], -0.5, y, lead + before, color=_colour(found, "before"), **how)
    if divided and found.since.known:
        ax, at = divided[0]
        said = since if found.before.known and fits else lead + since
        room = ax.get_xlim()[1] - at - 8 / pitch
        if lettering.text_width(said, size, "Bold") / pitch > room:
            said = since
        style.label(ax, at + 8 / pitch, y, said, color=_colour(found, "since"), **how)


def _colour(found: Attendance, window: str) -> str:
    counts = getattr(found, window)
    return style.BLUE if counts.came * 2 >= counts.known else style.RED


def _key(ax: Axes, rows: int, left: float, pitch: float, row: float) -> None:
    """What the marks mean, under the years."""
    now = style.layout()
    size = now.small + 1
    y, x = rows - 0.5 + 38 / row, -0.5 - (left - style.MARGIN) / pitch
    shapes = [(style.BLUE, "none", "came"), (style.RED, "none", "stayed away"), (style.PAPER, style.FAINT, "not clear")]
    for colour, edge, words in shapes:
        look = dict(marker="s", s=style.points(12) ** 2, facecolors=colour, edgecolors=edge, linewidths=1)
        ax.scatter([x + 6 / pitch], [y], clip_on=False, label="key", **look)
        style.label(ax, x + 18 / pitch, y, words, va="center", size=style.points(size), clip_on=False)
        x += (18 + lettering.text_width(words, size) + (12 if now.narrow else 20)) / pitch
    ax.scatter([x + 6 / pitch], [y], marker="s", s=style.points(12) ** 2, color=style.BLUE, clip_on=False, label="key")
    ax.scatter([x + 6 / pitch], [y], s=style.points(4) ** 2, color=style.PAPER, clip_on=False, label="key")
    style.label(ax, x + 18 / pitch, y, "host", va="center", size=style.points(size), clip_on=False)
