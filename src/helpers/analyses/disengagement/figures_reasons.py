"""The figure of who gave the reason of an absence."""

from __future__ import annotations

import textwrap

import pandas as pd
from matplotlib.figure import Figure

from helpers.analyses.disengagement.reasons import NONE, VOICES
from helpers.analyses.disengagement.text_reasons import row_label
from helpers.display import style

LOOKS = {  # who gave the reason: label, face, edge
    "state": ("reason by the state", style.BLUE, style.BLUE),
    "organiser": ("reason by the organiser", style.ORANGE, style.ORANGE),
    "third_party": ("reason by the press", style.FAINT, style.MUTED),
    NONE: ("no reason given", style.PAPER, style.MUTED),
}
ROW, LEFT, RIGHT, SQUARE = 0.62, 0.75, 0.2, 0.44  # inches
LETTERS = 15.5  # points: legible where a phone shows the figure 358 pixels wide


def reasons_strip(by_year: pd.DataFrame, name: str, title: str, subtitle: str, footer: str) -> Figure:
    """One square an absence, one row a year, filled by who gave the reason; a hollow square had none.

    Parameters
    ----------
    by_year
        What `reasons.reasons_by_year` gives.
    name
        The state's name.
    title, subtitle, footer
        What `text_reasons.reasons_strip` gives.
    """
    figure, grid = style.sheet(ROW * max(1, len(by_year)), title, subtitle, footer, left=LEFT, right=RIGHT, bottom=0.15)
    ax = grid[0, 0]
    years = [str(year) for year in by_year["year"]]
    inside = (style.WIDTH - LEFT - RIGHT) / SQUARE  # squares that fit in a row
    for voice in [*VOICES, NONE]:
        before = by_year[[*VOICES, NONE]].cumsum(axis=1)[voice] - by_year[voice]
        places = [
            (first + one, at)
            for at, (first, count) in enumerate(zip(before, by_year[voice], strict=True))
            for one in range(count)
        ]
        if places:
            label, face, edge = LOOKS[voice]
            x, y = zip(*places, strict=True)
            ax.scatter(
                x, y, s=(0.36 * 72) ** 2, marker="s", facecolors=face, edgecolors=edge, linewidths=1.6, label=label
            )
    for at, row in by_year.reset_index(drop=True).iterrows():
        words = textwrap.fill(row_label(row, name), 27)
        ax.text(by_year["missed"].max() - 0.2, at, words, va="center", size=LETTERS, color=style.INK, linespacing=1.0)
    ax.set_yticks(range(len(years)), years)
    ax.set(xlim=(-0.6, inside - 0.6), ylim=(max(1, len(years)) - 0.5, -0.5), xticks=[])
    ax.spines[["left", "bottom"]].set_visible(False)
    ax.tick_params(axis="y", length=0, labelsize=LETTERS)
    style.name_y(ax, years)
    return figure
