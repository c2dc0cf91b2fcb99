"""Each fault that spans tables, or the columns of claims, quotations, offices and levels, is one line."""

import pandas as pd
import pytest
from support import BASE, COLUMNS, exercise, report, rows_of, write_package

from helpers.loaders.contract import DataError
from helpers.loaders.tables import checked, load

EXERCISES = [exercise("interaction-2024"), exercise("combat-2024", "combat", event_type="meeting")]
REPORTS = [
    report("interaction-2024", 1, participants="RUS", participants_scope="boilerplate"),
    report("interaction-2024", 2, "wire", participants="RUS"),
    report("combat-2024", 1),
]
EVENT = {"event_id": "e", "subject": "ARM", "actor": "ARM", "date": "2024", "date_kind": "act", "track": "law"}
EVENT |= {"direction": "neutral", "what": "Words.", "source_ids": "press", "confidence": "high"}
CLAIM = {"claim_id": "c", "subject": "RUS", "source_id": "wire", "said_by": "X", "said_on": "2024", "claim": "Words."}
QUOTATION = {
    "quotation_id": "q",
    "table": "events",
    "row_key": "e",
    "source_id": "press",
    "lang": "en",
    "quote": "Words.",
}
QUOTATION |= {"read_on": "2026-01-01"}
LEVEL = {"exercise_id": "combat-2024", "iso3": "RUS", "level": "head", "source_ids": "press"}
LOOK_UP = {
    "search_id": "1",
    "searched_on": "2026-01-01",
    "lang": "en",
    "query": "Words.",
    "hits": "0",
    "note": "steps: none",
}
OFFICE = {"person_id": "x", "spell": "1", "name": "X", "office": "Chief", "body": "CSTO", "source_ids": "press"}


def faults(**tables):
    """The faults that the loader finds in a small record with these rows; a place is none of its matter."""
    from support import RESOURCES

    rows = rows_of(EXERCISES, REPORTS, events=[EVENT], **tables) | {"places": []}
    rows = {name: table for name, table in rows.items() if name in RESOURCES}
    text = {
        name: pd.DataFrame(
            [{column: row.get(column, "") for column in COLUMNS[name]} for row in table],
            columns=COLUMNS[name],
            dtype=object,
        )
        for name, table in rows.items()
    }
    for table in text.values():
        table.index += 2
    try:
        checked(RESOURCES, text)
    except DataError as error:
        return error.faults
    return []


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("claims", CLAIM | {"test": "present_at", "exercise_ids": "interaction-2024"}),
        ("claims", CLAIM | {"test": "untestable", "source_id": "press"}),
        ("claims", CLAIM | {"test": "said", "events_for": "e", "quote": " ".join(["w"] * 15)}),
        ("claims", CLAIM | {"test": "host_is", "exercise_ids": "interaction-2024", "value": "RUS"}),
        ("claims", CLAIM | {"test": "took_status", "value": "suspended"}),
        ("quotations", QUOTATION),
        ("search_log", LOOK_UP),
        ("search_log", LOOK_UP | {"iso3": "ARM", "note": "nothing new"}),
        ("quotations", QUOTATION | {"table": "reports", "row_key": "interaction-2024.01"}),
        ("representation", LEVEL),
        ("offices", OFFICE | {"start": "2020", "end": "2021"}),
    ],
)
def test_a_sound_row_passes(table, row):
    assert faults(**{table: [row]}) == []


@pytest.mark.parametrize(
    ("table", "row", "column", "problem"),
    [
        (
            "claims",
            CLAIM | {"test": "absent_at", "source_id": "press", "exercise_ids": "interaction-2024"},
            "test",
            "must be untestable; reports.csv codes its text as a phrase without names",
        ),
        (
            "claims",
            CLAIM | {"test": "said", "events_for": "e", "quote": " ".join(["w"] * 16)},
            "quote",
            "more than 15 words",
        ),
        ("claims", CLAIM | {"test": "untestable", "source_id": "unseen", "quote": "Words."}, "quote", "was not seen"),
        ("claims", CLAIM | {"test": "said"}, "events_for", "is blank, as is events_against"),
        ("claims", CLAIM | {"test": "said", "events_for": "none"}, "events_for", "events.csv does not have"),
        ("claims", CLAIM | {"test": "untestable", "events_for": "e"}, "test", "does not go with entries of events"),
        ("claims", CLAIM | {"test": "missed_all"}, "since", "is blank; the test missed_all needs it"),
        (
            "claims",
            CLAIM | {"test": "has_left", "since": "2024"},
            "since",
            "must be blank; the test has_left does not read it",
        ),
        (
            "claims",
            CLAIM | {"test": "status_is", "exercise_ids": "interaction-2024", "value": "member"},
            "value",
            "is not one of: cancelled",
        ),
        (
            "claims",
            CLAIM | {"test": "host_is", "exercise_ids": "interaction-2024", "value": "XXX"},
            "value",
            "is no state of countries.csv",
        ),
        ("quotations", QUOTATION | {"quote": " ".join(["w"] * 26)}, "quote", "has more than 25 words"),
        ("quotations", QUOTATION | {"row_key": "none"}, "row_key", "is no row of events.csv"),
        ("representation", LEVEL | {"exercise_id": "interaction-2024"}, "exercise_id", "is no meeting"),
        ("search_log", LOOK_UP | {"iso3": "ARM"}, "iso3", "leave it blank"),
        ("offices", OFFICE | {"start": "2021", "end": "2020"}, "end", "lies before the start, 2021"),
    ],
)
def test_each_fault_is_one_line(table, row, column, problem):
    unseen = BASE["sources"][0] | {"source_id": "unseen", "original_seen": "false", "url": "https://example.org/unseen"}
    found = faults(**{table: [row], "sources": [*BASE["sources"], unseen]})
    assert len(found) == 1, found
    assert f"{table}.csv, line 2, column {column}" in found[0]
    assert problem in found[0]


def test_a_state_sits_once_at_a_meeting():
    (found,) = faults(representation=[LEVEL, LEVEL | {"level": "deputy"}])
    assert "a key is unique" in found


def test_a_voice_without_a_reason_is_refused():
    from helpers.loaders.rules import CHECKS

    table = pd.DataFrame([dict.fromkeys(COLUMNS["reports"], "") | {"absent_reason_by": "state"}], index=[2])
    assert list(CHECKS["reports"](table)) == [(2, "absent_reason_by", "state", "must be blank; no reason is given")]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (
            {"row_key": "interaction-1999.01"},
            "column row_key: value 'interaction-1999.01' is no report_id of reports.csv",
        ),
        ({"column": "weather"}, "column column: value 'weather' is no column of reports.csv"),
    ],
)
def test_a_founding_fact_points_at_a_cell_that_is_there(tmp_path, more, said):
    fact = {"fact_id": "001-01", "article": "press", "fact": "Words.", "table": "reports", "column": "start"}
    fact |= {"row_key": "interaction-2024.01"}
    tables = rows_of([exercise("interaction-2024")], [report("interaction-2024", 1)], article_facts=[fact])
    load(write_package(tmp_path / "good", tables))
    tables["article_facts"] = [fact | more]
    with pytest.raises(DataError) as caught:
        load(write_package(tmp_path / "bad", tables))
    assert caught.value.faults == [f"article_facts.csv, line 2, {said}"]
