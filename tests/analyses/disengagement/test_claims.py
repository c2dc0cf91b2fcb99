"""Each test of a claim gives each of its verdicts, and none that is not earned."""

import pytest
from support import BASE, RESOURCES, exercise, frames, report

from helpers.analyses.disengagement import claim_tests, claims
from helpers.derive.record import Record
from helpers.derive.scope import Scope
from helpers.loaders.rules import NEEDED, READS

SIX, FIVE = "ARM;BLR;KAZ;KGZ;RUS;TJK", "BLR;KAZ;KGZ;RUS;TJK"
SCOPE = Scope(2000, 2030, ("exercise",), "component", "C", "ARM", "2022-09-13")
EXERCISES = [
    *(exercise(f"interaction-{year}") for year in range(2019, 2027)),
    *(exercise(f"combat-{year}", "combat") | {"event_type": "meeting"} for year in range(2021, 2026)),
]
REPORTS = [
    report("interaction-2019", 1, start="2019-09-01", participants=FIVE, observers="ARM"),
    report("interaction-2020", 1, start="2020-09-01", participants=SIX, hosts="KAZ"),
    *(report(f"interaction-{year}", 1, start=f"{year}-09-01", participants=FIVE) for year in (2021, 2022, 2023)),
    report("interaction-2024", 1, start="2024-09-01"),
    report("interaction-2025", 1, start="2025-09-01", status="cancelled"),
    report("interaction-2026", 1, start="2026-09-01", participants=FIVE),
    report("combat-2021", 1, start="2021-05-01", participants=SIX),
    *(
        report(f"combat-{year}", 1, start=f"{year}-05-01", participants=FIVE, absent="ARM", absent_by="state")
        for year in range(2022, 2026)
    ),
]
MEMBERS = BASE["memberships"]
SPELL = {"iso3": "UZB", "body": "CSTO", "source_ids": "press"}
LEFT = [  # by a notice of June and a decision of December 2012, as a state that suspends its membership
    SPELL | {"status": "member", "date_basis": "signed", "start": "2006-08-16"},
    SPELL | {"status": "member", "date_basis": "notice", "end": "2012-06-28"},
    SPELL | {"status": "member", "date_basis": "decision", "start": "2006-06-23", "end": "2012-12-19"},
    SPELL | {"status": "suspended", "date_basis": "notice", "start": "2012-06-28"},
    SPELL | {"status": "suspended", "date_basis": "decision", "start": "2012-12-19"},
]
TREATY = [
    {"iso3": "SRB", "body": "CST", "status": "party", "date_basis": "in_force", "start": "1994", "end": "1999"}
    | {"source_ids": "press"}
]
BODIES = [body | ({"exit_rule": "for"} if body["body"] == "CSTO" else {}) for body in BASE["bodies"]]
STEP = {"subject": "ARM", "actor": "ARM", "date": "2024-06-12", "date_kind": "act", "track": "statements_own"}
STEP |= {"direction": "neutral", "confidence": "high"}
EVENTS = [
    STEP | {"event_id": "for", "what": "It will leave.", "source_ids": "press;wire"},
    STEP | {"event_id": "against", "what": "It will not.", "source_ids": "press;wire"},
    STEP | {"event_id": "alone", "what": "It may.", "source_ids": "copy"},
]


def judged(*rows, reports=REPORTS, memberships=(*MEMBERS, *LEFT, *TREATY), bodies=BODIES):
    """(verdict, record) of each claim; what a row does not say is that of a claim by another origin than the reports'."""
    blank = {"subject": "ARM", "source_id": "copy", "said_by": "X", "said_on": "2026-12-01", "claim": "Words."}
    table = [blank | {"claim_id": f"c{at:02d}"} | row for at, row in enumerate(rows)]
    data = frames(EXERCISES, reports, events=EVENTS, claims=table, memberships=list(memberships), bodies=bodies)
    found = claims.judge(Record.of_scope(data, SCOPE)).sort_values("claim_id")
    return list(zip(found["verdict"], found["record"], strict=True))


def verdict(test, **claim):
    return judged({"test": test} | claim)[0][0]


