"""Plausible slips of the pen, planted in the record and read through the loader: each is refused or noticed, and today there is none."""

from datetime import date

import pandas as pd
import pytest

from helpers.commands.contradictions import find_contradictions
from helpers.loaders import dates, rules_outlets
from helpers.loaders import tables as loaders
from helpers.loaders.contract import DataError
from helpers.loaders.rules_slips import find_slips

KEYS = {"sources": "source_id", "reports": "report_id", "events": "event_id", "exercises": "exercise_id"}
TODAY = date(2030, 1, 1)  # what is later than the last search is found whatever the day


def notices(resources, text):
    """{(table, line, column): what is said of the cell} of tables that are in order."""
    data = loaders.checked(resources, text)
    said = {(name, line, column): problem for name, line, column, _, problem in find_slips(text, TODAY)}
    derived = {
        (one.table, text[one.table].index[one.row], one.column): one.problem for one in find_contradictions(data)
    }
    return said | derived


def line_of(text, table, row):
    (line,) = text[table].index[text[table][KEYS[table]] == row]
    return line


def planted(text, *changes):
    """Copies of the tables with cells changed, (table, row, {column: value}); lines stay as they are in the files."""
    changed = {name: table.copy() for name, table in text.items()}
    for table, row, cells in changes:
        line = line_of(text, table, row)
        for column, value in cells.items():
            changed[table].loc[line, column] = value
    return changed


@pytest.fixture(scope="module")
def package():
    resources, text, faults = loaders.read(loaders.DATA)
    assert not faults
    return resources, text


def test_the_record_has_no_slip(package):
    assert notices(*package) == {}


