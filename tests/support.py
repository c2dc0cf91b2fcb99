"""Small records to test rules on: a few rows of each table, in memory or as a folder, and series and universes made of them."""

import csv
import json
import shutil
from pathlib import Path

import numpy as np
import pandas as pd

from helpers.analyses.cadence import season
from helpers.analyses.robustness import findings, multiverse
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


def life(name, held, open_=(), planned=()):
    return {"name": name, "first": held[0], "last": held[-1], "held": held, "open": open_, "planned": planned}


YEARLY = life("Yearly", tuple(range(2000, 2021)), planned=(2021,))
BIENNIAL = life("Biennial", tuple(range(2000, 2021, 2)))
FIVE, SIX = ";".join(MEMBERS[1:]), ";".join(MEMBERS)
SPLIT = "2022-09-13"
PLAN = {"programme_id": "p", "kind": "plan", "said_by": "X", "said_on": "2015-01-01", "counts": "exercises"}


def small_record(**more):
    """Eleven editions and an umbrella of two: all six came until 2021, five since; a staff talk, a dispute, a gap."""
    years = range(2015, 2026)
    editions = [exercise(f"interaction-{year}") for year in years]
    editions += [exercise("combat-2024", "combat")]
    editions += [exercise(f"{part}-2024", part, parent_id="combat-2024") for part in ("rubezh", "barrier")]
    editions += [exercise("talks-2024", "interaction", **{"event_type": "staff_event"})]
    told = []
    for year in years:
        came = SIX if year < 2022 else FIVE
        when = {"start": f"{year}-10-01", "end": f"{year}-10-05"}
        told.append(report(f"interaction-{year}", 1, "press", "after", participants=came, **when))
        told.append(report(f"interaction-{year}", 2, "wire", participants=came, **when))
    told[2] = told[2] | {"participants_scope": "partial", "participants": FIVE}
    told[3] = told[3] | {"participants_scope": "partial", "participants": FIVE}
    told.append(report("interaction-2018", 3, "ministry", participants=FIVE, absent="ARM", absent_by="organiser"))
    told.append(report("rubezh-2024", 1, "press", participants=FIVE, start="2024-06-01"))
    told.append(report("barrier-2024", 1, "organiser", participants=FIVE, start="2024-06-02"))
    told.append(report("talks-2024", 1, "press", participants=SIX, start="2024-03-01"))
    named = [f"interaction-{year}" for year in years if year % 2]
    plans = [
        PLAN | {"programme_id": "p1", "period": "2015/2025", "source_ids": "wire", "exercise_ids": ";".join(named)},
        PLAN
        | {"programme_id": "p2", "period": "2015/2025", "source_ids": "press;wire", "exercise_ids": "interaction-2024"},
    ]
    sources = [
        {"source_id": name, "outlet": name, "kind": kind, "title": name, "url": f"https://example.org/{name}"}
        | {"published_on": "2030-01-01", "lang": lang, "origin_id": name, "original_seen": "true"}
        for name, kind, lang in [("organiser", "organiser", "ru"), ("ministry", "ministry", "ru"), ("wire", "wire", "ru"), ("press", "press", "en")]
    ]  # fmt: skip
    series = [{"series_id": name, "name": name.title(), "force": "CSTO"} for name in ("interaction", "combat", "rubezh", "barrier")]  # fmt: skip
    periods = [
        {"since": since, "until": until, "why": "Words."}
        for since, until in [("2000", "2018"), ("2019", "2021"), ("2022", "2026")]
    ]
    tables = {
        "periods": periods,
        "exercises": editions,
        "reports": told,
        "sources": sources,
        "series": series,
        "programmes": plans,
    }
    tables |= more
    return frames(tables.pop("exercises"), tables.pop("reports"), **tables)


def grid_of(data, focus="ARM", since=2015, unit="component", grade="C", classes=("exercise",)):
    setting = multiverse.setting_of(data, focus, SPLIT, since, 2025)
    return multiverse.grid_of(data, derive_register(data), setting, list(classes), unit, grade), setting


def universe_of(values, **more):
    """A universe of one edition a year from 2012, one row an edition, one column a member."""
    values = np.array(values, float)
    count = len(values)
    years = np.arange(2012, 2012 + count)
    fields = dict(
        ids=np.array([f"x-{year}" for year in years]),
        umbrella=np.array([f"x-{year}" for year in years]),
        year=years,
        day=np.array([f"{year}-10-01" for year in years], "datetime64[D]"),
        held=np.ones(count, bool),
        promised=np.ones(count, bool),
        value=values,
        expected=np.ones(values.shape, bool),
        states=tuple(MEMBERS[: values.shape[1]]),
        focus="ARM",
        split=np.datetime64("2018-01-01"),
        turn=2018,
        since=2012,
        last_year=2012 + count - 1,
    )
    return findings.Universe(**(fields | more))


STOPPED = universe_of([[1, 1, 1]] * 6 + [[0, 1, 1]] * 6)


def days(starts, umbrellas=None, latest=None):
    """Rows as of `season.first_days`, from first days."""
    register = pd.DataFrame(
        {
            "exercise_id": [f"e{i}" for i in range(len(starts))],
            "series_id": "s",
            "umbrella_id": umbrellas or [f"e{i}" for i in range(len(starts))],
            "year": 2021,
            "status": "held",
            "start_earliest": pd.to_datetime(starts),
            "start_latest": pd.to_datetime(latest or starts),
        }
    )
    return season.first_days(register)


SPREAD = ["2021-08-20", "2021-09-10", "2021-09-30", "2021-10-05", "2021-10-20", "2021-11-08", "2021-04-20"]
