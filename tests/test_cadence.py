import pandas as pd
import pytest
from conftest import derive, exercise, frames, report

from helpers import cadence

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
    row = cadence.calendar(small).set_index("exercise_id").loc["interaction-2021"]
    assert (row["year"], row["last"]) == (2021, pd.Timestamp("2022-01-03"))


def test_a_month_has_no_sure_day(small):
    row = cadence.calendar(small).set_index("exercise_id").loc["rubezh-2021"]
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


def test_programmes_beside_the_record(small):
    table = cadence.programme_table(frames([], [], programmes=PROGRAMMES)["programmes"], small)
    assert table["year"].tolist() == [2021, 2021, 2023, 2024]
    assert table.loc[2, ["count", "named", "held", "called_off", "open"]].tolist() == [7, 1, 0, 1, 0]


def test_means_stop_at_the_last_whole_year(small):
    counts = cadence.per_year(small, 2020, 2024)
    means = cadence.means_by_period(counts, {"a": (2000, 2021), "b": (2022, 2030), "c": (2040, 2050)}, last_year=2023)
    assert means["period"].tolist() == ["2020-2021", "2022-2023"]
    assert means["mean"].tolist() == [1.0, 0.0]
