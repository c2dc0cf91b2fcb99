"""What the multiverse, the planted errors and the placebos make of each finding, in one table."""

import numpy as np
import pandas as pd

from helpers.analyses.robustness import source_subsets as subsets
from helpers.analyses.robustness.findings import HEADLINES
from helpers.analyses.robustness.multiverse import AXES

FIRM = 0.95  # the share of draws in which a finding must stand for its errors to count as borne
SEED = 1992
DRAWN = 60  # universes of a specification curve that can be told apart at notebook width


def equivalent(results, grid):
    """The results of the question asked, without those of other classes."""
    return results[results["classes"] == next(iter(grid["classes"]))]


def shares(results, grid):
    """In how many equivalent universes each headline stands (frame, by headline): value (reference), holds, universes, untold, share.

    `untold` counts the universes that have too little to tell; the finding does not stand in them.
    """
    own = equivalent(results, grid)
    table = own.groupby("headline", sort=False).agg(
        holds=("holds", "sum"), universes=("holds", "size"), untold=("value", lambda value: int(value.isna().sum()))
    )
    at = (_deviations(own, grid) == 0).to_numpy()
    table.insert(0, "value", own[at].set_index("headline")["value"])
    return table.assign(share=table["holds"] / table["universes"])


def _deviations(results, grid):
    """How many choices differ from the reference (series)."""
    first = pd.Series({axis: next(iter(levels)) for axis, levels in grid.items()})
    return (results[list(AXES)].ne("") & results[list(AXES)].ne(first)).sum(axis=1)


def flips(results, grid, headline):
    """The smallest sets of choices that make a headline fail (list of tuples of levels), fewest first.

    A set is left out if a part of it is enough, or if it leaves too little to tell.
    """
    own = equivalent(results, grid)
    own = own[(own["headline"] == headline) & ~own["holds"] & own["value"].notna()]
    first = {axis: next(iter(levels)) for axis, levels in grid.items()}
    found = [
        tuple((axis, level) for axis, level in zip(AXES, row, strict=True) if level and level != first[axis])
        for row in own[list(AXES)].itertuples(index=False)
    ]
    least = []
    for one in sorted(set(found), key=lambda levels: (len(levels), levels)):
        if not any(set(other) <= set(one) for other in least):
            least.append(one)
    return least


def by_level(results, grid):
    """In how many equivalent universes each headline stands, choice by choice (frame).

    Columns: headline, axis, level, holds, universes, share; an axis of one level is no choice.
    """
    own = equivalent(results, grid)
    axes = [axis for axis in AXES if len(set(own[axis]) - {""}) > 1]
    parts = [
        own[own[axis] != ""].groupby(["headline", axis], sort=False)["holds"].agg(holds="sum", universes="size")
        for axis in axes
    ]
    parts = [
        part.reset_index(names=["headline", "level"]).assign(axis=axis) for axis, part in zip(axes, parts, strict=True)
    ]
    table = pd.concat(parts, ignore_index=True)
    return table.assign(share=table["holds"] / table["universes"])[
        ["headline", "axis", "level", "holds", "universes", "share"]
    ]


def coarse(results):
    """The results with outlets named as one choice and languages as one: for a reader, it is the leaving out that matters."""
    names = {name: subsets.kind_of(name) for name in results["sources"].unique()}
    return results.assign(sources=results["sources"].map(names))


def curve(results, grid, headline):
    """A headline's specification curve (frame): its equivalent universes by value, AXES coarse.

    Columns: place (from 1), the AXES, value, holds, reference (bool). Universes that have too little to tell have no place.
    One in each of DRAWN stretches of places is drawn by lot: every so-manieth would fall into step with the order of the
    choices. The first, the last and the reference are always there. The frame's attrs: `universes`, all that have a
    place, and `lines` (`headlines.Headline`).
    """
    own = equivalent(results, grid)
    own = own[(own["headline"] == headline) & own["value"].notna()]
    own = own.assign(reference=_deviations(own, grid) == 0).drop(columns="headline")
    order = pd.concat([own[axis].map({level: at for at, level in enumerate(grid[axis])}) for axis in AXES], axis=1)
    own = own.loc[order.assign(value=own["value"]).sort_values(["value", *AXES], kind="stable").index]
    own.insert(0, "place", range(1, len(own) + 1))
    shuffled = own.iloc[np.random.default_rng(SEED).permutation(len(own))]
    stretch = (shuffled["place"] - 1) * DRAWN // max(1, len(own))
    drawn = shuffled.loc[~stretch.duplicated(), "place"]
    kept = own["place"].isin([1, len(own), *drawn]) | own["reference"]
    table = coarse(own[kept]).reset_index(drop=True)
    table.attrs = {"universes": len(own), "lines": HEADLINES[headline].lines}
    return table


def other_questions(results, grid):
    """The headlines asked of other classes (frame): headline, classes, reference, holds, universes, share."""
    other = results[~results.index.isin(equivalent(results, grid).index)]
    alone = _deviations(other, grid) == 1
    table = other.groupby(["headline", "classes"], sort=False)["holds"].agg(holds="sum", universes="size")
    table.insert(0, "value", other[alone].set_index(["headline", "classes"])["value"])
    return table.assign(share=table["holds"] / table["universes"]).reset_index()


def borne(planted):
    """The largest planted share of errors up to which each headline stands in FIRM of the draws (series; 0 if in none)."""
    firm = planted["stands"] >= FIRM
    first_loss = planted[~firm].groupby("headline")["share"].min()
    kept = planted[planted["share"] < planted["headline"].map(first_loss).fillna(1)]
    return kept.groupby("headline")["share"].max().reindex(planted["headline"].unique(), fill_value=0.0)


def where_nothing_happened(placebos):
    """How often each headline stood in its placebos (frame): headline, placebo, holds, told, untold."""
    marks = placebos.assign(told=placebos["value"].notna(), untold=placebos["value"].isna())
    return marks.groupby(["headline", "placebo"], sort=False, as_index=False)[["holds", "told", "untold"]].sum()


def table(results, grid, left, planted, placebos):
    """The verdict on each headline (frame): headline, value, holds, universes, untold, share, flips, weakest, left_flips, borne, placebos.

    `flips` lists `flips`; `weakest` is the (level, holds, universes) under which it stands least often; `left_flips` are the
    (kind, id) of `influence.leave_one_out` without which it falls; `borne` is of `borne`; `placebos` is
    (came out, told) of `influence.placebos`, the more of which come out, the less the finding says of the focus and the day.
    """
    told = shares(results, grid).reset_index()
    levels = by_level(results, grid).sort_values("share", kind="stable").drop_duplicates("headline")
    weakest = levels.set_index("headline")[["level", "holds", "universes"]].apply(tuple, axis=1)
    fallen = left[left["turned"]]
    fallen = {name: list(zip(part["kind"], part["left_out"], strict=True)) for name, part in fallen.groupby("headline")}
    told_apart = placebos[placebos["value"].notna()].groupby("headline")["holds"].agg(["sum", "size"])
    tried = told_apart.reindex(told["headline"], fill_value=0).astype(int)
    return told.assign(
        placebos=list(zip(tried["sum"], tried["size"], strict=True)),
        flips=[flips(results, grid, name) for name in told["headline"]],
        weakest=told["headline"].map(weakest),
        left_flips=[fallen.get(name, []) for name in told["headline"]],
        borne=told["headline"].map(borne(planted)),
    )
