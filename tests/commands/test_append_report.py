"""A report from a filled template: how the rules will read it is shown before anything is written, whole or not at all."""

import filecmp
import re
import shutil
import tomllib
from pathlib import Path

import pytest

from helpers.commands import append_report
from helpers.commands.append_template import SECTIONS, template
from helpers.loaders.tables import DATA, load, read

NEW = {
    "source.source_id": '"herald-20300102-x"',
    "source.outlet": '"The Herald"',
    "source.kind": '"press"',
    "source.title": '"Drill ends"',
    "source.url": '"https://example.org/x"',
    "source.published_on": "2030-01-02",
    "source.lang": '"en"',
    "exercise.exercise_id": '"interaction-2024"',
    "report.phase": '"after"',
    "report.status": '"held"',
    "report.participants": '["KAZ", "RUS", "ARM"]',
    "report.participants_scope": '"complete"',
}


@pytest.fixture(scope="module")
def blank():
    return template(DATA)


@pytest.fixture
def folder(tmp_path):
    return Path(shutil.copytree(DATA, tmp_path / "data"))


@pytest.fixture
def filled(blank, tmp_path):
    """Fills the template in, as a person would with an editor."""

    def fill(values):
        section, lines = "", []
        for line in blank.splitlines():
            section = line.strip("[]") if line.startswith("[") else section
            name = line.partition(" = ")[0]
            lines.append(f"{name} = {values[key]}" if (key := f"{section}.{name}") in values else line)
        path = tmp_path / "report.toml"
        path.write_text("\n".join(lines), encoding="utf-8")
        return path

    return fill


def untouched(folder):
    same, *others = filecmp.cmpfiles(DATA, folder, [path.name for path in DATA.iterdir()], shallow=False)
    return others == [[], []] and len(same) == len(list(folder.iterdir()))


def test_the_template_asks_for_every_column_with_its_allowed_values(blank):
    given = tomllib.loads(blank)
    resources, _, _ = read(DATA)
    assert set(given) == set(SECTIONS)
    assert {*given["report"], "report_id", "exercise_id", "source_id"} == {
        field["name"] for field in resources["reports"]["schema"]["fields"]
    }
    assert "# One of: plan, before, during, after\nphase" in blank
    assert "RUS Russia" in blank and "cobalt (Cobalt)" in blank


def test_the_reading_is_shown_and_nothing_written_without_a_yes(filled, folder, capsys):
    asked = []
    for ask in (None, lambda text: asked.append(text) or "n"):
        assert append_report.main(filled(NEW), folder, agreed=False, ask=ask) == 0
        said = capsys.readouterr().out
        assert re.search(r"Armenia +came +sources conflict, grade B \(before: absent, reported, grade A\)", said)
        assert re.search(r"Belarus +stayed away: the full list lacks it", said)
        assert "Armenia at joint-drills-2024-09" in said  # what moves at the joint exercise is said, too
        assert "Nothing was written." in said
    assert len(asked) == 1 and untouched(folder)


def test_what_was_shown_is_what_the_record_then_holds(filled, folder, capsys):
    assert append_report.main(filled(NEW), folder, agreed=True) == 0
    assert "Written: 1 row in reports.csv, 1 row in sources.csv." in capsys.readouterr().out
    reports = load(folder)["reports"]
    row = reports[reports["source_id"] == "herald-20300102-x"].iloc[0]
    assert row["report_id"] == "interaction-2024.21"
    assert row["participants"] == ("KAZ", "RUS", "ARM")
    assert len(reports) == len(load()["reports"]) + 1


def test_the_same_report_a_second_time_is_refused(filled, folder, capsys):
    assert append_report.main(filled(NEW), folder, agreed=True) == 0
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    capsys.readouterr()
    assert append_report.main(filled(NEW), folder, agreed=True) == 1
    said = capsys.readouterr()
    assert (
        said.err == "reports.csv: interaction-2024.21 says the same of interaction-2024 by this source; it is there\n"
    )
    assert said.out == ""
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert (
        append_report.main(
            filled(NEW | {"report.troops": '"500"', "report.troops_scope": '"exercise"'}), folder, agreed=True
        )
        == 0
    )


def test_a_new_edition_by_a_source_on_record(filled, folder, capsys):
    source = load()["sources"].iloc[0]["source_id"]
    own = {name: value for name, value in NEW.items() if name.startswith("report.")}
    edition = {"exercise_id": '"cobalt-2030"', "series_id": '"cobalt"', "organiser": '"CSTO"'}
    values = own | {"source.source_id": f'"{source}"'} | {f"exercise.{name}": value for name, value in edition.items()}
    assert append_report.main(filled(values), folder, agreed=False, ask=lambda text: "YES") == 0
    said = capsys.readouterr().out
    assert "The exercise is new to the record." in said
    assert "Written: 1 row in exercises.csv, 1 row in reports.csv." in said


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"source.kind": '"pres"'}, ["kind: value 'pres' is not one of"]),
        ({"report.participants": '["KAS"]', "report.phase": '"later"'}, ["names KAS", "'later' is not one of"]),
        ({"report.participants_scope": '""'}, ["must be filled if, and only if, participants is"]),
        ({"exercise.exercise_id": '""'}, ["[exercise]: exercise_id is blank"]),
        ({"exercise.series_id": '"cobalt"'}, ["interaction-2024 is on record with series_id interaction"]),
        ({"report.start": "20 June"}, ["not readable as a filled template"]),
        ({"exercise.exercise_id": '"interaction-1"'}, ["exercises.csv, new row 1", "series_id"]),
    ],
)
def test_what_cannot_be_is_refused_whole(filled, folder, capsys, changed, said):
    assert append_report.main(filled(NEW | changed), folder, agreed=True) == 1
    complaint = capsys.readouterr().err
    assert all(words in complaint for words in said), complaint
    assert "Traceback" not in complaint and untouched(folder)
