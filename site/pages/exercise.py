"""The page of each exercise, as plain values for its template. Nothing here is escaped: the template does that."""

from collections import defaultdict
from collections.abc import Iterator

import pandas as pd

from pages import words
from pages.register import cells_by_exercise

CODED = {"participants", "hosts", "staff_only", "observers", "absent"}  # lists of states, shown by name


def exercise_pages(data: dict[str, pd.DataFrame], tables: dict[str, pd.DataFrame]) -> Iterator[dict]:
    """What the template of one exercise needs, for each: facts, cells, conflicts, reports by day, events, neighbours."""
    register, names = tables["register"], words.states(data)
    attendance = cells_by_exercise(tables["attendance"])
    sources = data["sources"].set_index("source_id")
    said = {name: group.to_dict("records") for name, group in data["reports"].groupby("exercise_id")}
    notes = data["exercises"].set_index("exercise_id")["note"]
    series = data["series"].set_index("series_id").to_dict("index")
    named = register.set_index("exercise_id")["name"].to_dict()
    home = data["reports"].set_index("report_id")["exercise_id"].to_dict()
    events = tables["steps"].sort_values(["earliest", "event_id"])
    for exercise in register.to_dict("records"):
        own = exercise["exercise_id"]
        reports = [_report(row, sources.loc[row["source_id"]], names) for row in said.get(own, [])]
        reports.sort(key=lambda report: (report["day"], report["report_id"]))
        numbers = {report["report_id"]: number for number, report in enumerate(reports, 1)}
        yield exercise | {
            "note": notes[own],
            "series": series[exercise["series_id"]],
            "host_names": [names[host] for host in exercise["hosts"]],
            "force_names": [words.FORCES.get(force, force) for force in exercise["forces"]],
            "umbrella": _linked([exercise["parent_id"]], named),
            "parts": _linked(register.loc[register["parent_id"] == own, "exercise_id"], named),
            "cells": [cell | {"state": names[cell["iso3"]]} for cell in attendance[own]],
            "told": reports,
            "numbers": numbers,
            "home": home,
            "named": named,
            "conflicting": [_versions(field, exercise, reports) for field in exercise["conflicts"]],
            "replanned": [_versions(field, exercise, reports) for field in exercise["changed"]],
            "events": events[events["exercise_id"] == own].to_dict("records"),
            "before": _neighbour(register, exercise, -1),
            "after": _neighbour(register, exercise, 1),
        }


def _linked(ids, named):
    return [(one, named[one]) for one in ids if one in named]


def _neighbour(register, exercise, step):
    """The edition before or after in the same series, as (id, name), or None."""
    editions = register[register["series_id"] == exercise["series_id"]].reset_index(drop=True)
    at = editions.index[editions["exercise_id"] == exercise["exercise_id"]][0] + step
    return (editions.at[at, "exercise_id"], editions.at[at, "name"]) if 0 <= at < len(editions) else None


def _report(report, source, names):
    says = []
    for field, label in words.FIELDS.items():
        if report[field]:
            if field == "participants" and report["phase"] in ("plan", "before"):
                label = words.AHEAD
            says.append((field, label, _worded(field, report, names), field in report["deprecated_fields"]))
    return report | {
        "says": says,
        "day": report["said_on"] or source["published_on"],
        "source": source.to_dict() | {"link": words.link(source["url"])},
    }


def _worded(field, report, names):
    value = report[field]
    if field in CODED:
        value = ", ".join(names[state] for state in value)
    elif field == "forces":
        value = ", ".join(words.FORCES.get(force, force) for force in value)
    elif isinstance(value, tuple):
        value = ", ".join(value)
    elif field in ("start", "end"):
        value = words.day(value)
    if field == "participants":
        return f"{value} ({report['participants_scope']} list)"
    if field == "absent":
        return (
            f"{value} (says the {words.plain(report['absent_by'])})" if report["absent_by"] != "third_party" else value
        )
    if field == "troops":
        return words.persons(value, report["troops_scope"])
    return value


def _versions(field, exercise, reports):
    """What the reports say of one field: its label and [(value in words, report ids, whether it was taken)], that one first.

    Of an umbrella nothing is marked as taken: its parts have their say too.
    """
    said, taken = defaultdict(list), "" if exercise["is_umbrella"] else exercise[f"{field}_report"]
    for report in reports:
        for name, _, value, deprecated in report["says"]:
            if name == field and not deprecated:
                said[value].append(report["report_id"])
    versions = [(value, ids, taken in ids) for value, ids in said.items()]
    return words.FIELDS[field], sorted(versions, key=lambda version: (not version[2], -len(version[1])))
