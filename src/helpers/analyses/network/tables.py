"""Tables of ties and visits as a reader sees them."""

from __future__ import annotations

import pandas as pd

from helpers.analyses.network import co_attendance, groups
from helpers.analyses.network import visits as travel
from helpers.derive.record import Record


def list_ties(record: Record) -> pd.DataFrame:
    """List the ties of the last known period in words, the focal state's first, then the weakest.

    Parameters
    ----------
    record
        The record of a scope.

    Returns
    -------
    DataFrame
        One row a pair: member, with, expected (exercises at which both were), clear, met (of these), met in %, and the least and most
        in % that all could have, were every open case clear.
    """
    table = co_attendance.compute_ties(record)
    table = table[table["period"] == groups.last_known_period(record, table)]
    rows = []
    for tie in table.itertuples():
        first, second = groups.by_name(record, [tie.a, tie.b])
        rows.append((first != record.focus, tie.rate, record.names.get(first, first), record.names.get(second, second), tie.occasions + tie.unknown, tie.occasions, tie.together, *(_points(x) for x in (tie.rate, tie.low, tie.high))))  # fmt: skip
    heads = [
        "member",
        "with",
        "expected",
        "clear",
        "met",
        "met in %",
        "least in %",
        "most in %",
    ]
    listed_ = pd.DataFrame(rows, columns=["other", "rate", *heads]).sort_values(["other", "rate", "member", "with"])
    return listed_[heads].astype(dict.fromkeys(heads[2:], "Int64")).reset_index(drop=True)


def _points(share: float) -> int | None:
    return None if pd.isna(share) else round(100 * share)


def list_travel(record: Record) -> pd.DataFrame:
    """List what each member received and paid, in words.

    Parameters
    ----------
    record
        The record of a scope.

    Returns
    -------
    DataFrame
        One row a member: member, exercises attended at home and abroad, visits paid and received, last paid and last
        received (days).
    """
    table = travel.compute_travel(record, travel.compute_visits(record))
    return pd.DataFrame(
        {
            "member": table["iso3"].map(lambda one: record.names.get(one, one)),
            "attended at home": table["at_home"],
            "attended abroad": table["abroad"],
            "visits paid": table["paid"],
            "visits received": table["received"],
            "last paid": table["last_paid"],
            "last received": table["last_received"],
        }
    )
