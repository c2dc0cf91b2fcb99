"""The codebook says what the two descriptors and the rule of steps say; the command writes the rules beside it."""

import json
import re
import shutil

from helpers.commands import codebook
from helpers.loaders.tables import DATA


def test_the_codebook_says_what_the_contract_and_the_tables_say():
    """Its checksums tell when a table was changed, in a cell that no notebook shows, after the outputs were made."""
    written = (DATA / "CODEBOOK.md").read_text(encoding="utf-8")
    assert written == codebook.current(), "the contract or a table changed; run make refresh"


def test_every_column_is_described():
    for name in ("datapackage.json", "derived.json"):
        for resource in json.loads((DATA / name).read_text(encoding="utf-8"))["resources"]:
            assert resource["description"]
            assert all(len(field["description"]) > 3 for field in resource["schema"]["fields"]), resource["name"]


def test_the_command_writes_codebook_and_rules(tmp_path, monkeypatch):
    package = tmp_path / "data"
    shutil.copytree(DATA, package)
    for name in ("CODEBOOK.md", "RULES.md"):
        (package / name).unlink()
    monkeypatch.setattr(codebook, "DATA", package)
    assert codebook.main() == 0
    for name in ("CODEBOOK.md", "RULES.md"):
        assert (package / name).read_bytes() == (DATA / name).read_bytes()


def test_the_rule_of_steps_names_every_value_of_its_columns():
    """Each track, direction and confidence that the contract allows, and each rung."""
    rule = (DATA / "STEPS.md").read_text(encoding="utf-8")
    resources = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    fields = {f["name"]: f for f in next(r for r in resources if r["name"] == "events")["schema"]["fields"]}
    for value in fields["track"]["constraints"]["enum"]:
        assert f"| `{value}` |" in rule
    for value in fields["direction"]["constraints"]["enum"]:
        assert f"`{value}`:" in rule
    for value in fields["confidence"]["constraints"]["enum"]:
        assert f"*{value}* =" in rule
    rungs = fields["rung"]["constraints"]
    assert [line[2] for line in rule.splitlines() if line[:2] == "| " and line[2].isdigit()] == [
        str(rung) for rung in range(rungs["minimum"], rungs["maximum"] + 1)
    ]


def test_the_chapter_of_claims_has_a_line_for_every_test_and_only_columns_that_there_are():
    rule = (DATA / "CLAIMS.md").read_text(encoding="utf-8")
    resources = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    fields = {f["name"]: f for f in next(r for r in resources if r["name"] == "claims")["schema"]["fields"]}
    tests = fields["test"]["constraints"]["enum"]
    assert re.findall(r"^\| `(\w+)` \|", rule, re.MULTILINE) == tests
    assert set(re.findall(r"`(\w+)`", rule)) <= {*fields, *tests}


def test_the_rule_of_reports_names_every_value_that_it_decides():
    rule = (DATA / "REPORTS.md").read_text(encoding="utf-8")
    resources = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    fields = {f["name"]: f for f in next(r for r in resources if r["name"] == "reports")["schema"]["fields"]}
    for column in ("phase", "participants_scope", "absent_by"):
        assert f"`{column}`" in rule
        for value in fields[column]["constraints"]["enum"]:
            assert f"*{value}*" in rule, value
