import networkx as nx
import numpy as np
import pandas as pd
import pytest
from support import derive, exercise, report

from helpers.analyses.cadence import hosting
from helpers.analyses.network import co_attendance
from helpers.analyses.network import figures_co_attendance as draw
from helpers.analyses.network import graph as network

SIX = "ARM;BLR;KAZ;KGZ;RUS;TJK"


@pytest.fixture(scope="module")
def small():
    editions = [exercise(f"interaction-{year}") for year in range(2018, 2024)]
    lists = [SIX, SIX, "KAZ;RUS", "BLR;KAZ;KGZ;RUS;TJK", "RUS", SIX]
    told = [
        report(f"interaction-{2018 + n}", 1, start=f"{2018 + n}-09-01", participants=came)
        for n, came in enumerate(lists)
    ]
    register, cells = derive(editions, told)
    return cells.reset_index(), register.reset_index()


def test_other_measures_of_co_attendance_by_hand(small):
    pairs = co_attendance.co_attendance(*small).set_index(["a", "b"])
    # Kazakhstan and Russia: together in 2018, 2019, 2020, 2021, 2023; in 2022 Russia alone.
    assert pairs.loc[("KAZ", "RUS"), ["together", "occasions"]].tolist() == [5, 6]
    assert pairs.loc[("KAZ", "RUS"), "jaccard"] == pytest.approx(5 / 6)
    assert pairs.loc[("KAZ", "RUS"), "newman"] == pytest.approx(3 / 5 + 1 / 1 + 1 / 4)
    # Armenia and Belarus: neither came in 2020 and 2022, so Jaccard leaves those out.
    assert pairs.loc[("ARM", "BLR"), ["together", "occasions"]].tolist() == [3, 6]
    assert pairs.loc[("ARM", "BLR"), "jaccard"] == pytest.approx(3 / 4)


def test_newman_agrees_with_networkx(small):
    pairs = co_attendance.co_attendance(*small)
    graph = network.two_mode_graph(*small)
    states = [node for node, side in graph.nodes(data="bipartite") if side == 0]
    projected = nx.bipartite.collaboration_weighted_projected_graph(graph, states)
    for pair in pairs.itertuples():
        weight = projected.get_edge_data(pair.a, pair.b, {"weight": 0})["weight"]
        assert pair.newman == pytest.approx(weight)


def test_bootstrap_draws_whole_umbrellas():
    parts = [exercise("combat-2024", "combat")] + [
        exercise(f"interaction-{y}", parent_id="combat-2024") for y in (2024,)
    ]
    parts += [exercise("rubezh-2024", "combat", parent_id="combat-2024"), exercise("interaction-2025")]
    told = [report("interaction-2024", 1, participants=SIX, start="2024-09-01"), report("rubezh-2024", 1, participants=SIX, start="2024-10-01"),
            report("interaction-2025", 1, participants="RUS;KAZ", start="2025-09-01")]  # fmt: skip
    register, cells = derive(parts, told)
    register = register.reset_index()
    leaves = register[~register["is_umbrella"]].reset_index(drop=True)
    inside = cells.reset_index()
    inside = inside[inside["exercise_id"].isin(leaves["exercise_id"])]
    draws = co_attendance.bootstrap(inside, leaves, draws=500, seed=1)
    # Two units, the umbrella (two parts, both together) and a lone exercise: rates 1, 2/3 or 0 and nothing between.
    assert set(draws["ARM", "BLR"].round(6)) == {0.0, round(2 / 3, 6), 1.0}
    assert (draws["KAZ", "RUS"] == 1).all()


def test_bootstrap_repeats_and_limits_bracket_the_rate(record):
    register, cells = record
    part_cells, part = network.in_period(cells, register, (2016, 2021))
    one, two = (co_attendance.bootstrap(part_cells, part, draws=300, seed=7) for _ in range(2))
    pd.testing.assert_frame_equal(one, two)
    table = co_attendance.with_bootstrap(co_attendance.co_attendance(part_cells, part), one)
    known = table[table["occasions"] > 0]
    assert (known["boot_low"] <= known["rate"] + 1e-9).all()
    assert (known["boot_high"] >= known["rate"] - 1e-9).all()


def test_centrality_agrees_with_networkx(small):
    table = co_attendance.centrality(*small, draws=50).set_index("iso3")
    pairs = co_attendance.co_attendance(*small)
    graph = nx.Graph()
    graph.add_weighted_edges_from(pairs[["a", "b", "rate"]].itertuples(index=False))
    vector = nx.eigenvector_centrality_numpy(graph, weight="weight")
    top = max(vector.values())
    for state in table.index:
        assert table.at[state, "strength"] == pytest.approx(graph.degree(state, weight="weight"))
        assert table.at[state, "eigenvector"] == pytest.approx(vector[state] / top, abs=1e-6)
    assert (table["strength_low"] <= table["strength_high"]).all()
    assert (table["rank_best"] <= table["rank_worst"]).all()


