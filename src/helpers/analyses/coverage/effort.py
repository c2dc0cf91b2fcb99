"""How hard was searched: look-ups by the member that they name, and by plan year."""

import re

import pandas as pd

from helpers.derive.record import Record

# Words of refusal or absence in the languages of most look-ups, as they begin.
REFUSAL = re.compile(
    r"refus|boycott|skip|absen|did not (?:come|attend|take)|not participat|отказ|бойкот|не участв|отсутств|не приех",
    re.I,
)
STEM = 0.75  # share of a name's letters that its cases in Russian keep


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
