import pandas as pd
import pytest
from support import derive, exercise, frames, report

from helpers.analyses.cadence import measures as cadence

SERIES = pd.DataFrame({"series_id": ["interaction", "rubezh"], "colour_group": ["Interaction", ""]})
SHOCKS = {2020: "2020 (pandemic)"}
EDITIONS = [
    exercise("interaction-2021"),
    exercise("rubezh-2021", "rubezh"),
    exercise("interaction-2023"),
    exercise("interaction-2024"),
]
TOLD = [
    report("interaction-2021", 1, start="2021-12-28", end="2022-01-03"),
    report("rubezh-2021", 1, start="2021-09"),
    report("interaction-2023", 1, "organiser", "before", status="cancelled", start="2023-09-01", said_on="2023-08-01"),
    report("interaction-2024", 1, "organiser", "plan", status="planned", start="2024", said_on="2024-01-15"),
]


@pytest.fixture(scope="module")
def small():
    return derive(EDITIONS, TOLD)[0].reset_index()


def test_every_year_is_there_and_every_edition_once(small):
    counts = cadence.per_year(small, 2020, 2024)
    assert counts.index.tolist() == [2020, 2021, 2022, 2023, 2024]
    assert counts["held"].tolist() == [0, 2, 0, 0, 0]
    assert counts.at[2023, "cancelled"] == counts.at[2024, "unverified"] == 1
    assert counts.to_numpy().sum() == len(EDITIONS)


def test_new_year_belongs_to_the_plan_year(small):
    row = cadence.calendar(small, SERIES).set_index("exercise_id").loc["interaction-2021"]
    assert (row["year"], row["last"]) == (2021, pd.Timestamp("2022-01-03"))


def test_an_edition_of_several_years_counts_once_in_its_plan_year():
    editions = [exercise("combat-2019", "combat")]
    register = derive(editions, [report("combat-2019", 1, start="2019-11-01", end="2021-02-28")])[0].reset_index()
    assert cadence.per_year(register, 2018, 2022)["held"].tolist() == [0, 1, 0, 0, 0]
    row = cadence.calendar(register, SERIES).iloc[0]
    assert (row["year"], row["last"]) == (2019, pd.Timestamp("2021-02-28"))


def test_a_month_has_no_sure_day(small):
    row = cadence.calendar(small, SERIES).set_index("exercise_id").loc["rubezh-2021"]
    assert (row["first"], row["last"]) == (pd.Timestamp("2021-09-01"), pd.Timestamp("2021-09-30"))
    assert pd.isna(row["first_sure"])


def test_yearly_mean_has_the_exact_interval():
    mean = cadence.yearly_mean(pd.Series([2, 0, 1, 1]))
    assert (mean["years"], mean["held"], mean["mean"]) == (4, 4, 1.0)
    assert mean["low"] == pytest.approx(1.0899 / 4, abs=1e-4)  # Garwood's limits for a count of four
    assert mean["high"] == pytest.approx(10.2416 / 4, abs=1e-4)


PROGRAMMES = [
    {
        "programme_id": "p1",
        "period": "2021",
        "said_by": "X",
        "said_on": "2021-01-10",
        "kind": "plan",
        "exercise_ids": "interaction-2021;rubezh-2021",
    },
    {
        "programme_id": "p2",
        "period": "2021",
        "said_by": "X",
        "said_on": "2021-01-05",
        "kind": "plan",
        "exercise_ids": "rubezh-2021",
    },
    {
        "programme_id": "p3",
        "period": "2023",
        "said_by": "X",
        "said_on": "2023-01-10",
        "kind": "plan",
        "count": "7",
        "exercise_ids": "interaction-2023",
    },
    {
        "programme_id": "p4",
        "period": "2024",
        "said_by": "X",
        "said_on": "2024",
        "kind": "plan",
        "exercise_ids": "interaction-2024",
    },
    {"programme_id": "p5", "period": "2021/2024", "said_by": "X", "kind": "tally", "count": "20"},
]


def test_a_promise_is_made_ahead_and_once(small):
    promised = cadence.announced(frames([], [], programmes=PROGRAMMES)["programmes"], small).set_index("exercise_id")
    # A plan of which only the year is known may have come after the start, and so promises nothing.
    assert promised.index.tolist() == ["interaction-2021", "rubezh-2021", "interaction-2023"]
    assert promised.at["rubezh-2021", "said_day"] == pd.Timestamp("2021-01-05")
    assert promised.at["rubezh-2021", "lead_days"] == (pd.Timestamp("2021-09-01") - pd.Timestamp("2021-01-05")).days
    told = cadence.delivery(promised.reset_index()).set_index("year")
    assert told.loc[2021].tolist() == [2, 2, 0, 0]
    assert told.loc[2023].tolist() == [1, 0, 1, 0]


