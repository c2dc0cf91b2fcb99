import unicodedata

import pandas as pd
import pytest

from helpers.loaders.rules import CHECKS, check_sites

FIELDS = ["place_id", "name", "aliases", "latitude", "longitude", "source_ids"]


def places(*rows):
    """The text cells of a table of places, its lines counted from 2."""
    return pd.DataFrame(rows, columns=FIELDS, index=range(2, len(rows) + 2), dtype=object)


def reports(*sites):
    return pd.DataFrame({"sites": list(sites)}, index=range(2, len(sites) + 2), dtype=object)


SOUND = ("deep", "Deep", "Déep;Deep range", "40.12", "-70.50", "atlas")


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"name": "Deep range"}, (3, "name", "Deep range", "is a name of deep already; a name belongs to one place")),
        ({"aliases": "Wider;Deep"}, (3, "aliases", "Deep", "is a name of deep already; a name belongs to one place")),
        (
            {"aliases": unicodedata.normalize("NFD", "Déep")},
            (
                *(3, "aliases", unicodedata.normalize("NFD", "Déep")),
                "is a name of deep already; a name belongs to one place",
            ),
        ),
        ({"latitude": "90.01"}, (3, "latitude", "90.01", "is not between -90 and 90 degrees")),
        ({"longitude": "-180.50"}, (3, "longitude", "-180.50", "is not between -180 and 180 degrees")),
        ({"longitude": ""}, (3, "longitude", "", "must be filled if, and only if, latitude is")),
        ({"latitude": ""}, (3, "longitude", "70.00", "must be filled if, and only if, latitude is")),
        ({"source_ids": ""}, (3, "source_ids", "", "is blank; coordinates need a source")),
    ],
)
def test_a_fault_of_a_place_is_one_line(changed, fault):
    other = dict(zip(FIELDS, ("wide", "Wide", "", "-40.12", "70.00", "atlas"), strict=True))
    assert list(CHECKS["places"](places(SOUND, tuple(other.values())))) == []
    assert list(CHECKS["places"](places(SOUND, tuple((other | changed).values())))) == [fault]


def test_a_place_needs_no_coordinates_and_may_name_itself_twice():
    assert list(CHECKS["places"](places(("wide", "Wide", "Wide", "", "", "")))) == []


def test_a_site_that_no_place_has_is_refused_wherever_it_stands():
    told = reports("Deep", "Deep range;Nowhere", "", unicodedata.normalize("NFD", "Déep"), "Deep range;Nowhere")
    problem = "names Nowhere, which is no name or alias in places.csv; add it to its place there"
    assert check_sites(told, places(SOUND)) == [(line, "sites", "Deep range;Nowhere", problem) for line in (3, 6)]


def test_without_places_sites_are_free_text():
    assert check_sites(reports("Nowhere"), places()) == []


@pytest.mark.parametrize(
    ("table", "column"), [("sources", "outlet"), ("countries", "name"), ("series", "name"), ("bodies", "name")]
)
def test_a_name_in_two_spellings_is_refused_wherever_the_second_stands(table, column):
    rows = {"url": "x", "file": ""}
    names = ["TASS", "Interfax", "ТАСС", "TASS", "ТАСС", "interfax"]
    told = pd.DataFrame([rows | {column: name} for name in names], index=range(2, 8))
    found = [one for one in CHECKS[table](told) if one[3] != "is the name of a row above"]
    assert found == [
        *((line, column, "ТАСС", "is 'TASS' in another spelling; one name has one spelling") for line in (4, 6)),
        (7, column, "interfax", "is 'Interfax' in another spelling; one name has one spelling"),
    ]
