"""Milestones, membership and the state of play; the dividing day."""

from dataclasses import replace
from types import SimpleNamespace

import pandas as pd
import pytest

import helpers
from helpers.analyses.disengagement import cases, days, status
from helpers.analyses.disengagement.measures import compute_attendance
from helpers.derive.membership import BOUND, bound_spells


@pytest.fixture(scope="module")
def published():
    return helpers.open_record()


def without(record, *columns):
    """The record as if its events said nothing in these columns, as those of a package may."""
    blank = record.data["events"].assign(**dict.fromkeys(columns, ""))
    return replace(record, data=record.data | {"events": blank})


def test_a_return_ends_the_way_out_before_it(published):
    kinds = [step.kind for step in status.find_milestones(published, "UZB")]
    assert kinds == ["returned", "notice", "suspended"]
    assert [step.kind for step in status.find_milestones(published, "GEO")] == ["will_leave", "left"]
    assert status.find_milestones(published, "KAZ") == []


def test_a_package_without_the_columns_has_no_milestones_and_no_reason(published):
    bare = without(published, "milestone", "label", "chair")
    assert status.find_milestones(bare) == []
    assert status.exit_rule(bare) == ""
    assert not status.steps_of(bare)["chair"].any()
    assert days.split_reason(bare).startswith(("After Azerbaijani attacks", "Armenian representative"))
    assert days.split_reason(bare.rescoped(focus="KAZ")) == ""


def test_the_state_of_play_of_a_member_and_of_one_that_left(published):
    play = status.state_of_play(published).set_index("matter")
    assert play.at["membership", "on record"] == (
        "party to the Collective Security Treaty since 1994; member of the CSTO since 2002–03"
    )
    assert play.at["notice under Article 19 of the charter", "on record"] == "none on record"
    last = compute_attendance(published).last_came
    assert play.at["last exercise of the CSTO's own attended", "on record"].startswith(last["name"])
    assert play.at["participation called frozen", "days ago"] == (published.last_day - pd.Timestamp("2024-02-22")).days
    left = status.state_of_play(published.rescoped(focus="UZB")).set_index("matter")
    assert left.at["membership", "on record"] == "no longer a member"
    assert not [matter for matter in left.index if matter.startswith("notice under")]


def test_what_a_member_last_did_long_ago_is_no_state_of_play(published):
    record = published.rescoped(focus="KGZ")
    own = status.steps_of(record)
    old = own[(own["track"] == "signatures") & (own["direction"] != "neutral")]
    assert old["latest"].max().year < 2018
    assert "signatures" not in set(status.state_of_play(record)["matter"])


def test_a_denial_follows_the_word_that_it_answers(published):
    """On one day the premier said that the state will leave and a minister that no exit was announced: both stand, in order."""
    steps = status.find_milestones(published)
    assert [step.kind for step in steps] == ["frozen", "will_leave", "denied", "denied"]
    assert steps[1].day == steps[2].day
    assert all(step.label in step.words for step in steps)
    bare = status.find_milestones(without(published, "label"))
    assert [step.words for step in bare] == [status.WORDS[step.kind] for step in bare]
    assert not any("no exit" in why for why in days.compare_days(published)["why"])  # it divides nothing


def test_a_vague_day_is_no_finer_than_it_is_known():
    first = pd.Timestamp("2022-09-01")
    said = [status.vague_day(first, pd.Timestamp(last)) for last in ("2022-09-01", "2022-09-30", "2022-12-31")]
    assert [text.replace("\u00a0", " ") for text in said] == ["1 Sep 2022", "Sep 2022", "2022"]


def test_every_day_between_the_ends_gives_the_same_counts(published):
    first, last = days.same_days(published)
    found = [compute_attendance(published.rescoped(split=f"{day:%Y-%m-%d}")) for day in (first, last)]
    own = compute_attendance(published)
    assert all((one.before.known, one.since.known) == (own.before.known, own.since.known) for one in found)
    for day in (first - pd.Timedelta(days=1), last + pd.Timedelta(days=1)):
        other = compute_attendance(published.rescoped(split=f"{day:%Y-%m-%d}"))
        assert other.before.known != own.before.known
    table = days.compare_days(published)
    assert table["day"].is_unique
    assert table.loc[table["why"].str.contains("asks"), "since"].item() == f"{own.since.came} of {own.since.known}"


def test_the_last_day_as_a_member_is_that_of_the_narrowest_reading(published):
    spells = bound_spells(published.data)[BOUND]
    for state in ("UZB", "GEO"):
        last = max(end for one, _, end in spells if one == state)
        assert status.last_day_as_member(published.rescoped(focus=state)) == pd.Timestamp(last)
    assert status.last_day_as_member(published) is None
    assert status.last_day_as_member(published.rescoped(focus="IRN")) is None


def test_a_case_on_the_cutpoint_is_one_since(published):
    """As the rule of the scope has it (rule 7)."""
    case = compute_attendance(published).cases.iloc[-1]["start_earliest"]
    first, last = days.same_days(published.rescoped(split=f"{case:%Y-%m-%d}"))
    assert (first <= case, last) == (True, case)


def test_cases_of_staying_away_take_last_attendances_from_the_record(published):
    table = cases.stayaways_of(published).set_index("state")
    last = compute_attendance(published).last_came["start_earliest"]
    assert table.at["Armenia", "last exercise"].replace("\u00a0", " ") == f"{last.day} {last:%b %Y}"
    assert table.at["Uzbekistan", "last exercise"].endswith("?")
    assert table.index[0] == "Armenia"
    assert table.at["Ukraine", "outcome"] == "membership disputed"
    assert table.at["Pakistan", "ended"].endswith("1973?")


def test_a_former_member_is_counted_over_the_exercises_of_its_time(published):
    rate = cases.find_guest_rate(published)
    state, came, watched, expected, held = rate.name, rate.came, rate.watched, rate.expected, rate.held
    assert state == "Uzbekistan"
    assert expected <= held
    assert watched <= came <= held


def test_a_dispute_is_looked_for_after_a_day_and_not_on_it():
    days = pd.to_datetime(["2024-05-01", "2024-05-02", "2024-05-03"])
    own = pd.DataFrame({"disputed": [True, True, True], "code": ["conflicting", "conflicting", "present"]})
    record = SimpleNamespace(focus="ARM", of=lambda state: own.assign(start_earliest=days))
    assert status.find_disputed(record, days[0]).index.tolist() == [1]
