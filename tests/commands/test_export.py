"""Exported files are what their descriptor says, in the readers that their users have, and the same bytes on any day."""

import csv
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time

import pandas as pd
import pytest
from freezegun import freeze_time
from frictionless import Package, system
from support import ROOT

from helpers.commands import export, export_workbook
from helpers.loaders.tables import DATA, load

DERIVED = json.loads((DATA / "derived.json").read_text(encoding="utf-8"))["resources"]
CODED = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))["resources"]
RSCRIPT = shutil.which("Rscript")
needs_r = pytest.mark.skipif(RSCRIPT is None, reason="needs R")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """What `export` writes, on a winter's day east of Greenwich."""
    return exported(tmp_path_factory.mktemp("one"), "2026-01-31 23:30:00", "Asia/Yerevan")


def exported(folder, day, zone):
    before = os.environ.get("TZ")
    os.environ["TZ"] = zone
    time.tzset()
    try:
        with freeze_time(day):
            assert export.main(folder) == 0
    finally:
        os.environ.pop("TZ") if before is None else os.environ.update(TZ=before)
        time.tzset()
    return folder


def in_r(program, folder):
    return subprocess.run(
        [RSCRIPT, "--vanilla", "-e", program], cwd=folder, capture_output=True, text=True, check=True
    ).stdout.split()


def test_its_last_line_says_what_was_written_where(tmp_path, capsys):
    assert export.main(tmp_path) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert (
        line
        == f"{len(DERIVED)} derived tables, the network and all {len(DERIVED) + len(CODED)} tables as one database: {tmp_path}"
    )


def test_tables_have_the_documented_columns(folder):
    for resource in DERIVED:
        documented = [field["name"] for field in resource["schema"]["fields"]]
        assert pd.read_csv(folder / resource["path"], nrows=1).columns.tolist() == documented


def test_no_derived_table_has_the_name_of_a_coded_one():
    assert not {one["name"] for one in DERIVED} & {one["name"] for one in CODED}


def test_a_data_package_validator_finds_no_fault(folder):
    with system.use_context(trusted=True):
        report = Package(str(folder / "datapackage.json")).validate()
    assert report.valid, report.flatten(["type", "note", "rowNumber", "fieldName"])[:10]


def test_the_same_bytes_on_any_day_in_any_zone(folder, tmp_path):
    again = exported(tmp_path, "2031-07-01 00:30:00", "America/Los_Angeles")
    names = sorted(path.name for path in folder.iterdir())
    assert names == sorted(path.name for path in again.iterdir())
    assert [name for name in names if (folder / name).read_bytes() != (again / name).read_bytes()] == []


def test_panel_and_dyads_name_states_by_three_codes(folder):
    panel, dyads = (pd.read_csv(folder / f"{name}.csv") for name in ("panel", "dyads"))
    numbers = load()["countries"].set_index("iso3")
    assert panel["cow"].tolist() == numbers["cow"].reindex(panel["iso3"]).tolist()
    assert panel["gw"].tolist() == numbers["gw"].reindex(panel["iso3"]).tolist()
    assert dyads["gw_b"].tolist() == numbers["gw"].reindex(dyads["b"]).tolist()
    assert numbers.loc["SRB", ["cow", "gw"]].tolist() == [345, 340]  # the two lists differ


def test_numbers_of_states_are_unique():
    for column in ("cow", "gw"):
        numbers = load()["countries"][column]
        assert numbers.notna().all() and numbers.is_unique


def test_pandas_reads_true_and_false(folder):
    for name in ("attendance", "panel"):
        table = pd.read_csv(folder / f"{name}.csv")
        assert table["expected" if name == "attendance" else "bound"].dtype == bool


def test_the_workbook_writes_true_and_false_in_one_way(folder):
    book = pd.read_excel(folder / "tables.xlsx", sheet_name=["sources", "attendance"], dtype=str)
    for sheet, column in (("sources", "original_seen"), ("attendance", "expected")):
        assert set(book[sheet][column]) == {"TRUE", "FALSE"}


