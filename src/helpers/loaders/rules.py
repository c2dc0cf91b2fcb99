"""Rules that span columns or tables, which a Data Package cannot express: one small check a table.

A check takes a table of text cells, indexed by line number, and yields a (line, column, value, problem) for each fault.
"""

import unicodedata
from collections.abc import Callable, Iterator

import pandas as pd

from helpers.loaders import dates, rules_rows
from helpers.loaders.cells import faults_of
from helpers.loaders.characters import outlines
from helpers.loaders.contract import CellFault, short


def _spans(table: pd.DataFrame) -> Iterator[CellFault]:
    """A spell or an edition does not end before it starts."""
    for row in table.itertuples():
        if row.start and row.end and dates.parse(row.end)[1] < dates.parse(row.start)[0]:
            yield row.Index, "end", row.end, f"lies before the start, {row.start}"


def _reports(table: pd.DataFrame) -> Iterator[CellFault]:
    """Lists and what qualifies them go together, and no state is named both as present and as absent."""
    yield from _spans(table)
    columns = set(table.columns)
    for row in table.itertuples():
        present, absent = set(row.participants.split(";")) - {""}, set(row.absent.split(";")) - {""}
        if both := present & absent:
            yield row.Index, "absent", row.absent, f"names {', '.join(sorted(both))}, which participants names too"
        if bool(present) != bool(row.participants_scope):
            yield (
                row.Index,
                "participants_scope",
                row.participants_scope,
                "must be filled if, and only if, participants is",
            )
        if bool(absent) != bool(row.absent_by):
            yield row.Index, "absent_by", row.absent_by, "must be filled if, and only if, absent is"
        if getattr(row, "absent_reason_by", "") and not row.absent_reason:
            yield row.Index, "absent_reason_by", row.absent_reason_by, "must be blank; no reason is given"
        if extra := set(row.staff_only.split(";")) - {""} - present:
            yield (
                row.Index,
                "staff_only",
                row.staff_only,
                f"names {', '.join(sorted(extra))}, which participants does not",
            )
        if bool(row.troops) != bool(row.troops_scope):
            yield row.Index, "troops_scope", row.troops_scope, "must be filled if, and only if, troops is"
        if unknown := set(row.deprecated_fields.split(";")) - {""} - columns:
            yield (
                row.Index,
                "deprecated_fields",
                row.deprecated_fields,
                f"names no column of this table: {', '.join(sorted(unknown))}",
            )
        if bool(row.deprecated_fields) != bool(row.deprecated_why):
            yield (
                row.Index,
                "deprecated_why",
                row.deprecated_why,
                "must be filled if, and only if, deprecated_fields is",
            )


def _spellings(table: pd.DataFrame, column: str) -> Iterator[CellFault]:
    """One name has one spelling: what is drawn alike, or is the same in another alphabet, would be counted twice."""
    first: dict[str, str] = {}
    wrong = {}
    for name in table[column].unique():
        other = next((first[outline] for outline in outlines(name) if first.get(outline, name) != name), "")
        if other:
            wrong[name] = f"is {other!r} in another spelling; one name has one spelling"
        for outline in outlines(name) if name else ():
            first.setdefault(outline, name)
    yield from faults_of(table[column], wrong)


def _names(table: pd.DataFrame) -> Iterator[CellFault]:
    """Names of rows differ, and by more than their spelling."""
    yield from _spellings(table, "name")
    for line, name in table.loc[table["name"].duplicated(), "name"].items():
        yield line, "name", name, "is the name of a row above"


def _sources(table: pd.DataFrame) -> Iterator[CellFault]:
    """A source can be looked up, and its outlet has one name."""
    yield from _spellings(table, "outlet")
    for row in table.itertuples():
        if not row.url and not row.file:
            yield row.Index, "url", row.url, "is blank; a source needs an address or, for a founding article, a file"


def _events(table: pd.DataFrame) -> Iterator[CellFault]:
    """A neutral step has no rung, any other has one, and its text is short; a step of no single state is the organisation's."""
    for row in table.itertuples():
        if (row.track == "organisation") == bool(row.subject):
            yield row.Index, "track", row.track, "must be organisation for a step without a subject, and for no other"
        if (row.direction == "neutral") == bool(row.rung):
            yield row.Index, "rung", row.rung, "must be blank for a neutral step and filled for any other"
        if len(row.what.split()) > MAX_WORDS:
            yield row.Index, "what", row.what, f"has more than {MAX_WORDS} words"


def _double_coding(table: pd.DataFrame) -> Iterator[CellFault]:
    """Where two coders differ, and only there, it is said how that was resolved and why."""
    for row in table.itertuples():
        if (row.first != row.second) != bool(row.resolved):
            yield row.Index, "resolved", row.resolved, "must be filled if, and only if, first and second differ"
        if bool(row.resolved) != bool(row.why):
            yield row.Index, "why", row.why, "must be filled if, and only if, resolved is"


NEEDED: dict[str, set[str]] = {  # test of a claim: the columns that it cannot do without
    "missed_all": {"subject", "since"},
    "missed_at_least": {"subject", "since", "number"},
    "skipped_meetings": {"subject", "since"},
    "first_missed": {"subject", "since", "until"},
    "absent_at": {"subject", "exercise_ids"},
    "present_at": {"subject", "exercise_ids"},
    "host_is": {"exercise_ids", "value"},
    "status_is": {"exercise_ids", "value"},
    "has_left": {"subject"},
    "no_notice": {"subject"},
    "took_status": {"subject", "value"},
    "members": {"number"},
    "nth_to_leave": {"number"},
    "said": set(),
    "untestable": set(),
}
READS = {  # the columns that it reads where they are filled
    "missed_all": {"until"},
    "missed_at_least": {"until"},
    "skipped_meetings": {"until"},
    "has_left": {"until"},
    "no_notice": {"until"},
    "took_status": {"since", "until"},
    "members": {"until"},
    "nth_to_leave": {"until"},
}
ASKED = ("since", "until", "number", "exercise_ids", "value")  # columns that only some tests read
VALUES = {
    "status_is": {"held", "planned", "cancelled", "postponed", "relocated", "merged", "unverified"},
    "took_status": {"party", "member", "suspended", "observer", "signatory"},
}
CLAIM_WORDS = 15  # of a claim's quotation


