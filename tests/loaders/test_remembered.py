"""What was made of the record is remembered by its content, and by nothing else."""

import shutil

import pandas as pd
import pytest
from support import small_record, write_package

from helpers.derive.record import open_record
from helpers.loaders import remembered, tables
from helpers.loaders.contract import RECORD, DataError


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A checkout with a small record, which is taken for the project's; and how often its tables were read."""
    write_package(tmp_path / "data", small_record())
    (tmp_path / "pyproject.toml").touch()
    read = []

    def counted(folder, _load=tables.load):
        read.append(folder)
        return _load(folder)

    monkeypatch.setattr("helpers.derive.record.load", counted)
    monkeypatch.setattr(remembered, "RECORD", tmp_path / "data")
    monkeypatch.setattr(remembered, "_PROJECT", tmp_path)
    monkeypatch.setattr(remembered, "MEMORY", tmp_path / "build" / "remembered")
    return tmp_path, read


def change(project, name, old, new):
    path = project / "data" / name
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")


def test_frames_are_made_once_and_are_what_they_were(project):
    folder, read = project
    first, second = open_record(data=folder / "data"), open_record(data=folder / "data")
    assert len(read) == 1
    for name, table in first.data.items():
        pd.testing.assert_frame_equal(table, second.data[name])
    pd.testing.assert_frame_equal(first.whole_register, second.whole_register)
    pd.testing.assert_frame_equal(first.whole_attendance, second.whole_attendance)
    assert first.scope == second.scope


def test_whoever_opens_the_record_gets_frames_of_their_own(project):
    folder, _ = project
    open_record(data=folder / "data")
    spoilt = open_record(data=folder / "data")
    spoilt.data["countries"]["name"] = "spoilt"
    assert "spoilt" not in set(open_record(data=folder / "data").data["countries"]["name"])


def test_a_changed_table_is_checked_again_and_refused(project):
    folder, read = project
    open_record(data=folder / "data")
    change(folder, "countries.csv", "ARM,ARM", "ARM,<b>ARM</b>")
    for _ in range(2):
        with pytest.raises(DataError, match="markup"):
            open_record(data=folder / "data")
    assert len(read) == 3


def test_a_changed_scope_of_the_package_is_seen(project):
    folder, read = project
    before = open_record(data=folder / "data").scope.since
    change(folder, "datapackage.json", f'"since": {before}', f'"since": {before + 1}')
    assert open_record(data=folder / "data").scope.since == before + 1 and len(read) == 2


@pytest.mark.parametrize("place", ["loaders/cells.py", "derive/attendance.py", "statistics/intervals.py"])
def test_other_code_makes_them_anew(project, monkeypatch, place):
    folder, _ = project
    shutil.copytree(RECORD.parent / "src" / "helpers", folder / "helpers")
    monkeypatch.setattr(remembered, "__file__", str(folder / "helpers" / "loaders" / "remembered.py"))
    state = remembered.state_of(folder / "data")
    with (folder / "helpers" / place).open("a", encoding="utf-8") as code:
        code.write("# changed\n")
    assert remembered.state_of(folder / "data") != state


def test_what_is_saved_while_it_is_read_is_not_remembered(project, monkeypatch):
    folder, read = project

    def saved_meanwhile(place, _read=tables.read):
        found = _read(place)
        change(folder, "sources.csv", "2030", "2029")
        return found

    monkeypatch.setattr(tables, "read", saved_meanwhile)
    open_record(data=folder / "data")
    assert not remembered.MEMORY.exists() and len(read) == 1


def test_what_load_reads_is_checked_whatever_is_remembered(project, monkeypatch):
    folder, _ = project
    open_record(data=folder / "data")
    monkeypatch.setattr(remembered, "state_of", lambda folder: pytest.fail("load asked the memory"))
    change(folder, "countries.csv", "ARM,ARM", "ARM,<b>ARM</b>")
    with pytest.raises(DataError, match="markup"):
        tables.load(folder / "data")


def test_a_package_elsewhere_is_made_anew_whenever_it_is_opened(project, tmp_path_factory):
    folder, read = project
    other = tmp_path_factory.mktemp("other") / "data"
    shutil.copytree(folder / "data", other)
    for _ in range(2):
        open_record(data=other)
    assert len(read) == 2 and not remembered.MEMORY.exists()


def test_a_wheel_has_nowhere_to_remember(project):
    folder, _ = project
    (folder / "pyproject.toml").unlink()
    assert remembered.state_of(folder / "data") == ""
    open_record(data=folder / "data")
    assert not remembered.MEMORY.exists()


def of_another_state(kept):
    return b"0" * 64 + kept[64:]


def cut_short(kept):
    return kept[:-1]


def turned(kept):
    return kept[:-1] + bytes([kept[-1] ^ 1])


@pytest.mark.parametrize("spoil", [of_another_state, cut_short, turned, lambda kept: b"", lambda kept: b"\xff\xfe\n"])
def test_a_memory_that_is_another_s_or_not_whole_is_not_opened(project, monkeypatch, spoil):
    folder, read = project
    open_record(data=folder / "data")
    remembered.MEMORY.write_bytes(spoil(remembered.MEMORY.read_bytes()))
    monkeypatch.setattr(remembered.pickle, "loads", lambda kept: pytest.fail("what is not whole was opened"))
    open_record(data=folder / "data")
    assert len(read) == 2


def test_where_nothing_can_be_written_the_record_opens_all_the_same(project):
    folder, read = project
    (folder / "build").write_text("no folder", encoding="utf-8")
    for _ in range(2):
        assert len(open_record(data=folder / "data").register)
    assert len(read) == 2
