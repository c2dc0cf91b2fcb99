"""Bad data: valid packages are generated, then broken in every way a spreadsheet, an editor or ill will can break them.

Each is refused with a line that names the place, or accepted with everything that the record promises still true. The number
of packages tried is asserted here and printed by `make bench`, which tries MUTATIONS of them.
"""

import contextlib
import os
import re
import tempfile
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from support import COLUMNS, MEMBERS, RESOURCES, exercise, report, rows_of, write_package

from helpers.analyses.cadence import measures as cadence
from helpers.analyses.network.co_attendance import co_attendance
from helpers.derive.attendance import derive_attendance
from helpers.derive.codes import CODES
from helpers.derive.membership import bound_spells, states_ever_bound
from helpers.derive.record import Record
from helpers.derive.register import derive_register
from helpers.derive.scope import UNITS, Scope
from helpers.loaders import tables as loaders
from helpers.loaders.contract import EDTF, DataError

NUMBER = int(os.environ.get("BROKEN_PACKAGES", "20"))
SLOWEST = 60_000  # milliseconds that one package may take before it counts as a hang
PLACE = re.compile(r"[\w-]+\.(csv|json)(, (line|byte) \d+)?(, column [\w ]+)?: \S")
TRIED = Counter()
EVERY_YEAR = Scope(1945, 2100, ("exercise",), "component", "C", "ARM", "2022-09-13")

profile = settings(
    max_examples=NUMBER,
    derandomize=True,
    deadline=SLOWEST,
    database=None,
    phases=[Phase.explicit, Phase.generate, Phase.shrink],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)

# One row at least in each table, so that every column can be broken.
EVENT = dict(event_id="2024-01-01-x", subject="ARM", actor="ARM", date="2024-01-01", date_kind="act", track="law")
EVENT |= dict(direction="disengage", rung="1", what="Words.", source_ids="press", confidence="high")
CLAIM = dict(claim_id="c", subject="ARM", source_id="press", said_by="Somebody", said_on="2024", claim="Words.")

REST = {
    "events": [EVENT],
    "cases": [{"event_id": "2024-01-01-x", "why": "Words."}],
    "claims": [CLAIM | {"test": "missed_at_least", "since": "2020-01-01", "number": "1"}],
    "programmes": [
        dict(programme_id="p", period="2024", said_by="Somebody", kind="plan", count="3", counts="exercises")
        | {"source_ids": "press"}
    ],
    "search_log": [dict(search_id="1", searched_on="2030-01-01", year="2024", lang="en", query="words", hits="1")],
}

DATES = {(name, f["name"]) for name, r in RESOURCES.items() for f in r["schema"]["fields"] if f.get("rdfType") == EDTF}
states = st.lists(st.sampled_from(MEMBERS), unique=True, min_size=1).map(lambda chosen: ";".join(sorted(chosen)))


@st.composite
def editions(draw):
    """One to four exercises with up to four valid reports each; later ones may be parts of the first."""
    exercises, reports = [], []
    for year in draw(st.lists(st.integers(2000, 2026), unique=True, min_size=1, max_size=4)):
        name = f"interaction-{year}"
        parent = exercises[0]["exercise_id"] if exercises and draw(st.booleans()) else ""
        kind = draw(st.sampled_from(["exercise", "exercise", "staff_event", "operation"]))
        exercises.append(exercise(name, parent_id=parent, **{"event_type": kind}))
        for number in range(1, draw(st.integers(0, 4)) + 1):
            reports.append(draw(accounts(name, number, year)))
    return exercises, reports


@st.composite
def accounts(draw, name, number, year):
    """One valid report of an exercise."""
    phase = draw(st.sampled_from(["plan", "before", "during", "after"]))
    come = draw(states)
    left = [state for state in MEMBERS if state not in come]
    more = {"participants": come, "participants_scope": draw(st.sampled_from(["complete", "partial", "boilerplate"]))}
    if left and draw(st.booleans()):
        more |= {"absent": left[0], "absent_by": draw(st.sampled_from(["state", "organiser", "third_party"]))}
    start = draw(st.sampled_from(["", f"{year}", f"{year}-09", f"{year}-09-05", f"{year}-09-05/{year}-09-07"]))
    status = draw(st.sampled_from(["planned", "held", "cancelled", "postponed"]))
    source = draw(st.sampled_from(["organiser", "ministry", "wire", "press", "copy"]))
    return report(name, number, source, phase, start=start, status=status, hosts=come[:3], **more)


def packages():
    """Valid packages as {table: rows}."""
    return editions().map(
        lambda parts: rows_of(*parts, **{name: [dict(r) for r in rows] for name, rows in REST.items()})
    )


