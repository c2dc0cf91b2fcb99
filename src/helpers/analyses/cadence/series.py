"""The lives of series: when each was held, and which wait longer than they ever did.

A gap is the number of plan years from one year with a held exercise to the next: one, if a series is held every year. A
series that is silent is never called dead: the record can only say that it has waited longer than before.
"""

from collections.abc import Iterable
from itertools import pairwise

import pandas as pd

from helpers.analyses.cadence.promises import FATES
from helpers.derive.record import Record


def is_collection(series_id: str, exercise_ids: Iterable[str]) -> bool:
    """Whether a series only gathers exercises with names of their own, so that it has no rhythm: no key begins with its own."""
    return not any(one.startswith(f"{series_id}-") for one in exercise_ids)


def compute_lifelines(record: Record) -> pd.DataFrame:
    """The years of each named series, up to the last that sources cover to the end.

    Returns
    -------
    DataFrame
        One row a series, by first year held, then name; series never held stand last. Columns: series_id, name, held, open
        (tuples of plan years: held, and of unknown fate), planned (years announced after the last covered one), first, last
        (<NA> if never held), longest (gap, in years; <NA> below two years), waiting (years since the last one held; <NA> if none).
    """
    names = record.data["series"].set_index("series_id")["name"]
    last_year = record.last_year
    rows = []
    for series_id, own in record.register.groupby("series_id"):
        if is_collection(series_id, own["exercise_id"]):
            continue
        held = _years(own, FATES["held"], last_year)
        open_ = tuple(year for year in _years(own, FATES["not verified"], last_year) if year not in held)
        ahead = tuple(sorted({int(year) for year in own.loc[own["year"] > last_year, "year"]}))
        longest = max((later - earlier for earlier, later in pairwise(held)), default=None)
        waiting = last_year - held[-1] if held else None
        ends = (held[0], held[-1]) if held else (None, None)
        rows.append((series_id, names[series_id], held, open_, ahead, *ends, longest, waiting))
    columns = ["series_id", "name", "held", "open", "planned", "first", "last", "longest", "waiting"]
    table = pd.DataFrame(rows, columns=columns).astype(dict.fromkeys(columns[5:], "Int64"))
    return table.sort_values(["first", "name"], na_position="last").reset_index(drop=True)


def _years(register: pd.DataFrame, statuses: tuple[str, ...], last_year: int) -> tuple[int, ...]:
    years = register.loc[register["status"].isin(statuses), "year"]
    return tuple(sorted({int(year) for year in years if year <= last_year}))


def list_silent(lives: pd.DataFrame) -> pd.DataFrame:
    """Series that have waited longer than any gap they had before; of those with a gap at all (rows of `lives`)."""
    known = lives[lives["longest"].notna()]
    return known[(known["waiting"] + 1 > known["longest"]).astype(bool)].sort_values("last").reset_index(drop=True)
