import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import derive, exercise, report

from helpers.analyses.network import co_attendance
from helpers.analyses.network import graph as network

EDITIONS = [exercise(f"interaction-{year}") for year in (2021, 2022, 2023, 2024)] + [exercise("rubezh-2024", "rubezh")]

TOLD = [
    report("interaction-2021", 1, participants="ARM;BLR;KAZ;KGZ;RUS;TJK", start="2021-09-01"),
    report("interaction-2022", 1, participants="BLR;KAZ;KGZ;RUS;TJK", start="2022-09-01"),
    report("interaction-2023", 1, participants="BLR;RUS", participants_scope="partial", start="2023-09-01"),
    report("interaction-2024", 1, status="cancelled", start="2024-09-01"),
    report("rubezh-2024", 1, participants="KAZ;KGZ;RUS;TJK", start="2024-10-01"),
]


@pytest.fixture(scope="module")
def small():
    register, cells = derive(EDITIONS, TOLD)
    return cells.reset_index(), register.reset_index()


def test_incidence_marks_presence_absence_and_unknown(small):
    cells, register = small
    value, mask = network.incidence(cells), network.expectation_mask(cells, register)
    assert value.columns.tolist() == register["exercise_id"].tolist()
    assert value.loc["ARM"].fillna(-1).tolist() == [1, 0, -1, -1, -1]
    assert mask.loc["ARM"].tolist() == [True, True, True, False, False]
    assert mask.loc["RUS"].tolist() == [True, True, True, False, True]


def test_conditional_co_attendance_by_hand(small):
    pairs = co_attendance.co_attendance(*small).set_index(["a", "b"])
    # Together in 2021; 2022 Armenia stayed away; 2023 both unknown; 2024 cancelled; Rubezh does not expect Armenia.
    assert pairs.loc[("ARM", "KAZ"), ["together", "occasions", "unknown", "possible"]].tolist() == [1, 2, 1, 1]
    assert pairs.loc[("ARM", "KAZ"), ["rate", "low", "high"]].tolist() == [1 / 2, 1 / 3, 2 / 3]
    assert pairs.loc[("BLR", "RUS"), ["together", "occasions", "unknown"]].tolist() == [3, 3, 0]
    assert pairs.loc[("KAZ", "RUS"), ["together", "occasions", "unknown"]].tolist() == [3, 3, 1]


states = ["A", "B", "C", "D"]
codes = st.sampled_from(["present", "absent_by_list", "unknown", "not_expected"])


@given(st.lists(st.tuples(codes, codes, codes, codes), min_size=1, max_size=8))
def test_ties_agree_with_counting_one_by_one(rows):
    register = pd.DataFrame({"exercise_id": [f"x{n}" for n in range(len(rows))], "status": "held"})
    cells = pd.DataFrame(
        [
            {"exercise_id": f"x{n}", "iso3": state, "code": code, "expected": code != "not_expected"}
            for n, row in enumerate(rows)
            for state, code in zip(states, row, strict=True)
        ]
    )
    for tie in co_attendance.co_attendance(cells, register).itertuples():
        i, j = states.index(tie.a), states.index(tie.b)
        pairs = [(row[i], row[j]) for row in rows if "not_expected" not in (row[i], row[j])]
        known = [pair for pair in pairs if "unknown" not in pair]
        together = known.count(("present", "present"))
        possible = sum("unknown" in pair and "absent_by_list" not in pair for pair in pairs)
        assert (tie.together, tie.occasions, tie.unknown, tie.possible) == (
            together,
            len(known),
            len(pairs) - len(known),
            possible,
        )
        assert tie.low == together / len(pairs)
        assert tie.high == (together + possible) / len(pairs)


def test_a_partner_of_whom_nothing_is_known_gives_no_rate():
    """Were absences counted as settled and presences not, a state that came to half would show a tie of nought."""
    register = pd.DataFrame({"exercise_id": [f"x{n}" for n in range(10)], "status": "held"})
    rows = [(f"x{n}", "A", "present" if n < 5 else "absent_by_list", True) for n in range(10)]
    rows += [(f"x{n}", "B", "unknown", True) for n in range(10)]
    cells = pd.DataFrame(rows, columns=["exercise_id", "iso3", "code", "expected"])
    tie = co_attendance.co_attendance(cells, register).iloc[0]
    assert np.isnan(tie["rate"])
    assert (tie["low"], tie["high"]) == (0, 0.5)


def test_no_occasion_gives_no_tie():
    nothing = pd.DataFrame(columns=["exercise_id", "iso3", "code", "expected"])
    assert co_attendance.co_attendance(nothing, pd.DataFrame(columns=["exercise_id", "status"])).empty


def test_two_mode_graph_is_bipartite_and_carries_its_evidence(small):
    graph = network.two_mode_graph(*small)
    side = dict(graph.nodes(data="bipartite"))
    assert nx.is_bipartite(graph)
    assert {side[a] + side[b] for a, b in graph.edges} == {1}
    assert "interaction-2024" not in graph
    assert graph.edges["ARM", "interaction-2021"] == {
        "code": "present",
        "grade": "B",
        "mode": "troops",
        "reports": "interaction-2021.01",
    }
    assert graph.nodes["rubezh-2024"]["series"] == "rubezh"


def test_two_mode_graph_projects_to_the_counts_of_the_record(record):
    register, cells = record
    pairs = co_attendance.co_attendance(cells, register).set_index(["a", "b"])["together"]
    graph = network.two_mode_graph(cells, register)
    states = [node for node, side in graph.nodes(data="bipartite") if side == 0]
    projected = nx.bipartite.weighted_projected_graph(graph, states)
    for a, b, weight in projected.edges(data="weight"):
        assert pairs[min(a, b), max(a, b)] == weight


def test_periods_tile_the_years(data):
    spans = network.spans(data["periods"], 1945, 2100)
    years = [year for first, last in spans.values() for year in range(first, last + 1)]
    assert years == list(range(years[0], years[-1] + 1))


def test_periods_are_cut_to_the_scope():
    periods = pd.DataFrame({"since": [2000, 2009, 2016], "until": [2008, 2015, 2021]})
    assert network.spans(periods, 2013, 2016) == {"2013-2015": (2013, 2015), "2016": (2016, 2016)}


def test_the_graph_around_an_umbrella_holds_its_parts_alone(record):
    register, cells = record
    part = network.around(network.two_mode_graph(cells, register), register, "combat-brotherhood-2019")
    exercises = {node for node, side in part.nodes(data="bipartite") if side == 1}
    assert exercises == {"echelon-2019", "search-2019", "interaction-2019", "indestructible-brotherhood-2019"}
