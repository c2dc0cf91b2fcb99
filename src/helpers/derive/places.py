"""From names in reports to the place or places of an exercise.

1. A name in a report's `sites` stands for the place of the table `places` whose name or alias it is.
2. Reports are asked by their rank (`helpers.derive.reports`), the best first. One whose `sites` are deprecated is never asked.
3. A report from a source that nobody read is asked after all reports from sources that were read.
4. A name that says it is of a part only, such as an opening, counts only if no report names anything else (`PARTS`).
   So does a headquarters where troops are in the field (`IN_THE_FIELD`).
5. Of the first report that names a place, the finest kind counts (`FINENESS`).
6. A place of a vaguer kind is narrowed by the next report that names a finer one inside it, be it only a plan: the
   finest of those stand in its stead. Inside means not known to lie in another state or region.
7. An exercise with parts has its own places and those of its held parts. A region gives way to a place inside it.
8. Without a place that a report names, or without a table of places, an exercise has none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple, cast

import pandas as pd

from helpers.derive.reports import Report
from helpers.loaders.rules import comparable

# How closely a kind of place says where something was. A building is as close as a range; a town has ranges around it, a
# sea coasts, and a region is an area.
FINENESS = {"range": 3, "headquarters": 3, "town": 2, "sea": 1, "region": 0}

# Event types with troops in the field: a headquarters leads them from elsewhere. Any other event may sit in one.
IN_THE_FIELD = frozenset({"exercise", "inspection", "deployment"})

# Last words of a bracket that says what of the event was there, and that it was not the whole: a ceremony, a stage, one
# arm, or those who lead. Brackets that say where a place lies, or whose it is, end otherwise.
PARTS = ("opening", "closing", "summing up", "stage", "aviation", "headquarters", "coordination centre")


class Place(NamedTuple):
    """A row of the table of places, as far as the rule asks."""

    place_id: str
    kind: str
    state: str
    region: str


def place_key(data: Mapping[str, pd.DataFrame]) -> dict[str, Place]:
    """Give each name and alias of the table of places with its place.

    Parameters
    ----------
    data
        The loaded tables, of which `places` is read if there is one.

    Returns
    -------
    dict
        {name as `comparable` has it: place}.
    """
    rows: Iterable[Any] = data["places"].itertuples(index=False) if "places" in data else ()
    return {
        comparable(name): Place(row.place_id, row.kind, row.state, row.region)
        for row in rows
        for name in (row.name, *row.aliases)
    }


def locate(register: pd.DataFrame, reports: Mapping[str, Sequence[Report]], key: Mapping[str, Place]) -> pd.DataFrame:
    """Say of every exercise at which places it is, those of its held parts included.

    Parameters
    ----------
    register
        One row an exercise, with exercise_id, event_type, parent_id and status.
    reports
        {exercise_id: its reports, best first}.
    key
        Places by name (`place_key`).

    Returns
    -------
    DataFrame
        The register with place_ids (tuples) and place_report (id of the report behind its own places, or "").
    """
    own = {
        row.exercise_id: own_places(reports[row.exercise_id], row.event_type, key)
        for row in cast(Iterable[Any], register.itertuples())
    }
    of_parts: dict[str, list[Place]] = defaultdict(list)
    parts = register[(register["parent_id"] != "") & (register["status"] == "held")]
    for part in cast(Iterable[Any], parts.itertuples()):
        of_parts[part.parent_id] += own[part.exercise_id][0]
    joined = {
        one: tuple(place.place_id for place in _joined(places, of_parts[one])) for one, (places, _) in own.items()
    }
    report = {one: report_id for one, (_, report_id) in own.items()}
    ids = register["exercise_id"]
    return register.assign(place_ids=ids.map(joined), place_report=ids.map(report))


def own_places(reports: Sequence[Report], event_type: str, key: Mapping[str, Place]) -> tuple[tuple[Place, ...], str]:
    """Judge at which places the reports of one exercise put it, and which report is behind that.

    Parameters
    ----------
    reports
        Its reports, best first.
    event_type
        Of the exercise.
    key
        Places by name (`place_key`).

    Returns
    -------
    places, report_id
        None and "" if no report names one. The report is the one that narrows a place, if one does, and else the first
        that names one.
    """
    named = _named(reports, event_type, key)
    if not named:
        return (), ""
    (first, places), *rest = named
    narrowed = [_narrowed(place, rest) for place in _finest(places)]
    narrowing = [report_id for _, report_id in narrowed if report_id]
    return tuple(dict.fromkeys(place for finer, _ in narrowed for place in finer)), (narrowing or [first])[0]


def _named(reports: Sequence[Report], event_type: str, key: Mapping[str, Place]) -> list[tuple[str, tuple[Place, ...]]]:
    """(id, places) of each report that names a place, in the order in which they are asked."""
    asked = [report for report in reports if "sites" not in report.deprecated_fields]
    asked.sort(key=lambda report: not report.original_seen)
    found = [
        (report.report_id, [(name, key[name]) for name in map(comparable, report.sites) if name in key])
        for report in asked
    ]
    whole = [
        (report_id, tuple(place for name, place in names if not _of_part(name, place, event_type)))
        for report_id, names in found
    ]
    every = [(report_id, tuple(place for _, place in names)) for report_id, names in found]
    return [one for one in whole if one[1]] or [one for one in every if one[1]]


def _of_part(name: str, place: Place, event_type: str) -> bool:
    """Whether a name is only that of a part of the event, or of those who lead it."""
    bracket = name.rpartition(" (")[2] if name.endswith(")") else ""
    of_part = f" {bracket.removesuffix(')')}".endswith(tuple(f" {word}" for word in PARTS))
    return of_part or (event_type in IN_THE_FIELD and place.kind == "headquarters")


def _finest(places: Iterable[Place]) -> tuple[Place, ...]:
    """The places of the finest kind among some, each once."""
    places = tuple(dict.fromkeys(places))
    top = max(FINENESS[place.kind] for place in places)
    return tuple(place for place in places if FINENESS[place.kind] == top)


def _narrowed(place: Place, reports: Iterable[tuple[str, tuple[Place, ...]]]) -> tuple[tuple[Place, ...], str]:
    """The finer places inside a place that the first report names which names any, and its id; else the place and ""."""
    for report_id, places in reports:
        finer = [one for one in places if FINENESS[one.kind] > FINENESS[place.kind] and _inside(one, place)]
        if finer:
            return _finest(finer), report_id
    return (place,), ""


def _inside(place: Place, wider: Place) -> bool:
    """Whether a place lies inside a wider one as far as known. What lies around a town or sea of no known region is not."""
    if wider.kind != "region" and not wider.region:
        return False
    return all(
        not own or not around or own == around
        for own, around in ((place.state, wider.state), (place.region, wider.region))
    )


def _joined(own: Iterable[Place], of_parts: Sequence[Place]) -> tuple[Place, ...]:
    """The places of an exercise and of its parts, each once, without regions in which another of them lies."""
    if not of_parts:
        return tuple(own)
    places = tuple(dict.fromkeys([*own, *of_parts]))
    return tuple(
        place
        for place in places
        if place.kind != "region" or not any(one.kind != "region" and _inside(one, place) for one in places)
    )
