"""What every builder of pages works from: the record, its derived tables, and lookups that several pages need."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pandas as pd

from helpers.analyses.disengagement.measures import by_name, members_today
from helpers.analyses.network.co_attendance import compute_ties
from helpers.derive.record import Record
from helpers.loaders.contract import read_package
from helpers.loaders.tables import DATA
from pages import words


def base_url() -> str:
    """The address under which the pages are published, with a slash at its end; blank unless BASE_URL is set."""
    given = os.environ.get("BASE_URL", "").strip()
    if given and not given.startswith(("https://", "http://")):
        raise ValueError(f"BASE_URL is {given!r}, which does not begin with https:// or http://")
    return f"{given.rstrip('/')}/" if given else ""


@dataclass(frozen=True)
class Context:
    """The record in its own scope, and what pages look up in it.

    Attributes
    ----------
    record
        The record as `helpers.open_record` gives it.
    tables
        The derived tables, as `helpers.commands.export.derived_tables` gives them.
    """

    record: Record
    tables: dict[str, pd.DataFrame] = field(repr=False)

    @property
    def data(self) -> dict[str, pd.DataFrame]:
        """The tables as coded."""
        return self.record.data

    def table(self, name: str) -> pd.DataFrame:
        """A table as coded; empty if the package has none of that name."""
        return self.data.get(name, pd.DataFrame())

    @cached_property
    def register(self) -> pd.DataFrame:
        """Every exercise, with `state`: what a page calls its status."""
        register = self.tables["register"]
        return register.assign(
            state=[
                words.status(status, end, self.searched_to)
                for status, end in zip(register["status"], register["end_latest"], strict=True)
            ]
        )

    @cached_property
    def exercises(self) -> dict[str, dict[str, Any]]:
        """Rows of `register` by exercise_id."""
        return {row["exercise_id"]: row for row in self.register.to_dict("records")}

    @cached_property
    def listed(self) -> dict[str, str]:
        """What each exercise is called in a list without days: one that is numbered within its year has its month too."""
        return {one: words.list_name(row["name"], row["start_earliest"]) for one, row in self.exercises.items()}

    @cached_property
    def names(self) -> dict[str, str]:
        """Names of states by code."""
        return words.states(self.data)

    @cached_property
    def states(self) -> list[str]:
        """Every state ever bound: members of today, the focal state first and the others by name, then the former ones."""
        bound = set(self.tables["attendance"]["iso3"])
        today = [one for one in by_name(self.record, [*members_today(self.record)]) if one in bound]
        former = sorted(bound - set(today), key=self.names.__getitem__)
        return [*today, *former]

    @cached_property
    def former(self) -> set[str]:
        """Those of `states` that are no members on the record's last day."""
        return set(self.states) - set(members_today(self.record))

    @cached_property
    def cells(self) -> dict[str, list[dict[str, Any]]]:
        """The cells of each exercise, in the order of `states`, each saying whether the state came as a guest and hosted."""
        place = {state: at for at, state in enumerate(self.states)}
        groups = defaultdict(list)
        for cell in self.tables["attendance"].to_dict("records"):
            guest = not cell["expected"] and not cell["host"] and cell["code"] != "not_expected"
            came = cell["code"] in words.ATTENDED
            more = {"guest": guest, "host": cell["host"] and came, "state": self.names[cell["iso3"]]}
            groups[cell["exercise_id"]].append(cell | more)
        return {one: sorted(cells, key=lambda cell: place[cell["iso3"]]) for one, cells in groups.items()}

    @cached_property
    def series(self) -> dict[str, dict[str, Any]]:
        """Rows of the table `series` by series_id."""
        return self.data["series"].set_index("series_id").to_dict("index")

    @cached_property
    def sources(self) -> dict[str, dict[str, Any]]:
        """What a page tells of each publication, by source_id."""
        return {row["source_id"]: words.publication(row) for row in self.data["sources"].to_dict("records")}

    @cached_property
    def quotations(self) -> dict[tuple[str, str], list[dict[str, Any]]]:
        """What was read word for word, by (table, key of its row): quote, lang, read_on, archive, outlet, tongue."""
        found: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
        for row in self.table("quotations").to_dict("records"):
            source = self.sources[row["source_id"]]
            more = {
                "outlet": source["outlet"],
                "tongue": words.language(row),
                "archive": words.link(row["archive_url"]),
            }
            found[row["table"], row["row_key"]].append(row | more)
        return dict(found)

    @cached_property
    def ties(self) -> pd.DataFrame:
        """How often each pair of states came together, by period; the focal state plays no part."""
        return compute_ties(self.record)

    @cached_property
    def places(self) -> dict[str, dict[str, Any]]:
        """Rows of the table `places` by place_id."""
        places = self.table("places")
        return places.set_index("place_id").to_dict("index") if len(places) else {}

    @cached_property
    def searched_to(self) -> pd.Timestamp:
        """The last day on which something was looked for, or the last day of a source if that is later."""
        log = self.table("search_log")
        days = pd.to_datetime(log["searched_on"]) if len(log) else pd.Series(dtype="datetime64[ns]")
        return max(self.record.last_day, days.max()) if len(days) else self.record.last_day

    @cached_property
    def version(self) -> str:
        """The data version."""
        return str(read_package(DATA)["version"])

    def focused(self, state: str) -> Record:
        """The same record with another focal state."""
        return self.record.rescoped(focus=state)

    def publications(self, ids: Iterable[str]) -> list[dict[str, Any]]:
        """What a page tells of publications."""
        return [self.sources[one] for one in ids]


@dataclass(frozen=True)
class Page:
    """A page of the record: where it stands, its template, and what fills it.

    Attributes
    ----------
    path
        Address from the site's root, without `.html`.
    title
        Its title, in plain text.
    template
        Name of its template.
    values
        What the template needs.
    description
        A sentence for search engines and shared links.
    sections
        (anchor, heading) of the sections that a list on the page leads to.
    image
        Address from the root of the picture that a shared link shows; blank for that of the front page.
    """

    path: str
    title: str
    template: str
    values: dict[str, Any] = field(repr=False)
    description: str = ""
    sections: tuple[tuple[str, str], ...] = ()
    image: str = ""

    @property
    def root(self) -> str:
        """The way from the page up to the site's root."""
        return "../" * self.path.count("/")
