"""The country-exercise network: incidence, the mask of who was expected, the two-mode graph in networkx and its files."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import numpy as np
import pandas as pd

from helpers.derive.codes import ABSENT, ATTENDED
from helpers.derive.record import Record

GEXF = "http://www.gexf.net/1.2draft"  # the namespace of GEXF 1.2


def incidence(attendance: pd.DataFrame) -> pd.DataFrame:
    """Put attendance into a matrix of states and exercises.

    Parameters
    ----------
    attendance
        Cases as `derive_attendance` gives them: exercise_id, iso3, expected, code.

    Returns
    -------
    DataFrame
        One row a state, one column an exercise, in the order of the cases: 1 came, 0 stayed away, NaN not known or not
        expected.
    """
    value = np.where(attendance["code"].isin(ATTENDED), 1.0, np.where(attendance["code"].isin(ABSENT), 0.0, np.nan))
    table = attendance.assign(value=np.where(attendance["expected"], value, np.nan))
    return table.pivot(index="iso3", columns="exercise_id", values="value")[table["exercise_id"].unique()]


def expectation_mask(record: Record) -> pd.DataFrame:
    """Tell which states were expected at which held exercises.

    Parameters
    ----------
    record
        The record of a scope.

    Returns
    -------
    DataFrame
        Of the shape of `incidence`, bool.
    """
    held = set(record.register.loc[record.register["status"] == "held", "exercise_id"])
    table = record.attendance.assign(value=record.attendance["expected"] & record.attendance["exercise_id"].isin(held))
    return table.pivot(index="iso3", columns="exercise_id", values="value")[table["exercise_id"].unique()]


def incidence_of(record: Record) -> pd.DataFrame:
    """Take the incidence of held exercises, without states that were expected at none of them or of which nothing is known.

    Parameters
    ----------
    record
        The record of a scope.

    Returns
    -------
    DataFrame
        As `incidence`; what the null models take.
    """
    table = incidence(record.attendance).where(expectation_mask(record))
    return table[table.notna().any(axis=1)]


def two_mode_graph(record: Record) -> nx.Graph:
    """Build the two-mode graph of states and held exercises, with every case as an edge.

    An edge says what is known of one state at one exercise, also that it stayed away, was not expected, or that nothing is
    known; `attended` keeps the edges of those that came.

    Parameters
    ----------
    record
        The record of a scope.

    Returns
    -------
    networkx.Graph
        Nodes of states (bipartite 0) carry name. Nodes of exercises (bipartite 1) carry name, year, series_id, event_type,
        umbrella_id, is_umbrella (whether it has parts), is_own (whether the organisation ran it), start and end (ISO days,
        the widest reading), start_coded and end_coded (EDTF, as sources say). Edges carry code, expected, came (1 or 0; no
        such key where it is not known), grade, mode, reports, and start and end of the exercise.
    """
    graph: nx.Graph[str] = nx.Graph()
    states = sorted(record.attendance["iso3"].unique())
    graph.add_nodes_from((state, {"bipartite": 0, "name": record.names.get(state, state)}) for state in states)
    held = record.register[record.register["status"] == "held"]
    days = {}
    for row in held.to_dict("records"):
        days[row["exercise_id"]] = span = {"start": _iso(row["start_earliest"]), "end": _iso(row["end_latest"])}
        graph.add_node(row["exercise_id"], bipartite=1, **_exercise(row), **span)
    for row in record.attendance[record.attendance["exercise_id"].isin(days)].to_dict("records"):
        graph.add_edge(row["iso3"], row["exercise_id"], **_case(row), **days[row["exercise_id"]])
    return graph


def _iso(day: pd.Timestamp) -> str:
    return day.date().isoformat()


def _exercise(row: dict[str, Any]) -> dict[str, Any]:
    plain = {name: row[name] for name in ("name", "series_id", "event_type", "umbrella_id")}
    flags = {name: bool(row[name]) for name in ("is_umbrella", "is_own")}
    return plain | flags | {"year": int(row["year"]), "start_coded": row["start"], "end_coded": row["end"]}


def _case(row: dict[str, Any]) -> dict[str, Any]:
    came = {"came": 1} if row["code"] in ATTENDED else {"came": 0} if row["code"] in ABSENT else {}
    plain = {name: row[name] for name in ("code", "grade", "mode")}
    return plain | {"expected": bool(row["expected"]), "reports": ";".join(row["reports"])} | came


def attended(graph: nx.Graph) -> nx.Graph:
    """Keep of a two-mode graph the edges of expected states that came, and the nodes that still have an edge.

    Parameters
    ----------
    graph
        As `two_mode_graph` gives it.

    Returns
    -------
    networkx.Graph
        A graph of its own, whose projection on the states (`networkx.bipartite`) counts exercises attended together.
    """
    kept: nx.Graph[str] = nx.Graph()
    edges = [(a, b, data) for a, b, data in graph.edges(data=True) if data["expected"] and data.get("came") == 1]
    ends = {node for edge in edges for node in edge[:2]}
    kept.add_nodes_from((node, data) for node, data in graph.nodes(data=True) if node in ends)
    kept.add_edges_from(edges)
    return kept


def of_exercises(graph: nx.Graph, exercises: Iterable[str]) -> nx.Graph:
    """Keep of a two-mode graph some exercises and the states that were expected at one of them.

    Parameters
    ----------
    graph
        As `two_mode_graph` gives it.
    exercises
        Ids of exercises.

    Returns
    -------
    networkx.Graph
        A graph of its own with the edges of expected states, nodes in the order of `graph`.
    """
    wanted = set(exercises)
    kept: nx.Graph[str] = nx.Graph()
    edges = [(a, b, data) for a, b, data in graph.edges(data=True) if data["expected"] and (a in wanted or b in wanted)]
    ends = wanted | {node for edge in edges for node in edge[:2]}
    kept.add_nodes_from((node, data) for node, data in graph.nodes(data=True) if node in ends)
    kept.add_edges_from(edges)
    return kept


def side_of(graph: nx.Graph, side: int) -> list[str]:
    """List the nodes of one side of a two-mode graph.

    Parameters
    ----------
    graph
        As `two_mode_graph` gives it.
    side
        0 for states, 1 for exercises.

    Returns
    -------
    list of str
        In the graph's order.
    """
    return [node for node, of in graph.nodes(data="bipartite") if of == side]


def write_graph(graph: nx.Graph, path: Path) -> None:
    """Write a graph as GraphML, GEXF and node-link JSON, the same bytes on any day.

    A node is labelled by its name; one that is joined to no other is left out. GEXF reads start and end as the time in which
    a node or an edge exists, so they are ISO days. What a node or an edge does not carry is blank in all three files.

    Parameters
    ----------
    graph
        As `two_mode_graph` gives it.
    path
        Where the files go, without a suffix.
    """
    labelled = graph.copy()
    labelled.remove_nodes_from(list(nx.isolates(graph)))
    nx.set_node_attributes(labelled, dict(labelled.nodes(data="name")), "label")
    nx.write_graphml(labelled, path.with_suffix(".graphml"))
    path.with_suffix(".gexf").write_bytes(_gexf_bytes(labelled))
    text = json.dumps(nx.node_link_data(labelled), ensure_ascii=False, indent=1)
    path.with_suffix(".json").write_text(text + "\n", encoding="utf-8")


def _gexf_bytes(graph: nx.Graph) -> bytes:
    """A graph as GEXF 1.2, without what networkx adds against the schema (a name) or from the clock (today's date)."""
    buffer = io.BytesIO()
    nx.write_gexf(graph, buffer)
    ElementTree.register_namespace("", GEXF)
    root = ElementTree.fromstring(buffer.getvalue())
    for meta in root.iter(f"{{{GEXF}}}meta"):
        meta.attrib.pop("lastmodifieddate", None)
    for drawn in root.iter(f"{{{GEXF}}}graph"):
        drawn.attrib.pop("name", None)
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"
