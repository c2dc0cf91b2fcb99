"""`check` names every fault, or counts what is in order."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from support import bare_package, report, small_record, write_package

from helpers.commands.check import main
from helpers.loaders.tables import DATA, load


def test_make_check_reads_the_record_s_own_data_by_default():
    run = subprocess.run([sys.executable, "-m", "helpers", "check"], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout.startswith(f"{len(load())} tables")


def test_a_reader_that_has_read_enough_sees_no_traceback(tmp_path):
    folder = write_package(tmp_path / "good", small_record())
    command = [sys.executable, "-m", "helpers", "check", folder]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as run:
        run.stdout.close()  # as `head` does
        assert (run.stderr.read(), run.wait()) == ("", 1)


def test_make_check_says_what_to_mend(tmp_path, capsys):
    assert main(write_package(tmp_path / "good", small_record())) == 0
    assert "in order" in capsys.readouterr().out
    content = small_record()
    content["reports"][0]["phase"] = "later"
    assert main(write_package(tmp_path / "bad", content)) == 1
    said = capsys.readouterr()
    assert "reports.csv, line 2, column phase: value 'later' is not one of" in said.err
    assert said.out == ""


GIT = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]


@pytest.mark.parametrize(
    ("before", "after", "noticed"),
    [
        ("2500+", "2500", True),
        ("0250", "250", True),
        ("2500", "2600", False),
        ("~2500", "2500", False),
        ("2500+", "2500+", False),
    ],
)
@pytest.mark.skipif(not shutil.which("git"), reason="needs git")
def test_a_sign_that_a_spreadsheet_took_off_a_number_is_noticed(tmp_path, capsys, before, after, noticed):
    content = small_record()
    content["reports"][0]["troops"] = before
    folder = write_package(tmp_path / "a repository" / "data", content)
    for words in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "--message=first"]):
        subprocess.run([*GIT, *words], cwd=folder.parent, check=True)
    content["reports"][0]["troops"] = after
    content["reports"].insert(0, report("interaction-2024", 0))
    assert main(write_package(folder, content)) == 0
    wanted = f"reports.csv, line 3, column troops: value {after!r} was {before!r} in the last commit; a spreadsheet"
    assert (wanted in capsys.readouterr().out) == noticed


def test_a_copy_of_the_record_is_compared_with_it_where_git_knows_nothing(tmp_path, capsys):
    folder = Path(shutil.copytree(DATA, tmp_path / "copy"))
    rows = (folder / "reports.csv").read_text(encoding="utf-8")
    assert main(folder) == 0
    assert "a spreadsheet" not in capsys.readouterr().out
    (folder / "reports.csv").write_text(re.sub(r"(?<=,[0-9]{4})\+(?=,)", "", rows), encoding="utf-8", newline="")
    assert main(folder) == 0
    lines = [line for line in capsys.readouterr().out.splitlines() if "a spreadsheet drops such a sign" in line]
    assert len(lines) > 50
    assert all("in the record itself" in line and "+' in the record" in line for line in lines)


@pytest.mark.parametrize(
    ("scope", "said"),
    [
        ({"focus": "XXX"}, "scope: focus is 'XXX', which was never bound; states that were: ARM, BLR"),
        ({"split": "13.09.2022"}, "scope: SPLIT is '13.09.2022'"),
        ({"since": "abc"}, "scope: SINCE is 'abc', which is no year"),
        ({"classes": ["nope"]}, "scope: classes name 'nope'; there are exercise, staff_event"),
        ({"unit": 3}, "scope: UNIT is 3"),
        ({"focsu": "ARM"}, "scope: 'focsu' is not one of since, until"),
    ],
)
def test_a_scope_that_no_notebook_could_take_is_one_line(tmp_path, capsys, scope, said):
    folder = write_package(tmp_path, small_record())
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    package["scope"] |= scope
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    assert main(folder) == 1
    (line, count) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"datapackage.json: {said}")
    assert count == "1 to mend."


def test_a_package_with_nothing_but_exercises_and_members_is_in_order(tmp_path, capsys):
    assert main(bare_package(tmp_path)) == 0
    assert capsys.readouterr().err == ""


def test_a_slip_is_printed_with_its_place(tmp_path, capsys):
    content = small_record()
    content["reports"][0] |= {"phase": "before", "status": "held"}
    assert main(write_package(tmp_path, content)) == 0
    said = "Look at reports.csv, line 2, column status: value 'held' does not go with what was said ahead."
    assert said in capsys.readouterr().out


def test_without_git_nothing_is_compared(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("PATH", "")
    assert main(write_package(tmp_path, small_record())) == 0
    assert "last commit" not in capsys.readouterr().out


def test_a_publication_in_the_future_is_noticed(tmp_path, capsys):
    content = small_record()
    content["sources"][0]["published_on"] = "2039-12-31"
    assert main(write_package(tmp_path, content)) == 0
    assert "sources.csv, line 2, column published_on: value '2039-12-31' lies after today" in capsys.readouterr().out
