"""A package of an earlier version, or with less than the shared descriptor, is read; what it cannot drop holds all the same."""

import json

import pandas as pd
import pytest
from support import PACKAGE, exercise, report, rows_of, write_package

from helpers.commands.check import main
from helpers.derive.record import open_record
from helpers.loaders import tables as loaders
from helpers.loaders.append import append
from helpers.loaders.contract import DataError
from helpers.loaders.older import RENAMED, remarks

CORE = ["exercises", "memberships", "countries", "bodies", "series", "reports", "sources"]
EXERCISES = [exercise(f"interaction-{year}") for year in (2012, 2018, 2024)]
REPORTS = [report(one["exercise_id"], 1, "organiser", participants="ARM;RUS") for one in EXERCISES]


def table(package, name):
    return next(one for one in package["resources"] if one["name"] == name)


def column(package, of, name):
    return next(one for one in table(package, of)["schema"]["fields"] if one["name"] == name)


def edited(folder, change):
    """A package whose descriptor somebody changed."""
    write_package(folder, rows_of(EXERCISES, REPORTS))
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    change(package)
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    return folder


def put(folder, name, cells):
    """Changes cells of the first row of a table."""
    path = folder / f"{name}.csv"
    rows = pd.read_csv(path, dtype=str, keep_default_na=False)
    for key, value in cells.items():
        rows.loc[0, key] = value
    rows.to_csv(path, index=False, lineterminator="\n")


@pytest.fixture
def earlier(tmp_path):
    """A package as version 0.3.0 had it: other names, fewer tables and columns, no scope, other words for its bodies."""

    def change(package):
        package.pop("scope")
        places = table(package, "places")
        places["schema"] |= {"fields": [column(package, "places", "name"), column(package, "places", "aliases")]}
        places["schema"] |= {"primaryKey": ["name"], "foreignKeys": []}
        for name, columns in RENAMED.items():
            for old, new in columns.items():
                column(package, name, new)["name"] = old
        places["schema"]["primaryKey"] = ["place"]
        package["resources"] = [
            one for one in package["resources"] if one["name"] in [*CORE, "places", "events", "periods"]
        ]
        column(package, "events", "track")["constraints"]["enum"].append("weather")
        for of, name in (("series", "force"), ("exercises", "organiser")):
            column(package, of, name)["constraints"]["enum"] = ["CSTO", "CRDF-CA"]
        column(package, "countries", "name")["constraints"].pop("maxLength")

    folder = edited(tmp_path / "data", change)
    for path in folder.glob("*.csv"):
        if path.stem not in [*CORE, "places", "events", "periods"]:
            path.unlink()
    for name, columns in RENAMED.items():
        path = folder / f"{name}.csv"
        head, _, rest = path.read_text(encoding="utf-8").partition("\n")
        kept = (
            ["place", "aliases"]
            if name == "places"
            else [{v: k for k, v in columns.items()}.get(c, c) for c in head.split(",")]
        )
        path.write_text(",".join(kept) + "\n" + rest, encoding="utf-8")
    return folder


def test_an_earlier_package_passes_with_a_line_for_each_column_that_was_renamed(earlier, capsys):
    assert main(earlier) == 0
    said = capsys.readouterr()
    assert said.err == ""
    for name, columns in RENAMED.items():
        for old, new in columns.items():
            assert said.out.count(f"table {name}: the column {old} is now {new}; rename it here and in the file") == 1
    assert said.out.count("has no scope; analyses take all its years and its first member by code") == 1
    assert said.out.count("allows 'weather', which the record's own descriptor does not") == 1
    assert said.out.count("Look at datapackage.json") == 2 + sum(map(len, RENAMED.values()))


def test_an_earlier_package_is_read_under_the_names_of_today(earlier):
    data = loaders.load(earlier)
    assert data["exercises"]["event_type"].tolist() == ["exercise"] * 3
    assert data["sources"]["origin_id"].tolist() == data["sources"]["source_id"].tolist()
    assert data["votes"].empty and data["places"].empty and "place_id" in data["places"]
    record = open_record(DATA=earlier)
    assert (record.scope.since, record.scope.until, record.scope.focus, record.scope.split) == (
        2012,
        2024,
        "ARM",
        "2016-01-01",
    )
    assert len(record.held) == 18


def test_a_row_is_appended_to_an_earlier_package(earlier):
    append({"exercises": [exercise("interaction-2025")]}, earlier)
    assert loaders.load(earlier)["exercises"]["exercise_id"].tolist()[-1] == "interaction-2025"


