"""The multiverse against the notebooks' own functions, run choice by choice with nothing shared."""

import io

import numpy as np
import pandas as pd
import pytest
from support import MEMBERS
from universes import grid_of, small_record

from helpers.analyses.cadence import measures as cadence
from helpers.analyses.disengagement import change_points
from helpers.analyses.disengagement import measures as disengagement
from helpers.analyses.network import co_attendance
from helpers.analyses.robustness import findings, multiverse, source_subsets, summary
from helpers.derive.attendance import derive_attendance
from helpers.derive.register import derive_register
from helpers.derive.scope import held_cells, select


def brute_force(data, grid, setting, row):
    """One headline in one universe, by the functions of the other notebooks and with nothing shared."""
    choice = {axis: row[axis] or next(iter(levels)) for axis, levels in grid.items()}
    left_out = grid["sources"][choice["sources"]]
    own = data | {"reports": data["reports"][~data["reports"]["source_id"].isin(left_out)]}
    if choice["lists"] == "lists show no absence":
        scope = own["reports"]["participants_scope"].replace("complete", "partial")
        own["reports"] = own["reports"].assign(participants_scope=scope)
    register = derive_register(own)
    cells = derive_attendance(own, register)
    letter = {place: name for name, place in multiverse.GRADE_ORDER.items()}[grid["grade"][choice["grade"]]]
    scope = dict(since=grid["since"][choice["since"]], until=setting["until"], unit=choice["unit"], grade=letter)
    register, cells = select(register, cells, classes=list(grid["classes"][choice["classes"]]), **scope)
    words = {
        "came": "present",
        "all came": "present",
        "stayed away": "absent_declared",
        "all stayed away": "absent_declared",
    }
    unknown = words.get(choice["unknown"], "unknown")
    cells["code"] = cells["code"].replace(
        {"conflicting": words.get(choice["conflicting"], unknown), "unknown": unknown}
    )
    held = held_cells(cells, register)
    programmes = data["programmes"][[not set(ids) <= left_out for ids in data["programmes"]["source_ids"]]]
    return MEASURES[row["headline"]](register, cells, held, programmes, setting)


def _rate(held, setting, window):
    table = disengagement.attendance_rates(disengagement.with_window(held, setting["split"]), ["iso3", "window"])
    row = table[(table["iso3"] == setting["focus"]) & (table["window"] == window)]
    return float(row["rate"].iloc[0]) if len(row) and row["known"].iloc[0] >= findings.FEWEST else float("nan")


def _turning(register, cells, held, programmes, setting):
    own = disengagement.record_of(held, setting["focus"])
    own = own[~np.isnan(change_points.series_of(own))]
    if len(own) < 2 * findings.FEWEST:
        return float("nan")
    places = change_points.break_set(own)
    return (places.loc[places["low"].idxmax(), "day"] - pd.Timestamp(setting["split"])).days / 365.25


def _tie(register, cells, setting, own):
    late = register[register["year"] >= setting["turn"]]
    table = co_attendance.co_attendance(cells[cells["exercise_id"].isin(late["exercise_id"])], late)
    table = table[table["occasions"] >= findings.FEWEST]
    ours = (table["a"] == setting["focus"]) | (table["b"] == setting["focus"])
    if not ours.any() or ours.all():
        return float("nan")
    return table.loc[ours, "rate"].max() if own else table.loc[~ours, "rate"].min()


def _pace(register, cells, held, programmes, setting):
    since = setting["since"] if register["year"].min() < setting["turn"] else setting["turn"]
    counts = cadence.per_year(register, since, setting["last_year"])["held"]
    return counts.loc[setting["turn"] :].mean() / counts.loc[: setting["turn"] - 1].mean()


def _delivered(register, cells, held, programmes, setting):
    table = cadence.delivery(cadence.announced(programmes, register))
    table = table[table["year"] <= setting["last_year"]]
    return table["held"].sum() / table["named"].sum() if table["named"].sum() >= findings.FEWEST else float("nan")


MEASURES = {
    "late": lambda register, cells, held, programmes, setting: _rate(held, setting, "since"),
    "fall": lambda register, cells, held, programmes, setting: _rate(held, setting, "before") - _rate(held, setting, "since"),
    "turning": _turning,
    "weakest": lambda register, cells, held, programmes, setting: _tie(register, cells, setting, True),
    "strongest": lambda register, cells, held, programmes, setting: _tie(register, cells, setting, False),
    "delivered": _delivered,
}  # fmt: skip


