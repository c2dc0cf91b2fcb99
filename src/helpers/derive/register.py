"""From reports to one row an exercise: status, dates, hosts, and the reports behind each.

Every field takes the value of the best-ranked report that states it (`helpers.derive.reports` says which that is). A
deprecated field never counts. Where reports of the same standing disagree, the field is named in `conflicts`; where the
plan was otherwise, in `changed`.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import pandas as pd

from helpers.derive.membership import binding_bodies
from helpers.derive.places import locate, place_key
from helpers.derive.reports import PHASES, Report, reports_by_exercise
from helpers.loaders import dates

NOT_HELD = {"cancelled", "postponed", "relocated", "merged"}


class FieldValue(NamedTuple):
    """What the reports make of one field: its value, the report that states it, and who says otherwise."""

    value: Any
    report_id: str
    conflict: bool  # a report of the same standing differs
    change: bool  # a report of the standing below, a plan, differs


def cutoff(sources: pd.DataFrame) -> pd.Timestamp:
    """The last day on which a source is known to have been published: what lies beyond it is planned, never absent.

    A date that gives only a month or a year counts from its first day, lest one vague source close a year that is open.

    Parameters
    ----------
    sources
        The table `sources`, of which `published_on` is read.

    Returns
    -------
    Timestamp
    """
    return dates.bounds(sources["published_on"])["earliest"].max()


def edition_year(exercise_id: str) -> int:
    """The year for which an edition was planned, as its id says: the last four digits that stand alone.

    Parameters
    ----------
    exercise_id
        Such as `cobalt-2022` or `search-2018-2`.

    Returns
    -------
    int
    """
    return next(int(part) for part in reversed(exercise_id.split("-")) if part.isdigit() and len(part) == 4)


def edition_name(exercise_id: str, series_id: str, series_name: str) -> str:
    """Name of an edition: the series' name and what the id adds to it, or the id's own words without such a name.

    Parameters
    ----------
    exercise_id, series_id
        Ids of the edition and of its series.
    series_name
        Name of the series.

    Returns
    -------
    str
        Such as `Cobalt 2022`.
    """
    start, rest = (
        (series_name, exercise_id[len(series_id) + 1 :])
        if exercise_id.startswith(f"{series_id}-")
        else ("", exercise_id)
    )
    head, year, more = rest.rpartition(str(edition_year(exercise_id)))
    words = " ".join([start, *head.replace("-", " ").title().split()]).strip()
    return f"{words} {year}{more}"


def derive_register(data: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Derive what the reports make of every exercise: its status, dates and hosts, and the evidence for each.

    Parameters
    ----------
    data
        The loaded tables.

    Returns
    -------
    DataFrame
        One row an exercise, sorted by first day and id.

        - Identity: exercise_id, series_id, name, year (planned), event_type, organiser, is_own (the organisation's, at
          which its members are expected; at others they are invited), parent_id, umbrella_id (the parent's id, or its
          own), is_umbrella.
        - Beliefs: status (held, planned, cancelled, postponed, relocated, merged, unverified), start, end (EDTF),
          start_earliest, start_latest, end_earliest, end_latest (days), hosts, sites, forces, place_ids (tuples).
        - Evidence: status_report, start_report, end_report, hosts_report, place_report (ids), reports, families,
          after_reports (numbers), conflicts, changed (tuples of field names).
    """
    reports = reports_by_exercise(data)
    summaries = {one: summarise_reports(reports[one]) for one in data["exercises"]["exercise_id"]}
    return locate(assemble_register(data, summaries), reports, place_key(data))


def assemble_register(data: Mapping[str, pd.DataFrame], summaries: Mapping[str, dict[str, Any]]) -> pd.DataFrame:
    """Put the register together from what the reports of each exercise make of it.

    This adds what an exercise's own reports do not say: its identity, what follows for an umbrella from its parts, and
    that a plan whose day has passed without word is unverified.

    Parameters
    ----------
    data
        The loaded tables, of which `exercises`, `series`, `bodies` and `sources` are read.
    summaries
        {exercise_id: what `summarise_reports` gives}.

    Returns
    -------
    DataFrame
        As `derive_register`, without places.
    """
    series = data["series"].set_index("series_id")[["name", "force"]].to_dict("index")
    own_bodies = binding_bodies(data["bodies"])
    rows = [
        _describe_exercise(exercise, summaries[exercise["exercise_id"]], series[exercise["series_id"]], own_bodies)
        for exercise in data["exercises"].to_dict("records")
    ]
    _cover_parts(rows)
    own = {row["exercise_id"] for row in rows if row["is_own"]}
    for row in rows:  # a part of somebody else's exercise stands alone in this record
        row["umbrella_id"] = row["parent_id"] if row["parent_id"] in own else row["exercise_id"]
    last_day = cutoff(data["sources"]).date()
    for row in rows:
        if row["status"] == "planned" and dates.parse(row["end"])[1] <= last_day:
            row["status"] = "unverified"
    table = pd.DataFrame(rows)
    for end in ("start", "end"):
        days = dates.bounds(table[end])
        table[[f"{end}_earliest", f"{end}_latest"]] = days
    return table.sort_values(["start_earliest", "exercise_id"]).reset_index(drop=True)


