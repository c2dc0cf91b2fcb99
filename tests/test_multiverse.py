import io
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from conftest import MEMBERS, exercise, frames, report

from helpers.analyses.cadence import measures as cadence
from helpers.analyses.disengagement import change_points as breaks
from helpers.analyses.disengagement import measures as disengagement
from helpers.analyses.network import co_attendance as ties
from helpers.analyses.robustness import findings as headlines
from helpers.analyses.robustness import multiverse
from helpers.analyses.robustness import source_subsets as subsets
from helpers.analyses.robustness import summary as verdicts
from helpers.derive.attendance import derive_attendance
from helpers.derive.register import derive_register
from helpers.derive.scope import held_cells, select

FIVE, SIX = ";".join(MEMBERS[1:]), ";".join(MEMBERS)
SPLIT = "2022-09-13"
PLAN = {"programme_id": "p", "kind": "plan", "said_by": "X", "said_on": "2015-01-01", "counts": "exercises"}


def small_record(**more):
    """Eleven editions and an umbrella of two: all six came until 2021, five since; a staff talk, a dispute, a gap."""
    years = range(2015, 2026)
    editions = [exercise(f"interaction-{year}") for year in years]
    editions += [exercise("combat-2024", "combat")]
    editions += [exercise(f"{part}-2024", part, parent_id="combat-2024") for part in ("rubezh", "barrier")]
    editions += [exercise("talks-2024", "interaction", **{"event_type": "staff_event"})]
    told = []
    for year in years:
        came = SIX if year < 2022 else FIVE
        when = {"start": f"{year}-10-01", "end": f"{year}-10-05"}
        told.append(report(f"interaction-{year}", 1, "press", "after", participants=came, **when))
        told.append(report(f"interaction-{year}", 2, "wire", participants=came, **when))
    told[2] = told[2] | {"participants_scope": "partial", "participants": FIVE}
    told[3] = told[3] | {"participants_scope": "partial", "participants": FIVE}
    told.append(report("interaction-2018", 3, "ministry", participants=FIVE, absent="ARM", absent_by="organiser"))
    told.append(report("rubezh-2024", 1, "press", participants=FIVE, start="2024-06-01"))
    told.append(report("barrier-2024", 1, "organiser", participants=FIVE, start="2024-06-02"))
    told.append(report("talks-2024", 1, "press", participants=SIX, start="2024-03-01"))
    named = [f"interaction-{year}" for year in years if year % 2]
    plans = [
        PLAN | {"programme_id": "p1", "period": "2015/2025", "source_ids": "wire", "exercise_ids": ";".join(named)},
        PLAN
        | {"programme_id": "p2", "period": "2015/2025", "source_ids": "press;wire", "exercise_ids": "interaction-2024"},
    ]
    sources = [
        {"source_id": name, "outlet": name, "kind": kind, "title": name, "url": f"https://example.org/{name}"}
        | {"published_on": "2030-01-01", "lang": lang, "origin_id": name, "original_seen": "true"}
        for name, kind, lang in [("organiser", "organiser", "ru"), ("ministry", "ministry", "ru"), ("wire", "wire", "ru"), ("press", "press", "en")]
    ]  # fmt: skip
    series = [{"series_id": name, "name": name.title(), "force": "CSTO"} for name in ("interaction", "combat", "rubezh", "barrier")]  # fmt: skip
    periods = [
        {"since": since, "until": until, "why": "Words."}
        for since, until in [("2000", "2018"), ("2019", "2021"), ("2022", "2026")]
    ]
    tables = {
        "periods": periods,
        "exercises": editions,
        "reports": told,
        "sources": sources,
        "series": series,
        "programmes": plans,
    }
    tables |= more
    return frames(tables.pop("exercises"), tables.pop("reports"), **tables)


def grid_of(data, focus="ARM", since=2015, unit="component", grade="C", classes=("exercise",)):
    setting = multiverse.setting_of(data, focus, SPLIT, since, 2025)
    return multiverse.grid_of(data, derive_register(data), setting, list(classes), unit, grade), setting


@pytest.fixture(scope="module")
def small():
    return small_record()


@pytest.fixture(scope="module")
def explored(small):
    grid, setting = grid_of(small)
    return multiverse.explore(small, grid, setting), grid, setting


@pytest.fixture(scope="module")
def published(data):
    grid, setting = grid_of(data, since=2000)
    return multiverse.explore(data, grid, setting), grid, setting


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
    return float(row["rate"].iloc[0]) if len(row) and row["known"].iloc[0] >= headlines.FEWEST else float("nan")


def _turning(register, cells, held, programmes, setting):
    own = disengagement.record_of(held, setting["focus"])
    own = own[~np.isnan(breaks.series_of(own))]
    if len(own) < 2 * headlines.FEWEST:
        return float("nan")
    places = breaks.break_set(own)
    return (places.loc[places["low"].idxmax(), "day"] - pd.Timestamp(setting["split"])).days / 365.25


