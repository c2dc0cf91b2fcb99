"""The published tables: valid by a second validator, consistent, canonical, and complete for the founding articles."""

import csv
import json
import re
import shutil
from pathlib import Path

import pandas as pd
import pytest
from frictionless import Package, system

from helpers.commands import export
from helpers.loaders import dates
from helpers.loaders.tables import DATA, load

ROWS = Path(__file__).parents[1] / "fixtures" / "approved" / "rows.json"
FOUNDING = [f"article-00{number}" for number in range(5)]


@pytest.mark.parametrize("built", [False, True], ids=["coded", "derived"])
def test_a_data_package_validator_agrees(tmp_path, data, built):
    if built:
        export.write(export.derived_tables(data), tmp_path)
    else:
        for path in [*DATA.glob("*.csv"), DATA / "datapackage.json"]:
            shutil.copy(path, tmp_path)
    with system.use_context(trusted=True):
        report = Package(str(tmp_path / "datapackage.json")).validate()
    assert report.valid, report.flatten(["type", "note", "rowNumber", "fieldName"])[:10]


def test_data_files_are_sorted_by_key_and_written_canonically():
    """UTF-8, LF, sorted by key, and just the files that the contract names."""
    resources = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    assert {path.name for path in DATA.glob("*.csv")} == {resource["path"] for resource in resources}
    for resource in resources:
        content = (DATA / resource["path"]).read_bytes()
        assert b"\r" not in content
        assert not content.startswith(b"\xef\xbb\xbf")
        assert content.endswith(b"\n")
        rows = list(csv.DictReader(content.decode("utf-8").splitlines()))
        schema = resource["schema"]
        numbers = {field["name"] for field in schema["fields"] if field["type"] == "integer"}
        keys = [tuple(int(row[k]) if k in numbers else row[k] for k in schema["primaryKey"]) for row in rows]
        assert keys == sorted(keys), resource["path"]


def test_no_row_is_lost(data):
    """A table may grow. Whoever takes a row out on purpose writes the numbers anew, as below."""
    least = json.loads(ROWS.read_text(encoding="utf-8"))
    assert least.keys() == data.keys()
    assert {name: rows for name, rows in least.items() if len(data[name]) < rows} == {}


def test_the_periods_leave_no_year_out(data):
    since, until = (data["periods"][end].astype(int).tolist() for end in ("since", "until"))
    assert since[1:] == [year + 1 for year in until[:-1]]


def test_every_held_exercise_has_a_host_or_says_that_no_source_names_one(record, data):
    register, _ = record
    stated = data["exercises"].loc[data["exercises"]["note"].str.contains("No source names the host"), "exercise_id"]
    bare = register[
        (register["status"] == "held") & (register["event_type"] == "exercise") & (register["hosts"].map(len) == 0)
    ]
    assert set(bare["exercise_id"]) == set(stated)


def test_exercises_start_in_their_plan_year(record):
    register, _ = record
    early, late = register["start_earliest"].dt.year, register["start_latest"].dt.year
    assert register[(late < register["year"]) | (early > register["year"])]["exercise_id"].tolist() == []


def test_umbrellas_cover_their_parts(record):
    register, _ = record
    table = register.set_index("exercise_id")
    for part in register[(register["parent_id"] != "") & (register["status"] == "held")].itertuples():
        umbrella = table.loc[part.parent_id]
        assert umbrella["status"] == "held"
        assert umbrella["start_earliest"] <= part.start_earliest
        assert umbrella["end_latest"] >= part.end_latest


def test_troops_run_from_low_to_high(data):
    for text in data["reports"]["troops"]:
        numbers = [int(number) for number in re.findall(r"\d+", text)]
        assert numbers == sorted(numbers), text


def test_reports_belong_to_their_exercise(data):
    reports = data["reports"]
    assert (reports["report_id"].str.rsplit(".", n=1).str[0] == reports["exercise_id"]).all()


def test_every_exercise_has_a_report(data):
    assert set(data["exercises"]["exercise_id"]) == set(data["reports"]["exercise_id"])


def test_each_source_is_used(data):
    used = set(data["article_facts"]["article"])
    for name, table in data.items():
        for column in {"source_id", "source_ids"} & set(table.columns if name != "sources" else ()):
            used |= set(table[column].explode())
    assert set(data["sources"]["source_id"]) - used == set()


