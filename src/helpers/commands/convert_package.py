"""Writes editions that were read from a table of others as a data package, and says what it cannot say."""

from __future__ import annotations

import csv
import json
import os
import re
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from helpers.derive.record import open_record
from helpers.loaders import dates
from helpers.loaders.contract import RECORD, read_package

FORCED = {"forces": "force", "series": "force", "exercises": "organiser"}  # columns that name the organisation


class Edition(NamedTuple):
    """One row of a table of exercises; days are EDTF, states codes."""

    series: str
    name: str
    start: str
    end: str
    states: tuple[str, ...]
    note: str

    @property
    def year(self) -> int:
        """The year in which it began."""
        return int(self.start[:4])


@dataclass(frozen=True)
class Origin:
    """Whose exercises they are, and who made the table.

    Attributes
    ----------
    body
        Short name of the organisation or of the circle of states, in capitals.
    title
        Its name in full.
    dataset, address, published
        Name, address and day (EDTF) of the table.
    complete
        Whether the table presents its lists of states as full: a state that is not in one then stayed away.
    focus, split
        The state looked at and the day that divides before from since; blank for those that the table suggests.
    """

    body: str
    title: str
    dataset: str
    address: str
    published: str
    complete: bool = False
    focus: str = ""
    split: str = ""


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
    limits, tables = _limits(editions, origin.complete), _tables(editions, origin, known)
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
        "Evidence: one source. No row can be checked against a second one, and no exercise is dated by a report of the day.",
        "What was planned, called off or moved, who hosted, who only watched, and how many troops came: not coded.",
        *([f"{silent} of {len(editions)} exercises name no state."] if silent else []),
        *([f"{vague} of {len(editions)} exercises have no exact first or last day."] if vague else []),
    ]


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "x"


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
        "name": f"{_slug(origin.body)}-exercises",
        "title": f"Exercises: {origin.title}",
        "description": f"Converted from {origin.dataset}. " + " ".join(limits),
        "version": "0.1.0",
        "scope": scope,
        "resources": resources,
    }


def _since_first(editions: Sequence[Edition], state: str) -> int:
    """How many exercises there were from the first that names a state."""
    return len(editions) - next(at for at, one in enumerate(editions) if state in one.states)


def _tables(
    editions: Sequence[Edition], origin: Origin, known: Mapping[str, Mapping[str, str]]
) -> dict[str, list[dict[str, Any]]]:
    """The rows of each table, sorted by key."""
    source = _slug(origin.dataset)
    first: dict[str, str] = {}
    for one in editions:
        for state in one.states:
            first.setdefault(state, dates.parse(one.start)[0].isoformat()[:10])
    series = {_slug(one.series): one.series for one in editions}
    taken: Counter[str] = Counter()
    exercises, reports = [], []
    for one in editions:
        key = f"{_slug(one.series)}-{one.year}"
        taken[key] += 1
        key += f"-{taken[key]}" if taken[key] > 1 else ""
        row = {"exercise_id": key, "series_id": _slug(one.series), "event_type": "exercise", "organiser": origin.body}
        exercises.append(row | {"note": f"Called {one.name} in the table." if one.name else ""})
        reports.append(_report(key, source, one, origin.complete))
    years = sorted(one.year for one in editions)
    middle = years[len(years) // 2]
    return {
        "bodies": [{"body": origin.body, "name": origin.title, "binding": "true"}],
        "countries": [_country(state, known[state]) for state in sorted(first)],
        "exercises": sorted(exercises, key=lambda row: row["exercise_id"]),
        "memberships": [
            {
                "iso3": state,
                "body": origin.body,
                "status": "member",
                "date_basis": "effect",
                "start": first[state],
                "source_ids": source,
                "note": "Assumed: from the exercise at which the table first names it.",
            }
            for state in sorted(first)
        ],
        "periods": [
            {"since": since, "until": until, "why": f"The {half} half of the exercises in the table"}
            for since, until, half in [(years[0], middle - 1, "first"), (middle, years[-1], "second")]
            if since <= until
        ],
        "reports": sorted(reports, key=lambda row: row["report_id"]),
        "series": [{"series_id": key, "name": series[key], "force": origin.body} for key in sorted(series)],
        "sources": [
            {
                "source_id": source,
                "outlet": origin.dataset,
                "kind": "analysis",
                "title": origin.dataset,
                "url": origin.address,
                "published_on": origin.published,
                "lang": "en",
                "origin_id": source,
                "original_seen": "true",
            }
        ],
    }


def _country(state: str, row: Mapping[str, str]) -> dict[str, str]:
    return {"iso3": state} | {name: row.get(name) or "" for name in ("name", "name_ru", "aliases", "cow", "gw")}


def _report(exercise: str, source: str, one: Edition, complete: bool) -> dict[str, str]:
    """What the table says of one exercise; an end before the start, which some tables have, is left out."""
    ends = one.end if one.end and dates.parse(one.end)[1] >= dates.parse(one.start)[0] else ""
    return {
        "report_id": f"{exercise}.01",
        "exercise_id": exercise,
        "source_id": source,
        "phase": "after",
        "start": one.start,
        "end": ends,
        "status": "held",
        "participants": ";".join(sorted(one.states)),
        "participants_scope": ("complete" if complete else "partial") if one.states else "",
        "note": one.note,
    }
