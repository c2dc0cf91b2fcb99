"""Figures of who trains with whom."""

import math

import matplotlib as mpl

from helpers.figures import style


def tiles(cells, register, states, title, subtitle, footer, most=46):
    """Member x exercise chart: one column an exercise in order of time, one row a state, one mark a cell.

    Takes the cells and register of one scope and the states (ISO codes) in drawing order. Wraps into panels of at most
    `most` exercises, so that marks stay legible.
    """
    order = register["exercise_id"].tolist()
    per_row = math.ceil(len(order) / math.ceil(len(order) / most))  # even rows, none longer than `most`
    chunks = [order[at : at + per_row] for at in range(0, len(order), per_row)]
    height = len(chunks) * (0.23 * len(states) + 0.52)
    figure, grid = style.sheet(height, title, subtitle, footer, rows=len(chunks), left=0.5, gap=0.52, bottom=0.75)
    info = register.set_index("exercise_id")
    code = cells.set_index(["exercise_id", "iso3"])["code"]
    for ax, chunk in zip(grid[:, 0], chunks, strict=True):
        _tile_panel(ax, chunk, info, code, states, per_row)
    handles = [_key_mark(label, look) for label, look in style.CODE_MARKS.values()]
    style.key(grid[-1, 0], handles, columns=5, y=-0.2)
    return figure


def _tile_panel(ax, chunk, info, code, states, per_row):
    for name, (label, look) in style.CODE_MARKS.items():
        spots = [
            (x, y)
            for x, exercise in enumerate(chunk)
            for y, state in enumerate(states)
            if code[exercise, state] == name
        ]
        if spots:
            ax.scatter(
                *zip(*spots, strict=True),
                s=16 if name == "not_expected" else 62,
                linewidths=1.4 if name != "present" else 0.5,
                label=label,
                **look,
            )
    years = [info.at[exercise, "year"] for exercise in chunk]
    firsts = [x for x, year in enumerate(years) if x == 0 or year != years[x - 1]]
    ax.vlines(
        [x - 0.5 for x in firsts[1:]], -0.6, len(states) - 0.4, color=style.FAINT, linewidth=0.8, label="new year"
    )
    spans = list(zip(firsts, [*firsts[1:], len(chunk)], strict=True))
    labels = [str(years[x]) if end - x > 2 else f"{years[x] % 100:02d}" for x, end in spans]
    ax.set_xticks([(x + end - 1) / 2 for x, end in spans], labels, size=9)
    ax.set_yticks(range(len(states)), states)
    ax.set(xlim=(-0.8, per_row - 0.2), ylim=(len(states) - 0.4, -0.6))
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    style.name_x(ax, [info.at[exercise, "name"] for exercise in chunk])
    style.name_y(ax, states)


def _key_mark(label, look):
    look = dict(look)
    marker, face = look.pop("marker"), look.pop("facecolor")
    edge = look.pop("edgecolor", face)
    return mpl.lines.Line2D(
        [], [], linestyle="", marker=marker, markerfacecolor=face, markeredgecolor=edge, markersize=7, label=label
    )


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


def two_mode(graph, states, title, subtitle, footer):
    """A two-mode graph drawn in a fixed order: states above, exercises below in order of time, an edge where attended."""
    exercises = [node for node, side in graph.nodes(data="bipartite") if side == 1]
    figure, grid = style.sheet(2.6, title, subtitle, footer, left=0.3, bottom=1.0)
    ax = grid[0, 0]
    across = [(at + 0.5) * len(exercises) / len(states) - 0.5 for at in range(len(states))]
    place = {state: (x, 1.0) for state, x in zip(states, across, strict=True)} | {
        name: (x, 0.0) for x, name in enumerate(exercises)
    }
    for state in states:
        lines = [(place[state], place[exercise]) for exercise in exercises if graph.has_edge(state, exercise)]
        if lines:
            ax.add_collection(
                mpl.collections.LineCollection(
                    lines, colors=style.MUTED, linewidths=1, alpha=0.7, label=f"{state} attended"
                )
            )
    ax.scatter(across, [1.0] * len(states), s=420, color=style.BLUE, zorder=3, label="states")
    ax.scatter(
        range(len(exercises)),
        [0.0] * len(exercises),
        s=120,
        marker="s",
        color=style.ORANGE,
        zorder=3,
        label="exercises",
    )
    for state, x in zip(states, across, strict=True):
        ax.text(x, 1.0, state, ha="center", va="center", color=style.PAPER, size=8.5, weight="bold", zorder=4)
    for x, name in enumerate(exercises):
        ax.text(
            x, -0.13, graph.nodes[name]["name"].replace(" ", "\n", 1), ha="center", va="top", size=8.5, color=style.INK
        )
    ax.set(xlim=(-0.6, len(exercises) - 0.4), ylim=(-0.2, 1.2), xticks=[], yticks=[])
    ax.spines[:].set_visible(False)
    style.name_x(ax, exercises)
    return figure
