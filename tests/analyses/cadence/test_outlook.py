import pandas as pd
import pytest
from support import BIENNIAL, YEARLY, derive, exercise, frames, life, report

from helpers.analyses.cadence import outlook, series


@pytest.mark.parametrize(
    ("held", "year", "state"),
    [
        ((2010, 2011, 2012), 2012, "due"),
        ((2010, 2011, 2012), 2013, "silent"),
        ((2010, 2012, 2014), 2014, "early"),
        ((2010, 2012, 2014), 2015, "due"),
        ((2010, 2012, 2014), 2016, "silent"),
        ((2010, 2012, 2013, 2014, 2015), 2016, "due"),  # late by its usual gap, within its longest
        ((2010,), 2014, "once"),
        ((2010, 2020), 2014, "once"),  # what came later is not known yet
        ((2010,), 2009, ""),
    ],
)
def test_the_state_of_a_series_looks_back_only(held, year, state):
    assert outlook.state_at(held, year) == state


def test_cases_are_past_years_of_known_outcome():
    table = outlook.cases(pd.DataFrame([life("A", (2000, 2001, 2003), open_=(2002,))]), 2004, 1)
    assert table["year"].tolist() == [2001, 2002, 2003, 2004]
    assert [None if pd.isna(held) else bool(held) for held in table["held"]] == [True, None, True, False]
    assert outlook.cases(pd.DataFrame([YEARLY]), 2020, 2)["year"].tolist() == list(range(2002, 2021))


def test_a_year_of_unknown_outcome_is_no_case_but_is_counted():
    table = outlook.rules(pd.DataFrame([life("A", (2000, 2001, 2003), open_=(2002,))]), 2004, [1]).set_index("state")
    assert table.loc["all", ["n", "held", "unknown"]].tolist() == [3, 2, 1]
    assert table.loc["due", ["n", "held", "unknown"]].tolist() == [1, 0, 1]  # asked at the end of 2003, and of 2001


def test_rules_foretell_series_that_keep_their_rhythm():
    table = outlook.rules(pd.DataFrame([YEARLY, BIENNIAL]), 2020, [1]).set_index("state")
    assert table.loc["due", ["n", "held"]].tolist() == [28, 28]  # nineteen of the yearly, nine of the other
    assert table.loc["early", ["n", "held"]].tolist() == [9, 0]
    assert table.at["due", "foretold"] == table.at["due", "right"]
    assert table.at["early", "right"] == table.at["early", "foretold"] > 0
    assert table.at["early", "always"] == 0
    assert table.at["all", "n"] == table["n"].drop("all").sum() == 40


def test_a_year_with_one_edition_held_and_one_unverified_is_one_held():
    table = outlook.cases(pd.DataFrame([life("A", (2000, 2001), open_=(2001,))]), 2002, 1)
    assert table["held"].tolist() == [True, False]


@pytest.mark.parametrize("horizon", [1, 2])
def test_a_rule_bets_on_earlier_years_only(horizon):
    turned = life("Turned", (*range(2000, 2011), 2030))
    table = outlook.rules(pd.DataFrame([turned]), 2013, [horizon]).set_index("state")
    # In 2011 (and 2012, seen from 2010) it still looked due, and the bets on that were lost.
    assert table.at["due", "foretold"] - table.at["due", "right"] == horizon
    # Three cases must be over when the bet is made; the first is that of 2001 + horizon.
    first = 2001 + horizon + outlook.MIN_CASES - 1 + horizon
    assert table.at["due", "foretold"] == 2010 + horizon - first + 1


def test_two_years_ahead_a_biennial_series_is_due_when_it_has_just_been_held():
    table = outlook.rules(pd.DataFrame([BIENNIAL]), 2020, [1, 2]).set_index(["horizon", "state"])
    assert table.at[(1, "early"), "share"] == 0
    assert table.at[(2, "early"), "share"] == 1


def test_expectation_names_the_state_and_its_rates():
    known = pd.DataFrame([YEARLY, BIENNIAL])
    table = outlook.expectation(known, outlook.rules(known, 2020, [1, 2]), 2020)
    assert table["name"].tolist() == ["Yearly", "Biennial"]
    assert table["state"].tolist() == ["due", "early"]
    assert table["in 2021"].tolist() == [1, 0]
    assert table.at[0, "announced"] == (2021,)


def test_a_record_without_past_gives_rules_without_cases():
    table = outlook.rules(pd.DataFrame([life("New", (2020,))]), 2020, [1])
    assert table["n"].sum() == table["foretold"].sum() == 0


def test_the_programme_gives_the_status_last_reported():
    editions = [exercise("interaction-2031"), exercise("rubezh-2031", "rubezh"), exercise("combat-2030", "combat")]
    told = [
        report(
            "interaction-2031",
            1,
            "wire",
            "plan",
            status="planned",
            start="2031-09",
            said_by="Old",
            said_on="2029-01-01",
        ),
        report(
            "interaction-2031", 2, "wire", "plan", status="planned", hosts="RUS", said_by="New", said_on="2029-06-01"
        ),
        report("rubezh-2031", 1, "organiser", "before", status="cancelled", said_by="X", said_on="2029-07-01"),
    ]
    register = derive(editions, told)[0].reset_index()
    table = outlook.programme(register, frames(editions, told)["reports"], 2031).set_index("name")
    assert table.loc["Interaction 2031", ["status", "hosts", "said_by"]].tolist() == ["planned", ("RUS",), "New"]
    assert table.at["Interaction 2031", "last_said"] == pd.Timestamp("2029-06-01")
    assert table.at["Rubezh 2031", "status"] == "cancelled"
    assert outlook.programme(register, frames(editions, told)["reports"], 2040).empty


def test_every_series_of_the_record_has_an_expectation(record, data):
    last_year = int(record[0]["year"].max()) - 1
    known = series.lifelines(record[0], data["series"], last_year)
    table = outlook.expectation(known, outlook.rules(known, last_year, [1]), last_year)
    assert len(table) == known["first"].notna().sum()
