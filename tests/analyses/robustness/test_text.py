"""The words and figures of notebook 05: what is drawn and said is what was computed."""

import numpy as np
import pandas as pd
import pytest
from universes import SPLIT, STOPPED, grid_of, small_record

from helpers.analyses.robustness import multiverse, sensitivity, summary
from helpers.analyses.robustness import text as words
from helpers.analyses.robustness import text_sensitivity as doubts
from helpers.analyses.robustness.findings import HEADLINES
from helpers.display.finding import finding

TOLD = {"name": "Armenia", "split": SPLIT, "turn": 2022}


@pytest.fixture(scope="module")
def shares(explored):
    return summary.shares(*explored[:2])


def test_every_headline_has_its_words():
    for texts in (words.claims(**TOLD), words.criteria(2022), words.MEASURES):
        assert list(texts) == list(HEADLINES)


def test_a_finding_is_quoted_with_its_share_or_taken_back(shares):
    strong, weak = shares.loc[["late"]].assign(holds=9, universes=10, share=0.9), shares.loc[["fall"]]
    table = pd.concat([strong, weak.assign(holds=4, universes=10, untold=0, share=0.4)])
    text = words.beside("It rains.", table, {"late": "that it rains", "fall": "that it pours"})
    assert text.startswith(
        "It rains. Stands in so many of the defensible sets of choices: that it rains: 9 of 10 (90\u00a0%)."
    )
    assert "**Does not stand** in most of the defensible sets of choices: that it pours: 4 of 10 (40\u00a0%)." in text
    dark = pd.concat([strong, weak.assign(holds=0, untold=10, universes=10, share=0.0)])
    assert "**Too little is known" in words.beside("It rains.", dark, {"fall": "that it pours"})
    assert "Does not stand" not in words.beside("It rains.", strong, {"late": "that it rains"})


def test_the_answer_counts_what_is_quoted(shares):
    text = words.answer(shares, **TOLD)
    quoted = (shares["share"] >= words.QUOTED).sum()
    assert text.startswith(f"{quoted} of {len(shares)} findings")
    assert all(claim in text for claim in words.claims(**TOLD).values())


def test_names_of_outlets_cannot_break_a_sentence(explored):
    results, grid, _ = explored
    bad = "without <b>*Press*</b> {0}"
    renamed = grid | {
        "sources": {bad if level == "without press" else level: ids for level, ids in grid["sources"].items()}
    }
    results = results.assign(sources=results["sources"].replace("without press", bad))
    left = pd.DataFrame({"kind": ["outlet"], "left_out": ["x"], "headline": ["late"], "turned": [True]})
    table = summary.table(results, renamed, left, sensitivity.planted(STOPPED, draws=2), sensitivity.placebos(STOPPED))
    row = table["headline"] == "late"
    table.loc[row, "weakest"] = pd.Series([(bad, 1, 2)], index=table.index[row])
    said = finding(words.turned(table, "late", **TOLD)).data
    assert "<b>" not in said and "{0}" in said and "\\*Press\\*" in said


def test_the_verdict_has_a_row_a_finding(explored):
    results, grid, _ = explored
    data = small_record()
    left = sensitivity.leave_one_out(data, grid, grid_of(data)[1])
    table = summary.table(results, grid, left, sensitivity.planted(STOPPED, draws=2), sensitivity.placebos(STOPPED))
    shown = words.verdict(table, **TOLD)
    assert shown["finding"].tolist() == list(words.claims(**TOLD).values())
    assert len(doubts.spread(sensitivity.spread(left), **TOLD)) == 5 * len(HEADLINES)
    assert "Left out one by one: 4 families, 4 outlets" in doubts.left_out(sensitivity.spread(left), **TOLD)


def test_what_does_not_stand_here_is_not_turned(explored):
    results, grid, _ = explored
    steady = results.assign(value=0.5, holds=False)
    assert summary.flips(steady, grid, "late") == [()]
    assert words.flips([()]) == "it does not stand to begin with"
    left = pd.DataFrame({"kind": ["outlet"], "left_out": ["x"], "headline": ["fall"], "turned": [False]})
    table = summary.table(steady, grid, left, sensitivity.planted(STOPPED, draws=2), sensitivity.placebos(STOPPED))
    assert "it does not stand" in words.turned(table, "late", **TOLD)
    assert table["left_flips"].map(len).sum() == 0


def test_too_little_is_said_in_words():
    data = small_record()
    grid, setting = grid_of(data, focus="UZB")
    results = multiverse.explore(data, multiverse.equivalent(grid), setting)
    shares = summary.shares(results, grid)
    assert shares.at["late", "untold"] == shares.at["late", "universes"]
    table = summary.table(
        results,
        grid,
        pd.DataFrame(columns=["headline", "kind", "left_out", "turned"], dtype=object).astype({"turned": bool}),
        sensitivity.planted(STOPPED, draws=2),
        sensitivity.placebos(STOPPED),
    )
    assert "too little is known" in words.turned(table, "late", "Uzbekistan", SPLIT, 2022)
    assert words.value("late", float("nan")) == "cannot be told"
    assert summary.curve(results, grid, "late").empty
    assert "no known cell on both sides" in doubts.like_for_like(
        pd.DataFrame(columns=["cells", "window", "known"]), "Uzbekistan"
    )


def test_a_record_without_reports_is_no_error():
    data = small_record()
    empty = data | {"reports": data["reports"].iloc[:0]}
    grid, setting = grid_of(empty)
    results = multiverse.explore(empty, grid, setting)
    counted = results["headline"] == "delivered"  # what was promised and is not known to be held counts as not held
    assert results.loc[~counted, "value"].isna().all() and not results["holds"].any()
    assert np.isnan(summary.shares(results, grid)["value"].drop("delivered")).all()
