"""A package that says only how it differs from the shared one: completed, or refused in one line."""

import json

import pytest
from support import exercise, report, rows_of, write_package

from helpers.loaders.contract import DataError, read_package
from helpers.loaders.tables import DATA, load

SHARED = read_package(DATA)
TABLES = rows_of([exercise("interaction-2024")], [report("interaction-2024", 1)])
CORE = ["exercises", "memberships", "countries", "bodies", "series", "reports", "sources"]


def package(folder, **differences):
    """A folder with the core tables alone and a descriptor of differences."""
    write_package(folder, {name: TABLES[name] for name in CORE})
    text = json.dumps({"extends": SHARED["name"], "name": "other"} | differences)
    (folder / "datapackage.json").write_text(text, encoding="utf-8")
    return folder


def test_only_what_differs_differs(tmp_path):
    force = {"name": "force", "constraints": {"enum": ["CSTO", "CRDF-CA", "X"]}}
    folder = package(tmp_path, resources=[{"name": "series", "title": "Runs", "schema": {"fields": [force]}}])
    own = read_package(folder)
    assert own["name"] == "other"
    changed = {one["name"] for one, shared in zip(own["resources"], SHARED["resources"], strict=True) if one != shared}
    assert changed == {"series"}
    series, shared = ({r["name"]: r for r in p["resources"]}["series"] for p in (own, SHARED))
    assert series["title"] == "Runs"
    fields = {field["name"]: field for field in series["schema"]["fields"]}
    assert fields["force"]["constraints"]["enum"] == ["CSTO", "CRDF-CA", "X"]
    assert fields["force"]["description"] == next(
        field["description"] for field in shared["schema"]["fields"] if field["name"] == "force"
    )
    assert list(fields) == [field["name"] for field in shared["schema"]["fields"]]


def test_the_core_is_enough_and_the_other_tables_have_no_rows(tmp_path):
    tables = load(package(tmp_path))
    assert {name for name, table in tables.items() if len(table)} == set(CORE)
    assert [list(table) for table in tables.values()] == [
        [field["name"] for field in resource["schema"]["fields"]] for resource in SHARED["resources"]
    ]
    assert {one["name"] for one in SHARED["resources"] if not one.get("optional")} == set(CORE)


@pytest.mark.parametrize("table", CORE)
def test_a_core_table_is_never_missing_in_silence(tmp_path, table):
    (package(tmp_path) / f"{table}.csv").unlink()
    with pytest.raises(DataError, match=rf"{table}\.csv: no such file"):
        load(tmp_path)


def test_a_package_that_extends_nothing_needs_every_file(tmp_path):
    write_package(tmp_path, {name: TABLES[name] for name in CORE})
    with pytest.raises(DataError, match=r"events\.csv: no such file"):
        load(tmp_path)


@pytest.mark.parametrize(
    ("differences", "said"),
    [
        ({"extends": "/etc/datapackage.json"}, "'/etc/datapackage.json'; the only package that can be extended is"),
        ({"extends": "../../other/datapackage.json"}, "the only package that can be extended is 'csto-exercises'"),
        ({"extends": "https://example.org/datapackage.json"}, "the only package that can be extended is"),
        ({"extends": ""}, "extends ''"),
        ({"extends": None}, "extends None"),
        ({"extends": ["csto-exercises"]}, "the only package that can be extended is"),
        ({"resources": [{"name": "membership"}]}, "resources of the descriptor name membership, which the package"),
        ({"resources": [{"name": "series", "schema": {"fields": [{"name": "farce"}]}}]}, "fields of series name farce"),
        ({"resources": {"series": {}}}, "resources of the descriptor must be a list of entries with a name each"),
        ({"resources": [{"title": "Runs"}]}, "must be a list of entries with a name each"),
        ({"resources": [{"name": ["series"]}]}, "must be a list of entries with a name each"),
    ],
)
def test_what_cannot_be_extended_is_refused_in_one_line(tmp_path, differences, said):
    with pytest.raises(DataError) as caught:
        load(package(tmp_path, **differences))
    (line,) = caught.value.faults
    assert line.startswith("datapackage.json: ")
    assert said in line


def test_the_shared_package_extends_nothing_and_is_published_whole():
    text = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
    assert "extends" not in text
    assert text == SHARED
