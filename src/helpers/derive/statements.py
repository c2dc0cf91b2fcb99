"""What one report says of each state: the one reading of a report.

1. A field that a report's `deprecated_fields` name says nothing.
2. A state named in `absent` is said to have stayed away (`absent`), whatever else the report says of it.
3. Else a host (`hosts`) is said to take part (`present`), if the report was made during or after the event and
   hosting one of its type is taking part (cells, rule 7), whatever the report's lists say.
4. Else a state in `participants` is said to take part (`present`). But if `participants_scope` is `boilerplate`,
   nobody is named: a phrase such as all member states proves nothing (`boilerplate`); and if `list_covers` is
   `several`, the state is said to be at the joint event and not at this drill (`jointly`).
5. Else a state named in `observers` is said to watch (`observer`).
6. Else, of an expected state, a list of participants given as complete says that it was not there (`omitted`),
   whether the list covers this drill or several; a partial list that lacks it proves nothing (`unnamed`); a phrase,
   or a report without a list, says nothing at all.
7. `absent_by` says whose word an absence is. A participant in `staff_only` sent only officers or staff.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

import pandas as pd

from helpers.derive.reports import Report

COMMITTED_VOICES = {"state", "organiser"}  # they make an absence declared or announced
ATTENDS = {"present", "observer"}
GUEST_TELLING = {*ATTENDS, "absent", "jointly"}  # a list may leave out a guest without saying anything of it
TELLING = {"present", "absent", "observer", "omitted"}  # statements that bear on a cell; the rest prove nothing


class Statement(NamedTuple):
    """What one report says of one state, and how far it is to be believed."""

    says: str  # present, absent, observer, omitted, jointly, boilerplate or unnamed
    by: str  # of an absence: state, organiser or third_party
    tier: int  # 1 if said during or after the exercise, 0 if before
    origin_id: str
    outlet: str
    seen: bool  # whether somebody read the text
    said_day: pd.Timestamp
    report_id: str
    staff: bool


class Lists(NamedTuple):
    """The lists of one text, for whoever asks `side_of` about something that is no report, such as a second coding."""

    participants: Collection[str] = ()
    participants_scope: str = ""
    absent: Collection[str] = ()
    observers: Collection[str] = ()
    hosts: Collection[str] = ()
    list_covers: str = ""
    deprecated_fields: Collection[str] = ()


def said_in(report: Report | Lists, field: str) -> Collection[str]:
    """The states in a list of a report; none if the field is deprecated."""
    return () if field in report.deprecated_fields else getattr(report, field)


def side_of(report: Report | Lists, state: str, counts_host: bool = True) -> str:
    """What one report says of one state, whoever was expected.

    Parameters
    ----------
    report
        A report, a row of the table `reports`, or the `Lists` of a text.
    state
        ISO code.
    counts_host
        Whether hosting is taking part.

    Returns
    -------
    str
        absent, present, jointly, boilerplate, observer, omitted (from a complete list) or unnamed.
    """
    if state in said_in(report, "absent"):
        return "absent"
    if counts_host and state in said_in(report, "hosts"):
        return "present"
    if state in said_in(report, "participants"):
        if report.participants_scope == "boilerplate":
            return "boilerplate"
        return "jointly" if report.list_covers else "present"
    if state in said_in(report, "observers"):
        return "observer"
    complete = bool(said_in(report, "participants")) and report.participants_scope == "complete"
    return "omitted" if complete else "unnamed"


def read_report(report: Report, counts_host: bool, expected: Collection[str]) -> dict[str, Statement]:
    """Read what one report says of the states that it names, and of expected ones that its list lacks.

    Parameters
    ----------
    report
        The report.
    counts_host
        Whether hosting the exercise is taking part.
    expected
        States that were expected.

    Returns
    -------
    dict
        {iso3: Statement}.
    """
    counts_host = counts_host and bool(report.tier)
    hosts = said_in(report, "hosts") if counts_host else ()
    named = {*said_in(report, "participants"), *said_in(report, "absent"), *said_in(report, "observers"), *hosts}
    lists = bool(said_in(report, "participants")) and report.participants_scope != "boilerplate"
    statements = {}
    for state in named | set(expected if lists else ()):
        says = side_of(report, state, counts_host)
        statements[state] = Statement(
            says,
            report.absent_by if says == "absent" else "",
            report.tier,
            report.origin_id,
            report.outlet,
            report.original_seen,
            report.said_day,
            report.report_id,
            state in report.staff_only,
        )
    return statements
