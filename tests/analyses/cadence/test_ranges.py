from types import SimpleNamespace

import pandas as pd
import pytest

import helpers
from helpers.analyses.cadence.figures_ranges import LABELLED, plot_ranges
from helpers.analyses.cadence.ranges import COLUMNS, compute_ranges
from helpers.analyses.cadence.text_ranges import caption_ranges, describe_ranges
from helpers.display.figures import figure_data, figure_text
from helpers.display.house_style import faults_of

NAMES = {"AAA": "Aland", "BBB": "Beland"}
LAST = pd.Timestamp("2030-01-01")
PLACES = pd.DataFrame(
    [
        ("deep", "Deep", "AAA", "North", "range", "40.00", "70.00"),
        ("wide", "Wide", "BBB", "", "range", "50.25", "30.50"),
        ("vague", "Vague", "AAA", "South", "range", "", ""),
        ("lost", "Lost", "BBB", "West", "range", "", ""),
        ("off", "Off", "BBB", "", "town", "-10.00", "70.00"),
        ("south", "South", "AAA", "South", "region", "38.50", "69.50"),
    ],
    columns=["place_id", "name", "state", "region", "kind", "latitude", "longitude"],
)


def record(*rows):
    """A record of exercises as (year, status, hosts, places)."""
    register = pd.DataFrame(
        [
            (f"drill-{at}", "drill" if at % 2 else "raid", year, status, tuple(hosts.split()), tuple(places.split()))
            for at, (year, status, hosts, places) in enumerate(rows)
        ],
        columns=["exercise_id", "series_id", "year", "status", "hosts", "place_ids"],
    )
    return SimpleNamespace(register=register, data={"places": PLACES}, names=NAMES, last_days=(LAST, LAST))


SMALL = record(
    (2010, "held", "AAA", "deep"),
    (2011, "held", "AAA", "deep vague"),
    (2011, "held", "BBB", "wide"),
    (2012, "planned", "BBB", "wide"),
    (2013, "held", "BBB", ""),
    (2014, "held", "AAA BBB", "lost off"),
    (2015, "held", "AAA BBB", ""),
)


def test_an_exercise_counts_at_each_of_its_places_and_a_planned_one_at_none():
    table = compute_ranges(SMALL)
    assert table.columns.tolist() == COLUMNS
    assert table["place_id"].tolist() == ["deep", "lost", "off", "vague", "wide"]  # most used, last used, by name
    deep = table.iloc[0]
    assert (deep["exercises"], deep["years"], deep["series"]) == (2, (2010, 2011), ("drill", "raid"))
    assert deep["exercise_ids"] == ("drill-0", "drill-1")
    assert table["exercises"].sum() == 6


def test_a_place_without_coordinates_takes_those_of_its_region():
    table = compute_ranges(SMALL).set_index("place_id")
    assert table.loc["vague", ["latitude", "longitude", "approximate", "drawn"]].tolist() == [38.5, 69.5, True, True]
    assert table.loc["deep", ["latitude", "longitude", "approximate", "drawn"]].tolist() == [40.0, 70.0, False, True]
    assert table.loc["lost", "latitude"] != table.loc["lost", "latitude"]
    assert table.loc["lost", ["approximate", "drawn"]].tolist() == [False, False]
    assert not table.loc["off", "drawn"]


def test_without_a_place_there_is_no_row():
    assert compute_ranges(record((2010, "held", "AAA", ""))).empty


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        (SMALL, "Deep in Aland was used more than any other place."),
        (
            record((2010, "held", "", "deep"), (2010, "held", "", "wide")),
            "Deep in Aland and Wide in Beland were used more than any other place.",
        ),
        (
            record((2010, "held", "", "deep wide off lost")),
            "No place stands out among those that were used.",
        ),
    ],
)
def test_the_title_names_the_place_used_most(rows, title):
    said = describe_ranges(rows, compute_ranges(rows))
    assert said.headline == title
    assert faults_of(said) == []


def test_what_the_map_leaves_out_is_named():
    around = caption_ranges(SMALL, compute_ranges(SMALL))
    assert "Not on the map: Lost and Off." in around["footer"]
    assert "Hollow" in around["subtitle"]
    assert "a place of 4 of the 6 held" in describe_ranges(SMALL, compute_ranges(SMALL)).detail
    exact = record((2010, "held", "", "deep"))
    around = caption_ranges(exact, compute_ranges(exact))
    assert "Not on the map" not in around["footer"]
    assert "Hollow" not in around["subtitle"]


def test_the_map_draws_each_place_once_and_names_it():
    ranges = compute_ranges(SMALL)
    figure = plot_ranges(ranges, NAMES, **caption_ranges(SMALL, ranges))
    data = figure_data(figure)
    points = data[data["kind"] == "point"]
    assert points["label"].tolist() == ["place", "place", "place somewhere in the region"]
    assert points[["x", "y"]].to_numpy().tolist() == [["70", "40"], ["30.5", "50.25"], ["69.5", "38.5"]]
    assert "Deep; Aland, 2" in figure_text(figure)
    assert [title for title, _ in figure.marks] == [
        "Deep, Aland: two exercises, 2010–11",
        "Wide, Beland: one exercise, 2011",
        "Vague, Aland: one exercise, 2011",
    ]


def test_a_phone_s_map_has_numbers_and_a_list_below():
    ranges = compute_ranges(SMALL)
    narrow = plot_ranges(ranges, NAMES, **caption_ranges(SMALL, ranges)).narrow()
    texts = [text.get_text() for text in narrow.axes[0].texts]
    assert {"1", "2", "3", "1  Deep, Aland, 2", "3  Wide, Beland, 1"} <= set(texts)


@pytest.mark.parametrize("dpi", [72, 110])  # a figure is saved as SVG at 72
def test_the_list_below_the_narrow_map_ends_above_the_footer(dpi):
    record = helpers.open_record()
    ranges = compute_ranges(record)
    figure = plot_ranges(ranges, record.names, **caption_ranges(record, ranges)).narrow()
    figure.dpi = dpi
    figure.draw_without_rendering()
    listed, footer = figure.axes[0].texts[:LABELLED], figure.texts[-1]
    assert min(text.get_window_extent().y0 for text in listed) > footer.get_window_extent().y1


@pytest.mark.parametrize("narrow", [False, True])
def test_no_label_of_the_published_map_hides_another(narrow):
    record = helpers.open_record().in_unit("component")
    ranges = compute_ranges(record)
    figure = plot_ranges(ranges, record.names, **caption_ranges(record, ranges))
    figure = figure.narrow() if narrow else figure
    figure.canvas.draw()
    inside = figure.axes[0].get_window_extent()
    texts = figure.axes[0].texts
    boxes = [text.get_window_extent() for text in texts]
    assert len(texts) == 2 * LABELLED
    for at, box in enumerate(boxes):
        assert inside.x0 <= box.x0 and box.x1 <= inside.x1, texts[at].get_text()
        pairs = [other for other in boxes[at + 1 :] if box.shrunk(0.98, 0.8).overlaps(other.shrunk(0.98, 0.8))]
        assert not pairs, texts[at].get_text()


def test_places_without_coordinates_promise_no_map():
    lost = record((2010, "held", "", "lost"), (2011, "held", "", "lost"))
    said = describe_ranges(lost, compute_ranges(lost))
    assert said.doubt == "Where they lie no source says, so there is no map."
    assert said.detail == "Two exercises took place there. Sources name a place of all 2 held."
