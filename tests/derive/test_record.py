"""What a record is asked in Python: one state's cases, and rates with their bounds."""

from dataclasses import replace

import pandas as pd
import pytest

import helpers
from helpers.derive.codes import ABSENT, ATTENDED
from helpers.derive.scope import compute_rates


@pytest.fixture(scope="module")
def record():
    return helpers.open_record()


@pytest.mark.parametrize("state", ["kaz", "Kazakhstan", "FRA", ""])
def test_a_state_that_was_never_bound_is_refused_in_the_words_of_focus(record, state):
    with pytest.raises(
        ValueError, match=r"^scope: state is .+, which was never bound; states that were: ARM, AZE, "
    ) as caught:
        record.of(state)
    if state:
        with pytest.raises(ValueError, match="never bound") as of_focus:
            helpers.open_record(focus=state)
        assert str(of_focus.value).replace("FOCUS", "state") == str(caught.value)


def test_rates_count_came_clear_and_open_and_bound_what_is_open(record):
    for row in record.rates().itertuples():
        own = record.of(row.iso3)["code"]
        assert row.attended == own.isin(ATTENDED).sum()
        assert row.known - row.attended == own.isin(ABSENT).sum()
        assert row.known + row.unknown == len(own)
        assert row.low == pytest.approx(row.attended / len(own))
        assert row.high == pytest.approx((row.attended + row.unknown) / len(own))
        assert row.low <= row.rate <= row.high


def test_rates_of_one_column_or_of_several_are_the_same(record):
    assert record.rates("iso3").equals(record.rates(["iso3"]))
    both = record.rates(["iso3", "series_id"])
    assert both.groupby("iso3")["attended"].sum().to_dict() == record.rates().set_index("iso3")["attended"].to_dict()


def test_a_group_of_which_nothing_is_clear_has_bounds_and_no_rate():
    held = pd.DataFrame({"iso3": ["AAA", "AAA", "BBB"], "code": ["unknown", "conflicting", "present"]})
    first, second = compute_rates(held, ["iso3"]).itertuples(index=False)
    assert tuple(first)[:4] == ("AAA", 0, 0, 2) and pd.isna(first.rate) and (first.low, first.high) == (0, 1)
    assert tuple(second) == ("BBB", 1, 1, 0, 1, 1, 1)


def test_the_three_lines_of_the_readme_run():
    text = (helpers.loaders.tables.DATA.parent / "README.md").read_text(encoding="utf-8")
    lines = text.split("```python\n")[1].split("```")[0]
    space: dict = {}
    exec(lines, space)
    assert {"rate", "low", "high"} <= set(space["record"].rates("iso3"))


def test_a_period_of_one_year_is_named_by_it(record):
    data = record.data | {"periods": pd.DataFrame({"since": [2018, 2020], "until": [2019, 2020]})}
    assert list(replace(record, data=data).periods) == ["2018-2019", "2020"]
