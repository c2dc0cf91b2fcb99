"""What a reader sees says what was drawn: the text of a figure is read back from its artists."""

import copy
import io
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from IPython.core.formatters import DisplayFormatter
from matplotlib.collections import PathCollection
from matplotlib.text import Text
from PIL import Image

from helpers.analyses.cadence import figures as draw_cadence
from helpers.analyses.cadence import figures_hosting as draw_hosts
from helpers.analyses.cadence import figures_season as draw_season
from helpers.analyses.cadence import figures_series as draw_lives
from helpers.analyses.cadence import figures_troops as draw_sizes
from helpers.analyses.cadence import hosting, season, series, troops
from helpers.analyses.cadence import measures as cadence
from helpers.analyses.disengagement import figures as draw_disengagement
from helpers.analyses.disengagement import measures as disengagement
from helpers.analyses.network import co_attendance
from helpers.analyses.network import figures as draw_network
from helpers.analyses.network import figures_co_attendance as draw_ties
from helpers.analyses.network import graph as network
from helpers.analyses.network import text as network_words
from helpers.derive.register import cutoff
from helpers.derive.scope import drawing_order, held_cells, select
from helpers.display import figures as show
from helpers.display import style

SCOPE = dict(since=2016, until=2026, classes=["exercise"], unit="component", grade="C")
WORDS = dict(title="Title", subtitle="Subtitle", footer="Footer")


@pytest.fixture(scope="module")
def scope(record, data):
    register, cells = select(*record, **SCOPE)
    return register, cells, drawing_order(cells, "ARM"), cutoff(data["sources"])


@pytest.fixture(scope="module")
def figures(scope, record, data):
    """Every figure of the collection by name, on the published record."""
    register, cells, states, _ = scope
    graph = network.two_mode_graph(record[1], record[0])
    held = disengagement.with_window(held_cells(cells, register), "2022-09-13")
    panels = {
        period: co_attendance.co_attendance(*network.in_period(cells, register, years))
        for period, years in network.spans(data["periods"], SCOPE["since"], SCOPE["until"]).items()
    }
    steps = disengagement.steps(data["events"], "ARM")
    counts = {"component": cadence.per_year(register, 2016, 2026)}
    plans = cadence.delivery(cadence.announced(data["programmes"], register))
    days = cadence.groups(
        season.first_days(register), network.spans(data["periods"], 2000, 2026), {"interaction": "Interaction"}
    )
    told = troops.sizes(troops.figures(data["reports"], data["sources"], record[0]), record[0])
    return {
        "tiles": draw_network.tiles(cells, register, states, **WORDS),
        "ties": draw_ties.tie_matrices(panels, states, **WORDS),
        "two_mode": draw_network.two_mode(
            network.around(graph, record[0], "combat-brotherhood-2023"), record[1], states[-6:], **WORDS
        ),
        "rates": draw_disengagement.before_and_since(
            disengagement.attendance_rates(held, ["iso3", "window"]), states, **WORDS
        ),
        "ladder": draw_disengagement.ladder(disengagement.spans(steps), disengagement.TRACKS, **WORDS),
        "years": draw_cadence.per_year(counts, **WORDS),
        "strip": draw_cadence.strip(cadence.calendar(register, data["series"]), **WORDS),
        "promise": draw_cadence.promise(plans, cadence.named_shocks(data["shocks"]), **WORDS),
        "season": draw_season.season(days, season.season(days), **WORDS),
        "lives": draw_lives.lifelines(series.lifelines(record[0], data["series"], 2025), **WORDS),
        "sizes": draw_sizes.sizes(told, **WORDS),
        "places": draw_hosts.venues(
            hosting.venues(register, data["reports"], data["places"]), dict(zip(states, states, strict=True)), **WORDS
        ),
    }


NAMES = ["tiles", "ties", "two_mode", "rates", "ladder", "years", "strip", "promise"]
NAMES += ["season", "lives", "sizes", "places"]


@pytest.mark.parametrize("name", NAMES)
def test_every_mark_is_in_the_text(figures, name):
    figure = figures[name]
    text = show.figure_text(figure)
    assert text.startswith("Title\nSubtitle\nFooter\n")
    drawn = sum(len(ax.patches) + len(ax.lines) + len([t for t in ax.texts if t.get_text()]) for ax in figure.axes)
    drawn += sum(
        max(len(c.get_offsets()), len(c.get_paths())) if len(c.get_offsets()) > 1 else len(c.get_paths())
        for ax in figure.axes
        for c in ax.collections
    )
    assert len(show.figure_data(figure)) >= drawn * 0.99
    assert len(text.splitlines()) < 120


