"""Tables as shown: words for columns and codes, cells escaped."""

import re

import pandas as pd

from helpers.display import tables
from helpers.display.finding import finding


def test_column_names_are_shown_as_words():
    frame = pd.DataFrame({"iso3": ["KAZ"], "start_earliest": [pd.Timestamp("2024-10-01")], 2024: ["x"]})
    for shown in (tables.table(frame).data, tables.searchable(frame, set(), "Words").data):
        assert re.findall(r"<th[^>]*>([^<]*)</th>", shown)[:3] == ["state", "start earliest", "2024"]


def test_codes_are_shown_as_words_and_other_cells_as_they_are():
    text = tables.table(pd.DataFrame({"code": ["absent_by_list"], "column": ["said_by"]})).data
    assert re.findall(r"<td>([^<]*)</td>", text) == ["absent by list", "said_by"]


def test_values_are_escaped_wherever_they_reach_a_page():
    bad = "<img src=x onerror=alert(1)> *a* [b](javascript:c) `d` | e_f"
    shown = finding("{bad}", bad=bad).data
    assert "<" not in shown
    assert r"\*a\* \[b\](javascript:c) \`d\` \| e\_f" in shown
    table = tables.table(pd.DataFrame({"<b>": [bad]}), caption=bad).data
    assert "<img" not in table
    assert "<b>" not in table
    assert "&lt;img" in table


def test_a_shown_table_rounds_joins_lists_and_counts_further_rows():
    frame = pd.DataFrame(
        {"day": pd.to_datetime(["2024-10-01"] * 30), "rate": [1 / 3] * 30, "hosts": [("KAZ", "KGZ")] * 30}
    )
    text = tables.table(frame).data
    assert "2024-10-01" in text
    assert "0.33" in text
    assert "KAZ, KGZ" in text
    assert text.count("<tr>") + text.count("<tr ") == 26
    assert "5 more rows" in text


def test_a_long_table_escapes_cells_and_links_addresses_only():
    sources = pd.DataFrame(
        {
            "source_id": ["a", "b"],
            "outlet": ["<A> & Co", "B"],
            "url": ["https://example.org/?x=1&y=2", "javascript:alert(1)"],
        }
    )
    links = tables.sources_of(["a", "b"], sources)
    assert links == '<a href="https://example.org/?x=1&amp;y=2">&lt;A&gt; &amp; Co</a>, B'
    text = tables.searchable(
        pd.DataFrame({"what": ["<script>x</script>"], "sources": [links]}), {"sources"}, "<i>Steps</i>"
    ).data
    assert "<script>" not in text
    assert "<i>" not in text
    assert links in text


def test_columns_of_sentences_have_room_and_ranges_may_break():
    frame = pd.DataFrame(
        {"date": ["2024-09-26/2024-10-07"], "what": ["A sentence " * 6], "sources": ["<a>link</a> " * 9]}
    )
    text = tables.searchable(frame, {"sources"}, "Steps").data
    assert re.findall(r"<th([^>]*)>(\w+)", text) == [
        ("", "date"),
        (' style="min-width: 16em"', "what"),
        ("", "sources"),
    ]
    assert "<td>2024-09-26/<wbr>2024-10-07</td>" in text
    assert "<tbody></tbody>" in tables.searchable(frame.head(0), {"sources"}, "Steps").data
