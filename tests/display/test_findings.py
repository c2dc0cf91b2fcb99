"""A finding is data: it shows itself, travels with the output, and keeps the house style."""

import json

import numpy as np
import pytest

from helpers.display.finding import MIME, Finding, findings_in
from helpers.display.house_style import faults_of


def test_a_finding_shows_its_parts_in_order_and_carries_its_numbers():
    one = Finding(
        "A came.", "To all 3.", "Unless not.", question="Did A come?", k=np.int64(3), n=3.0, low=0.5, unit="visits"
    )
    shown = one._repr_mimebundle_()
    assert shown["text/markdown"] == "**Did A come?** A came. To all 3. Unless not."
    assert shown["text/plain"] == "Did A come? A came. To all 3. Unless not."
    assert shown[MIME]["k"] == 3 and shown[MIME]["low"] == 0.5
    assert "high" not in shown[MIME]
    json.dumps(shown[MIME])


def test_findings_are_read_back_from_a_notebook_as_they_were(tmp_path):
    one = Finding("A came.", k=3, n=4, unit="visits")
    cell = {
        "cell_type": "code",
        "id": "answer",
        "outputs": [{"output_type": "execute_result", "data": one._repr_mimebundle_()}],
    }
    other = {"cell_type": "markdown", "id": "text"}
    path = tmp_path / "book.ipynb"
    path.write_text(json.dumps({"cells": [other, cell]}), encoding="utf-8")
    assert findings_in(path) == {"answer": one}


@pytest.mark.parametrize(
    ("finding", "fault"),
    [
        (Finding("A came to " + "very " * 20 + "many."), "20 at most"),
        (Finding("A came to 3 of 4 and 5 of 6."), "more than 2 numbers"),
        (Finding("A came (mostly)."), "a bracket"),
        (Finding("A came to 5% of all."), "a bracket or a percentage"),
        (Finding("A came to 3–5 of all."), "an interval"),
        (Finding("A came.", "Of all settled cells."), "none of a reader's words"),
        (Finding("ARM came."), "is a code"),
        (Finding("A  came."), "a space too many"),
        (Finding("A came.", "To 20–20 of them."), "equal ends"),
        (Finding("A came.", "To 96–97%, and to 1–2 more."), "more than 1 interval"),
        (Finding("A came"), "without a full stop"),
    ],
)
def test_each_rule_of_the_house_style_is_told(finding, fault):
    assert any(fault in one for one in faults_of(finding, {"ARM"}))


def test_a_year_and_a_range_of_years_are_no_numbers_of_a_headline():
    assert faults_of(Finding("A came to 3 of 4 in 2022–25 and since 13 September 2022."), {"ARM"}) == []
