"""The days that the first and the last day of an exercise can be: by all sources that differ, one test a rule."""

import pandas as pd
import pytest
from support import BASE, derive, exercise, report

ONE = "interaction-2024"


def days(*reports, exercises=None, of=ONE, **more):
    register, _ = derive(exercises or [exercise(ONE)], list(reports), **more)
    row = register.loc[of]
    return [row[f"{end}_{side}"].strftime("%m-%d") for end in ("start", "end") for side in ("earliest", "latest")], row


def told(number, start, end, source="press", phase="during", **more):
    return report(ONE, number, source, phase, start=start, end=end, **more)


def test_sources_that_differ_during_or_after_are_spanned():
    found, row = days(
        told(1, "2024-09-03", "2024-09-07", "organiser"), told(2, "2024-09-02", "2024-09-09", "copy", "after")
    )
    assert found == ["09-02", "09-03", "09-07", "09-09"]
    assert (row["start"], row["conflicts"]) == ("2024-09-03", ("start", "end"))


def test_a_plan_that_differs_widens_nothing():
    found, row = days(told(1, "2024-09-03", "2024-09-07"), told(2, "2024-09-01", "2024-09-09", phase="plan"))
    assert found == ["09-03", "09-03", "09-07", "09-07"]
    assert row["changed"] == ("start", "end")


def test_a_vaguer_date_with_a_day_in_common_widens_nothing():
    found, row = days(told(1, "2024-09", "2024-09", "organiser"), told(2, "2024-09-03", "2024-09-07"))
    assert found == ["09-03", "09-03", "09-07", "09-07"]
    assert row["conflicts"] == ()


def test_two_finer_dates_inside_a_vague_one_conflict():
    found, row = days(
        told(1, "2024-09", "", "organiser"), told(2, "2024-09-03", "", "wire"), told(3, "2024-09-05", "", "press")
    )
    assert found[:2] == ["09-03", "09-05"]
    assert row["conflicts"] == ("start",)


def test_a_source_that_nobody_read_ranks_last_and_widens_nothing():
    unread = [source | {"original_seen": str(source["source_id"] != "organiser").lower()} for source in BASE["sources"]]
    found, row = days(
        told(1, "2024-09-01", "2024-09-02", "organiser"), told(2, "2024-09-03", "2024-09-07", "copy"), sources=unread
    )
    assert found == ["09-03", "09-03", "09-07", "09-07"]
    assert row["start_report"] == "interaction-2024.02"


PARTS = [
    exercise("combat-2024", "combat"),
    exercise(ONE, parent_id="combat-2024"),
    exercise("rubezh-2024", "rubezh", parent_id="combat-2024"),
]
BOTH = [told(1, "2024-09-03", "2024-09-07"), report("rubezh-2024", 1, start="2024-10-01", end="2024-10-04")]


@pytest.mark.parametrize(
    ("start", "end", "found", "conflicts"),
    [
        ("2024-09", "2024-10", ["09-03", "09-03", "10-04", "10-04"], ()),
        ("2024-08-30", "2024-10-09", ["08-30", "08-30", "10-09", "10-09"], ()),
        ("2024-09-03", "2024-09-07", ["09-03", "09-03", "09-07", "10-04"], ("end",)),
        ("2024-10-01", "2024-10-04", ["09-03", "10-01", "10-04", "10-04"], ("start",)),
    ],
)
def test_days_of_the_whole_and_of_its_parts(start, end, found, conflicts):
    own = report("combat-2024", 1, start=start, end=end)
    spanned, row = days(*BOTH, own, exercises=PARTS, of="combat-2024")
    assert (spanned, row["conflicts"]) == (found, conflicts)


def test_a_plan_of_the_whole_gives_way_to_its_parts():
    plan = report("combat-2024", 1, phase="plan", start="2024-08-01", end="2024-12-01")
    spanned, row = days(*BOTH, plan, exercises=PARTS, of="combat-2024")
    assert (spanned, row["start"], row["end"]) == (["09-03", "09-03", "10-04", "10-04"], "2024-09-03", "2024-10-04")


@pytest.mark.parametrize(
    ("one", "start", "end"),
    [
        ("caucasus-group-2005", "2005-09-07/2005-09-10", "2005-09-11/2005-09-13"),
        ("center-2011", "2011-09-19/2011-09-19", "2011-09-26/2011-09-27"),
        ("interaction-2016", "2016-08-13/2016-08-16", "2016-08-19/2016-08-19"),
        ("combat-brotherhood-2017", "2017-10-03/2017-10-03", "2017-10-20/2017-11-17"),
        ("combat-brotherhood-2021", "2021-09-07/2021-10-18", "2021-10-23/2021-11-12"),
        ("combat-brotherhood-2023", "2023-09-01/2023-09-01", "2023-09-06/2023-10-13"),
        ("interaction-2022", "2022-09-26/2022-09-26", "2022-10-08/2022-10-13"),
    ],
)
def test_exercises_on_whose_days_sources_differ(record, one, start, end):
    row = record[0].set_index("exercise_id").loc[one]
    for name, text in (("start", start), ("end", end)):
        found = [row[f"{name}_earliest"], row[f"{name}_latest"]]
        assert found == [pd.Timestamp(day) for day in text.split("/")]