@pytest.mark.parametrize(
    ("test", "claim", "expected"),
    [
        ("missed_all", {"since": "2021-01-01", "until": "2023"}, "holds"),
        ("missed_all", {"since": "2021-01-01", "until": "2024"}, "holds in part"),
        ("missed_all", {"since": "2020-01-01", "until": "2023"}, "contradicted"),
        ("missed_all", {"since": "2024-01-01", "until": "2025"}, "cannot be tested"),
        ("missed_at_least", {"since": "2021-01-01", "number": "3"}, "holds"),
        ("missed_at_least", {"since": "2021-01-01", "number": "5"}, "cannot be tested"),
        ("missed_at_least", {"since": "2021-01-01", "number": "6"}, "contradicted"),
        ("missed_at_least", {"since": "2022-01-01", "until": "2023", "number": "3"}, "cannot be tested"),
        ("skipped_meetings", {"since": "2022-01-01", "until": "2024"}, "holds"),
        ("skipped_meetings", {"since": "2021-01-01", "until": "2024"}, "contradicted"),
        ("first_missed", {"since": "2021", "until": "2022"}, "holds"),
        ("first_missed", {"since": "2022", "until": "2022"}, "holds in part"),
        ("first_missed", {"since": "2023", "until": "2023"}, "contradicted"),
        ("first_missed", {"since": "2021", "until": "2022", "said_on": "2021-12-01"}, "cannot be tested"),
        ("absent_at", {"exercise_ids": "interaction-2021;interaction-2022"}, "holds"),
        ("absent_at", {"exercise_ids": "interaction-2021;interaction-2024"}, "holds in part"),
        ("absent_at", {"exercise_ids": "interaction-2019"}, "holds in part"),
        ("absent_at", {"exercise_ids": "interaction-2020"}, "contradicted"),
        ("absent_at", {"exercise_ids": "interaction-2020;interaction-2021"}, "contradicted"),
        ("absent_at", {"exercise_ids": "interaction-2025"}, "contradicted"),
        ("absent_at", {"exercise_ids": "interaction-2024"}, "cannot be tested"),
        ("present_at", {"exercise_ids": "interaction-2020"}, "holds"),
        ("present_at", {"exercise_ids": "interaction-2019"}, "holds in part"),
        ("present_at", {"exercise_ids": "interaction-2021"}, "contradicted"),
        ("present_at", {"exercise_ids": "interaction-2024"}, "cannot be tested"),
        ("host_is", {"exercise_ids": "interaction-2020", "value": "KAZ"}, "holds"),
        ("host_is", {"exercise_ids": "interaction-2020;interaction-2021", "value": "KAZ"}, "holds in part"),
        ("host_is", {"exercise_ids": "interaction-2020", "value": "ARM"}, "contradicted"),
        ("host_is", {"exercise_ids": "interaction-2021", "value": "ARM"}, "cannot be tested"),
        ("status_is", {"exercise_ids": "interaction-2025", "value": "cancelled"}, "holds"),
        (
            "status_is",
            {"exercise_ids": "interaction-2019;interaction-2020;interaction-2025", "value": "held"},
            "holds in part",
        ),
        ("status_is", {"exercise_ids": "interaction-2020", "value": "cancelled"}, "contradicted"),
        ("has_left", {"subject": "UZB", "until": "2013"}, "holds"),
        ("has_left", {"subject": "UZB", "until": "2012-08-28"}, "holds in part"),
        ("has_left", {}, "contradicted"),
        ("no_notice", {}, "holds"),
        ("no_notice", {"subject": "UZB", "until": "2012-06-27"}, "holds"),
        ("no_notice", {"subject": "UZB", "until": "2012-06-28"}, "contradicted"),
        ("no_notice", {"subject": "SRB"}, "cannot be tested"),
        ("took_status", {"subject": "UZB", "value": "suspended"}, "holds"),
        (
            "took_status",
            {"subject": "UZB", "value": "suspended", "since": "2012-06", "until": "2012-06"},
            "holds in part",
        ),
        ("took_status", {"subject": "UZB", "value": "member", "since": "2007"}, "contradicted"),
        ("took_status", {"value": "suspended"}, "contradicted"),
        ("members", {"number": "6"}, "holds"),
        ("members", {"number": "6", "until": "2012-08-28"}, "holds in part"),
        ("members", {"number": "7", "until": "2012-08-28"}, "holds in part"),
        ("members", {"number": "8"}, "contradicted"),
        ("nth_to_leave", {"number": "2"}, "holds"),
        ("nth_to_leave", {"number": "2", "until": "2005"}, "holds in part"),
        ("nth_to_leave", {"number": "4"}, "contradicted"),
        ("said", {"events_for": "for"}, "holds"),
        ("said", {"events_for": "for", "events_against": "against"}, "holds in part"),
        ("said", {"events_against": "against"}, "contradicted"),
        ("said", {"events_for": "alone"}, "cannot be tested"),
        ("untestable", {}, "cannot be tested"),
    ],
)
def test_each_test_reaches_its_verdicts(test, claim, expected):
    (found, words), *_ = judged({"test": test} | claim)
    assert found == expected
    assert words