def _claims(table: pd.DataFrame) -> Iterator[CellFault]:
    """A claim has the columns that its test needs, and none that the test does not read."""
    for line, claim in zip(table.index.tolist(), table.to_dict("records"), strict=True):
        test = claim["test"]
        for column in sorted(NEEDED[test]):
            if not claim[column]:
                yield line, column, "", f"is blank; the test {test} needs it"
        for column in ASKED:
            if claim[column] and column not in NEEDED[test] | READS.get(test, set()):
                yield line, column, claim[column], f"must be blank; the test {test} does not read it"
        entries = claim["events_for"] or claim["events_against"]
        if test == "said" and not entries:
            yield line, "events_for", "", "is blank, as is events_against; the test said needs one of them"
        if test == "untestable" and entries:
            yield line, "test", test, "does not go with entries of events, which test the claim"
        if claim["value"] and test in VALUES and claim["value"] not in VALUES[test]:
            yield line, "value", claim["value"], f"is not one of: {', '.join(sorted(VALUES[test]))}"
        if len(claim["quote"].split()) > CLAIM_WORDS:
            yield line, "quote", claim["quote"], f"has more than {CLAIM_WORDS} words"


def comparable(name: str) -> str:
    """A name in the form in which names of places are compared (Unicode NFC): an accented letter can be typed in two ways."""
    return unicodedata.normalize("NFC", name)


LATITUDES, LONGITUDES = (-90, 90), (-180, 180)  # degrees


def _places(table: pd.DataFrame) -> Iterator[CellFault]:
    """A name that two places have; coordinates that lack one of the two, lie off the globe, or come from nowhere."""
    owner: dict[str, str] = {}
    for row in table.itertuples():
        for column, names in (("name", [row.name]), ("aliases", row.aliases.split(";") if row.aliases else [])):
            other = {name: owner.setdefault(comparable(name), row.place_id) for name in names}
            for name, place in other.items():
                if place != row.place_id:
                    yield row.Index, column, name, f"is a name of {place} already; a name belongs to one place"
        for column, (least, most) in (("latitude", LATITUDES), ("longitude", LONGITUDES)):
            value = getattr(row, column)
            if value and not least <= float(value) <= most:
                yield row.Index, column, value, f"is not between {least} and {most} degrees"
        if bool(row.latitude) != bool(row.longitude):
            yield row.Index, "longitude", row.longitude, "must be filled if, and only if, latitude is"
        elif row.latitude and not row.source_ids:
            yield row.Index, "source_ids", "", "is blank; coordinates need a source"


def check_sites(reports: pd.DataFrame, places: pd.DataFrame) -> list[CellFault]:
    """The faults of `sites`: names that the table of places does not have. Without a place in it they are free text."""
    if places.empty:
        return []
    lists = places["aliases"].str.split(";").explode()
    known = {comparable(name) for name in [*places["name"], *lists]}
    problems: dict[str, str] = {}
    for value in reports["sites"].unique():
        if unknown := [name for name in value.split(";") if name and comparable(name) not in known]:
            named = short(", ".join(unknown))
            problems[value] = f"names {named}, which is no name or alias in places.csv; add it to its place there"
    return faults_of(reports["sites"], problems)


def check_rules(name: str, table: pd.DataFrame) -> list[CellFault]:
    """Hold a table to the rules that span its columns.

    Parameters
    ----------
    name
        Name of the table; one without rules has no faults.
    table
        Its text cells, indexed by line number, without the rows that are faulty already.

    Returns
    -------
    list of tuple
        (line, column, value, problem) of each fault.
    """
    return list(CHECKS[name](table)) if name in CHECKS else []


def check_cases(table: pd.DataFrame, events: pd.DataFrame) -> Iterator[CellFault]:
    """Hold the table `cases` to the rule that a case is one state's.

    Parameters
    ----------
    table, events
        Text cells of `cases` and of `events`, indexed by line number.

    Yields
    ------
    tuple
        (line, column, value, problem) of each case whose event names no state.
    """
    subject = dict(zip(events["event_id"], events["subject"], strict=True))
    for line, event in table["event_id"].items():
        if event in subject and not subject[event]:
            yield line, "event_id", event, "names an entry of events.csv without a subject; a case is one state's"


def _quotations(table: pd.DataFrame) -> Iterator[CellFault]:
    """A quotation is short."""
    for line, quote in zip(table.index.tolist(), table["quote"], strict=True):
        if len(quote.split()) > MAX_WORDS:
            yield line, "quote", quote, f"has more than {MAX_WORDS} words"


MAX_WORDS = 25  # what a timeline label and a table row can hold; and of a quotation


CHECKS: dict[str, Callable[[pd.DataFrame], Iterator[CellFault]]] = {
    "reports": _reports,
    "places": _places,
    "sources": _sources,
    "countries": _names,
    "bodies": _names,
    "series": _names,
    "events": _events,
    "claims": _claims,
    "double_coding": _double_coding,
    "step_coding": _double_coding,
    "memberships": _spans,
    "forces": _spans,
    "offices": _spans,
    "quotations": _quotations,
    **rules_rows.CHECKS,
}
