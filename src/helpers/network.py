"""Who trains with whom: incidence, two-mode graph and conditional co-attendance, all under an expectation mask.

A cell counts only where the state was expected and the exercise was held. A state that is known to have stayed away
settles a pair's occasion whatever the other did; any other occasion with an unknown cell widens the bounds.
"""

from itertools import combinations

import networkx as nx
import numpy as np
import pandas as pd

from helpers import intervals
from helpers.attendance import ABSENT, ATTENDED

# Plan years, cut at the organisation's own turning points and not at any member's.
PERIODS = {
    "2000-2008": (2000, 2008),  # the Central Asian deployment force is the only joint force
    "2009-2015": (2009, 2015),  # from the agreement on the rapid reaction force (June 2009)
    "2016-2021": (2016, 2021),  # special exercises beside the main ones, umbrellas from 2017
    "2022-2026": (2022, 2026),  # after the first deployment (January 2022)
}


def incidence(cells):
    """Incidence matrix (frame, states x exercises, in the cells' order): 1 attended, 0 absent, NaN unknown or out of mask."""
    value = np.where(cells["code"].isin(ATTENDED), 1.0, np.where(cells["code"].isin(ABSENT), 0.0, np.nan))
    table = cells.assign(value=np.where(cells["expected"], value, np.nan))
    return table.pivot(index="iso3", columns="exercise_id", values="value")[table["exercise_id"].unique()]


def expectation_mask(cells, register):
    """Mask of the same shape as `incidence`: True where the state was expected and the exercise was held."""
    held = set(register.loc[register["status"] == "held", "exercise_id"])
    table = cells.assign(value=cells["expected"] & cells["exercise_id"].isin(held))
    return table.pivot(index="iso3", columns="exercise_id", values="value")[table["exercise_id"].unique()]


def two_mode_graph(cells, register):
    """Two-mode graph (networkx.Graph): states (bipartite 0) and held exercises (bipartite 1), an edge where attended.

    Exercise nodes carry name, series, class, umbrella, start, end; edges carry code, grade, mode and report ids.
    """
    graph = nx.Graph()
    held = register[register["status"] == "held"]
    attended = cells[cells["expected"] & cells["code"].isin(ATTENDED) & cells["exercise_id"].isin(held["exercise_id"])]
    graph.add_nodes_from(sorted(cells.loc[cells["expected"], "iso3"].unique()), bipartite=0)
    for row in held.to_dict("records"):
        graph.add_node(
            row["exercise_id"],
            bipartite=1,
            name=row["name"],
            series=row["series_id"],
            kind=row["class"],
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


def co_attendance(cells, register):
    """Conditional co-attendance of every pair of states that shared an occasion, one row a pair.

    An occasion is a held exercise at which both were expected. Columns: a, b, together, occasions (settled), unknown
    (occasions not settled), rate = together / occasions, wilson_low, wilson_high, low, high (bounds over the unknown).
    """
    if cells.empty:
        return with_intervals(
            pd.DataFrame(columns=["a", "b", "together", "occasions", "unknown"], dtype=float), "together", "occasions"
        )
    mask = expectation_mask(cells, register)
    value = incidence(cells).where(mask)
    present, not_absent = (value == 1).to_numpy(float), ((value != 0) & mask).to_numpy(float)
    total = mask.to_numpy(float) @ mask.to_numpy(float).T
    together = present @ present.T
    unknown = not_absent @ not_absent.T - together
    rows = [
        {
            "a": a,
            "b": b,
            "together": int(together[i, j]),
            "occasions": int(total[i, j] - unknown[i, j]),
            "unknown": int(unknown[i, j]),
        }
        for (i, a), (j, b) in combinations(enumerate(mask.index), 2)
        if total[i, j]
    ]
    return with_intervals(
        pd.DataFrame(rows, columns=["a", "b", "together", "occasions", "unknown"]), "together", "occasions"
    )


def with_intervals(table, k, n):
    """The table with rate, wilson_low, wilson_high and the bounds low, high over its column `unknown`."""
    rate = (table[k] / table[n].where(table[n] > 0)).astype(float)
    wilson_low, wilson_high = intervals.wilson(table[k], table[n])
    low, high = intervals.manski(table[k], table[n], table["unknown"])
    return table.assign(rate=rate, wilson_low=wilson_low, wilson_high=wilson_high, low=low, high=high)


def in_period(cells, register, period):
    """The cells and the register (both, in this order) of the plan years of a period in PERIODS."""
    part = register[register["year"].between(*PERIODS[period])].reset_index(drop=True)
    return cells[cells["exercise_id"].isin(part["exercise_id"])].reset_index(drop=True), part


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