REFUSED = {  # (table, row, {column: value}), the column that is named and what is said of it
    "a start two years on": (("reports", "cobalt-2024.13", {"start": "2026"}), "start", "from the plan year, 2024"),
    "a start of another edition": (
        ("reports", "echelon-2022.10", {"start": "2012-09-26", "end": ""}),
        "start",
        "plan year, 2022",
    ),
    "told before it began": (
        ("reports", "echelon-2024.13", {"said_on": "2024-08-20"}),
        "phase",
        "before the start, 2024-09-07",
    ),
}
NOTICED = {
    "a plan told after the end": (
        ("reports", "interaction-2024.01", {"said_on": "2024-10-22"}),
        "phase",
        "ended by 2024-09-11",
    ),
    "told ahead, after the end": (
        ("reports", "echelon-2024.04", {"said_on": "2026-01-10"}),
        "phase",
        "ended by 2024-09-11",
    ),
    "told ahead, after the start": (
        ("reports", "echelon-2022.09", {"said_on": "2022-10-05"}),
        "phase",
        "began by 2022-09-26",
    ),
    "said after its source": (
        ("reports", "barrier-2025.03", {"said_on": "2025-10-19"}),
        "said_on",
        "published on 2025-10-14",
    ),
    "said long before its source": (
        ("reports", "barrier-2025.01", {"said_on": "2024-10-30"}),
        "said_on",
        "published on 2025",
    ),
    "an outlet's second address": (
        ("sources", "tass-20220916-grigoryan", {"url": "https://example.org/x"}),
        "url",
        "at tass",
    ),
    "an address of another": (
        ("sources", "tass-20240918-peskov", {"url": "https://www.interfax.ru/1"}),
        "outlet",
        "of Interfax",
    ),
    "a name at another's address": (
        ("sources", "tass-20251127-putin", {"outlet": "Interfax"}),
        "outlet",
        "that of TASS",
    ),
    "a wire that is a ministry": (("sources", "tass-20240524-cobalt", {"kind": "ministry"}), "kind", "is wire in"),
    "a wire that is press": (("sources", "tass-20211007-echelon", {"kind": "press"}), "kind", "is wire in"),
    "an outlet's second state": (
        ("sources", "tass-20211014-sidorov", {"outlet_country": "KAZ"}),
        "outlet_country",
        "is RUS in",
    ),
    "Russian for English": (
        ("sources", "tass-20180523-kobalt", {"lang": "en"}),
        "title",
        "in Cyrillic letters, and lang is en",
    ),
    "English for Russian": (
        ("sources", "csto-20250130-briefing", {"lang": "ru"}),
        "title",
        "in Latin letters, and lang is ru",
    ),
    "English for Armenian": (
        ("sources", "csto-20230202-pkf", {"lang": "hy"}),
        "title",
        "in Latin letters, and lang is hy",
    ),
    "troops times a hundred": (
        ("reports", "barrier-2025.09", {"troops": "150000"}),
        "troops",
        "barrier-2025, about 1500",
    ),
    "troops times ten": (
        ("reports", "interaction-2009.13", {"troops": "70000"}),
        "troops",
        "interaction-2009, about 7000",
    ),
    "a number with two figures more": (
        ("reports", "cobalt-2024.02", {"report_id": "cobalt-2024.32"}),
        "report_id",
        "leaves a gap",
    ),
    "a source of next year": (
        ("sources", "tass-20181001-airbridge", {"published_on": "2027-01"}),
        "published_on",
        "last search",
    ),
    "words of next year": (
        ("reports", "echelon-2024.05", {"said_on": "2027-02"}),
        "said_on",
        "lies after the last search",
    ),
    "a step of next year": (
        ("events", "2026-03-11-strasbourg", {"date": "2027-03"}),
        "date",
        "lies after the last search",
    ),
    "held next month": (
        ("reports", "barrier-2026.01", {"status": "held", "start": "2026-12"}),
        "start",
        "after the last search",
    ),
    "a source of months later": (
        ("sources", "1lurer-20211222-zas", {"published_on": "2026-11-15"}),
        "published_on",
        "months later",
    ),
    "another day than the key's": (
        ("sources", "tass-20181013-final", {"published_on": "2018-12-13"}),
        "published_on",
        "the key",
    ),
    "another year than the address's": (
        ("sources", "armradio-20210603-thunder", {"published_on": "2020-06-03"}),
        "url",
        "another day",
    ),
    "held, though told ahead": (("reports", "echelon-2024.03", {"status": "held"}), "status", "said ahead"),
    "planned, though seen": (("reports", "search-2018.02", {"status": "planned"}), "status", "said on the spot"),
    "a host that no other names": (
        ("reports", "rubezh-2021.10", {"hosts": "KAZ"}),
        "hosts",
        "by no other report of rubezh-2021",
    ),
    "days half a year off": (
        ("reports", "interaction-2018.05", {"start": "2018-04-10", "end": ""}),
        "start",
        "months from the start",
    ),
    "a host's step of another": (
        ("events", "2005-09-10-caucasus-group-exercise", {"subject": "KAZ"}),
        "subject",
        "register has ARM",
    ),
    "a step of staying away from where it came": (
        ("events", "2022-09-26-skip-interaction-2022", {"exercise_id": "thunder-2021"}),
        "direction",
        "to which ARM came",
    ),
    "a step of coming to where it stayed away": (
        ("events", "2023-09-01-skip-combat-brotherhood-2023", {"direction": "engage"}),
        "direction",
        "from which ARM stayed away",
    ),
    "a step far from its exercise": (
        ("events", "2021-09-24-thunder-2021", {"date": "2016-09-24"}),
        "exercise_id",
        "is far from",
    ),
    "another day than the step's key": (
        ("events", "2021-11-08-brotherhood-2021", {"date": "2021-10-08"}),
        "date",
        "day in the key",
    ),
    "a part of another year's whole": (
        ("exercises", "echelon-2022", {"parent_id": "combat-brotherhood-2023"}),
        "parent_id",
        "plan year",
    ),
    "absent from the whole, named at a part": (
        ("reports", "combat-brotherhood-2023.01", {"absent": "BLR", "absent_by": "third_party"}),
        "absent",
        "names BLR, which",
    ),
}
NEIGHBOURS = {  # (table, two rows near each other, the column whose cells change places), the column that is named
    "the sources of two reports": (("reports", "rubezh-2024.10", "rubezh-2025.01", "source_id"), "said_on"),
    "the days of two reports": (("reports", "barrier-2025.06", "barrier-2025.07", "said_on"), "said_on"),
    "when two reports were made": (("reports", "kanal-2022.01", "kanal-arax-2023.01", "phase"), "status"),
    "two addresses": (("sources", "eurasianet-201309-sochi", "eurasianet-20131009-brotherhood", "url"), "title"),
    "two days of publication": (
        ("sources", "newsam-20170914-grom", "newsam-20171005-group", "published_on"),
        "published_on",
    ),
    "two titles": (("sources", "rg-20141127-naryshkin", "rg-20160422-search", "title"), "title"),
    "two languages": (("sources", "azda-202210-rubezh", "azernews-20210722-cfm", "lang"), "title"),
    "the days of two steps": (
        ("events", "2025-10-10-lukashenko-dushanbe", "2025-10-20-skip-brotherhood-2025", "date"),
        "date",
    ),
    "the texts of two steps": (
        ("events", "2026-01-14-kaz-status-bill", "2026-01-14-pankin-secretariat", "what"),
        "what",
    ),
}


