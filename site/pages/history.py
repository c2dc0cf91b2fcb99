"""What changed since the last version that was released: numbers, answers and verdicts before and now, and the changelog.

`python site remember FOLDER` keeps what a data folder gives, that of the version just released, in `last_version.json`. What
differs from it is found as `python -m helpers changes` finds it.
"""

from __future__ import annotations

import json
from pathlib import Path

import helpers
from helpers.analyses.disengagement.measures import compute_attendance
from helpers.commands import changes
from helpers.derive.record import Record
from helpers.derive.scope import Scope
from helpers.display.phrases import day
from helpers.loaders.contract import read_package
from helpers.loaders.tables import DATA, read_scope
from pages.context import Page
from pages.readme import START
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
    """Keeps the numbers of a data folder, the answers that the start notebook gives on it, and the verdicts on claims."""
    record = helpers.open_record(data=folder)
    (said,) = changes.findings([folder], [START])
    kept = {
        "version": read_package(folder)["version"],
        "numbers": numbers_of(record),
        "findings": said,
        "verdicts": changes.verdicts_of(record),
    }
    REMEMBERED.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def changes_page(record: Record, executed: Path) -> Page:
    """What changed: numbers, answers and verdicts against the last version, then the changelog.

    Parameters
    ----------
    record
        The record; one of another scope than the package's own is compared with nothing.
    executed
        Folder of executed notebooks.
    """
    before = json.loads(REMEMBERED.read_text(encoding="utf-8")) if REMEMBERED.exists() else {"version": ""}
    rows, said, turned = [], {}, {}
    if before["version"] and record.scope == Scope.of({}, read_scope(DATA)):
        rows = [(what, before["numbers"].get(what, "none"), value) for what, value in numbers_of(record).items()]
        if "findings" in before:  # versions to 0.3.0 kept numbers alone
            said = changes.of_texts(before["findings"], changes.said_in(executed / START.name, START.stem))
            turned = changes.of_texts(before["verdicts"], changes.verdicts_of(record))
    values = {
        "rows": rows,
        "said": list(said.values()),
        "turned": [(claim.partition(": ")[2], *pair) for claim, pair in turned.items()],
        "before": before["version"],
        "releases": releases(),
        "now": read_package(DATA)["version"],
    }
    return Page(
        "changes", "What changed", "changes.html", values, "What changed from version to version, in numbers and words."
    )
