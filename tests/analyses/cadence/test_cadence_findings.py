"""The findings of the calendar: house style for every member, and numbers that are the register's."""

import pytest

import helpers
from helpers.analyses.cadence import hosting, measures, outlook, promises, series, text, text_promises, troops
from helpers.derive.membership import BOUND, bound_spells
from helpers.display.house_style import faults_of
from helpers.loaders.tables import load

STATES = sorted({state for state, *_ in bound_spells(load())[BOUND]})


def findings_of(record):
    pace = measures.compute_pace(record)
    lives = series.compute_lifelines(record)
    return [
        text.describe_pace(record, pace, measures.compare_periods(pace)),
        text_promises.describe_promises(record, promises.list_promises(record)),
        text.describe_calendar(record, measures.count_by_month(record)),
        text.describe_hosts(record, hosting.count_hosts(record)),
        text.describe_series(record, lives, series.list_silent(lives)),
        text.describe_outlook(record, outlook.compute_persistence(lives, record), outlook.compare_rules(lives, record)),
        text.describe_troops(record, troops.list_troops(record)),
        text_promises.describe_plans(record),
    ]


@pytest.mark.parametrize("unit", ["component", "umbrella"])
@pytest.mark.parametrize("focus", STATES)
def test_findings_on_the_calendar_keep_the_house_style_for_every_member(focus, unit):
    record = helpers.open_record(focus=focus, unit=unit)
    assert {one.headline: faults for one in findings_of(record) if (faults := faults_of(one, set(record.names)))} == {}


@pytest.mark.parametrize("since, until", [(2000, 2005), (2013, 2026), (2022, 2026)])
def test_findings_on_the_calendar_are_said_for_other_years(since, until):
    record = helpers.open_record(since=since, until=until)
    assert {one.headline: faults for one in findings_of(record) if (faults := faults_of(one, set(record.names)))} == {}


def test_counts_by_year_add_up_to_the_register_in_both_units():
    record = helpers.open_record()
    for one in record.in_both_units().values():
        table = measures.count_by_year(one)
        assert table.to_numpy().sum() == len(one.register)
        assert table["held"].sum() == (one.register["status"] == "held").sum()


def test_the_pace_of_the_periods_holds_every_exercise_of_the_covered_years():
    record = helpers.open_record()
    pace = measures.compute_pace(record)
    covered = record.register[record.register["year"] <= record.last_year]
    assert pace["parts"].sum() == (covered["status"] == "held").sum()
    assert (pace["joint"] <= pace["parts"]).all()
    assert ((pace["low"] <= pace["joint_a_year"]) & (pace["joint_a_year"] <= pace["high"])).all()
