"""Figure of the season: on which days of the year exercises begin."""

import calendar as days
import textwrap

import matplotlib as mpl
import numpy as np
import pandas as pd

from helpers.display import style

YEAR = 365.25  # days
ROW = 0.44  # inches
NAME = 30  # characters of a group's name


def season(parts, table, title, subtitle, footer):
    """First days by group, one row each: a stroke a day, a bar where only the month is known; mean and peaks above them.

    Takes {label: rows of `season.first_days`} and `season.season` of them. The diamond is the circular mean with its
    interval; two triangles, where one bell-shaped peak does not explain the second harmonic, are its two peaks.
    """
    figure, grid = style.sheet(ROW * len(table), title, subtitle, footer, left=2.05, right=1.75, bottom=0.62)
    ax = grid[0, 0]
    names = table["group"].tolist()
    for y, row in enumerate(table.itertuples()):
        part = parts[row.group]
        known = part["earliest"] == part["latest"]
        first = part["earliest"].dt.day_of_year
        last = first + (part["latest"] - part["earliest"]).dt.days
        ax.vlines(first[known], y - 0.02, y + 0.34, color=style.BLUE, linewidth=1.1, alpha=0.6, label="first day")
        ax.hlines(
            [y + 0.16] * int((~known).sum()),
            first[~known],
            last[~known],
            color=style.ORANGE,
            linewidth=5,
            alpha=0.55,
            label="first day within",
        )
        _mean(ax, y - 0.2, row)
        text = f"R {row.r1:.2f}\nR₂ {row.r2:.2f}, one peak {row.one_peak:.2f}"
        ax.text(
            1.015, y, text, size=8, va="center", color=style.INK, transform=ax.get_yaxis_transform(), linespacing=1.1
        )
    ax.hlines(
        [y + 0.5 for y in range(len(names) - 1)], 1, 366, color=style.FAINT, linewidth=0.6, label="between groups"
    )
    starts = [pd.Timestamp(2001, month, 1).day_of_year for month in range(1, 13)]
    ax.set_xticks(starts, days.month_abbr[1:], ha="left")
    ax.set_yticks(
        range(len(names)),
        [f"{textwrap.shorten(row.group, NAME, placeholder='…')}\n{row.n} in {row.units}" for row in table.itertuples()],
    )
    ax.set(xlim=(1, 366), ylim=(len(names) - 0.45, -0.6))
    style.name_y(ax, names)
    ax.tick_params(axis="y", length=0, labelsize=8.8)
    style.key(ax, _key(), columns=2, y=-0.3 / (ROW * len(names)))
    return figure


def _mean(ax, y, row):
    for low, high in _wrapped(row.day1_low, row.day1_high):
        ax.hlines(y, low, high, color=style.INK, linewidth=1.4, label="95 % interval of the mean")
    ax.scatter([row.day1 % YEAR], [y], marker="D", s=26, color=style.INK, zorder=3, label="circular mean")
    if row.two_peaks:
        peaks = np.array([row.day2, row.day2 + YEAR / 2]) % YEAR
        ax.scatter(
            peaks, [y, y], marker="v", s=34, facecolors=style.PAPER, edgecolors=style.RED, zorder=3, label="two peaks"
        )


def _wrapped(low, high):
    """The interval's pieces inside one year: two if it crosses New Year."""
    low, high = low % YEAR, high % YEAR
    return [(low, high)] if low <= high else [(low, YEAR), (0, high)]


def _key():
    return [
        mpl.lines.Line2D([], [], linestyle="", marker="|", color=style.BLUE, markersize=9, label="first day"),
        mpl.lines.Line2D([], [], color=style.ORANGE, linewidth=5, alpha=0.55, label="only a longer span is known"),
        mpl.lines.Line2D(
            [], [], marker="D", color=style.INK, markersize=5, label="circular mean and its 95 % interval"
        ),
        mpl.lines.Line2D(
            [],
            [],
            linestyle="",
            marker="v",
            markerfacecolor=style.PAPER,
            markeredgecolor=style.RED,
            markersize=6,
            label="two peaks, where one does not explain the days",
        ),
    ]
