"""The record without some of its reports is the one that the rest alone gives, in every column."""

import pandas as pd
from universes import SCOPE, small_data, small_record

from helpers.derive.left_out import records_without
from helpers.derive.record import Record


def test_the_record_without_reports_is_the_one_that_the_others_give():
    record, data = small_record(), small_data()
    reports = data["reports"]
    one, whole = ["interaction-2018.03"], list(reports.loc[reports["exercise_id"] == "interaction-2023", "report_id"])
    found = records_without(record, {"one": one, "whole": whole, "nothing": []})
    assert found["nothing"] is record
    for name, left, gone in (("one", one, []), ("whole", whole, ["interaction-2023"])):
        exercises = data["exercises"][~data["exercises"]["exercise_id"].isin(gone)]
        rest = {"reports": reports[~reports["report_id"].isin(left)], "exercises": exercises}
        alone = Record.of_scope(data | rest, SCOPE)
        for mine, theirs, key in (
            (found[name].register, alone.register, ["exercise_id"]),
            (found[name].attendance, alone.attendance, ["exercise_id", "iso3"]),
        ):
            assert set(mine) == set(theirs)
            mine, theirs = (table.sort_values(key).reset_index(drop=True)[list(theirs)] for table in (mine, theirs))
            pd.testing.assert_frame_equal(mine, theirs, check_dtype=False)
