"""Ids of earlier versions lead on, and a release can say in which version each row came and changed."""

import csv
import subprocess

import pytest
import row_versions
import yaml
from support import ROOT

from helpers.loaders.tables import DATA, primary_keys
from pages import downloads, retired

RETIRED = list(csv.DictReader((DATA / "retired.csv").open(encoding="utf-8", newline="")))


@pytest.mark.parametrize("row", RETIRED, ids=lambda row: row["retired_id"])
def test_a_retired_id_is_gone_and_leads_to_one_that_is_there(row, data):
    (key,) = primary_keys()[row["table"]]
    there = set(data[row["table"]][key])
    assert row["retired_id"] not in there
    assert row["leads_to"] in there | {""}


def test_the_address_of_a_retired_exercise_or_a_renamed_notebook_leads_on(data, tmp_path):
    retired.write_retired(data, tmp_path)
    page = (tmp_path / "exercises" / "csto-complex-2009.html").read_text(encoding="utf-8")
    assert 'content="0; url=joint-complex-2009.html"' in page
    renamed = (tmp_path / "03_armenia_disengagement.html").read_text(encoding="utf-8")
    assert 'content="0; url=03_disengagement.html"' in renamed
    for old, new in retired.MOVED.items():
        assert (ROOT / "notebooks" / f"{new}.ipynb").exists() and not (ROOT / "notebooks" / f"{old}.ipynb").exists()
    moved = [row for row in RETIRED if row["table"] == "exercises" and row["leads_to"]]
    assert len(list((tmp_path / "exercises").iterdir())) == len(moved)


@pytest.fixture
def repository(tmp_path):
    """A repository with three versions of a table."""

    def git(*words):
        who = [
            "-c",
            "user.name=x",
            "-c",
            "user.email=x@example.org",
            "-c",
            "tag.gpgSign=false",
            "-c",
            "commit.gpgSign=false",
        ]
        subprocess.run(["git", *who, *words], cwd=tmp_path, check=True, capture_output=True)

    (tmp_path / "data").mkdir()
    git("init")
    package = '{"resources": [{"name": "t", "path": "t.csv", "schema": {"primaryKey": ["id"]}}]}'
    (tmp_path / "data" / "datapackage.json").write_text(package, encoding="utf-8")
    for tag, text in [
        ("v0.2.0", "id,a\nx,1\ny,1\n"),
        ("v0.9.0", "id,a,b\nx,1,new\ny,2,\nz,1,\n"),
        ("v0.10.0", "id,b\nx,new\ny,\nw,\n"),
    ]:
        (tmp_path / "data" / "t.csv").write_text(text, encoding="utf-8")
        git("add", "-A")
        git("commit", "-m", tag)
        git("tag", tag)
    return tmp_path


def test_versions_of_rows_are_read_off_the_tags(repository, tmp_path):
    assert row_versions.main(tmp_path / "out.csv", repository) == 0
    assert (tmp_path / "out.csv").read_text(encoding="utf-8").splitlines() == [
        "table,key,added,changed",
        "t,w,0.10.0,0.10.0",
        "t,x,0.2.0,0.2.0",  # a column that came or went is no change of a row
        "t,y,0.2.0,0.9.0",
    ]


def test_without_a_tag_nothing_is_written(tmp_path, capsys):
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    assert row_versions.main(tmp_path / "out.csv", tmp_path) == 1
    assert "no version is tagged" in capsys.readouterr().err
    assert not (tmp_path / "out.csv").exists()


def test_a_release_carries_them():
    text = (ROOT / ".github" / "workflows" / "release.yml").read_text(encoding="utf-8")
    steps = [
        "fetch-depth: 0",
        "tools/row_versions.py site/row_versions.csv",
        "make run",
        "cp site/row_versions.csv build/release/",
    ]
    assert [text.index(step) for step in steps] == sorted(text.index(step) for step in steps)
    assert downloads.ROW_VERSIONS == ROOT / "site" / "row_versions.csv"


def test_a_release_starts_the_workflow_that_publishes_it():
    """For what a workflow does with its own token starts no other, but when it asks for one by name."""
    job = yaml.safe_load((ROOT / ".github" / "workflows" / "release.yml").read_text(encoding="utf-8"))["jobs"][
        "publish"
    ]
    lines = job["steps"][-1]["run"].strip().splitlines()
    assert lines[0].startswith("gh release create") and lines[1] == "gh workflow run pages.yml"
    pages = yaml.safe_load((ROOT / ".github" / "workflows" / "pages.yml").read_text(encoding="utf-8"))
    assert "workflow_dispatch" in pages[True]  # YAML reads the word on as true