def test_what_an_earlier_table_lacks_and_each_row_needs_is_a_fault_once_it_has_rows(earlier):
    (earlier / "places.csv").write_text("place,aliases\nDeep,\n", encoding="utf-8")
    with pytest.raises(DataError) as caught:
        loaders.load(earlier)
    assert caught.value.faults == [
        "places.csv, line 1: column place_id is missing",
        "places.csv, line 1: column kind is missing",
    ]


def test_nothing_but_exercises_and_members_is_enough(tmp_path):
    folder = edited(tmp_path, lambda p: p.update(resources=[one for one in p["resources"] if one["name"] in CORE]))
    for path in folder.glob("*.csv"):
        if path.stem not in CORE:
            path.unlink()
    with pytest.raises(DataError) as caught:  # a reference to a table that is not described is a fault of its own
        loaders.load(folder)
    assert caught.value.faults == [
        "datapackage.json: table bodies, column exit_rule: refers to the table 'events', which is not described"
    ]
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    table(package, "bodies")["schema"].pop("foreignKeys")
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    assert main(folder) == 0
    assert len(open_record(DATA=folder).held) == 18


DROPPED = {  # what somebody takes out of the descriptor, the cells that this would let in, and the line
    "a pattern": (
        lambda p: column(p, "sources", "url").pop("constraints"),
        "sources",
        {"url": "javascript:alert(1)"},
        "does not fit",
    ),
    "a pattern for a wider one": (
        lambda p: column(p, "sources", "url")["constraints"].update(pattern=".*"),
        "sources",
        {"url": "javascript:alert(1)"},
        "does not fit",
    ),
    "an enum": (
        lambda p: column(p, "reports", "status").pop("constraints"),
        "reports",
        {"status": "maybe"},
        "is not one of",
    ),
    "an enum for a wider one": (
        lambda p: column(p, "reports", "phase")["constraints"]["enum"].append("someday"),
        "reports",
        {"phase": "someday"},
        "is not one of: plan, before, during, after",
    ),
    "a form of figures": (
        lambda p: column(p, "reports", "troops").pop("constraints"),
        "reports",
        {"troops": "many", "troops_scope": "exercise"},
        "does not fit",
    ),
    "a need": (
        lambda p: column(p, "reports", "phase")["constraints"].pop("required"),
        "reports",
        {"phase": ""},
        "is blank",
    ),
    "a foreign key": (
        lambda p: table(p, "reports")["schema"].pop("foreignKeys"),
        "reports",
        {"source_id": "nobody"},
        "names nobody, which column source_id of sources.csv does not have",
    ),
    "a reference of items": (
        lambda p: column(p, "reports", "hosts").pop("itemReference"),
        "reports",
        {"hosts": "XXX"},
        "names XXX, which column iso3 of countries.csv",
    ),
    "a notation of days": (
        lambda p: column(p, "reports", "start").pop("rdfType"),
        "reports",
        {"start": "soon"},
        "is not a date such as",
    ),
    "words for true": (
        lambda p: column(p, "sources", "original_seen").update(trueValues=["true", "yes"]),
        "sources",
        {"original_seen": "yes"},
        "is not one of: true, TRUE, false, FALSE",
    ),
    "a key": (
        lambda p: table(p, "reports")["schema"].update(primaryKey=["report_id", "note"]),
        "reports",
        {"report_id": "interaction-2018.01", "note": "x"},
        "a key is unique",
    ),
}


@pytest.mark.parametrize(("change", "name", "cells", "said"), DROPPED.values(), ids=DROPPED)
def test_what_a_descriptor_drops_holds_all_the_same(tmp_path, capsys, change, name, cells, said):
    folder = edited(tmp_path, change)
    assert main(folder) == 0
    put(folder, name, cells)
    assert main(folder) == 1
    complaint = capsys.readouterr().err
    assert said in complaint
    assert "Traceback" not in complaint


@pytest.mark.parametrize("how", [how for how in DROPPED if how not in ("a pattern for a wider one", "words for true")])
def test_a_safeguard_that_is_dropped_is_named_in_a_line(how):
    package = json.loads(json.dumps(PACKAGE))
    change, name, _, _ = DROPPED[how]
    change(package)
    lines = list(remarks(package, PACKAGE))
    assert 1 <= len(lines) <= 2
    assert all(line.startswith(f"table {name}") and line.isprintable() for line in lines)


def test_a_package_may_allow_less_and_its_own_words_for_bodies(tmp_path):
    def change(package):
        column(package, "reports", "status")["constraints"]["enum"] = ["planned", "held"]
        column(package, "exercises", "organiser")["constraints"]["enum"] = ["CSTO", "XX"]

    folder = edited(tmp_path, change)
    put(folder, "exercises", {"organiser": "XX"})
    assert main(folder) == 0
    put(folder, "reports", {"status": "postponed"})
    with pytest.raises(DataError, match="value 'postponed' is not one of: planned, held"):
        loaders.load(folder)
