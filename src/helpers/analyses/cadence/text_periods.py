"""Periods against each other: tables for readers and referees, and how evenly exercises come."""

from __future__ import annotations

import pandas as pd

from helpers.display.finding import Finding
from helpers.display.phrases import p_value, years


def describe_spread(spread: pd.DataFrame) -> Finding:
    """Whether the yearly counts of the last period fit the test of rates (`measures.compute_spread`)."""
    known = spread[spread["mean"] > 0]
    if known.empty:
        return Finding("In no period are there years enough to say how evenly exercises come.")
    last = known.iloc[-1]
    when = years(int(last["since"]), int(last["until"]))
    told = f"Their variance is {last['variance']:.1f} and their mean {last['mean']:.1f}"
    if last["variance"] == last["mean"]:
        return Finding(
            f"The interval fits: in {when} the yearly counts vary as counts at random do.",
            f"{told}, as far as so few years show.",
            n=int(last["years"]),
            unit="years",
        )
    more = last["variance"] > last["mean"]
    return Finding(
        f"The interval is only rough: in {when} the yearly counts vary {'more' if more else 'less'} than counts at random do.",
        f"{told}, which would be equal at random; "
        f"so the true interval is {'wider' if more else 'narrower'}, as far as so few years show.",
        n=int(last["years"]),
        unit="years",
    )


def tabulate_pace(pace: pd.DataFrame) -> pd.DataFrame:
    """The pace as a reader's table (`measures.compute_pace`)."""
    return pd.DataFrame(
        {
            "years": [years(int(row.since), int(row.until)) for row in pace.itertuples()],
            "held, every part": pace["parts"],
            "every part, a year": pace["parts_a_year"].map(lambda value: f"{value:.1f}"),
            "held, joint once": pace["joint"],
            "joint once, a year": pace["joint_a_year"].map(lambda value: f"{value:.1f}"),
            "joint once, a year: 95% interval": [f"{row.low:.1f}–{row.high:.1f}" for row in pace.itertuples()],
        }
    )


def tabulate_comparison(table: pd.DataFrame) -> pd.DataFrame:
    """Periods against those before as a referee's table (`measures.compare_periods`)."""
    return pd.DataFrame(
        {
            "years": [years(row.since, row.until) for row in table.itertuples()],
            "against": [years(row.before_since, row.before_until) for row in table.itertuples()],
            "times as many": table["ratio"],
            "from": table["low"],
            "to": table["high"],
            "p": table["p"].map(p_value),
        }
    )
