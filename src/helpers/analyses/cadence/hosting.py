"""Who hosts how often, and when each member last did. An exercise on the soil of several states counts for each of them."""

import pandas as pd

from helpers.derive.record import Record


def list_hosted(register: pd.DataFrame) -> pd.DataFrame:
    """Held exercises with a known host.

    Parameters
    ----------
    register
        Of the exercises in question.

    Returns
    -------
    DataFrame
        One row an exercise and host: exercise_id, name, series_id, year, start_earliest, iso3.
    """
    columns = ["exercise_id", "name", "series_id", "year", "start_earliest", "hosts"]
    table = register.loc[register["status"] == "held", columns].explode("hosts").dropna(subset="hosts")
    return table.rename(columns={"hosts": "iso3"}).reset_index(drop=True)


def count_hosts(record: Record) -> pd.DataFrame:
    """How often each member hosted what it was expected at, and when it last did.

    Returns
    -------
    DataFrame
        One row a state of the record, most hosted first: iso3, name, hosted, expected (numbers of held exercises), last (name
        of the last exercise it hosted), day (its first day; NaT if it never hosted).
    """
    table = list_hosted(record.register).sort_values("start_earliest")
    expected = record.held.groupby("iso3").size()
    rows = []
    for state in record.states:
        own = table[table["iso3"] == state]
        last = own.iloc[-1] if len(own) else {"name": "", "start_earliest": pd.NaT}
        rows.append(
            (state, record.names[state], len(own), int(expected.get(state, 0)), last["name"], last["start_earliest"])
        )
    found = pd.DataFrame(rows, columns=["iso3", "name", "hosted", "expected", "last", "day"])
    return found.sort_values(["hosted", "name"], ascending=[False, True], ignore_index=True)