def _tie(register, cells, setting, own):
    late = register[register["year"] >= setting["turn"]]
    table = ties.co_attendance(cells[cells["exercise_id"].isin(late["exercise_id"])], late)
    table = table[table["occasions"] >= headlines.FEWEST]
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
    return table["held"].sum() / table["named"].sum() if table["named"].sum() >= headlines.FEWEST else float("nan")


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


def test_so_it_does_on_the_published_record(data, published):
    results, grid, setting = published
    rows = pd.concat(
        [
            results[results["sources"] != subsets.ALL_SOURCES].sample(14, random_state=7),
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
    assert headlines.pace(universe)[0] == pytest.approx(counts.loc[turn:].mean() / counts.loc[: turn - 1].mean())


def test_choices_that_do_not_bear_are_not_multiplied_in(explored):
    results, grid, _ = explored
    for name, headline in headlines.HEADLINES.items():
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
        subsets.ALL_SOURCES,
        subsets.OFFICIAL_ONLY,
        "without press",
        "without wire",
        "without language ru",
        "without language en",
    ]
    assert "meetings alone" not in grid["classes"]
    assert set(grid["classes"]["with staff events"]) == {"exercise", "staff_event"}
    assert grid["sources"][subsets.OFFICIAL_ONLY] == {"press", "wire"}
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
    told = verdicts.shares(results, grid)
    assert told.at["late", "value"] == 0 and told.at["late", "holds"] > 0
    reports = small["reports"]
    since = reports["exercise_id"].str[-4:].astype(int) >= 2022
    came = reports["participants"].where(~since, pd.Series([tuple(MEMBERS)] * len(reports), index=reports.index))
    turned = verdicts.shares(
        multiverse.explore(small | {"reports": reports.assign(participants=came)}, grid, setting), grid
    )
    assert turned.at["late", "holds"] < told.at["late", "holds"]
    assert turned.at["late", "value"] == 1
    assert not turned.loc[["fall", "weakest"], "holds"].any()


def test_the_order_of_rows_does_not_matter(small, explored):
    shuffled = {name: table.sample(frac=1, random_state=3) for name, table in small.items()}
    grid, setting = grid_of(shuffled)
    pd.testing.assert_frame_equal(multiverse.explore(shuffled, grid, setting), explored[0])


def test_nor_does_it_on_the_published_record(data, published):
    shuffled = {name: table.sample(frac=1, random_state=4) for name, table in data.items()}
    grid, setting = grid_of(shuffled, since=2000)
    own = multiverse.equivalent(grid)
    expected = verdicts.equivalent(published[0], grid).reset_index(drop=True)
    pd.testing.assert_frame_equal(multiverse.explore(shuffled, own, setting), expected)


def test_copies_derive_to_the_record_without_the_sources(data):
    outlets = data["sources"]["outlet"].value_counts().index[[0, 3, 40]]
    left = {"": frozenset()} | {
        name: frozenset(data["sources"].loc[data["sources"]["outlet"] == name, "source_id"]) for name in outlets
    }
    tables, reports, changed = subsets.copied(data, left)
    register, cells = subsets.derive(tables, reports)
    copy, ids = subsets.original(register["exercise_id"])
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
        of, names = subsets.original(cells["lists show no absence"]["exercise_id"])
        part = (of == number) | ((of == 0) & ~np.isin(names, sorted(changed.get(number, ()))))
        codes = cells["lists show no absence"][part].assign(exercise_id=names[part]).set_index(["exercise_id", "iso3"])
        pd.testing.assert_series_equal(codes["code"].loc[muted.index], muted["code"])


def test_what_leaves_nothing_out_makes_no_copy(small):
    tables, reports, _ = subsets.copied(small, {"all": frozenset()})
    for ids in (tables["exercises"]["exercise_id"], tables["programmes"]["exercise_id"], reports):
        assert {one.split(subsets.MARK)[0] for one in ids} == {"0"}


def test_a_programme_falls_with_its_last_publication(small):
    tables, _, changed = subsets.copied(
        small, {"": frozenset(), "wire": frozenset(["wire"]), "both": frozenset(["wire", "press"])}
    )
    named = [subsets.original(ids) for ids in tables["programmes"]["exercise_ids"]]
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


def universe_of(values, **more):
    """A universe of one edition a year from 2012, one row an edition, one column a member."""
    values = np.array(values, float)
    count = len(values)
    years = np.arange(2012, 2012 + count)
    fields = dict(
        ids=np.array([f"x-{year}" for year in years]),
        umbrella=np.array([f"x-{year}" for year in years]),
        year=years,
        day=np.array([f"{year}-10-01" for year in years], "datetime64[D]"),
        held=np.ones(count, bool),
        promised=np.ones(count, bool),
        value=values,
        expected=np.ones(values.shape, bool),
        states=tuple(MEMBERS[: values.shape[1]]),
        focus="ARM",
        split=np.datetime64("2018-01-01"),
        turn=2018,
        since=2012,
        last_year=2012 + count - 1,
    )
    return headlines.Universe(**(fields | more))


STOPPED = universe_of([[1, 1, 1]] * 6 + [[0, 1, 1]] * 6)


def test_headlines_on_a_clean_break():
    assert headlines.late(STOPPED) == (0, True)
    assert headlines.fall(STOPPED) == (1, True)
    years, stands = headlines.turning(STOPPED)
    assert years == pytest.approx(273 / 365.25) and stands
    assert headlines.weakest(STOPPED) == (0, True)
    assert headlines.strongest(STOPPED) == (1, True)
    assert headlines.pace(STOPPED) == (1, True)
    assert headlines.delivered(STOPPED) == (1, True)


def test_headlines_where_nothing_changed():
    steady = universe_of(np.ones((12, 3)))
    assert headlines.late(steady) == (1, False)
    assert headlines.fall(steady) == (0, False)
    assert not headlines.turning(steady)[1]
    assert headlines.weakest(steady) == (1, False)


def test_too_little_is_told_as_nan_and_does_not_stand():
    thin = universe_of([[1, 1, 1]] * 6 + [[0, 1, 1]] * 3 + [[np.nan, 1, 1]] * 3)
    assert np.isnan(headlines.late(thin)[0]) and not headlines.late(thin)[1]
    assert np.isnan(headlines.weakest(thin)[0])
    assert np.isnan(headlines.late(thin._replace(focus="ZZZ"))[0])
    assert np.isnan(headlines.pace(thin._replace(turn=2012))[0])


def test_one_year_before_the_turn_is_enough_and_none_is_not():
    crowded = universe_of([[1, 1, 1]] * 8, turn=2013, year=np.array([2012] * 4 + [2013] * 4), last_year=2013)
    assert headlines.pace(crowded) == (1, True)
    assert np.isnan(headlines.pace(crowded._replace(turn=2012))[0])


def test_the_lines_are_strict():
    one_in_ten = universe_of([[1, 1, 1]] * 6 + [[1, 1, 1]] + [[0, 1, 1]] * 9)
    assert headlines.late(one_in_ten) == (0.1, False)
    none_lost = universe_of(np.ones((20, 3)), held=np.arange(20) > 1)
    assert headlines.delivered(none_lost) == (0.9, False)
    assert headlines.fall(universe_of([[1, 1, 1]] * 6 + [[1, 1, 1], [0, 1, 1]] * 3)) == (0.5, False)


def test_flips_are_the_smallest_sets(explored):
    results, grid, _ = explored
    own = verdicts.equivalent(results, grid)
    for headline in headlines.HEADLINES:
        sets = verdicts.flips(results, grid, headline)
        rows = own[(own["headline"] == headline) & own["value"].notna()]
        assert all(len(one) <= len(other) for one, other in pairwise(sets))
        for one in sets:
            mask = np.logical_and.reduce([rows[axis] == level for axis, level in one])
            alone = mask & (verdicts._deviations(rows, grid) == len(one))
            assert not rows.loc[alone, "holds"].any()
        failing = rows[~rows["holds"]]
        covered = np.zeros(len(failing), bool)
        for one in sets:
            covered |= np.logical_and.reduce([failing[axis] == level for axis, level in one])
        assert covered.all()


def test_shares_count_only_the_question_asked(explored):
    results, grid, _ = explored
    table = verdicts.shares(results, grid)
    own = results[results["classes"] == "classes as asked"]
    assert table["universes"].to_dict() == own.groupby("headline").size().to_dict()
    assert table["holds"].to_dict() == own.groupby("headline")["holds"].sum().to_dict()
    others = verdicts.other_questions(results, grid)
    assert set(others["classes"]) == set(grid["classes"]) - {"classes as asked"}


def test_a_curve_keeps_its_ends_and_the_reference(published):
    results, grid, _ = published
    for headline in headlines.HEADLINES:
        table = verdicts.curve(results, grid, headline)
        own = verdicts.equivalent(results, grid)
        own = own[(own["headline"] == headline) & own["value"].notna()]
        assert table["value"].is_monotonic_increasing
        assert (table["value"].iloc[0], table["value"].iloc[-1]) == (own["value"].min(), own["value"].max())
        assert table["reference"].sum() == 1
        assert len(table) <= verdicts.DRAWN + 3
        assert table.attrs["universes"] == len(own)


def test_levels_add_up(explored):
    results, grid, _ = explored
    table = verdicts.by_level(verdicts.coarse(results), grid)
    totals = verdicts.shares(results, grid)
    sums = table.groupby(["headline", "axis"])[["holds", "universes"]].sum()
    for (headline, _), row in sums.iterrows():
        assert row.tolist() == totals.loc[headline, ["holds", "universes"]].tolist()
    assert {"without one outlet", "without one language"} <= set(table["level"])
