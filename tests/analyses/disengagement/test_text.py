"""Sentences on leaving hold in every scope."""

import pandas as pd
import pytest

from helpers.analyses.disengagement import text as leaving


@pytest.mark.parametrize(
    ("none", "said"), [(0.5, "One break in Kazakhstan's attendance"), (0.51, "need not have changed at all")]
)
def test_a_break_is_told_only_if_it_is_likelier_than_none(none, said):
    table = pd.DataFrame({"last_before": ["A"], "first_after": ["B"], "day": [pd.Timestamp("2024-10-01")]})
    table = table.assign(low=0.4, high=0.5, member=True)
    table.attrs = {"none_low": none, "none_high": none, "fillings": 1}
    assert said in leaving.break_dates(table, "Kazakhstan")