def test_each_test_of_the_contract_is_written_and_its_columns_are_known():
    field = next(field for field in RESOURCES["claims"]["schema"]["fields"] if field["name"] == "test")
    assert set(field["constraints"]["enum"]) == set(claim_tests.TESTS) == set(NEEDED)
    assert set(READS) <= set(NEEDED)


def test_a_window_shows_its_number_of_cases():
    assert judged({"test": "missed_all", "since": "2021-01-01", "until": "2024"})[0][1] == (
        "4 cases from 2021-01-01 to 2024-12-31: missed 3, attended 0, 1 unknown"
    )
    words = judged({"test": "missed_all", "since": "2021-01-01", "until": "2026-12-01"})[0][1]
    assert " from 2021-01-01 to the day it was said: " in words


@pytest.mark.parametrize(("until", "expected"), [("2022", "cannot be tested"), ("2023", "holds")])
def test_a_window_of_fewer_than_three_cases_bears_out_nothing(until, expected):
    assert verdict("missed_all", since="2021-01-01", until=until) == expected


@pytest.mark.parametrize(
    ("since", "expected"),
    [
        ("2020-01-01", "contradicted"),
        ("2021-01-01", "holds"),
        ("2020-01-01/2021-01-01", "cannot be tested"),
        ("2021-01-01/2021-06-01", "holds"),
        ("2020", "cannot be tested"),
    ],
)
def test_a_vague_window_gives_a_verdict_only_if_both_its_starts_agree(since, expected):
    assert verdict("missed_all", since=since, until="2023") == expected


def test_a_claim_cannot_confirm_itself():
    row = {"test": "present_at", "exercise_ids": "interaction-2020"}
    (own, words), (other, _) = judged(row | {"source_id": "press"}, row)
    assert (own, other) == ("cannot be tested", "holds")
    assert words == "interaction-2020: present; without its own origin: interaction-2020: unknown"
    assert judged({"test": "status_is", "exercise_ids": "interaction-2020", "value": "held", "source_id": "press"}) == [
        ("cannot be tested", "interaction-2020: held; without its own origin: no report")
    ]


def test_a_second_origin_bears_out_a_claim():
    told = [*REPORTS, report("interaction-2020", 2, "wire", start="2020-09-01", participants=SIX)]
    row = {"test": "present_at", "exercise_ids": "interaction-2020", "source_id": "press"}
    assert judged(row, reports=told)[0][0] == "holds"


def test_what_a_claim_leaves_open_is_not_held_against_it():
    """Two outlets contradict each other: neither's claim is contradicted by the other alone."""
    told = [*REPORTS, report("interaction-2020", 2, "wire", start="2020-09-01", participants=FIVE)]
    sides = [("present_at", "press"), ("absent_at", "wire")]
    rows = [{"test": test, "exercise_ids": "interaction-2020", "source_id": source} for test, source in sides]
    assert [found for found, _ in judged(*rows, reports=told)] == ["cannot be tested"] * 2


def test_without_an_origin_a_part_may_lose_its_umbrella():
    told = [
        report("combat-2026", 1, "wire", start="2026-08-01", participants=SIX),
        report("interaction-2026", 1, "press", start="2026-09-01", participants=FIVE),
    ]
    exercises = [exercise("combat-2026", "combat"), exercise("interaction-2026", parent_id="combat-2026")]
    record = Record.of_scope(frames(exercises, told), SCOPE)
    without = claims.without_origins(record, ["wire", "copy"])
    left = without["wire"]
    assert left.whole_register["exercise_id"].tolist() == ["interaction-2026"]
    assert left.whole_register["parent_id"].tolist() == [""]
    assert without["copy"] is record


