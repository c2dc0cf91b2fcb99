"""What a blind sample of steps says of the record."""

from dataclasses import replace

import pandas as pd
import pytest

import helpers
from helpers.analyses.coverage import text
from helpers.analyses.coverage.step_samples import StepSample, compute_step_sample
from helpers.display.house_style import faults_of


def sampled(record, rows):
    """The record with a sample of (drawn_on, subject, half_year, form, counts, on_record)."""
    columns = ["drawn_on", "subject", "half_year", "form", "counts", "on_record"]
    return replace(record, data=record.data | {"step_samples": pd.DataFrame(rows, columns=columns)})


@pytest.fixture(scope="module")
def record():
    return helpers.open_record()


def test_the_last_sample_counts_and_what_may_be_no_step_stands_apart(record):
    day = "2026-02-01"
    rows = [
        ("2025-01-01", "ARM", "2001H1", "words", "yes", "no"),  # of an older sample
        *[(day, "ARM", "2001H1", "words", "yes", "yes")] * 6,
        *[(day, "", "2001H1", "act", "yes", "yes")] * 3,
        *[(day, "", "2001H1", "act", "yes", "no")] * 2,
        (day, "KAZ", "2009H2", "words", "yes", "no"),
        (day, "KAZ", "2001H1", "act", "doubtful", "no"),
        (day, "KAZ", "2001H1", "act", "doubtful", "yes"),
    ]
    sample = compute_step_sample(sampled(record, rows))
    assert sample[:2] == (9, 12) and sample[4:] == (3, 10, 14, 3, 5)
    assert 0 <= sample.low < 9 / 12 < sample.high <= 1


def test_without_a_sample_nothing_is_claimed(record):
    bare = replace(record, data={name: table for name, table in record.data.items() if name != "step_samples"})
    assert compute_step_sample(bare) is None
    assert compute_step_sample(sampled(record, [])) is None
    assert text.describe_step_sample(None).headline == "How many steps this record lacks was not tried."


def test_a_sample_of_one_half_year_has_no_interval(record):
    sample = compute_step_sample(sampled(record, [("2026-02-01", "ARM", "2001H1", "words", "yes", "yes")]))
    finding = text.describe_step_sample(sample)
    assert "clumps" not in finding.doubt and "Of acts" not in finding.detail and "one half-year drawn" in finding.detail
    nothing = compute_step_sample(sampled(record, [("2026-02-01", "ARM", "2001H1", "words", "doubtful", "yes")]))
    assert text.describe_step_sample(nothing).headline == "Another reader who searched for steps found none."


def test_the_sentence_gives_share_forms_and_doubt():
    finding = text.describe_step_sample(StepSample(30, 40, 0.61, 0.89, 8, 33, 50, 12, 15))
    assert finding.headline == "The record held 30 of 40 steps that another reader found."
    assert (
        "eight half-years" in finding.detail
        and "Of acts it held 12 of 15, of words, visits and talks 18 of 25." in finding.detail
    )
    assert "61" in finding.doubt and "89" in finding.doubt and finding.doubt.endswith("it is 33 of 50.")
    assert (finding.k, finding.n, finding.low, finding.high) == (30, 40, 0.61, 0.89)


def test_what_the_last_sample_says_keeps_the_house_style(record):
    finding = text.describe_step_sample(compute_step_sample(record))
    assert faults_of(finding, set(record.names)) == []


def test_what_is_said_to_be_on_record_is_named(record):
    table, days = record.data["step_samples"], record.data["events"].set_index("event_id")["date"]
    for row in table.itertuples():
        assert row.on_record == "yes" or not row.event_ids
        assert all(days[one][:4] == row.half_year[:4] for one in row.event_ids), row.sample_no