NASTY = [
    *("", " ", "x", "-", "0", "-1", "1.5", "1e9", "99999999999", "nan", "None", "NULL", "TRUE", "٢٠٢٤", "²"),
    *(
        "=1+1",
        "+7 900",
        "-2+3",
        "@cmd",
        "\tx",
        "=HYPERLINK(A1)",
        "<b>x</b>",
        "<script>x</script>",
        "</td>",
        "&lt;b&gt;",
    ),
    *(
        "a\x00b",
        "a\x07b",
        "a\x1b[31m",
        "a\x85b",
        "a\u202eb",
        "\u2067x",
        "\ufeffx",
        "\u200f",
        "مرحبا",
        "שלום",
        "é" * 300,
    ),
    *(
        "KGZ;KGZ",
        "KGZ;",
        ";",
        "KGZ; RUS",
        "KGZ,RUS",
        "kgz",
        "ZZZ",
        "a\nb",
        'a"b',
        "'",
        "a,b",
        "{x}",
        "%s",
        "|",
        "x" * 140_000,
    ),
    *(
        "2024-02-30",
        "2024-13",
        "2024-00-01",
        "1800",
        "9999-12-31",
        "1944-12-31",
        "2101",
        "0000",
        "2024/2023",
        "2024-9-1",
    ),
    *(
        "2024-10-01T00:00",
        "01.10.2024",
        "2024?~",
        "/2024",
        "2024/",
        "../../x",
        "javascript:alert(1)",
        "file:///x",
        "http://",
    ),
]

FILLED = [name for name, rows in rows_of([{}], [{}], **REST).items() if rows]


@st.composite
def broken_cells(draw):
    """(table, column, value): any column, any of the nasty values, a date of any year, or any text at all."""
    table = draw(st.sampled_from(FILLED))
    column = draw(st.sampled_from(COLUMNS[table]))
    years = st.dates(pd.Timestamp("1800-01-01").date(), pd.Timestamp("9999-12-31").date()).map(str)
    values = [st.sampled_from(NASTY), st.text(max_size=20)] + [years] * ((table, column) in DATES)
    return table, column, draw(st.one_of(values))


def invariants(data):
    """What every accepted package gives."""
    register = derive_register(data)
    cells = derive_attendance(data, register)
    assert len(register) == len(data["exercises"])
    assert len(cells) == len(states_ever_bound(bound_spells(data))) * len(register)
    assert set(cells["code"]) <= set(CODES)
    record = Record(data, EVERY_YEAR, register, cells, register, cells)
    of_held = cells["exercise_id"].isin(register.loc[register["status"] == "held", "exercise_id"])
    assert len(record.held) == (cells["expected"] & of_held).sum()
    assert (record.held["code"] != "not_held").all()
    assert cadence.count_by_year(record).to_numpy().sum() == len(register)
    rates = record.rates("iso3")
    assert (rates["known"] + rates["unknown"]).sum() == len(record.held)
    known = rates[rates["known"] > 0]
    assert known["rate"].between(known["low"] - 1e-9, known["high"] + 1e-9).all()
    ties = co_attendance(record)
    assert (ties["together"] <= ties["occasions"]).all()
    assert (ties["low"] <= ties["high"] + 1e-9).all()
    with contextlib.suppress(ValueError):  # no exercise is left
        for unit in UNITS:
            chosen = record.in_unit(unit)
            assert len(chosen.attendance) == len(chosen.register) * len(states_ever_bound(bound_spells(data)))


def outcome(folder, how):
    """Loads a package: refused in located lines, or accepted with the invariants."""
    TRIED["all"] += 1
    try:
        data = loaders.load(folder)
    except DataError as error:
        TRIED[f"{how}: refused"] += 1
        assert error.faults
        for fault in error.faults:
            assert PLACE.match(fault), fault
            assert "\n" not in fault
            assert "Traceback" not in fault
            assert len(fault) < 2000
        return
    TRIED[f"{how}: accepted"] += 1
    invariants(data)


@contextlib.contextmanager
def written(tables):
    with tempfile.TemporaryDirectory() as place:
        yield write_package(Path(place) / "data", tables)


@profile
@given(packages())
def test_a_valid_package_is_accepted(tables):
    with written(tables) as folder:
        outcome(folder, "valid")
    assert not TRIED["valid: refused"]


@profile
@given(packages(), broken_cells(), st.integers(0, 9))
def test_a_broken_cell_is_refused_or_harmless(tables, cell, at):
    table, column, value = cell
    if tables[table]:
        tables[table][at % len(tables[table])][column] = value
    # Half a surrogate pair cannot be written at all.
    with contextlib.suppress(UnicodeEncodeError), written(tables) as folder:
        outcome(folder, "cell")


