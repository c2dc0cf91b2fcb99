"""A run that is killed at any moment leaves nothing that the next run takes for done; two runs never work side by side."""

import json
import os
import subprocess
import sys
import threading

import pytest
from support import ROOT

from helpers.commands.steps import alone, put

HERE = ROOT / "tests" / "commands" / "killed_runs.py"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_after_a_kill_at_any_moment_a_rerun_gives_what_a_fresh_run_gives(tmp_path):
    run = subprocess.run([sys.executable, HERE, tmp_path], capture_output=True, text=True, check=True)
    found = json.loads(run.stdout.splitlines()[-1])
    assert found["changes"] > 25
    assert found["kills"] >= 20
    assert found["killed"] == found["same"] == found["idle"] == found["kills"], found


def test_a_second_run_says_so_and_waits(tmp_path, capsys):
    order = []

    def second():
        with alone(tmp_path / "build"):
            order.append("second")

    other = threading.Thread(target=second)
    with alone(tmp_path / "build"):
        other.start()
        other.join(2)
        assert other.is_alive()
        order.append("first")
    other.join(60)
    assert order == ["first", "second"]
    assert capsys.readouterr().err == "Another run is at work in build/; this one waits for it.\n"


def test_a_lock_is_free_after_a_failure(tmp_path, capsys):
    with pytest.raises(ValueError, match="stopped"), alone(tmp_path):
        raise ValueError("stopped")
    with alone(tmp_path):
        pass
    assert capsys.readouterr().err == ""


def test_a_folder_takes_the_place_of_another_as_a_whole(tmp_path):
    for name in ("old", "new"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).write_text(name)
    put(tmp_path / "new", tmp_path / "old")
    assert [path.name for path in tmp_path.rglob("*")] == ["old", "new"]
    assert (tmp_path / "old" / "new").read_text() == "new"