@pytest.mark.parametrize(("change", "column", "said"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_is_refused(package, change, column, said):
    resources, text = package
    with pytest.raises(DataError) as caught:
        loaders.checked(resources, planted(text, change))
    line = line_of(text, *change[:2])
    assert any(f"line {line}, column {column}: " in fault and said in fault for fault in caught.value.faults)


@pytest.fixture(scope="module")
def all_at_once(package):
    """What is said of the record with every slip planted, each in rows of its own: one reading in place of forty."""
    resources, text = package
    swaps = []
    for (table, *names, column), _ in NEIGHBOURS.values():
        one, other = text[table].set_index(KEYS[table]).loc[names, column]
        assert one != other
        swaps += [(table, names[0], {column: other}), (table, names[1], {column: one})]
    changes = [change for change, *_ in NOTICED.values()] + swaps
    rows = [change[:2] for change in changes]
    assert len(set(rows)) == len(rows)
    return notices(resources, planted(text, *changes))


@pytest.mark.parametrize(("change", "column", "said"), NOTICED.values(), ids=NOTICED)
def test_what_is_unlikely_is_noticed(package, all_at_once, change, column, said):
    table, row, _ = change
    assert said in all_at_once.get((table, line_of(package[1], table, row), column), "")


@pytest.mark.parametrize(("swap", "column"), NEIGHBOURS.values(), ids=NEIGHBOURS)
def test_cells_of_two_neighbouring_rows_that_changed_places_are_noticed(package, all_at_once, swap, column):
    table, row, *_ = swap
    assert (table, line_of(package[1], table, row), column) in all_at_once


def test_a_report_that_is_left_out_leaves_a_gap_unless_it_was_retired(package):
    _, text = package
    fewer = text | {"reports": text["reports"][text["reports"]["report_id"] != "cobalt-2024.03"]}
    (slip,) = find_slips(fewer, TODAY)
    assert (slip[2], slip[4]) == ("report_id", "leaves a gap in the numbers, after 02")
    retired = pd.DataFrame([{"table": "reports", "retired_id": "cobalt-2024.03"}])
    assert list(find_slips(fewer | {"retired": retired}, TODAY)) == []


@pytest.mark.parametrize("number, noticed", [(1, True), (5, True), (6, False)])
def test_a_few_sources_months_after_all_others_are_noticed(package, number, noticed):
    _, text = package
    days = sorted(day for day in text["sources"]["published_on"] if day)
    late = (pd.Timestamp(days[-1][:7]) + pd.DateOffset(months=8)).strftime("%Y-%m-%d")
    sources = text["sources"].copy()
    sources.loc[sources.index[:number], "published_on"] = late
    found = [
        slip for slip in find_slips(text | {"sources": sources}, TODAY) if "months later than all others" in slip[4]
    ]
    assert len(found) == (number if noticed else 0)


def test_a_record_without_a_log_of_searches_ends_today(package):
    _, text = package
    unlogged = text | {"search_log": text["search_log"].iloc[:0]}
    assert list(find_slips(unlogged, TODAY)) == []
    early = list(find_slips(unlogged, date(2026, 3, 10)))
    assert {problem for *_, problem in early} == {"lies after today, 2026-03-10"}
    last = max(dates.parse(day)[1] for *_, day, _ in early)
    assert list(find_slips(unlogged, last)) == []  # what was said today is not early


def test_time_grows_with_the_number_of_rows(package):
    """Counts calls, not seconds: no rule looks at a row for each other row."""
    import cProfile
    import pstats

    _, text = package
    calls = []
    for share in (2, 1):
        part = {name: table.iloc[:: share if name in ("sources", "events") else 1] for name, table in text.items()}
        part["reports"] = part["reports"][part["reports"]["source_id"].isin(part["sources"]["source_id"])]
        profile = cProfile.Profile()
        profile.runcall(lambda part=part: list(find_slips(part, TODAY)))
        calls.append(pstats.Stats(profile).total_calls)
    assert calls[1] < 3 * calls[0]


@pytest.mark.parametrize(
    ("host", "owned"),
    [
        ("www.bbc.co.uk", "bbc.co.uk"),
        ("eng.mod.gov.kz", "mod.gov.kz"),
        ("news.mail.ru", "mail.ru"),
        ("www.co.info", "co.info"),
        ("tass.com", "tass.com"),
    ],
)
def test_the_part_of_a_host_that_somebody_owns(host, owned):
    assert rules_outlets._domain(f"https://{host}/page") == owned
