"""Exercises that others run follow the same rules: who came is a guest, and not to be named is no absence."""

import dataclasses

from support import BASE, exercise, frames, report

import helpers
from helpers.analyses.disengagement import text_cases
from helpers.analyses.disengagement.elsewhere import (
    Partner,
    count_look_ups,
    count_partners,
    count_with_members,
    find_exercises_with_others,
)
from helpers.derive.record import Record
from helpers.derive.scope import Scope

SCOPE = Scope(2000, 2030, ("exercise",), "component", "C", "ARM", "2022-09-13")
NAMES = {"FRA": "France", "GRC": "Greece", "USA": "United States"}
LOOK_UP = {"searched_on": "2023-01-01", "lang": "en", "query": "q", "hits": "0"}


def opened(others, focus="ARM", asked=3):
    """A record with one exercise of its own and others of those: {id: what each of its reports says}."""
    exercises = [exercise("interaction-2023"), *(exercise(one, "combat", organiser="bilateral") for one in others)]
    told = [report("interaction-2023", 1, start="2023-05-01", participants="BLR;KAZ;KGZ;RUS;TJK")]
    told += [report(one, n, **fields) for one, said in others.items() for n, fields in enumerate(said, start=1)]
    states = [*BASE["countries"], *({"iso3": code, "name": name} for code, name in NAMES.items())]
    log = [LOOK_UP | {"search_id": str(n), "iso3": "ARM" if n <= asked else ""} for n in range(1, 9)]
    data = frames(exercises, told, countries=states, search_log=log)
    return Record.of_scope(data, dataclasses.replace(SCOPE, focus=focus))


def parts(**others):
    record = opened({f"{one.replace('_', '-')}-2023": said for one, said in others.items()})
    found = find_exercises_with_others(record, "ARM")
    return {one.exercise_id.removesuffix("-2023"): (one.part, one.partners) for one in found.itertuples()}


def test_what_a_state_did_follows_from_reports_as_at_its_own_exercises():
    there, ahead = {"start": "2023-06-01"}, {"start": "2023-06-01", "phase": "plan", "status": "planned"}
    found = parts(
        came=[there | {"participants": "ARM;USA"}],
        hosted=[there | {"hosts": "ARM", "participants": "FRA", "participants_scope": "partial"}],
        watched=[there | {"participants": "USA;GRC", "observers": "ARM"}],
        refused=[ahead | {"participants": "ARM;USA"}, there | {"participants": "USA", "absent": "ARM"}],
        dropped=[ahead | {"participants": "USA", "absent": "ARM"}],
        foreseen=[ahead | {"participants": "ARM;FRA"}, there | {"participants": "FRA;GRC"}],
        untraced=[ahead | {"participants": "ARM;FRA"}],
        off=[ahead | {"participants": "ARM;FRA"}, ahead | {"phase": "before", "status": "cancelled"}],
        unnamed=[there | {"participants": "USA;GRC"}],
        all_of_them=[there | {"participants": "ARM;USA", "participants_scope": "boilerplate"}],
    )
    assert found == {
        "came": ("came", ("USA",)),
        "hosted": ("came", ("FRA",)),
        "watched": ("watched", ("GRC", "USA")),
        "refused": ("stayed away", ("USA",)),
        "dropped": ("stayed away", ("USA",)),
        "foreseen": ("open", ("FRA", "GRC")),
        "untraced": ("open", ("FRA",)),
        "off": ("not held", ("FRA",)),
    }


def test_whoever_is_named_during_or_after_is_a_partner_and_not_who_was_planned():
    found = parts(
        one=[
            {"start": "2023-06-01", "phase": "plan", "status": "planned", "participants": "ARM;FRA"},
            {"start": "2023-06-01", "participants": "ARM;USA"},
        ]
    )
    assert found == {"one": ("came", ("USA",))}


def test_partners_are_counted_since_the_dividing_day_and_what_is_open_apart():
    day = {"start": "2023-06-01"}
    record = opened(
        {
            "old-2021": [{"start": "2021-06-01", "participants": "ARM;USA"}],
            "a-2023": [day | {"participants": "ARM;USA"}],
            "b-2023": [day | {"participants": "ARM;USA;FRA;KAZ"}],
            "c-2023": [day | {"participants": "ARM;GRC"}],
            "d-2023": [day | {"participants": "USA", "absent": "ARM"}],
            "e-2023": [day | {"phase": "plan", "status": "planned", "participants": "ARM;USA"}],
            "f-2023": [day | {"phase": "plan", "status": "cancelled", "participants": "ARM;USA"}],
        }
    )
    assert count_partners(record) == [
        Partner("", 3, 4, 1),
        Partner("USA", 2, 3, 1),
        Partner("FRA", 1, 1, 0),
        Partner("GRC", 1, 1, 0),
        Partner("KAZ", 1, 1, 0),
    ]
    assert count_with_members(record) == 1
    found = text_cases.describe_elsewhere(record)
    assert found.headline.startswith("ARM trained with others three times since ")
    assert "It came to two of three with the United States (one more unclear), and to none" in found.detail
    assert found.detail.endswith("; other members were at one.")
    assert found.doubt == "Of one plan no outcome is known; three searches asked for such exercises."


def test_without_a_search_nothing_is_counted():
    others = {"a-2023": [{"start": "2023-06-01", "participants": "ARM;BLR;USA"}]}
    assert count_partners(opened(others, asked=0)) is None
    assert count_partners(opened(others, focus="BLR")) is None
    assert count_partners(opened({})) == []
    assert "not looked for" in text_cases.describe_elsewhere(opened(others, focus="BLR")).text
    assert text_cases.describe_elsewhere(opened({})).text.startswith("No exercise of ARM with others since ")


def test_the_published_look_ups_name_the_state_that_they_were_for():
    record = helpers.open_record()
    n = count_look_ups(record)
    assert 0 < n < len(record.data["search_log"])
    assert f"{n} searches asked for such exercises" in text_cases.describe_elsewhere(record).doubt
    counted = count_partners(record)
    assert counted[0].partner == ""
    assert all(one.came <= one.known <= counted[0].known for one in counted[1:])
