"""The findings of the calendar: house style for every member, and numbers that are the register's."""

from dataclasses import replace

import pandas as pd
import pytest

import helpers
from helpers.analyses.cadence import (
    hosting,
    measures,
    outlook,
    promises,
    series,
    text,
    text_periods,
    text_promises,
    text_series,
    troops,
)
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
        text.describe_calendar(record),
        text.describe_hosts(record, hosting.count_hosts(record)),
        text_series.describe_series(record, lives, series.list_silent(lives)),
        text_series.describe_outlook(
            record, outlook.compute_persistence(lives, record), outlook.compare_rules(lives, record)
        ),
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


def pace_of(*counts, years=4):
    """Exercises held in two periods, as (parts, joint)."""
    rows = [
        (2014 + 4 * at, 2017 + 4 * at, years, parts, joint, parts / years, joint / years, 0.1, 9.9)
        for at, (parts, joint) in enumerate(counts)
    ]
    columns = ["since", "until", "years", "parts", "joint", "parts_a_year", "joint_a_year", "low", "high"]
    return pd.DataFrame(rows, columns=columns)


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        ((21, 11), (24, 9), "Six a year were held in 2018–21, against about five in 2014–17. Joint exercises counted once, it was 2.2, against 2.8."),
        ((4, 4), (6, 6), "On average 1.5 a year were held in 2018–21, against one in 2014–17."),
        ((9, 9), (4, 4), "One a year was held in 2018–21, against about two in 2014–17."),
        ((9, 9), (0, 0), "None were held in 2018–21, against about two in 2014–17."),
        ((8, 8), (9, 9), "On average 2.2 a year were held in 2018–21, against 2.0 in 2014–17."),
        ((60, 60), (48, 48), "On average 12 a year were held in 2018–21, against 15 in 2014–17."),
    ],
)  # fmt: skip
def test_two_yearly_numbers_have_one_precision_and_no_figure_opens_a_sentence(before, now, said):
    pace = pace_of(before, now)
    compared = pd.DataFrame([{"ratio": 1.1, "low": 0.5, "high": 2.0}])
    finding = text.describe_pace(helpers.open_record(), pace, compared)
    assert finding.detail == said and not faults_of(finding)
    assert said.startswith(text.word_pace(pace)) and not text.caption_years(pace)["title"][0].isdigit()


@pytest.mark.parametrize(
    ("ratio", "sources", "doubt"),
    [
        ((1.0, 0.5, 2.0), (2, 9), "Anything from about half as many to about twice as many joint exercises a year would fit as well, and the earlier years rest on fewer sources."),
        ((1.0, 0.0, 99.0), (9, 9), "Anything from none to more than ten times as many joint exercises a year would fit as well, and what no source reports is not counted."),
        ((3.0, 2.0, 4.0), (2, 9), "The earlier years rest on fewer sources, so part of the rise may be better reporting."),
        ((0.3, 0.2, 0.4), (2, 9), "The earlier years rest on fewer sources, so the fall may be larger."),
        ((0.3, 0.2, 0.4), (9, 9), "What no source reports is not counted."),
    ],
)  # fmt: skip
def test_early_years_are_called_thin_only_where_they_are(ratio, sources, doubt):
    record = helpers.open_record()
    early = record.register["year"] < 2018
    record = replace(record, register=record.register.assign(families=early.map({True: sources[0], False: sources[1]})))
    compared = pd.DataFrame([dict(zip(("ratio", "low", "high"), ratio, strict=True))])
    assert text.describe_pace(record, pace_of((8, 8), (8, 8)), compared).doubt == doubt


def test_years_that_are_over_are_not_said_to_go_on():
    record = helpers.open_record(until=2015)
    pace = measures.compute_pace(record)
    said = text.describe_pace(record, pace, measures.compare_periods(pace))
    assert said.headline.startswith("The CSTO trained in 2009–15 ")
    alone = text.describe_pace(record, pace.tail(1), measures.compare_periods(pace.tail(1)))
    assert alone.headline.startswith("The CSTO held ") and alone.headline.endswith(" in 2009–15.")
    assert helpers.open_record().is_past is False


def test_few_years_are_no_habit():
    record = helpers.open_record()
    few = pd.DataFrame({"k": [2, 1], "n": [2, 30], "low": 0.0, "high": 1.0}, index=["held", "not held"])
    assert text_series.describe_outlook(record, few, pd.DataFrame()).headline.startswith("There are too few years")


@pytest.mark.parametrize(
    ("waiting", "detail"),
    [
        ([0, 0], "All two named series were held in 2025."),
        ([0, 3], "Of two named series, one was held in 2025."),
        ([2, 3], "No named series was held in 2025."),
    ],
)
def test_series_of_the_last_year_are_counted_in_words(waiting, detail):
    lives = pd.DataFrame({"name": ["Deep", "Wide"], "first": 2001, "last": 2025, "waiting": waiting, "longest": 2})
    assert text_series.describe_series(helpers.open_record(), lives, lives.head(0)).detail == detail


