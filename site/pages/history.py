"""What changed since the last version that was released: numbers before and now, and the changelog.

`python site remember FOLDER` keeps the numbers of a data folder, that of the version just released, in `last_version.json`.
"""

from __future__ import annotations

import json
from pathlib import Path

import helpers
from helpers.analyses.disengagement.measures import compute_attendance
from helpers.derive.record import Record
from helpers.display.phrases import day
from helpers.loaders.contract import read_package
from helpers.loaders.tables import DATA
from pages import words
from pages.context import Page
from pages.share import releases

REMEMBERED = Path(__file__).parents[1] / "last_version.json"
COUNTED = (
    "exercises",
    "reports",
    "sources",
    "events",
    "places",
    "claims",
    "search_log",
)  # tables whose rows are counted


def numbers_of(record: Record) -> dict[str, str]:
    """What a reader compares between versions: rows of tables, and the numbers behind the findings."""
    data, held = record.data, (record.register["status"] == "held").sum()
    own = compute_attendance(record)
    return {f"Rows of {name.replace('_', ' ')}": f"{len(data[name]):,}" for name in COUNTED if name in data} | {
        "Exercises reported as held": f"{held:,}",
        f"Exercises to which {record.name} came before {day(record.split)}": f"{own.before.came} of {own.before.known}",
        f"Exercises to which {record.name} came since": f"{own.since.came} of {own.since.known}",
        "Cases on which no source is clear": f"{(record.held['code'].isin(['unknown', 'conflicting'])).sum():,}",
    }


def remember(folder: Path) -> None:
    """Keeps the numbers of a data folder as those of the last version."""
    record = helpers.open_record(data=folder)
    kept = {"version": read_package(folder)["version"], "numbers": numbers_of(record)}
    REMEMBERED.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def changes_page(record: Record) -> Page:
    """What changed: numbers against the last version, then the changelog."""
    before = (
        json.loads(REMEMBERED.read_text(encoding="utf-8")) if REMEMBERED.exists() else {"version": "", "numbers": {}}
    )
    now = numbers_of(record)
    rows = (
        [(what, before["numbers"].get(what, "none"), value) for what, value in now.items()] if before["numbers"] else []
    )
    told = [(version, [words.markdown(entry) for entry in entries]) for version, entries in releases()]
    values = {"rows": rows, "before": before["version"], "releases": told, "now": read_package(DATA)["version"]}
    return Page(
        "changes", "What changed", "changes.html", values, "What changed from version to version, in numbers and words."
    )
