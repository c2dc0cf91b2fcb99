"""All members before and since a day."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from helpers.display import lettering, style


@style.responsive
def plot_before_since(table: pd.DataFrame, title: str, subtitle: str, footer: str) -> Figure:
    """Share of exercises attended before and since the cutpoint, one row a member.

    Parameters
    ----------
    table
        What `measures.compare_members` gives, the focal state first.
    title, subtitle, footer
        See `text_steps.before_since_texts`.
    """
    now = style.layout()
    row = 38 if now.narrow else 27
    left = 14 + max(lettering.text_width(name, now.text, "Bold") for name in table["name"]) + 12
    right = 20 if now.narrow else 225
    figure, grid = style.sheet(row * len(table) + 22, title, subtitle, footer, left=left, right=right, bottom=28, top=0)
    ax = grid[0, 0]
    both = table.dropna(subset=["before", "since"])
    ax.hlines(both.index, both["before"], both["since"], color=style.FAINT, linewidth=style.points(5), label="change")
    for column, size in (("before", 9), ("since", 13)):
        part = table.dropna(subset=[column])
        colours = [_share_colour(row_, column) for row_ in part.itertuples()]
        marks = ax.scatter(part[column], part.index, s=style.points(size) ** 2, color=colours, label=column, zorder=3)
        said = [f"{r.name}: {int(k)} of {int(n)} {column}" for r, k, n in _counts(part, column)]
        style.link(marks, said, [f"members/{code}.html" for code in part["iso3"]])
    for at, line in enumerate(table.itertuples()):
        words = f"{_of(line, 'before')} before, {_of(line, 'since')} since"
        place = dict(
            transform=ax.get_yaxis_transform(), va="center", size=style.points(now.small + (0 if now.narrow else 1))
        )
        if now.narrow:
            style.label(ax, 0.5, at - 0.3, words, ha="center", color=style.MUTED, **place)
        else:
            style.label(ax, 1.04, at, words, color=style.INK if at == 0 else style.MUTED, **place)
    ax.set_yticks(range(len(table)), table["name"], size=style.points(now.text))
    ax.get_yticklabels()[0].set_fontweight("bold")
    ax.set(xlim=(-0.03, 1.03), ylim=(len(table) - 0.5, -0.5 - 14 / row))
    ax.set_xticks([0, 0.5, 1], ["none", "half", "all"])
    ax.grid(axis="x", color=style.FAINT, linewidth=style.points(1))
    style.name_y(ax, table["name"].to_list())
    return figure


def _counts(part: pd.DataFrame, column: str) -> list[tuple[Any, int, int]]:
    return [(row, getattr(row, f"k_{column}"), getattr(row, f"n_{column}")) for row in part.itertuples()]


def _share_colour(row: Any, column: str) -> str:
    """Blue from a half up, else red; stronger for the time since."""
    came = getattr(row, column) >= 0.5
    if column == "before":
        return style.PALE_BLUE if came else style.PALE_RED
    return style.BLUE if came else style.RED


def _of(row: Any, column: str) -> str:
    n = getattr(row, f"n_{column}")
    return f"{getattr(row, f'k_{column}')} of {n}" if n else "none expected"
