"""What was found sound is remembered by its content, and by nothing else."""

import shutil

import pytest

from helpers.loaders import remembered, tables
from helpers.loaders.contract import RECORD, DataError


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A checkout of its own, whose record is taken for the project's; and how often its cells were held to the contract."""
    shutil.copytree(RECORD, tmp_path / "data")
    (tmp_path / "pyproject.toml").touch()
    checks = []

    def counted(*given, _hold=tables.hold_to_contract):
        checks.append(1)
        return _hold(*given)

    monkeypatch.setattr(tables, "hold_to_contract", counted)
    monkeypatch.setattr(remembered, "RECORD", tmp_path / "data")
    monkeypatch.setattr(remembered, "_PROJECT", tmp_path)
    monkeypatch.setattr(remembered, "MEMORY", tmp_path / "build" / "sound")
    return tmp_path, checks


def change(project, name, old, new):
    path = project / "data" / name
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")


def test_what_was_found_sound_is_checked_once(project):
    folder, checks = project
    first, second = tables.load(folder / "data"), tables.load(folder / "data")
    assert len(checks) == 1
    assert all(first[name].equals(second[name]) for name in first)


def test_a_changed_table_is_checked_again_and_refused(project):
    folder, checks = project
    tables.load(folder / "data")
    change(folder, "countries.csv", "Armenia", "<b>Armenia</b>")
    for _ in range(2):
        with pytest.raises(DataError, match="markup"):
            tables.load(folder / "data")
    assert len(checks) == 3


def test_a_table_that_became_unreadable_is_refused(project):
    folder, _ = project
    tables.load(folder / "data")
    change(folder, "countries.csv", "\n", "\n\n")
    with pytest.raises(DataError, match="empty row"):
        tables.load(folder / "data")


def test_other_code_of_the_loaders_checks_again(project, monkeypatch):
    folder, _ = project
    shutil.copytree(RECORD.parent / "src" / "helpers" / "loaders", folder / "loaders")
    monkeypatch.setattr(remembered, "__file__", str(folder / "loaders" / "remembered.py"))
    state = remembered.state_of(folder / "data")
    with (folder / "loaders" / "cells.py").open("a", encoding="utf-8") as code:
        code.write("# changed\n")
    assert remembered.state_of(folder / "data") != state


def test_what_is_saved_while_it_is_read_is_not_remembered(project, monkeypatch):
    folder, checks = project

    def saved_meanwhile(place, _read=tables.read):
        found = _read(place)
        change(folder, "search_log.csv", "2026", "2027")
        return found

    monkeypatch.setattr(tables, "read", saved_meanwhile)
    tables.load(folder / "data")
    assert not remembered.MEMORY.exists() and len(checks) == 1


def test_what_is_saved_just_before_it_is_read_is_checked(project, monkeypatch):
    folder, _ = project
    tables.load(folder / "data")

    def saved_before(place, _read=tables.read):
        change(folder, "countries.csv", "Armenia", "<b>Armenia</b>")
        return _read(place)

    monkeypatch.setattr(tables, "read", saved_before)
    with pytest.raises(DataError, match="markup"):
        tables.load(folder / "data")


def test_a_package_elsewhere_is_checked_whenever_it_is_loaded(project, tmp_path_factory):
    folder, checks = project
    other = tmp_path_factory.mktemp("other") / "data"
    shutil.copytree(folder / "data", other)
    for _ in range(2):
        tables.load(other)
    assert len(checks) == 2 and not remembered.MEMORY.exists()


def test_a_wheel_has_nowhere_to_remember(project):
    folder, _ = project
    (folder / "pyproject.toml").unlink()
    assert remembered.state_of(folder / "data") == ""
    tables.load(folder / "data")
    assert not remembered.MEMORY.exists()


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"0" * 64])
def test_a_memory_that_says_something_else_is_not_believed(project, content):
    folder, checks = project
    remembered.MEMORY.parent.mkdir()
    remembered.MEMORY.write_bytes(content)
    tables.load(folder / "data")
    assert len(checks) == 1


def test_where_nothing_can_be_written_the_tables_load_all_the_same(project):
    folder, checks = project
    (folder / "build").write_text("no folder", encoding="utf-8")
    for _ in range(2):
        assert len(tables.load(folder / "data")["countries"])
    assert len(checks) == 2
