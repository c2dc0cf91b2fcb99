"""Tables as shown: words for columns, values escaped, numbers to the right, at a length that can be read."""

import re

import numpy as np
import pandas as pd
import pytest

from helpers.display.phrases import short_day
from helpers.display.tables import MAX_COLUMNS, WORDY, Html, sources_of, table

BAD = '<img src=x onerror=alert(1)> & "quoted" <script>'


def test_column_names_are_shown_as_words():
    frame = pd.DataFrame({"iso3": ["KAZ"], "start_earliest": [pd.Timestamp("2024-10-01")], 2024: ["x"]})
    assert re.findall(r"<th[^>]*>([^<]*)</th>", table(frame).data) == ["state", "start earliest", "2024"]


def test_values_heads_and_captions_are_escaped():
    text = table(pd.DataFrame({"<b>": [BAD]}), caption=BAD).data
    assert "<img" not in text and "<b>" not in text and "<script>" not in text
    assert text.count("&lt;img") == 2


def test_days_shares_lists_and_large_numbers_are_written_for_readers():
    frame = pd.DataFrame(
        {
            "day": pd.to_datetime(["2024-10-01", None]),
            "rate": [1 / 3, float("nan")],
            "hosts": [("KAZ", "KGZ"), ()],
            "n": [1347, 2],
        }
    )
    text = table(frame).data
    assert "1\u00a0Oct\u00a02024" in text
    assert "0.33" in text and "nan" not in text and "NaT" not in text
    assert "KAZ, KGZ" in text
    assert "1,347" in text


def test_numbers_stand_to_the_right_and_words_have_room():
    text = table(pd.DataFrame({"n": [1], "short": ["a"], "long": ["a sentence that needs some room"]})).data
    number, short, long = re.findall(r"<td ([^>]*)>", text)
    assert "right" in number and "left" in short and "min-width: 140px" in long
    assert "min-width" not in short


def test_a_cell_of_a_few_words_needs_no_room():
    looks = re.findall(r"<td ([^>]*)>", table(pd.DataFrame({"a": ["x" * WORDY], "b": ["x" * (WORDY + 1)]})).data)
    assert ["min-width" in look for look in looks] == [False, True]


def test_what_does_not_fit_is_counted_or_refused():
    assert "5 more rows" in table(pd.DataFrame({"a": range(30)})).data
    assert "more rows" not in table(pd.DataFrame({"a": range(25)})).data
    wide = pd.DataFrame([range(MAX_COLUMNS + 1)])
    with pytest.raises(ValueError, match="9 columns cannot be read; 8 at most"):
        table(wide)


def test_an_empty_table_says_so_and_has_no_heads():
    assert "None." in table(pd.DataFrame({"a": []})).data


def test_each_cell_carries_its_head_for_a_phone():
    text = table(pd.DataFrame({"last_held": ["2024"]})).data
    assert 'data-label="last held"' in text


def test_links_are_kept_and_only_web_addresses_are_linked():
    sources = pd.DataFrame(
        {
            "source_id": ["a", "b"],
            "outlet": ["<A> & Co", "B"],
            "url": ["https://example.org/?x=1&y=2", "javascript:alert(1)"],
        }
    )
    links = sources_of(["a", "b"], sources)
    assert links == '<a href="https://example.org/?x=1&amp;y=2">&lt;A&gt; &amp; Co</a>, B'
    assert links in table(pd.DataFrame({"sources": [links]})).data
    assert isinstance(links, Html)


def test_texts_that_read_as_numbers_stand_to_the_right_and_years_do_not():
    frame = pd.DataFrame(
        {"rate": ["0.8", "", "12%"], "days": [np.int64(1577), "", ""], "year": ["2016", "2017", "2018"]}
    )
    shown = table(frame).data
    assert re.findall(r'<th scope="col" align="(\w+)"', shown) == ["right", "right", "left"]
    assert ">1,577<" in shown


def test_a_day_in_words_stays_on_one_line():
    shown = table(pd.DataFrame({"day": [short_day("2022-09-26")], "words": ["two  spaces\nand a line"]})).data
    assert ">26\u00a0Sep\u00a02022<" in shown and ">two spaces and a line<" in shown
