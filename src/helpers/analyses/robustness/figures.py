"""Figures of robustness: shares of universes, specification curves, planted errors, coverage, capture and recapture."""

import matplotlib as mpl
import numpy as np

from helpers.display import style

STANDS, FALLS, UNTOLD = (
    ("stands", dict(facecolor=style.BLUE, edgecolor=style.BLUE)),
    ("falls", dict(facecolor=style.PAPER, edgecolor=style.RED, hatch="////")),
    ("too little to tell", dict(facecolor=style.PAPER, edgecolor=style.MUTED, hatch="....")),
)
ROW = 0.19  # inches a row of choices


def shares(table, claims, title, subtitle, footer):
    """Share of equivalent universes in which each headline stands, falls or cannot be told; takes `verdicts.shares`."""
    figure, grid = style.sheet(0.42 * len(table), title, subtitle, footer, left=3.3, right=1.3, bottom=0.75)
    ax = grid[0, 0]
    y = np.arange(len(table))
    parts = [table["holds"], table["universes"] - table["holds"] - table["untold"], table["untold"]]
    base = np.zeros(len(table))
    for (label, look), part in zip((STANDS, FALLS, UNTOLD), parts, strict=True):
        width = (part / table["universes"]).to_numpy()
        ax.barh(y, width, left=base, height=0.6, linewidth=0.8, label=label, **look)
        base = base + width
    for at, row in zip(y, table.itertuples(), strict=True):
        words = f"{row.holds:,} of {row.universes:,}"
        ax.text(1.02, at, words, va="center", size=8.8, transform=ax.get_yaxis_transform())
    names = [claims[name] for name in table.index]
    ax.set_yticks(y, names, size=9)
    ax.set(ylim=(len(table) - 0.4, -0.6), xlim=(0, 1), xlabel="share of equivalent universes")
    ax.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0 %", "25 %", "50 %", "75 %", "100 %"])
    ax.xaxis.label.set(size=9.5, color=style.MUTED)
    ax.tick_params(axis="y", length=0)
    style.name_y(ax, names)
    handles = [mpl.patches.Patch(label=label, **look) for label, look in (STANDS, FALLS, UNTOLD)]
    style.key(ax, handles, columns=3, y=-0.45 / (0.42 * len(table)), length=1.4)
    return figure


def curve(table, levels, measure, title, subtitle, footer):
    """Specification curve: above, the value universe by universe; below, the choices of each as dots.

    Takes `verdicts.curve`, and `verdicts.by_level` of the same headline, coarse and named, whose shares stand at the right.
    """
    heights = [1.7, ROW * len(levels) + 0.1]
    figure, grid = style.sheet(
        sum(heights) + 0.15, title, subtitle, footer, rows=2, left=2.2, right=1.1, bottom=0.5, gap=0.15, sharex=True
    )
    grid[0, 0].get_gridspec().set_height_ratios(heights)
    _values(grid[0, 0], table, measure)
    _choices(grid[1, 0], table, levels)
    return figure


def _values(ax, table, measure):
    label, percent = measure
    for line in table.attrs["lines"]:
        ax.axhline(line, color=style.MUTED, linewidth=0.9, linestyle="--", label="line to pass")
    looks = [
        (True, "stands", dict(marker="o", color=style.BLUE, s=20)),
        (False, "falls", dict(marker="x", color=style.RED, s=24)),
    ]
    for holds, name, look in looks:
        part = table[(table["holds"] == holds) & ~table["reference"]]
        if len(part):
            ax.scatter(part["place"], part["value"], label=name, zorder=3, linewidths=1, **look)
    own = table[table["reference"]]
    ax.scatter(
        own["place"], own["value"], marker="D", s=52, color=style.INK, zorder=4, label="the choices of this page"
    )
    if percent:
        ax.yaxis.set_major_formatter(mpl.ticker.FuncFormatter(lambda share, _: f"{share:.0%}".replace("%", "\u00a0%")))
        ax.yaxis.set_major_locator(mpl.ticker.MaxNLocator(4, steps=[1, 2, 2.5, 5, 10]))
    ax.set_ylabel(label, size=9, color=style.MUTED)
    ax.margins(y=0.12)
    ax.tick_params(axis="x", length=0)
    ax.grid(axis="y", color=style.FAINT, linewidth=0.6)
    handles = {line.get_label(): line for line in ax.get_legend_handles_labels()[0]}
    ax.legend(
        handles=list(handles.values()), loc="best", frameon=False, fontsize=8, handletextpad=0.4, labelspacing=0.25
    )


def _choices(ax, table, levels):
    names = levels["name"].tolist()
    edges = np.flatnonzero(levels["axis"].to_numpy()[1:] != levels["axis"].to_numpy()[:-1]) + 0.5
    ax.hlines(edges, 1, table.attrs["universes"], color=style.FAINT, linewidth=0.8, label="between two choices")
    for at, row in enumerate(levels.itertuples()):
        own = table[table[row.axis] == row.level]
        ax.scatter(
            own["place"], np.full(len(own), at), marker="|", s=26, color=style.INK, linewidths=1.1, label=row.level
        )
        share = f"{row.share:.0%}".replace("%", "\u00a0%")
        ax.text(1.015, at, f"{share} stand", va="center", size=8, color=style.MUTED, transform=ax.get_yaxis_transform())
    ax.set_yticks(range(len(names)), names, size=8.4)
    ax.set(ylim=(len(names) - 0.4, -0.6), xlabel="universes in order of their value")
    ax.set_xlim(1 - 0.012 * table.attrs["universes"], 1.012 * table.attrs["universes"])
    ax.xaxis.label.set(size=9.5, color=style.MUTED)
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    ax.fmt_ydata = lambda y: ""  # the level is the label of its marks


