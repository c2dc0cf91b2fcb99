import pandas as pd
import pytest
from support import derive, exercise, frames, report

from helpers.analyses.cadence import series as lives

YEARS = [2010, 2012, 2014, 2016, 2019]
EDITIONS = [
    *(exercise(f"rubezh-{year}", "rubezh") for year in [*YEARS, 2020, 2021, 2030]),
    exercise("interaction-2021"),
    exercise("combat-2022", "combat"),
]

TOLD = [
    *(report(f"rubezh-{year}", 1, start=f"{year}-09-01") for year in YEARS),
    report("rubezh-2020", 1, "organiser", "before", status="cancelled", start="2020-09-01"),
    report("rubezh-2021", 1, "organiser", "plan", status="planned", start="2021-09"),
    report("rubezh-2030", 1, "organiser", "plan", status="planned", start="2030-09"),
    report("interaction-2021", 1, start="2021-12-28", end="2022-01-03"),
    report("combat-2022", 1, "organiser", "before", status="cancelled", start="2022-09-01"),
]


@pytest.fixture(scope="module")
def table():
    series = frames([], [])["series"]
    return lives.lifelines(derive(EDITIONS, TOLD)[0].reset_index(), series, 2023).set_index("series_id")


def test_a_life_has_years_of_every_fate(table):
    row = table.loc["rubezh"]
    assert (row["first"], row["last"], row["editions"]) == (2010, 2019, 5)
    assert row["held"] == tuple(YEARS)
    assert (row["called_off"], row["open"], row["planned"]) == ((2020,), (2021,), (2030,))
    assert row["gaps"] == (2, 2, 2, 3)
    assert (row["longest"], row["waiting"]) == (3, 4)


def test_new_year_belongs_to_the_plan_year_and_a_cancelled_series_has_no_first(table):
    assert table.at["interaction", "held"] == (2021,)
    assert pd.isna(table.at["combat", "first"])
    assert pd.isna(table.at["combat", "waiting"])
    assert table.index[-1] == "combat"


def test_overdue_is_longer_than_ever_before_and_only_that(table):
    late = lives.overdue(table.reset_index()).set_index("name")
    assert late.index.tolist() == ["Rubezh"]  # one year is no gap
    assert late.at["Rubezh", "overdue"]
    assert late.loc["Rubezh", ["as_long", "n"]].tolist() == [0, 4]
    assert late.at["Rubezh", "unverified"] == (2021,)
    table = table.assign(waiting=table["waiting"] - 2)
    again = lives.overdue(table.reset_index()).set_index("name")
    assert not again.at["Rubezh", "overdue"]
    assert again.at["Rubezh", "as_long"] == 1  # the open gap of three years is as long as one of four


def test_even_gaps_are_even_and_bursts_uneven():
    def life(name, gaps, open_=()):
        years = [2000]
        for gap in gaps:
            years.append(years[-1] + gap)
        return {"name": name, "gaps": gaps, "held": tuple(years), "open": open_}

    told = pd.DataFrame(
        [life("even", (2,) * 6), life("bursts", (1, 1, 1, 7, 1, 1)), life("yearly", (1,) * 6), life("few", (2, 2))]
    )
    found = lives.gap_evenness(told).set_index("name")
    assert found.index.tolist() == ["even", "bursts", "yearly", "all of these", "all, unverified counted as held"]
    assert found.at["even", "p_even"] == pytest.approx(1 / 462)  # eleven years between, of which five are chosen
    assert found.at["bursts", "p_uneven"] == pytest.approx(6 / 462)  # one gap of seven in any of six places
    assert not found.at["yearly", "possible"]
    assert found.at["yearly", "p_even"] == found.at["yearly", "p_uneven"] == 1


def test_the_published_lives_hold_every_held_edition_of_a_series(record, data):
    register, last_year = record[0], record[0]["year"].max()
    found = lives.lifelines(register, data["series"], last_year)
    assert found["editions"].sum() == (register["status"] == "held").sum()
    assert len(found) == register["series_id"].nunique()
