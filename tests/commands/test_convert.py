"""A table of exercises that others made becomes a package on which the record opens and every notebook runs."""

import csv
import json
import re
import shlex
from pathlib import Path

import pytest
from outcomes import outcomes
from support import ROOT

import helpers
from helpers.__main__ import main
from helpers.commands import check
from helpers.display.finding import Finding

FIXTURES = ROOT / "tests" / "fixtures" / "convert"
NOTEBOOKS = sorted((ROOT / "notebooks").rglob("*.ipynb"))
OPTIONS = {
    "body": "NORSEA",
    "title": "Northern sea drills",
    "dataset": "Drills of the northern sea 1",
    "address": "https://example.org/drills",
    "published": "2010-05",
    "states": "State*",
    "start": "s.year,s.month,s.day",
    "end": "e.year,e.month,e.day",
    "name": "Called",
    "series": "Series",
    "place": "Where",
    "countries": str(FIXTURES / "names.csv"),
}


def converted(folder, *words, file=FIXTURES / "northern_sea.csv", **changed):
    options = [word for name, value in (OPTIONS | changed).items() if value for word in (f"--{name}", value)]
    return main(["convert", str(file), str(folder), *options, *words])


def some_series(name):
    return ["--keep", f"Series={name}"]


@pytest.fixture(scope="module")
def two(tmp_path_factory):
    """The package of one series, with lists taken as they are and with lists declared complete."""
    folder = tmp_path_factory.mktemp("converted")
    assert converted(folder / "partial", *some_series("Grey Heron")) == 0
    assert converted(folder / "complete", *some_series("Grey Heron"), "--complete") == 0
    return folder


def rows(folder, name):
    return list(csv.DictReader((folder / f"{name}.csv").open(encoding="utf-8", newline="")))


def test_the_package_passes_the_check_and_opens(two):
    for name in ("partial", "complete"):
        assert check.main(two / name) == 0
        assert len(helpers.open_record(DATA=two / name).register) == 6


def test_days_states_and_names_are_read(two):
    reports = {row["exercise_id"]: row for row in rows(two / "partial", "reports")}
    assert sorted(reports) == [
        *("grey-heron-2001", "grey-heron-2002", "grey-heron-2002-2", "grey-heron-2003", "grey-heron-2004"),
        "grey-heron-2005",
    ]
    assert (reports["grey-heron-2001"]["start"], reports["grey-heron-2001"]["end"]) == ("2001-06-04", "2001-06-15")
    assert reports["grey-heron-2002"]["start"] == "2002-06"
    assert reports["grey-heron-2002"]["participants"] == "DEU;DNK;NOR"
    assert reports["grey-heron-2002-2"]["end"] == ""  # the table lets it end before it starts
    assert reports["grey-heron-2003"]["participants"] == reports["grey-heron-2003"]["participants_scope"] == ""
    assert reports["grey-heron-2001"]["sites"] == "Harbour, outer"
    assert [row["name"] for row in rows(two / "partial", "places")] == ["Harbour, outer"]
    assert helpers.open_record(DATA=two / "partial").register["place_ids"].iloc[0] == ("harbour-outer",)
    assert {row["iso3"]: row["gw"] for row in rows(two / "partial", "countries")}["DEU"] == "260"


def test_a_list_proves_absence_only_where_it_is_declared_complete(two):
    codes = {}
    for name in ("partial", "complete"):
        cells = helpers.open_record(DATA=two / name).attendance.query("expected").set_index(["exercise_id", "iso3"])
        codes[name] = cells["code"]["grey-heron-2005", "NOR"]
    assert codes == {"partial": "unknown", "complete": "absent_by_list"}


def test_what_the_table_cannot_say_is_written_and_printed(tmp_path, capsys):
    assert converted(tmp_path / "out", *some_series("Grey Heron")) == 0
    said = capsys.readouterr().out
    description = json.loads((tmp_path / "out" / "datapackage.json").read_text(encoding="utf-8"))["description"]
    for words in (
        "Absence: the table names who came",
        "Membership: the table has none",
        "names no state at 1 of 6 exercises",
    ):
        assert words in said and words in description


def test_the_line_of_the_guide_works(tmp_path, monkeypatch):
    monkeypatch.chdir(ROOT)
    guide = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    (line,) = re.findall(r"^ *\.venv/bin/python -m helpers (convert .*)$", guide, re.MULTILINE)
    words = shlex.split(line)
    words[2] = str(tmp_path / Path(words[2]).name)
    assert main(words) == 0
    assert len(helpers.open_record(DATA=words[2]).register) == 6


@pytest.mark.parametrize("kind", ["partial", "complete"])
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_notebook_runs(two, kind, path):
    found = [value.text for value in outcomes(path, DATA=str(two / kind)).values() if isinstance(value, Finding)]
    assert not [text for text in found if "nan" in text.split() or "NaT" in text]


