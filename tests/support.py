"""Small records to test rules on: a few rows of each table, in memory or as a folder."""

import csv
import json
import shutil
from pathlib import Path

import pandas as pd

from helpers.derive.attendance import derive_attendance
from helpers.derive.register import derive_register
from helpers.loaders.contract import typed
from helpers.loaders.tables import DATA

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
RESOURCES = {resource["name"]: resource for resource in PACKAGE["resources"]}
COLUMNS = {name: [field["name"] for field in resource["schema"]["fields"]] for name, resource in RESOURCES.items()}
MEMBERS = ["ARM", "BLR", "KAZ", "KGZ", "RUS", "TJK"]

BASE = {
    "countries": [{"iso3": state, "name": state} for state in [*MEMBERS, "SRB", "UZB"]],
    "sources": [
        {
            "source_id": name,
            "outlet": name,
            "kind": kind,
            "title": name,
            "url": f"https://example.org/{name}",
            "published_on": "2030-01-01",
            "lang": "en",
            "origin_id": name,
            "original_seen": "true",
        }
        for name, kind in [
            ("organiser", "organiser"),
            ("ministry", "ministry"),
            ("wire", "wire"),
            ("press", "press"),
            ("copy", "copy"),
        ]
    ],
    "bodies": [
        {"body": body, "name": body, "binding": binding}
        for body, binding in [("CST", "true"), ("CSTO", "true"), ("CSTO-PA", "false")]
    ],
    "periods": [
        {"since": "2000", "until": "2015", "why": "Words."},
        {"since": "2016", "until": "2026", "why": "Words."},
    ],
    "shocks": [{"year": "2020", "why": "Words."}],
    "places": [],
    "memberships": [
        {
            "iso3": state,
            "body": "CSTO",
            "status": "member",
            "date_basis": "in_force",
            "start": "2003-09-18",
            "source_ids": "press",
        }
        for state in MEMBERS
    ],
    "forces": [
        {"force": "CRDF-CA", "iso3": state, "start": "2001-05-25", "source_ids": "press"}
        for state in ["KAZ", "KGZ", "RUS", "TJK"]
    ],
    "series": [
        {"series_id": "interaction", "name": "Interaction", "force": "CSTO"},
        {"series_id": "rubezh", "name": "Rubezh", "force": "CRDF-CA"},
        {"series_id": "combat", "name": "Combat", "force": "CSTO"},
    ],
    "exercises": [],
    "reports": [],
    "events": [],
    "cases": [],
    "programmes": [],
    "claims": [],
    "article_facts": [],
    "double_coding": [],
    "search_log": [],
}
BASE = {name: BASE.get(name, []) for name in RESOURCES}  # a table that no test fills has no rows


def exercise(exercise_id, series="interaction", **more):
    """A row of exercises."""
    return {"exercise_id": exercise_id, "series_id": series, "event_type": "exercise", "organiser": "CSTO"} | more


def report(exercise_id, number, source="press", phase="during", **more):
    """A row of reports; `participants` without a scope is complete, `absent` without a voice a third party's."""
    row = {
        "report_id": f"{exercise_id}.{number:02d}",
        "exercise_id": exercise_id,
        "source_id": source,
        "phase": phase,
    } | more
    if row.get("participants"):
        row.setdefault("participants_scope", "complete")
    if row.get("absent"):
        row.setdefault("absent_by", "third_party")
    if phase in ("during", "after"):
        row.setdefault("status", "held")
    return row


def rows_of(exercises, reports, **more):
    """All tables as lists of dicts: the base record, with these exercises and reports."""
    tables = {name: [dict(row) for row in rows] for name, rows in BASE.items()}
    return tables | {"exercises": exercises, "reports": reports} | more


def frames(exercises, reports, **more):
    """The record as typed frames, without reading a file."""
    import pandas as pd

    tables = rows_of(exercises, reports, **more)
    text = {
        name: pd.DataFrame(
            [{column: row.get(column, "") for column in COLUMNS[name]} for row in rows],
            columns=COLUMNS[name],
            dtype=object,
        )
        for name, rows in tables.items()
    }
    return {name: typed(RESOURCES[name]["schema"]["fields"], table) for name, table in text.items()}


def write_package(folder, tables):
    """The record as a data folder."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(DATA / "datapackage.json", folder / "datapackage.json")
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS[name], lineterminator="\n", restval="")
            writer.writeheader()
            writer.writerows(rows)
    return folder


def derive(exercises, reports, **more):
    """Register (indexed by exercise) and cells (indexed by exercise and state) of a small record."""
    data = frames(exercises, reports, **more)
    register = derive_register(data)
    cells = derive_attendance(data, register)
    return register.set_index("exercise_id"), cells.set_index(["exercise_id", "iso3"])


def own_of(values):
    code = ["present" if v == 1 else "absent_by_list" if v == 0 else "unknown" for v in values]
    days = pd.date_range("2010-01-01", periods=len(values), freq="180D")
    names = [f"x{n}" for n in range(len(values))]
    return pd.DataFrame({"exercise_id": names, "name": names, "start_earliest": days, "code": code})
