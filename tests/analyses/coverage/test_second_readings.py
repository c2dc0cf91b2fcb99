"""Second readings: counted from the tables, and said for any record."""

from dataclasses import replace

import helpers
from helpers.analyses.coverage.second_readings import READ_TWICE, SecondReadings, count_second_readings
from helpers.analyses.coverage.text_agreement import describe_second_readings
from helpers.display.house_style import faults_of


def test_rows_read_twice_are_counted_and_those_that_differ_too():
    record = helpers.open_record()
    votes = record.data["votes"].assign(second="")
    votes.loc[:3, "second"] = votes.loc[:3, "vote"]
    votes.loc[4, "second"] = "another"
    others = {name: record.data[name].assign(second="") for name in READ_TWICE if name != "votes"}
    changed = replace(record, data=record.data | others | {"votes": votes})
    assert count_second_readings(changed) == SecondReadings(4, 5)
    assert "Of 5 votes" in describe_second_readings(SecondReadings(4, 5)).headline


def test_a_fifth_of_each_table_was_read_twice_and_what_differs_is_explained():
    record = helpers.open_record()
    for name, column in READ_TWICE.items():
        table = record.data[name]
        twice = table[table["second"] != ""]
        assert len(twice) >= 0.15 * len(table), name
        assert (twice.loc[twice[column].astype(str) != twice["second"], "note"] != "").all()
    finding = describe_second_readings(count_second_readings(record))
    assert faults_of(finding, set(record.names)) == []


def test_without_second_readings_it_is_said():
    assert describe_second_readings(SecondReadings(0, 0)).headline.startswith("No vote")
