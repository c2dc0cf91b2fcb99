"""Rows of one table that only make sense together."""

import pandas as pd
import pytest

from helpers.loaders.rules import CHECKS
from helpers.loaders.rules_rows import BEGINS, check_beginnings, check_repeated


def table(columns, *rows):
    """The text cells of a table, its lines counted from 2."""
    return pd.DataFrame(rows, columns=columns.split(), index=range(2, len(rows) + 2), dtype=object)


@pytest.mark.parametrize("since, sound", [("2008", False), ("2009", True), ("2010", True)])
def test_no_year_is_in_two_periods(since, sound):
    found = list(CHECKS["periods"](table("since until", (since, ""), ("2000", "2008"))))
    assert found == (
        [] if sound else [(2, "since", "2008", "is not after 2008, the year in which the period before it ends")]
    )


def test_answers_of_a_poll_are_numbered_and_none_stands_twice():
    columns = "poll_id answer_no answer"
    sound = [("one", "2", "no"), ("one", "1", "yes"), ("two", "1", "yes")]
    assert list(CHECKS["polls"](table(columns, *sound))) == []
    assert list(CHECKS["polls"](table(columns, *sound[1:], ("one", "2", "yes")))) == [
        (4, "answer", "yes", "stands twice in the poll one")
    ]
    assert list(CHECKS["polls"](table(columns, *sound[1:], ("one", "3", "no"), ("one", "4", "none")))) == [
        (4, "answer_no", "3", "leaves a gap in the numbers of the poll one, after 1")
    ]


@pytest.mark.parametrize(
    "name, one, sound",
    [
        ("reports", "x-2009.03", True),
        ("reports", "x-2009.a03", True),
        ("reports", "x-2009", False),
        ("exercises", "x-2009", True),
        ("claims", "x-2009.03", False),
    ],
)
def test_a_retired_id_has_the_form_of_its_table(name, one, sound):
    found = list(CHECKS["retired"](table("table retired_id", (name, one))))
    assert found == ([] if sound else [(2, "retired_id", one, f"has not the form of an id of the table {name}")])


@pytest.mark.parametrize(
    "name, columns, sound, wrong, start",
    [
        ("article_facts", "fact_id article", ("003-01", "article-003"), ("003-01", "article-002"), "002-"),
        ("dues", "dues_id iso3", ("arm-2024-x", "ARM"), ("arm-2024-x", "RUS"), "rus-"),
        ("dues", "dues_id iso3", ("all-2024-x", ""), ("arm-2024-x", ""), "all-"),
        ("quotations", "quotation_id table row_key", ("reports-x-02", "reports", "x.02"), ("reports-x-02", "reports", "x.03"), "reports-x-03"),
        ("stayaways", "case_id iso3", ("fra-nato-1966", "FRA"), ("fra-nato-1966", "GRC"), "grc-"),
        ("votes", "vote_id day", ("2014-03-27-x", "2014-03-27"), ("2014-03-27-x", "2014-03-28"), "2014-03-28-"),
    ],
)  # fmt: skip
def test_a_key_begins_with_what_its_row_says(name, columns, sound, wrong, start):
    found = list(check_beginnings(name, table(columns, sound, wrong)))
    assert found == [(3, columns.split()[0], wrong[0], f"does not begin with {start}, as its row would have it")]
    assert name in BEGINS


@pytest.mark.parametrize(
    "half_year, date, sound",
    [
        ("2009H1", "2009-01-01", True),
        ("2009H1", "2009-06-30", True),
        ("2009H1", "2009-07-01", False),
        ("2009H1", "2008-12-31", False),
        ("2009H2", "2009-07-01", True),
        ("2009H2", "2009-12-31", True),
        ("2009H2", "2009-06-30", False),
        ("2009H2", "2010-01-01", False),
        ("2009H2", "2009", True),
    ],
)
def test_a_step_of_a_sample_lies_in_the_half_year_that_was_drawn(half_year, date, sound):
    found = list(CHECKS["step_samples"](table("date half_year", (date, half_year))))
    assert found == ([] if sound else [(2, "date", date, f"is not in {half_year}, the half-year that was drawn")])


def test_what_rows_share_is_told_alike_in_each():
    fields = [{"name": "poll"}, {"name": "n", "sameFor": "poll"}, {"name": "share"}]
    sound = [("a", "100", "1"), ("a", "100", "2"), ("b", "200", "3"), ("", "300", "4"), ("", "400", "5")]
    assert list(check_repeated(fields, table("poll n share", *sound))) == []
    odd = table("poll n share", *sound, ("a", "010", "6"), ("b", "", "7"))
    assert list(check_repeated(fields, odd)) == [
        (7, "n", "010", "is 100 in another row of poll a"),
        (8, "n", "", "is 200 in another row of poll b"),
    ]
    blank = table("poll n share", ("a", "", "1"), ("a", "", "2"), ("a", "100", "3"))
    assert list(check_repeated(fields, blank)) == [(4, "n", "100", "is blank in another row of poll a")]


@pytest.mark.parametrize(
    "lang, query, sound",
    [
        ("en", "CSTO drills", True),
        ("ru", "учения CSTO", True),
        ("en", "учения ОДКБ", False),
        ("ru", "CSTO drills", False),
        ("ru", "2024", True),
        ("ka", "CSTO drills", True),  # a language whose script is not told apart
    ],
)
def test_a_query_has_letters_of_its_language(lang, query, sound):
    found = list(CHECKS["search_log"](table("iso3 note lang query", ("", "", lang, query))))
    assert found == ([] if sound else [(2, "lang", lang, "is the language of a query without a letter of its script")])
