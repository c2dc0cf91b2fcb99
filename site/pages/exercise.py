"""The page of each exercise, as plain values for its template. Nothing here is escaped: the template does that."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pandas as pd

from helpers.analyses.cadence.series import is_collection
from helpers.analyses.disengagement.elsewhere import find_states_there
from helpers.derive.codes import ABSENT, ATTENDED
from helpers.derive.reports import ON_THE_SPOT
from helpers.derive.statements import side_of
from helpers.display.phrases import listed, number, spoken
from pages import words
from pages.context import Context, Page

CODED = {"participants", "hosts", "staff_only", "observers", "absent"}  # lists of states, shown by name
HELD = "held"
NAMED_IN_FULL = 8  # states; a sentence with more names is not read
SIDE_WORDS = {  # what the reports on one side of a dispute say
    "present": "Say that it came",
    "jointly": "Say that it came to one of several held together",
    "observer": "Say that it only watched",
    "absent": "Say that it stayed away",
    "omitted": "Give a complete list without it",
}


def exercise_pages(context: Context) -> Iterator[Page]:
    """The page of each exercise: a sentence, facts, who came, where sources differ, reports by day, steps, neighbours."""
    said = dict(list(context.data["reports"].groupby("exercise_id")))
    coded = {report.report_id: report for report in context.data["reports"].itertuples()}
    home = {one: report.exercise_id for one, report in coded.items()}
    outlets = {one: context.sources[report.source_id]["outlet"] for one, report in coded.items()}
    named_in = {one: len(report.participants) for one, report in coded.items()}
    notes = context.data["exercises"].set_index("exercise_id")["note"]
    steps = defaultdict(list)
    for event in context.tables["steps"].sort_values(["earliest", "event_id"]).to_dict("records"):
        steps[event["exercise_id"]].append(event)
    children = context.register.groupby("parent_id")["exercise_id"].agg(list).to_dict()
    named = context.listed
    neighbours = _neighbours(context.register, named)
    reports_of = {
        own: sorted(
            (_report(row, context) for row in rows.to_dict("records")),
            key=lambda report: (report["day"], report["report_id"]),
        )
        for own, rows in said.items()
    }
    numbers = {report["report_id"]: at for found in reports_of.values() for at, report in enumerate(found, 1)}
    for own, exercise in context.exercises.items():
        reports = reports_of.get(own, [])
        cells = [
            cell
            | {
                side: sorted(cell[side], key=lambda one: (home[one] != own, home[one], numbers[one]))
                for side in ("reports", "against")
            }
            for cell in context.cells[own]
        ]
        disputes = [_dispute(cell, coded) for cell in cells if cell["against"] or cell["code"] == "conflicting"]
        disputes = [dispute for dispute in disputes if dispute]
        sentence = summarise(exercise, cells, context, word_disputes(disputes, outlets, named_in))
        if not exercise["is_own"]:
            told = [coded[one["report_id"]] for one in reports if one["source"]["original_seen"]]
            there = find_states_there(told)
            sentence = summarise_of_others(exercise, sorted(spoken(context.names[state]) for state in there), context)
        values = exercise | {
            "sentence": sentence,
            "note": notes[own],
            "series": context.series[exercise["series_id"]],
            "is_collected": is_collection(exercise["series_id"], [own]),
            "host_names": [context.names[host] for host in exercise["hosts"]],
            "place_links": _places(exercise, context),
            "force_names": [words.FORCES.get(force, force) for force in exercise["forces"]],
            "umbrella": _linked([exercise["parent_id"]], named),
            "parts": _linked(children.get(own, []), named),
            "was_held": exercise["status"] == HELD,
            "cells": [cell for cell in cells if cell["code"] not in ("not_expected", "not_held")],
            "others": listed(cell["state"] for cell in cells if cell["code"] == "not_expected"),
            "disputes": disputes,
            "against": any(cell["against"] and cell["code"] != "conflicting" for cell in cells),
            "told": reports,
            "numbers": numbers,
            "home": home,
            "outlets": outlets,
            "named": named,
            "conflicting": [_versions(field, exercise, reports) for field in exercise["conflicts"]],
            "replanned": [_versions(field, exercise, reports) for field in exercise["changed"]],
            "events": steps[own],
            "before": neighbours[own][0],
            "after": neighbours[own][1],
        }
        yield Page(f"exercises/{own}", exercise["name"], "exercise.html", {"exercise": values}, sentence)


def word_disputes(disputes: list[dict[str, Any]], outlets: dict[str, str], named_in: dict[str, int]) -> dict[str, str]:
    """What sources say of each state on which they conflict, by its name: 'A says that it came, B lists five without it'.

    Parameters
    ----------
    disputes
        As `_dispute` gives them.
    outlets, named_in
        Of each report its outlet, and how many participants it names.
    """
    words = {}
    for dispute in disputes:
        if dispute["open"]:
            clauses = [_clause(label, ids, outlets, named_in) for label, ids in dispute["sides"]]
            words[dispute["state"]] = listed(clauses) if len(clauses) > 2 else ", ".join(clauses)
    return words


def _clause(label: str, ids: list[str], outlets: dict[str, str], named_in: dict[str, int]) -> str:
    """One side of a dispute with its outlets, at most two of them by name."""
    own = list(dict.fromkeys(outlets[one] for one in ids))
    who = listed(own) if len(own) < 3 else listed([own[0], f"{number(len(own) - 1)} others"])
    many = len(own) > 1
    if label == SIDE_WORDS["omitted"]:
        return f"{who} {'list' if many else 'lists'} {number(named_in[ids[0]])} without it"
    does = label[0].lower() + label[1:]
    return f"{who} {does if many else does.replace('say', 'says', 1)}"


def summarise(exercise: dict[str, Any], cells: list[dict[str, Any]], context: Context, disputed: dict[str, str]) -> str:
    """One sentence: what it was, when and where, who came, and of whom sources disagree (`word_disputes`)."""
    name, kind = exercise["name"], f"{_article(words.plain(exercise['event_type']))}"
    when = words.days(exercise["start"], exercise["end"])
    hosts = listed(context.names[host] for host in exercise["hosts"])
    where = f" in {hosts}" if hosts else ""
    if exercise["status"] != HELD:
        return f"{name}, {kind}{where}, {when}: {_fate(exercise)}."
    came = [cell["state"] for cell in cells if cell["expected"] and cell["code"] in ATTENDED]
    away = [cell["state"] for cell in cells if cell["expected"] and cell["code"] in ABSENT]
    open_ = [cell["state"] for cell in cells if cell["expected"] and cell["code"] not in (*ATTENDED, *ABSENT)]
    parts = []
    if came:
        parts.append(
            f"{'all ' + str(len(came)) + ' members expected' if not away and not open_ and len(came) > 2 else listed(came)} came"
        )
    if away:
        parts.append(f"{listed(away)} stayed away")
    told = f"; {', '.join(parts)}" if parts else ""
    told += "".join(f"; sources conflict on {state}: {disputed[state]}" for state in open_ if state in disputed)
    if unclear := [state for state in open_ if state not in disputed]:
        told += f"; whether {listed(unclear)} came is not clear"
    return f"{name}, {kind}, was held{where}, {when}{told}."


def summarise_of_others(exercise: dict[str, Any], there: list[str], context: Context) -> str:
    """One sentence on an exercise that the organisation did not run: what it was, when and where, and who is named as there."""
    sentence = summarise(exercise, [], context, {})
    if not there:
        return sentence
    who = listed(there) if len(there) <= NAMED_IN_FULL else f"{number(len(there))} states"
    told = "took part" if exercise["status"] == HELD else "named ahead as taking part"
    return f"{sentence[:-1]}; {who} {told}."


def _article(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"


def _fate(exercise: dict[str, Any]) -> str:
    """What is known of one that no source reports as held."""
    state = exercise["state"]
    if state == words.STATUS["unverified"]:
        return "announced, and not yet verified: no source says whether it was held"
    return "announced" if state == words.STATUS["planned"] else state


def _places(exercise: dict[str, Any], context: Context) -> list[tuple[str, str]]:
    """(name, anchor on the page of places or blank) of each place; names as reported where no place is coded."""
    if exercise["place_ids"]:
        return [(context.places[one]["name"], one) for one in exercise["place_ids"] if one in context.places]
    return [(site, "") for site in exercise["sites"]]


def _linked(ids: list[str], named: dict[str, str]) -> list[tuple[str, str]]:
    return [(one, named[one]) for one in ids if one in named]


def _neighbours(
    register: pd.DataFrame, named: dict[str, str]
) -> dict[str, tuple[tuple[str, str] | None, tuple[str, str] | None]]:
    """The exercises before and after in the same series, as (id, name), of each exercise."""
    found = {}
    for _, own in register.groupby("series_id", sort=False):
        line = [None, *((one, named[one]) for one in own["exercise_id"]), None]
        for at, one in enumerate(own["exercise_id"], 1):
            found[one] = (line[at - 1], line[at + 1])
    return found


def _dispute(cell: dict[str, Any], coded: dict[str, Any]) -> dict[str, Any] | None:
    """The two sides of a cell that sources dispute, each with its reports; None if all that could know agree."""
    sides = defaultdict(list)
    for one in dict.fromkeys((*cell["reports"], *cell["against"])):
        if coded[one].phase in ON_THE_SPOT:
            sides[side_of(coded[one], cell["iso3"])].append(one)
    found = [(label, sides[says]) for says, label in SIDE_WORDS.items() if says in sides]
    if len(found) < 2:
        return None
    return {"state": cell["state"], "open": cell["code"] == "conflicting", "sides": found}


def _report(report: dict[str, Any], context: Context) -> dict[str, Any]:
    source = context.sources[report["source_id"]]
    says = []
    for field, label in words.FIELDS.items():
        if report[field]:
            if field == "participants" and report["phase"] in ("plan", "before"):
                label = words.AHEAD
            says.append((field, label, _worded(field, report, context.names), field in report["deprecated_fields"]))
    return report | {
        "says": says,
        "day": report["said_on"] or source["published_on"],
        "source": source,
        "quotes": context.quotations.get(("reports", report["report_id"]), []),
    }


def _worded(field: str, report: dict[str, Any], names: dict[str, str]) -> str:
    value = report[field]
    if field in CODED:
        value = ", ".join(names[state] for state in value)
    elif field == "forces":
        value = ", ".join(words.FORCES.get(force, force) for force in value)
    elif field == "status":
        value = words.STATUS.get(value, value)
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


def _versions(field: str, exercise: dict[str, Any], reports: list[dict[str, Any]]) -> tuple[str, list[tuple]]:
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
