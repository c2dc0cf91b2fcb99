"""Bad input gets one clear line that names file, line, column, value and what is allowed."""

import json

import pandas as pd
import pytest
from frictionless import Package, system
from support import COLUMNS, report, small_record, write_package

from helpers.analyses.disengagement.claim_tests import TESTS
from helpers.loaders.cells import check_references
from helpers.loaders.contract import DataError, short
from helpers.loaders.rules import NEEDED
from helpers.loaders.tables import load


def faults(folder):
    with pytest.raises(DataError) as caught:
        load(folder)
    return caught.value.faults


def test_a_good_package_loads(tmp_path):
    loaded = load(write_package(tmp_path, small_record()))
    assert loaded["reports"].loc[0, "participants"] == ("KGZ", "RUS")
    assert loaded["reports"].loc[0, "absent"] == ()
    assert loaded["reports"].loc[0, "absent_reason"] == ""
    assert loaded["events"].loc[0, "rung"] == 1
    assert loaded["sources"]["original_seen"].all()


BAD = [  # table, column, value, words the message must have
    ("reports", "hosts", "KGX", ["column hosts", "'KGX'", "countries.csv"]),
    ("reports", "participants", "KGZ,RUS", ["column participants", "countries.csv"]),
    ("reports", "participants", "KGZ;KGZ", ["twice"]),
    ("reports", "participants", "KGZ; RUS", ["single ';'"]),
    ("reports", "source_id", "nobody", ["column source_id", "'nobody'", "sources.csv"]),
    ("reports", "exercise_id", "rubezh-1999", ["exercises.csv"]),
    ("reports", "start", "2024-02-30", ["column start", "'2024-02-30'", "29"]),
    ("reports", "start", "September", ["is not a date such as 2024"]),
    ("reports", "end", "2024-08-01", ["column end", "'2024-08-01'", "before the start, 2024-09-01"]),
    ("reports", "phase", "later", ["column phase", "'later'", "plan, before, during, after"]),
    ("reports", "phase", "", ["column phase", "is blank"]),
    ("reports", "status", "Held", ["planned, held, cancelled"]),
    ("reports", "absent", "KGZ", ["column absent", "participants names too"]),
    ("reports", "absent", "ARM", ["column absent_by", "if, and only if, absent"]),
    ("reports", "participants_scope", "", ["if, and only if, participants"]),
    ("reports", "staff_only", "ARM", ["participants does not"]),
    ("reports", "troops", "many", ["column troops", "1500, 1000-1200"]),
    ("reports", "troops_scope", "", ["if, and only if, troops"]),
    ("reports", "deprecated_fields", "begin", ["names no column of this table: begin"]),
    ("reports", "note", "=SUM(A1)", ["spreadsheet formula"]),
    ("reports", "note", "@cmd", ["spreadsheet formula"]),
    ("reports", "note", "<script>alert(1)</script>", ["markup"]),
    ("reports", "note", "a\x07b", ["control character"]),
    ("reports", "note", "a\u202eb", ["hidden character (U+202E"]),
    ("reports", "note", " padded", ["space before or behind"]),
    ("sources", "url", "ftp://example.org/x", ["column url", "Public address"]),
    ("sources", "url", "javascript:alert(1)", ["column url"]),
    ("sources", "url", "", ["needs an address"]),
    ("sources", "original_seen", "yes", ["true, TRUE, false, FALSE"]),
    ("exercises", "parent_id", "nothing-2024", ["exercises.csv"]),
    ("exercises", "parent_id", "interaction-2024", ["one level deep"]),
    ("exercises", "event_type", "drill", ["staff_event"]),
    ("events", "rung", "9", ["above 5"]),
    ("events", "rung", "", ["must be blank for a neutral step"]),
    ("events", "rung", "1.5", ["whole number"]),
    ("events", "what", "w " * 25 + "w", ["more than 25 words"]),
]


@pytest.mark.parametrize(("table", "column", "value", "words"), BAD)
def test_a_bad_cell_is_refused_with_its_place(tmp_path, table, column, value, words):
    content = small_record()
    content[table][0][column] = value
    found = faults(write_package(tmp_path, content))
    message = "\n".join(found)
    assert f"{table}.csv, line 2, column " in message
    assert all(word in message for word in words), message
    assert all("\n" not in line and "Traceback" not in line for line in found)


