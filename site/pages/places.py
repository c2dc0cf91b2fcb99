"""The page of places: the map, and beside it a list that says the same, with what was held at each."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from markupsafe import Markup

from helpers.analyses.cadence.figures_ranges import plot_ranges
from helpers.analyses.cadence.ranges import compute_ranges
from helpers.analyses.cadence.text_ranges import caption_ranges, describe_ranges
from helpers.display.figures import save
from pages import words
from pages.context import Context, Page
from pages.figure import Figures


def places_page(context: Context, figures: Figures) -> Page:
    """The map of the scope's exercises, and every place of the record with what was held there."""
    ranges = compute_ranges(context.record)
    said = describe_ranges(context.record, ranges)
    used = defaultdict(list)
    for row in reversed(list(context.exercises.values())):
        for place in row["place_ids"]:
            used[place].append(row | {"listed": context.listed[row["exercise_id"]]})
    groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for place_id, place in context.places.items():
        if used[place_id]:
            groups[context.names.get(place["state"], "Elsewhere")].append(_place(place_id, place, used[place_id]))
    listed = [
        (name, sorted(found, key=lambda one: (-one["held"], one["name"]))) for name, found in sorted(groups.items())
    ]
    values = {
        "headline": words.markdown(said.headline),
        "detail": words.markdown(f"{said.detail} {said.doubt}"),
        "map": _map(context, ranges, figures),
        "groups": listed,
    }
    sections = tuple((f"in-{name.lower().replace(' ', '-')}", name) for name, _ in listed)
    return Page("places", "Places", "places.html", values, words.bare(said.headline), sections)


def _place(place_id: str, place: dict[str, Any], rows: list[dict[str, Any]]) -> dict[str, Any]:
    held = sum(row["status"] == "held" for row in rows)
    return place | {"id": place_id, "held": held, "rows": rows, "where": _where(place)}


def _where(place: dict[str, Any]) -> str:
    """Coordinates as a reader takes them to a map; blank if none are known."""
    if not place["latitude"] or not place["longitude"]:
        return ""
    return f"{float(place['latitude']):.2f}, {float(place['longitude']):.2f}"


def _map(context: Context, ranges: Any, figures: Figures) -> Markup:
    if not ranges["drawn"].any():
        return Markup("")
    figure = plot_ranges(ranges, context.names, **caption_ranges(context.record, ranges))
    png, metadata = save(figure, figures.kept)
    return figures.show(png, "places", metadata["alt"])
