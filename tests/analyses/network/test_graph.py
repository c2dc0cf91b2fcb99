import json
import re
import time
from datetime import date
from xml.etree import ElementTree

import networkx as nx
import pytest
from small_networks import record_of

import helpers
from helpers.analyses.network import co_attendance, graph

MARKS = {"x-2010": "++.", "x-2011": "-+?", "x-2012": "+??"}
GEXF = "{http://www.gexf.net/1.2draft}"
TIME = {"start", "startopen", "end", "endopen"}
SCHEMA = {  # attributes that gexf.xsd 1.2 allows, and those it requires
    "gexf": ({"version", "variant", "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"}, {"version"}),
    "meta": ({"lastmodifieddate"}, set()),
    "creator": (set(), set()),
    "graph": ({"timeformat", "defaultedgetype", "idtype", "mode", *TIME}, set()),
    "attributes": ({"class", "mode", *TIME}, {"class"}),
    "attribute": ({"id", "title", "type"}, {"id", "title", "type"}),
    "nodes": ({"count"}, set()),
    "node": ({"id", "label", "pid", *TIME}, {"id", "label"}),
    "edges": ({"count"}, set()),
    "edge": ({"id", "type", "label", "source", "target", "weight", *TIME}, {"id", "source", "target"}),
    "attvalues": (TIME, set()),
    "attvalue": ({"for", "value", *TIME}, {"for", "value"}),
}


@pytest.fixture(scope="module")
def small():
    return record_of(MARKS, parts={"x-2011": "y-2011", "x-2012": "y-2012"})


@pytest.fixture(scope="module")
def whole():
    return helpers.open_record().whole()


@pytest.fixture(scope="module")
def files(whole, tmp_path_factory):
    place = tmp_path_factory.mktemp("graph") / "network"
    drawn = graph.two_mode_graph(whole)
    graph.write_graph(drawn, place)
    return drawn, place


def test_incidence_is_blank_where_nothing_is_known_or_expected(small):
    value, mask = graph.incidence(small.attendance), graph.expectation_mask(small)
    assert value.fillna(9).loc["CCC"].tolist() == [9, 9, 9]
    assert value.fillna(9).loc["AAA"].tolist() == [1, 0, 1]
    assert mask.loc["CCC"].tolist() == [False, True, True]
    assert graph.incidence_of(small).index.tolist() == ["AAA", "BBB"]


def test_every_case_of_a_held_exercise_is_an_edge(small):
    drawn = graph.two_mode_graph(small)
    assert nx.is_bipartite(drawn)
    assert drawn.number_of_edges() == len(small.attendance)
    assert drawn.edges["AAA", "x-2010"] == {
        "code": "present", "expected": True, "came": 1, "grade": "B", "mode": "troops", "reports": "x-2010.01",
        "start": "2010-09-01", "end": "2010-12-31",
    }  # fmt: skip
    assert drawn.edges["AAA", "x-2011"]["came"] == 0
    assert "came" not in drawn.edges["CCC", "x-2011"]
    assert not drawn.edges["CCC", "x-2010"]["expected"]


def test_nodes_say_what_they_are(small):
    drawn = graph.two_mode_graph(record_of(MARKS, parts={"x-2011": "y-2011"}).whole())
    assert drawn.nodes["AAA"] == {"bipartite": 0, "name": "Ardenia"}
    assert drawn.nodes["y-2011"]["is_umbrella"]
    node = drawn.nodes["x-2011"]
    assert (node["umbrella_id"], node["is_umbrella"], node["is_own"], node["year"]) == ("y-2011", False, True, 2011)
    assert (node["start"], node["start_coded"]) == ("2011-09-01", "2011-09?")


def test_the_attended_graph_projects_to_the_counts_of_the_record():
    record = helpers.open_record()
    ties = co_attendance.co_attendance(record).set_index(["a", "b"])["together"]
    came = graph.attended(graph.two_mode_graph(record))
    projected = nx.bipartite.weighted_projected_graph(came, graph.side_of(came, 0))
    assert projected.number_of_edges() == (ties > 0).sum()
    for a, b, weight in projected.edges(data="weight"):
        assert ties[min(a, b), max(a, b)] == weight


