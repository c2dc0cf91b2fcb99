"""A second organisation: its record is sound, and the functions and notebooks of the first run on it unchanged."""

import csv
import json
import re
import shutil

import pytest
from frictionless import Package, system
from IPython.display import HTML
from matplotlib.figure import Figure
from support import ROOT

from helpers.analyses.coverage import double_coding
from helpers.analyses.coverage import measures as coverage
from helpers.analyses.disengagement import change_points
from helpers.analyses.network import co_attendance
from helpers.analyses.network import graph as network
from helpers.commands import export
from helpers.commands.outcomes import outcomes
from helpers.derive.attendance import derive_attendance
from helpers.derive.register import derive_register
from helpers.derive.scope import select
from helpers.display import figures as show
from helpers.display.finding import Finding
from helpers.loaders import near_duplicates
from helpers.loaders import tables as loaders
from helpers.loaders.contract import read_package
from helpers.statistics import null_models

FOLDER = ROOT / "examples" / "peace-mission"


@pytest.fixture(scope="module")
def other():
    data = loaders.load(FOLDER)
    register = derive_register(data)
    return data, register, derive_attendance(data, register)


def test_a_data_package_validator_agrees(tmp_path):
    for path in FOLDER.glob("*.csv"):
        shutil.copy(path, tmp_path)
    whole = {key: value for key, value in read_package(FOLDER).items() if key != "extends"}
    (tmp_path / "datapackage.json").write_text(json.dumps(whole), encoding="utf-8")
    with system.use_context(trusted=True):
        report = Package(str(tmp_path / "datapackage.json")).validate()
    assert report.valid, report.flatten(["type", "note", "rowNumber", "fieldName"])[:10]


def test_both_packages_have_the_same_columns():
    """The contract differs in words and allowed values alone, so that no function needs to tell the two apart."""
    first, second = (read_package(folder) for folder in (loaders.DATA, FOLDER))
    for package in (first, second):
        for resource in package["resources"]:
            for field in resource["schema"]["fields"]:
                field.pop("description")
                field.pop("itemEnum", None)
                field.get("constraints", {}).pop("enum", None)
            resource.pop("description")
    assert first["resources"] == second["resources"]
    assert (
        len((FOLDER / "datapackage.json").read_text(encoding="utf-8").splitlines()) < 100
    )  # what differs, and no copy


def test_files_are_sorted_and_sources_used(other):
    data, *_ = other
    for name, key in loaders.primary_keys(FOLDER).items():
        rows = list(csv.DictReader((FOLDER / f"{name}.csv").open(encoding="utf-8", newline="")))
        keys = [tuple(int(row[k]) if row[k].isdigit() else row[k] for k in key) for row in rows]
        assert keys == sorted(keys), name
    used = set(data["reports"]["source_id"]) | set(data["claims"]["source_id"])
    for table in ("events", "programmes", "memberships"):
        used |= set(data[table]["source_ids"].explode())
    assert set(data["sources"]["source_id"]) == used
    assert set(data["exercises"]["exercise_id"]) == set(data["reports"]["exercise_id"])


def test_it_is_a_record_of_its_own(other):
    data, register, cells = other
    own = register[register["is_own"] & (register["event_type"] == "exercise") & ~register["is_umbrella"]]
    assert (own["status"] == "held").sum() >= 12
    assert data["sources"]["url"].str.startswith(("https://", "http://")).all()
    assert not set(data["sources"]["source_id"]) & set(loaders.load()["sources"]["source_id"])
    coded = cells[cells["expected"]]
    assert coded["code"].nunique() >= 6
    assert not cells.loc[cells["exercise_id"] == "peace-mission-2005", "expected"].any()


def test_what_sources_say_decides(other):
    """Read off the sources: Uzbekistan missed 2010, watched 2018, came in 2021; 2020 was put off."""
    _, register, cells = other
    code = cells.set_index(["exercise_id", "iso3"])["code"]
    assert code["peace-mission-2010", "UZB"] == "absent_reported"
    assert code["peace-mission-2012", "UZB"] == "absent_declared"
    assert code["peace-mission-2018", "UZB"] == "observer"
    assert code["peace-mission-2018", "KGZ"] == "present"
    assert code["peace-mission-2021", "UZB"] == "present"
    assert code["peace-mission-2020", "CHN"] == "not_held"
    assert code["peace-mission-2014", "IND"] == "not_expected"
    assert register.set_index("exercise_id").at["saryarka-antiterror-2019", "status"] == "unverified"


def test_what_no_notebook_here_calls_runs_too(other):
    data, register, cells = other
    tables = export.derived_tables(data)
    assert all(len(table) for table in tables.values())
    assert len(coverage.cut_offs(data)) == len(data)
    assert double_coding.agreement(double_coding.units(data["double_coding"], ["UZB"])).empty
    assert near_duplicates.find_near_identical(data["sources"])["one_family"].all()
    chosen = select(register, cells, since=2002, until=2025, classes=["exercise"], unit="component", grade="C")
    assert len(co_attendance.centrality(chosen[1], chosen[0], draws=20)) >= 6
    assert len(null_models.pair_tests(network.incidence_of(chosen[1], chosen[0]), chains=20, steps=5))
    assert change_points.excused(data["reports"], "UZB") == set()


@pytest.mark.parametrize("path", sorted((ROOT / "notebooks").glob("*.ipynb")), ids=lambda path: path.stem)
def test_the_first_record_s_notebooks_run_on_it(path):
    for cell, value in outcomes(path, DATA=str(FOLDER)).items():
        text = value.text if isinstance(value, Finding) else value.data if isinstance(value, HTML) else ""
        text = show.figure_text(value) if isinstance(value, Figure) else re.sub("<[^>]+>", " ", text)
        assert not re.search(r"\b(nan|NaT|ARM|Armenia)\b", text), (cell, text[:300])
        assert not re.search(r"\b0 of 0\b|\bOf 0\b", text), (cell, text[:300])
