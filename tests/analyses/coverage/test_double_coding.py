import krippendorff
import numpy as np
import pandas as pd
import pytest

from helpers.analyses.coverage import double_coding

SIX = "ARM;BLR;KAZ;KGZ;RUS;TJK"
STATES = SIX.split(";")


def coded(*texts):
    """Rows of double_coding: one text an exercise, each as {field: (first, second)}."""
    fields = [*double_coding.FIELDS, "participants", "absent", "observers"]
    return pd.DataFrame(
        [
            {"exercise_id": f"e-{n}", "source_id": f"s-{n}", "field": field}
            | dict(zip(("first", "second"), text.get(field, ("", "")), strict=True))
            | {"resolved": "", "why": ""}
            for n, text in enumerate(texts)
            for field in fields
        ]
    )


def test_alpha_of_a_published_example():
    """The two-coder nominal example of Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), section B: 0.692."""
    a = ["a", "a", "b", "b", "d", "c", "c", "c", "e", "d", "d", "a"]
    b = ["b", "a", "b", "b", "b", "c", "c", "c", "e", "d", "d", "d"]
    double = coded(*[{"status": pair} for pair in zip(a, b, strict=True)])
    table = double_coding.agreement(double_coding.units(double, STATES)).set_index("field")
    assert table.at["status", "alpha"] == pytest.approx(0.692, abs=5e-4)
    assert table.at["status", "agreed"] == pytest.approx(9 / 12)


def test_a_state_is_read_from_the_three_lists():
    double = coded(
        {"participants": (SIX, "BLR;RUS"), "participants_scope": ("boilerplate", "partial"), "absent": ("", "ARM")},
        {"participants": ("RUS", "RUS"), "participants_scope": ("partial", "partial"), "observers": ("KAZ", "")},
    )
    cells = double_coding.units(double, STATES).query("field == 'cells'").set_index(["exercise_id", "iso3"])
    assert cells.loc[("e-0", "ARM"), ["first", "second"]].tolist() == ["boilerplate", "absent"]
    assert cells.loc[("e-0", "BLR"), ["first", "second"]].tolist() == ["boilerplate", "present"]
    assert cells.loc[("e-1", "KAZ"), ["first", "second"]].tolist() == ["observer", "unnamed"]


def test_the_bootstraps_own_alpha_is_the_librarys():
    """The interval is computed from sums; on whole resamples of one text an exercise both must give one alpha."""
    rng = np.random.default_rng(1)
    pairs = [(str(a), str(a if rng.random() < 0.8 else b)) for a, b in rng.integers(0, 3, (60, 2))]
    part = double_coding.units(coded(*[{"phase": pair} for pair in pairs]), STATES).query("field == 'phase'")
    low, high = double_coding._bootstrap(part)
    numbers = np.array([[int(a), int(b)] for a, b in pairs])
    draws = [
        krippendorff.alpha(reliability_data=numbers[rng.integers(0, 60, 60)].T, level_of_measurement="nominal")
        for _ in range(1500)
    ]
    assert (low, high) == pytest.approx(tuple(np.quantile(draws, [0.025, 0.975])), abs=0.03)


def test_one_value_gives_no_alpha():
    table = double_coding.agreement(double_coding.units(coded({"status": ("held", "held")}), STATES)).set_index("field")
    assert np.isnan(table.at["status", "alpha"])
    assert table.at["status", "agreed"] == 1


def test_the_published_coding_is_a_fifth_and_resolved_in_the_reports(data):
    """Where the second reading stood, the report says so now; a later correction would have to be argued here too."""
    double = data["double_coding"]
    assert double["exercise_id"].nunique() >= len(data["exercises"][data["exercises"]["event_type"] != "meeting"]) // 6
    assert len(double_coding.disagreements(double)) == double["resolved"].ne("").sum()
    reports = data["reports"].drop_duplicates(["exercise_id", "source_id"]).set_index(["exercise_id", "source_id"])
    for row in double[double["resolved"] == "second"].itertuples():
        now = reports.at[(row.exercise_id, row.source_id), row.field]
        now = ";".join(sorted(now)) if isinstance(now, tuple) else now
        assert now == row.second, (row.exercise_id, row.source_id, row.field)
