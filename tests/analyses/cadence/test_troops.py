import numpy as np
import pandas as pd
import pytest
from support import derive, exercise, frames, report

from helpers.analyses.cadence import troops

EDITIONS = [
    exercise("interaction-2021"),
    exercise("rubezh-2021", "rubezh"),
    exercise("combat-2021", "combat"),
    exercise("interaction-2022"),
    exercise("interaction-2023"),
]


def told(*reports):
    data = frames(EDITIONS, list(reports))
    register = derive(EDITIONS, list(reports))[0].reset_index()
    return troops.sizes(troops.figures(data["reports"], data["sources"], register), register), register


def figure(exercise_id, number, text, scope="exercise", phase="during", source="press", **more):
    return report(exercise_id, number, source, phase, troops=text, troops_scope=scope, said_by=source.title(), **more)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("1500", (1500, 1500, 1500)),
        ("1000-1200", (1000, 1100, 1200)),
        ("3500+", (3500, 3500, np.nan)),
        ("~600", (np.nan, 600, np.nan)),
        ("<500", (np.nan, 500, 500)),
    ],
)
def test_a_troop_number_is_read_with_its_bounds(text, numbers):
    assert troops.parse(text) == pytest.approx(numbers, nan_ok=True)


@pytest.mark.parametrize("text", ["many", "", "1 500", "10k", "~1000-2000+!"])
def test_words_that_are_no_figure_are_refused(text):
    with pytest.raises(ValueError, match="troops"):
        troops.parse(text)


def test_the_best_report_speaks_and_the_others_give_the_span():
    table, _ = told(
        figure("interaction-2021", 1, "1000+", source="press"),
        figure("interaction-2021", 2, "1200", source="organiser"),
        figure("interaction-2021", 3, "~900", source="wire"),
    )
    row = table.iloc[0]
    assert (row["as_told"], row["said_by"], row["figures"]) == ("1,200", "Organiser", 3)
    assert (row["low"], row["best"], row["high"]) == (900, 1200, 1200)


def test_a_range_spans_from_end_to_end():
    table, _ = told(figure("interaction-2021", 1, "1000-1200"), figure("interaction-2022", 1, "1000-1200"))
    assert table[["low", "best", "high"]].to_numpy().tolist() == [[1000, 1100, 1200]] * 2
    table, _ = told(
        figure("interaction-2021", 1, "1000-1200"),
        figure("interaction-2021", 2, "1150", source="organiser"),
        figure("interaction-2021", 3, "~1300", source="wire"),
    )
    assert table[["low", "best", "high"]].iloc[0].tolist() == [1000, 1150, 1300]


def test_more_than_and_up_to_set_no_limit_on_their_open_side():
    table, _ = told(figure("interaction-2021", 1, "1000+"), figure("rubezh-2021", 1, "<800"))
    rows = table.set_index(table["exercises"].str[0])
    assert pd.isna(rows.at["interaction-2021", "high"])
    assert rows.at["interaction-2021", "low"] == 1000
    assert pd.isna(rows.at["rubezh-2021", "low"])


def test_a_plan_never_stands_in_for_a_count():
    table, register = told(
        figure("interaction-2021", 1, "5000", phase="plan", source="organiser", status="planned"),
        figure("interaction-2021", 2, "1500"),
        report("interaction-2022", 1),
        figure("interaction-2022", 2, "2000", phase="before"),
    )
    assert table["told"].tolist() == ["planned", "reported", "planned"]
    assert table["best"].tolist() == [5000, 1500, 2000]
    covered = troops.coverage(table, register)
    assert covered == {"held": 2, "own": 1, "joint": 0, "planned": 1, "none": 0}


def test_a_joint_total_stands_once_for_all_its_drills():
    table, register = told(
        figure("interaction-2021", 1, "4000+", "joint"),
        figure("rubezh-2021", 1, "~4000", "joint"),
        figure("rubezh-2021", 2, "2700", "joint", source="wire"),
        figure("combat-2021", 1, "2700+", "joint"),
        figure("interaction-2022", 1, "4000", "joint"),
        figure("rubezh-2021", 3, "600"),
    )
    joint = table[table["scope"] == "joint"]
    assert joint["exercises"].tolist() == [("combat-2021", "interaction-2021", "rubezh-2021"), ("interaction-2022",)]
    first = joint.iloc[0]
    assert (first["as_told"], first["low"], first["high"], first["figures"]) == ("2,700", 2700, 4000, 4)
    assert troops.coverage(table, register) == {"held": 4, "own": 1, "joint": 3, "planned": 0, "none": 0}


def test_contingents_and_deprecated_figures_are_no_size():
    table, _ = told(
        figure("interaction-2021", 1, "100", "contingent"),
        figure("interaction-2021", 2, "9999", deprecated_fields="troops", deprecated_why="misread"),
    )
    assert table.empty


def test_every_usable_figure_of_the_record_is_in_one_row(record, data):
    register = record[0]
    found = troops.figures(data["reports"], data["sources"], register)
    table = troops.sizes(found, register)
    usable = data["reports"]["troops_scope"].isin(list(troops.SCOPES)) & data["reports"]["deprecated_fields"].map(
        lambda fields: "troops" not in fields
    )
    assert table["figures"].sum() == len(found) == usable.sum()
    joint = table[(table["scope"] == "joint") & (table["told"] == "reported")]["exercises"].explode()
    assert joint.is_unique
    known = table.dropna(subset=["low", "high"])
    assert (known["low"] <= known["best"]).all()
    assert (known["best"] <= known["high"]).all()


@pytest.mark.parametrize(
    ("coded", "said"),
    [
        ("950", "950"),
        ("~12000", "about 12,000"),
        ("3500+", "more than 3,500"),
        ("<500", "up to 500"),
        ("1000-1200", "1,000 to 1,200"),
    ],
)
def test_coded_troop_numbers_are_worded(coded, said):
    assert troops.worded(coded) == said
