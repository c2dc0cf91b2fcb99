"""Figure of the two-mode network of one year."""

from __future__ import annotations

import matplotlib as mpl
import networkx as nx
from matplotlib.figure import Figure

from helpers.analyses.network import graph as network
from helpers.analyses.network.figures import ELSEWHERE, WITH_FOCUS
from helpers.analyses.network.groups import by_name
from helpers.derive.record import Record
from helpers.display import lettering, style


@style.responsive
def plot_network(graph: nx.Graph, record: Record, title: str, subtitle: str, footer: str) -> Figure:
    """Draw a small two-mode network: the focal state at the left, exercises in the middle, the other states at the right.

    Parameters
    ----------
    graph
        As `graph.of_exercises` gives it.
    record
        The record, for names and the focal state.
    title, subtitle, footer
        Texts.

    Returns
    -------
    Figure
    """
    narrow = style.layout().narrow
    exercises = network.side_of(graph, 1)
    others = [state for state in by_name(record, network.side_of(graph, 0)) if state != record.focus]
    rows = max(len(exercises), len(others))
    figure, grid = style.sheet(rows * (46 if narrow else 44), title, subtitle, footer, left=12, right=12, bottom=4)
    ax = grid[0, 0]
    place = {record.focus: (0.0, 0.5)}
    place |= {one: (0.5, (at + 0.5) / len(exercises)) for at, one in enumerate(exercises)}
    place |= {state: (1.0, (at + 0.5) / len(others)) for at, state in enumerate(others)}
    looks = {1: ("came", "solid", True), 0: ("stayed away", "dashed", False), None: ("not clear", "dotted", None)}
    for state in [*others, record.focus]:
        for came, (words, line, kind) in looks.items():
            ends = [one for one in exercises if graph.has_edge(state, one) and graph[state][one].get("came") == came]
            if not ends:
                continue
            palette = WITH_FOCUS if state == record.focus else ELSEWHERE
            lines = mpl.collections.LineCollection(
                [(place[state], place[one]) for one in ends],
                colors=style.MUTED if kind is None else palette[kind],
                linewidths=style.points(2 if state == record.focus else 1.4),
                alpha=0.5 if kind is None else 1,
                linestyles=line,
                label=f"{record.names.get(state, state)} {words}",
            )
            ax.add_collection(lines)
    size = style.layout().small if narrow else style.layout().text
    for node, (x, y) in place.items():
        name = record.names.get(node, node) if x != 0.5 else _short_name(graph.nodes[node])
        text = lettering.wrap(name, size, 96 if narrow else 240)
        box = dict(facecolor=style.PAPER, edgecolor="none" if x == 0.5 else style.FAINT, boxstyle="square,pad=0.3")
        weight = "bold" if node == record.focus else "normal"
        side = {0.0: "left", 0.5: "center", 1.0: "right"}[x]
        drawn = style.label(
            ax, x, y, text, ha=side, va="center", bbox=box, weight=weight, size=style.points(size), zorder=3
        )
        folder = "members" if x != 0.5 else "exercises"
        style.link(
            drawn, record.names.get(node, node) if x != 0.5 else graph.nodes[node]["name"], f"{folder}/{node}.html"
        )
    ax.set(xlim=(0, 1), ylim=(1, 0), xticks=[], yticks=[])
    ax.spines[:].set_visible(False)
    return figure


def _short_name(node: dict[str, object]) -> str:
    """An exercise's name without its year, which the title gives."""
    return str(node["name"]).removesuffix(f" {node['year']}")