def errors(table, claims, firm, title, subtitle, footer):
    """Share of draws in which each headline stands, by share of planted errors; takes `influence.planted`."""
    steps = table["share"].unique().tolist()
    figure, grid = style.sheet(0.4 * len(claims), title, subtitle, footer, left=3.3, right=0.4, bottom=0.75)
    ax = grid[0, 0]
    names = list(claims)
    looks = [
        (
            table["stands"] >= firm,
            f"stands in {firm:.0%} or more".replace("%", "\u00a0%"),
            dict(marker="o", color=style.BLUE),
        ),
        (
            (table["stands"] < firm) & (table["stands"] >= 0.5),
            "in half or more",
            dict(marker="o", facecolors="none", edgecolors=style.ORANGE),
        ),
        (table["stands"] < 0.5, "in fewer", dict(marker="x", color=style.RED)),
    ]
    for mask, label, look in looks:
        part = table[mask]
        if len(part):
            y = part["headline"].map(names.index)
            ax.scatter(part["share"].map(steps.index), y, s=64, linewidths=1.5, label=label, **look)
    for row in table.itertuples():
        words = f"{row.stands:.1%}".replace("%", "\u00a0%")
        ax.text(steps.index(row.share) + 0.12, names.index(row.headline), words, va="center", size=9)
    told = [f"{share:.0%} turned over".replace("%", "\u00a0%") for share in steps]
    ax.set_xticks(range(len(steps)), told)
    ax.set_yticks(range(len(names)), [claims[name] for name in names], size=9)
    ax.set(ylim=(len(names) - 0.4, -0.6), xlim=(-0.3, len(steps) - 0.45))
    ax.tick_params(axis="both", length=0)
    style.name_x(ax, told)
    style.name_y(ax, [claims[name] for name in names])
    ax.spines["left"].set_visible(False)
    handles, _ = ax.get_legend_handles_labels()
    style.key(ax, handles, columns=3, y=-0.4 / (0.4 * len(claims)), length=1.0)
    return figure


def coverage(table, split, title, subtitle, footer):
    """How closely each year is told: reports an exercise, families a cell; takes `media.by_year` and the split as a year."""
    figure, grid = style.sheet(2.9, title, subtitle, footer, rows=2, left=0.55, gap=0.5, bottom=0.3, sharex=True)
    panels = {"reports": "Reports a held exercise", "families": "Independent families behind an expected cell"}
    for ax, (column, name) in zip(grid[:, 0], panels.items(), strict=True):
        ax.bar(
            table["year"], table[column], width=0.7, color=style.SKY, edgecolor=style.BLUE, linewidth=0.8, label=column
        )
        ax.axvline(split, color=style.INK, linewidth=0.9, linestyle="--", label="the dividing day")
        ax.set_title(name, loc="left", size=10, color=style.INK, pad=5)
        ax.grid(axis="y", color=style.FAINT, linewidth=0.6)
        ax.set_xticks(table["year"], [f"’{year % 100:02d}" for year in table["year"]])
        ax.tick_params(axis="x", length=0, labelbottom=True, labelsize=8.5)
        ax.yaxis.set_major_locator(mpl.ticker.MaxNLocator(4, integer=True))
    return figure


def recapture(table, title, subtitle, footer):
    """Held exercises seen and estimated by period, with the interval; takes `media.recapture`."""
    figure, grid = style.sheet(0.5 * len(table), title, subtitle, footer, left=1.0, right=3.35, bottom=0.75)
    ax = grid[0, 0]
    y = np.arange(len(table))
    ax.barh(y, table["seen"], height=0.55, color=style.SKY, edgecolor=style.BLUE, linewidth=0.8, label="in the record")
    ax.hlines(y, table["low"], table["high"], color=style.INK, linewidth=1.8, label="95 % interval")
    ax.scatter(table["estimate"], y, marker="D", s=36, color=style.INK, zorder=3, label="Chapman’s estimate")
    for at, row in zip(y, table.itertuples(), strict=True):
        doubt = "no interval" if np.isnan(row.low) else f"[{row.low:.1f}–{row.high:.1f}]"
        words = f"{row.first} and {row.second}, {row.both} in both: {row.seen} seen, {row.estimate:.1f} {doubt}"
        ax.text(1.03, at, words, va="center", size=8.2, transform=ax.get_yaxis_transform())
    names = table["period"].tolist()
    ax.set_yticks(y, names)
    ax.set(
        ylim=(len(table) - 0.4, -0.6),
        xlim=(0, table[["high", "estimate"]].max(axis=None) * 1.05),
        xlabel="held exercises",
    )
    ax.xaxis.label.set(size=9.5, color=style.MUTED)
    ax.xaxis.set_major_locator(mpl.ticker.MaxNLocator(integer=True, nbins=6))
    ax.tick_params(axis="y", length=0)
    style.name_y(ax, names)
    handles, _ = ax.get_legend_handles_labels()
    style.key(ax, handles, columns=3, y=-0.55 / (0.5 * len(table)), length=1.2)
    return figure
