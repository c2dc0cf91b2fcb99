"""Writes editions that were read from a table of others as a data package, and says what it cannot say."""

from __future__ import annotations

import csv
import json
import os
import re
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from helpers.commands.convert_tables import Edition, Origin, make_tables, slug
from helpers.derive.record import open_record
from helpers.loaders.contract import RECORD, read_package

FORCED = {"forces": "force", "series": "force", "exercises": "organiser"}  # columns that name the organisation


def write_package(
    folder: Path, editions: Sequence[Edition], origin: Origin, known: Mapping[str, Mapping[str, str]]
) -> str:
    """Write a data package, whole or not at all.

    Parameters
    ----------
    folder
        A folder that is not there yet, or empty.
    editions
        In the order of time.
    origin
        Whose exercises they are, and who made the table.
    known
        {iso3: row of countries}.

    Returns
    -------
    str
        What it holds, and what it cannot say, in lines.

    Raises
    ------
    DataError
        If the contract refuses what the table holds; nothing is written then.
    ValueError
        In one line, if the folder holds something, or the table names no state.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ValueError(f"{folder.name}: is there already; name a folder that is not")
    if not any(one.states for one in editions):
        raise ValueError("the table names no state at any exercise")
    if not re.fullmatch(r"[A-Z][A-Z0-9-]*", origin.body):
        raise ValueError(f"--body is {origin.body!r}; it is a short name in capitals")
    limits, tables = _limits(editions, origin.complete), make_tables(editions, origin, known)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".convert-") as place:
        made = Path(place) / folder.name
        made.mkdir()
        descriptor = _descriptor(editions, origin, limits)
        (made / "datapackage.json").write_text(
            json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n", encoding="utf-8"
        )
        for name, rows in tables.items():
            with (made / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
                writer.writeheader()
                writer.writerows(rows)
        record = open_record(DATA=made)
        if folder.exists():
            folder.rmdir()
        os.replace(made, folder)
    held = (
        f"{len(editions)} exercises of {editions[0].year} to {editions[-1].year}, {len(tables['memberships'])} states"
    )
    focus = f"It looks at {record.name}, before and since {record.split}; --focus and --split name others."
    return "\n".join(
        [f"{folder.name}: {held}.", focus, "", "What the table cannot say:", *(f"- {one}" for one in limits)]
    )


def _limits(editions: Sequence[Edition], complete: bool) -> list[str]:
    """What a table of exercises and states cannot say, in sentences."""
    silent = sum(not one.states for one in editions)
    vague = sum(len(one.start) < len("2000-01-01") or len(one.end) < len("2000-01-01") for one in editions)
    absence = (
        "Absence: taken from the lists, which were declared complete. A state that a list lacks counts as having stayed away; "
        "who was invited, and whether it refused, is not known."
        if complete
        else "Absence: the table names who came and nobody who stayed away. A state that is not named is unknown here, never "
        "absent, so every share of exercises attended is 100% of those known."
    )
    return [
        absence,
        "Membership: the table has none. A state counts as bound from the exercise at which the table first names it, without an "
        "end; replace memberships.csv by what treaties or invitations say.",
        "Places: in the table's own words, without coordinates, so that no map is drawn.",
        "Evidence: one source. No row can be checked against a second one, and no exercise is dated by a report of the day.",
        "What was planned, called off or moved, who hosted, who only watched, and how many troops came: not coded.",
        *([f"Participants: the table names no state at {silent} of {len(editions)} exercises."] if silent else []),
        *([f"Days: the first or the last is not exact at {vague} of {len(editions)} exercises."] if vague else []),
    ]


def _descriptor(editions: Sequence[Edition], origin: Origin, limits: Sequence[str]) -> dict[str, Any]:
    """What differs from the shared contract: names, the scope, and the one organisation."""
    named = Counter(state for one in editions for state in one.states)
    both = {state: min(times, _since_first(editions, state) - times) for state, times in named.items()}
    middle = sorted(one.year for one in editions)[len(editions) // 2]
    scope = {
        "since": editions[0].year,
        "until": editions[-1].year,
        "classes": ["exercise"],
        "unit": "component",
        "grade": "C",
        "focus": origin.focus or min(both, key=lambda state: (-both[state], state)),  # often there, and often not named
        "split": origin.split or f"{middle}-01-01",
    }
    resources = [
        {"name": table, "schema": {"fields": [{"name": column, "constraints": {"enum": [origin.body]}}]}}
        for table, column in FORCED.items()
    ]
    resources.append({"name": "reports", "schema": {"fields": [{"name": "forces", "itemEnum": [origin.body]}]}})
    return {
        "extends": read_package(RECORD)["name"],
        "name": f"{slug(origin.body)}-exercises",
        "title": f"Exercises: {origin.title}",
        "description": f"Converted from {origin.dataset}. " + " ".join(limits),
        "version": "0.1.0",
        "scope": scope,
        "resources": resources,
    }


def _since_first(editions: Sequence[Edition], state: str) -> int:
    """How many exercises there were from the first that names a state."""
    return len(editions) - next(at for at, one in enumerate(editions) if state in one.states)