def agree(data, results, grid, setting, rows):
    for row in rows.to_dict("records"):
        if row["headline"] == "pace":
            continue
        found = brute_force(data, grid, setting, row)
        assert found == pytest.approx(row["value"], nan_ok=True), row
    assert len(rows)


def test_the_engine_finds_what_brute_force_finds(small, explored):
    results, grid, setting = explored
    rows = results.groupby("headline").sample(24, random_state=1)
    agree(small, results, grid, setting, rows)


def test_the_engine_finds_what_brute_force_finds_on_the_published_record(data, published):
    results, grid, setting = published
    rows = pd.concat(
        [
            results[results["sources"] != source_subsets.ALL_SOURCES].sample(14, random_state=7),
            results.sample(6, random_state=8),
        ]
    )
    agree(data, results, grid, setting, rows)


def test_the_pace_is_the_ratio_of_yearly_means(data, record):
    grid, setting = grid_of(data, since=2000)
    universe = next(multiverse.references(data, grid, setting, {"": frozenset()}))
    register, _ = select(*record, since=2000, until=2025, classes=["exercise"], unit="component", grade="C")
    counts = cadence.per_year(register, 2000, setting["last_year"])["held"]
    turn = setting["turn"]
    assert findings.pace(universe)[0] == pytest.approx(counts.loc[turn:].mean() / counts.loc[: turn - 1].mean())


def test_choices_that_do_not_bear_are_not_multiplied_in(explored):
    results, grid, _ = explored
    for name, headline in findings.HEADLINES.items():
        own = results[results["headline"] == name]
        # Two of the nine ways to treat open cells treat conflicts as they treat unknown cells: those are no new choice.
        twins = 7 / 9 if {"unknown", "conflicting"} <= set(headline.bears) else 1
        assert len(own) == pytest.approx(np.prod([len(grid[axis]) for axis in headline.bears]) * twins)
        assert not own.duplicated(list(multiverse.AXES)).any()
        assert (own[[axis for axis in grid if axis not in headline.bears]] == "").all(axis=None)


def test_the_first_level_is_the_scope_asked_for(small):
    grid, _ = grid_of(small, unit="umbrella", grade="B", classes=("staff_event",))
    first = {axis: next(iter(levels.values())) for axis, levels in grid.items()}
    assert (first["unit"], first["classes"], first["since"]) == ("umbrella", ("staff_event",), 2015)
    assert next(iter(grid["grade"])) == "grade B or better" and len(grid["grade"]) == 3
    assert not first["sources"]


def test_only_sources_with_a_say_and_classes_on_record_are_choices(small):
    grid, _ = grid_of(small)
    assert list(grid["sources"]) == [
        source_subsets.ALL_SOURCES,
        source_subsets.OFFICIAL_ONLY,
        "without press",
        "without wire",
        "without language ru",
        "without language en",
    ]
    assert "meetings alone" not in grid["classes"]
    assert set(grid["classes"]["with staff events"]) == {"exercise", "staff_event"}
    assert grid["sources"][source_subsets.OFFICIAL_ONLY] == {"press", "wire"}
    assert list(multiverse.equivalent(grid)["classes"]) == ["classes as asked"]


def test_meetings_are_a_question_of_their_own_once_they_are_on_record():
    data = small_record()
    data["exercises"].loc[data["exercises"]["exercise_id"] == "talks-2024", "event_type"] = "meeting"
    grid, setting = grid_of(data)
    assert grid["classes"]["meetings alone"] == ("meeting",)
    results = multiverse.explore(data, grid, setting)
    assert results.loc[results["classes"] == "meetings alone", "value"].isna().all()  # one meeting tells nothing


def test_a_planted_visit_breaks_the_finding(small, explored):
    results, grid, setting = explored
    told = summary.shares(results, grid)
    assert told.at["late", "value"] == 0 and told.at["late", "holds"] > 0
    reports = small["reports"]
    since = reports["exercise_id"].str[-4:].astype(int) >= 2022
    came = reports["participants"].where(~since, pd.Series([tuple(MEMBERS)] * len(reports), index=reports.index))
    turned = summary.shares(
        multiverse.explore(small | {"reports": reports.assign(participants=came)}, grid, setting), grid
    )
    assert turned.at["late", "holds"] < told.at["late", "holds"]
    assert turned.at["late", "value"] == 1
    assert not turned.loc[["fall", "weakest"], "holds"].any()


