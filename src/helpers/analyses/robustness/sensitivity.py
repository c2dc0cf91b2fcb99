"""What could overturn a finding: one family, exercise, umbrella or year left out; planted errors; placebos."""

import numpy as np
import pandas as pd

from helpers.analyses.robustness import multiverse
from helpers.analyses.robustness.findings import HEADLINES, only
from helpers.derive.membership import binding_bodies
from helpers.derive.reports import ON_THE_SPOT

ERRORS = (0.01, 0.02, 0.05, 0.10)  # shares of cells turned over
DRAWS = 500  # the Monte-Carlo error of a share is then at most 0.022
SEED = 1992
FEWEST_YEARS = 3  # a window of one or two years is a season's accident
SOURCES = {"family": "origin_id", "outlet": "outlet"}  # kinds of source left out, and the column that names them
CHANGES = ("late", "fall", "turning")  # findings about a day
TIES = ("weakest", "strongest")  # findings about a period's ties


def leave_one_out(data, grid, setting, headlines=HEADLINES):
    """Every headline in the reference universe without one thing (frame, one row a thing and headline).

    Columns: kind (family, outlet, exercise, umbrella, year), left_out (id), headline, value, turned (it stands in the whole
    record, and no longer), shift (value less the whole record's; NaN where either is), lost (known cells of the focus that
    go with it). A family or an outlet is left out of the sources, and what it had changed is derived again; the others are
    left out of the record. Umbrellas are those of two or more editions in scope.
    """
    sources = _sources(data, grid)
    without = {"": frozenset()} | {key: frozenset(part) for key, part in sources.items()}
    universes = multiverse.references(data, grid, setting, without)
    base = next(universes)
    rows = [(*key, universe) for key, universe in zip(sources, universes, strict=True)]
    for kind, keys in {"exercise": base.ids, "umbrella": base.umbrella, "year": base.year}.items():
        names, sizes = np.unique(keys.astype(str), return_counts=True)
        names = names[sizes >= 1 + (kind == "umbrella")].tolist()
        for name in names:
            rest = only(base, keys.astype(str) != name)
            rows.append((kind, name, rest._replace(skipped=(int(name),)) if kind == "year" else rest))
    before = {name: headline.measure(base) for name, headline in headlines.items()}
    table = []
    for kind, left_out, universe in rows:
        lost = _known(base) - _known(universe)
        for name, headline in headlines.items():
            value, holds = headline.measure(universe)
            table.append(
                (kind, left_out, name, value, bool(before[name][1] and not holds), value - before[name][0], lost)
            )
    return pd.DataFrame(table, columns=["kind", "left_out", "headline", "value", "turned", "shift", "lost"])


def _sources(data, grid):
    """{(kind, name): ids of its publications} of every family and outlet that reports an own edition of the classes asked for."""
    classes = next(iter(grid["classes"].values()))
    own = data["exercises"]["event_type"].isin(classes) & data["exercises"]["organiser"].isin(
        binding_bodies(data["bodies"])
    )
    inside = data["reports"]["exercise_id"].isin(data["exercises"].loc[own, "exercise_id"])
    sources = data["sources"].set_index("source_id")
    told = sources.loc[data["reports"].loc[inside, "source_id"].unique()]
    return {
        (kind, name): ids
        for kind, column in SOURCES.items()
        for name, ids in sources[sources[column].isin(told[column])].groupby(column).groups.items()
    }


def _known(universe):
    if universe.focus not in universe.states:
        return 0
    return int((~np.isnan(universe.value[:, universe.states.index(universe.focus)])).sum())


def most_influential(left, rows):
    """The sources and exercises that move each headline most (frame of `leave_one_out` rows, `rows` a headline at most).

    Those that turn it come first, then by shift, then by cells lost; what moves nothing is left out.
    """
    own = left[left["kind"].isin([*SOURCES, "exercise"])].assign(size=lambda table: table["shift"].abs())
    own = own.assign(place=own["headline"].map({name: at for at, name in enumerate(left["headline"].unique())}))
    moving = own[(own["size"] > 0) | (own["lost"] > 0) | own["turned"]]
    order = ["place", "turned", "size", "lost", "kind", "left_out"]
    moving = moving.sort_values(order, ascending=[True, False, False, False, True, True])
    return moving.groupby("place").head(rows).drop(columns=["size", "place"]).reset_index(drop=True)


def spread(left):
    """How far leaving one thing out moves each headline (frame): headline, kind, n, low, high, turned."""
    groups = left.groupby(["headline", "kind"], sort=False)
    table = groups.agg(n=("value", "size"), low=("value", "min"), high=("value", "max"), turned=("turned", "sum"))
    return table.reset_index()