FILES = {  # what happens to the bytes of a table
    "mark": lambda b: b"\xef\xbb\xbf" + b,
    "two marks": lambda b: b"\xef\xbb\xbf\xef\xbb\xbf" + b,
    "CRLF": lambda b: b.replace(b"\n", b"\r\n"),
    "CR": lambda b: b.replace(b"\n", b"\r"),
    "utf-16": lambda b: b.decode().encode("utf-16"),
    "windows": lambda b: b.replace(b"e", "é".encode("cp1252"), 1),
    "cyrillic": lambda b: b + "Привет".encode("cp1251"),
    "NUL": lambda b: b[: len(b) // 2] + b"\x00" + b[len(b) // 2 :],
    "cut": lambda b: b[: 2 * len(b) // 3],
    "empty": lambda b: b"",
    "newline": lambda b: b"\n",
    "header only": lambda b: b.split(b"\n")[0] + b"\n",
    "no header": lambda b: b.split(b"\n", 1)[1],
    "quote": lambda b: b + b'"',
    "all quoted": lambda b: (
        b"\n".join(b'"' + line.replace(b",", b'","') + b'"' for line in b.split(b"\n")[:-1]) + b"\n"
    ),
    "semicolons": lambda b: b.replace(b",", b";"),
    "tabs": lambda b: b.replace(b",", b"\t"),
    "twice": lambda b: b + b,
    "blank lines": lambda b: b.replace(b"\n", b"\n\n"),
    "trailing commas": lambda b: b.replace(b"\n", b",\n"),
    "short row": lambda b: b + b"x\n",
    "last row twice": lambda b: b + b.rstrip(b"\n").split(b"\n")[-1] + b"\n",
    "swapped columns": lambda b: b"\n".join(b",".join(line.split(b",")[::-1]) for line in b.split(b"\n")),
    "capital header": lambda b: b.replace(b"_id", b"_ID", 1),
    "column twice": lambda b: b"\n".join(line + b"," + line.split(b",")[0] for line in b.split(b"\n")[:-1]) + b"\n",
    "gone": None,
    "folder": None,
}


@profile
@given(packages(), st.sampled_from([*FILLED, "claims"]), st.sampled_from(sorted(FILES)))
def test_a_broken_file_is_refused_or_harmless(tables, table, how):
    with written(tables) as folder:
        path = folder / f"{table}.csv"
        if how in ("gone", "folder"):
            path.unlink()
            if how == "folder":
                path.mkdir()
        else:
            path.write_bytes(FILES[how](path.read_bytes()))
        outcome(folder, "file")


@profile
@given(packages(), st.data())
def test_parents_in_a_ring_are_refused_or_harmless(tables, data):
    names = [row["exercise_id"] for row in tables["exercises"]]
    for row in tables["exercises"]:
        row["parent_id"] = data.draw(st.sampled_from(["", "nobody-1999", *names]))
    with written(tables) as folder:
        outcome(folder, "parents")


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"resources": 3}', '{"resources": [{}]}', "{", "\x00", "null", '"x"']
)
def test_a_broken_descriptor_is_refused(tmp_path, text):
    folder = write_package(tmp_path / "data", rows_of([exercise("interaction-2024")], []))
    (folder / "datapackage.json").write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        loaders.load(folder)
    assert all(PLACE.match(fault) for fault in caught.value.faults)


@pytest.mark.parametrize("wrong", [False, True])
def test_a_hundred_thousand_rows_are_read_in_seconds(tmp_path, wrong):
    folder = write_package(tmp_path / "data", rows_of([exercise("interaction-2024")], [report("interaction-2024", 1)]))
    body = "".join(f"{at},2030-01-01,2024,,,en,words {at},{at % 7},\n" for at in range(1, 100_001))
    with (folder / "search_log.csv").open("a", encoding="utf-8") as file:
        file.write(body + "x,2030,,,,en,words,1,\n" * wrong)
    if wrong:
        with pytest.raises(DataError, match=r"search_log\.csv, line 100002, column search_id"):
            loaders.load(folder)
    else:
        assert len(loaders.load(folder)["search_log"]) == 100_000


def test_enough_broken_packages_were_tried():
    """Last of the module: prints what was tried, for whoever runs it with -s."""
    print(
        f"\n{TRIED['all']} packages tried: "
        + ", ".join(f"{how} {n}" for how, n in sorted(TRIED.items()) if how != "all")
    )
    assert TRIED["all"] >= 4 * NUMBER * 0.8  # hypothesis may run out of new examples
    assert all(TRIED[f"{how}: {end}"] for how in ("cell", "file", "parents") for end in ("accepted", "refused"))
