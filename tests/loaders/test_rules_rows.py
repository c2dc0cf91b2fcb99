"""Rows of one table that only make sense together."""

import pandas as pd
import pytest

from helpers.loaders.rules import CHECKS


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
