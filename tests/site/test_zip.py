"""The zip of everything: what stands at its top, what describes it, and the same bytes on any day."""

import json
import logging
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from freezegun import freeze_time

from helpers.commands import export
from helpers.loaders.tables import DATA, load
from pages import downloads


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("zip")
    assert export.main(folder / "tables") == 0
    for name, day in (("files", "2026-01-31 23:30:00"), ("again", "2031-07-01 00:30:00")):
        with freeze_time(day):
            downloads.write_downloads(folder / "tables", folder / name)
    return folder


def archive(folder):
    return next(folder.glob("*.zip"))


def test_the_same_bytes_on_any_day(made):
    assert archive(made / "files").read_bytes() == archive(made / "again").read_bytes()


def test_readme_licence_and_citation_stand_at_the_top(made):
    path = archive(made / "files")
    with zipfile.ZipFile(path) as whole:
        top = {name.split("/")[1] for name in whole.namelist()}
        assert top == {"README.txt", "LICENSE.txt", "CITATION.cff", "citation.bib", "data", "derived"}
        readme = whole.read(f"{path.stem}/README.txt").decode()
        assert downloads.citation()["text"] in readme
        listed = {Path(name).name for name in whole.namelist() if "/derived/" in name}
    assert {"panel.csv", "dyads.csv", "steps.csv", "tables.sqlite", "tables.xlsx", "network.gexf"} <= listed


def test_a_released_zip_says_in_which_version_each_row_came(made, tmp_path, monkeypatch):
    table = tmp_path / "row_versions.csv"
    table.write_text("table,key,added,changed\nt,x,0.2.0,0.9.0\n", encoding="utf-8")
    monkeypatch.setattr(downloads, "ROW_VERSIONS", table)
    listed = downloads.write_downloads(made / "tables", tmp_path / "files")
    path = archive(tmp_path / "files")
    with zipfile.ZipFile(path) as whole:
        assert whole.read(f"{path.stem}/row_versions.csv") == table.read_bytes()
    assert "files/row_versions.csv" in [address for _, files in listed for address, *_ in files]


def test_what_is_true_is_logical_in_every_table_of_the_zip_and_the_zip_is_a_package(made, tmp_path):
    with zipfile.ZipFile(archive(made / "files")) as whole:
        whole.extractall(tmp_path)
    (folder,) = tmp_path.iterdir()
    for place in ("data", "derived"):
        for resource in json.loads((folder / place / "datapackage.json").read_text(encoding="utf-8"))["resources"]:
            table = pd.read_csv(folder / place / resource["path"], dtype=str, keep_default_na=False)
            for field in resource["schema"]["fields"]:
                if field["type"] == "boolean":
                    assert set(table[field["name"]]) <= {"TRUE", "FALSE", ""}, (resource["name"], field["name"])
    given, own = load(folder / "data"), load(DATA)
    assert all(given[name].equals(own[name]) for name in own)


def test_croissant_loads_the_derived_tables_too(made):
    logging.getLogger("absl").setLevel(logging.ERROR)
    import mlcroissant

    dataset = mlcroissant.Dataset(jsonld=made / "files" / "data" / "croissant.json")
    assert not dataset.metadata.ctx.issues.errors
    assert not dataset.metadata.ctx.issues.warnings
    derived = json.loads((made / "tables" / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    for resource in derived:
        loaded = list(dataset.records(resource["name"]))
        assert len(loaded) == len(pd.read_csv(made / "tables" / resource["path"])), resource["name"]
    came = sum(int(row["panel/came"]) for row in dataset.records("panel"))
    assert came == pd.read_csv(made / "tables" / "panel.csv")["came"].sum()


def test_the_page_shows_both_programs():
    assert set(downloads.examples()) == {"Python", "R"}
