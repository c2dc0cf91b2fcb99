"""Figures of the robustness notebook draw the numbers that they are given."""

import pandas as pd
import pytest
from universes import SPLIT, STOPPED

from helpers.analyses.robustness import figures as draw
from helpers.analyses.robustness import media_selection, sensitivity, summary
from helpers.analyses.robustness import text as words
from helpers.analyses.robustness import text_sensitivity as doubts
from helpers.analyses.robustness.findings import HEADLINES
from helpers.display import figures as show

TOLD = {"name": "Armenia", "split": SPLIT, "turn": 2022}
WORDS = dict(title="Title", subtitle="Subtitle", footer="Footer")


@pytest.fixture(scope="module")
def shares(explored):
    return summary.shares(*explored[:2])


def marks(figure, kind, panel=1):
    table = show.figure_data(figure)
    return table[(table["kind"] == kind) & (table["panel"] == panel)]


def test_bars_of_support_have_the_heights_of_the_shares(shares):
    figure = draw.shares(shares, words.claims(**TOLD), **WORDS)
    bars = marks(figure, "bar")
    stands = bars[bars["label"] == "stands"]
    assert [round(float(x), 3) for x in stands["to_x"]] == [round(x, 3) for x in shares["share"]]
    ends = bars[bars["label"] == "too little to tell"]["to_x"].astype(float)
    assert ends.tolist() == pytest.approx([1] * len(shares))


def test_a_curve_draws_each_universe_and_its_choices(explored):
    results, grid, _ = explored
    for headline in HEADLINES:
        table = summary.curve(results, grid, headline)
        levels = words.named_levels(summary.by_level(summary.coarse(results), grid))
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
    table = sensitivity.planted(STOPPED, draws=20)
    figure = draw.errors(table, words.claims(**TOLD), summary.FIRM, **WORDS)
    points = marks(figure, "point")
    assert len(points) == len(table)
    assert points["label"].str.startswith("stands").sum() == (table["stands"] >= summary.FIRM).sum()
    assert marks(figure, "text")["text"].tolist() == [
        f"{share:.1%}".replace("%", "\u00a0%") for share in table["stands"]
    ]


def test_recapture_draws_no_line_where_there_is_no_interval():
    lists = pd.DataFrame({"exercise_id": list("abcdef"), "year": [2000] * 3 + [2010] * 3, "first": [True] * 4 + [False] * 2, "second": [True, True, False, True, True, False]})  # fmt: skip
    lists = lists[lists["first"] | lists["second"]]
    table = media_selection.recapture(lists, {"early": (2000, 2005), "late": (2006, 2012)})
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
