"""The change summary tells what a change to the data turned, in plain words, and nothing else."""

import json

import nbformat
import pandas as pd
import pytest
from support import exercise, report, rows_of, write_package

from helpers.commands import changes
from helpers.loaders import tables as loaders
from helpers.loaders.contract import DataError
from helpers.loaders.tables import DATA

KEYS = {"cells": ["exercise", "state"]}
CLAIM = {
    "claim_id": "a-claim",
    "subject": "ARM",
    "source_id": "wire",
    "said_by": "Somebody",
    "said_on": "2024-10-01",
    "claim": "Armenia missed Interaction 2024.",
    "test": "absent_at",
    "exercise_ids": "interaction-2024",
}


def read_derived():
    return json.loads((DATA / "derived.json").read_text(encoding="utf-8"))


def cells(*rows):
    return {"cells": pd.DataFrame(rows, columns=["exercise", "state", "code", "share"])}


def test_cells_and_rows_that_changed_are_named():
    before = cells(("one", "ARM", "unknown", 0.5), ("two", "ARM", ("a", "b"), float("nan")), ("gone", "ARM", "x", 1.0))
    after = cells(("two", "ARM", ("a", "c"), 0.25), ("one", "ARM", "unknown", 0.5), ("new", "ARM", "x", 1.0))
    found = changes.of_tables(before, after, KEYS)
    assert found.to_numpy().tolist() == [
        ["cells", "gone ARM", changes.ROW, "there", "not there"],
        ["cells", "new ARM", changes.ROW, "not there", "there"],
        ["cells", "two ARM", "code", "a; b", "a; c"],
        ["cells", "two ARM", "share", "", "0.250"],
    ]
    assert changes.of_tables(after, after, KEYS).empty


def test_texts_that_came_went_or_turned_are_paired():
    found = changes.of_texts({"a": "1", "b": "2", "c": "3"}, {"a": "1", "b": "4", "d": "5"})
    assert found == {"b": ("2", "4"), "d": ("", "5"), "c": ("3", "")}


KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
NOTEBOOK = """\
from helpers.display import Finding
from helpers.loaders.tables import load
Finding(f"**{len(load(DATA)['reports'])}** reports.")"""


@pytest.fixture
def sides(tmp_path):
    """What a small record gives before and after one more report."""
    told = report("interaction-2024", 1, "organiser", "before", start="2024-09-01")
    more = report("interaction-2024", 2, "press", "after", start="2024-09-01", participants="BLR;KAZ;KGZ;RUS;TJK")
    edition = [exercise("interaction-2024")]
    folders = [
        write_package(tmp_path / name, rows_of(edition, reports, claims=[CLAIM]))
        for name, reports in [("before", [told]), ("after", [told, more])]
    ]
    parameters = nbformat.v4.new_code_cell("", metadata={"tags": ["parameters"]})
    cells = [parameters, nbformat.v4.new_code_cell(NOTEBOOK, id="a-cell")]
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=KERNEL), tmp_path / "a_notebook.ipynb")
    said = changes.findings(folders, [tmp_path / "a_notebook.ipynb"])
    return [changes.derived(folder) | {"findings": own} for folder, own in zip(folders, said, strict=True)]


def test_the_summary_says_what_a_new_report_turned(sides):
    keys = {
        "coded": loaders.primary_keys(),
        "tables": {resource["name"]: resource["schema"]["primaryKey"] for resource in read_derived()["resources"]},
    }
    lines = changes.summary(*sides, keys)
    text = "\n".join(lines)
    assert "  reports: 1 rows new" in lines
    assert "    interaction-2024 ARM, code: unknown -> absent_by_list" in lines
    assert "    interaction-2024, status: unverified -> held" in lines
    assert "Findings: 1 of 1 changed." in lines
    assert "  a_notebook, a-cell" in lines
    assert "    was: 1 reports." in lines
    assert "    now: 2 reports." in lines
    assert "Verdicts: 1 of 1 turned." in lines
    assert "  a-claim: Armenia missed Interaction 2024.: cannot be tested -> holds" in lines
    assert "nan" not in text
    same = "\n".join(changes.summary(sides[1], sides[1], keys))
    assert same.splitlines() == [
        "Tables as coded: nothing changed.",
        "Derived tables: nothing changed.",
        "Findings: 0 of 1 changed.",
        "Verdicts: 0 of 1 turned.",
    ]


def test_faults_are_told_as_make_check_tells_them(tmp_path, monkeypatch, capsys):
    def refuse(before, after):
        raise DataError(["reports.csv, line 2: wrong"])

    monkeypatch.setattr(changes, "compare", refuse)
    assert changes.main(str(tmp_path)) == 1
    assert capsys.readouterr().err == "reports.csv, line 2: wrong\n"


def test_a_folder_without_data_is_refused_in_one_line(tmp_path, capsys):
    assert changes.main(str(tmp_path)) == 1
    assert capsys.readouterr().err.splitlines() == [
        f"datapackage.json: no such file in {tmp_path.name}/; a data folder needs one"
    ]


@pytest.mark.parametrize(
    ("error", "said"), [(FileNotFoundError(2, "git"), "git is not installed"), (None, "no commit")]
)
def test_without_a_last_commit_the_cause_is_named(monkeypatch, capsys, error, said):
    def fails(*words, **options):
        raise error or changes.subprocess.CalledProcessError(128, "git")

    monkeypatch.setattr(changes.subprocess, "run", fails)
    assert changes.main() == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert said in line
    assert "name a folder" in line
