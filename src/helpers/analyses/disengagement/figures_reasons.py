"""The figure of who gave the reason of an absence."""

from __future__ import annotations

from typing import Any, cast

import pandas as pd
from matplotlib.figure import Figure

from helpers.analyses.disengagement.reasons import NONE, VOICES
from helpers.analyses.disengagement.text_reasons import row_label
from helpers.display import lettering, style

LOOKS = {  # who gave the reason: label, face, edge
    "state": ("reason by the state", style.BLUE, style.BLUE),
    "organiser": ("reason by the organiser", style.PALE_BLUE, style.PALE_BLUE),
    "third_party": ("reason by the press", style.FAINT, style.MUTED),
    NONE: ("no reason given", style.PAPER, style.MUTED),
}
LEFT, RIGHT = 52, 12  # pixels


@style.responsive
def reasons_strip(by_year: pd.DataFrame, name: str, title: str, subtitle: str, footer: str) -> Figure:
    """One square an absence, one row a year, filled by who gave the reason; a hollow square had none.

    Parameters
    ----------
    by_year
        What `reasons.reasons_by_year` gives; one row at least.
    name
        The state's name.
    title, subtitle, footer
        What `text_reasons.reasons_strip` gives.
    """
    now = style.layout()
    most = int(by_year["missed"].max())
    across = now.width - LEFT - RIGHT
    square = min(18 if now.narrow else 34, across * 0.5 / most)  # pixels from one square to the next
    words = across - (most + 0.4) * square  # what the squares leave for the labels
    figure, grid = style.sheet(44 * len(by_year), title, subtitle, footer, left=LEFT, right=RIGHT, bottom=6)
    ax = grid[0, 0]
    years = [str(year) for year in by_year["year"]]
    counts = by_year[[*VOICES, NONE]]
    firsts = counts.cumsum(axis=1) - counts
    for voice, (label, face, edge) in LOOKS.items():
        runs = zip(firsts[voice], counts[voice], strict=True)
        places = [(first + one, at) for at, (first, count) in enumerate(runs) for one in range(count)]
        if places:
            x, y = zip(*places, strict=True)
            size = style.points(square * 0.8) ** 2
            ax.scatter(x, y, s=size, marker="s", facecolors=face, edgecolors=edge, linewidths=1.2, label=label)
    for at, row in enumerate(cast(list[dict[str, Any]], by_year.to_dict("records"))):
        text = lettering.wrap(row_label(row, name), now.text, words)
        style.label(ax, most - 0.2, at, text, va="center")
    ax.set_yticks(range(len(years)), years)
    ax.set(xlim=(-0.5, across / square - 0.5), ylim=(len(years) - 0.5, -0.5), xticks=[])
    ax.spines["bottom"].set_visible(False)
    ax.tick_params(axis="y", labelsize=style.points(now.text))
    style.name_y(ax, years)
    return figure