CLAIM = {"claim_id": "c", "subject": "ARM", "source_id": "press", "said_by": "X", "said_on": "2024", "claim": "Words."}


@pytest.mark.parametrize(
    ("more", "column"),
    [
        ({"test": "status_is", "value": "held"}, "exercise_ids"),
        ({"test": "status_is", "exercise_ids": "interaction-2024"}, "value"),
        ({"test": "members"}, "number"),
        ({"test": "missed_all", "subject": "", "since": "2024"}, "subject"),
        ({"test": "missed_at_least", "since": "2024"}, "number"),
        ({"test": "absent_at"}, "exercise_ids"),
        ({"test": "first_missed", "until": "2024"}, "since"),
        ({"test": "untestable", "number": "6"}, "number"),
        ({"test": "has_left", "value": "held"}, "value"),
    ],
)
def test_a_claim_holds_what_its_test_needs_and_no_more(tmp_path, more, column):
    """Of no exercises each has the status claimed: a blank would make the claim hold."""
    content = small_record() | {"claims": [CLAIM | more]}
    (found,) = faults(write_package(tmp_path, content))
    assert found.startswith(f"claims.csv, line 2, column {column}: ")
    assert f"the test {more['test']}" in found


def test_a_case_is_one_state_s(tmp_path):
    content = small_record() | {"cases": [{"event_id": "2024-01-01-x", "why": "Words."}]}
    assert len(load(write_package(tmp_path / "good", content))["cases"]) == 1
    content["events"][0] |= {"subject": "", "track": "organisation"}
    (found,) = faults(write_package(tmp_path / "bad", content))
    assert found.startswith(
        "cases.csv, line 2, column event_id: value '2024-01-01-x' names an entry of events.csv without"
    )


def test_every_test_of_a_claim_says_what_it_needs():
    assert set(NEEDED) == set(TESTS)


def test_a_duplicate_key_is_refused(tmp_path):
    content = small_record()
    content["exercises"] *= 2
    assert faults(write_package(tmp_path, content)) == [
        "exercises.csv, line 3, column exercise_id: value 'interaction-2024' stands in an earlier line already; a key is unique"
    ]


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        (b"report_id,", b"id,", ["column report_id is missing", "column 'id' is not in the contract"]),
        (b",deprecated_why,note,", b",deprecated_why,deprecated_why,", ["column 'deprecated_why' stands twice"]),
        (b",phase,", b",fase,", ["column phase is missing", "column 'fase' is not in the contract"]),
        (b",note,", b",nota,", ["column 'nota' is not in the contract"]),
        (b"1500", "1500–".encode("cp1252"), ["not UTF-8"]),
        (
            b"interaction-2024.01,",
            b"interaction-2024.01,,",
            [f"line 2: has {len(COLUMNS['reports']) + 1} cells; the header has {len(COLUMNS['reports'])}"],
        ),
        (b"during", b'"during', ["not readable as CSV"]),
    ],
)
def test_a_bad_file_is_refused(tmp_path, before, after, problem):
    folder = write_package(tmp_path, small_record())
    path = folder / "reports.csv"
    content = path.read_bytes()
    assert before in content
    path.write_bytes(content.replace(before, after, 1))
    message = "\n".join(faults(folder))
    assert all(words in message for words in problem), message
    assert "reports.csv" in message


@pytest.mark.parametrize("rows", [1, 3000])
def test_a_byte_of_another_encoding_is_found_however_long_the_file(tmp_path, rows):
    content = small_record()
    content["countries"] += [{"iso3": f"X{at:04d}", "name": "words " * 3 + str(at)} for at in range(rows)]
    folder = write_package(tmp_path, content)
    path = folder / "countries.csv"
    lines = path.read_bytes().split(b"\n")
    at = len(lines) - 2
    path.write_bytes(b"\n".join([*lines[:at], lines[at] + b"\x96", *lines[at + 1 :]]))
    (found,) = [line for line in faults(folder) if "UTF-8" in line]
    assert found == f"countries.csv, line {at + 1}: not UTF-8; save the file as CSV UTF-8"


