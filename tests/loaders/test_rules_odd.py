"""Rows that are allowed and odd among their neighbours."""

import pandas as pd
import pytest

from helpers.loaders.rules_odd import BEGINS, find_odd

EMPTY = {  # what the rules read
    "dues": "dues_id iso3",
    "quotations": "quotation_id table row_key",
    "stayaways": "case_id iso3",
    "votes": "vote_id day",
    "exercises": "series_id event_type",
    "reports": "exercise_id phase status",
    "search_log": "lang query",
}


def odd(name, *rows):
    """What is found of some rows of one table, its lines counted from 2; the others are empty."""
    tables = {
        one: pd.DataFrame(rows if one == name else [], columns=columns.split(), dtype=object)
        for one, columns in EMPTY.items()
    }
    return list(find_odd({one: table.set_index(table.index + 2) for one, table in tables.items()}))


@pytest.mark.parametrize(
    "name, sound, wrong, start",
    [
        ("dues", ("arm-2024-x", "ARM"), ("arm-2024-x", "RUS"), "rus-"),
        ("dues", ("all-2024-x", ""), ("arm-2024-x", ""), "all-"),
        ("quotations", ("reports-x-02", "reports", "x.02"), ("reports-x-02", "reports", "x.03"), "reports-x-03"),
        ("stayaways", ("fra-nato-1966", "FRA"), ("fra-nato-1966", "GRC"), "grc-"),
        ("votes", ("2014-03-27-x", "2014-03-27"), ("2014-03-27-x", "2014-03-28"), "2014-03-28-"),
    ],
)
def test_a_key_begins_with_what_its_row_says(name, sound, wrong, start):
    key = EMPTY[name].split()[0]
    said = f"does not begin with {start}, as its row would have it"
    assert odd(name, sound, wrong) == [(name, 3, key, wrong[0], said)]
    assert name in BEGINS


@pytest.mark.parametrize(
    "lang, query, sound",
    [
        ("en", "CSTO drills", True),
        ("ru", "учения CSTO", True),
        ("en", "учения ОДКБ", False),
        ("ru", "CSTO drills", False),
        ("ru", "2024", True),
        ("ka", "ნორიო OR Norio", True),
        ("ka", "CSTO drills", False),
        ("ka", "учения ОДКБ", False),
        ("uz", "CSTO drills", True),  # a language that is written in more than one
    ],
)
def test_a_query_has_letters_of_its_language(lang, query, sound):
    said = "is the language of a query without a letter of its script"
    assert odd("search_log", (lang, query)) == ([] if sound else [("search_log", 2, "lang", lang, said)])


@pytest.mark.parametrize(
    "kinds, line",
    [
        (("exercise", "staff_event", "exercise"), None),
        (("operation", "operation"), None),
        (("operation", "inspection", "operation"), 3),
        (("exercise", "staff_event", "meeting"), 4),
        (("meeting", "meeting", "exercise"), 4),
    ],
)
def test_what_is_done_in_a_series_is_done_in_all_of_it(kinds, line):
    usual = "exercise" if kinds[0] in ("exercise", "staff_event") else kinds[0]
    said = f"is not what is done in the other editions of x: {usual}"
    wrong = [("exercises", line, "event_type", kinds[line - 2], said)] if line else []
    assert odd("exercises", *(("x", kind) for kind in kinds)) == wrong


@pytest.mark.parametrize(
    "told, lines",
    [
        (("after held", "during held", "after merged"), [4]),
        (("after held", "during cancelled"), [3]),
        (("after held", "during cancelled", "after postponed"), [2]),
        (("after held", "before cancelled", "plan planned", "after "), []),
        (("after cancelled", "during postponed"), []),
    ],
)
def test_reports_from_the_spot_agree_on_whether_it_was_held(told, lines):
    rows = [("x", *one.split(" ")) for one in told]
    said = "is not what most reports from the spot say of x"
    found = odd("reports", *rows, ("y", "after", "held"))
    assert found == [("reports", line, "status", rows[line - 2][2], said) for line in lines]
