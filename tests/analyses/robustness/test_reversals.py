"""What reverses a finding: on results made by hand, and on the published record by looking again."""

import numpy as np
import pandas as pd
import pytest
from universes import small_record

import helpers
from helpers.analyses.robustness import text
from helpers.analyses.robustness.choices import AXES, build_grid
from helpers.analyses.robustness.findings import UNKNOWN
from helpers.analyses.robustness.multiverse import explore
from helpers.analyses.robustness.reversals import FALLS, STANDS, UNCLEAR, find_reversals, judge

GRID = {
    "sources": {"all": 0, "fewer": 1},
    "lists": {"prove": 0, "prove nothing": 1},
    "unit": {"parts": 0, "joint": 1},
    "since": {"2000": 0},
    "grade": {"C": 0, "B": 1, "A": 2},
    "conflicting": {"not clear": 0},
}

RECORD = helpers.open_record()


def results(fails=(), unclear=(), uncertain=()):
    """Every combination of GRID for the question `since`: it came to none, but to all under the sets in `fails`."""
    rows = []
    for at in np.ndindex(*[len(levels) for levels in GRID.values()]):
        levels = [list(GRID[axis])[place] for axis, place in zip(AXES, at, strict=True)]
        falls, dark, loose = (any(set(one) <= set(levels) for one in sets) for sets in (fails, unclear, uncertain))
        answer = UNKNOWN if dark else 2 if falls else 1
        value = np.nan if dark else float(falls)
        rows.append(("since", *levels, value, answer, value, 0.5 if loose else value, not loose))
    return pd.DataFrame(rows, columns=["question", *AXES, "value", "answer", "low", "high", "certain"])


def reversal(**how):
    (one,) = find_reversals(judge(results(**how), GRID))
    return one


def test_nothing_reverses_what_always_stands():
    one = reversal()
    assert one.alone == one.unclear == one.pairs == [] and one.least is None and one.gap is None
    assert one.tried == 5
    assert text.say_reversal(RECORD, one).headline == f"No choice of method makes {RECORD.name} a regular guest."


def test_single_choices_are_told_from_pairs():
    one = reversal(fails=[{"fewer"}, {"joint", "A"}])
    assert one.alone == [("sources", "fewer")]
    assert one.pairs == [(("unit", "joint"), ("grade", "A"))]
    assert one.least == (("sources", "fewer"),)
    assert text.say_reversal(RECORD, one).headline == "One single choice of method reverses this."


def test_the_mildest_pair_is_named():
    one = reversal(fails=[{"joint", "A"}, {"joint", "B"}, {"prove nothing", "A"}])
    assert one.least == (("unit", "joint"), ("grade", "B"))
    said = text.say_reversal(RECORD, one)
    assert said.headline == "No single choice of method reverses this; it takes two at once."
    assert said.detail == "The easiest are *joint* and *B*."


def test_three_at_once_are_found():
    one = reversal(fails=[{"fewer", "joint", "B"}])
    assert one.alone == [] and one.pairs == [] and len(one.least) == 3
    assert "it takes three at once" in text.say_reversal(RECORD, one).headline


def test_too_little_known_is_no_reversal():
    one = reversal(unclear=[{"fewer"}])
    assert one.alone == [] and one.unclear == [("sources", "fewer")] and one.least is None
    assert "Too little is known to tell under *fewer*." in text.say_reversal(RECORD, one).text


def test_cases_that_are_not_clear_are_a_bound_and_no_choice():
    one = reversal(uncertain=[{"prove nothing"}])
    assert one.certain and one.least is None and one.gap == (("lists", "prove nothing"),) and one.gap_high == 0.5
    assert (
        "Only if prove nothing and it came wherever that leaves open would it have come to"
        in text.say_reversal(RECORD, one).text
    )
    assert reversal(uncertain=[{"all"}]).gap == ()


def test_names_of_outlets_cannot_break_a_sentence():
    bad = "without <b>*Press*</b>"
    grid = GRID | {"sources": {"all": 0, bad: 1}}
    table = results(fails=[{"fewer"}]).replace({"sources": {"fewer": bad}})
    (one,) = find_reversals(judge(table, grid))
    assert "<b>" not in text.say_reversal(RECORD, one).text and "\\*Press\\*" in text.say_reversal(RECORD, one).text


@pytest.mark.parametrize("record", [small_record(), helpers.open_record()], ids=["small", "published"])
def test_reversals_are_what_the_results_say(record):
    grid = build_grid(record)
    judged = judge(explore(record, grid), grid)
    for one in find_reversals(judged):
        part = judged[judged["question"] == one.question].set_index("changes")["standing"]
        assert part[()] == STANDS
        for choice in one.alone:
            assert part[(choice,)] == FALLS
        for choice in one.unclear:
            assert part[(choice,)] == UNCLEAR
        for pair in one.pairs:
            assert part[pair] == FALLS and all(part[(choice,)] != FALLS for choice in pair)
        falls = [changes for changes, how in part.items() if how == FALLS]
        assert (one.least is None) == (not falls)
        if falls:
            assert part[one.least] == FALLS and len(one.least) == min(map(len, falls))


def test_a_member_never_expected_is_said_to_be_so():
    said = text.describe_reversal(helpers.open_record(focus="AZE"))
    assert said.headline.startswith("Azerbaijan was expected at none of the exercises since")
