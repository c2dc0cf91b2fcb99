"""Rows are checked with all that stands already, and appended sorted by key; what is refused changes no table."""

import json
import os
import re
import shutil
from pathlib import Path

import pytest
from support import BASE, PACKAGE, exercise, report, rows_of, write_package

from helpers.loaders import tables as loaders
from helpers.loaders.append import append
from helpers.loaders.contract import DataError

SOURCE = BASE["sources"][3] | {"source_id": "herald", "url": "https://example.org/herald", "original_seen": True}
NEW = {
    "sources": [SOURCE],
    "exercises": [exercise("interaction-2025")],
    "reports": [report("interaction-2025", 1, "herald", participants=["BLR", "RUS"], start="2025-09-01")],
}

TABLES = ["countries", "bodies", "memberships", "forces", "series", "exercises", "reports", "sources"]


@pytest.fixture
def folder(tmp_path):
    """A small package of few tables, alone in its folder."""
    tables = rows_of([exercise("interaction-2024")], [report("interaction-2024", 1)])
    folder = write_package(tmp_path / "here" / "data", {name: tables[name] for name in TABLES})
    package = {"extends": PACKAGE["name"], "name": "small"}
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    return folder


def content(folder):
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_rows_stand_sorted_in_all_tables(folder):
    before = content(folder)
    append(NEW, folder)
    after = loaders.load(folder)
    assert "herald" in set(after["sources"]["source_id"])
    assert after["reports"].iloc[-1]["participants"] == ("BLR", "RUS")
    assert after["sources"]["source_id"].is_monotonic_increasing
    changed = {name for name, bytes_ in content(folder).items() if bytes_ != before[name]}
    assert changed == {"sources.csv", "exercises.csv", "reports.csv"}
    assert [path.name for path in folder.parent.iterdir()] == ["data"]


def test_other_rows_keep_their_bytes(tmp_path):
    copy = tmp_path / "data"
    shutil.copytree(loaders.DATA, copy)
    append({name: [] for name in loaders.read(copy)[0]}, copy)
    assert content(copy) == content(loaders.DATA)
    assert copy.stat().st_mode == loaders.DATA.stat().st_mode


def test_the_walk_through_works_as_printed(tmp_path, monkeypatch):
    text = (loaders.DATA.parent / "CONTRIBUTING.md").read_text(encoding="utf-8")
    copy = tmp_path / "data"
    shutil.copytree(loaders.DATA, copy)
    monkeypatch.setattr(loaders, "DATA", copy)
    exec(re.search(r"```python\n(.*?)```", text, re.DOTALL)[1], {})
    assert "interaction-2030.01" in set(loaders.load()["reports"]["report_id"])


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ({"reports": NEW["reports"]}, ["reports.csv, new row 1, column exercise_id", "column source_id", "'herald'"]),
        (NEW | {"exercises": [exercise("interaction-2024")]}, ["exercises.csv, new row 1", "a key is unique"]),
        (NEW | {"exercises": [{"exercise_id": "interaction-2025", "colour": "red"}]}, ["new row 1: column 'colour'"]),
        (NEW | {"exercise": []}, ["exercise: no such table"]),
        ({"sources": [SOURCE, SOURCE | {"url": "=1"}]}, ["sources.csv, new row 2, column url", "formula"]),
    ],
)
def test_what_breaks_the_contract_is_refused_and_named_as_new(folder, rows, said):
    before = content(folder)
    with pytest.raises(DataError) as caught:
        append(rows, folder)
    assert all(words in str(caught.value) for words in said), str(caught.value)
    assert content(folder) == before


def test_faults_that_stood_there_already_keep_their_line(folder):
    (folder / "exercises.csv").write_text((folder / "exercises.csv").read_text().replace(",exercise,", ",drill,"))
    with pytest.raises(DataError, match=r"exercises\.csv, line 2, column event_type"):
        append(NEW, folder)


def test_a_table_saved_by_another_program_meanwhile_is_not_overwritten(folder, monkeypatch):
    checked = loaders.checked

    def save_in_between(*parts):
        (folder / "countries.csv").write_bytes((folder / "countries.csv").read_bytes() + b"FRA,France,,\n")
        return checked(*parts)

    monkeypatch.setattr(loaders, "checked", save_in_between)
    with pytest.raises(DataError, match="try again"):
        append(NEW, folder)
    assert "France" in (folder / "countries.csv").read_text()
    assert "herald" not in (folder / "sources.csv").read_text()


@pytest.mark.parametrize("step", [1, 2, 3])
def test_a_disk_that_is_full_before_the_first_replacement_leaves_every_table_as_it_was(folder, monkeypatch, step):
    before, real, calls = content(folder), Path.write_text, []

    def refuses(*args, **more):
        calls.append(args)
        if len(calls) == step:
            raise OSError("no space left")
        return real(*args, **more)

    monkeypatch.setattr(Path, "write_text", refuses)
    with pytest.raises(OSError, match="no space left"):
        append(NEW, folder)
    assert content(folder) == before


def test_a_replacement_that_is_refused_leaves_whole_tables_and_no_rest(folder, monkeypatch):
    before, real = content(folder), os.replace

    def refuses(source, target):
        if Path(target).name == "exercises.csv":
            raise PermissionError("open in a spreadsheet")
        real(source, target)

    monkeypatch.setattr(os, "replace", refuses)
    with pytest.raises(PermissionError):
        append(NEW, folder)
    after = content(folder)
    assert after.keys() == before.keys()
    assert {name for name in after if after[name] != before[name]} == {"sources.csv"}
    with pytest.raises(DataError, match="a key is unique"):  # what was written is named when the rows come again
        append(NEW, folder)


def test_a_column_that_the_file_lacks_comes_in_with_its_first_value(folder):
    header = (folder / "exercises.csv").read_text().splitlines()[0].split(",")
    assert header[-1] == "note"
    lines = (folder / "exercises.csv").read_text().splitlines()
    (folder / "exercises.csv").write_text("".join(line.rpartition(",")[0] + "\n" for line in lines))
    append(NEW, folder)
    assert "note" not in (folder / "exercises.csv").read_text().splitlines()[0]
    append({"exercises": [exercise("interaction-2023", note="Words.")]}, folder)
    assert (folder / "exercises.csv").read_text().splitlines()[0].split(",") == header
    assert loaders.load(folder)["exercises"]["note"].tolist() == ["Words.", "", ""]
