"""Figures of one member's way towards and away from the organisation."""

import matplotlib as mpl
import numpy as np
import pandas as pd

from helpers.display import style

WAYS = {  # direction: label, marker, colour; shape tells them apart without colour
    "engage": ("towards the organisation", "^", style.BLUE),
    "neutral": ("neither", "o", style.MUTED),
    "disengage": ("away from it", "v", style.RED),
}


def ladder(spans, tracks, title, subtitle, footer):
    """Steps by track against time, one panel a span: a triangle up is a step towards the organisation, one down a step away.

    Size is the rung; an announcement is hollow, an act or its effect full. Takes `disengagement.spans` and the tracks in
    drawing order as {id: label}; a track without a step in a panel is left out of it.
    """
    rows = [[track for track in tracks if (part["track"] == track).any()] for part in spans.values()]
    heights = [0.4 * len(row) for row in rows]
    figure, grid = style.sheet(
        sum(heights) + 0.5, title, subtitle, footer, rows=len(spans), left=1.45, bottom=0.8, gap=0.62
    )
    grid[0, 0].get_gridspec().set_height_ratios(heights)
    for ax, row, (period, part) in zip(grid[:, 0], rows, spans.items(), strict=True):
        _ladder_panel(ax, part, row, tracks, period)
    handles = [_way_key(label, marker, colour) for label, marker, colour in WAYS.values()]
    handles.append(_way_key("hollow triangle: announced", "v", style.RED, hollow=True))
    style.key(grid[-1, 0], handles, columns=4, y=-0.3 / heights[-1])
    return figure


