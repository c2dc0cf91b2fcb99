"""Figure of the lives of series."""

import textwrap

import matplotlib as mpl
import pandas as pd

from helpers.display import style

MARKS = {  # column of `lives.lifelines`: label and look; shape and filling tell them apart
    "held": ("held", dict(marker="o", s=42, facecolors=style.BLUE, edgecolors=style.BLUE)),
    "called_off": ("called off", dict(marker="X", s=42, facecolors=style.PAPER, edgecolors=style.RED)),
    "open": ("unverified", dict(marker="$?$", s=42, facecolors=style.MUTED, edgecolors=style.MUTED)),
    "planned": ("planned", dict(marker="o", s=42, facecolors=style.PAPER, edgecolors=style.BLUE, linestyle="--")),
}
NAME = 26  # characters of a series' name in a line


def lifelines(table, title, subtitle, footer):
    """One row a series: a line from the first held edition to the last, a mark for each year. Takes `lives.lifelines`."""
    figure, grid = style.sheet(0.36 * len(table) + 0.1, title, subtitle, footer, left=2.0, right=2.2, bottom=0.75)
    ax = grid[0, 0]
    names = table["name"].tolist()
    for y, row in enumerate(table.itertuples()):
        if row.held:
            ax.hlines(y, row.held[0], row.held[-1], color=style.BLUE, linewidth=1.2, alpha=0.5, label="life so far")
        words = _words(row)
        ax.text(1.02, y, words, size=8.3, va="center", color=style.INK, transform=ax.get_yaxis_transform())
    for column, (label, look) in MARKS.items():
        points = [(year, y) for y, years in enumerate(table[column]) for year in years]
        if points:
            ax.scatter(*zip(*points, strict=True), label=label, zorder=3, linewidths=1.0, **look)
    years = [year for column in MARKS for own in table[column] for year in own]
    ax.set(xlim=(min(years) - 0.7, max(years) + 0.7), ylim=(len(names) - 0.4, -0.6))
    ax.xaxis.set_major_locator(mpl.ticker.MaxNLocator(integer=True, nbins=8))
    ax.set_yticks(range(len(names)), [textwrap.fill(name, NAME) for name in names])
    ax.grid(axis="x", color=style.FAINT, linewidth=0.6)
    ax.tick_params(axis="y", length=0, labelsize=8.8)
    style.name_y(ax, names)
    handles = [
        mpl.lines.Line2D(
            [],
            [],
            linestyle="",
            marker=look["marker"],
            markerfacecolor=look["facecolors"],
            markeredgecolor=look["edgecolors"],
            markersize=7,
            label=label,
        )
        for label, look in MARKS.values()
    ]
    style.key(ax, handles, columns=4, y=-0.34 / (0.36 * len(table) + 0.1))
    return figure


def _words(row):
    if pd.isna(row.last):
        return "never reported as held"
    words = [f"{row.editions} held"]
    if row.gaps:
        words.append(f"gaps {min(row.gaps)}–{row.longest}" if min(row.gaps) < row.longest else f"gaps {row.longest}")
    if row.waiting:
        words.append(f"{row.waiting} {'year' if row.waiting == 1 else 'years'} without")
    return "; ".join(words)
