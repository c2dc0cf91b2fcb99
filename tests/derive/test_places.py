import unicodedata
from typing import NamedTuple

import pandas as pd
import pytest

from helpers.derive.places import Place, locate, own_places, place_key
from helpers.derive.register import derive_register
from helpers.loaders.tables import load

PLACES = pd.DataFrame(
    [
        ("wide", "Wide", (), "range", "AAA", "North"),
        ("deep", "Deep", ("Deep range", "Déep"), "range", "AAA", "North"),
        ("far", "Far", (), "range", "AAA", "South"),
        ("abroad", "Abroad", (), "range", "BBB", "North"),
        ("somewhere", "Somewhere", (), "range", "AAA", ""),
        ("town", "Town", ("Town (opening)", "Town (first stage)", "Town (by the range)"), "town", "AAA", "North"),
        ("elsewhere", "Elsewhere", (), "town", "AAA", ""),
        ("lake", "Lake", (), "sea", "AAA", "North"),
        ("north", "North", (), "region", "AAA", "North"),
        ("state", "all of it", (), "region", "AAA", ""),
        ("staff", "Staff", ("Town (joint headquarters)",), "headquarters", "AAA", "North"),
    ],
    columns=["place_id", "name", "aliases", "kind", "state", "region"],
)
KEY = place_key({"places": PLACES})


class Report(NamedTuple):
    report_id: str
    sites: tuple[str, ...]
    original_seen: bool = True
    deprecated_fields: tuple[str, ...] = ()


def found(*reports, event_type="exercise"):
    """Ids of the places, and the report, that reports give of which the first ranks best; a report is its sites."""
    ranked = [
        one if isinstance(one, Report) else Report(f"r{rank}", tuple(one.split(";")) if one else ())
        for rank, one in enumerate(reports, 1)
    ]
    places, report_id = own_places(ranked, event_type, KEY)
    return [place.place_id for place in places], report_id


@pytest.mark.parametrize(
    ("reports", "places", "report_id"),
    [
        (["", "Wide", "Deep"], ["wide"], "r2"),  # the best report that names one
        (["Wide;Deep range", "Far"], ["wide", "deep"], "r1"),  # all of its finest kind
        (["Deep;Deep range"], ["deep"], "r1"),
        (["Town;Wide;Lake"], ["wide"], "r1"),
        (["North", "Town", "Deep"], ["town"], "r2"),  # the next finer word, not the finest of all
        (["North", "Far", "Abroad", "Deep"], ["deep"], "r4"),  # only inside the same state and region
        (["North", "Somewhere"], ["somewhere"], "r2"),  # of no known region: not known to lie outside
        (["all of it", "Far;Town"], ["far"], "r2"),
        (["all of it;Abroad"], ["abroad"], "r1"),
        (["North", "all of it"], ["north"], "r1"),  # a vaguer word narrows nothing
        (["Town", "Lake", "Wide"], ["wide"], "r3"),
        (["Elsewhere", "Wide"], ["elsewhere"], "r1"),  # what lies around a town of no known region is not known
        (["Town (opening)", "Wide"], ["wide"], "r2"),  # a part
        (["North", "Town (first stage)"], ["north"], "r1"),
        (["Town (opening)", ""], ["town"], "r1"),  # a part, and nothing else is named
        (["Town (by the range)", "Far"], ["town"], "r1"),  # a bracket of no part
        (["Staff", "Town (joint headquarters)", "North"], ["north"], "r3"),
        (["Staff", "Town (opening)"], ["staff"], "r1"),
        ([], [], ""),
        (["Unheard of"], [], ""),
    ],
)
def test_places_follow_from_reports_by_rank(reports, places, report_id):
    assert found(*reports) == (places, report_id)


def test_regions_that_one_report_names_are_narrowed_each_by_itself():
    key = KEY | {"South": Place("south", "region", "AAA", "South")}
    ranked = [Report("r1", ("North", "South")), Report("r2", ("Far",))]
    places, report_id = own_places(ranked, "exercise", key)
    assert ([place.place_id for place in places], report_id) == (["north", "far"], "r2")


@pytest.mark.parametrize("event_type", ["meeting", "staff_event", "operation"])
def test_a_headquarters_is_the_place_of_what_has_no_troops_in_the_field(event_type):
    assert found("Staff", "Town", event_type=event_type) == (["staff"], "r1")
    assert found("Town", "Staff", event_type=event_type) == (["staff"], "r2")


