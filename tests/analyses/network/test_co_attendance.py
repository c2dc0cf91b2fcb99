import math

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_networks import record_of

from helpers.analyses.network import co_attendance, graph

SIX_YEARS = {"x-2010": "+++", "x-2011": "+++", "x-2012": "-++", "x-2013": "+-+", "x-2014": "--+", "x-2015": "+?+"}


@pytest.fixture(scope="module")
def six_years():
    return record_of(SIX_YEARS)


def test_a_tie_counts_exercises_that_expected_both_and_are_clear_about_both():
    ties = co_attendance.co_attendance(
        record_of({"x-2010": "++", "x-2011": "-+", "x-2012": "+?", "x-2013": "-?", "x-2014": "+."})
    )
    tie = ties.iloc[0]
    assert tie[["together", "occasions", "unknown", "possible"]].tolist() == [1, 2, 2, 1]
    assert tie[["rate", "low", "high"]].tolist() == [1 / 2, 1 / 4, 2 / 4]


def test_weights_and_jaccard_by_hand(six_years):
    ties = co_attendance.co_attendance(six_years).set_index(["a", "b"])
    assert ties.at[("AAA", "CCC"), "newman"] == pytest.approx(1 / 2 + 1 / 2 + 1 + 1)
    assert ties.at[("AAA", "BBB"), "jaccard"] == pytest.approx(2 / 4)  # neither came in 2014, and 2015 is not clear


def test_weights_and_counts_agree_with_the_projections_of_networkx(six_years):
    came = graph.attended(graph.two_mode_graph(six_years))
    states = graph.side_of(came, 0)
    newman = nx.bipartite.collaboration_weighted_projected_graph(came, states)
    for tie in co_attendance.co_attendance(six_years).itertuples():
        assert tie.newman == pytest.approx(newman.get_edge_data(tie.a, tie.b, {"weight": 0})["weight"])


signs = st.text(alphabet="+-?.", min_size=4, max_size=4)


@given(st.lists(signs, min_size=1, max_size=8))
def test_ties_agree_with_counting_one_by_one(rows):
    record = record_of({f"x{n}-2012": row for n, row in enumerate(rows)})
    for tie in co_attendance.co_attendance(record).itertuples():
        i, j = ("AAA", "BBB", "CCC", "DDD").index(tie.a), ("AAA", "BBB", "CCC", "DDD").index(tie.b)
        pairs = [row[i] + row[j] for row in rows if "." not in row[i] + row[j]]
        known = [pair for pair in pairs if "?" not in pair]
        possible = sum("?" in pair and "-" not in pair for pair in pairs)
        assert (tie.together, tie.occasions, tie.unknown) == (known.count("++"), len(known), len(pairs) - len(known))
        assert tie.possible == possible
        assert (tie.low, tie.high) == (known.count("++") / len(pairs), (known.count("++") + possible) / len(pairs))


def test_a_partner_of_whom_nothing_is_known_gives_no_share():
    """Were absences counted as clear and presences not, a state that came to half would show a tie of 0."""
    marks = {f"x{n}-2012": "+?" if n < 5 else "-?" for n in range(10)}
    tie = co_attendance.co_attendance(record_of(marks)).iloc[0]
    assert math.isnan(tie["rate"])
    assert (tie["low"], tie["high"]) == (0, 0.5)


def test_every_period_with_an_exercise_has_its_ties(six_years):
    assert co_attendance.compute_ties(six_years)["period"].unique().tolist() == ["2010-2015"]
    both = co_attendance.compute_ties(record_of(SIX_YEARS | {"x-2016": "+++"}))
    assert both.groupby("period", sort=False).size().to_dict() == {"2010-2015": 3, "2016-2021": 3}


def test_sets_of_attendees_count_exercises_that_are_clear_about_everybody(six_years):
    sets = co_attendance.compute_attendee_sets(six_years)
    assert sets.loc[0].tolist() == [("AAA", "BBB", "CCC"), ("AAA", "BBB", "CCC"), 2]
    assert sets["exercises"].sum() == 5
