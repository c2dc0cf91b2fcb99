"""A descriptor that somebody edited by hand: each mistake is one line, and none leads out of the folder or hangs."""

import json
import os

import pandas as pd
import pytest
from support import PACKAGE, exercise, report, rows_of, write_package

from helpers.loaders import tables as loaders
from helpers.loaders.contract import DataError
from helpers.loaders.descriptor import faults_of_descriptor, parse


def faults(folder):
    with pytest.raises(DataError) as caught:
        loaders.load(folder)
    return caught.value.faults


@pytest.fixture
def folder(tmp_path):
    return write_package(tmp_path / "data", rows_of([exercise("interaction-2024")], [report("interaction-2024", 1)]))


def table(package, name="reports"):
    return next(resource for resource in package["resources"] if resource["name"] == name)


def column(package, name="phase", of="reports"):
    return next(field for field in table(package, of)["schema"]["fields"] if field["name"] == name)


def test_the_record_and_every_test_start_from_a_sound_descriptor(folder):
    assert list(faults_of_descriptor(PACKAGE)) == []
    loaders.load(folder)


EDITS = {  # what somebody does to the descriptor, and what the line must say
    "no name": (lambda p: table(p).pop("name"), "needs a name of small letters"),
    "a name that is a path": (lambda p: table(p).update(name="../reports"), "needs a name of small letters"),
    "a column without a name": (lambda p: column(p).pop("name"), "table reports, column "),
    "an unknown type": (
        lambda p: column(p).update(type="text"),
        "column phase: its type must be one of string, integer, boolean, list, not 'text'",
    ),
    "a type that another has": (
        lambda p: column(p, "note").update(type="list", delimiter=";"),
        "column note: its type must be string, not list",
    ),
    "the same for no column": (
        lambda p: column(p, "n", "polls").update(sameFor="poll"),
        "table polls, column n: its sameFor must be another of its columns, not 'poll'",
    ),
    "the same for itself": (
        lambda p: column(p, "n", "polls").update(sameFor="n"),
        "table polls, column n: its sameFor must be another of its columns, not 'n'",
    ),
    "the same for a list": (
        lambda p: column(p, "n", "polls").update(sameFor=["poll_id"]),
        "table polls, column n: its sameFor must be another of its columns, not ['poll_id']",
    ),
    "a table twice": (lambda p: p["resources"].append(table(p)), "describes the table reports twice"),
    "a column twice": (
        lambda p: table(p)["schema"]["fields"].append(column(p)),
        "table reports: describes the column phase twice",
    ),
    "a path out of the folder": (
        lambda p: table(p).update(path="../../etc/passwd"),
        "its path must be reports.csv, beside this file",
    ),
    "an absolute path": (lambda p: table(p).update(path="/etc/passwd"), "its path must be reports.csv"),
    "an address for a path": (
        lambda p: table(p).update(path="https://example.org/reports.csv"),
        "its path must be reports.csv",
    ),
    "several paths": (lambda p: table(p).update(path=["reports.csv"]), "its path must be reports.csv"),
    "another table's path": (lambda p: table(p).update(path="events.csv"), "its path must be reports.csv"),
    "a hostile pattern": (
        lambda p: column(p)["constraints"].update(pattern="(?=(a+)+b)"),
        "column phase: its pattern '(?=(a+)+b)' has a '?'",
    ),
    "a broken pattern": (lambda p: column(p)["constraints"].update(pattern="[a-"), "column phase: its pattern '[a-'"),
    "a longest text of no letters": (
        lambda p: column(p)["constraints"].update(maxLength=0),
        "column phase: its maxLength must be a whole number above 0, not 0",
    ),
    "a pattern that is a number": (
        lambda p: column(p)["constraints"].update(pattern=3),
        "column phase: its pattern must be",
    ),
    "a key of no column": (
        lambda p: table(p)["schema"].update(primaryKey=["id"]),
        "table reports: its primaryKey must be a list of its columns, not ['id']",
    ),
    "a key that is a text": (
        lambda p: table(p)["schema"].update(primaryKey="report_id"),
        "its primaryKey must be a list",
    ),
    "no key": (
        lambda p: table(p)["schema"].pop("primaryKey"),
        "its primaryKey must be a list of its columns, not nothing",
    ),
    "an enum that is a text": (
        lambda p: column(p)["constraints"].update(enum="plan"),
        "column phase: its enum must be a list of texts, not 'plan'",
    ),
    "an enum of numbers": (
        lambda p: column(p)["constraints"].update(enum=[1, 2]),
        "column phase: its enum must be a list of texts",
    ),
    "a reference to no table": (
        lambda p: table(p)["schema"]["foreignKeys"][0]["reference"].update(resource="nowhere"),
        "refers to the table 'nowhere', which is not described",
    ),
    "a reference to no column": (
        lambda p: table(p)["schema"]["foreignKeys"][0]["reference"].update(fields=["nothing"]),
        "refers to the column 'nothing' of",
    ),
    "a key from no column": (
        lambda p: table(p)["schema"]["foreignKeys"][0].update(fields=["nothing"]),
        "a foreign key is of the column 'nothing'",
    ),
    "items of no table": (
        lambda p: column(p, "hosts")["itemReference"].update(resource="nowhere"),
        "column hosts: refers to the table 'nowhere'",
    ),
    "a slip in a constraint": (
        lambda p: column(p)["constraints"].update(requried=True),
        "column phase: its constraint 'requried' is not one of",
    ),
    "a word for a truth": (
        lambda p: column(p)["constraints"].update(required="yes"),
        "required must be true or false, not 'yes'",
    ),
    "a bound of many digits": (
        lambda p: column(p, "rung", "events")["constraints"].update(maximum=10**14),
        "its maximum must be a whole number up to",
    ),
    "a delimiter of letters": (
        lambda p: column(p, "hosts").update(delimiter="and"),
        "column hosts: its delimiter must be one sign",
    ),
    "no delimiter": (
        lambda p: column(p, "hosts").pop("delimiter"),
        "column hosts: its delimiter must be one sign such as ;, not nothing",
    ),
    "a line break in a description": (
        lambda p: column(p).update(description="Words.\n```{include} x"),
        "holds a line break",
    ),
    "another encoding": (lambda p: table(p).update(encoding="cp1251"), "its encoding cannot be 'cp1251'"),
    "another separator": (lambda p: table(p).update(dialect={"delimiter": ";"}), "its dialect cannot be"),
    "fields that are no list": (
        lambda p: table(p)["schema"].update(fields={}),
        "its schema needs a list of fields, not {}",
    ),
    "a title that is an object": (lambda p: p.update(title={}), "its title must be a text, not {}"),
    "a version that is a list": (lambda p: p.update(version=[]), "its version must be a text, not []"),
    "a name that is nothing": (lambda p: p.update(name=None), "its name must be a text, not nothing"),
    "a licence that is a number": (lambda p: p.update(licenses=3), "its licenses must be a list of objects, not 3"),
    "a contributor that is a number": (
        lambda p: p.update(contributors=[3]),
        "its contributors must be a list of objects, not [3]",
    ),
    "a scope that is a list": (lambda p: p.update(scope=["ARM"]), "its scope must be an object, not ['ARM']"),
    "another delimiter": (
        lambda p: column(p, "hosts").update(delimiter="|"),
        "column hosts: its delimiter must be ;, not |",
    ),
    "a table left out": (
        lambda p: p["resources"].remove(table(p, "shocks")),
        "lacks the table shocks, though shocks.csv is there",
    ),
    "a column left out": (
        lambda p: table(p)["schema"]["fields"].remove(column(p, "phase")),
        "table reports: lacks the column phase",
    ),
}


