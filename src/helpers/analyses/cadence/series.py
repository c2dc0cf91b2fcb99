"""The lives of series: first and last edition, gaps between them, how even the gaps are, and who waits longer than ever.

A gap is the number of plan years from one year with a held edition to the next: one, if a series is held every year.
A silent series is never called dead here: the record can only say that it has waited longer than it ever did before.
"""

from itertools import pairwise

import pandas as pd

from helpers.analyses.cadence.measures import FATE_GROUPS
from helpers.statistics import exact_tests as exact

MIN_GAPS = 3  # fewer have next to no orders to be put in


def lifelines(register, series, last_year):
    """One row a series with an edition in the register, by first held year, then name; series never held stand last.

    Columns: series_id, name, other_names (under which sources tell of it), first, last (plan years of its first and last
    held edition, <NA> if none), editions (held), held, called_off, open, planned (tuples of plan years: held, called off,
    of unknown fate up to `last_year`, announced after it), gaps (tuple), longest (gap, <NA> if none), waiting (whole plan
    years since the last held one, up to `last_year`; <NA> if none).
    """
    names = series.set_index("series_id")
    rows = []
    for one, own in register.groupby("series_id"):
        years = {fate: _years(own[own["status"].isin(group)]) for fate, group in FATE_GROUPS.items()}
        held = tuple(year for year in years["held"] if year <= last_year)
        gaps = gaps_between(held)
        rows.append(
            {
                "series_id": one,
                "name": names.at[one, "name"],
                "other_names": names.at[one, "aliases"],
                "first": held[0] if held else None,
                "last": held[-1] if held else None,
                "editions": int(((own["status"] == "held") & (own["year"] <= last_year)).sum()),
                "held": held,
                "called_off": years["called_off"],
                "open": tuple(year for year in years["open"] if year <= last_year),
                "planned": tuple(year for year in years["open"] if year > last_year),
                "gaps": gaps,
                "longest": max(gaps, default=None),
                "waiting": last_year - held[-1] if held else None,
            }
        )
    table = pd.DataFrame(rows).astype(dict.fromkeys(["first", "last", "longest", "waiting"], "Int64"))
    return table.sort_values(["first", "name"], na_position="last").reset_index(drop=True)


def _years(editions):
    return tuple(sorted(int(year) for year in editions["year"].unique()))


def gaps_between(years):
    """The gaps (tuple) between years in ascending order."""
    return tuple(later - earlier for earlier, later in pairwise(years))


def gap_evenness(table):
    """Whether each series' gaps are more even or more uneven than if its years had fallen at random (frame).

    First, last and number of years are kept, and every choice of the years between is equally likely (`exact.null_distribution_of_gaps`);
    this is the permuted null in full, not drawn. Columns: name, gaps (tuple), n (gaps), possible (False if the years
    leave only one choice, as when a series ran every year), p_even, p_uneven; the last row pools all series.
    Series of fewer than MIN_GAPS gaps are left out.
    """
    own = table[table["gaps"].map(len) >= MIN_GAPS]
    rows = [_evenness(name, [gaps]) for name, gaps in zip(own["name"], own["gaps"], strict=True)]
    if len(own) > 1:
        filled = [gaps_between(sorted({*held, *open_})) for held, open_ in zip(own["held"], own["open"], strict=True)]
        rows += [_evenness("all of these", own["gaps"]), _evenness("all, unverified counted as held", filled)]
    return pd.DataFrame(rows, columns=["name", "gaps", "n", "possible", "p_even", "p_uneven"])


def _evenness(name, lists):
    nulls = [exact.null_distribution_of_gaps(gaps) for gaps in lists]
    free = any((null > 0).sum() > 1 for null in nulls)
    gaps = tuple(gap for gaps in lists for gap in gaps)
    return (name, gaps if len(lists) == 1 else (), len(gaps), free, *exact.pooled_one_sided_p_values(nulls, lists))


def overdue(table):
    """Series with at least one gap by how long they have waited (frame): longest first.

    Columns: name, last, waiting, longest, as_long (past gaps at least as long as the one that is open now: a series that
    waits w whole years has an open gap of w + 1 or more), n (past gaps), unverified (years since the last held one of which
    no report says whether an edition was held), planned (announced years), overdue (the open gap is longer than any before). Overdue is by the series' own history alone, and no statement that it has ended.
    """
    own = table[table["gaps"].map(len) > 0]
    now = own["waiting"] + 1
    as_long = [sum(gap >= least for gap in gaps) for gaps, least in zip(own["gaps"], now, strict=True)]
    since = [tuple(year for year in years if year > last) for years, last in zip(own["open"], own["last"], strict=True)]
    told = own[["name", "last", "waiting", "longest"]].assign(
        as_long=as_long,
        n=own["gaps"].map(len),
        unverified=since,
        planned=own["planned"],
        overdue=(now > own["longest"]).astype(bool),
    )
    return told.sort_values(["waiting", "name"], ascending=[False, True]).reset_index(drop=True)
