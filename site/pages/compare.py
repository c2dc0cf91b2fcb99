"""Two members side by side: what the page's script works from."""

from __future__ import annotations

import json
from typing import Any

from markupsafe import Markup

from helpers.derive.codes import ABSENT, ATTENDED
from pages.context import Context, Page

LETTERS = {**dict.fromkeys(ATTENDED, "c"), **dict.fromkeys(ABSENT, "a")}  # came, stayed away; any other is not clear


def compare_page(context: Context) -> Page:
    """The page on which any two members can be put side by side: held exercises of the record's scope."""
    return Page(
        "compare",
        "Two members side by side",
        "compare.html",
        {"states": [(one, context.names[one]) for one in context.states], "data": _json(compare_data(context))},
        "Any two members: how often they came together, and at which exercises they differed.",
    )


def compare_data(context: Context) -> dict[str, Any]:
    """For each held exercise of the scope, the latest last: id, name, year, and of each state c, a, u, or - (not expected)."""
    held = context.record.register[context.record.register["status"] == "held"]
    rows = []
    for row in held.rename(columns={"name": "title"}).itertuples():
        cells = {cell["iso3"]: cell for cell in context.cells[row.exercise_id]}
        told = "".join(
            LETTERS.get(cells[one]["code"], "u") if cells[one]["expected"] else "-" for one in context.states
        )
        hosts = [at for at, one in enumerate(context.states) if one in row.hosts]
        rows.append([row.exercise_id, row.title, int(row.year), told, hosts])
    return {"states": context.states, "names": [context.names[one] for one in context.states], "rows": rows}


def _json(data: dict[str, Any]) -> Markup:
    """Data for a script element: no value can end it."""
    return Markup(json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c"))