def test_the_order_of_rows_does_not_matter_to_the_multiverse(small, explored):
    shuffled = {name: table.sample(frac=1, random_state=3) for name, table in small.items()}
    grid, setting = grid_of(shuffled)
    pd.testing.assert_frame_equal(multiverse.explore(shuffled, grid, setting), explored[0])


def test_the_order_of_rows_does_not_matter_to_the_multiverse_of_the_published_record(data, published):
    shuffled = {name: table.sample(frac=1, random_state=4) for name, table in data.items()}
    grid, setting = grid_of(shuffled, since=2000)
    own = multiverse.equivalent(grid)
    expected = summary.equivalent(published[0], grid).reset_index(drop=True)
    pd.testing.assert_frame_equal(multiverse.explore(shuffled, own, setting), expected)


def test_copies_derive_to_the_record_without_the_sources(data):
    outlets = data["sources"]["outlet"].value_counts().index[[0, 3, 40]]
    left = {"": frozenset()} | {
        name: frozenset(data["sources"].loc[data["sources"]["outlet"] == name, "source_id"]) for name in outlets
    }
    tables, reports, changed = source_subsets.copied(data, left)
    register, cells = source_subsets.derive(tables, reports)
    copy, ids = source_subsets.original(register["exercise_id"])
    for number, left_out in enumerate(left.values()):
        own = data | {"reports": data["reports"][~data["reports"]["source_id"].isin(left_out)]}
        alone = derive_register(own).set_index("exercise_id")
        mine = (copy == number) | ((copy == 0) & ~np.isin(ids, sorted(changed.get(number, ()))))
        joined = register[mine].assign(exercise_id=ids[mine]).set_index("exercise_id").loc[alone.index]
        columns = ["status", "start", "end", "hosts", "year", "is_umbrella", "families"]
        pd.testing.assert_frame_equal(joined[columns], alone[columns])
        scope = own["reports"]["participants_scope"].replace("complete", "partial")
        silent = own | {"reports": own["reports"].assign(participants_scope=scope)}
        muted = derive_attendance(silent, derive_register(own)).set_index(["exercise_id", "iso3"])
        of, names = source_subsets.original(cells["lists show no absence"]["exercise_id"])
        part = (of == number) | ((of == 0) & ~np.isin(names, sorted(changed.get(number, ()))))
        codes = cells["lists show no absence"][part].assign(exercise_id=names[part]).set_index(["exercise_id", "iso3"])
        pd.testing.assert_series_equal(codes["code"].loc[muted.index], muted["code"])


def test_what_leaves_nothing_out_makes_no_copy(small):
    tables, reports, _ = source_subsets.copied(small, {"all": frozenset()})
    for ids in (tables["exercises"]["exercise_id"], tables["programmes"]["exercise_id"], reports):
        assert {one.split(source_subsets.MARK)[0] for one in ids} == {"0"}


def test_a_programme_falls_with_its_last_publication(small):
    tables, _, changed = source_subsets.copied(
        small, {"": frozenset(), "wire": frozenset(["wire"]), "both": frozenset(["wire", "press"])}
    )
    named = [source_subsets.original(ids) for ids in tables["programmes"]["exercise_ids"]]
    by_copy = {number: {ids[0] for of, ids in named if of[0] == number} for number in range(3)}
    assert "interaction-2024" in by_copy[0] and "interaction-2015" in by_copy[0]
    assert by_copy[1] == {"interaction-2024"}
    assert by_copy[2] == set()
    assert {"interaction-2015", "interaction-2024"} <= changed[1]


def test_progress_is_told_to_a_terminal_and_to_nobody_else(monkeypatch, capsys):
    assert list(multiverse.watched([1, 2])) == [1, 2]
    assert capsys.readouterr() == ("", "")
    terminal = io.StringIO()
    terminal.isatty = lambda: True
    monkeypatch.setattr(multiverse.sys, "stderr", terminal)
    assert list(multiverse.watched([1, 2])) == [1, 2]
    assert terminal.getvalue() == "\r1/2\r2/2\n"
