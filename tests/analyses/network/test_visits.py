import pandas as pd
from small_networks import record_of

from helpers.analyses.network import tables, visits


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
