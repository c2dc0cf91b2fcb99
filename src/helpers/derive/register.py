"""From reports to one row an exercise: status, dates, hosts, and the reports behind each.

1. Every field takes the value of the best-ranked report that states it (`helpers.derive.reports` says which that is).
   A field that a report's `deprecated_fields` name never counts.
2. An exercise is held only if a report made during or after it says so, in a text that somebody read. Of such reports
   the best decides; if it says postponed and another says cancelled, the exercise is cancelled, for a postponement is
   a promise.
3. Without one, the last word before the event counts (of the reports that somebody read, the one of the latest said
   day; among equals the later phase, then the higher id): a call-off follows a plan without contradicting it. If that
   word is cancelled, postponed, relocated or merged, so is the exercise; if it is anything else, a report that speaks
   of the future as held included, the exercise is `planned`.
4. A planned exercise whose last possible day is not later than the record's last day is `unverified`: nobody says
   that it was held. The record's last day is the latest day on which a source was published that a report
   of the organisation's own exercises or an entry of `events` cites, ties outside (the track `realignment`) apart; other
   sources say nothing of what the organisation did not do. A date that gives only a month or a year counts from its
   first day, lest it close a year that is open.
5. A first or last day is that of the best-ranked report that gives one. If others give dates inside it, the finest of
   these is taken in its stead (among equals the best-ranked), even if only a plan gives it. If no report gives a
   first day it is the plan year, which is the last number of four digits in the exercise's id; if none gives a last
   day, the last day is the first.
6. `start_earliest` to `start_latest` are the days that the first day can be: those of its date, and those of every
   other date given during or after, in a text that somebody read, that has no day in common with it. If reports
   made after an exercise have it begin on 17 September, on 13 September and in September, it can have begun on any day
   from 13 to 17 September. So for the last day. The order of exercises and their side of the dividing day go by
   `start_earliest`, their period by the plan year.
7. A list of hosts, sites or forces is that of the best-ranked report that gives one. If none names a force, the
   exercise is that of its series.
8. `conflicts` names status, start, end or hosts where a report that somebody read differs from the value and is of the
   same standing (during or after; or before); `changed` names those of which a plan was otherwise.
9. An exercise with parts is held if one of its parts is, and it then has the hosts of its held parts, after its own
   if its own reports say that it was held. It begins with the first of its held parts: the earliest of their earliest
   first days and the earliest of their latest first days bound its own. It ends with the last of them: so do the
   latest of their last days. Days of its own count only if its best report of them was made during or after it. They
   change nothing if they have a day in common with these bounds. If they have none, there are two cases. Where its own
   value has it begin before its parts or end after them, that is a stage of its own, whose days are the bounds instead.
   Every other day of its own denies its parts, is a conflict, and widens the bounds to span both. Say that the parts
   ran from 31 August to 6 September and from 20 to 24 October, so that it ended on 24 October. If its own report says
   that it ended in October, nothing changes. If that says 30 October, it ended then, with a stage of its own. If that
   says 10 October, its last part is denied, and it can have ended on any day from 10 to 24 October.
10. A part counts in its joint exercise (`umbrella_id`) if the organisation itself runs that; else it stands alone.
    The organisation runs what one of its binding bodies organises (`is_own`).
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from helpers.derive.fields import cover_days, date_of, list_of, span, stating
from helpers.derive.membership import binding_bodies
from helpers.derive.places import locate, place_key
from helpers.derive.reports import PHASES, Report, reports_by_exercise
from helpers.loaders import dates

NOT_HELD = {"cancelled", "postponed", "relocated", "merged"}
TIES_OUTSIDE = "realignment"  # the track of steps whose texts may say nothing of the organisation


def cutoff(data: Mapping[str, pd.DataFrame]) -> pd.Timestamp:
    """The last day from which a source speaks of the organisation: what lies beyond it is planned, never absent (rule 4).

    Parameters
    ----------
    data
        The loaded tables, of which `sources`, `reports`, `exercises`, `bodies` and `events` are read.

    Returns
    -------
    Timestamp
    """
    return dates.bounds(sources_on_the_organisation(data)["published_on"])["earliest"].max()


def sources_on_the_organisation(data: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """The rows of `sources` that a report of an exercise of the organisation itself or an entry of `events` on it cites.

    All rows if there is none: a record whose texts say when they were published, and nothing of what they hold.
    """
    exercises, reports, events = (data.get(name) for name in ("exercises", "reports", "events"))
    cited: set[str] = set()
    if exercises is not None and reports is not None:
        own = exercises.loc[exercises["organiser"].isin(binding_bodies(data["bodies"])), "exercise_id"]
        cited |= set(reports.loc[reports["exercise_id"].isin(own), "source_id"])
    if events is not None and len(events):
        cited |= {one for ids in events.loc[events["track"] != TIES_OUTSIDE, "source_ids"] for one in ids}
    sources = data["sources"]
    own_sources = sources[sources["source_id"].isin(cited)] if cited else sources.head(0)
    return own_sources if len(own_sources) else sources


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
    last_day = cutoff(data).date()
    for row in rows:
        if row["status"] == "planned" and row["end_days"][1] <= last_day:
            row["status"] = "unverified"
    table = pd.DataFrame(rows).drop(columns=["known_days", "start_given", "end_given"])
    for end in ("start", "end"):
        days = pd.DataFrame(table.pop(f"{end}_days").tolist(), index=table.index).astype("datetime64[s]")
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
        "name": exercise["name"] or edition_name(exercise["exercise_id"], exercise["series_id"], series["name"]),
        "year": year,
        "event_type": exercise["event_type"],
        "organiser": exercise["organiser"],
        "is_own": exercise["organiser"] in own_bodies,
        "parent_id": exercise["parent_id"],
        "umbrella_id": "",
        "is_umbrella": False,
    }
    dated: dict[str, Any] = {}
    dated["start"] = summary["start"] or str(year)
    dated["start_given"] = summary["start_given"] or (dates.parse(dated["start"]),)
    dated["end"], dated["end_given"] = summary["end"] or dated["start"], summary["end_given"] or dated["start_given"]
    dated |= {f"{end}_days": span(dated[f"{end}_given"]) for end in ("start", "end")}
    return identity | summary | dated | {"forces": summary["forces"] or (series["force"],)}


def summarise_reports(reports: Sequence[Report]) -> dict[str, Any]:
    """Judge what the reports of one exercise make of it, by themselves.

    Parameters
    ----------
    reports
        Its reports, best first.

    Returns
    -------
    dict
        The beliefs and the evidence of `derive_register`, and all days that sources give during or after (start_given,
        end_given; pairs, that of the value first); blank or empty where no report states them.
    """
    status, status_report, status_conflict = _status(reports)
    fields = {field: date_of(reports, field) for field in ("start", "end")}
    fields["hosts"] = list_of(reports, "hosts")
    return {
        "status": status,
        "start": fields["start"].value,
        "end": fields["end"].value,
        "start_given": fields["start"].given,
        "end_given": fields["end"].given,
        "known_days": tuple(name for name in ("start", "end") if fields[name].known),
        "hosts": fields["hosts"].value,
        "sites": list_of(reports, "sites").value,
        "forces": list_of(reports, "forces").value,
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


def _status(reports: Sequence[Report]) -> tuple[str, str, bool]:
    """Status, the id of the report that it rests on, and whether sources that can know disagree.

    `held` rests on a during or after report alone. Without one the last word before the event counts, since a call-off
    follows a plan without contradicting it; a report that speaks of the future as held is still a plan.
    """
    said = [report for report in stating(reports, "status") if report.original_seen]
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
        row["hosts"] = tuple(dict.fromkeys(host for r in known + held for host in r["hosts"]))
        for field, first_of in (("start", min), ("end", max)):
            cover_days(row, held, field, first_of)
