"""Words around the map of places."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from helpers.display.phrases import count, day, listed, number, years

NAMED = 3  # places that share the first rank and are still named


def describe_ranges(
    ranges: pd.DataFrame, register: pd.DataFrame, names: Mapping[str, str], last_day: pd.Timestamp
) -> dict[str, str]:
    """Say which place was used most, what the map shows, and what it leaves out.

    Parameters
    ----------
    ranges
        As `ranges.compute_ranges` gives it; at least one place is drawn.
    register
        Of the same scope.
    names
        Names of states by code.
    last_day
        The last day that a source speaks from.

    Returns
    -------
    dict
        title, subtitle and footer, for `figures_ranges.plot_ranges`.
    """
    held = register[register["status"] == "held"]
    most = ranges["exercises"].iloc[0]
    first = ranges[ranges["exercises"] == most]
    uses = f"for {number(most)} of {count(len(held), 'exercise')}"
    if len(first) == 1:
        title = f"{_named(first.iloc[0], names)} was used more than any other place: {uses}"
    elif len(first) <= NAMED:
        title = f"{listed(_named(row, names) for _, row in first.iterrows())} were used most: {uses} each"
    else:
        title = f"No place stands out: {number(len(first))} were used {uses} each"
    hollow = (
        " Hollow: of the place only its region is known." if (ranges["drawn"] & ranges["approximate"]).any() else ""
    )
    placed = held[held["place_ids"].map(len) > 0]
    spans = years(int(held["year"].min()), int(held["year"].max()))
    return {
        "title": title,
        "subtitle": (
            f"Size of a disc: exercises held there, {spans}.{hollow} "
            f"Sources name a place of {len(placed)} of {len(held)} exercises."
        ),
        "footer": " ".join(_footer(ranges, last_day)),
    }


def _named(row: pd.Series, names: Mapping[str, str]) -> str:
    """A place with its state."""
    return f"{row['name']} in {names[row['state']]}" if row["state"] else row["name"]


def _footer(ranges: pd.DataFrame, last_day: pd.Timestamp) -> list[str]:
    said = [
        "A disc stands at the nearest town of which a source gives the coordinates; an exercise at several places counts at each."
    ]
    if left := ranges.loc[~ranges["drawn"], "name"].sort_values().tolist():
        said.append(f"Not on the map: {listed(left)}.")
    return [*said, f"Coasts and borders as Natural Earth draws them. Sources to {day(last_day)}."]