@needs_r
def test_r_reads_true_and_false(folder):
    program = 'a <- read.csv("attendance.csv"); cat(class(a$expected), nrow(subset(a, expected)))'
    kind, rows = in_r(program, folder)
    assert kind == "logical"
    assert int(rows) == pd.read_csv(folder / "attendance.csv")["expected"].sum()


def test_the_database_holds_every_table_with_its_types(folder):
    with sqlite3.connect(folder / "tables.sqlite") as connection:
        for resource in [*CODED, *DERIVED]:
            frame = pd.read_sql(f'SELECT * FROM "{resource["name"]}"', connection)
            place = DATA if resource in CODED else folder
            with (place / resource["path"]).open(encoding="utf-8", newline="") as file:
                assert len(frame) == sum(1 for _ in csv.reader(file)) - 1, resource["name"]
            assert frame.columns.tolist() == [field["name"] for field in resource["schema"]["fields"]]
        missed = (
            "SELECT count(*) FROM attendance JOIN register USING (exercise_id) WHERE expected AND code LIKE 'absent%'"
        )
        away = pd.read_csv(folder / "attendance.csv").query("expected and code.str.startswith('absent')")
        assert connection.execute(missed).fetchone() == (len(away),)
        assert (
            connection.execute("SELECT typeof(start), typeof(troops) FROM reports WHERE start > ''").fetchone()[0]
            == "text"
        )
        told = connection.execute("SELECT meaning FROM columns_explained WHERE column_name = 'report_id'").fetchone()
        assert told and "Key" in told[0]


def test_the_workbook_keeps_every_cell_as_it_is(folder):
    import openpyxl

    book = openpyxl.load_workbook(folder / "tables.xlsx", read_only=True)
    assert book.sheetnames == ["About", *(one["name"] for one in [*CODED, *DERIVED])]
    head, *rows = book["reports"].iter_rows(values_only=True)
    with (DATA / "reports.csv").open(encoding="utf-8", newline="") as file:
        coded = list(csv.DictReader(file))
    assert len(rows) == len(coded)
    for row, wanted in zip(rows, coded, strict=True):
        assert {name: cell or "" for name, cell in zip(head, row, strict=True)} == {
            name: wanted.get(name, "") for name in head
        }
    register = openpyxl.load_workbook(folder / "tables.xlsx")["register"]
    cell = register["A2"]
    assert cell.number_format == "@" and cell.data_type == "s"
    year = [one.value for one in register[1]].index("year")
    assert register.cell(2, year + 1).data_type == "n"


def test_without_its_library_no_workbook_is_written(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    assert not export_workbook.write_workbook([], tmp_path / "tables.xlsx")
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def beside(folder, tmp_path):
    """A folder laid out as the zip is, with a user's own file in it."""
    (tmp_path / "derived").symlink_to(folder)
    own = pd.DataFrame({"ccode": [371, 371, 365], "year": [2019, 2022, 2022], "spending": [0.1, 0.2, 0.3]})
    own.to_csv(tmp_path / "other.csv", index=False)
    return tmp_path


def merged(folder):
    table = pd.read_csv(folder / "merged.csv")
    assert table["bound"].all()
    assert table["spending"].notna().sum() == 3
    assert table.set_index(["cow", "year"]).at[(371, 2022), "spending"] == 0.2
    return table[["iso3", "year", "came", "known", "share", "spending"]]


@needs_r
def test_the_examples_merge_the_panel_alike_in_python_and_in_r(beside):
    examples = ROOT / "site" / "examples"
    subprocess.run([sys.executable, examples / "merge_panel.py"], cwd=beside, check=True, capture_output=True)
    python = merged(beside)
    subprocess.run([RSCRIPT, "--vanilla", examples / "merge_panel.R"], cwd=beside, check=True, capture_output=True)
    pd.testing.assert_frame_equal(python, merged(beside))


def test_the_example_merges_the_panel_in_python(beside):
    path = ROOT / "site" / "examples" / "merge_panel.py"
    subprocess.run([sys.executable, path], cwd=beside, check=True, capture_output=True)
    assert len(merged(beside)) > 100
    assert all(len(one.read_text(encoding="utf-8").splitlines()) <= 10 for one in path.parent.glob("merge_panel.*"))
