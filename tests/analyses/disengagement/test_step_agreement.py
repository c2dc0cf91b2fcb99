"""Agreement of two readers of steps: by closed form, for one state, on the published record, and with none coded twice."""

import pytest
from support import exercise, frames, report

import helpers
from helpers.analyses.disengagement import text_steps
from helpers.analyses.disengagement.step_agreement import FIELDS, compute_step_agreement, count_same_direction
from helpers.derive.record import Record
from helpers.derive.scope import Scope
from helpers.display.house_style import faults_of
from helpers.display.phrases import number

STATES = ["ARM", "AZE", "BLR", "GEO", "KAZ", "KGZ", "RUS", "TJK", "UZB"]


@pytest.fixture(scope="module")
def published():
    return helpers.open_record()


def opened(readings, focus="ARM"):
    """A record with a step for each (subject, actor, first direction, second direction)."""
    events, coded = [], []
    for at, (subject, actor, first, second) in enumerate(readings):
        step = f"2020-01-01-step-{at}"
        events.append(
            {
                "event_id": step,
                "subject": subject,
                "actor": actor,
                "date": "2020-01-01",
                "date_kind": "act",
                "track": "meetings",
                "direction": first,
                "rung": "" if first == "neutral" else "3",
                "what": "Words.",
                "source_ids": "press",
                "confidence": "high",
            }
        )
        coded.append({"event_id": step, "field": "direction", "first": first, "second": second})
    scope = Scope(2000, 2030, ("exercise",), "component", "C", focus, "2022-09-13")
    once = [exercise("interaction-2020")], [report("interaction-2020", 1, start="2020-09-01", participants="ARM;RUS")]
    return Record.of_scope(frames(*once, events=events, step_coding=coded), scope)


FOUR = [
    ("ARM", "ARM", "engage", "engage"),
    ("ARM", "ARM", "disengage", "disengage"),
    ("ARM", "RUS", "neutral", "neutral"),
    ("KAZ", "KAZ", "engage", "neutral"),
]


def test_alpha_is_that_of_the_closed_form():
    found = compute_step_agreement(opened(FOUR)).loc["direction"]
    # values: three of engage, two of disengage, three of neutral; disagreement 2/8 against 1 - (6 + 2 + 6)/56
    assert (found["pairs"], found["agreed"]) == (4, 0.75)
    assert found["alpha"] == pytest.approx(1 - (2 / 8) / (42 / 56))
    assert found["low"] <= found["alpha"] <= found["high"]


def test_a_state_s_own_steps_are_those_in_which_it_acts():
    record = opened(FOUR)
    assert count_same_direction(record) == (3, 4)
    assert count_same_direction(record, "ARM") == (2, 2)
    assert count_same_direction(record, "KAZ") == (0, 1)
    assert count_same_direction(record, "GEO") == (0, 0)


def test_none_coded_twice_leaves_one_reader(published):
    bare = opened([])
    assert compute_step_agreement(bare).empty
    assert text_steps._readers(bare) == "Steps were coded by one reader."
    assert "coded twice" in text_steps.steps_texts(published)["footer"]
    assert "Coded by one reader. " in text_steps.steps_texts(bare)["footer"]


@pytest.mark.parametrize("state", STATES)
def test_the_sentence_gives_what_the_table_gives(published, state):
    record = published.rescoped(focus=state)
    same, steps = count_same_direction(record)
    same_own, own = count_same_direction(record, state)
    doubt = text_steps._readers(record)
    mine = own >= text_steps.FEWEST
    apart, of = (own - same_own, own) if mine else (steps - same, steps)
    said = (
        f"disagreed on the direction of {number(apart)} of {of:,} "
        if apart
        else f"agreed on the direction of all {of:,} "
    )
    assert said in doubt
    assert ("own steps" in doubt) == mine
    assert faults_of(text_steps.describe_steps(record), set(STATES)) == []


def test_direction_is_read_alike(published):
    table = compute_step_agreement(published)
    assert list(table.index) == FIELDS
    assert table.at["direction", "alpha"] >= 0.85
    assert (table["alpha"] >= 0.8).all()


def test_every_drawn_step_has_every_code_twice_and_what_was_resolved_stands(published):
    coded, events = published.data["step_coding"], published.data["events"].set_index("event_id")
    assert (coded.groupby("event_id")["field"].nunique() == len(FIELDS)).all()
    drawn, later = (
        coded.loc[coded["round"].isin(names), "event_id"].unique()
        for names in (("", "3", "4", "5", "6", "7", "8", "9"), ("2",))
    )
    twice, all_ = (part["subject"].value_counts().sort_index() for part in (events.loc[drawn], events))
    assert (twice >= 0.17 * all_).all()  # a fifth of each subject, drawn as it was coded, and of few one more or less
    assert (twice < 0.24 * all_ + 1).all()
    assert len(later) == 80 and (events.loc[later, "subject"] == "ARM").all()
    for row in coded[
        coded["resolved"].isin(["first", "second"]) & coded["field"].isin(["track", "direction"])
    ].itertuples():
        assert events.at[row.event_id, row.field] == getattr(row, row.resolved), row.event_id
