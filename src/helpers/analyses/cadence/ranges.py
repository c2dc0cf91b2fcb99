"""Where exercises were held: one row a place, with its coordinates, for a map and the list beside it."""

from __future__ import annotations

from typing import Any

import pandas as pd

from helpers.derive.record import Record
from helpers.display import outlines

COLUMNS = [
    *("place_id", "name", "state", "kind", "latitude", "longitude", "approximate", "drawn"),
    *("exercises", "years", "series", "exercise_ids"),
]


def compute_ranges(record: Record) -> pd.DataFrame:
    """Count the held exercises of a scope by the places at which they were.

    An exercise at several places counts at each of them. A place without coordinates takes those of its region, where the
    table of places gives them.

    Parameters
    ----------
    record
        Of which the register and the table of places are read.

    Returns
    -------
    DataFrame
        One row a place with a held exercise, the most used first, then the last used, then by name: place_id, name, state
        (code), kind, latitude, longitude (degrees; NaN if not known), approximate (bool: the coordinates are those of its
        region), drawn (bool: on what `helpers.display.outlines` covers), exercises (number), years (tuple of plan years,
        each once), series (tuple of series_id), exercise_ids (tuple, in order of time).
    """
    held = record.register.loc[record.register["status"] == "held", ["exercise_id", "series_id", "year", "place_ids"]]
    used = held.explode("place_ids").dropna(subset="place_ids").rename(columns={"place_ids": "place_id"})
    if used.empty:
        return pd.DataFrame(columns=COLUMNS)
    groups = used.groupby("place_id")
    table = pd.DataFrame(
        {
            "exercises": groups.size(),
            "years": groups["year"].agg(_each_once),
            "series": groups["series_id"].agg(_each_once),
            "exercise_ids": groups["exercise_id"].agg(tuple),
        }
    ).reset_index()
    table = table.merge(_coordinates(record.data["places"]), on="place_id")
    table["drawn"] = outlines.covers(table["longitude"], table["latitude"])
    order = table.assign(last=table["years"].str[-1]).sort_values(
        ["exercises", "last", "name"], ascending=[False, False, True]
    )
    return order[COLUMNS].reset_index(drop=True)


def _each_once(values: pd.Series) -> tuple[Any, ...]:
    return tuple(sorted(set(values)))


def _coordinates(places: pd.DataFrame) -> pd.DataFrame:
    """The table of places with numbers as coordinates, those of the region where a place has none of its own."""
    degrees = places[["latitude", "longitude"]].apply(pd.to_numeric)
    places = places.drop(columns=["latitude", "longitude"]).join(degrees)
    regions = places[(places["kind"] == "region") & (places["name"] == places["region"])]
    around = places[["state", "region"]].merge(
        regions[["state", "region", *degrees]], how="left", on=["state", "region"]
    )
    unknown = degrees["latitude"].isna()
    return places.fillna({name: around[name] for name in degrees}).assign(
        approximate=unknown.to_numpy() & around["latitude"].notna().to_numpy()
    )