def test_ranks_stay_open_where_intervals_overlap(record):
    register, cells = record
    table = co_attendance.centrality(*network.in_period(cells, register, (2022, 2026)), draws=300).set_index("iso3")
    assert table.at["ARM", "rank_best"] == len(table)
    assert table.at["RUS", "rank_best"] == 1
    assert table.at["RUS", "rank_worst"] > 1


def test_change_between_periods_and_pairs_without_a_state(small):
    pairs = co_attendance.co_attendance(*small)
    both = co_attendance.change(pairs, pairs)
    assert (both["rate_before"] == both["rate_after"]).all()
    summary = co_attendance.summary_without(pairs, "RUS")
    assert summary["pairs"].tolist() == [15, 10]
    assert summary.loc[0, "least"] == pairs["rate"].min()


def test_attendee_sets_count_settled_exercises_only(small):
    sets = co_attendance.attendee_sets(*small)
    everyone = ("ARM", "BLR", "KAZ", "KGZ", "RUS", "TJK")
    assert sets.loc[0].tolist() == [everyone, everyone, 3]
    assert sets["exercises"].sum() + sets.attrs["left_out"] == 6


def test_hosts_and_guests_by_hand():
    editions = [exercise("interaction-2021"), exercise("interaction-2022")]
    told = [
        report("interaction-2021", 1, start="2021-09-01", hosts="KAZ", participants="KAZ;RUS;KGZ"),
        report("interaction-2022", 1, start="2022-09-01", hosts="RUS", participants="KAZ;RUS"),
    ]
    register, cells = derive(editions, told)
    graph = hosting.host_guest_graph(cells.reset_index(), register.reset_index())
    assert dict(graph["KAZ"]) == {"RUS": {"weight": 1}, "KGZ": {"weight": 1}}
    table = hosting.host_table(graph).set_index("iso3")
    assert table.loc["KAZ", ["received", "paid", "at_home", "abroad", "home_share"]].tolist() == [2, 1, 1, 1, 0.5]
    assert np.isnan(table.at["ARM", "home_share"])
    assert hosting.reciprocity(graph) == pytest.approx(2 / 3)


def test_a_visit_to_two_hosts_is_shared_and_hosts_do_not_visit_each_other():
    told = [report("interaction-2021", 1, start="2021-09-01", hosts="KAZ;KGZ", participants="KAZ;KGZ;RUS")]
    register, cells = derive([exercise("interaction-2021")], told)
    graph = hosting.host_guest_graph(cells.reset_index(), register.reset_index())
    assert dict(graph["KAZ"]) == dict(graph["KGZ"]) == {"RUS": {"weight": 0.5}}
    table = hosting.host_table(graph).set_index("iso3")
    assert table.at["RUS", "paid"] == table.at["RUS", "abroad"] == 1
    assert (table["paid"] == table["abroad"]).all()


@pytest.mark.parametrize("kind", ["graphml", "gexf", "json"])
def test_a_written_graph_reads_back_the_same(tmp_path, record, kind):
    import json

    register, cells = record
    graph = network.two_mode_graph(cells, register)
    network.write_graph(graph, tmp_path / "network")
    path = tmp_path / f"network.{kind}"
    if kind == "json":
        back = nx.node_link_graph(json.loads(path.read_text(encoding="utf-8")), edges="links")
    else:
        back = nx.read_graphml(path) if kind == "graphml" else nx.read_gexf(path)
    added = {"label", "id"}  # what GEXF itself adds
    assert {n: {k: v for k, v in d.items() if k not in added} for n, d in back.nodes(data=True)} == dict(
        graph.nodes(data=True)
    )
    edges = {frozenset(e[:2]): {k: v for k, v in e[2].items() if k not in added} for e in back.edges(data=True)}
    assert edges == {frozenset(e[:2]): e[2] for e in graph.edges(data=True)}


def test_slopes_that_end_at_the_same_height_share_a_label():
    """Heights that agree to a thousandth are the same height to the eye."""
    ends = [0.5001, 0.5004, 0.5012]
    table = pd.DataFrame({"a": ["ARM"] * 3, "b": ["BLR", "KAZ", "KGZ"]})
    for side, rates in {"before": [1.0] * 3, "after": ends}.items():
        measured = {"together": 5, "occasions": 10, "rate": rates, "low": rates, "high": rates}
        table = table.assign(**{f"{name}_{side}": value for name, value in measured.items()})
    figure = draw.slopes(table, "ARM", ("2000-2018", "2019-2026"), "Title", "Subtitle", "Footer")
    told = [text.get_text() for text in figure.axes[0].texts]
    assert [words.split(":")[0] for words in told] == ["ARM with 2 others", "ARM with 1 other"]