@pytest.mark.parametrize("event_type", ["exercise", "inspection", "deployment"])
def test_it_only_leads_those_that_have(event_type):
    assert found("Staff", "Town", event_type=event_type) == (["town"], "r2")


def test_a_source_that_nobody_read_comes_last():
    assert found(Report("unseen", ("Wide",), original_seen=False), "Deep") == (["deep"], "r2")
    assert found(Report("unseen", ("Wide",), original_seen=False), "") == (["wide"], "unseen")


def test_deprecated_places_never_count():
    withdrawn = Report("withdrawn", ("Wide",), deprecated_fields=("troops", "sites"))
    assert found(withdrawn, "Far") == (["far"], "r2")
    assert found(withdrawn, "North") == (["north"], "r2")
    assert found(Report("r1", ("Wide",), deprecated_fields=("hosts",))) == (["wide"], "r1")


def test_a_name_is_found_however_its_accents_are_typed():
    assert found(unicodedata.normalize("NFD", "Déep")) == (["deep"], "r1")


def test_a_package_without_places_gives_none():
    assert place_key({}) == place_key({"places": PLACES.head(0)}) == {}


def located(sites, parents=(), off=()):
    """{exercise: ids of its places} of exercises with one report each; `parents` is {part: umbrella}."""
    parents = dict(parents)
    register = pd.DataFrame(
        {
            "exercise_id": list(sites),
            "event_type": "exercise",
            "parent_id": [parents.get(one, "") for one in sites],
            "status": ["cancelled" if one in off else "held" for one in sites],
        }
    )
    reports = {one: [Report(f"{one}.01", tuple(names.split(";")) if names else ())] for one, names in sites.items()}
    table = locate(register, reports, KEY).set_index("exercise_id")
    assert (table["place_report"] == [f"{one}.01" if names else "" for one, names in sites.items()]).all()
    return table["place_ids"].to_dict()


def test_an_umbrella_has_its_own_places_and_those_of_its_held_parts():
    sites = {"umbrella": "Wide", "one": "Deep;Wide", "two": "Far", "off": "Abroad"}
    table = located(sites, parents=dict.fromkeys(["one", "two", "off"], "umbrella"), off=["off"])
    assert table["umbrella"] == ("wide", "deep", "far")
    assert table["off"] == ("abroad",)


def test_a_region_gives_way_to_a_part_inside_it_and_a_town_does_not():
    parents = {"one": "umbrella", "two": "umbrella"}
    assert located({"umbrella": "North", "one": "Deep", "two": ""}, parents)["umbrella"] == ("deep",)
    assert located({"umbrella": "North", "one": "Far", "two": ""}, parents)["umbrella"] == ("north", "far")
    assert located({"umbrella": "", "one": "Town", "two": "Deep"}, parents)["umbrella"] == ("town", "deep")
    assert located({"umbrella": "North", "one": "", "two": ""}, parents)["umbrella"] == ("north",)


@pytest.fixture(scope="module")
def published():
    """The register of the published record by exercise, and its reports by id."""
    data = load()
    return derive_register(data).set_index("exercise_id"), data["reports"].set_index("report_id")


@pytest.mark.parametrize(
    ("exercise", "places"),
    [
        ("rubezh-2008", ["baghramyan"]),  # a wire names the staff in the capital; one of the sources was not read
        ("interaction-2022", ["matybulak"]),  # on the day only the region; a centre for a part is deprecated
        ("search-2022", ["matybulak"]),
        ("echelon-2022", ["matybulak"]),
        ("center-2011", ["chebarkul", "lohur"]),  # its part; the stage on the coast is deprecated
        ("indestructible-brotherhood-2017", []),  # an airfield of the aviation alone
        ("indestructible-brotherhood-2023", ["edelweiss"]),  # the organiser names the lake
    ],
)
def test_exercises_that_were_at_the_wrong_place(published, exercise, places):
    row = published[0].loc[exercise]
    assert list(row["place_ids"]) == places
    assert bool(row["place_report"]) == bool(places)


def test_the_report_behind_a_place_is_of_the_exercise_and_names_a_place(published):
    register, reports = published
    behind = register.loc[register["place_report"] != "", "place_report"]
    assert (reports.loc[behind, "exercise_id"].to_numpy() == behind.index).all()
    assert (reports.loc[behind, "sites"].map(len) > 0).all()
    assert not reports.loc[behind, "deprecated_fields"].map(lambda fields: "sites" in fields).any()
