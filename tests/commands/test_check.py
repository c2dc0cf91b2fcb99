"""`check` names every fault, or counts what is in order."""

import shutil
import subprocess
import sys

import pytest
from support import report, small_record, write_package

from helpers.commands.check import main
from helpers.loaders.tables import load


def test_make_check_reads_the_record_s_own_data_by_default():
    run = subprocess.run([sys.executable, "-m", "helpers", "check"], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout.startswith(f"{len(load())} tables")


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


def test_without_git_nothing_is_compared(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("PATH", "")
    assert main(write_package(tmp_path, small_record())) == 0
    assert "last commit" not in capsys.readouterr().out


def test_a_publication_in_the_future_is_noticed(tmp_path, capsys):
    content = small_record()
    content["sources"][0]["published_on"] = "2039-12-31"
    assert main(write_package(tmp_path, content)) == 0
    assert "sources.csv, line 2, column published_on: value '2039-12-31' lies after today" in capsys.readouterr().out