def test_some_exercises_keep_the_states_that_they_expected(small):
    part = graph.of_exercises(graph.two_mode_graph(small), ["x-2010"])
    assert sorted(part) == ["AAA", "BBB", "x-2010"]


@pytest.mark.parametrize("kind", ["graphml", "gexf", "json"])
def test_a_written_graph_reads_back_the_same(files, kind):
    drawn, place = files
    path = place.with_suffix(f".{kind}")
    if kind == "json":
        back = nx.node_link_graph(json.loads(path.read_text(encoding="utf-8")))  # without a word about its form
    else:
        back = nx.read_graphml(path) if kind == "graphml" else nx.read_gexf(path)
    assert dict(back.nodes(data="label")) == dict(drawn.nodes(data="name"))
    assert {n: {k: v for k, v in d.items() if k != "label"} for n, d in back.nodes(data=True)} == dict(
        drawn.nodes(data=True)
    )
    edges = {frozenset(e[:2]): {k: v for k, v in e[2].items() if k != "id"} for e in back.edges(data=True)}
    assert edges == {frozenset(e[:2]): e[2] for e in drawn.edges(data=True)}


def test_the_gexf_file_holds_what_the_schema_allows(files):
    root = ElementTree.parse(files[1].with_suffix(".gexf")).getroot()
    for element in root.iter():
        allowed, required = SCHEMA[element.tag.removeprefix(GEXF)]
        assert required <= set(element.attrib) <= allowed, (element.tag, element.attrib)
    types = {one.get("id"): one.get("type") for one in root.iter(f"{GEXF}attribute")}
    assert set(types.values()) <= {"string", "boolean", "long"}
    for one in root.iter(f"{GEXF}attvalue"):
        if types[one.get("for")] != "string":
            assert re.fullmatch(r"true|false" if types[one.get("for")] == "boolean" else r"-?\d+", one.get("value"))


def test_days_of_the_gexf_file_are_days_in_order(files):
    root = ElementTree.parse(files[1].with_suffix(".gexf")).getroot()
    dated = [one for kind in ("node", "edge") for one in root.iter(GEXF + kind) if "start" in one.attrib]
    assert len(dated) > 2000
    for one in dated:
        start, end = one.get("start"), one.get("end")
        assert date.fromisoformat(start).isoformat() == start
        assert date.fromisoformat(end).isoformat() == end
        assert start <= end


def test_shares_can_be_computed_from_the_file_alone(files, whole):
    back = nx.read_graphml(files[1].with_suffix(".graphml"))
    expected = {node: {x for x in back[node] if back[node][x]["expected"]} for node in graph.side_of(back, 0)}
    for tie in co_attendance.co_attendance(whole).itertuples():
        both = expected[tie.a] & expected[tie.b]
        values = [(back[tie.a][x].get("came"), back[tie.b][x].get("came")) for x in both]
        clear = [pair for pair in values if None not in pair]
        assert (tie.together, tie.occasions, tie.unknown) == (clear.count((1, 1)), len(clear), len(values) - len(clear))


def test_the_files_are_the_same_on_another_day(files, tmp_path, monkeypatch):
    monkeypatch.setattr(time, "strftime", lambda *_: "1999-12-31")
    graph.write_graph(files[0], tmp_path / "network")
    for kind in ("graphml", "gexf", "json"):
        assert (tmp_path / f"network.{kind}").read_bytes() == files[1].with_suffix(f".{kind}").read_bytes()


def test_nodes_that_are_joined_to_none_are_left_out(files, tmp_path):
    drawn, place = files
    assert not list(nx.isolates(nx.read_gexf(place.with_suffix(".gexf"))))
    lonely = drawn.copy()
    lonely.add_node("nobody", bipartite=0, name="Nobody")
    graph.write_graph(lonely, tmp_path / "network")
    assert "nobody" not in nx.read_graphml(tmp_path / "network.graphml")