@pytest.mark.parametrize("name", NAMES)
def test_no_text_is_cut_off_or_tiny(figures, name):
    figure = figures[name]
    figure.draw_without_rendering()
    width, height = figure.get_size_inches() * figure.dpi
    texts = [text for text in figure.findobj(Text) if text.get_visible() and text.get_text()]
    for text in texts:
        if text.axes is not None and not text.axes.get_visible():
            continue
        box = text.get_window_extent()
        assert box.x0 >= -1, text.get_text()
        assert box.x1 <= width + 1, text.get_text()
        assert box.y0 >= -1, text.get_text()
        assert box.y1 <= height + 1, text.get_text()
        assert text.get_fontsize() >= 8, text.get_text()


def _bar(figure):
    figure.axes[0].patches[0].set_height(figure.axes[0].patches[0].get_height() + 1)


def _point(figure):
    group = [group for group in figure.axes[0].collections if isinstance(group, PathCollection)][-1]
    group.set_offsets(np.asarray(group.get_offsets()) + np.array([0, 0.25]))


def _title(figure):
    figure.texts[0].set_text("Another title")


def _label(figure):
    figure.axes[0].texts[0].set_text("another label")


def _tick(figure):
    figure.axes[0].set_yticklabels(["x"] * len(figure.axes[0].get_yticks()))


def _segment(figure):
    group = figure.axes[0].collections[0]
    group.set_segments([segment + 1 for segment in group.get_segments()])


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("years", _bar),
        ("years", _title),
        ("years", _label),
        ("tiles", _point),
        ("tiles", _tick),
        ("two_mode", _point),
        ("two_mode", _segment),
        ("rates", _segment),
        ("rates", _label),
        ("rates", _tick),
        ("ladder", _point),
        ("strip", _point),
        ("promise", _label),
        ("season", _point),
        ("season", _label),
        ("lives", _point),
        ("lives", _segment),
        ("sizes", _segment),
        ("sizes", _label),
        ("places", _label),
        ("places", _tick),
        ("ties", _label),
        ("ties", _bar),
    ],
)
def test_a_changed_mark_changes_the_text(figures, name, change):
    figure = copy.deepcopy(figures[name])
    before = show.figure_text(figure)
    change(figure)
    assert show.figure_text(figure) != before


def test_bars_have_the_heights_of_the_counts(figures, scope):
    counts = cadence.per_year(scope[0], 2016, 2026)
    data = show.figure_data(figures["years"])
    held = data[(data["kind"] == "bar") & (data["label"] == "held")]
    assert held["to_y"].astype(float).tolist() == counts.loc[counts["held"] > 0, "held"].tolist()


def test_tiles_draw_every_cell_once(figures, scope):
    register, cells, states, _ = scope
    points = show.figure_data(figures["tiles"]).query("kind == 'point'")
    assert len(points) == len(register) * len(states)
    names = {label: code for code, (label, _) in style.CODE_MARKS.items()}
    drawn = {(point.x, point.y): names[point.label.split(", grade")[0]] for point in points.itertuples()}
    truth = cells.merge(register[["exercise_id", "name"]], on="exercise_id")
    for cell in truth[truth["iso3"].isin(states)].itertuples():
        if (register["name"] == cell.name).sum() == 1:
            assert drawn[cell.name, cell.iso3] == cell.code


def test_rates_are_drawn_where_they_are(figures, scope):
    register, cells, states, _ = scope
    rates = disengagement.attendance_rates(
        disengagement.with_window(held_cells(cells, register), "2022-09-13"), ["iso3", "window"]
    )
    points = show.figure_data(figures["rates"]).query("kind == 'point' and label == 'since'")
    own = rates[(rates["window"] == "since") & rates["iso3"].isin(states)]
    assert points["x"].astype(float).round(3).tolist() == pytest.approx(own["rate"].round(3).tolist(), abs=2e-3)
    assert points["y"].tolist() == [f"{state} +0.17" for state in own["iso3"]]


def test_strip_lanes_do_not_overlap(figures):
    bars = show.figure_data(figures["strip"]).query("kind == 'segment' and label.str.endswith('sure days')")
    spans = [(float(b.y), float(b.x), float(b.to_x)) for b in bars.itertuples() if b.label != "between years"]
    for one in range(len(spans)):
        for other in range(one):
            same_lane = spans[one][0] == spans[other][0]
            assert not (same_lane and spans[one][1] < spans[other][2] and spans[other][1] < spans[one][2])


