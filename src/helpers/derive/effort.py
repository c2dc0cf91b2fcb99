"""How hard was searched: look-ups by the member that they name, and those that ask after a refusal or an absence."""

from __future__ import annotations

import re
from typing import NamedTuple

import pandas as pd

from helpers.derive.record import Record

# Words of refusal or absence in the languages of most look-ups, as they begin.
REFUSAL = re.compile(
    r"refus|boycott|skip|absen|did not (?:come|attend|take)|not participat|отказ|бойкот|не участв|отсутств|не приех",
    re.I,
)
STEM = 0.75  # share of a name's letters that its cases in Russian keep
UNEVEN = 1.5  # times the next member's look-ups: below that the log's own wording decides who is first


class Effort(NamedTuple):
    """A member, and its number of look-ups of one kind."""

    name: str
    look_ups: int


def compute_effort(record: Record) -> pd.DataFrame:
    """Look-ups that name each member, and those of them that ask after a refusal or an absence.

    A name is found by its stem, in English or Russian, since cases change its end. A look-up may name several members.

    Returns
    -------
    DataFrame
        One row a state of the record: iso3, name, look_ups, refusal (numbers), most look-ups first.
    """
    log = record.data["search_log"]
    countries = record.data["countries"].set_index("iso3")
    queries = log["query"].str.lower()
    refusals = queries.str.contains(REFUSAL)
    rows = []
    for state in record.states:
        names = [countries.at[state, "name"], countries.at[state, "name_ru"]]
        stems = "|".join(re.escape(name[: max(4, round(len(name) * STEM))].lower()) for name in names if name)
        named = queries.str.contains(stems)
        rows.append((state, record.names[state], int(named.sum()), int((named & refusals).sum())))
    table = pd.DataFrame(rows, columns=["iso3", "name", "look_ups", "refusal"])
    return table.sort_values(["look_ups", "name"], ascending=[False, True], ignore_index=True)


def rank_refusals(table: pd.DataFrame) -> tuple[Effort, Effort] | None:
    """The two members of which refusals or absences were asked after most.

    Parameters
    ----------
    table
        As `compute_effort` gives it.

    Returns
    -------
    tuple of Effort, or None
        The first and the next; None if fewer than two members were looked for at all.
    """
    searched = table[table["look_ups"] > 0].sort_values(["refusal", "look_ups"], ascending=False)
    if len(searched) < 2:
        return None
    first, second = (
        Effort(str(name), int(asked)) for name, asked in searched[["name", "refusal"]].head(2).itertuples(index=False)
    )
    return first, second