OPPOSITE = {"holds": "contradicted", "contradicted": "holds"}


@pytest.mark.parametrize(
    "sides", [("for", ""), ("", "against"), ("for", "against"), ("for", "for"), ("alone", ""), ("for;alone", "against")]
)
def test_mirrored_claims_agree(sides):
    """The same entries the other way round give the opposite verdict, whoever speaks."""
    pro, con = sides
    (one, _), (other, _) = judged(
        {"test": "said", "events_for": pro, "events_against": con},
        {"test": "said", "events_for": con, "events_against": pro},
    )
    assert other == OPPOSITE.get(one, one)


def test_an_entry_beside_a_test_makes_it_hold_in_part():
    row = {"test": "missed_all", "since": "2021-01-01", "until": "2023"}
    assert judged(row | {"events_against": "against"})[0][0] == "holds in part"
    assert judged(row | {"events_for": "for"})[0][0] == "holds"
    assert judged(row | {"since": "2020-01-01", "events_for": "for"})[0][0] == "holds in part"


def test_an_entry_on_both_sides_is_shown_once():
    found, words = judged({"test": "said", "events_for": "for", "events_against": "for"})[0]
    assert (found, words) == ("holds in part", "in part: It will leave (2024-06-12)")


def test_a_notice_counts_from_its_day_and_leaving_from_its_effect():
    (notice, told), (left, words) = judged(
        {"test": "no_notice", "subject": "UZB", "until": "2012-07-01"},
        {"test": "has_left", "subject": "UZB", "until": "2012-07-01"},
    )
    assert (notice, told) == ("contradicted", "notice on 2012-06-28")
    assert (left, words) == (
        "holds in part",
        "bound by the last date of leaving only on 2012-07-01; notice on 2012-06-28",
    )


def test_a_disputed_status_or_host_holds_in_part_only():
    told = [
        *REPORTS,
        report("interaction-2025", 2, "wire", "during", status="postponed"),
        report("interaction-2020", 2, "organiser", start="2020-09-01", hosts="KGZ"),
        report("interaction-2020", 3, "ministry", start="2020-09-01", hosts="KAZ"),
    ]
    rows = [
        {"test": "status_is", "exercise_ids": "interaction-2025", "value": value}
        for value in ("postponed", "cancelled")
    ]
    rows += [{"test": "host_is", "exercise_ids": "interaction-2020", "value": "KGZ"}]
    assert [found for found, _ in judged(*rows, reports=told)] == ["holds in part"] * 3


def test_no_claims_give_an_empty_table():
    record = Record.of_scope(frames(EXERCISES, REPORTS, bodies=BODIES, events=EVENTS), SCOPE)
    assert list(claims.judge(record).columns) == claims.COLUMNS
    assert claims.judge(record).empty


@pytest.fixture(scope="module")
def published():
    import helpers

    record = helpers.open_record()
    return record.data["claims"].merge(claims.judge(record)[["claim_id", "record", "verdict"]], on="claim_id")


def test_the_published_claims_are_all_judged(published):
    assert set(published["verdict"]) == set(claim_tests.VERDICTS)


def test_published_claims_with_the_same_entries_the_other_way_round_agree(published):
    said = published[published["test"] == "said"]
    sides = {(frozenset(row.events_for), frozenset(row.events_against)): row.verdict for row in said.itertuples()}
    mirrored = [(found, sides[con, pro]) for (pro, con), found in sides.items() if (con, pro) in sides]
    assert len(mirrored) >= 4
    assert all(other == OPPOSITE.get(one, one) for one, other in mirrored)


def test_one_sentence_printed_twice_gets_one_verdict(published):
    quoted = published[(published["quote"] != "") & (published["test"] != "untestable")]
    same = quoted.groupby(["quote", "test", "exercise_ids", "subject"])["verdict"].nunique()
    assert (same == 1).all()