def test_a_year_without_an_edition_keeps_its_row(scope, data):
    register = scope[0][scope[0]["year"] != 2019]
    figure = draw_cadence.strip(cadence.calendar(register, data["series"]), **WORDS)
    years = [tick.get_text() for tick in figure.axes[0].get_yticklabels()]
    assert years == [str(year) for year in range(register["year"].min(), register["year"].max() + 1)]


def test_umbrellas_are_bracketed_from_their_first_day_to_their_last(figures, scope, data):
    table = cadence.calendar(scope[0], data["series"])
    together = table[table.duplicated("umbrella_id", keep=False)].groupby("umbrella_id")
    year = pd.to_datetime(together["year"].min().astype(str) + "-01-01")
    brackets = show.figure_data(figures["strip"]).query("kind == 'segment' and label == 'umbrella'")
    assert brackets["x"].astype(float).tolist() == ((together["first"].min() - year).dt.days + 1).tolist()
    assert brackets["to_x"].astype(float).tolist() == ((together["last"].max() - year).dt.days + 2).tolist()


def test_places_draw_every_exercise_on_known_soil_once(figures, scope, data):
    register, _, states, _ = scope
    table = hosting.venues(register, data["reports"], data["places"])
    texts = show.figure_data(figures["places"]).query("kind == 'text'")["text"]
    drawn = sum(int(text) for text in texts if text.isdigit())
    assert drawn == table["iso3"].isin(states).sum()


def test_lives_mark_every_year_of_every_fate(figures, record, data):
    table = series.lifelines(record[0], data["series"], 2025)
    points = show.figure_data(figures["lives"]).query("kind == 'point'")
    assert (points["label"] == "held").sum() == table["held"].map(len).sum()
    assert (points["label"] == "called off").sum() == table["called_off"].map(len).sum()


def test_sizes_draw_each_row_once(figures, record, data):
    table = troops.sizes(troops.figures(data["reports"], data["sources"], record[0]), record[0])
    points = show.figure_data(figures["sizes"]).query("kind == 'point'")
    assert sorted(points["y"].astype(float)) == pytest.approx(sorted(table["best"].astype(float)), rel=1e-3)


def test_marks_differ_without_colour():
    shapes = {(look["marker"], look["facecolor"] == style.PAPER) for _, look in style.CODE_MARKS.values()}
    assert len(shapes) == len(style.CODE_MARKS)
    fills = {
        (look.get("hatch", ""), look.get("linestyle", ""), look["facecolor"] == style.PAPER)
        for _, look in style.FATE_MARKS.values()
    }
    assert len(fills) == len(style.FATE_MARKS)
    told = {(marker, filled) for _, marker, _, filled in draw_sizes.LOOKS.values()}
    assert len(told) == len(draw_sizes.LOOKS)
    fates = {(look["marker"], look["facecolors"] == style.PAPER) for _, look in draw_lives.MARKS.values()}
    assert len(fates) == len(draw_lives.MARKS)


def test_png_carries_alt_text_and_size(figures):
    png, metadata = show.figure_png(figures["years"])
    assert metadata["alt"] == "Title Subtitle Footer"
    assert Image.open(io.BytesIO(png)).size == (metadata["width"], metadata["height"])
    assert png == show.figure_png(figures["years"])[0]


def test_a_figure_can_be_saved_three_ways(figures, tmp_path):
    png, _ = show.save(figures["years"], tmp_path)
    name = show.figure_id(png)
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"{name}{end}" for end in (".csv", ".png", ".svg")]
    assert (tmp_path / f"{name}.png").read_bytes() == png
    assert len(pd.read_csv(tmp_path / f"{name}.csv")) == len(show.figure_data(figures["years"]))
    first = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    show.save(figures["years"], tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == first


def test_a_run_that_asks_for_figures_keeps_them_under_their_id(figures, tmp_path, monkeypatch):
    shell = SimpleNamespace(display_formatter=DisplayFormatter())
    show.register_formatters(shell)
    as_png = shell.display_formatter.formatters["image/png"]
    as_png.enabled = True
    png, _ = as_png(figures["years"])
    assert not list(tmp_path.iterdir())
    monkeypatch.setenv("HELPERS_FIGURES", str(tmp_path))
    assert as_png(figures["years"])[0] == png
    assert {path.name for path in tmp_path.iterdir()} == {
        f"{show.figure_id(png)}{end}" for end in (".svg", ".png", ".csv")
    }


def test_captions_hold_no_unfilled_words(scope, record, data):
    register, cells, _, last_day = scope
    words = network_words.tiles(cells, register, "ARM", "Armenia", "2022-09-13", last_day)
    assert set(words) == {"title", "subtitle", "footer"}
    assert not any("{" in text or "nan" in text.lower().split() for text in words.values())