def publications_behind(left, data, cells, focus):
    """Ids of the publications to look at for each row of `leave_one_out` (list of tuples).

    Of a family, its own; of an exercise, those behind the focus's cell, or all that tell of it from during or after.
    """
    source_of = data["reports"].set_index("report_id")["source_id"]
    own = cells[cells["iso3"] == focus].set_index("exercise_id")["reports"]
    reports = data["reports"][data["reports"]["phase"].isin(ON_THE_SPOT)]
    found = []
    for row in left.itertuples():
        if row.kind in SOURCES:
            ids = data["sources"].loc[data["sources"][SOURCES[row.kind]] == row.left_out, "source_id"]
            ids = ids[ids.isin(data["reports"]["source_id"])]
        else:
            told = list(own.get(row.left_out, ()))
            ids = source_of[told] if told else reports.loc[reports["exercise_id"] == row.left_out, "source_id"]
        found.append(tuple(dict.fromkeys(ids)))
    return found


def planted(universe, shares=ERRORS, draws=DRAWS, seed=SEED, headlines=HEADLINES):
    """How often each headline still stands when some of what is known is turned over at random (frame).

    Columns: headline, share, cells (turned over, of came and stayed away), editions (held turned into not held and back, of
    whole years), stands (share of draws). Errors are independent, cell by cell.
    """
    rng = np.random.default_rng(seed)
    known, past = np.argwhere(~np.isnan(universe.value)), np.flatnonzero(universe.year <= universe.last_year)
    rows = []
    for share in shares:
        cells, editions = (int(np.ceil(share * len(of))) for of in (known, past))
        lots = [(rng.permutation(known)[:cells], rng.permutation(past)[:editions]) for _ in range(draws)]
        turned = _turned(universe, *map(np.array, zip(*lots, strict=True)))
        for name, headline in headlines.items():
            rows.append((name, share, cells, editions, np.broadcast_to(headline.measure(turned)[1], draws).mean()))
    return pd.DataFrame(rows, columns=["headline", "share", "cells", "editions", "stands"])


def _turned(universe, cells, editions):
    """As many universes at once as there are draws, with the cells (draws x cells x 2) and editions (draws x editions) turned over."""
    draw = np.arange(len(cells))[:, None]
    value, held = (np.repeat(of[None], len(cells), axis=0) for of in (universe.value, universe.held))
    at = draw, cells[..., 0], cells[..., 1]
    value[at] = 1 - value[at]
    held[draw, editions] = ~held[draw, editions]
    return universe._replace(value=value, held=held)


def placebos(universe, headlines=HEADLINES):
    """Each headline where nothing happened (frame): headline, placebo, case, value, holds; NaN where too little is known.

    Another member: in the focus's place. Another day: the split put back year by year, for every member, in the record up
    to the split. Another turn: likewise in the record up to the turn, FEWEST_YEARS at least on either side. Not announced: the
    editions that no programme named. Members are those expected on both sides of the split.
    """
    cases = [*_members(universe), *_days(universe), *_turns(universe)]
    cases.append((("delivered",), "not announced", "all others", universe._replace(promised=~universe.promised)))
    rows = [
        (name, placebo, case, *headlines[name].measure(other))
        for names, placebo, case, other in cases
        for name in names
        if name in headlines
    ]
    return pd.DataFrame(rows, columns=["headline", "placebo", "case", "value", "holds"])


def _expected(universe):
    late = universe.day >= universe.split
    both = universe.expected[late].any(axis=0) & universe.expected[~late].any(axis=0)
    return [state for state, expected in zip(universe.states, both, strict=True) if expected]


def _members(universe):
    for state in _expected(universe):
        if state != universe.focus:
            yield (
                CHANGES,
                "another member",
                state,
                universe._replace(focus=state),
            )  # the real focus would weaken all ties


def _days(universe):
    quiet = only(universe, universe.day < universe.split)
    first = universe.since + FEWEST_YEARS
    for year in range(first, universe.split.astype(object).year):
        day = np.datetime64(f"{year}{str(universe.split)[4:]}")
        for state in _expected(universe):
            yield CHANGES, "another day", f"{state} {day}", quiet._replace(focus=state, split=day)


def _turns(universe):
    quiet = only(universe, universe.year < universe.turn)._replace(last_year=universe.turn - 1)
    for turn in range(universe.since + FEWEST_YEARS, universe.turn - FEWEST_YEARS + 1):
        yield ("pace",), "another turn", f"{turn}", quiet._replace(turn=turn)
        for state in _expected(universe):
            yield TIES, "another turn", f"{state} {turn}", quiet._replace(turn=turn, focus=state)
