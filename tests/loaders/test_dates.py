import datetime as dt

import pandas as pd
import pytest
from edtf import parse_edtf
from hypothesis import given
from hypothesis import strategies as st

from helpers.loaders import dates


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023-02", "2023-02-01", "2023-02-28"),
        ("2024-10-01", "2024-10-01", "2024-10-01"),
        ("2012-08?", "2012-08-01", "2012-08-31"),
        ("1999-04~", "1999-04-01", "1999-04-30"),
        ("2024-09-26/2024-10-07", "2024-09-26", "2024-10-07"),
        ("2023/2025", "2023-01-01", "2025-12-31"),
        ("2023-12/2024-01-05", "2023-12-01", "2024-01-05"),
    ],
)
def test_a_date_text_gives_its_first_and_last_day(text, earliest, latest):
    assert dates.parse(text) == (dt.date.fromisoformat(earliest), dt.date.fromisoformat(latest))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("2024-13", "month"),
        ("2024-00", "month"),
        ("2023-02-29", "28"),
        ("2024-04-31", "30"),
        ("24-10-01", "is not a date"),
        ("1 October 2024", "is not a date"),
        ("1944", "year"),
        ("2041", "year"),
        ("2024-10-07/2024-10-01", "ends before"),
        ("2024/", "is not a date"),
        ("", "is not a date"),
        ("2024-10-01 ", "is not a date"),
        ("٢٠٢٤", "year|date"),
    ],
)
def test_a_text_that_is_no_date_is_refused_with_the_reason(text, problem):
    with pytest.raises(ValueError, match=problem):
        dates.parse(text)


days = st.dates(dt.date(1945, 1, 1), dt.date(2040, 12, 31))


@given(days, st.sampled_from(["%Y", "%Y-%m", "%Y-%m-%d"]))
def test_agrees_with_the_edtf_library(day, form):
    text = day.strftime(form)
    oracle = parse_edtf(text)
    assert dates.parse(text) == tuple(dt.date(*time[:3]) for time in (oracle.lower_strict(), oracle.upper_strict()))


@given(days, days)
def test_a_range_spans_both_ends(one, other):
    first, last = sorted([one, other])
    assert dates.parse(f"{first}/{last}") == (first, last)


def test_the_record_agrees_with_the_edtf_library(data):
    texts = {
        text
        for table in data.values()
        for column in table.columns
        if column in ("start", "end", "date", "period")
        for text in table[column]
        if text
    }
    assert len(texts) > 100
    sample = sorted(texts)[:: max(1, len(texts) // 100)]
    for text in sample:
        oracle = parse_edtf(text)
        assert dates.parse(text) == tuple(
            dt.date(*time[:3]) for time in (oracle.lower_strict(), oracle.upper_strict())
        ), text


def test_bounds_keep_index_and_blanks():
    table = dates.bounds(pd.Series(["2024", "", "2024-10-01"], index=[5, 3, 9]))
    assert table.index.tolist() == [5, 3, 9]
    assert table["earliest"].isna().tolist() == [False, True, False]
    assert table.loc[5, "latest"] == pd.Timestamp("2024-12-31")


def test_bounds_of_an_empty_column_of_dates_are_empty():
    assert dates.bounds(pd.Series([], dtype="str")).shape == (0, 2)