def test_each_alias_resolves_to_one_series(data):
    series = data["series"]
    names = pd.concat([series["name"], series["name_ru"], series["aliases"].explode().dropna()])
    names = names[names != ""].str.lower()
    assert names[names.duplicated()].tolist() == []


def test_addresses_are_unique(data):
    url = data["sources"]["url"]
    assert url[url.duplicated() & (url != "")].tolist() == []


def test_a_family_is_one_source_or_a_statement(data):
    """A family named after a source is that source's own reporting, and the source stands in it."""
    sources = data["sources"].set_index("source_id")
    named_after = sources[sources["origin_id"].isin(sources.index)]
    for source in named_after.itertuples():
        assert sources.at[source.origin_id, "origin_id"] == source.origin_id, source.Index


def test_a_guest_is_named_in_so_many_words(record, data):
    """No state attends before it joined or after it left unless a report names it: a phrase cannot bring it in."""
    _, cells = record
    reports = data["reports"].set_index("report_id")
    guests = cells[~cells["expected"] & cells["code"].isin(["present", "observer"])]
    assert len(guests) > 0
    for cell in guests.itertuples():
        for report in reports.loc[list(cell.reports)].itertuples():
            named = {*report.participants} if report.participants_scope != "boilerplate" else set()
            assert cell.iso3 in named | {*report.observers} | {*report.hosts}, (cell.exercise_id, cell.iso3)


def test_nobody_is_both_present_and_absent_without_a_trace(record, data):
    _, cells = record
    code = cells.set_index(["exercise_id", "iso3"])
    said = {"participants": set(), "absent": set()}
    for report in (
        data["reports"].query("phase in ['during', 'after'] and participants_scope != 'boilerplate'").itertuples()
    ):
        for field, pairs in said.items():
            if field not in report.deprecated_fields:
                pairs |= {(report.exercise_id, state) for state in getattr(report, field)}
    for pair in said["participants"] & said["absent"]:
        if code.at[pair, "code"] != "not_held":
            assert code.at[pair, "code"] == "conflicting" or code.at[pair, "against"], pair


def test_the_founding_articles_are_sources(data):
    sources = data["sources"].set_index("source_id")
    assert set(FOUNDING) <= set(sources.index)
    assert sources.loc[FOUNDING, "file"].ne("").all()


def test_every_fact_of_the_articles_points_at_a_row(data):
    facts = data["article_facts"]
    assert set(facts["article"]) == set(FOUNDING)
    assert facts.groupby("article").size().min() >= 12
    keys = {
        resource["name"]: resource["schema"]["primaryKey"]
        for resource in json.loads((DATA / "datapackage.json").read_text())["resources"]
    }
    rows = {name: set(data[name][keys[name]].astype(str).agg("|".join, axis=1)) for name in facts["table"].unique()}
    lost = [
        (fact.fact_id, fact.table, fact.row_key, fact.column)
        for fact in facts.itertuples()
        if fact.row_key not in rows[fact.table] or fact.column not in data[fact.table].columns
    ]
    assert lost == []


def test_contradictions_of_the_articles_stand_in_the_data(data, record):
    notes = " ".join(data["article_facts"]["fact"] + data["article_facts"]["note"])
    for words in ("Uzbekistan", "Belarus", "boycott"):
        assert words.lower() in notes.lower()
    register, _ = record
    row = register.set_index("exercise_id").loc["indestructible-brotherhood-2024"]
    assert "start" in row["conflicts"]  # 26 September against the active phase from 1 October
    signed = data["memberships"].query("body == 'CST' and status == 'signatory'").set_index("iso3")["start"]
    assert signed["UZB"] == "1992-05-15"
    assert dates.parse(signed["BLR"])[0].year == 1993


def test_notes_speak_to_a_reader_and_not_of_the_work():
    """No note mentions how or by whom the coding was done, only what sources say and whether they were seen."""
    told = re.compile(
        r"\bexcerpt|\bthe leads\b|\bthe lead list|\bcoder|not seen in search|returned by search", re.IGNORECASE
    )
    for name, table in data_texts():
        for column, text in table:
            assert not told.search(text), (name, column, text)


def data_texts():
    for path in sorted(DATA.glob("*.csv")):
        rows = csv.DictReader(path.read_text(encoding="utf-8").splitlines())
        yield (
            path.name,
            [
                (column, text)
                for row in rows
                for column, text in row.items()
                if column in ("note", "deprecated_why", "what", "claim", "fact") and text
            ],
        )


if __name__ == "__main__":
    rows = {name: len(table) for name, table in load().items()}
    ROWS.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
