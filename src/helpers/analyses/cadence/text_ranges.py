"""Words around the map of places."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from helpers.derive.record import Record
from helpers.display.finding import Finding
from helpers.display.phrases import capital, count, day, escape, listed, spoken, years

NAMED = 3  # places that share the first rank and are still named


def describe_ranges(record: Record, ranges: pd.DataFrame) -> Finding:
    """Say which place was used most, and of how many exercises a place is known.

    Parameters
    ----------
    record
        The exercises in question.
    ranges
        As `ranges.compute_ranges` gives it.
    """
    held = record.register[record.register["status"] == "held"]
    placed = int((held["place_ids"].map(len) > 0).sum())
    if ranges.empty:
        return Finding("No source names a place of a held exercise.", n=len(held), unit="held exercises")
    most = int(ranges["exercises"].iloc[0])
    first = [_named(row, record.names) for _, row in ranges[ranges["exercises"] == most].iterrows()]
    if len(first) == 1:
        headline = f"{first[0]} was used more than any other place."
    elif len(first) <= NAMED:
        headline = f"{listed(first)} were used more than any other place."
    else:
        headline = "No place stands out among those that were used."
    there = "there" if len(first) == 1 else "at each of these" if len(first) <= NAMED else "at each of those used most"
    return Finding(
        headline,
        f"{capital(count(most, 'exercise'))} took place {there}. Sources name a place of {f'{placed} of the' if placed < len(held) else 'all'} {len(held)} held.",
        "Of most ranges only the nearest town is known, so the map is right to some tens of kilometres."
        if ranges["drawn"].any()
        else "Where they lie no source says, so there is no map.",
        k=most,
        n=len(held),
        unit="held exercises at the place used most",
    )


def caption_ranges(record: Record, ranges: pd.DataFrame) -> dict[str, str]:
    """Title, subtitle and footer of the map (`figures_ranges.plot_ranges`)."""
    if ranges.empty:
        return {}
    held = record.register[record.register["status"] == "held"]
    hollow = " Hollow: only the region is known." if (ranges["drawn"] & ranges["approximate"]).any() else ""
    spans = years(int(held["year"].min()), int(held["year"].max()))
    return {
        "title": describe_ranges(record, ranges).headline.rstrip("."),
        "subtitle": f"Size of a disc: exercises held there, {spans}.{hollow}",
        "footer": " ".join(_footer(ranges, record.last_days)),
    }


def _named(row: pd.Series, names: Mapping[str, str]) -> str:
    """A place with its state."""
    return f"{escape(row['name'])} in {escape(spoken(names[row['state']]))}" if row["state"] else escape(row["name"])


def _footer(ranges: pd.DataFrame, last_days: tuple[pd.Timestamp, pd.Timestamp]) -> list[str]:
    said = [
        "A disc stands at the nearest town of which a source gives the coordinates; an exercise at several places counts at each."
    ]
    if left := ranges.loc[~ranges["drawn"], "name"].sort_values().tolist():
        said.append(f"Not on the map: {listed(left)}.")
    return [*said, f"Coasts and borders as Natural Earth draws them. Sources to {day(*last_days)}."]
