"""A draft takes from a text what it settles, shows the words behind each field, writes nothing, and is not wrong."""

import json
import sys
import tomllib

import bench_draft
import pytest
from support import ROOT

from helpers.__main__ import main
from helpers.commands.draft import read_text

TEXTS = ROOT / "tests" / "fixtures" / "draft"
GOLD = json.loads((TEXTS / "gold.json").read_text(encoding="utf-8"))["texts"]


def text_of(name):
    return (TEXTS / f"{name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", GOLD)
def test_no_field_is_wrong(name, data):
    counts = bench_draft.compare(read_text(text_of(name), data), GOLD[name])
    assert {field: n for (field, kind), n in counts.items() if kind == "wrong" and n} == {}


def test_nine_fields_in_ten_are_right(data):
    counts = bench_draft.measure([(text_of(name), gold) for name, gold in GOLD.items()], data)
    right, every = (
        sum(n for (_, kind), n in counts.items() if kind in kinds) for kinds in (["right"], bench_draft.KINDS)
    )
    assert right / every > 0.9, "\n".join(bench_draft.table(counts))


@pytest.mark.parametrize("name", GOLD)
def test_the_words_behind_a_field_stand_in_the_text(name, data):
    flat = " ".join(text_of(name).split())
    for found in read_text(text_of(name), data).values():
        assert all(part.removesuffix("...") in flat for part in found.words.split(" / "))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "No drill here.",
        "1 2 3 " * 50,
        "The organisation comprises Armenia, Belarus, Kazakhstan, Kyrgyzstan, Russia and Tajikistan.",
        "Azerbaijan, Georgia and Belarus joined the treaty in 1993. Uzbekistan refused to extend it.",
        "Russia sold weapons to Armenia. Belarus sent grain to Kazakhstan in May.",
        "Запад давит на Ереван, чтобы Армения покинула организацию.",
    ],
)
def test_a_text_about_no_exercise_gives_no_attendance(text, data):
    assert not {"participants", "absent", "hosts", "troops"} & set(read_text(text, data))


def test_a_state_named_as_both_is_left_out(data):
    drill = 'At the drill "Cobalt-2031" units from Belarus and Russia trained. '
    found = read_text(drill + "Belarus did not take part in the drill, a paper says.", data)
    assert found["participants"].value == ["RUS"]
    assert "absent" not in found


def test_common_words_are_no_series(data):
    text = "The search for survivors went on along the border; interaction of units from Russia was the aim of the exercise."
    assert "series" not in read_text(text, data)


def test_the_command_prints_a_template_and_writes_nothing(tmp_path, capsys):
    path = tmp_path / "text.txt"
    path.write_text(text_of("01"), encoding="utf-8")
    assert main(["draft", str(path)]) == 0
    said = capsys.readouterr().out
    given = tomllib.loads(said)
    assert given["exercise"]["exercise_id"] == "indestructible-brotherhood-2031"
    assert given["report"]["absent"] == ["ARM"]
    assert given["report"]["absent_by"] == given["report"]["participants_scope"] == ""  # for a person to judge
    assert "# From: It ran from September 28 to October 7.\nstart" in said
    assert [one.name for one in tmp_path.iterdir()] == ["text.txt"]


def test_without_its_libraries_it_says_so_in_one_line(tmp_path, capsys, monkeypatch):
    path = tmp_path / "text.txt"
    path.write_text("Drill.", encoding="utf-8")
    monkeypatch.setitem(sys.modules, "ahocorasick", None)
    assert main(["draft", str(path)]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert "extra `draft`" in line


def test_a_file_that_cannot_be_read_is_named(tmp_path, capsys):
    assert main(["draft", str(tmp_path / "absent.txt")]) == 1
    (tmp_path / "latin.txt").write_bytes("Übung".encode("latin-1"))
    assert main(["draft", str(tmp_path / "latin.txt")]) == 1
    assert [line.split(":")[0] for line in capsys.readouterr().err.splitlines()][-1] == "latin.txt"
