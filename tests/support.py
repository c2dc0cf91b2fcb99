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


def bare_package(folder: Path) -> Path:
    """A data package of another organisation with nothing but exercises and members, all from one source."""
    states = ["AFG", "ARE", "CHN"]
    known = pd.read_csv(DATA / "countries.csv", dtype=str, keep_default_na=False)
    tables = {
        "countries": known[known["iso3"].isin(states)][["iso3", "name"]],
        "bodies": pd.DataFrame([{"body": "XX", "name": "Treaty of X", "binding": "true"}]),
        "sources": pd.DataFrame(
            [
                {
                    "source_id": "list",
                    "outlet": "List",
                    "kind": "analysis",
                    "title": "A list",
                    "url": "https://example.org/list",
                    "published_on": "2026-01-10",
                    "lang": "en",
                    "origin_id": "list",
                    "original_seen": "true",
                }
            ]
        ),
        "series": pd.DataFrame([{"series_id": "drill", "name": "Drill", "force": "XX"}]),
        "memberships": pd.DataFrame(
            [
                {
                    "iso3": state,
                    "body": "XX",
                    "status": "member",
                    "date_basis": "in_force",
                    "start": "2000",
                    "source_ids": "list",
                }
                for state in states
            ]
        ),
        "exercises": pd.DataFrame(
            [
                {"exercise_id": f"drill-{year}", "series_id": "drill", "event_type": "exercise", "organiser": "XX"}
                for year in range(2018, 2026)
            ]
        ),
        "reports": pd.DataFrame(
            [
                {
                    "report_id": f"drill-{year}.01",
                    "exercise_id": f"drill-{year}",
                    "source_id": "list",
                    "phase": "after",
                    "start": str(year),
                    "status": "held",
                    "participants": ";".join(states if year % 2 else states[:2]),
                    "participants_scope": "partial",
                }
                for year in range(2018, 2026)
            ]
        ),
    }
    own = folder / "bare"
    own.mkdir()
    for name, table in tables.items():
        columns = [column for column in COLUMNS[name] if column in table.columns]
        table[columns].sort_values(RESOURCES[name]["schema"]["primaryKey"]).to_csv(own / f"{name}.csv", index=False)
    allowed = {"organiser": ["XX"], "body": ["XX"], "force": ["XX"]}
    descriptor = {
        "extends": PACKAGE["name"],
        "name": "bare",
        "title": "A bare record",
        "description": "Exercises and members.",
        "version": "1.0.0",
        "scope": {
            "since": 2010,
            "until": 2025,
            "classes": ["exercise"],
            "unit": "component",
            "grade": "C",
            "focus": "AFG",
            "split": "2022-01-01",
        },
        "resources": [
            {
                "name": name,
                "schema": {
                    "fields": [
                        {
                            "name": field["name"],
                            "constraints": {**field.get("constraints", {}), "enum": allowed[field["name"]]},
                        }
                        for field in RESOURCES[name]["schema"]["fields"]
                        if field["name"] in allowed and field.get("constraints", {}).get("enum")
                    ]
                },
            }
            for name in ("exercises", "memberships", "series", "bodies")
        ],
    }
    descriptor["resources"] = [one for one in descriptor["resources"] if one["schema"]["fields"]]
    (own / "datapackage.json").write_text(json.dumps(descriptor, indent=1), encoding="utf-8")
    return own


def small_record():
    """One exercise, one report and one step: a package that is in order until a test spoils it."""
    return rows_of(
        [exercise("interaction-2024")],
        [
            report(
                "interaction-2024",
                1,
                start="2024-09-01",
                end="2024-09-05",
                hosts="KGZ",
                participants="KGZ;RUS",
                troops="1500",
                troops_scope="exercise",
            )
        ],
        events=[
            {
                "event_id": "2024-01-01-x",
                "subject": "ARM",
                "actor": "ARM",
                "date": "2024-01-01",
                "date_kind": "act",
                "track": "law",
                "direction": "disengage",
                "rung": "1",
                "what": "Words.",
                "source_ids": "press",
                "confidence": "high",
            }
        ],
    )


FIVE = "BLR;KAZ;KGZ;RUS;TJK"
SIX = "ARM;" + FIVE


def cell(state, *reports, series="interaction", **more):
    _, cells = derive([exercise("interaction-2024", series)], list(reports), **more)
    return cells.loc["interaction-2024", state]


def code(state, *reports, **more):
    return cell(state, *reports, **more)["code"]


def told(number, source="press", phase="during", **more):
    return report("interaction-2024", number, source, phase, **more)
