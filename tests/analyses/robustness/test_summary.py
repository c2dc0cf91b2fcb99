"""What the multiverse comes to: smallest changes that reverse a finding, shares, curves."""

from itertools import pairwise

import numpy as np

from helpers.analyses.robustness import findings, summary


def test_flips_are_the_smallest_sets(explored):
    results, grid, _ = explored
    own = summary.equivalent(results, grid)
    for headline in findings.HEADLINES:
        sets = summary.flips(results, grid, headline)
        rows = own[(own["headline"] == headline) & own["value"].notna()]
        assert all(len(one) <= len(other) for one, other in pairwise(sets))
        for one in sets:
            mask = np.logical_and.reduce([rows[axis] == level for axis, level in one])
            alone = mask & (summary._deviations(rows, grid) == len(one))
            assert not rows.loc[alone, "holds"].any()
        failing = rows[~rows["holds"]]
        covered = np.zeros(len(failing), bool)
        for one in sets:
            covered |= np.logical_and.reduce([failing[axis] == level for axis, level in one])
        assert covered.all()


def test_shares_count_only_the_question_asked(explored):
    results, grid, _ = explored
    table = summary.shares(results, grid)
    own = results[results["classes"] == "classes as asked"]
    assert table["universes"].to_dict() == own.groupby("headline").size().to_dict()
    assert table["holds"].to_dict() == own.groupby("headline")["holds"].sum().to_dict()
    others = summary.other_questions(results, grid)
    assert set(others["classes"]) == set(grid["classes"]) - {"classes as asked"}


def test_a_curve_keeps_its_ends_and_the_reference(published):
    results, grid, _ = published
    for headline in findings.HEADLINES:
        table = summary.curve(results, grid, headline)
        own = summary.equivalent(results, grid)
        own = own[(own["headline"] == headline) & own["value"].notna()]
        assert table["value"].is_monotonic_increasing
        assert (table["value"].iloc[0], table["value"].iloc[-1]) == (own["value"].min(), own["value"].max())
        assert table["reference"].sum() == 1
        assert len(table) <= summary.DRAWN + 3
        assert table.attrs["universes"] == len(own)


def test_shares_by_level_of_a_choice_add_up_to_the_total(explored):
    results, grid, _ = explored
    table = summary.by_level(summary.coarse(results), grid)
    totals = summary.shares(results, grid)
    sums = table.groupby(["headline", "axis"])[["holds", "universes"]].sum()
    for (headline, _), row in sums.iterrows():
        assert row.tolist() == totals.loc[headline, ["holds", "universes"]].tolist()
    assert {"without one outlet", "without one language"} <= set(table["level"])
