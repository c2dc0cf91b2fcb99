"""Who is bound when."""

import datetime as dt

from support import BASE, frames

from helpers.derive.membership import bound_spells, members_on


def test_membership_takes_the_narrowest_reading():
    readings = [
        {
            "iso3": "UZB",
            "body": "CSTO",
            "status": "member",
            "date_basis": basis,
            "start": start,
            "end": end,
            "source_ids": "press",
        }
        for basis, start, end in [
            ("decision", "2006-06-23", "2012-12-19"),
            ("effect", "2008-03-28", ""),
            ("notice", "", "2012-06-28"),
        ]
    ]
    spells = bound_spells(frames([], [], memberships=BASE["memberships"] + readings))
    inside = [year for year in range(2005, 2014) if "UZB" in members_on(spells, "CSTO", dt.date(year, 7, 1))]
    assert inside == [2008, 2009, 2010, 2011]
    assert members_on(spells, "CRDF-CA", dt.date(2024, 1, 1)) == {"KAZ", "KGZ", "RUS", "TJK"}
    assert members_on(spells, "CRRF", dt.date(2024, 1, 1)) == set()


def test_of_a_vague_start_the_last_day_counts_and_of_a_vague_end_the_first():
    spell = {"iso3": "UZB", "body": "CSTO", "status": "member", "date_basis": "signed", "source_ids": "press"}
    readings = [spell | {"start": "2006", "end": "2012-06"}]
    spells = bound_spells(frames([], [], memberships=BASE["memberships"] + readings))
    assert ("UZB", dt.date(2006, 12, 31), dt.date(2012, 6, 1)) in spells["CSTO"]


def test_an_observer_is_not_bound_nor_a_member_of_a_body_that_does_not_bind():
    spell = {"iso3": "SRB", "date_basis": "signed", "start": "2006", "source_ids": "press"}
    for of in ({"body": "CSTO", "status": "observer"}, {"body": "CSTO-PA", "status": "member"}):
        spells = bound_spells(frames([], [], memberships=[*BASE["memberships"], spell | of]))
        assert not any(state == "SRB" for own in spells.values() for state, *_ in own)
