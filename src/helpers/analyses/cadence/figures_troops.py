"""Figure of how big exercises were said to be."""

import matplotlib as mpl
import numpy as np
import pandas as pd

from helpers.display import style

LOOKS = {  # scope and told: label, marker, colour, filled; shape tells own from joint, filling reported from planned
    ("exercise", "reported"): ("reported, own figure", "o", style.BLUE, True),
    ("joint", "reported"): ("reported, one total for several drills", "s", style.ORANGE, True),
    ("exercise", "planned"): ("planned, own figure", "o", style.BLUE, False),
    ("joint", "planned"): ("planned, one total for several drills", "s", style.ORANGE, False),
}
TICKS = [300, 500, 1000, 2000, 5000, 10000, 20000, 50000]
MARK = 8  # points across, of the largest mark
LABELLED = 5  # the largest: more of them, all of a few years, would lie on each other


def sizes(table, title, subtitle, footer):
    """Troops told by day and, on a logarithmic scale, number; a line spans what different reports say. Takes `sizes.sizes`."""
    figure, grid = style.sheet(3.7, title, subtitle, footer, left=0.95, right=0.35, bottom=0.75)
    ax = grid[0, 0]
    table = table.astype(dict.fromkeys(["low", "best", "high"], float))
    for (scope, told), (label, marker, colour, filled) in LOOKS.items():
        part = table[(table["scope"] == scope) & (table["told"] == told)]
        if part.empty:
            continue
        spans = part[part["low"] < part["high"]]
        ax.vlines(spans["start"], spans["low"], spans["high"], color=colour, linewidth=1.3, label=f"{label}: span told")
        look = dict(facecolors=colour if filled else "none", edgecolors=colour, marker=marker, s=26 if filled else 78)
        ax.scatter(part["start"], part["best"], linewidths=1.1, alpha=0.85, label=label, zorder=3, **look)
    ax.set_yscale("log")
    ticks = [tick for tick in TICKS if table["best"].min() / 2 <= tick <= table["best"].max() * 2]
    ax.set_yticks(ticks, [f"{tick:,}" for tick in ticks])
    ax.yaxis.set_minor_locator(mpl.ticker.NullLocator())
    ax.set(ylim=(table["best"].min() * 0.75, table["best"].max() * 1.35), ylabel="troops, as told")
    ax.yaxis.label.set(size=9.5, color=style.MUTED)
    margin = pd.Timedelta(days=200)
    ax.set_xlim(table["start"].min() - margin, table["start"].max() + margin)
    first, last = (table["start"].agg(end).year for end in ("min", "max"))
    ax.set_xticks([pd.Timestamp(year, 1, 1) for year in range(first, last + 1, max(1, (last - first) // 8))])
    ax.xaxis.set_major_formatter(mpl.dates.DateFormatter("%Y"))
    ax.fmt_xdata = mpl.dates.DateFormatter("%Y-%m-%d")
    ax.grid(axis="y", color=style.FAINT, linewidth=0.6)
    _label_largest(figure, ax, table)
    handles = [
        mpl.lines.Line2D(
            [],
            [],
            linestyle="",
            marker=marker,
            markerfacecolor=colour if filled else style.PAPER,
            markeredgecolor=colour,
            markersize=6.5,
            label=label,
        )
        for label, marker, colour, filled in LOOKS.values()
    ]
    style.key(ax, handles, columns=2, y=-0.36 / 3.7)
    return figure


def _label_largest(figure, ax, table):
    """Names beside the largest figures, each towards the middle; a name that would lie on a mark or a larger one's is left out."""
    largest = (
        table.sort_values(["best", "told", "start"], ascending=[False, False, True])
        .drop_duplicates("exercises")
        .head(LABELLED)
    )
    middle = table["start"].min() + (table["start"].max() - table["start"].min()) / 2
    figure.draw_without_rendering()
    at = ax.transData.transform(np.column_stack([mpl.dates.date2num(table["start"]), table["best"]]))
    half = MARK * figure.dpi / 72 / 2
    taken = [mpl.transforms.Bbox.from_extents(x - half, y - half, x + half, y + half) for x, y in at]
    for row in largest.itertuples():
        side, where = ("left", 5) if row.start < middle else ("right", -5)
        words = row.names[0] + (f" and {len(row.names) - 1} more" if len(row.names) > 1 else "")
        look = dict(textcoords="offset points", size=8.2, ha=side, color=style.INK)
        for height, rise in [("bottom", 3), ("top", -3)]:
            place = mpl.dates.date2num(row.start), row.best
            text = ax.annotate(f"{words}: {row.as_told}", place, xytext=(where, rise), va=height, **look)
            box = text.get_window_extent()
            if not any(box.overlaps(other) for other in taken):
                taken.append(box)
                break
            text.remove()
