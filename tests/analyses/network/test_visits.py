import pandas as pd
import pytest
from small_networks import record_of

from helpers.analyses.network import tables, text_figures, visits


def test_visits_and_stays_at_home_by_hand():
    record = record_of(
        {"x-2011": "+++", "x-2016": "++-", "x-2017": "+++"}, hosts={"x-2011": ("AAA",), "x-2016": ("BBB",)}
    )
    listed = visits.compute_visits(record)
    travel = visits.compute_travel(record, listed).set_index("iso3")
    assert travel.loc["AAA", ["received", "paid", "at_home", "abroad"]].tolist() == [2, 1, 1, 1]
    assert travel.loc["AAA", ["last_received", "last_paid"]].tolist() == [
        pd.Timestamp(2011, 9, 1),
        pd.Timestamp(2016, 9, 1),
    ]
    assert travel.loc["CCC", "received"] == 0
    assert tables.list_travel(record)["last received"].dt.year.fillna(0).tolist() == [2011, 2016, 0]


def test_an_exercise_on_the_soil_of_two_is_a_visit_to_each_and_hosts_do_not_visit_each_other():
    record = record_of({"x-2011": "+++"}, hosts={"x-2011": ("AAA", "BBB")})
    listed = visits.compute_visits(record)
    assert set(zip(listed["host"], listed["guest"], strict=True)) == {
        ("AAA", "AAA"),
        ("BBB", "BBB"),
        ("AAA", "CCC"),
        ("BBB", "CCC"),
    }
    assert visits.compute_travel(record, listed).set_index("iso3").at["CCC", "abroad"] == 1


def test_without_hosts_there_is_no_visit():
    record = record_of({"x-2011": "+++"})
    listed = visits.compute_visits(record)
    assert listed.empty
    assert tables.list_travel(record)["visits paid"].tolist() == [0, 0, 0]


@pytest.mark.parametrize(
    "signs, said",
    [
        ([], "No visit between Ardenia and another member is known"),
        (["paid 2011"], "Ardenia paid one visit and received none before 2016, and none of either since"),
        (["received 2011"], "Ardenia paid no visit and received one before 2016, and none of either since"),
        (["paid 2011", "paid 2012"], "Ardenia paid two visits and received none before 2016, and none of either since"),
        (["paid 2016"], "Ardenia has paid one visit since 2016 and received none"),
        (["received 2016", "received 2017"], "Ardenia has paid no visit since 2016 and received two"),
        (["paid 2016", "paid 2017"], "Ardenia has paid two visits since 2016 and received none"),
    ],
)
def test_the_title_counts_visits_before_and_since(monkeypatch, signs, said):
    rows = [("BBB", "AAA") if sign.startswith("paid") else ("AAA", "BBB") for sign in signs]
    table = pd.DataFrame(rows, columns=["host", "guest"]).assign(year=[int(sign[-4:]) for sign in signs])
    monkeypatch.setattr(visits, "compute_visits", lambda record: table)
    assert text_figures._visits_title(record_of({"x-2011": "++", "x-2021": "++"})) == said
