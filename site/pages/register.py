"""The register, as plain values for its template. Nothing here is escaped: the template does that."""

from __future__ import annotations

from typing import Any

from helpers.derive.codes import CODES
from pages import words
from pages.context import Context, Page

DESCRIPTION = "Every exercise, operation, staff training and meeting in the record, with who came, who stayed away, and how we know."


def register_page(context: Context) -> Page:
    """The register: what was held or should have been, the latest first, then what is still ahead."""
    today = [state for state in context.states if state not in context.former]
    rows = [_row(exercise, context, today) for exercise in reversed(list(context.exercises.values()))]
    rows.sort(key=lambda row: row["ahead"])  # stable: each part stays in order of time
    codes = {cell["code"] for row in rows for cell in (*row["cells"], *row["former"])}
    values = {
        "rows": rows,
        "states": [(state, context.names[state]) for state in today],
        "organisation": context.record.organisation,
        "filters": [
            ("run", "Run by", [("others", "others"), ("any", "anybody")]),
            _filter("series", "Series", {row["series_id"]: row["series"] for row in rows}, by_label=True),
            _filter("year", "Year", {str(row["year"]): row["year"] for row in rows}),
            _filter("host", "Host", {h: context.names[h] for row in rows for h in row["hosts"]}, by_label=True),
            _filter(
                "class", "Kind", {row["event_type"]: words.plain(row["event_type"]) for row in rows}, by_label=True
            ),
            _filter("status", "Status", {row["state"].replace(" ", "-"): row["state"] for row in rows}, by_label=True),
            ("state", "State", [(state, context.names[state]) for state in context.states]),
            (
                "attendance",
                "Attendance",
                [(key, label) for key, (label, _) in words.GROUPS.items()]
                + [(name, code.label) for name, code in CODES.items() if name in codes],
            ),
        ],
    }
    return Page("register", "Register", "register.html", values, DESCRIPTION)


def _filter(name: str, label: str, options: dict[str, Any], by_label: bool = False) -> tuple[str, str, list]:
    return name, label, sorted(options.items(), key=lambda item: str(item[by_label]))


def _row(exercise: dict[str, Any], context: Context, today: list[str]) -> dict[str, Any]:
    own, cells = context.series[exercise["series_id"]], context.cells[exercise["exercise_id"]]
    waits = exercise["state"] in (words.STATUS["planned"], words.STATUS["unverified"])
    return exercise | {
        "series": own["name"],
        "host_names": [context.names[host] for host in exercise["hosts"]],
        "cells": [cell for cell in cells if cell["iso3"] in today],
        "former": [cell for cell in cells if cell["iso3"] not in today and cell["code"] != "not_expected"],
        "ahead": waits and exercise["start_latest"] > context.record.last_day,
        "words": " ".join([*own["aliases"], own["name_ru"], *exercise["sites"], exercise["exercise_id"]]),
    }