def _describe_exercise(
    exercise: Mapping[Any, Any], summary: dict[str, Any], series: Mapping[Any, Any], own_bodies: set[str]
) -> dict[str, Any]:
    """The row of one exercise: its identity and what its reports say, with the plan year where they give no date."""
    year = edition_year(exercise["exercise_id"])
    identity = {
        "exercise_id": exercise["exercise_id"],
        "series_id": exercise["series_id"],
        "name": edition_name(exercise["exercise_id"], exercise["series_id"], series["name"]),
        "year": year,
        "event_type": exercise["event_type"],
        "organiser": exercise["organiser"],
        "is_own": exercise["organiser"] in own_bodies,
        "parent_id": exercise["parent_id"],
        "umbrella_id": "",
        "is_umbrella": False,
    }
    start = summary["start"] or str(year)
    dated = {"start": start, "end": summary["end"] or start, "forces": summary["forces"] or (series["force"],)}
    return identity | summary | dated


def summarise_reports(reports: Sequence[Report]) -> dict[str, Any]:
    """Judge what the reports of one exercise make of it, by themselves.

    Parameters
    ----------
    reports
        Its reports, best first.

    Returns
    -------
    dict
        The beliefs and the evidence of `derive_register` but for the days; blank or empty where no report states them.
    """
    status, status_report, status_conflict = _status(reports)
    fields = {field: _date(reports, field) for field in ("start", "end")}
    fields["hosts"] = _items(reports, "hosts")
    return {
        "status": status,
        "start": fields["start"].value,
        "end": fields["end"].value,
        "hosts": fields["hosts"].value,
        "sites": _items(reports, "sites").value,
        "forces": _items(reports, "forces").value,
        "status_report": status_report,
        "start_report": fields["start"].report_id,
        "end_report": fields["end"].report_id,
        "hosts_report": fields["hosts"].report_id,
        "reports": len(reports),
        "families": len({report.origin_id for report in reports}),
        "after_reports": sum(report.phase == "after" for report in reports),
        "conflicts": tuple(name for name, found in fields.items() if found.conflict) + ("status",) * status_conflict,
        "changed": tuple(name for name, found in fields.items() if found.change),
    }


def _stating(reports: Sequence[Report], field: str) -> list[Report]:
    """The reports that state a field and have not had it deprecated, best first."""
    return [report for report in reports if getattr(report, field) and field not in report.deprecated_fields]


def _status(reports: Sequence[Report]) -> tuple[str, str, bool]:
    """Status, the id of the report that it rests on, and whether sources that can know disagree.

    `held` rests on a during or after report alone. Without one the last word before the event counts, since a call-off
    follows a plan without contradicting it; a report that speaks of the future as held is still a plan.
    """
    said = _stating(reports, "status")
    knowing = [report for report in said if report.tier]
    if knowing:
        best = knowing[0]
        if best.status == "postponed":  # a postponement is a promise; if another source calls it off, that is the fact
            best = next((report for report in knowing if report.status == "cancelled"), best)
        return best.status, best.report_id, any(report.status != best.status for report in knowing)
    if said:
        last = max(
            said,
            key=lambda r: (r.said_day.date() if pd.notna(r.said_day) else date.min, PHASES.index(r.phase), r.report_id),
        )
        return last.status if last.status in NOT_HELD else "planned", last.report_id, False
    return "planned", "", False


def _date(reports: Sequence[Report], field: str) -> FieldValue:
    """The EDTF text of a date.

    A vaguer date does not contradict a finer one inside it: the finest date inside that of the best report is taken,
    even if only a plan gives it.
    """
    said = [(report, *dates.parse(getattr(report, field))) for report in _stating(reports, field)]
    if not said:
        return FieldValue("", "", False, False)
    best, earliest, latest = said[0]
    apart = [report for report, first, last in said if last < earliest or first > latest]
    inside = [
        (last - first, rank) for rank, (_, first, last) in enumerate(said) if earliest <= first and last <= latest
    ]
    finest = said[min(inside)[1]][0]
    return FieldValue(getattr(finest, field), finest.report_id, *_standing_of(apart, best))


def _items(reports: Sequence[Report], field: str) -> FieldValue:
    """The value of a list; the order of its items does not matter."""
    said = _stating(reports, field)
    if not said:
        return FieldValue((), "", False, False)
    best = said[0]
    other = [report for report in said if set(getattr(report, field)) != set(getattr(best, field))]
    return FieldValue(getattr(best, field), best.report_id, *_standing_of(other, best))


def _standing_of(others: Collection[Report], best: Report) -> tuple[bool, bool]:
    """Whether a report that differs from the best one stands in the same tier, and whether one does in that below."""
    tiers = {report.tier for report in others}
    return best.tier in tiers, best.tier - 1 in tiers


def _cover_parts(rows: list[dict[str, Any]]) -> None:
    """Let umbrellas follow from their parts, in place: held if a part is, over all their days, by all their hosts."""
    parts = defaultdict(list)
    for row in rows:
        if row["parent_id"]:
            parts[row["parent_id"]].append(row)
    for row in rows:
        row["is_umbrella"] = row["exercise_id"] in parts
        held = [part for part in parts[row["exercise_id"]] if part["status"] == "held"]
        if not held:
            continue
        known = [row] if row["status"] == "held" else []
        row["status"] = "held"
        row["start"] = min((r["start"] for r in known + held), key=lambda text: dates.parse(text)[0])
        row["end"] = max((r["end"] for r in known + held), key=lambda text: dates.parse(text)[1])
        row["hosts"] = tuple(dict.fromkeys(host for r in known + held for host in r["hosts"]))