CAUSES = {  # what becomes of the bytes of a table, and the one line that names it
    "semicolons": (
        lambda b: b.replace(b",", b";"),
        "line 1: the columns are separated by semicolons; save the file with commas",
    ),
    "tabs": (lambda b: b.replace(b",", b"\t"), "line 1: the columns are separated by tabs"),
    "a hint to a spreadsheet": (
        lambda b: b"sep=;\r\n" + b.replace(b",", b";"),
        "line 1: is 'sep=;', a hint to a spreadsheet",
    ),
    "a hint with commas": (lambda b: b"sep=,\n" + b, "line 1: is 'sep=,', a hint to a spreadsheet"),
    "empty rows": (
        lambda b: b + b"," * 27 + b"\n" + b"," * 27 + b"\n",
        "line 3: is an empty row; remove it, and 1 more of its kind",
    ),
    "a blank line": (lambda b: b.replace(b"\n", b"\n\n", 1), "line 2: is an empty row; remove it"),
    "spaces for a row": (lambda b: b + b"  \n", "line 3: is an empty row; remove it"),
    "UTF-16": (lambda b: b.decode().encode("utf-16"), "reports.csv: is saved as UTF-16; save the file as CSV UTF-8"),
    "UTF-16 without a mark": (lambda b: b.decode().encode("utf-16-le"), "is saved as UTF-16, or no text"),
    "a workbook": (lambda b: b"PK\x03\x04" + b, "is a spreadsheet under another name"),
    "a workbook of old": (lambda b: b"\xd0\xcf\x11\xe0\xa1\xb1" + b, "is a spreadsheet under another name"),
}


@pytest.mark.parametrize(("change", "said"), CAUSES.values(), ids=CAUSES)
def test_a_file_of_another_kind_is_told_by_its_cause_in_one_line(tmp_path, change, said):
    folder = write_package(tmp_path, small_record())
    path = folder / "reports.csv"
    path.write_bytes(change(path.read_bytes()))
    (line,) = faults(folder)
    assert line.startswith("reports.csv") and said in line


@pytest.mark.parametrize(
    ("table", "column", "value", "said"),
    [
        ("reports", "troops", "9" * 400, "holds a number of 400 digits"),
        ("reports", "note", "It was 1000000000000000.", "holds a number of 16 digits; 15 are the most"),
        ("reports", "troops", "99999999", "does not fit"),
        ("reports", "note", "x" * 2001, "2,000 are the most"),
        ("reports", "start", "2099-01-01", "has a year outside 1945 to 2040"),
        ("exercises", "exercise_id", "interaction-2099", "has a plan year after 2040"),
        ("sources", "published_on", "2099-01-01", "has a year outside"),
        ("sources", "url", "https://user:secret@example.org/", "user name or a password"),
        ("sources", "url", "http://127.0.0.1/x", "private or loopback"),
        ("sources", "url", "https://example.org/" + "x" * 100_000, "2,000 are the most"),
        ("sources", "outlet", "The Her\u0430ld", "mixes Latin and Cyrillic"),
        ("sources", "title", "\u200b" * 20, "only one line of visible characters"),
        ("series", "name", "Words\n```{include} /etc/passwd", "holds a line break"),
        ("countries", "name", "x" * 41, "40 are the most in this column"),
    ],
)
def test_what_is_no_line_of_plain_text_is_refused_wherever_it_stands(tmp_path, table, column, value, said):
    content = small_record()
    content[table][0][column] = value
    found = faults(write_package(tmp_path, content))
    (line,) = [line for line in found if line.startswith(f"{table}.csv, line ") and f", column {column}: " in line]
    assert said in line
    assert line.isprintable() and len(line) < 300


def test_dangling_references_cost_no_more_each_however_many_there_are(monkeypatch):
    """Work is counted, not time: cells compared with a value, in all columns together."""
    compared = 0
    whole = pd.Series.__eq__

    def counting(self, other):
        nonlocal compared
        compared += len(self)
        return whole(self, other)

    monkeypatch.setattr(pd.Series, "__eq__", counting)
    counts = {}
    for number in (200, 20_000):
        compared = 0
        cells = [f"nobody-{at}" for at in range(number)]
        text = pd.DataFrame({"place": cells}, index=range(2, number + 2), dtype=object)
        resource = {"name": "t", "schema": {"fields": [{"name": "place", "type": "string"}]}}
        resource["schema"]["foreignKeys"] = [{"fields": ["place"], "reference": {"resource": "o", "fields": ["k"]}}]
        found = check_references(resource, text, {"o": pd.DataFrame({"k": ["somebody"]})})
        assert [line for line, *_ in found] == list(text.index)
        counts[number] = compared
    assert counts[20_000] <= 20_000 * 5 and counts[200] <= 200 * 5