@pytest.mark.parametrize(("edit", "said"), EDITS.values(), ids=EDITS)
def test_a_slip_in_the_descriptor_is_named_in_one_line(folder, edit, said):
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    edit(package)
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    found = faults(folder)
    assert any(said in line for line in found), found
    assert all(line.startswith("datapackage.json: ") and line.isprintable() and len(line) < 400 for line in found)
    assert len(found) <= 3


FILES = {  # bytes of the whole descriptor, and what the line must say
    "no object": (b"[]", "does not describe tables"),
    "a text": (b'"x"', "does not describe tables"),
    "cut": (b'{"name": "x"', "not readable as JSON"),
    "empty": (b"", "not readable as JSON"),
    "a key twice": (b'{"name": "x", "name": "y"}', "has the key 'name' twice in one object"),
    "a number of 5,000 digits": (b'{"name": ' + b"9" * 5000 + b"}", "has a number of 5000 digits"),
    "an endless number": (b'{"name": 1e999}', "has a number that is none: 1e999"),
    "no number": (b'{"name": NaN}', "has a number that is none: NaN"),
    "cp1251": ('{"name": "Рубеж"}'.encode("cp1251"), "not UTF-8 in line 1"),
    "UTF-16": ('{"name": "x"}'.encode("utf-16"), "not UTF-8 in line 1"),
    "100,000 brackets": (b"[" * 100_000, "not readable as JSON"),
    "6 million bytes": (b" " * 6_000_000, "5,000,000 are the most"),
}


@pytest.mark.parametrize(("content", "said"), FILES.values(), ids=FILES)
def test_a_file_that_is_no_descriptor_is_refused_in_one_line(folder, content, said):
    (folder / "datapackage.json").write_bytes(content)
    (line,) = faults(folder)
    assert said in line
    assert line.startswith("datapackage.json: ") and line.isprintable() and len(line) < 200


def test_a_mark_that_an_editor_puts_first_is_no_fault():
    assert parse(b'\xef\xbb\xbf{"a": 1}') == {"a": 1}


def test_a_table_that_is_a_link_out_of_the_folder_is_not_read(folder, tmp_path):
    (tmp_path / "secret.csv").write_bytes((folder / "reports.csv").read_bytes())
    (folder / "reports.csv").unlink()
    (folder / "reports.csv").symlink_to(tmp_path / "secret.csv")
    assert faults(folder) == ["reports.csv: is a link that leads out of the folder; a table lies beside its descriptor"]
    (tmp_path / "link").symlink_to(folder)  # a folder may be reached by a link
    (folder / "reports.csv").unlink()
    (folder / "reports.csv").write_bytes((tmp_path / "secret.csv").read_bytes())
    loaders.load(tmp_path / "link")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_table_that_is_a_pipe_keeps_nobody_waiting(folder):
    (folder / "reports.csv").unlink()
    os.mkfifo(folder / "reports.csv")
    assert faults(folder) == ["reports.csv: is no file"]


def test_an_optional_column_and_table_that_an_older_descriptor_lacks_read_as_blank(folder):
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    table(package)["schema"]["fields"].remove(column(package, "note"))
    package["resources"] = [one for one in package["resources"] if one["name"] != "quotations"]
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    (folder / "quotations.csv").unlink()
    rows = pd.read_csv(folder / "reports.csv", dtype=str, keep_default_na=False)
    rows.drop(columns="note").to_csv(folder / "reports.csv", index=False, lineterminator="\n")
    found = loaders.load(folder)
    assert (found["reports"]["note"] == "").all()
    assert len(found["quotations"]) == 0