def _ladder_panel(ax, part, rows, tracks, period):
    first, last = (int(year) for year in period.split("-"))
    edges = pd.Timestamp(f"{first}-01-01"), pd.Timestamp(f"{last}-12-31")
    ax.hlines(range(len(rows)), *edges, color=style.FAINT, linewidth=0.8, label="track")
    shift = {"engage": -0.2, "neutral": 0.0, "disengage": 0.2}
    for way, (label, marker, colour) in WAYS.items():
        for announced in (False, True):
            chosen = part[(part["direction"] == way) & ((part["date_kind"] == "announced") == announced)]
            if chosen.empty:
                continue
            y = chosen["track"].map(rows.index) + shift[way]
            face = "none" if announced or way == "neutral" else colour
            size = 16 + 12 * chosen["rung"].fillna(0).astype(int)
            words = f"{label}, announced" if announced else label
            ax.scatter(
                chosen["when"],
                y,
                s=size,
                marker=marker,
                facecolors=face,
                edgecolors=colour,
                linewidths=0.9,
                alpha=0.85,
                label=words,
                zorder=3,
            )
    ax.set_title(period, loc="left", size=10.5, color=style.INK)
    ax.set_yticks(range(len(rows)), [tracks[track] for track in rows])
    margin = (edges[1] - edges[0]) * 0.015  # so that a mark of January is not cut
    ax.set(ylim=(len(rows) - 0.4, -0.6), xlim=(edges[0] - margin, edges[1] + margin))
    ticks = range(first, last + 1, max(1, (last - first) // 8))
    ax.set_xticks([pd.Timestamp(f"{year}-01-01") for year in ticks])
    ax.xaxis.set_major_formatter(mpl.dates.DateFormatter("%Y"))
    ax.fmt_xdata = mpl.dates.DateFormatter("%Y-%m-%d")
    ax.spines["left"].set_visible(False)
    ax.tick_params(axis="y", length=0)


def _way_key(label, marker, colour, hollow=False):
    face = "none" if hollow or marker == "o" else colour
    return mpl.lines.Line2D(
        [], [], linestyle="", marker=marker, markerfacecolor=face, markeredgecolor=colour, markersize=7, label=label
    )


def before_and_since(rates, states, title, subtitle, footer):
    """Attendance rate of each state before and since a day: point, Wilson interval as a line, worst-case bounds as a bar.

    Takes `disengagement.attendance_rates` grouped by iso3 and window, and the states in drawing order.
    """
    figure, grid = style.sheet(0.52 * len(states), title, subtitle, footer, left=0.6, right=1.95, bottom=0.75)
    ax = grid[0, 0]
    looks = {"before": ("before", "o", style.MUTED, -0.17), "since": ("since", "D", style.RED, 0.17)}
    for window, (label, marker, colour, shift) in looks.items():
        part = rates[(rates["window"] == window) & rates["iso3"].isin(states)]
        y = np.array([states.index(state) + shift for state in part["iso3"]])
        ax.hlines(
            y,
            part["low"],
            part["high"],
            color=colour,
            linewidth=7,
            alpha=0.22,
            label=f"{label}: bounds over unknown cells",
        )
        ax.hlines(
            y, part["wilson_low"], part["wilson_high"], color=colour, linewidth=1.6, label=f"{label}: 95 % interval"
        )
        ax.scatter(part["rate"], y, marker=marker, s=44, color=colour, zorder=3, label=label)
        for row, at in zip(part.itertuples(), y, strict=True):
            ax.text(
                1.03,
                at,
                f"{label} {row.attended}/{row.known}, {row.unknown} unknown",
                va="center",
                size=8.2,
                color=colour,
                transform=ax.get_yaxis_transform(),
            )
    ax.set_yticks(range(len(states)), states)
    ax.set(
        ylim=(len(states) - 0.45, -0.55),
        xlim=(-0.02, 1.02),
        xlabel="share of held exercises attended, of those at which it was expected",
    )
    ax.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0 %", "25 %", "50 %", "75 %", "100 %"])
    ax.grid(axis="x", color=style.FAINT, linewidth=0.6)
    style.name_y(ax, states)
    ax.tick_params(axis="y", length=0)
    ax.xaxis.label.set(size=9.5, color=style.MUTED)
    return figure


def strips(table, cases, title, subtitle, footer):
    """Event-time strips: one row a case, its steps at their years from day zero; takes `disengagement.aligned`."""
    figure, grid = style.sheet(0.62 * len(cases), title, subtitle, footer, left=1.75, bottom=0.95)
    ax = grid[0, 0]
    ax.axvline(0, color=style.INK, linewidth=0.9, label="day zero")
    shift = {"engage": -0.22, "neutral": 0.0, "disengage": 0.22}
    for way, (label, marker, colour) in WAYS.items():
        part = table[table["direction"] == way]
        if part.empty:
            continue
        y = part["case"].map(list(cases).index) + shift[way]
        look = dict(facecolors="none" if way == "neutral" else colour, edgecolors=colour, linewidths=0.9, alpha=0.8)
        ax.scatter(
            part["years"],
            y,
            s=14 + 13 * part["rung"].fillna(0).astype(int),
            marker=marker,
            label=label,
            zorder=3,
            **look,
        )
    ax.set_yticks(range(len(cases)), list(cases))
    ax.set(ylim=(len(cases) - 0.4, -0.6), xlabel="years from day zero")
    ax.xaxis.label.set(size=9.5, color=style.MUTED)
    ax.tick_params(axis="y", length=0)
    ax.grid(axis="x", color=style.FAINT, linewidth=0.6)
    style.name_y(ax, list(cases))
    handles = [_way_key(label, marker, colour) for label, marker, colour in WAYS.values()]
    style.key(ax, handles, columns=3, y=-0.55 / (0.62 * len(cases)))
    return figure


def placebos(table, focus, title, subtitle, footer):
    """Strength of the best break of each state by the same method, strongest first; takes `breaks.placebos`."""
    figure, grid = style.sheet(0.36 * len(table), title, subtitle, footer, left=0.6, right=3.6, bottom=0.7)
    ax = grid[0, 0]
    colours = [style.RED if state == focus else style.MUTED for state in table["iso3"]]
    ax.barh(range(len(table)), table["gain"], color=colours, height=0.62, label="gain")
    for at, row in enumerate(table.itertuples()):
        words = (
            f"came {row.attended} of {row.n}; p = {row.p:.2g}; from {row.first_after}"
            if row.attended < row.n
            else f"came {row.attended} of {row.n}: no break"
        )
        ax.text(1.02, at, words, va="center", size=8.3, color=style.INK, transform=ax.get_yaxis_transform())
    ax.set_yticks(range(len(table)), table["iso3"])
    ax.set(ylim=(len(table) - 0.4, -0.6), xlabel="log-likelihood gained by one break (nats)")
    ax.xaxis.label.set(size=9.5, color=style.MUTED)
    ax.tick_params(axis="y", length=0)
    style.name_y(ax, table["iso3"].tolist())
    return figure
