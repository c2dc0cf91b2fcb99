"""From reports to one row an exercise: status, dates, hosts, and the reports behind each.

Every field takes the value of the best-ranked report that states it. What is said during or after the exercise outranks
what was said before it. Of the former, the organiser or a ministry outranks a wire, a wire the press, the press an
analysis, anything a copy; among equals the later phase wins: an organiser on the day knows its dates better than a
newspaper a week later. Of what was said before, the later phase comes first, since plans change. A deprecated field
never counts. Where reports of the same standing disagree, the field is named in `conflicts`; where the plan was
otherwise, in `changed`.
"""

from collections import defaultdict
from datetime import date
from functools import lru_cache

import pandas as pd

from helpers.derive.membership import binding
from helpers.derive.places import locate, place_key
from helpers.loaders import dates

PHASES = ["plan", "before", "during", "after"]  # worst first
ON_THE_SPOT = {"during", "after"}  # phases in which a source can know; before them it can only expect
KINDS = {"copy": 0, "analysis": 1, "press": 2, "wire": 3, "ministry": 4, "organiser": 4}
NOT_HELD = {"cancelled", "postponed", "relocated", "merged"}
COPIES = (
    4096  # results kept by reports: `subsets` derives copies of an exercise by the thousand, many with the same reports
)


def ranked(reports, sources):
    """Reports joined to kind, origin_id, language and original_seen of their source, with `tier` and `said_day`; best first.

    `tier` is 1 for during or after, 0 for before or plan; `said_day` is the earliest day the statement can date from,
    so that a vague date never makes it the last word. Ties end with the report's id, so that the order never depends on the
    order of the file.
    """
    of_source = ["source_id", "kind", "origin_id", "published_on", "lang", "original_seen"]
    table = reports.merge(sources[of_source], on="source_id")
    said = table["said_on"].where(table["said_on"] != "", table["published_on"])
    tier = table["phase"].isin(ON_THE_SPOT).astype(int)
    phase, kind = table["phase"].map(PHASES.index), table["kind"].map(KINDS)
    table = table.assign(
        tier=tier,
        said_day=dates.bounds(said)["earliest"],
        first=kind.where(tier == 1, phase),
        second=phase.where(tier == 1, kind),
    )
    keys = ["exercise_id", "tier", "first", "second", "said_day", "report_id"]
    table = table.sort_values(keys, ascending=[True, False, False, False, False, True], na_position="last")
    return table.drop(columns=["first", "second"]).reset_index(drop=True)


def reports_of(data):
    """{exercise_id: [report, ...]}: the rows of `ranked` as named tuples, best first."""
    told = defaultdict(list)
    for report in ranked(data["reports"], data["sources"]).astype(object).itertuples():  # text columns iterate slowly
        told[report.exercise_id].append(report)
    return told


def cutoff(sources):
    """The last day on which a source is known to have been published (Timestamp): beyond it all is planned, never absent.

    A date that gives only a month or a year counts from its first day, lest one vague source close a year that is open.
    """
    return dates.bounds(sources["published_on"])["earliest"].max()


def edition_year(exercise_id):
    """The plan year (int) in an exercise's id: an edition belongs to the year it was planned for."""
    return next(int(part) for part in reversed(exercise_id.split("-")) if part.isdigit() and len(part) == 4)


def edition_name(exercise_id, series_id, series_name):
    """Name of an edition: the series' name and what the id adds to it; the id's own words if it is not named after one."""
    start, rest = (
        (series_name, exercise_id[len(series_id) + 1 :])
        if exercise_id.startswith(f"{series_id}-")
        else ("", exercise_id)
    )
    head, year, more = rest.rpartition(str(edition_year(exercise_id)))
    words = " ".join([start, *head.replace("-", " ").title().split()]).strip()
    return f"{words} {year}{more}"