def test_a_column_with_a_list_does_as_well(tmp_path):
    file = tmp_path / "lists.csv"
    file.write_text("day,states\n2001-06-04,Denmark; Norway\n2002-06,Norway\n", encoding="utf-8")
    plain = {"end": "", "name": "", "series": "", "place": "", "states": "states", "start": "day"}
    assert converted(tmp_path / "out", file=file, **plain) == 0
    assert [row["participants"] for row in rows(tmp_path / "out", "reports")] == ["DNK;NOR", "NOR"]
    assert [row["exercise_id"] for row in rows(tmp_path / "out", "exercises")] == ["norsea-2001", "norsea-2002"]


@pytest.mark.parametrize(
    ("changed", "words", "said"),
    [
        ({}, [], "line 8: no code is known for the state 'Atlantis'"),
        ({"states": "Land*"}, [], "no column is called Land*"),
        ({"start": "begin"}, [], "column 'begin' is not in the file"),
        ({"start": "s.year,s.month"}, [], "three with year, month and day"),
        ({"start": "Called"}, [], "'Grey Heron 2001' is no ISO day"),
        ({"body": "x y"}, some_series("Grey Heron"), "a short name in capitals"),
        ({"address": "nowhere"}, some_series("Grey Heron"), "sources.csv, line 2"),
        ({"focus": "FRA"}, some_series("Grey Heron"), "FOCUS is 'FRA'"),
        ({"countries": "absent.csv"}, some_series("Grey Heron"), "absent.csv"),
        ({}, some_series("None"), "no row is left"),
    ],
)
def test_what_cannot_be_converted_is_refused_and_nothing_is_left(tmp_path, capsys, changed, words, said):
    assert converted(tmp_path / "out", *words, **changed) == 1
    complaint = capsys.readouterr().err
    assert said in complaint and "Traceback" not in complaint
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_holds_something_is_left_alone(tmp_path, capsys):
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    assert converted(tmp_path, *some_series("Grey Heron")) == 1
    assert "is there already" in capsys.readouterr().err
    assert [path.name for path in Path(tmp_path).iterdir()] == ["mine.txt"]


def of_rows(folder, *lines):
    """A package of rows of name, series and place, all of Denmark and Norway."""
    file = folder / "small.csv"
    whole = [
        f"{name},{series},{place},{1998 + at}-06-01,Denmark;Norway" for at, (name, series, place) in enumerate(lines)
    ]
    file.write_text("\n".join(["Called,Series,Where,day,states", *whole]) + "\n", encoding="utf-8")
    assert converted(folder / "out", file=file, start="day", end="", states="states") == 0
    return folder / "out"


def test_an_exercise_keeps_its_own_name(tmp_path):
    made = of_rows(
        tmp_path,
        *(("Amber Shield", "", ""), ("Amber Shield '99", "", ""), ("2000 Lone Gull", "", ""), ("Deep Dive 2001", "Sea Otter", "")),
        *(("Exercise Sea Otter II", "Sea Otter", ""), ("", "", ""), ("Щит", "", ""), ("Щит", "", ""), ("Рубеж", "", "")),
    )  # fmt: skip
    record = helpers.open_record(DATA=made)
    assert record.register["name"].tolist() == [
        *("Amber Shield 1998", "Amber Shield 1999", "Lone Gull 2000", "Deep Dive 2001", "Sea Otter 2002"),
        *("NORSEA 2003", "Щит 2004", "Щит 2005", "Рубеж 2006"),
    ]
    assert {row["name"] for row in rows(made, "series")} == {"Amber Shield", "Lone Gull", "Sea Otter", "NORSEA", "Щит", "Рубеж"}  # fmt: skip


def test_places_are_those_that_the_table_names(tmp_path):
    long = "Training area " + "of the northern and the southern shore " * 3
    made = of_rows(tmp_path, ("A", "", "Hel; Kiel"), ("B", "", "hel"), ("C", "", "-9"), ("D", "", long))
    assert check.main(made) == 0
    register = helpers.open_record(DATA=made).register
    assert register["place_ids"].iloc[:3].tolist() == [("hel", "kiel"), ("hel",), ()]
    assert len(register["place_ids"].iloc[3]) == 1


def test_a_table_without_places_has_none(tmp_path):
    assert not (of_rows(tmp_path, ("A", "", "")) / "places.csv").exists()


def test_no_sentence_on_a_converted_table_claims_what_it_cannot_say(two):
    said = {}
    for number in ("00", "01", "02", "04"):
        (path,) = (one for one in NOTEBOOKS if one.name.startswith(number))
        said[number] = " ".join(
            value.text for value in outcomes(path, DATA=str(two / "partial")).values() if isinstance(value, Finding)
        )
    assert "This record cannot show an absence" in said["00"]
    assert "it cannot show blocs" in said["02"] and "No source names a place" not in said["04"]
    whole = " ".join(said.values())
    for never in ("thinly reported", "1 May 2010", "1 to 1", "lacks no link", "fewer sources"):
        assert never not in whole
