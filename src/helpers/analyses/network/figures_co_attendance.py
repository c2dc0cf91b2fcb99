"""Figures of ties between states: matrices by period, slopes between periods, sets of attendees."""

import math

import matplotlib as mpl

from helpers.display import style


def tie_matrices(panels, states, title, subtitle, footer):
    """Small multiples of conditional co-attendance, one matrix a period, two side by side.

    `panels` is {period: frame of `network.co_attendance`}. The cell prints together/occasions, its shade is the rate; a
    blank cell means that the two were never expected at the same held exercise.
    """
    rows = math.ceil(len(panels) / 2)
    figure, grid = style.sheet(
        2.5 * rows, title, subtitle, footer, rows=rows, columns=2, left=0.5, gap=0.55, bottom=0.25, top=0.25
    )
    for spare in list(grid.flat)[len(panels) :]:
        spare.set_visible(False)
    shade = mpl.colormaps["Blues"]
    for ax, (period, ties) in zip(grid.flat, panels.items(), strict=False):
        ax.set_title(period, loc="left", size=10.5, color=style.INK)
        known = ties[ties["occasions"] > 0]
        own = [state for state in states if state in {*known["a"], *known["b"]}]
        for tie in known.itertuples():
            row, column = sorted((own.index(tie.a), own.index(tie.b)), reverse=True)
            ax.add_patch(
                mpl.patches.Rectangle(
                    (column - 0.5, row - 0.5),
                    1,
                    1,
                    facecolor=shade(0.08 + 0.8 * tie.rate),
                    edgecolor=style.PAPER,
                    linewidth=1.5,
                    label=f"{tie.a}-{tie.b}",
                )
            )
            ink = style.PAPER if tie.rate > 0.62 else style.INK
            ax.text(column, row, f"{tie.together}/{tie.occasions}", ha="center", va="center", size=9, color=ink)
        ax.set_xticks(range(len(own) - 1), own[:-1], size=9)
        ax.set_yticks(range(1, len(own)), own[1:], size=9)
        ax.set(xlim=(-0.5, len(states) - 1.5), ylim=(len(own) - 0.5, 0.5))
        ax.tick_params(length=0, pad=1)
        ax.spines[:].set_visible(False)
    return figure


def slopes(table, focus, periods, title, subtitle, footer):
    """Every pair's tie in two periods as a paired slope; the focus's in colour with bounds, all others in grey.

    Takes `ties.change` and the two periods' names. Lines that end at the same height share one label.
    """
    figure, grid = style.sheet(3.4, title, subtitle, footer, left=1.1, right=2.6, bottom=0.45)
    ax = grid[0, 0]
    ours = (table["a"] == focus) | (table["b"] == focus)
    for part, colour, width, label in [
        (table[~ours], style.MUTED, 0.9, "others"),
        (table[ours], style.RED, 1.8, focus),
    ]:
        lines = [[(0, row.rate_before), (1, row.rate_after)] for row in part.itertuples()]
        if not lines:
            continue
        ax.add_collection(
            mpl.collections.LineCollection(lines, colors=colour, linewidths=width, alpha=0.75, label=f"{label}: rate")
        )
        for x, side in enumerate(("before", "after")):
            ax.vlines(
                [x] * len(part),
                part[f"low_{side}"],
                part[f"high_{side}"],
                color=colour,
                linewidth=5,
                alpha=0.22,
                label=f"{label}: bounds {side}",
            )
            ax.scatter([x] * len(part), part[f"rate_{side}"], color=colour, s=22, zorder=3, label=f"{label}: {side}")
        ends = part.groupby(part["rate_after"].round(3))
        for height, group in ends:
            counts = sorted({f"{row.together_after}/{row.occasions_after}" for row in group.itertuples()})
            plural = "" if len(group) == 1 else "s"
            words = f"{focus} with {len(group)} other{plural}" if label == focus else f"{len(group)} other pair{plural}"
            ax.text(1.05, height, f"{words}: {', '.join(counts)}", va="center", size=8.5, color=colour)
    ax.set_xticks([0, 1], periods)
    ax.set_yticks([0, 0.25, 0.5, 0.75, 1], ["0 %", "25 %", "50 %", "75 %", "100 %"])
    ax.set(xlim=(-0.08, 1.0), ylim=(-0.05, 1.05))
    ax.grid(axis="y", color=style.FAINT, linewidth=0.6)
    return figure


def attendee_sets(panels, states, title, subtitle, footer, most=6):
    """UpSet-style chart: columns are sets of states that came together, bars how many exercises had that set.

    `panels` is {period: frame of `ties.attendee_sets`}; each panel shows its `most` largest sets.
    """
    figure, grid = style.sheet(
        3.3, title, subtitle, footer, rows=2, columns=len(panels), left=0.5, gap=0.22, bottom=0.2, top=0.25
    )
    for (bars, dots), (period, table) in zip(grid.T, panels.items(), strict=True):
        top = table.head(most)
        x = range(len(top))
        bars.bar(x, top["exercises"], color=style.BLUE, width=0.62, label=f"exercises, {period}")
        for at, count in zip(x, top["exercises"], strict=True):
            bars.text(at, count, str(count), ha="center", va="bottom", size=8.5)
        bars.set_title(period, loc="left", size=10.5, color=style.INK)
        bars.set(
            xlim=(-0.6, most - 0.4), ylim=(0, max(table["exercises"].max(), 1) * 1.25 if len(table) else 1), xticks=[]
        )
        bars.yaxis.set_major_locator(mpl.ticker.MaxNLocator(integer=True, nbins=3))
        bars.spines["bottom"].set_visible(False)
        inside = [(at, states.index(s)) for at, came in zip(x, top["states"], strict=True) for s in came if s in states]
        expected = [
            (at, states.index(s)) for at, due in zip(x, top["expected"], strict=True) for s in due if s in states
        ]
        outside = [spot for spot in expected if spot not in inside]
        for spots, face, label in [(inside, style.BLUE, "came"), (outside, style.PAPER, "expected, stayed away")]:
            if spots:
                dots.scatter(
                    *zip(*spots, strict=True),
                    s=42,
                    facecolor=face,
                    edgecolor=style.BLUE if face == style.BLUE else style.RED,
                    label=label,
                )
        dots.set_yticks(range(len(states)), states, size=8.5)
        dots.set(xlim=(-0.6, most - 0.4), ylim=(len(states) - 0.5, -0.5), xticks=[])
        dots.spines[:].set_visible(False)
        dots.tick_params(length=0)
        style.name_y(dots, states)
    return figure
