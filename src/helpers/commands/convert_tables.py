"""The tables of a package, from editions that were read from a table of others."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from helpers.display.phrases import shorten
from helpers.loaders import dates

MOST_LETTERS = 60  # of a name of a series or a place


class Edition(NamedTuple):
    """One row of a table of exercises; days are EDTF, states codes, places words. `own` is a name that is not its series'."""

    series: str
    name: str
    own: str
    start: str
    end: str
    states: tuple[str, ...]
    places: tuple[str, ...]

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


def slug(text: str) -> str:
    """Text as a key may hold it: lower-case Latin letters and digits, with hyphens; blank if it has none."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def _keys(names: Iterable[str]) -> dict[str, str]:
    """{name: its key}; names in other letters are numbered."""
    others: dict[str, str] = {}
    return {name: slug(name) or others.setdefault(name, f"x{len(others) + 1}") for name in names}


def make_tables(
    editions: Sequence[Edition], origin: Origin, known: Mapping[str, Mapping[str, str]]
) -> dict[str, list[dict[str, Any]]]:
    """The rows of each table of a package.

    Parameters
    ----------
    editions
        In the order of time.
    origin
        Whose exercises they are, and who made the table.
    known
        {iso3: row of countries}.

    Returns
    -------
    dict
        {table: its rows, sorted by key}; without a table that would have none.
    """
    source = slug(origin.dataset) or "table"
    first: dict[str, str] = {}
    for one in editions:
        for state in one.states:
            first.setdefault(state, dates.parse(one.start)[0].isoformat()[:10])
    series = _keys(one.series for one in editions)
    taken: Counter[str] = Counter()
    exercises, reports = [], []
    for one in editions:
        key = f"{slug(one.own) or series[one.series]}-{one.year}"
        taken[key] += 1
        key += f"-{taken[key]}" if taken[key] > 1 else ""
        row = {"exercise_id": key, "series_id": series[one.series], "event_type": "exercise", "organiser": origin.body}
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
        **({"places": places} if (places := _place_rows(editions)) else {}),
        "reports": sorted(reports, key=lambda row: row["report_id"]),
        "series": [
            {"series_id": key, "name": name, "force": origin.body}
            for key, name in sorted({key: name for name, key in series.items()}.items())
        ],
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


def _place_rows(editions: Sequence[Edition]) -> list[dict[str, str]]:
    """A row a place that the table names; of what kind one is, it does not say. Spellings with one key are one place."""
    spellings: dict[str, list[str]] = {}
    for name, key in _keys(sorted({name for one in editions for name in one.places})).items():
        spellings.setdefault(key, []).append(name)
    rows = []
    for key, names in sorted(spellings.items()):
        name = shorten(names[0], MOST_LETTERS)
        rows.append(
            {
                "place_id": key,
                "name": name,
                "aliases": ";".join(other for other in names if other != name),
                "kind": "region",  # the vaguest there is
                "note": "As the table names it; of what kind it is, and where, is not said.",
            }
        )
    return rows


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
        "sites": ";".join(one.places),
        "participants": ";".join(sorted(one.states)),
        "participants_scope": ("complete" if complete else "partial") if one.states else "",
    }
