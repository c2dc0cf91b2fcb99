"""The country-exercise network: incidence matrix with its expectation mask, two-mode graph, hosts and guests.

A cell counts only where the state was expected and the exercise was held.
"""

import json

import networkx as nx
import numpy as np

from helpers.derive.codes import ABSENT, ATTENDED


def incidence(cells):
    """Incidence matrix (frame, states x exercises, in the cells' order): 1 attended, 0 absent, NaN unknown or out of mask."""
    value = np.where(cells["code"].isin(ATTENDED), 1.0, np.where(cells["code"].isin(ABSENT), 0.0, np.nan))
    table = cells.assign(value=np.where(cells["expected"], value, np.nan))
    return table.pivot(index="iso3", columns="exercise_id", values="value")[table["exercise_id"].unique()]


def expectation_mask(record):
    """Mask of the same shape as `incidence`: True where the state was expected and the exercise was held."""
    held = set(record.register.loc[record.register["status"] == "held", "exercise_id"])
    table = record.attendance.assign(value=record.attendance["expected"] & record.attendance["exercise_id"].isin(held))
    return table.pivot(index="iso3", columns="exercise_id", values="value")[table["exercise_id"].unique()]


def incidence_of(record):
    """`incidence` inside `expectation_mask`, without states that were nowhere expected."""
    table = incidence(record.attendance).where(expectation_mask(record))
    return table[table.notna().any(axis=1)]


def two_mode_graph(record):
    """Two-mode graph (networkx.Graph): states (bipartite 0) and held exercises (bipartite 1), an edge where attended.

    Exercise nodes carry name, series, event type, umbrella, start, end; edges carry code, grade, mode and report ids.
    """
    graph = nx.Graph()
    held = record.register[record.register["status"] == "held"]
    attended = record.attendance[
        record.attendance["expected"]
        & record.attendance["code"].isin(ATTENDED)
        & record.attendance["exercise_id"].isin(held["exercise_id"])
    ]
    graph.add_nodes_from(sorted(record.attendance.loc[record.attendance["expected"], "iso3"].unique()), bipartite=0)
    for row in held.to_dict("records"):
        graph.add_node(
            row["exercise_id"],
            bipartite=1,
            name=row["name"],
            series=row["series_id"],
            kind=row["event_type"],
            umbrella=row["umbrella_id"],
            start=row["start"],
            end=row["end"],
        )
    for row in attended.to_dict("records"):
        graph.add_edge(
            row["iso3"],
            row["exercise_id"],
            code=row["code"],
            grade=row["grade"],
            mode=row["mode"],
            reports=";".join(row["reports"]),
        )
    return graph


def fullest_umbrella(register):
    """Id of the umbrella with most held parts (the latest of equals), or an empty text: a small graph to learn from."""
    parts = register[(register["parent_id"] != "") & (register["status"] == "held")]
    if parts.empty:
        return ""
    sizes = parts.groupby("parent_id", sort=False).agg(parts=("exercise_id", "size"), year=("year", "max"))
    return sizes.sort_values(["parts", "year"]).index[-1]


def around(graph, register, umbrella):
    """The part of a two-mode graph that holds an umbrella's parts and all states."""
    parts = set(register.loc[register["parent_id"] == umbrella, "exercise_id"])
    part = graph.copy()  # a subgraph view would list its nodes in the order of a set
    part.remove_nodes_from([node for node, side in graph.nodes(data="bipartite") if side == 1 and node not in parts])
    return part


def expected_at(cells, graph, states):
    """Those of `states`, in their order, that were expected at one exercise of a two-mode graph at least."""
    expected = set(cells.loc[cells["expected"] & cells["exercise_id"].isin(set(graph)), "iso3"])
    return [state for state in states if state in expected]


def write_graph(graph, path):
    """Writes a graph beside `path` (without suffix) as GraphML, GEXF and node-link JSON."""
    nx.write_graphml(graph, path.with_suffix(".graphml"))
    nx.write_gexf(graph, path.with_suffix(".gexf"))
    text = json.dumps(nx.node_link_data(graph, edges="links"), ensure_ascii=False, indent=1)
    path.with_suffix(".json").write_text(text + "\n", encoding="utf-8")
