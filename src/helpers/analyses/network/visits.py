"""Who visits whom: a visit is an exercise that a state attended on another's soil.

Who hosts how often, in turn, and where belongs to the cadence of exercises (`analyses.cadence.hosting`).
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from helpers.analyses.network.groups import by_name
from helpers.derive.codes import ATTENDED
from helpers.derive.record import Record


def compute_visits(record: Record) -> pd.DataFrame:
    """List every attendance with the soil on which it took place.

    Parameters
    ----------
    record
        The record of a scope.

    Returns
    -------
    DataFrame
        One row a held exercise, a host and an expected state that came: exercise_id, name, year, start_earliest, host,
        guest (ISO codes). An exercise on the soil of two states is a visit to each of them; a state that is one of the
        hosts is at home (host and guest are then the same) and visits none of the others. Exercises without a known host
        are left out.
    """
    columns = ["exercise_id", "name", "year", "start_earliest", "hosts"]
    held = record.register.loc[record.register["status"] == "held", columns]
    came = record.attendance[record.attendance["expected"] & record.attendance["code"].isin(ATTENDED)]
    table = came[["exercise_id", "iso3"]].rename(columns={"iso3": "guest"}).merge(held, on="exercise_id")
    at_home = [guest in hosts for guest, hosts in zip(table["guest"], table["hosts"], strict=True)]
    table = table.assign(
        host=table["hosts"].where(~pd.Series(at_home, dtype=bool), table["guest"].map(lambda one: (one,)))
    )
    table = table.explode("host").dropna(subset="host")
    order = ["start_earliest", "exercise_id", "host", "guest"]
    return table[[*columns[:-1], "host", "guest"]].sort_values(order, ignore_index=True)


def compute_travel(record: Record, visits: pd.DataFrame) -> pd.DataFrame:
    """Sum up what each state received and paid.

    Parameters
    ----------
    record
        The record of a scope.
    visits
        As `compute_visits` gives them.

    Returns
    -------
    DataFrame
        One row a state that was expected at a held exercise, and the focal state, in a reader's order: iso3, received and
        paid (visits), at_home and abroad (exercises attended), last_received and last_paid (first day of the last such
        exercise, NaT if none).
    """
    states = by_name(record, {*record.held["iso3"], record.focus})
    return pd.DataFrame([_travel_of(state, visits) for state in states])


def _travel_of(state: str, visits: pd.DataFrame) -> dict[str, Any]:
    between = visits[visits["host"] != visits["guest"]]
    received, paid = between[between["host"] == state], between[between["guest"] == state]
    at_home = visits[(visits["host"] == state) & (visits["guest"] == state)]
    return {
        "iso3": state,
        "received": len(received),
        "paid": len(paid),
        "at_home": len(at_home),
        "abroad": paid["exercise_id"].nunique(),
        "last_received": received["start_earliest"].max(),
        "last_paid": paid["start_earliest"].max(),
    }
