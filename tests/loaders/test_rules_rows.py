"""Rows of one table that only make sense together."""

import pandas as pd
import pytest

from helpers.loaders.rules import CHECKS
from helpers.loaders.rules_rows import check_repeated


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
    "start, end, sound", [("2000-08-03", "2000-09", True), ("2000-09-07", "2000-09-06", False), ("2000", "", True)]
)
def test_an_exercise_elsewhere_does_not_end_before_it_starts(start, end, sound):
    found = list(CHECKS["elsewhere"](table("their_start their_end", (start, end))))
    assert found == ([] if sound else [(2, "their_end", end, f"lies before their_start, {start}")])


@pytest.mark.parametrize("name", ["bodies", "countries", "series"])
def test_a_name_stands_once(name):
    assert list(CHECKS[name](table("name", ("One",), ("Two",)))) == []
    assert list(CHECKS[name](table("name", ("One",), ("One",)))) == [(3, "name", "One", "is the name of a row above")]


@pytest.mark.parametrize(
    "track, subject, sound",
    [("organisation", "", True), ("law", "ARM", True), ("organisation", "ARM", False), ("law", "", False)],
)
def test_a_step_of_no_single_state_is_the_organisation_s(track, subject, sound):
    found = list(
        CHECKS["events"](table("track subject direction rung what", (track, subject, "neutral", "", "Words.")))
    )
    said = "must be organisation for a step without a subject, and for no other"
    assert found == ([] if sound else [(2, "track", track, said)])
