"""Figures of how often exercises are held, when in the year, and what was promised."""

import calendar as days

import matplotlib as mpl
import pandas as pd

from helpers.display import style

GROUP_COLOURS = [style.BLUE, style.ORANGE, style.GREEN, style.SKY, style.RED]  # of the groups with most editions
CALLED_OFF = {"cancelled", "postponed", "relocated", "merged"}
WHOLE_YEAR = 360  # days: a date as vague as this says no more than the year
NO_DAY = 377  # where editions of unknown day stand, to the right of December
BRACKET = 0.08  # how far below the top of a year's row the bracket over an umbrella stands; a usual row is 1 high
CROWDED = 3  # exercises at the same time that a usual row holds; with more it grows, so that none covers another
OTHER = ("other series", style.MUTED)


def per_year(panels, title, subtitle, footer):
    """Stacked bars of exercises per plan year by fate, one panel a unit; the number held stands on its bar.

    `panels` is {unit: frame of `cadence.per_year`}.
    """
    figure, grid = style.sheet(
        2.1 * len(panels), title, subtitle, footer, rows=len(panels), left=0.55, gap=0.55, bottom=0.75, sharex=True
    )
    for ax, (unit, counts) in zip(grid[:, 0], panels.items(), strict=True):
        base = pd.Series(0, index=counts.index)
        ax.set_xlim(counts.index[0] - 0.7, counts.index[-1] + 0.7)
        for fate, (label, look) in style.FATE_MARKS.items():
            if fate in counts and counts[fate].any():
                part = counts[counts[fate] > 0]
                ax.bar(part.index, part[fate], bottom=base[part.index], width=0.74, linewidth=0.9, label=label, **look)
                base = base + counts[fate]
        for year, held in counts["held"].items():
            if held:
                ax.text(year, held / 2, str(held), ha="center", va="center", size=8.5, color=style.PAPER, weight="bold")
        ax.set_title(unit, loc="left", size=10.5, color=style.INK)
        ax.set(ylim=(0, max(1, base.max()) * 1.08))
        ax.yaxis.set_major_locator(mpl.ticker.MaxNLocator(integer=True, nbins=5))
        ax.grid(axis="y", color=style.FAINT, linewidth=0.6)
        years = counts.index
        ax.set_xticks(years, [str(y) if len(years) <= 14 else f"’{y % 100:02d}" for y in years])
        ax.tick_params(axis="x", length=0, labelbottom=True)
    used = [fate for fate in style.FATE_MARKS if any(fate in c and c[fate].any() for c in panels.values())]
    handles = [mpl.patches.Patch(label=style.FATE_MARKS[fate][0], **style.FATE_MARKS[fate][1]) for fate in used]
    style.key(grid[-1, 0], handles, columns=len(handles), y=-0.2)
    return figure


def strip(table, title, subtitle, footer):
    """Calendar strip: one row a plan year, the days of the year across, each exercise at its interval.

    Takes `cadence.calendar`. Solid from the first to the last sure day, thin where days are not sure; an edition that was
    not held, or is not known to have been, is an open mark.
    """
    lanes, tops = _lanes(table)
    height = 0.3 * tops.iloc[-1] + 0.2
    figure, grid = style.sheet(height, title, subtitle, footer, left=0.55, bottom=0.85)
    ax = grid[0, 0]
    undated = (table["last"] - table["first"]).dt.days >= WHOLE_YEAR
    colours = _colours(table)
    for label, colour in [*colours.items(), OTHER]:
        part = table[table["group"] == label] if label in colours else table[~table["group"].isin(colours)]
        no_day = part[undated.loc[part.index]]
        off = no_day["status"].isin(CALLED_OFF)
        for words, face, marker, which in [
            ("held", colour, "o", no_day[no_day["status"] == "held"]),
            ("planned or unverified", style.PAPER, "o", no_day[(no_day["status"] != "held") & ~off]),
            ("called off", style.PAPER, "X", no_day[off]),
        ]:
            if len(which):
                y = [lanes[index] for index in which.index]
                ax.scatter(
                    [NO_DAY] * len(which),
                    y,
                    marker=marker,
                    s=26 if marker == "X" else 20,
                    facecolors=face,
                    edgecolors=colour,
                    linewidths=1.1,
                    label=f"{label}, day unknown, {words}",
                )
        part = part[~undated.loc[part.index]]
        held = part[part["status"] == "held"]
        sure = held[held["first_sure"].notna()]
        for rows, first, last, width, words in [
            (held, "first", "last", 1.1, "possible days"),
            (sure, "first_sure", "last_sure", 4.6, "sure days"),
        ]:
            ends = _day(rows[first], rows["year"]), _day(rows[last], rows["year"]) + 1
            ax.hlines([lanes[i] for i in rows.index], *ends, color=colour, linewidth=width, label=f"{label}, {words}")
        for marker, words, off in [("o", "planned or unverified", False), ("X", "called off", True)]:
            other = part[(part["status"] != "held") & (part["status"].isin(CALLED_OFF) == off)]
            if other.empty:
                continue
            middle = (_day(other["first"], other["year"]) + _day(other["last"], other["year"])) / 2
            ax.scatter(
                middle,
                [lanes[i] for i in other.index],
                marker=marker,
                s=26 if off else 15,
                facecolors=style.PAPER,
                edgecolors=colour,
                linewidths=1.1,
                zorder=3,
                label=f"{label}, {words}",
            )
    _umbrellas(ax, table[~undated], tops)
    starts = [pd.Timestamp(2001, month, 1).day_of_year for month in range(1, 13)]
    ax.set_xticks([*starts, NO_DAY], [*(days.month_abbr[month] for month in range(1, 13)), "?"], ha="left")
    ax.set(xlim=(0, 384), ylim=(tops.iloc[-1] + 0.1, -0.1))
    ax.set_yticks((tops.iloc[:-1].to_numpy() + tops.iloc[1:].to_numpy()) / 2, tops.index[:-1].astype(str))
    ax.hlines(tops.iloc[1:-1], 0, 384, color=style.FAINT, linewidth=0.6, label="between years")
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    handles = [mpl.lines.Line2D([], [], color=c, linewidth=4.5, label=g) for g, c in colours.items()]
    handles += [
        mpl.lines.Line2D([], [], color=OTHER[1], linewidth=4.5, label=OTHER[0]),
        mpl.lines.Line2D([], [], color=style.INK, linewidth=0.9, marker="|", markersize=7, label="one umbrella"),
        mpl.lines.Line2D([], [], color=style.INK, linewidth=1.1, label="days not sure"),
        *(
            mpl.lines.Line2D(
                [], [], linestyle="", marker=marker, markerfacecolor="none", markeredgecolor=style.INK, label=words
            )
            for marker, words in [("o", "planned or unverified"), ("X", "called off")]
        ),
    ]
    style.key(ax, handles, columns=4, y=-0.3 / height, length=1.2)
    return figure