def derive_register(data, by_exercise=None):
    """One row an exercise, sorted by first day and id. `by_exercise` is `reports_of(data)`, where that is at hand.

    Identity: exercise_id, series_id, name, year, event_type, organiser, is_own, parent_id, umbrella_id, is_umbrella. `is_own`
    tells the organisation's exercises, at which its members are expected, from those of others, who invite. Beliefs: status
    (held, planned, cancelled, postponed, relocated, merged, unverified), start, end (EDTF), start_earliest,
    start_latest, end_earliest, end_latest (days), hosts, sites, forces, place_ids. Evidence: status_report, start_report,
    end_report, hosts_report, place_report, reports, families, after_reports (numbers), conflicts, changed (field names).
    """
    by_exercise = reports_of(data) if by_exercise is None else by_exercise
    series = data["series"].set_index("series_id")[["name", "force"]].to_dict("index")
    own_bodies = binding(data["bodies"])
    rows = [
        _believe(exercise, by_exercise[exercise["exercise_id"]], series, own_bodies)
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
    places = locate(rows, by_exercise, place_key(data))
    for row in rows:
        row["place_ids"], row["place_report"] = places[row["exercise_id"]]
    table = pd.DataFrame(rows)
    for end in ("start", "end"):
        days = dates.bounds(table[end])
        table[[f"{end}_earliest", f"{end}_latest"]] = days
    return table.sort_values(["start_earliest", "exercise_id"]).reset_index(drop=True)


def _believe(exercise, reports, series, own_bodies):
    own = series[exercise["series_id"]]
    year = edition_year(exercise["exercise_id"])
    identity = {
        "exercise_id": exercise["exercise_id"],
        "series_id": exercise["series_id"],
        "name": edition_name(exercise["exercise_id"], exercise["series_id"], own["name"]),
        "year": year,
        "event_type": exercise["event_type"],
        "organiser": exercise["organiser"],
        "is_own": exercise["organiser"] in own_bodies,
        "parent_id": exercise["parent_id"],
        "umbrella_id": "",
        "is_umbrella": False,
    }
    told = _told(tuple(reports))
    start = told["start"] or str(year)
    return identity | told | {"start": start, "end": told["end"] or start, "forces": told["forces"] or (own["force"],)}


@lru_cache(COPIES)
def _told(reports):
    """What the reports of one exercise make of it; blank where none states it."""
    status, status_report, status_conflict = _status(reports)
    fields = {field: _date(reports, field) for field in ("start", "end")}
    fields["hosts"] = _set(reports, "hosts")
    return {
        "status": status,
        "start": fields["start"][0],
        "end": fields["end"][0],
        "hosts": fields["hosts"][0],
        "sites": _set(reports, "sites")[0],
        "forces": _set(reports, "forces")[0],
        "status_report": status_report,
        "start_report": fields["start"][1],
        "end_report": fields["end"][1],
        "hosts_report": fields["hosts"][1],
        "reports": len(reports),
        "families": len({report.origin_id for report in reports}),
        "after_reports": sum(report.phase == "after" for report in reports),
        "conflicts": tuple(name for name, found in fields.items() if found[2]) + ("status",) * status_conflict,
        "changed": tuple(name for name, found in fields.items() if found[3]),
    }


def _stating(reports, field):
    """The reports that state a field and have not had it deprecated, best first."""
    return [report for report in reports if getattr(report, field) and field not in report.deprecated_fields]


def _status(reports):
    """Status, its report, whether sources that can know disagree.

    `held` rests on a during or after report alone. Without one the last word before the event counts, since a call-off
    follows a plan without contradicting it; a report that speaks of the future as held is still a plan.
    """
    said = _stating(reports, "status")
    knowing = [report for report in said if report.tier]
    if knowing:
        best = knowing[0]
        if (
            best.status == "postponed"
        ):  # a postponement that another source calls off is a promise; the call-off is the fact
            best = next((report for report in knowing if report.status == "cancelled"), best)
        return best.status, best.report_id, any(report.status != best.status for report in knowing)
    if said:
        last = max(
            said,
            key=lambda r: (r.said_day.date() if pd.notna(r.said_day) else date.min, PHASES.index(r.phase), r.report_id),
        )
        return last.status if last.status in NOT_HELD else "planned", last.report_id, False
    return "planned", "", False


def _date(reports, field):
    """Date text, its report, conflict, change. A vaguer date does not contradict a finer one inside it: the finest
    date inside the best report's is taken, though it be a plan's.
    """
    said = [(report, *dates.parse(getattr(report, field))) for report in _stating(reports, field)]
    if not said:
        return "", "", False, False
    best, earliest, latest = said[0]
    apart = [report for report, first, last in said if last < earliest or first > latest]
    inside = [
        (last - first, rank) for rank, (_, first, last) in enumerate(said) if earliest <= first and last <= latest
    ]
    finest = said[min(inside)[1]][0]
    conflict, change = (any(report.tier == tier for report in apart) for tier in (best.tier, best.tier - 1))
    return getattr(finest, field), finest.report_id, conflict, change


def _set(reports, field):
    """List value, its report, conflict, change; the order of the items does not matter."""
    said = _stating(reports, field)
    if not said:
        return (), "", False, False
    best = said[0]
    other = [report for report in said if set(getattr(report, field)) != set(getattr(best, field))]
    conflict, change = (any(report.tier == tier for report in other) for tier in (best.tier, best.tier - 1))
    return getattr(best, field), best.report_id, conflict, change


def _cover_parts(rows):
    """An umbrella is held if a part is, and spans its held parts; its hosts take in theirs."""
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