def test_each_of_two_thousand_faults_is_named(tmp_path):
    content = small_record()
    rows = [report("interaction-2024", 1, f"nobody-{at}") | {"report_id": f"x-{at}.01"} for at in range(2000)]
    content["reports"] = rows
    found = faults(write_package(tmp_path, content))
    assert len([line for line in found if "sources.csv does not have" in line]) == 2000


def test_a_record_without_an_exercise_is_refused(tmp_path):
    folder = write_package(tmp_path, small_record() | {"exercises": [], "reports": []})
    assert "exercises.csv, line 1: is followed by no exercise; a record holds one at least" in faults(folder)


def test_a_missing_file_is_refused(tmp_path):
    folder = write_package(tmp_path, small_record())
    (folder / "forces.csv").unlink()
    assert faults(folder) == ["forces.csv: no such file; the contract names it"]


def test_a_missing_or_broken_descriptor_is_refused(tmp_path):
    assert "datapackage.json" in faults(tmp_path)[0]
    (tmp_path / "datapackage.json").write_text("{")
    assert "not readable as JSON" in faults(tmp_path)[0]


def test_a_spreadsheets_line_ends_and_mark_are_accepted(tmp_path):
    folder = write_package(tmp_path, small_record())
    path = folder / "reports.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert load(folder)["reports"].loc[0, "end"] == "2024-09-05"


def test_all_faults_are_named_at_once_and_in_order(tmp_path):
    content = small_record()
    content["reports"] = [
        report("interaction-2024", n, phase="later" if n in (2, 11) else "during") for n in range(1, 12)
    ]
    content["exercises"][0]["event_type"] = "drill"
    places = [line.split(", column")[0] for line in faults(write_package(tmp_path, content))]
    assert places == ["exercises.csv, line 2", "reports.csv, line 3", "reports.csv, line 12"]


def test_a_table_that_cannot_be_read_hides_no_fault_of_another(tmp_path):
    content = small_record()
    content["reports"] += [
        report("interaction-2024", 2, start="2024-02-30"),
        report("interaction-2024", 3, end="2024-09-05"),
    ]
    content["reports"][2] |= {"start": "2024-10-01"}
    folder = write_package(tmp_path, content)
    (folder / "countries.csv").write_bytes(b"iso3\n")
    (folder / "forces.csv").unlink()
    text = faults(folder)
    assert [line.split(":")[0].split(", column")[0] for line in text] == [
        "countries.csv, line 1",
        "forces.csv",
        "reports.csv, line 3",
        "reports.csv, line 4",
    ]
    assert "lies before the start, 2024-10-01" in text[-1]  # though another row's start cannot be read


@pytest.mark.parametrize(("length", "shown"), [(60, "x" * 60), (61, "x" * 57 + "...")])
def test_a_long_value_is_shortened_to_fit_a_line(length, shown):
    assert short("x" * length) == shown


def test_a_column_that_is_not_needed_reads_as_blank_where_the_file_lacks_it(tmp_path):
    """So that a new column of reports costs one entry of the descriptor, and not a rewriting of all rows."""
    folder = write_package(tmp_path, small_record())
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    reports = next(resource for resource in package["resources"] if resource["name"] == "reports")
    reports["schema"]["fields"].insert(3, {"name": "weather", "type": "string", "description": "Words."})
    reports["schema"]["fields"].append({"name": "winds", "type": "list", "delimiter": ";", "description": "Words."})
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    found = load(folder)["reports"]
    assert found["weather"].tolist() == [""] * len(found)
    assert found["winds"].tolist() == [()] * len(found)
    assert list(found)[3] == "weather"
    with system.use_context(trusted=True):
        report = Package(str(folder / "datapackage.json")).validate()
    assert report.valid, report.flatten(["type", "note"])[:5]
    reports["schema"]["fields"][3]["constraints"] = {"required": True}
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    assert faults(folder) == ["reports.csv, line 1: column weather is missing"]