def _colours(table):
    """{group of series: colour} of the groups with most editions, the first by name of equals; the rest share one."""
    counts = table.loc[table["group"] != "", "group"].value_counts()
    return dict(zip(sorted(counts.index, key=lambda group: (-counts[group], group)), GROUP_COLOURS, strict=False))


def _umbrellas(ax, table, tops):
    """Brackets above the parts of each umbrella, from its first possible day to its last."""
    together = table[table.duplicated("umbrella_id", keep=False)].groupby("umbrella_id")
    first, last, year = (
        together[column].agg(how) for column, how in [("first", "min"), ("last", "max"), ("year", "min")]
    )
    left, right, y = _day(first, year), _day(last, year) + 1, year.map(tops) + BRACKET
    look = dict(color=style.INK, linewidth=0.9)
    ax.hlines(y, left, right, label="umbrella", **look)
    ax.vlines([*left, *right], [*y] * 2, [*(y + 0.13)] * 2, label="end of an umbrella", **look)


def _day(when, year):
    """Days since the plan year's start, so that an edition which runs into January stays on its row."""
    return (when - pd.to_datetime(year.astype(str) + "-01-01")).dt.days + 1


def _lanes(table):
    """A y for each row, overlapping exercises of a year spread over its row, and the top of each year's row (Series by year).

    Years without an edition have their row too; the last top is the bottom of the last row.
    """
    lanes, top, tops = {}, 0.0, {}
    for year in range(table["year"].min(), table["year"].max() + 1):
        own = table[table["year"] == year].sort_values(["first", "last", "exercise_id"])
        ends, lane = [], {}
        for item in own.itertuples():
            free = next((at for at, end in enumerate(ends) if end < item.first), len(ends))
            ends[free : free + 1] = [item.last]
            lane[item.Index] = free
        height = max(1, len(ends) / CROWDED)
        step = (height - 0.22) / max(len(ends), 1)
        lanes |= {index: top + 0.14 + step * (at + 0.5) for index, at in lane.items()}
        tops[year] = top
        top += height
    return lanes, pd.Series({**tops, "end": top})


def promise(table, shocks, title, subtitle, footer):
    """Editions that yearly programmes named ahead by what became of them, one bar a year, years of shock marked.

    Takes `cadence.delivery` and the years of shock.
    """
    figure, grid = style.sheet(0.34 * len(table) + 0.1, title, subtitle, footer, left=1.05, right=1.1, bottom=0.75)
    ax = grid[0, 0]
    y = range(len(table))
    base = pd.Series(0, index=table.index)
    for column, fate, label in [
        ("held", "held", "held"),
        ("called_off", "cancelled", "called off"),
        ("open", "unverified", "no report of either"),
    ]:
        _, look = style.FATE_MARKS[fate]
        drawn = table[table[column] > 0]
        ax.barh(drawn.index, drawn[column], left=base[drawn.index], height=0.62, linewidth=0.9, label=label, **look)
        base = base + table[column]
    for at, row in zip(y, table.itertuples(), strict=True):
        ax.text(
            1.02,
            at,
            f"{row.held} of {row.named} held",
            va="center",
            size=8.3,
            color=style.MUTED,
            transform=ax.get_yaxis_transform(),
        )
    names = [f"shock {year}" if year in shocks else str(year) for year in table["year"]]
    ax.set_yticks(y, names)
    ax.set(ylim=(len(table) - 0.4, -0.6), xlim=(0, table["named"].max() + 0.05), xlabel="editions named")
    ax.xaxis.set_major_locator(mpl.ticker.MaxNLocator(integer=True))
    ax.xaxis.label.set(size=9.5, color=style.MUTED)
    ax.tick_params(axis="y", length=0)
    style.name_y(ax, names)
    handles = [
        mpl.patches.Patch(label=label, **style.FATE_MARKS[fate][1])
        for fate, label in [("held", "held"), ("cancelled", "called off"), ("unverified", "no report")]
    ]
    style.key(ax, handles, columns=3, y=-0.62 / (0.34 * len(table) + 0.1))
    return figure
