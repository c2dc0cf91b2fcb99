"""The register, as plain values for its template. Nothing here is escaped: the template does that."""

from collections import defaultdict

import pandas as pd

from helpers.derive.codes import CODES
from pages import words


def register_page(data: dict[str, pd.DataFrame], tables: dict[str, pd.DataFrame]) -> dict:
    """What the register's template needs: its rows, newest first, its states, and the words of each filter."""
    register, cells = tables["register"], tables["attendance"]
    names = words.states(data)
    series = data["series"].set_index("series_id").to_dict("index")
    attendance = cells_by_exercise(cells)
    rows = [
        _row(exercise, attendance[exercise["exercise_id"]], names, series)
        for exercise in register[::-1].to_dict("records")
    ]
    states = [(state, names[state]) for state in sorted(cells["iso3"].unique())]
    return {
        "rows": rows,
        "states": states,
        "filters": [
            _filter("series", "Series", {row["series_id"]: row["series"] for row in rows}, by_label=True),
            _filter("year", "Year", {str(row["year"]): row["year"] for row in rows}),
            _filter("host", "Host", {h: names[h] for row in rows for h in row["hosts"]}, by_label=True),
            _filter(
                "class", "Class", {row["event_type"]: words.plain(row["event_type"]) for row in rows}, by_label=True
            ),
            _filter("status", "Status", {row["status"]: row["status"] for row in rows}, by_label=True),
            ("state", "State", states),
            ("attendance", "Attendance", [(key, label) for key, (label, _) in words.GROUPS.items()] + _codes(cells)),
        ],
    }


def _filter(name, label, options, by_label=False):
    return name, label, sorted(options.items(), key=lambda item: str(item[by_label]))


def _codes(cells):
    met = set(cells["code"])
    return [(name, code.label) for name, code in CODES.items() if name in met]


def cells_by_exercise(cells: pd.DataFrame) -> dict[str, list[dict]]:
    """The cells of each exercise, as rows that say whether the state came as a guest."""
    groups = defaultdict(list)
    for cell in cells.to_dict("records"):
        guest = not cell["expected"] and cell["code"] != "not_expected"
        groups[cell["exercise_id"]].append(cell | {"guest": guest})
    return groups


def _row(exercise, cells, names, series):
    own = series[exercise["series_id"]]
    return exercise | {
        "series": own["name"],
        "host_names": [names[host] for host in exercise["hosts"]],
        "cells": cells,
        "words": " ".join([*own["aliases"], own["name_ru"], *exercise["sites"], exercise["exercise_id"]]),
    }