@pytest.mark.parametrize(
    ("held", "said"),
    [
        (40, "every one was held."),
        (39, "nearly every one was held."),
        (36, "nearly every one was held."),
        (35, "88 in a hundred were held."),
        (0, "0 in a hundred were held."),
    ],
)
def test_many_promises_are_told_as_a_share(held, said):
    table = pd.DataFrame({"name": "Deep", "fate": ["held"] * held + ["called off"] * (40 - held), "moved": False})
    found = text_promises.describe_promises(helpers.open_record(), table.assign(lead_days=30))
    assert found.headline == f"Of exercises announced ahead, {said}" and (found.k, found.n) == (held, 40)


@pytest.mark.parametrize(
    ("fates", "headline", "title"),
    [
        (["held"] * 4, "All four exercises announced ahead were held.", "Of four announced exercises, all were held"),
        (["held", "called off"], "One of two exercises announced ahead was held.", "Of two announced exercises, one was held"),
        (["called off"] * 2, "None of two exercises announced ahead were held.", "Of two announced exercises, none were held"),
        (["held"], "The one exercise announced ahead was held.", "Of one announced exercise, one was held"),
        (["called off"], "No exercise announced ahead was held.", "Of one announced exercise, none were held"),
    ],
)  # fmt: skip
def test_few_promises_are_counted_in_words(fates, headline, title):
    table = pd.DataFrame({"name": "Deep", "fate": fates, "moved": False, "lead_days": 30})
    assert text_promises.describe_promises(helpers.open_record(), table).headline == headline
    assert text_promises.caption_promises(table)["title"] == title


def _held_in(months):
    days = [pd.Timestamp(2020, month, 1) for month in months]
    return pd.DataFrame(
        {"exercise_id": range(len(days)), "name": "X", "status": "held", "start_earliest": days, "start_latest": days}
    )


@pytest.mark.parametrize(
    ("months", "headline"),
    [
        (([9, 9, 9], [8], [8]), "Six in ten exercises begin in September or October, three if joint exercises count once."),
        (([9, 9], [10], [8]), "Eight in ten exercises begin in September or October, seven if joint exercises count once."),
        (([9], [10], [8]), "Seven in ten exercises begin in September or October."),
        (([5, 5, 5], [8], [8]), "Most exercises begin in May, in August if joint exercises count once."),
    ],
)  # fmt: skip
def test_months_are_counted_both_ways(monkeypatch, months, headline):
    units = {
        unit: replace(helpers.open_record(unit=unit), register=_held_in(own))
        for unit, own in (
            ("component", [one for part in months for one in part]),
            ("umbrella", [one[0] for one in months]),
        )
    }
    record = units["component"]
    monkeypatch.setattr(type(record), "in_both_units", lambda self: units)
    assert text.describe_calendar(record).headline == headline


def test_a_published_figure_of_months_says_both_ways():
    said = text.describe_calendar(helpers.open_record())
    assert said.headline == "Six in ten exercises begin in September or October, four if joint exercises count once."
    assert "21 of 51 in these two months, and 16 in August" in said.detail


def test_hosts_within_a_case_or_two_stand_together():
    table = pd.DataFrame(
        [("RUS", "Russia", 20, 82), ("TJK", "Tajikistan", 18, 81), ("ARM", "Armenia", 6, 82)],
        columns=["iso3", "name", "hosted", "expected"],
    ).assign(last="", day=pd.Timestamp("2021-09-01"))
    record = helpers.open_record()
    assert text.describe_hosts(record, table).headline == "Russia and Tajikistan host most exercises."
    apart = table.assign(hosted=[20, 17, 6])
    assert text.describe_hosts(record, apart).headline == "Russia hosts more exercises than any other member."
    assert text.describe_hosts(record, apart).detail.startswith(
        "Russia hosted 20 of the 82 at which it was expected, Tajikistan 17 of 81."
    )
    same = pd.concat([table.assign(hosted=6), table.head(1).assign(iso3="KAZ", name="Kazakhstan", hosted=5)])
    assert text.describe_hosts(record, same).headline == "No member hosts far more exercises than others."


def test_the_middle_of_sizes_is_said_of_those_known():
    record = helpers.open_record()
    said = text.describe_troops(record, troops.list_troops(record))
    assert said.headline == "The median of the 46 sizes known is about 1,500 troops." and "typical" not in said.text


