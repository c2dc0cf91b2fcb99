"""The page of each series of exercises, and the page that lists them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pandas as pd

from helpers.analyses.cadence.series import compute_lifelines, is_collection
from helpers.derive.codes import ATTENDED, CODES
from helpers.display.phrases import count, listed, number, years
from pages import words
from pages.context import Context, Page


def series_pages(context: Context) -> Iterator[Page]:
    """One page a series, then the page that lists them."""
    lives = compute_lifelines(context.record.whole()).set_index("series_id").to_dict("index")
    rows = []
    for series_id, series in context.series.items():
        editions = [row for row in context.exercises.values() if row["series_id"] == series_id]
        if not editions:
            continue
        named = not is_collection(series_id, [row["exercise_id"] for row in editions])
        sentence = (
            summarise(series["name"], editions, lives.get(series_id))
            if named
            else summarise_collection(series["name"], editions)
        )
        shown = [_edition(row, context) for row in reversed(editions)]
        marks = {cell["code"] for row in shown for cell in row["cells"]}
        values = {
            "series_id": series_id,
            "series": series,
            "named": named,
            "sentence": sentence,
            "due": _due(lives.get(series_id), context.record.last_year) if named else "",
            "editions": shown,
            "codes_shown": [code for code in CODES if code in marks],
            "came": _came(editions, context),
            "places": _places(editions, context),
            "force": words.FORCES.get(series["force"], series["force"])
            if any(row["is_own"] for row in editions)
            else "",
        }
        held = [row for row in editions if row["status"] == "held"]
        last = max((row["year"] for row in held), default=None)
        rows.append(
            {
                "id": series_id,
                "name": series["name"],
                "held": len(held),
                "last": last,
                "mandate": series["mandate"],
                "named": named,
            }
        )
        yield Page(f"series/{series_id}", series["name"], "series.html", values, sentence)
    rows.sort(key=lambda row: (not row["named"], -row["held"], row["name"]))
    yield Page(
        "series/index",
        "Series",
        "series_list.html",
        {"rows": rows},
        "Every series of exercises, with each time it was held and its rhythm.",
    )


def summarise_collection(name: str, editions: list[dict[str, Any]]) -> str:
    """One sentence on a series whose exercises bear names of their own: how many are on record, and were held."""
    held = sum(row["status"] == "held" for row in editions)
    first, last = min(row["year"] for row in editions), max(row["year"] for row in editions)
    return f"{name}: {number(len(editions))} on record, {years(first, last)}, of which {number(held)} {'was' if held == 1 else 'were'} held."


def summarise(name: str, editions: list[dict[str, Any]], life: dict[str, Any] | None) -> str:
    """One sentence: how often it was held, from when to when."""
    held = sorted(row["year"] for row in editions if row["status"] == "held")
    if not held:
        return f"{name}: none is reported as held; {count(len(editions), 'is', 'are')} on record."
    times = {1: "once", 2: "twice"}.get(len(held), f"{len(held)} times")
    if held[0] == held[-1]:
        return f"{name} was held {times}, in {held[0]}."
    quiet = (
        f"; it has not been held since {held[-1]}" if life and pd.notna(life["waiting"]) and life["waiting"] > 1 else ""
    )
    return f"{name} was held {times} from {held[0]} to {held[-1]}{quiet}."


def _due(life: dict[str, Any] | None, last_year: int) -> str:
    """Its rhythm, and when it is due."""
    if not life or pd.isna(life["first"]):
        return ""
    years = len(life["held"])
    parts = [
        f"Held in {count(years, 'year')}"
        + (
            f", with at most {count(life['longest'], 'year')} from one to the next."
            if pd.notna(life["longest"])
            else "."
        )
    ]
    if life["planned"]:
        parts.append(f"Announced for {listed(map(str, life['planned']))}.")
    if pd.notna(life["longest"]):
        late = life["waiting"] + 1 > life["longest"]
        due = life["last"] + life["longest"]
        parts.append(
            "It has waited longer than ever before." if late else f"It keeps its rhythm if it is held by {due}."
        )
    return " ".join(parts)


def _edition(row: dict[str, Any], context: Context) -> dict[str, Any]:
    cells = [cell for cell in context.cells[row["exercise_id"]] if cell["code"] not in ("not_expected", "not_held")]
    return row | {
        "host_names": [context.names[host] for host in row["hosts"]],
        "cells": cells if row["status"] == "held" else [],
        "place_names": [context.places[one]["name"] for one in row["place_ids"] if one in context.places],
    }


def _came(editions: list[dict[str, Any]], context: Context) -> list[tuple[str, str, int, int]]:
    """(code, name, came, clear cases) of each state that was expected at one that was held."""
    came: Counter[str] = Counter()
    clear: Counter[str] = Counter()
    for row in editions:
        for cell in context.cells[row["exercise_id"]] if row["status"] == "held" else []:
            if cell["expected"] and cell["code"] not in ("unknown", "conflicting"):
                clear[cell["iso3"]] += 1
                came[cell["iso3"]] += cell["code"] in ATTENDED
    return [(one, context.names[one], came[one], clear[one]) for one in context.states if clear[one]]


def _places(editions: list[dict[str, Any]], context: Context) -> list[tuple[str, str, int]]:
    """(place_id, name, times) of the places at which it was held, the most used first."""
    used = Counter(
        one for row in editions if row["status"] == "held" for one in row["place_ids"] if one in context.places
    )
    return sorted(((one, context.places[one]["name"], n) for one, n in used.items()), key=lambda row: (-row[2], row[1]))
