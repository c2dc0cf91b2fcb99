"""The engine against the record derived anew, one set of choices at a time and with nothing shared."""

import numpy as np
import pandas as pd
import pytest
from universes import SCOPE, small_data, small_record

import helpers
from helpers.analyses.cadence.promises import find_named_ahead
from helpers.analyses.robustness import source_subsets
from helpers.analyses.robustness.choices import AXES, build_grid, first_levels, read_setting
from helpers.analyses.robustness.findings import FEWEST
from helpers.analyses.robustness.multiverse import explore
from helpers.analyses.robustness.source_subsets import find_speakers
from helpers.derive.attendance import derive_attendance
from helpers.derive.codes import ABSENT, ATTENDED, GRADES
from helpers.derive.left_out import LeftOut, copy_exercises, derive, split_ids
from helpers.derive.record import Record
from helpers.derive.register import derive_register
from helpers.derive.scope import Scope, select


@pytest.fixture(scope="module")
def small():
    record = small_record()
    grid = build_grid(record)
    return record, grid, explore(record, grid)


@pytest.fixture(scope="module")
def published():
    record = helpers.open_record()
    grid = build_grid(record)
    return record, grid, explore(record, grid)


def anew(record, grid, row):
    """Register, expected cases of held exercises (value 1, 0 or NaN) and programmes under the choices of a row."""
    first = first_levels(grid)
    chosen = {axis: grid[axis][row[axis] or first[axis]] for axis in AXES}
    left, reports = chosen["sources"], record.data["reports"]
    own = dict(record.data) | {"reports": reports[~reports["report_id"].isin(left.reports)]}
    if chosen["lists"] == "lists prove no absence":
        scope = own["reports"]["participants_scope"].replace("complete", "partial")
        own["reports"] = own["reports"].assign(participants_scope=scope)
    register = derive_register(own)
    cells = derive_attendance(own, register)
    window = dict(since=chosen["since"], until=record.scope.until, classes=record.scope.classes)
    grade = list(GRADES)[int(chosen["grade"]) - 1]
    scope = Scope(**window, unit=chosen["unit"], grade=grade, focus=record.focus, split=record.split)
    graded = select(register, cells, scope)[1]  # what is too weak is unknown, conflicts too
    register = select(register, cells, scope)[0]
    value = np.select(
        [graded["code"].isin(ATTENDED), graded["code"].isin(ABSENT), graded["code"] == "conflicting"],
        [1.0, 0.0, chosen["conflicting"]],
        np.nan,
    )
    held = register.loc[register["status"] == "held", ["exercise_id", "start_earliest", "year"]]
    cells = graded.assign(value=value)[graded["expected"]].merge(held, on="exercise_id")
    programmes = record.data["programmes"]
    gone = [bool(ids) and set(ids) <= left.sources for ids in programmes["source_ids"]]
    return register, cells, programmes[~np.array(gone, bool)]


def by_hand(record, grid, row):
    """One question under the choices of a row."""
    register, cells, programmes = anew(record, grid, row)
    setting = read_setting(record)
    own = cells[(cells["iso3"] == setting.focus) & cells["value"].notna()]
    since = own["start_earliest"] >= record.split

    def rate(part):
        return part["value"].mean() if len(part) >= FEWEST else np.nan

    if row["question"] == "since":
        return rate(own[since])
    if row["question"] == "change":
        return rate(own[since]) - rate(own[~since])
    if row["question"] in ("ties", "others"):
        wide = cells[cells["year"] >= setting.turn].pivot(index="exercise_id", columns="iso3", values="value")
        ours, theirs = [], []
        for at, first in enumerate(wide.columns):
            for second in wide.columns[at + 1 :]:
                both = wide[[first, second]].dropna()
                if len(both) >= FEWEST:
                    tie = (both.sum(axis=1) == 2).mean()
                    (ours if setting.focus in (first, second) else theirs).append(tie)
        return (max(ours) if row["question"] == "ties" else min(theirs)) if ours and theirs else np.nan
    held = register[register["status"] == "held"]
    if row["question"] == "pace":
        before, after = (
            held.loc[held["year"].between(*span), "umbrella_id"].nunique() / (span[1] - span[0] + 1)
            for span in ((setting.earlier, setting.turn - 1), (setting.turn, setting.last_year))
        )
        return after / before if before * (setting.turn - setting.earlier) >= FEWEST else np.nan
    named = find_named_ahead(programmes, register)
    named = named[named["year"] <= setting.last_year]
    return (named["status"] == "held").mean() if len(named) >= FEWEST else np.nan


def agree(record, grid, rows):
    for row in rows[rows["question"] != "break"].to_dict("records"):
        assert by_hand(record, grid, row) == pytest.approx(row["value"], nan_ok=True), row