def test_only_series_held_more_than_once_can_be_quiet():
    lives = pd.DataFrame(
        {
            "name": ["Deep", "Wide", "Once"],
            "first": [2001, 2001, 2003],
            "last": [2025, 2010, 2003],
            "waiting": [0, 15, 22],
            "longest": pd.array([2, 3, pd.NA], "Int64"),
        }
    )
    said = text_series.describe_series(helpers.open_record(), lives, series.list_silent(lives))
    assert said.headline == "One of two series has waited longer than ever: Wide, last held in 2010."
    assert said.detail.endswith("Held in one year alone, so not judged: Once in 2003.")
    once = text_series.describe_series(helpers.open_record(), lives.tail(1), lives.head(0))
    assert once.headline.startswith("No series was held in more than one year")


def test_the_best_rival_is_named_beside_the_rule_and_how_many_were_tried():
    record = helpers.open_record()
    lives = series.compute_lifelines(record)
    rules = outlook.compare_rules(lives, record)
    said = text_series.describe_outlook(record, outlook.compute_persistence(lives, record), rules).doubt
    best = rules.set_index("rule")["right"].drop("as two years ago").idxmax()
    assert said.startswith("Of four rules of forecast tried on these same cases, *as two years ago* was right in ")
    assert len(rules) == 4 and f"*{best}* in " in said and said.endswith(": its lead may be chance.")


def test_the_spread_of_yearly_counts_is_said_of_the_last_period():
    record = helpers.open_record()
    spread = measures.compute_spread(record)
    once = measures.count_by_year(record.in_unit("umbrella"))["held"]
    assert spread.iloc[-1]["variance"] == pytest.approx(once.loc[2022:2025].var())
    said = text_periods.describe_spread(spread)
    assert said.headline.endswith("in 2022–25 the yearly counts vary more than counts at random do.")
    assert not faults_of(said) and not faults_of(text_periods.describe_spread(spread.assign(mean=9.0)))
    assert text_periods.describe_spread(spread.head(0)).headline.startswith("In no period")
    even = text_periods.describe_spread(spread.assign(mean=spread["variance"]))
    assert even.headline == "The interval fits: in 2022–25 the yearly counts vary as counts at random do."
    assert not faults_of(even)


def test_a_spread_is_that_of_two_years_or_more():
    record = helpers.open_record()
    last = record.last_year
    record.data["periods"] = pd.DataFrame(
        {"since": [last - 4, last - 1, last + 1], "until": [last - 2, last, last + 1]}
    )
    spread = measures.compute_spread(record.rescoped(since=last - 4))
    assert spread[["since", "until", "years"]].to_numpy().tolist() == [[last - 4, last - 2, 3], [last - 1, last, 2]]
    record.data["periods"] = pd.DataFrame({"since": [last - 4, last], "until": [last - 1, last]})
    assert measures.compute_spread(record.rescoped(since=last - 4))["years"].tolist() == [4]


@pytest.mark.parametrize(
    ("held", "away", "ours", "headline"),
    [
        ((60, 100), (20, 100), 90, "A series held in one year tends to be held again two years later."),
        ((25, 100), (24, 100), 90, "That a series was held in one year says little about the years after it."),
        ((60, 100), (20, 100), 70, "That a series was held in one year says little about the years after it."),
    ],
)
def test_the_outlook_needs_a_clear_gap_and_the_best_rule(held, away, ours, headline):
    table = pd.DataFrame([held, away], index=["held", "not held"], columns=["k", "n"])
    rules = pd.DataFrame({"rule": ["as two years ago", "always", "as last year"], "right": [ours, 60, 80], "n": 115})
    said = text_series.describe_outlook(helpers.open_record(), table.assign(low=0.0, high=1.0), rules)
    assert said.headline == headline
    assert f"*as two years ago* was right in {ours} of 115, *as last year* in 80" in said.doubt


def test_no_series_held_twice_has_none_to_judge_and_one_is_named_as_one():
    record = helpers.open_record()
    lives = pd.DataFrame({"name": ["Deep", "Wide"], "first": 2001, "last": 2025, "waiting": 0})
    none = lives.assign(longest=pd.array([pd.NA, pd.NA], "Int64"))
    assert text_series.describe_series(record, none, none.head(0)).headline.startswith(
        "No series was held in more than"
    )
    one = lives.assign(longest=pd.array([2, pd.NA], "Int64"))
    said = text_series.describe_series(record, one, one.head(0)).headline
    assert said == "The one series held more than once has not waited longer than before."
    two = lives.assign(longest=pd.array([2, 3], "Int64"))
    said = text_series.describe_series(record, two, two.head(0)).headline
    assert said == "None of the two series held more than once has waited longer than ever before."
    late = text_series.describe_series(record, two, two.assign(last=2015).head(1)).headline
    assert late == "One of two series has waited longer than ever: Deep, last held in 2015."
