"""Figures of who trains with whom."""

import math
from itertools import groupby

import matplotlib as mpl

from helpers.derive.codes import CODES
from helpers.display import style

GRADE_INK = {"A": 1.0, "B": 0.7, "C": 0.45}  # opacity of a settled cell: the firmer the evidence, the darker the mark


def tiles(record, title, subtitle, footer, most=46):
    """Member x exercise chart: one column an exercise in order of time, one row a state, one mark a cell.

    Takes the cells and register of one scope and the states (ISO codes) in drawing order. Parts of one umbrella stand
    together under a bracket. Wraps into panels of at most `most` exercises, so that marks stay legible.
    """
    first_day = record.register.groupby("umbrella_id")["start_latest"].transform("min")
    order = (
        record.register.assign(first=first_day)
        .sort_values(["year", "first", "umbrella_id", "start_latest"])["exercise_id"]
        .tolist()
    )
    per_row = math.ceil(len(order) / math.ceil(len(order) / most))  # even rows, none longer than `most`
    chunks = [order[at : at + per_row] for at in range(0, len(order), per_row)]
    height = len(chunks) * (0.23 * len(record.states) + 0.52)
    figure, grid = style.sheet(height, title, subtitle, footer, rows=len(chunks), left=0.5, gap=0.52, bottom=0.75)
    info = record.register.set_index("exercise_id")
    code = record.attendance.set_index(["exercise_id", "iso3"])[["code", "grade"]].to_dict("index")
    for ax, chunk in zip(grid[:, 0], chunks, strict=True):
        _tile_panel(ax, chunk, info, code, record.states, per_row)
    handles = [_key_mark(CODES[code].label, look) for code, look in style.CODE_MARKS.items()]
    style.key(grid[-1, 0], handles, columns=5, y=-0.32 / (0.23 * len(record.states)))
    return figure


def _tile_panel(ax, chunk, info, code, states, per_row):
    spots = {}
    for x, exercise in enumerate(chunk):
        for y, state in enumerate(states):
            cell = code[exercise, state]
            spots.setdefault((cell["code"], cell["grade"] if cell["grade"] in GRADE_INK else ""), []).append((x, y))
    for name, look in style.CODE_MARKS.items():
        for grade in [*GRADE_INK, ""]:
            if (name, grade) in spots:
                ax.scatter(
                    *zip(*spots[name, grade], strict=True),
                    s=16 if name == "not_expected" else 62,
                    linewidths=1.4 if name != "present" else 0.5,
                    alpha=GRADE_INK.get(grade, 1.0),
                    label=f"{CODES[name].label}, grade {grade}" if grade else CODES[name].label,
                    **look,
                )
    _brackets(ax, [info.at[exercise, "umbrella_id"] for exercise in chunk])
    years = [info.at[exercise, "year"] for exercise in chunk]
    firsts = [x for x, year in enumerate(years) if x == 0 or year != years[x - 1]]
    ax.vlines(
        [x - 0.5 for x in firsts[1:]], -0.6, len(states) - 0.4, color=style.FAINT, linewidth=0.8, label="new year"
    )
    spans = list(zip(firsts, [*firsts[1:], len(chunk)], strict=True))
    labels = [str(years[x]) if end - x > 2 else f"{years[x] % 100:02d}" for x, end in spans]
    ax.set_xticks([(x + end - 1) / 2 for x, end in spans], labels, size=8.5)
    for (x, end), tick in zip(spans, ax.get_xticklabels(), strict=True):
        tick.set_size(8.5 if end - x > 1 else 8)  # a year of one column has little room
    ax.set_yticks(range(len(states)), states)
    ax.set(xlim=(-0.8, per_row - 0.2), ylim=(len(states) - 0.4, -0.9))
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    style.name_x(ax, [info.at[exercise, "name"] for exercise in chunk])
    style.name_y(ax, states)


def _brackets(ax, umbrellas):
    """A line above each run of columns that belong to one umbrella."""
    runs = [(name, [x for x, _ in run]) for name, run in groupby(enumerate(umbrellas), key=lambda item: item[1])]
    runs = [(name, columns) for name, columns in runs if len(columns) > 1]
    for name, columns in runs:
        ax.hlines(
            -0.85, columns[0] - 0.35, columns[-1] + 0.35, color=style.INK, linewidth=1.6, label=name, clip_on=False
        )


def _key_mark(label, look):
    look = dict(look)
    marker, face = look.pop("marker"), look.pop("facecolor")
    edge = look.pop("edgecolor", face)
    return mpl.lines.Line2D(
        [], [], linestyle="", marker=marker, markerfacecolor=face, markeredgecolor=edge, markersize=7, label=label
    )


def two_mode(record, graph, states, title, subtitle, footer):
    """A two-mode graph drawn in a fixed order: states above, exercises below in order of time, an edge where attended.

    The record tells where an edge is missing because an expected state stayed away: there a dashed line is drawn.
    """
    stayed = set(
        record.attendance.loc[record.attendance["code"].str.startswith("absent"), ["iso3", "exercise_id"]].itertuples(
            index=False, name=None
        )
    )
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
        gone = [(place[state], place[exercise]) for exercise in exercises if (state, exercise) in stayed]
        if gone:
            look = dict(colors=style.RED, linewidths=1, linestyles="dashed", alpha=0.8)
            ax.add_collection(mpl.collections.LineCollection(gone, label=f"{state} stayed away", **look))
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


def hosts_and_guests(graph, states, title, subtitle, footer):
    """Directed network host -> guest, states in a fixed circle; the wider an arrow, the more visits, which it prints.

    An arrow from a host to a guest bends to its right, so that a pair's two directions stand apart.
    """
    figure, grid = style.sheet(5.6, title, subtitle, footer, left=0.2, right=0.2, bottom=0.15)
    ax = grid[0, 0]
    drawn = [state for state in states if graph.degree(state)]
    angles = {state: math.pi / 2 - 2 * math.pi * at / len(drawn) for at, state in enumerate(drawn)}
    place = {state: (math.cos(angle), math.sin(angle)) for state, angle in angles.items()}
    most = max((w for *_, w in graph.edges(data="weight")), default=1)
    for host, guest, weight in sorted(graph.edges(data="weight")):
        arrow = mpl.patches.FancyArrowPatch(
            place[host],
            place[guest],
            connectionstyle="arc3,rad=0.13",
            arrowstyle="-|>",
            mutation_scale=9,
            shrinkA=21,
            shrinkB=21,
            linewidth=0.5 + 4.5 * weight / most,
            color=style.BLUE,
            alpha=0.3 + 0.4 * weight / most,
            label=f"{host} hosts {guest}: {weight:.3g}",
        )
        ax.add_patch(arrow)
    ax.scatter(*zip(*place.values(), strict=True), s=900, color=style.INK, zorder=3, label="states")
    received, paid = graph.out_degree(weight="weight"), graph.in_degree(weight="weight")
    for state, (x, y) in place.items():
        ax.text(x, y, state, ha="center", va="center", color=style.PAPER, size=9.5, weight="bold", zorder=4)
        ha = "left" if x > 0.1 else "right" if x < -0.1 else "center"
        words = f"{received[state]:.0f} received\n{paid[state]:.0f} paid"
        ax.text(x * 1.24, y * 1.24, words, ha=ha, va="center", size=9, color=style.INK)
    ax.set(xlim=(-1.75, 1.75), ylim=(-1.38, 1.38), xticks=[], yticks=[], aspect="equal")
    ax.spines[:].set_visible(False)
    return figure