def test_the_engine_finds_what_a_record_derived_anew_gives(small):
    record, grid, results = small
    agree(record, grid, results.groupby("question").sample(12, random_state=1, replace=True).drop_duplicates())


def test_so_it_does_on_the_published_record(published):
    record, grid, results = published
    rows = results[results["sources"] != source_subsets.ALL_SOURCES].sample(8, random_state=7)
    agree(record, grid, pd.concat([rows, results.sample(4, random_state=8)]))


def test_every_combination_that_bears_on_a_question_is_asked_once(published):
    _, grid, results = published
    assert not results.duplicated(["question", *AXES]).any()
    sizes = results.groupby("question").size()
    levels = {axis: len(one) for axis, one in grid.items()}
    assert sizes["pace"] == levels["sources"]
    assert sizes["break"] == np.prod(list(levels.values()))


def test_the_order_of_rows_does_not_matter(small):
    _, grid, results = small
    shuffled = {name: table.sample(frac=1, random_state=3) for name, table in small_data().items()}
    pd.testing.assert_frame_equal(explore(Record.of_scope(shuffled, SCOPE), grid), results)


def test_source_choices_are_five_kinds_at_most_and_the_first_leaves_out_nothing(published, small):
    for _, grid, _ in (published, small):
        choices = grid["sources"]
        assert len(choices) <= 5
        assert next(iter(choices)) == source_subsets.ALL_SOURCES and choices[source_subsets.ALL_SOURCES] == LeftOut()
        assert all(left.reports or left.sources for name, left in choices.items() if name != source_subsets.ALL_SOURCES)


def test_official_and_media_words_share_no_report(published):
    record, grid, _ = published
    ids = set(record.data["reports"]["report_id"])
    official = ids - grid["sources"]["official speakers only"].reports
    media = ids - grid["sources"]["media’s own reporting only"].reports
    assert official and media and not official & media


def test_a_blank_speaker_is_that_of_the_kind_of_source():
    data = small_data()
    said = find_speakers(data)
    assert said["interaction-2018.03"] == "official" and said["interaction-2018.01"] == "outlet"
    assert said["interaction-2019.02"] == "official" and said["interaction-2020.02"] == "outlet"
    older = data | {"reports": data["reports"].drop(columns="speaker")}
    assert find_speakers(older)["interaction-2019.02"] == "outlet"


def test_copies_derive_to_the_record_without_what_is_left_out(published):
    data = published[0].data
    subsets = list(published[1]["sources"].values())
    tables, reports, changed = copy_exercises(data, subsets)
    register, cells = derive(tables, reports)
    copy, ids = split_ids(register["exercise_id"])
    for number, left in enumerate(subsets):
        own = data | {"reports": data["reports"][~data["reports"]["report_id"].isin(left.reports)]}
        alone = derive_register(own).set_index("exercise_id")
        mine = (copy == number) | ((copy == 0) & ~np.isin(ids, sorted(changed.get(number, ()))))
        joined = register[mine].assign(exercise_id=ids[mine]).set_index("exercise_id").loc[alone.index]
        columns = ["status", "start", "end", "hosts", "year", "is_umbrella", "families"]
        pd.testing.assert_frame_equal(joined[columns], alone[columns])
        whole = derive_attendance(own, derive_register(own)).set_index(["exercise_id", "iso3"])
        read = cells["complete lists show absence"]
        of, names = split_ids(read["exercise_id"])
        part = (of == number) | ((of == 0) & ~np.isin(names, sorted(changed.get(number, ()))))
        codes = read[part].assign(exercise_id=names[part]).set_index(["exercise_id", "iso3"])["code"]
        pd.testing.assert_series_equal(codes.loc[whole.index], whole["code"])


def test_a_programme_falls_with_its_last_publication_and_not_with_a_choice_of_speakers():
    data = small_data()
    subsets = [
        LeftOut(),
        LeftOut(sources=frozenset(["wire"])),
        LeftOut(sources=frozenset(["wire", "press"])),
        LeftOut(frozenset(data["reports"]["report_id"])),
    ]
    tables, _, changed = copy_exercises(data, subsets)
    named = [split_ids(ids) for ids in tables["programmes"]["exercise_ids"]]

    def named_in(number):
        own = {str(ids[0]) for of, ids in named if of[0] == number}
        return own | {str(ids[0]) for of, ids in named if of[0] == 0 and ids[0] not in changed.get(number, set())}

    assert {"interaction-2024", "interaction-2015"} <= named_in(0)
    assert named_in(1) == {"interaction-2024"} and named_in(2) == set()
    assert named_in(3) == named_in(0)
