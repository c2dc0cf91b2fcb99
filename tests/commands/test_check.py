"""`check` names every fault, or counts what is in order."""

import subprocess
import sys

from support import exercise, report, rows_of, write_package

from helpers.commands.check import main
from helpers.loaders.tables import load


def tables():
    return rows_of(
        [exercise("interaction-2024")],
        [
            report(
                "interaction-2024",
                1,
                start="2024-09-01",
                end="2024-09-05",
                hosts="KGZ",
                participants="KGZ;RUS",
                troops="1500",
                troops_scope="exercise",
            )
        ],
        events=[
            {
                "event_id": "2024-01-01-x",
                "subject": "ARM",
                "actor": "ARM",
                "date": "2024-01-01",
                "date_kind": "act",
                "track": "law",
                "direction": "disengage",
                "rung": "1",
                "what": "Words.",
                "source_ids": "press",
                "confidence": "high",
            }
        ],
    )


def test_make_check_reads_the_record_s_own_data_by_default():
    run = subprocess.run([sys.executable, "-m", "helpers", "check"], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout.startswith(f"{len(load())} tables")


def test_make_check_says_what_to_mend(tmp_path, capsys):
    assert main(write_package(tmp_path / "good", tables())) == 0
    assert "in order" in capsys.readouterr().out
    content = tables()
    content["reports"][0]["phase"] = "later"
    assert main(write_package(tmp_path / "bad", content)) == 1
    said = capsys.readouterr()
    assert "reports.csv, line 2, column phase: value 'later' is not one of" in said.err
    assert said.out == ""
