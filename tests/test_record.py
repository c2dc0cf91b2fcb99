"""Rows are appended to all tables or to none, whatever refuses or kills the write, and at whichever step."""

import json
import os
import re
import shutil
import subprocess
import sys

import pytest
from conftest import BASE, exercise, report, rows_of, write_package

from helpers.loaders import append as record
from helpers.loaders import tables as loaders
from helpers.loaders.contract import DataError

SOURCE = BASE["sources"][3] | {"source_id": "herald", "url": "https://example.org/herald", "original_seen": True}
NEW = {
    "sources": [SOURCE],
    "exercises": [exercise("interaction-2025")],
    "reports": [report("interaction-2025", 1, "herald", participants=["BLR", "RUS"], start="2025-09-01")],
}
# A fork a step: the child is killed just before the step, the parent looks at what is left on the disk.
KILLED = """
import os, shutil, signal, sys
from pathlib import Path
from helpers import loaders, record
new, folder = {new!r}, Path(sys.argv[1])

def child(step):
    calls = 0
    def counted(call):
        def wrapped(*args, **more):
            nonlocal calls
            calls += 1
            if calls == step:
                os.kill(os.getpid(), signal.SIGKILL)
            return call(*args, **more)
        return wrapped
    for module, name in [(os, "fsync"), (os, "replace"), (shutil, "copytree"), (shutil, "rmtree")]:
        setattr(module, name, counted(getattr(module, name)))
    record._exchange = counted(record._exchange if {swap} else lambda one, other: False)
    record.append(new, folder)

def content():
    if not folder.exists():
        record._put_back(folder)  # as the next append would
        print("caught between two names")
    return {{path.name: path.read_bytes() for path in sorted(folder.iterdir())}}

before, step = content(), 0
while content() == before:
    step += 1
    pid = os.fork()
    if not pid:
        child(step)
        os._exit(0)
    os.waitpid(pid, 0)
assert len(loaders.load(folder)["reports"]) == 2
print(step, "steps")
"""


TABLES = ["countries", "bodies", "memberships", "forces", "series", "exercises", "reports", "sources"]


@pytest.fixture
def folder(tmp_path):
    """A small package of few tables, alone in its folder."""
    tables = rows_of([exercise("interaction-2024")], [report("interaction-2024", 1)])
    folder = write_package(tmp_path / "here" / "data", {name: tables[name] for name in TABLES})
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    package["resources"] = [resource for resource in package["resources"] if resource["name"] in TABLES]
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    return folder


def content(folder):
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_rows_stand_sorted_in_all_tables(folder):
    before = content(folder)
    record.append(NEW, folder)
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
    record.append({name: [] for name in loaders.read(copy)[0]}, copy)
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
        record.append(rows, folder)
    assert all(words in str(caught.value) for words in said), str(caught.value)
    assert content(folder) == before


def test_faults_that_stood_there_already_keep_their_line(folder):
    (folder / "exercises.csv").write_text((folder / "exercises.csv").read_text().replace(",exercise,", ",drill,"))
    with pytest.raises(DataError, match=r"exercises\.csv, line 2, column event_type"):
        record.append(NEW, folder)


def test_a_table_saved_by_another_program_meanwhile_is_not_overwritten(folder, monkeypatch):
    load = loaders.load

    def save_in_between(staged):
        (folder / "countries.csv").write_bytes((folder / "countries.csv").read_bytes() + b"FRA,France,,\n")
        return load(staged)

    monkeypatch.setattr(loaders, "load", save_in_between)
    with pytest.raises(DataError, match="try again"):
        record.append(NEW, folder)
    assert "France" in (folder / "countries.csv").read_text()
    assert "herald" not in (folder / "sources.csv").read_text()


@pytest.mark.parametrize("swap", [True, False], ids=["one step", "two renames"])
@pytest.mark.parametrize("call", ["fsync", "replace", "open"])
def test_a_disk_that_refuses_at_any_step_leaves_every_table_as_it_was(folder, monkeypatch, swap, call):
    before, real, tried = content(folder), getattr(os, call), 0
    if not swap:
        monkeypatch.setattr(record, "_exchange", lambda one, other: False)
    for step in range(1, 100):
        calls = 0

        def refuses(*args, **more):
            nonlocal calls
            calls += 1
            if calls == step:  # noqa: B023  (called in this turn of the loop only)
                raise OSError("no space left")
            return real(*args, **more)

        monkeypatch.setattr(os, call, refuses)
        try:
            record.append(NEW, folder)
        except OSError:
            monkeypatch.setattr(os, call, real)
            assert content(folder) == before, step
            tried += 1
        else:
            break
    assert content(folder) != before
    assert tried >= (0 if call == "replace" and swap else 2)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize("swap", [True, False], ids=["one step", "two renames"])
def test_killed_at_any_step_the_tables_are_all_old_or_all_new(folder, swap):
    script = KILLED.format(new=NEW, swap=swap)
    run = subprocess.run([sys.executable, "-c", script, folder], check=False, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    told = run.stdout.splitlines()
    assert int(told[-1].split()[0]) > len(TABLES)  # a step a file, and those of the swap
    assert told[:-1] == [] if swap else ["caught between two names"]
    record.append({"series": [{"series_id": "new", "name": "New", "force": "CSTO"}]}, folder)
    assert [path.name for path in folder.parent.iterdir()] == ["data"]


def test_a_mac_is_asked_to_swap_as_its_header_says():
    """RENAME_SWAP of <sys/stdio.h> is 2; no other system can try it."""
    assert record.SWAPS["darwin"][1]("a", "b") == ("a", "b", 0x2)


@pytest.mark.skipif(sys.platform != "linux", reason="needs renameat2")
def test_two_folders_change_places_in_one_step(tmp_path):
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).touch()
    if record._exchange(tmp_path / "one", tmp_path / "other"):  # not every file system can
        assert (tmp_path / "one" / "other").exists() and (tmp_path / "other" / "one").exists()
    else:
        assert (tmp_path / "one" / "one").exists()
