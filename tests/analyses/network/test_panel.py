import math

import pytest
from small_networks import record_of

import helpers
from helpers.analyses.network import co_attendance, panel
from helpers.derive.codes import ATTENDED, SETTLED

MARKS = {"x-2011": "++", "x-2012": "-+", "y-2012": "+?", "x-2016": "?."}


@pytest.fixture(scope="module")
def small():
    return record_of(
        MARKS, hosts={"x-2011": ("AAA",), "y-2012": ("AAA", "BBB")}, parts={"x-2012": "z-2012", "y-2012": "z-2012"}
    )


def test_a_row_of_the_panel_by_hand(small):
    table = panel.compute_panel(small).set_index(["unit", "iso3", "year"])
    assert table.loc[("component", "AAA", 2012)].to_dict() == {
        "bound": True, "expected": 2, "known": 2, "came": 1, "absent": 1, "unknown": 0, "hosted": 1,
    }  # fmt: skip
    assert table.loc[("component", "AAA", 2016), ["expected", "known", "unknown"]].tolist() == [1, 0, 1]
    assert table.loc[("umbrella", "AAA", 2012), ["expected", "came"]].tolist() == [1, 1]


def test_years_without_an_exercise_are_rows_too(small):
    table = panel.compute_panel(small).set_index(["unit", "iso3", "year"])
    assert len(table) == 2 * 2 * 12
    assert not table.at[("component", "AAA", 2010), "bound"]  # its membership begins in May 2011
    assert table.loc[("component", "AAA", 2013), "expected":"hosted"].tolist() == [0, 0, 0, 0, 0, 0]


def test_the_published_panel_adds_up_to_the_record():
    record = helpers.open_record()
    table = panel.compute_panel(record)
    assert (table["expected"] == table["known"] + table["unknown"]).all()
    assert (table["known"] == table["came"] + table["absent"]).all()
    assert table.loc[table["expected"] > 0, "bound"].all()
    for unit, counted in record.in_both_units().items():
        own = table[table["unit"] == unit]
        assert own["expected"].sum() == len(counted.held)
        assert own["came"].sum() == counted.held["code"].isin(ATTENDED).sum()
        assert own["known"].sum() == counted.held["code"].isin(SETTLED).sum()
    assert table["year"].max() == record.last_day.year
    assert not table.duplicated(["unit", "iso3", "year"]).any()


def test_a_dyad_by_hand(small):
    table = panel.compute_dyads(small).set_index(["unit", "a", "b", "year"])
    assert table.loc[("component", "AAA", "BBB", 2012)].tolist() == [2, 1, 0, 0]
    assert table.index.get_level_values("year").unique().tolist() == [
        2011,
        2012,
    ]  # in 2016 one of the two was not expected
    record = record_of({"x-2012": "+?"})
    assert math.isnan(panel.compute_dyads(record)["share"].iloc[0])


def test_dyads_add_up_to_ties():
    record = helpers.open_record()
    sums = panel.compute_dyads(record).groupby(["unit", "a", "b"])[["expected", "known", "together"]].sum()
    for unit, counted in record.in_both_units().items():
        for tie in co_attendance.co_attendance(counted).itertuples():
            assert sums.loc[(unit, tie.a, tie.b)].tolist() == [tie.occasions + tie.unknown, tie.occasions, tie.together]
