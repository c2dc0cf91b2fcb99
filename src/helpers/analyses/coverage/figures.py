"""Figures of what the record rests on: coverage by year, recall against official counts, agreement of two coders."""

import matplotlib as mpl
import numpy as np

from helpers.display import style

PANELS = {  # title: (what is stacked: column, label, look), bottom first
    "Exercises, by number of independent families of sources": [
        ("three or more", "three or more", dict(facecolor=style.BLUE, edgecolor=style.BLUE)),
        ("two", "two", dict(facecolor=style.SKY, edgecolor=style.BLUE)),
        ("one", "one", dict(facecolor=style.PAPER, edgecolor=style.BLUE)),
    ],
    "Expected cells of held exercises, by grade": [
        ("A", "grade A", dict(facecolor=style.GREEN, edgecolor=style.GREEN)),
        ("B", "B", dict(facecolor="#9ad6c1", edgecolor=style.GREEN)),
        ("C", "C", dict(facecolor=style.PAPER, edgecolor=style.GREEN)),
        ("conflicting", "sources conflict", dict(facecolor=style.YELLOW, edgecolor=style.INK, hatch="xxxx")),
        ("unknown", "unknown", dict(facecolor=style.PAPER, edgecolor=style.MUTED, hatch="....")),
    ],
    "Look-ups logged": [
        ("found", "led to a source", dict(facecolor=style.ORANGE, edgecolor=style.ORANGE)),
        ("empty_look_ups", "led to none", dict(facecolor=style.PAPER, edgecolor=style.ORANGE, hatch="////")),
    ],
}


def by_year(table, title, subtitle, footer):
    """Three panels over the plan years: exercises by families, cells by grade, look-ups; takes `coverage.by_year`."""
    table = table.assign(found=table["look_ups"] - table["empty_look_ups"])
    figure, grid = style.sheet(
        5.0, title, subtitle, footer, rows=len(PANELS), left=0.55, gap=0.72, bottom=0.35, sharex=True
    )
    for ax, (name, stack) in zip(grid[:, 0], PANELS.items(), strict=True):
        base = np.zeros(len(table))
        for column, label, look in stack:
            if table[column].any():
                ax.bar(table.index, table[column], bottom=base, width=0.74, linewidth=0.8, label=label, **look)
                base = base + table[column].to_numpy()
        ax.set_title(name, loc="left", size=10, color=style.INK, pad=6)
        ax.set(xlim=(table.index[0] - 0.7, table.index[-1] + 0.7), ylim=(0, max(1, base.max()) * 1.06))
        ax.yaxis.set_major_locator(mpl.ticker.MaxNLocator(integer=True, nbins=4))
        ax.grid(axis="y", color=style.FAINT, linewidth=0.6)
        ax.set_xticks(table.index, [f"’{year % 100:02d}" for year in table.index])
        ax.tick_params(axis="x", length=0, labelbottom=True, labelsize=8.5)
        if base.any():
            ax.legend(loc="upper left", frameon=False, fontsize=8.5, handlelength=1.4, labelspacing=0.3)
    return figure


def recall(table, title, subtitle, footer):
    """Official counts against the record: a ring for what was announced, a bar from one unit's count to the other's.

    Takes `coverage.recall`.
    """
    figure, grid = style.sheet(0.36 * len(table), title, subtitle, footer, left=2.75, bottom=0.8)
    ax = grid[0, 0]
    y = np.arange(len(table))
    low, high = (table[["components", "umbrellas"]].agg(end, axis=1) for end in ("min", "max"))
    ax.hlines(y, low, high, color=style.BLUE, linewidth=6, alpha=0.35, label="in the record, between the two units")
    ax.scatter(table["components"], y, marker="|", s=110, color=style.BLUE, label="in the record, parts singly")
    ax.scatter(table["umbrellas"], y, marker="D", s=26, color=style.BLUE, label="in the record, umbrellas once")
    ax.scatter(
        table["announced"],
        y,
        marker="o",
        s=70,
        facecolors="none",
        edgecolors=style.RED,
        linewidths=1.6,
        zorder=3,
        label="official count",
    )
    names = [f"{row.period.replace('/', '–')} {row.kind}, {_short(row.said_by)}" for row in table.itertuples()]
    ax.set_yticks(y, names)
    ax.set(ylim=(len(table) - 0.4, -0.6), xlim=(0, max([*high, *table["announced"], 1]) * 1.06), xlabel="exercises")
    ax.xaxis.label.set(size=9.5, color=style.MUTED)
    ax.xaxis.set_major_locator(mpl.ticker.MaxNLocator(integer=True))
    ax.grid(axis="x", color=style.FAINT, linewidth=0.6)
    ax.tick_params(axis="y", length=0)
    style.name_y(ax, names)
    handles, _ = ax.get_legend_handles_labels()
    style.key(ax, handles[1:], columns=3, y=-0.5 / (0.36 * len(table)), length=0.8)
    return figure


def _short(voice):
    """A speaker as fits a label: the office, without the name behind it."""
    return (
        voice.split(" (")[0].replace("Secretary General", "Sec. Gen.").replace("Collective Security", "Coll. Sec.")[:30]
    )


def agreement(table, thresholds, title, subtitle, footer):
    """Krippendorff's alpha of each field with its interval; takes `reliability.agreement` and {threshold: label}."""
    figure, grid = style.sheet(0.36 * len(table), title, subtitle, footer, left=1.45, right=1.75, bottom=0.5)
    ax = grid[0, 0]
    y = np.arange(len(table))
    for at, label in thresholds.items():
        ax.axvline(at, color=style.MUTED, linewidth=0.9, linestyle="--", label=label)
        ax.text(at, -0.75, label, size=8.2, color=style.MUTED, ha="right" if at < max(thresholds) else "left")
    ax.hlines(y, table["low"], table["high"], color=style.BLUE, linewidth=1.8, label="95 % interval")
    ax.scatter(table["alpha"], y, marker="o", s=44, color=style.BLUE, zorder=3, label="alpha")
    for at, row in zip(y, table.itertuples(), strict=True):
        ax.text(
            1.03,
            at,
            f"{row.agreed:.0%} of {row.units:,} the same".replace("%", "\u00a0%"),
            va="center",
            size=8.5,
            transform=ax.get_yaxis_transform(),
        )
    names = [name.replace("_", " ") for name in table["field"]]
    ax.set_yticks(y, names)
    ax.set(ylim=(len(table) - 0.4, -0.6), xlim=(0, 1.01), xlabel="Krippendorff’s alpha, nominal")
    ax.xaxis.label.set(size=9.5, color=style.MUTED)
    ax.grid(axis="x", color=style.FAINT, linewidth=0.6)
    ax.tick_params(axis="y", length=0)
    style.name_y(ax, names)
    return figure
