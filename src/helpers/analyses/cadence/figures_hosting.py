"""Figure of where exercises were held in which year: places by state."""

import matplotlib as mpl

from helpers.display import style

AT_LEAST = 2  # exercises for a place to have a row of its own
ELSEWHERE = "elsewhere, or place not named"


def venues(table, states, title, subtitle, footer):
    """Places by state against years, one row a place used more than once; a disc's number is the exercises of the year.

    Takes `hosts.venues` and the states in drawing order as {iso3: name}. What is left of a state's exercises stands in its
    last row, hollow.
    """
    rows = [row for state in states for row in _rows(table, state)]
    figure, grid = style.sheet(0.265 * len(rows) + 0.2, title, subtitle, footer, left=3.05, right=0.75, bottom=0.4)
    ax = grid[0, 0]
    top = 0
    for state, name in states.items():
        own = [row for row in rows if row[0] == state]
        if not own:
            continue
        ax.text(-0.52, top - 0.02, name, size=9.5, weight="bold", va="center", transform=ax.get_yaxis_transform())
        if top:
            ax.axhline(top - 0.5, color=style.FAINT, linewidth=0.8, label="between states")
        for at, (_, place, years) in enumerate(own, top):
            _row(ax, at, place, years)
        top += len(own)
    ax.set_yticks(range(len(rows)), [place for _, place, _ in rows])
    years = table["year"]
    ax.set(xlim=(years.min() - 0.7, years.max() + 0.7), ylim=(len(rows) - 0.4, -0.6))
    ax.xaxis.set_major_locator(mpl.ticker.MaxNLocator(integer=True, nbins=9))
    ax.tick_params(axis="y", length=0, labelsize=8.8)
    ax.grid(axis="x", color=style.FAINT, linewidth=0.6)
    style.name_y(ax, [f"{state} {place}" for state, place, _ in rows])
    return figure


def _rows(table, state):
    """(state, place, counts by year) of a state's rows: places by number of exercises, then what is left."""
    own = table[table["iso3"] == state]
    counts = own["place"].value_counts()
    kept = [place for place in counts.index if place and counts[place] >= AT_LEAST]
    kept.sort(key=lambda place: (-counts[place], place))
    rows = [(state, place, own.loc[own["place"] == place, "year"].value_counts().sort_index()) for place in kept]
    left = own[~own["place"].isin(kept)].drop_duplicates("exercise_id")
    rest = left["year"].value_counts().sort_index()
    return [*rows, (state, ELSEWHERE, rest)] if len(rest) else rows


def _row(ax, at, place, years):
    hollow = place == ELSEWHERE
    colour = style.MUTED if hollow else style.BLUE
    face = style.PAPER if hollow else colour
    label = "elsewhere" if hollow else "place"
    ax.scatter(years.index, [at] * len(years), s=105, facecolors=face, edgecolors=colour, zorder=3, label=label)
    for year, number in years.items():
        ink = colour if hollow else style.PAPER
        ax.text(year, at, str(number), size=8, ha="center", va="center", color=ink, weight="bold", zorder=4)
    total = f"{years.sum()} in all"
    ax.text(1.015, at, total, size=8, va="center", color=style.MUTED, transform=ax.get_yaxis_transform())
