import json
from importlib.resources import files

import pytest

from helpers.display import outlines

FILE = files("helpers.display").joinpath("outlines.json")


@pytest.mark.parametrize("kind", [outlines.COAST, outlines.BORDER])
def test_every_line_lies_in_the_region(kind):
    lines = outlines.lines(kind)
    assert len(lines) > 20
    assert all(len(line) > 1 and outlines.covers(*line.T).all() for line in lines)


def test_the_file_is_small_and_says_where_it_is_from():
    assert len(FILE.read_bytes()) < 60_000
    metadata = json.loads(FILE.read_text(encoding="utf-8"))["metadata"]
    assert metadata["licence"] == "public domain"
    assert "Natural Earth" in metadata["origin"]


def test_a_place_without_coordinates_is_not_covered():
    assert not outlines.covers(float("nan"), 50.0)
    assert not outlines.covers(131.66, 44.34)


def test_the_region_ends_at_its_corners():
    west, south, east, north = outlines.bounds()
    for longitude, latitude in ((west, south), (east, north)):
        assert outlines.covers(longitude, latitude)
    for longitude, latitude in ((west - 1e-6, south), (west, south - 1e-6), (east + 1e-6, north), (east, north + 1e-6)):
        assert not outlines.covers(longitude, latitude)
