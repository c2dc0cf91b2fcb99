"""Of a member of no force the exercises of its time count, expected or not; not to be named there is no absence."""

import pytest
from support import BASE, exercise, frames, report

import helpers
from helpers.analyses.disengagement import cases, claims, time_as_member
from helpers.derive.record import Record
from helpers.derive.scope import Scope

SIX = "ARM;BLR;KAZ;KGZ;RUS;TJK"
SCOPE = Scope(2000, 2030, ("exercise",), "component", "C", "ARM", "2022-09-13")
SPELL = {"iso3": "UZB", "body": "CSTO", "status": "member", "source_ids": "press"}
SPELLS = [
    SPELL | {"date_basis": "signed", "start": "2006-08-16"},
    SPELL | {"date_basis": "notice", "end": "2012-06-28"},
    SPELL | {"date_basis": "decision", "start": "2006-06-23", "end": "2012-12-19"},
]


@pytest.fixture(scope="module")
def published():
    return helpers.open_record()


def member_of_no_force(*rows, more=()):
    """(verdict, record) of claims on a member that was expected at one exercise of its time, and came to others."""
    few = [exercise(f"rubezh-{year}", "rubezh") for year in range(2007, 2013)] + [exercise("interaction-2012")]
    told = [
        report("rubezh-2007", 1, start="2007-04-01", participants="KAZ;UZB"),
        *(report(f"rubezh-{year}", 1, start=f"{year}-04-01", participants="KAZ") for year in (2008, 2009)),
        *(
            report(f"rubezh-{year}", 1, "wire", start=f"{year}-04-01", participants="KAZ", absent="UZB")
            for year in (2010, 2011)
        ),
        report("rubezh-2012", 1, start="2012-11-01", participants="KAZ"),
        report("interaction-2012", 1, start="2012-05-01", participants=SIX),
        *more,
    ]
    blank = {"subject": "UZB", "source_id": "copy", "said_by": "X", "said_on": "2012-12-31", "claim": "Words."}
    table = [blank | {"claim_id": f"c{at:02d}", "since": "2006-08-17"} | row for at, row in enumerate(rows)]
    data = frames(few, told, claims=table, memberships=[*BASE["memberships"], *SPELLS])
    found = claims.judge(Record.of_scope(data, SCOPE)).sort_values("claim_id")
    return list(zip(found["verdict"], found["record"], strict=True))


def test_a_state_in_no_force_is_judged_by_the_exercises_of_its_time_as_a_member():
    (none, words), (twice, _), (thrice, _) = member_of_no_force(
        {"test": "missed_all"},
        {"test": "missed_at_least", "number": "2"},
        {"test": "missed_at_least", "number": "3", "until": "2011-12-31"},
    )
    assert words.startswith("exercises of its time as a member, 7 cases from ")
    assert words.endswith("missed 3, attended 1, 3 unknown")
    assert (none, twice) == ("contradicted", "holds")
    assert thrice == "cannot be tested"  # not to be named is no absence


def test_over_its_time_as_a_member_a_claim_does_not_confirm_itself():
    row = {"test": "missed_at_least", "number": "2", "until": "2011-12-31"}
    assert [found for found, _ in member_of_no_force(row | {"source_id": "wire"}, row)] == ["cannot be tested", "holds"]


def test_the_claims_on_uzbekistan_are_tested(published):
    own = claims.judge(published).set_index("claim_id")["verdict"]
    assert own["tass-20121219-none-since-2006"] == "contradicted"
    assert own["rt-20120628-ignored"] == "holds"


def test_the_second_rate_of_the_sentence_is_over_the_same_exercises(published):
    found = time_as_member.find_exercises_as_member(published, "UZB")
    rate = cases.find_guest_rate(published)
    state, came, watched, expected, held = rate.name, rate.came, rate.watched, rate.expected, rate.held
    assert state == "Uzbekistan"
    assert (came, expected, held) == ((found["how"] == "came").sum(), found["expected"].sum(), len(found))
    assert watched == (found["code"] == "observer").sum()
    assert found["start_earliest"].is_monotonic_increasing


def test_members_of_forces_are_judged_by_what_they_were_expected_at(published):
    assert time_as_member.is_seldom_expected(published, "UZB")
    assert not any(time_as_member.is_seldom_expected(published, one) for one in SIX.split(";"))
