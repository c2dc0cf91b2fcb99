"""The words and figures of notebook 05: what is drawn and said is what was computed."""

import numpy as np
import pandas as pd
import pytest
from test_multiverse import SPLIT, STOPPED, grid_of, small_record

from helpers.analyses.robustness import figures as draw
from helpers.analyses.robustness import media_selection as media
from helpers.analyses.robustness import multiverse
from helpers.analyses.robustness import sensitivity as influence
from helpers.analyses.robustness import summary as verdicts
from helpers.analyses.robustness import text as words
from helpers.analyses.robustness import text_sensitivity as doubts
from helpers.analyses.robustness.findings import HEADLINES
from helpers.display import figures as show
from helpers.display import finding

TOLD = {"name": "Armenia", "split": SPLIT, "turn": 2022}
WORDS = dict(title="Title", subtitle="Subtitle", footer="Footer")


@pytest.fixture(scope="module")
def explored():
    data = small_record()
    grid, setting = grid_of(data)
    return multiverse.explore(data, grid, setting), grid


@pytest.fixture(scope="module")
def shares(explored):
    return verdicts.shares(*explored)


def marks(figure, kind, panel=1):
    table = show.figure_data(figure)
    return table[(table["kind"] == kind) & (table["panel"] == panel)]


def test_every_headline_has_its_words():
    for texts in (words.claims(**TOLD), words.criteria(2022), words.MEASURES):
        assert list(texts) == list(HEADLINES)


def test_bars_are_the_shares(shares):
    figure = draw.shares(shares, words.claims(**TOLD), **WORDS)
    bars = marks(figure, "bar")
    stands = bars[bars["label"] == "stands"]
    assert [round(float(x), 3) for x in stands["to_x"]] == [round(x, 3) for x in shares["share"]]
    ends = bars[bars["label"] == "too little to tell"]["to_x"].astype(float)
    assert ends.tolist() == pytest.approx([1] * len(shares))


def test_a_curve_draws_each_universe_and_its_choices(explored):
    results, grid = explored
    for headline in HEADLINES:
        table = verdicts.curve(results, grid, headline)
        levels = words.named_levels(verdicts.by_level(verdicts.coarse(results), grid))
        own = levels[levels["headline"] == headline]
        figure = draw.curve(table, own, words.MEASURES[headline], **WORDS)
        drawn = marks(figure, "point")
        assert sorted(drawn["y"].astype(float)) == pytest.approx(sorted(table["value"]), abs=1e-3)
        assert (drawn["label"] == "stands").sum() == (table["holds"] & ~table["reference"]).sum()
        below = marks(figure, "point", 2)
        assert len(below) == len(table) * own["axis"].nunique()
        counts = below["label"].value_counts()
        for row in own.itertuples():
            assert counts.get(row.level, 0) == (table[row.axis] == row.level).sum()
        shown = marks(figure, "text", 2)["text"].tolist()
        assert shown == [f"{share:.0%} stand".replace("%", "\u00a0%") for share in own["share"]]


def test_errors_are_marked_by_what_they_leave():
    table = influence.planted(STOPPED, draws=20)
    figure = draw.errors(table, words.claims(**TOLD), verdicts.FIRM, **WORDS)
    points = marks(figure, "point")
    assert len(points) == len(table)
    assert points["label"].str.startswith("stands").sum() == (table["stands"] >= verdicts.FIRM).sum()
    assert marks(figure, "text")["text"].tolist() == [
        f"{share:.1%}".replace("%", "\u00a0%") for share in table["stands"]
    ]


def test_recapture_draws_no_line_where_there_is_no_interval():
    lists = pd.DataFrame({"exercise_id": list("abcdef"), "year": [2000] * 3 + [2010] * 3, "first": [True] * 4 + [False] * 2, "second": [True, True, False, True, True, False]})  # fmt: skip
    lists = lists[lists["first"] | lists["second"]]
    table = media.recapture(lists, {"early": (2000, 2005), "late": (2006, 2012)})
    figure = draw.recapture(table, **WORDS)
    assert marks(figure, "point")["x"].astype(float).tolist() == table["estimate"].tolist()
    assert [("no interval" in text) for text in marks(figure, "text")["text"]] == table["low"].isna().tolist()
    assert table["low"].isna().any()