def test_means_stop_at_the_last_whole_year(small):
    counts = cadence.per_year(small, 2020, 2024)
    means = cadence.means_by_period(counts, {"a": (2000, 2021), "b": (2022, 2030), "c": (2040, 2050)}, last_year=2023)
    assert means["period"].tolist() == ["2020-2021", "2022-2023"]
    assert means["mean"].tolist() == [1.0, 0.0]


@pytest.fixture
def steady():
    held = pd.Series([1, 0, 2, 5, 6, 5, 7, 9], index=pd.RangeIndex(2015, 2023, name="year"))
    return pd.DataFrame({"held": held})


def test_periods_are_compared_with_the_one_before(steady):
    table = cadence.compare_periods(steady, {"a": (2000, 2017), "b": (2018, 2019), "c": (2020, 2030)}, last_year=2021)
    assert table["period"].tolist() == ["2018-2019", "2020-2021"]
    assert table["before"].tolist() == ["2015-2017", "2018-2019"]
    assert table.loc[0, ["held", "held_before"]].tolist() == [11, 3]
    assert table.at[0, "ratio"] == pytest.approx(5.5)
    assert table.at[0, "p"] < 0.05 < table.at[1, "p"]
    assert cadence.compare_periods(steady, {"a": (2000, 2017)}, 2021).empty


def test_the_next_triennium_is_compared_with_the_last_whole_one(steady):
    room = cadence.next_to_differ(steady, last_year=2021)
    assert (room["since"], room["until"], room["held"]) == (2019, 2021, 18)
    assert room["at_most"] < 18 < room["at_least"]
    assert cadence.next_to_differ(steady, last_year=2016) == {}


def test_evenness_is_tested_both_ways():
    counts = pd.DataFrame({"held": [4, 4, 4, 4, 16, 0, 0, 0, 9]}, index=pd.RangeIndex(2000, 2009))
    table = cadence.evenness(counts, {"a": (2000, 2003), "b": (2004, 2007), "c": (2008, 2008)}, 2010).set_index(
        "period"
    )
    assert table.index.tolist() == ["2000-2003", "2004-2007"]  # one year has no spread
    assert table["spread"].tolist() == [0, 16]
    assert table.at["2000-2003", "p_even"] < 0.05 < table.at["2000-2003", "p_uneven"]
    assert table.at["2004-2007", "p_uneven"] < 1e-6


def test_promises_of_years_of_shock_stand_apart():
    editions = [exercise(f"interaction-{year}") for year in (2018, 2019, 2020, 2021)]
    told = [
        report("interaction-2018", 1, start="2018-10-01", hosts="KGZ"),
        report("interaction-2019", 1, start="2019-10-05"),
        report("interaction-2019", 2, "organiser", "plan", status="planned", start="2019-09"),
        report("interaction-2020", 1, "organiser", "before", status="postponed", start="2020-10", said_on="2020-09-30"),
        report("interaction-2021", 1, "organiser", "plan", status="planned", start="2021-10"),
    ]
    plans = [
        {
            "programme_id": f"p{year}",
            "period": str(year),
            "said_by": "X",
            "said_on": f"{year}-01-10",
            "kind": "plan",
            "exercise_ids": f"interaction-{year}",
        }
        for year in (2018, 2019, 2020, 2021)
    ]
    register = derive(editions, told)[0].reset_index()
    table = cadence.kept(cadence.announced(frames([], [], programmes=plans)["programmes"], register), SHOCKS).set_index(
        "years"
    )
    assert table.index.tolist() == ["ordinary years", SHOCKS[2020]]
    assert table.loc["ordinary years", ["named", "held", "moved", "called_off", "open"]].tolist() == [3, 2, 1, 0, 1]
    assert table.loc[SHOCKS[2020], ["named", "held", "called_off"]].tolist() == [1, 0, 1]
    assert table.at["ordinary years", "low"] == pytest.approx(0.2077, abs=1e-4)  # Wilson's limit for two of three
    assert cadence.kept(pd.DataFrame(columns=["year", "status", "moved"]), SHOCKS).empty


def test_every_class_is_counted_once(record):
    register = record[0]
    table = cadence.by_class(register, int(register["year"].min()), int(register["year"].max()))
    assert table.to_numpy().sum() == len(register)
    assert table["not reported as held"].sum() == (register["status"] != "held").sum()
    for one in register["event_type"].unique():
        assert table[one].sum() == ((register["event_type"] == one) & (register["status"] == "held")).sum()
