"""The timeline, as plain values for its template. Nothing here is escaped: the template does that."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pandas as pd

from helpers.analyses.disengagement.steps import acts, turning_points
from helpers.derive.codes import DIRECTIONS, TRACKS
from helpers.display.addresses import TIMELINE_PAGES, timeline_page
from helpers.display.phrases import short_day, years
from pages.context import Context, Page

OPEN_YEARS = 1  # the latest years whose steps stand open: a reader chooses the others, and the page is ready sooner
FIRST_BAR = 2018  # bars by quarter begin here: about as many years before the cutpoint as after it, and a phone has room for them
SORTS = [  # what the list can stand in the order of, and how it is named
    ("", "date, latest first"),
    ("day", "date, earliest first"),
    ("who", "who acts"),
    ("track", "track"),
    ("direction", "direction"),
]


def timeline_pages(context: Context) -> list[Page]:
    """The timeline, a page a span of years: on the first also the turning points and bars by quarter."""
    rows = _rows(context)
    by_page: dict[str, list[dict[str, Any]]] = {name: [] for name in TIMELINE_PAGES}
    for row in rows:
        by_page[timeline_page(row["earliest"].year)].append(row)
    found = {name: own for name, own in by_page.items() if own or name == "timeline"}
    return [_page(context, name, found) for name in found]


def _rows(context: Context) -> list[dict[str, Any]]:
    """Every step, latest first, as the template shows it."""
    names = context.names
    events = context.tables["steps"].sort_values(["earliest", "event_id"], ascending=False).to_dict("records")
    rows = [
        event
        | {
            "who": names.get(event["actor"], event["actor"]),
            "whom": names.get(event["subject"], ""),
            "track_name": TRACKS.get(event["track"], event["track"]),
            "years": [str(year) for year in range(event["earliest"].year, event["latest"].year + 1)],
            "quarter": quarter_of(event["earliest"]),
            "publications": context.publications(event["source_ids"]),
            "quotes": context.quotations.get(("events", event["event_id"]), []),
            "exercise": context.exercises.get(event["exercise_id"], {}).get("name", ""),
        }
        for event in events
    ]
    seen: set[str] = set()
    for row in rows:
        row["first_of"] = "" if row["years"][0] in seen else row["years"][0]
        seen.add(row["years"][0])
    return rows


def _page(context: Context, name: str, found: dict[str, list[dict[str, Any]]]) -> Page:
    """One page of the timeline, of those that have steps (`found`: rows by page)."""
    record, rows = context.record, found[name]
    own_years = [row["first_of"] for row in rows if row["first_of"]]
    for row in rows:
        row["folded"] = row["years"][0] not in own_years[:OPEN_YEARS]
    first = name == next(iter(found))
    title = "Timeline" if first else f"Timeline {_span(name, found)}"
    values = {
        "title": title,
        "own": name,
        "rows": rows,
        "directions": DIRECTIONS,
        "span": _span(name, found),
        "others": [(other, f"{_span(other, found)} ({len(found[other]):,} steps)") for other in found if other != name],
        "years": [(row["first_of"], page) for page in found for row in found[page] if row["first_of"]],
        "points": find_points(context, record.focus) if first else [],
        "focus": record.focus,
        "name": record.name,
        "bars": _bars(found, record.focus, set(acts(record)["event_id"])) if first else [],
        "sorts": SORTS,
        "filters": [
            ("track", "Track", _options((row["track"], row["track_name"]) for row in rows)),
            ("actor", "Who acts", _options((row["actor"], row["who"]) for row in rows)),
            ("subject", "State concerned", _options((row["subject"], row["whom"]) for row in rows if row["subject"])),
            ("direction", "Direction", [(way, f"{code.glyph} {code.label}") for way, code in DIRECTIONS.items()]),
            ("year", "Year", _options((year, year) for row in rows for year in row["years"])),
        ],
    }
    said = f"Dated steps towards the organisation, away from it, or neither: {_span(name, found)}."
    return Page(name, title, "timeline.html", values, said)


def _span(name: str, found: dict[str, list[dict[str, Any]]]) -> str:
    """The years of a page in words: those of its steps."""
    own = [row["earliest"].year for row in found[name]]
    return years(min(own), max(own)) if own else "all years"


def quarter_of(day: pd.Timestamp) -> str:
    """A quarter as an address holds it: '2022Q3'."""
    return f"{day.year}Q{day.quarter}"


def find_points(context: Context, state: str) -> list[dict[str, Any]]:
    """The turning points of a state, in order of time: day in words, text, and the quarter and the page that they lie in."""
    table = turning_points(context.focused(state))
    return [
        {
            "day": short_day(row.day),
            "text": row.text,
            "up": row.up,
            "quarter": quarter_of(row.day),
            "page": timeline_page(row.day.year),
        }
        for row in table.itertuples()
    ]


def _bars(found: dict[str, list[dict[str, Any]]], focus: str, acted: set[str]) -> list[dict[str, Any]]:
    """One bar a quarter from FIRST_BAR on: how many acts (ids in `acted`) of the focal state go which way, and all entries on it."""
    rows = [row for own in found.values() for row in own]
    own = [row for row in rows if row["subject"] == focus and row["earliest"].year >= FIRST_BAR]
    counts = Counter((row["quarter"], row["direction"]) for row in own if row["event_id"] in acted)
    entries = Counter(row["quarter"] for row in own)
    if not own:
        return []
    quarters = pd.period_range(f"{FIRST_BAR}Q1", max(row["earliest"] for row in own).to_period("Q"), freq="Q")
    bars = []
    for quarter in quarters:
        key = f"{quarter.year}Q{quarter.quarter}"
        bars.append(
            {
                "key": key,
                "page": timeline_page(quarter.year),
                "year": quarter.year,
                "first": quarter.quarter == 1,
                "towards": counts[key, "engage"],
                "away": counts[key, "disengage"],
                "all": entries[key],
            }
        )
    return bars


def _options(pairs: Any) -> list[tuple[str, str]]:
    return sorted(set(pairs), key=lambda pair: pair[1])