def test_coverage_draws_the_means():
    table = pd.DataFrame({"year": [2020, 2021], "exercises": [1, 2], "reports": [3.0, 4.5], "families": [1.0, 2.0], "settled": [1.0, 0.5]})  # fmt: skip
    figure = draw.coverage(table, 2021.2, **doubts.coverage(table, "2021-09-13"))
    assert marks(figure, "bar")["to_y"].astype(float).tolist() == table["reports"].tolist()
    assert marks(figure, "bar", 2)["to_y"].astype(float).tolist() == table["families"].tolist()
    assert "1.0 before 2021, 2.0 from then on" in figure.get_label()


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
    results, grid = explored
    bad = "without <b>*Press*</b> {0}"
    renamed = grid | {
        "sources": {bad if level == "without press" else level: ids for level, ids in grid["sources"].items()}
    }
    results = results.assign(sources=results["sources"].replace("without press", bad))
    left = pd.DataFrame({"kind": ["outlet"], "left_out": ["x"], "headline": ["late"], "turned": [True]})
    table = verdicts.table(results, renamed, left, influence.planted(STOPPED, draws=2), influence.placebos(STOPPED))
    row = table["headline"] == "late"
    table.loc[row, "weakest"] = pd.Series([(bad, 1, 2)], index=table.index[row])
    said = finding.finding(words.turned(table, "late", **TOLD)).data
    assert "<b>" not in said and "{0}" in said and "\\*Press\\*" in said


def test_the_verdict_has_a_row_a_finding(explored):
    results, grid = explored
    data = small_record()
    left = influence.leave_one_out(data, grid, grid_of(data)[1])
    table = verdicts.table(results, grid, left, influence.planted(STOPPED, draws=2), influence.placebos(STOPPED))
    shown = words.verdict(table, **TOLD)
    assert shown["finding"].tolist() == list(words.claims(**TOLD).values())
    assert len(doubts.spread(influence.spread(left), **TOLD)) == 5 * len(HEADLINES)
    assert "Left out one by one: 4 families, 4 outlets" in doubts.left_out(influence.spread(left), **TOLD)


def test_what_does_not_stand_here_is_not_turned(explored):
    results, grid = explored
    steady = results.assign(value=0.5, holds=False)
    assert verdicts.flips(steady, grid, "late") == [()]
    assert words.flips([()]) == "it does not stand to begin with"
    left = pd.DataFrame({"kind": ["outlet"], "left_out": ["x"], "headline": ["fall"], "turned": [False]})
    table = verdicts.table(steady, grid, left, influence.planted(STOPPED, draws=2), influence.placebos(STOPPED))
    assert "it does not stand" in words.turned(table, "late", **TOLD)
    assert table["left_flips"].map(len).sum() == 0


def test_too_little_is_said_in_words():
    data = small_record()
    grid, setting = grid_of(data, focus="UZB")
    results = multiverse.explore(data, multiverse.equivalent(grid), setting)
    shares = verdicts.shares(results, grid)
    assert shares.at["late", "untold"] == shares.at["late", "universes"]
    table = verdicts.table(
        results,
        grid,
        pd.DataFrame(columns=["headline", "kind", "left_out", "turned"], dtype=object).astype({"turned": bool}),
        influence.planted(STOPPED, draws=2),
        influence.placebos(STOPPED),
    )
    assert "too little is known" in words.turned(table, "late", "Uzbekistan", SPLIT, 2022)
    assert words.value("late", float("nan")) == "cannot be told"
    assert verdicts.curve(results, grid, "late").empty
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
    assert np.isnan(verdicts.shares(results, grid)["value"].drop("delivered")).all()
