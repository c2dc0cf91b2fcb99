"""The pictures of series and of the size of exercises."""

import pandas as pd
from matplotlib.dates import date2num, num2date
from matplotlib.figure import Figure

from helpers.derive.record import Record
from helpers.display import style
from helpers.display.phrases import day, short_day, shorten

MOST = 24  # series in one picture: more rows cannot be taken in


@style.responsive
def plot_lifelines(lives: pd.DataFrame, record: Record, title: str, subtitle: str) -> Figure:
    """A line a series, a dot a year in which it was held; silent ones end in red (`series.compute_lifelines`)."""
    narrow = style.layout().narrow
    known = lives[lives["first"].notna()]
    known = (
        known.assign(n=known["held"].map(len)).nlargest(MOST, "n").sort_values(["first", "name"]).reset_index(drop=True)
    )
    footer = f"Hollow: planned, or not verified. Series held most often; all stand on their pages. Sources to {day(*record.last_days)}."
    left = 118 if narrow else 190
    figure, grid = style.sheet(
        (17 if narrow else 20) * len(known), title, subtitle, footer, left=left, right=12, bottom=26
    )
    ax = grid[0, 0]
    for y, one in enumerate(known.itertuples()):
        silent = pd.notna(one.longest) and one.waiting + 1 > one.longest
        colour = style.RED if silent else style.BLUE
        ax.plot([one.first, one.last], [y, y], color=style.FAINT, linewidth=style.points(3), label="from first to last")
        size = 16 if narrow else 30
        marks = ax.scatter(one.held, [y] * len(one.held), s=size, color=colour, zorder=3, label="held")
        style.link(marks, [f"{one.name} {year}" for year in one.held], f"series/{one.series_id}.html")
        hollow = [*one.open, *one.planned]
        if hollow:
            ax.scatter(
                hollow,
                [y] * len(hollow),
                s=size,
                facecolor=style.PAPER,
                edgecolor=colour,
                zorder=2,
                label="not verified",
            )
    names = [shorten(name, 18 if narrow else 30) for name in known["name"]]
    ax.set_yticks(range(len(known)), names)
    style.name_y(ax, names)
    first, last = int(known["first"].min()), record.scope.until
    ax.set_xticks([year for year in range(first, last + 1) if year % (10 if narrow else 5) == 0])
    ax.set(ylim=(len(known) - 0.4, -0.6), xlim=(first - 0.8, last + 0.8))
    ax.fmt_xdata = lambda at: f"{at:.0f}"
    return figure


@style.responsive
def plot_troops(table: pd.DataFrame, record: Record, title: str, subtitle: str) -> Figure:
    """A dot an exercise at the number of troops reported for itself, the largest named (`troops.list_troops`)."""
    narrow = style.layout().narrow
    footer = f"Without joint totals, plans and contingents of one state. Sources to {day(*record.last_days)}. Data: reports.csv."
    figure, grid = style.sheet(210, title, subtitle, footer, left=52, right=16, bottom=26)
    ax = grid[0, 0]
    marks = ax.scatter(table["day"], table["troops"], s=34, color=style.BLUE, label="reported", alpha=0.85)
    said = [f"{one.name}, {short_day(one.day)}: {one.words} by {one.said_by}" for one in table.itertuples()]
    style.link(marks, said, [f"exercises/{one}.html" for one in table["exercise_id"]])
    middle = table["day"].min() + (table["day"].max() - table["day"].min()) / 2
    for one in table.nlargest(2 if narrow else 4, "troops").itertuples():
        side = "right" if one.day > middle else "left"
        shift = "\u2002"
        text = f"{one.name}{shift}" if side == "right" else f"{shift}{one.name}"
        style.label(
            ax, date2num(one.day), one.troops, text, ha=side, va="center", size=style.points(style.layout().small)
        )
    ax.set_ylim(0, table["troops"].max() * 1.1)
    ax.yaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
    ax.fmt_ydata = lambda value: f"{value:,.0f}"
    ax.grid(axis="y", color=style.FAINT, linewidth=0.6)
    first, last = table["day"].min().year, table["day"].max().year
    years = [year for year in range(first, last + 1) if year % (6 if narrow else 3) == 0]
    ax.set_xticks([pd.Timestamp(f"{year}-01-01") for year in years], [str(year) for year in years])
    ax.fmt_xdata = lambda at: num2date(at).strftime("%Y-%m-%d")
    return figure
