"""Second readings: counted from the tables, and said for any record."""

from dataclasses import replace

import pandas as pd

import helpers
from helpers.analyses.coverage.second_readings import READ_TWICE, SecondReadings, are_alike, count_second_readings
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
    assert "Of 5 rows on votes" in describe_second_readings(SecondReadings(4, 5)).headline


def test_days_are_alike_if_they_can_be_the_same():
    table = pd.DataFrame({"day_zero": ["1961-08-03", "2008-12", "1968-09"], "second": ["1961", "2006", ""]})
    assert are_alike(table, "day_zero").to_dict() == {0: True, 1: False}


def test_a_fifth_of_each_table_was_read_twice_and_what_differs_is_explained():
    record = helpers.open_record()
    for name, column in READ_TWICE.items():
        table = record.data[name]
        alike = are_alike(table, column)
        assert len(alike) >= 0.2 * (table[column] != "").sum(), name
        assert (table.loc[alike.index[~alike], "note"] != "").all()
    finding = describe_second_readings(count_second_readings(record))
    assert faults_of(finding, set(record.names)) == []


def test_without_second_readings_it_is_said():
    assert describe_second_readings(SecondReadings(0, 0)).headline.startswith("No vote")
