"""The findings on sources: house style for every member, and numbers that are the frames'."""

import pandas as pd
import pytest

import helpers
from helpers.analyses.coverage import disputes, double_coding, effort, founding, outside, sources, text
from helpers.derive.membership import BOUND, bound_spells
from helpers.display.house_style import faults_of
from helpers.loaders.tables import load, primary_keys

STATES = sorted({state for state, *_ in bound_spells(load())[BOUND]})


def findings_of(record):
    shares = sources.compute_shares(record)
    readings = double_coding.compute_readings(record)
    return [
        text.describe_foundation(record, shares),
        text.describe_reach(record),
        text.describe_recall(outside.compute_recall(record)),
        text.describe_official_counts(outside.compute_official_counts(record)),
        text.describe_effort(record, effort.compute_effort(record)),
        text.describe_disputes(record, disputes.list_disputed_cases(record)),
        text.describe_agreement(readings, double_coding.compute_agreement(readings)),
        text.describe_founding(founding.trace_facts(record.data, primary_keys())),
    ]


@pytest.mark.parametrize("unit", ["component", "umbrella"])
@pytest.mark.parametrize("focus", STATES)
def test_findings_on_sources_keep_the_house_style_for_every_member(focus, unit):
    record = helpers.open_record(focus=focus, unit=unit)
    assert {one.headline: faults for one in findings_of(record) if (faults := faults_of(one, set(record.names)))} == {}


def test_findings_on_sources_say_what_is_missing_where_tables_are_empty():
    record = helpers.open_record()
    bare = {
        name: table.head(0)
        for name, table in record.data.items()
        if name in {"elsewhere", "programmes", "double_coding", "article_facts"}
    }
    for name, table in bare.items():
        record.data[name] = table
    said = [one.headline for one in findings_of(record)]
    assert "No other data set of exercises is matched to this record." in said
    assert "No official total of past exercises is on record." in said
    assert "No text was read a second time." in said


def test_a_share_of_sources_counts_held_exercises_alone():
    record = helpers.open_record()
    held = record.register[record.register["status"] == "held"]
    shares = sources.compute_shares(record)
    assert shares.at["two_sources", "n"] == len(held)
    assert shares.at["two_sources", "k"] == (held["families"] > 1).sum()
    assert shares.at["clear", "n"] == len(record.held)


def test_agreement_with_another_data_set_counts_each_exercise_and_state_once():
    record = helpers.open_record()
    cases = outside.compare_attendance(record)
    assert not cases.duplicated(["exercise_id", "iso3"]).any()
    found = outside.compute_recall(record)
    assert found["agreed"] <= found["present"] <= len(cases)
    named = pd.DataFrame(
        {
            "match": ["same"],
            "scope": ["csto"],
            "exercise_id": ["interaction-2009"],
            "their_participants": [("ARM", "AZE")],
        }
    )
    record.data["elsewhere"] = named.assign(differs=[()], right="", their_start="2009", their_name="", note="")
    one = outside.compute_recall(record)
    assert one["rows"] == one["matched"] == 1
    assert one["only_theirs"] == 1  # Azerbaijan was no member by then
