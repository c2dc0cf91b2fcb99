"""The pictures of the calendar: exercises a year, months of each year, promises."""

import pandas as pd
from matplotlib.figure import Figure

from helpers.derive.record import Record
from helpers.display import style
from helpers.display.phrases import day, short_day

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@style.responsive
def plot_by_year(record: Record, parts: pd.DataFrame, joint: pd.DataFrame, title: str, subtitle: str) -> Figure:
    """Bars: held exercises of each plan year, joint exercises counted once, and their further parts in a pale tone.

    Takes `measures.count_by_year` counted both ways.
    """
    narrow = style.layout().narrow
    cut = (
        f"Years after {record.last_year} are not covered to the end. " if record.last_year < record.scope.until else ""
    )
    footer = f"{cut}Sources to {day(*record.last_days)}. Data: reports.csv."
    figure, grid = style.sheet(190, title, subtitle, footer, left=14, right=14, bottom=26)
    ax = grid[0, 0]
    years = parts.index[parts.index <= record.last_year]
    once, every = joint.loc[years, "held"], parts.loc[years, "held"]
    ax.bar(years, once, width=0.78, color=style.BLUE, label="joint exercises and single ones")
    further = (every - once).clip(lower=0)
    ax.bar(years, further, bottom=once, width=0.78, color=style.PALE_BLUE, label="further parts")
    for year, total in every.items():
        if total and (not narrow or year % 3 == 0 or total == every.max()):
            style.label(
                ax,
                year,
                max(total, once[year]),
                f"{total}",
                ha="center",
                va="bottom",
                size=style.points(style.layout().small),
            )
    ax.set_yticks([])
    step = 5 if narrow else 2
    ax.set_xticks([year for year in years if year % step == 0])
    ax.set_xlim(years[0] - 0.6, years[-1] + 0.6)
    ax.fmt_xdata = lambda x: f"{x:.2f}".rstrip("0").rstrip(".")
    return figure


@style.responsive
def plot_calendar(table: pd.DataFrame, record: Record, title: str, subtitle: str) -> Figure:
    """Months by years: a square an exercise that began in the month, stacked side by side (`measures.count_by_month`)."""
    narrow = style.layout().narrow
    years = list(range(int(table["year"].min()), int(table["year"].max()) + 1))
    footer = f"A square leads to its exercise. Without those whose month is not known. Sources to {day(*record.last_days)}. Data: reports.csv."
    row = 14 if narrow else 17
    figure, grid = style.sheet(row * len(years), title, subtitle, footer, left=44, right=8, bottom=26)
    ax = grid[0, 0]
    place = table.groupby(["year", "month"]).cumcount()
    most = max(4, int(place.max()) + 1)
    x = table["month"] - 0.4 + (place + 0.5) * 0.8 / most
    y = table["year"].map(years.index)
    marks = ax.scatter(x, y, marker="s", s=22 if narrow else 46, color=style.BLUE, linewidths=0, label="began")
    said = [f"{one.name}, {short_day(one.day)}" for one in table.itertuples()]
    style.link(marks, said, [f"exercises/{one}.html" for one in table["exercise_id"]])
    for month in (3.5, 6.5, 9.5):
        ax.axvline(month, color=style.FAINT, linewidth=0.8, label="quarter")
    shown = range(0, len(years), 2 if narrow else 1)
    ax.set_yticks(list(shown), [str(years[at]) for at in shown])
    ax.set_xticks(range(1, 13), [name[0] if narrow else name for name in MONTHS])
    ax.set(xlim=(0.4, 12.6), ylim=(len(years) - 0.4, -0.6))
    style.name_y(ax, [str(year) for year in years])
    ax.fmt_xdata = lambda at: f"{MONTHS[min(11, max(0, round(at) - 1))]} {at - round(at):+.2f}"
    return figure


@style.responsive
def plot_promises(table: pd.DataFrame, record: Record, title: str, subtitle: str) -> Figure:
    """One square an exercise that a yearly programme announced, by plan year; what was not held stands out (`promises.list_promises`)."""
    narrow = style.layout().narrow
    years = list(range(int(table["year"].min()), int(table["year"].max()) + 1))
    ranked = table.assign(last=table["fate"] != "held").sort_values(["year", "last"], kind="stable")
    height = ranked.groupby("year").cumcount()
    tall = int(height.max()) + 1
    footer = (
        f"Programmes to {record.last_year}. Sources to {day(*record.last_days)}. Data: programmes.csv, reports.csv."
    )
    figure, grid = style.sheet((15 if narrow else 20) * tall, title, subtitle, footer, left=14, right=14, bottom=26)
    ax = grid[0, 0]
    looks = {
        "held": (style.BLUE, style.BLUE),
        "called off": (style.RED, style.RED),
        "not verified": (style.PAPER, style.INK),
    }
    for fate, (face, edge) in looks.items():
        own = ranked[ranked["fate"] == fate]
        if own.empty:
            continue
        marks = ax.scatter(
            own["year"],
            height[own.index],
            marker="s",
            s=64 if narrow else 150,
            facecolor=face,
            edgecolor=edge,
            label=fate,
        )
        said = [f"{one.name}: {fate}" + (", not as first planned" if one.moved else "") for one in own.itertuples()]
        style.link(marks, said, [f"exercises/{one}.html" for one in own["exercise_id"]])
    ax.set_yticks([])
    step = 3 if narrow else 1
    ax.set_xticks([year for year in years if (years[-1] - year) % step == 0])
    ax.set(xlim=(years[0] - 0.7, years[-1] + 0.7), ylim=(-0.7, tall))
    ax.fmt_xdata = lambda at: f"{at:.0f}"
    return figure
