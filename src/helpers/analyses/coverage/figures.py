"""The pictures of the notebook on sources."""

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from helpers.derive.record import Record
from helpers.display import style
from helpers.display.phrases import day


@style.responsive
def plot_sources_by_year(table: pd.DataFrame, record: Record, title: str, subtitle: str) -> Figure:
    """Bars: independent sources behind each held exercise, mean of the plan year (`sources.compute_sources_by_year`)."""
    narrow = style.layout().narrow
    footer = f"No bar: no exercise is known of that year. Sources to {day(*record.last_days)}. Data: reports.csv, sources.csv."
    figure, grid = style.sheet(190, title, subtitle, footer, left=14, right=14, bottom=26)
    ax = grid[0, 0]
    known = table.dropna(subset="sources")
    bars = ax.bar(known["year"], known["sources"], width=0.78, color=style.BLUE)
    for bar, row in zip(bars, known.itertuples(), strict=True):
        style.link(
            bar,
            f"{row.year}: {row.exercises} exercises, {row.sources:.1f} independent sources each, {row.least:.0f} at least",
        )
        if not narrow or row.year % 3 == 0 or row.year == known["year"].max():
            style.label(
                ax,
                row.year,
                row.sources,
                f"{row.sources:.0f}",
                ha="center",
                va="bottom",
                size=style.points(style.layout().small),
            )
    ax.set_yticks([])
    step = 5 if narrow else 2
    first, last = int(table["year"].min()), int(table["year"].max())
    ax.set_xticks([year for year in range(first, last + 1) if year % step == 0])
    ax.fmt_xdata = lambda x: f"{x:.2f}".rstrip("0").rstrip(".")
    ax.set_xlim(first - 0.6, last + 0.6)
    return figure


@style.responsive
def plot_official_counts(table: pd.DataFrame, record: Record, title: str, subtitle: str) -> Figure:
    """Dumbbells: an official total beside the record's own, by period (`outside.compute_official_counts`)."""
    narrow = style.layout().narrow
    labels = [f"{row.period.replace('/', '–')}" for row in table.itertuples()]
    footer = (
        "Held exercises, parts of joint exercises counted singly or not, whichever gives more. "
        f"Sources to {day(*record.last_days)}. Data: programmes.csv, reports.csv."
    )
    figure, grid = style.sheet(27 * len(table), title, subtitle, footer, left=78, right=56 if narrow else 90, bottom=26)
    ax = grid[0, 0]
    for y, row in enumerate(table.itertuples()):
        colour = style.BLUE if row.matched else style.RED
        ax.plot([row.announced, row.ours], [y, y], color=colour, linewidth=style.points(3), alpha=0.5, label="gap")
        mark = ax.scatter([row.ours], [y], s=70, color=colour, zorder=3, label="this record")
        style.link(mark, [f"{row.period}: {row.ours} in this record, {row.announced} by {row.said_by}"])
        ax.scatter([row.announced], [y], s=70, facecolor=style.PAPER, edgecolor=style.INK, zorder=2, label="official")
        style.label(
            ax,
            1.01,
            y,
            f"{row.ours} of {row.announced}",
            transform=ax.get_yaxis_transform(),
            va="center",
            color=colour,
            size=style.points(style.layout().small),
        )
    ax.set_yticks(range(len(table)), labels)
    style.name_y(ax, labels)
    ax.set(ylim=(len(table) - 0.4, -0.6), xlim=(0, table[["announced", "ours"]].to_numpy().max() * 1.06))
    ax.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=6, prune="upper"))
    ax.fmt_xdata = lambda x: f"{x:.0f}"
    ax.grid(axis="x", color=style.FAINT, linewidth=0.6)
    return figure
