"""Sentences on attendance, status and steps are in the house style and right for any member."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from support import exercise, frames, report

import helpers
from helpers.analyses.disengagement import (
    absences,
    cases,
    measures,
    status,
    text,
    text_cases,
    text_reasons,
    text_representation,
    text_steps,
    text_ways,
)
from helpers.analyses.disengagement.status import find_milestones
from helpers.analyses.disengagement.steps import by_year
from helpers.analyses.disengagement.wording import so_many
from helpers.derive.codes import ABSENT, ATTENDED
from helpers.derive.record import Record
from helpers.derive.scope import UNITS, Scope
from helpers.display.house_style import faults_of
from helpers.display.phrases import number

SIX, FIVE = "ARM;BLR;KAZ;KGZ;RUS;TJK", "BLR;KAZ;KGZ;RUS;TJK"
STATES = ["ARM", "AZE", "BLR", "GEO", "KAZ", "KGZ", "RUS", "TJK", "UZB"]
FINDINGS = [text.describe_attendance, text.describe_status, text.describe_split, text.describe_evidence]
FINDINGS += [text_steps.describe_steps, text_ways.describe_ways, text_steps.describe_others]
FINDINGS += [text_steps.describe_break, text_steps.describe_break_set, text_cases.describe_elsewhere]
FINDINGS += [text_cases.describe_stayaways, text_reasons.describe_reasons]
FINDINGS += [text_representation.describe_representation]


@pytest.fixture(scope="module")
def published():
    return helpers.open_record()


@pytest.fixture(scope="module")
def judged(published):
    return cases.judge(published)


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("state", STATES)
def test_every_finding_keeps_the_house_style(published, state, unit):
    record = published.rescoped(focus=state, unit=unit)
    for describe in FINDINGS:
        assert faults_of(describe(record), set(STATES)) == [], describe.__name__


@pytest.mark.parametrize("state", STATES)
def test_claims_keep_the_house_style(judged, state):
    assert faults_of(text_cases.describe_claims(cases.claims_on(judged, state)), set(STATES)) == []


def opened(came, focus="ARM", split="2022-01-01", first=2016):
    """A record of an exercise a year: 1 the focal state came, 0 it did not, None nobody says."""
    lists = {1: SIX, 0: FIVE, None: ""}
    years = range(first, first + len(came))
    reports = [
        report(f"interaction-{year}", 1, start=f"{year}-09-01", participants=lists[there])
        for year, there in zip(years, came, strict=True)
    ]
    scope = Scope(2000, 2030, ("exercise",), "component", "C", focus, split)
    return Record.of_scope(frames([exercise(f"interaction-{year}") for year in years], reports), scope)


@pytest.mark.parametrize(
    ("came", "said", "more"),
    [
        ([1] * 6 + [0] * 3, "ARM has stayed away from every CSTO exercise since September 2022.", "missed all three"),
        ([1] * 6 + [1] * 3, "ARM has come to every CSTO exercise since January 2022.", "It came to all three"),
        ([1] * 6 + [1, None, 1], "since January 2022 on which sources are clear.", "Whether it came to one more exercise since is not known."),
        ([1, 1, 1, 0, 0, 0, 1, 1, 1], "ARM comes to CSTO exercises again since September 2022.", "three of six"),
        ([1] * 6 + [1, 1, 0, 0, 0], "ARM has stayed away from every CSTO exercise since September 2024.", "two of five"),
        ([1] * 6 + [1, 0, 1, 1, 1], "ARM has come to most of the CSTO exercises since January 2022.", "missed Interaction 2023"),
        ([0] * 9, "ARM has stayed away from every CSTO exercise since September 2022.", "it came to none of six"),
        ([None] * 9, "No source settles whether ARM has come to any CSTO exercise since January 2022.", ""),
        ([1] * 6 + [0], "ARM stayed away from the only CSTO exercise since January 2022.", "missed the only one"),
        ([1] * 6, "ARM was last expected at a CSTO exercise in September 2021; it came to all six.", ""),
        ([0], "ARM was expected at one CSTO exercise, Interaction 2016, and stayed away.", ""),
    ],
)  # fmt: skip
def test_the_answer_follows_from_what_the_member_did(came, said, more):
    finding = text.describe_attendance(opened(came))
    assert said in finding.text
    assert more in finding.text
    assert faults_of(finding) == []


def test_a_member_that_joined_late_was_expected_at_none_before():
    finding = text.describe_attendance(opened([1] * 3, first=2022))
    assert finding.headline == "ARM has come to every CSTO exercise since January 2022."
    assert finding.detail == "It came to all three at which it was expected; before that it was expected at none."


def test_the_evidence_adds_up_to_the_absences(published):
    finding, found = text.describe_evidence(published), absences.count_evidence(published)
    total = found.own_word + found.reported + found.by_list
    assert finding.headline == (
        f"Armenia or the organiser announced {number(found.own_word)} of the {number(total)} absences; others reported "
        f"{number(found.reported)}; {number(found.by_list)} follow from lists without Armenia."
    )
    assert f"{number(found.statements).capitalize()} statements cover the {number(found.own_word)}." in finding.detail
    assert (
        f"Of {number(found.beside_lists)} of the {number(found.by_list)} from lists, weaker reports" in finding.detail
    )
    listed = text.describe_evidence(opened([1] * 6 + [0] * 3)).text
    assert listed == "All three absences follow from lists without ARM."
    one = text.describe_evidence(published.rescoped(focus="KGZ")).text
    assert one == "Kyrgyzstan or the organiser announced its absence from Rubezh 2022."


def test_a_state_never_expected_is_said_to_be_so(published):
    for state in ("AZE", "GEO"):
        finding = text.describe_attendance(published.rescoped(focus=state))
        assert "was expected at none of the CSTO exercises on record" in finding.headline
        assert "left in April 1999" in finding.detail
        assert (finding.k, finding.n) == (0, 0)


def test_the_answer_counts_what_the_record_holds(published):
    finding, own = text.describe_attendance(published), published.of("ARM")
    since = own[own["start_earliest"] >= published.split]
    came, away = since["code"].isin(ATTENDED).sum(), since["code"].isin(ABSENT).sum()
    assert (finding.k, finding.n) == (came, came + away)
    assert "no notice of leaving" in finding.detail
    last = own[own["code"].isin(ATTENDED)].iloc[-1]["start_earliest"]
    assert f"It last came in {last:%B %Y}" in finding.detail
    without = measures.count_without_lists(published)
    joint = measures.count_without_lists(published.in_unit("umbrella"))
    once = measures.compute_attendance(published.in_unit("umbrella")).since
    by_list = (finding.n - without.known, once.known - joint.known)
    assert (
        f"{number(by_list[0]).capitalize()} of these absences rest on nothing but lists; without them it came to none of {without.known}. "
        f"Joint exercises counted once, it missed all {number(once.missed)}, {number(by_list[1])} of them by nothing but lists."
        in finding.doubt
    )
    assert "counted once" not in text.describe_attendance(published.in_unit("umbrella")).doubt
    sets = absences.find_source_sets(published)
    assert f"{number(len(sets))} groups of reports that share no original text, though outlets such as" in finding.doubt


@pytest.mark.parametrize("state", ["ARM", "KAZ"])
def test_what_is_not_counted_stands_beside_the_answer(published, state):
    """Staff events and operations are no exercises: how the state came to them since is said all the same."""
    record = published.rescoped(focus=state)
    kinds = ("operation", "staff_event", "inspection", "deployment")
    since = measures.compute_attendance(record.rescoped(classes=kinds)).since
    doubt = text.describe_attendance(record).doubt
    counted = f"of {number(since.expected)} since, it came to {number(since.came)}; {number(since.open)} are not clear."
    assert f"Staff events and operations are not counted here: {counted}" in doubt
    assert "not counted here" not in text.describe_attendance(record.rescoped(classes=("exercise", *kinds))).doubt


def test_the_status_line_names_word_and_notice(published):
    armenia = text.describe_status(published)
    assert armenia.headline == "Armenia is still a member of the CSTO."
    days = (published.last_day - pd.Timestamp("2025-11-26")).days
    parts = armenia.detail.replace("\u00a0", " ").split(" · ")
    assert parts[:3] == [
        "Prime Minister Pashinyan: participation frozen, 22 February 2024",
        "Pashinyan: Armenia will leave, 12 June 2024",
        "his foreign minister: no withdrawal announced, 12 June 2024",
    ]
    assert parts[3].endswith("leaving not on the agenda, 26 November 2025")
    assert parts[4].startswith("no notice under Article 19")
    assert (armenia.n, armenia.unit) == (days, "days since the last of these")
    uzbekistan = text.describe_status(published.rescoped(focus="UZB"))
    assert "no longer a member" in uzbekistan.headline
    assert uzbekistan.detail.replace("\u00a0", " ") == "Notice, 28 June 2012 · suspended, 19 December 2012."
    assert "No word of leaving" in text.describe_status(published.rescoped(focus="KAZ")).detail


def test_the_dividing_day_has_its_reason_for_every_member(published):
    for state in STATES:
        assert "asks the CSTO for help" in text.describe_split(published.rescoped(focus=state)).headline
    detail = text.describe_split(published).detail
    assert detail.startswith("Any day from ")
    assert detail.endswith("gives the same counts, so that the change may lie before it.")
    for state, name in (("KAZ", "Kazakhstan"), ("UZB", "Uzbekistan")):
        other = text.describe_split(published.rescoped(focus=state)).detail
        assert other == f"The day is Armenia's; for {name} it only divides the record."
    assert text.describe_split(published.rescoped(split="2015-03-03")).headline.endswith("divides before and since.")


def test_values_of_the_data_are_escaped(published):
    evil = published.data | {"countries": published.data["countries"].replace("Armenia", "Ar*menia <b>")}
    record = Record(
        evil,
        published.scope,
        published.register,
        published.attendance,
        published.whole_register,
        published.whole_attendance,
    )
    for describe in FINDINGS:
        assert "<b>" not in describe(record).text
        assert "Ar*" not in describe(record).text


@pytest.mark.parametrize(("k", "n", "said"), [(0, 8, "none of eight"), (9, 9, "all nine"), (2, 2, "both"), (20, 20, "all 20"), (35, 36, "35 of 36"), (4, 11, "four of 11"), (1, 1, "the only one")])  # fmt: skip
def test_so_many_of_so_many(k, n, said):
    assert so_many(k, n) == said
    assert so_many(np.int64(k), np.int64(n)) == said


def test_cases_of_staying_away_are_the_question_of_states_that_stayed_away(published):
    for state in ("ARM", "UZB"):
        record = published.rescoped(focus=state)
        assert len(cases.stayaways_of(record)) > 1
        assert "Uzbekistan" in text_cases.describe_stayaways(record).text
    kept = published.rescoped(focus="KAZ")
    assert cases.stayaways_of(kept).empty
    assert text_cases.describe_stayaways(kept).text == (
        "No case is on record in which Kazakhstan belonged to a body and stayed away from it."
    )


def test_disputed_members_are_no_members_that_stayed_away(published):
    table, finding = cases.stayaways_of(published), text_cases.describe_stayaways(published)
    n = len(table) - (table["outcome"] == "membership disputed").sum()
    assert finding.headline.startswith(f"{number(n).capitalize()} states on record kept away from a body")
    assert "each time as a guest, and missed the only one at which it was expected." in finding.detail


def test_others_are_not_said_to_have_come_to_what_is_open(published):
    """ "Every" would count open cases as attendance: what is known is who missed one, and how many cases are open."""
    finding, held = text_steps.describe_others(published), published.held
    assert (
        finding.headline
        == "No other member but Kyrgyzstan is known to have missed a CSTO exercise since September 2022."
    )
    others = held[(held["iso3"] != "ARM") & (held["start_earliest"] >= published.split)]
    unclear = (~others["code"].isin([*ABSENT, *ATTENDED])).sum()
    assert f"Not clear: {unclear} cases of the others." in finding.doubt
    assert f"Not clear: {unclear} cases" in text_steps.before_since_texts(published)["subtitle"]


def test_exercises_with_others_that_nobody_looked_for_are_not_denied(published):
    events = published.data["events"]
    untied = replace(published, data=published.data | {"events": events[events["track"] != "realignment"]})
    for record, found in (
        (published, "those found by chance stand among its ties with others."),
        (untied, "by chance."),
    ):
        assert text_cases.describe_elsewhere(record.rescoped(focus="KGZ")).headline.endswith(found)


def test_a_state_that_left_before_has_no_seat_at_meetings(published):
    said = text_representation.describe_representation(published.rescoped(focus="UZB")).headline
    assert said == "Uzbekistan has had no seat at meetings since it suspended its membership in December 2012."


@pytest.mark.parametrize(
    "later, said", [(0, "was expected at no meeting on record"), (1, "has had no seat at meetings")]
)
def test_who_left_on_the_day_of_the_cutpoint_itself_did_not_leave_before_it(published, later, said):
    left = [
        step.day for step in find_milestones(published.rescoped(focus="UZB")) if step.kind in text_representation.OUT
    ]
    split = (left[-1] + pd.Timedelta(later, "D")).strftime("%Y-%m-%d")
    found = text_representation.describe_representation(published.rescoped(focus="UZB", split=split))
    assert said in found.headline


@pytest.mark.parametrize("state", ["KAZ", "RUS", "BLR", "KGZ"])
def test_steps_towards_are_counted_in_the_years_that_the_sentence_names(published, state):
    record = published.rescoped(focus=state)
    finding, years = text_steps.describe_steps(record), f"2022–{record.last_year % 100}"
    assert years in finding.text
    towards = by_year(record).loc[2022 : record.last_year, "towards"].sum()
    assert f"it took {number(towards)} towards" in finding.detail.replace("In the same years ", "")
    if "no step" in finding.headline:
        assert finding.headline.endswith(f"in {years}.")


@pytest.mark.parametrize("kind, said", [("left", "is no longer a member of"), ("notice", "is not a member of")])
def test_who_is_no_member_left_only_if_a_step_says_so(published, monkeypatch, kind, said):
    step = status.Milestone(kind, pd.Timestamp("2012-06-28"), "Somebody writes.")
    monkeypatch.setattr(text, "find_milestones", lambda record: [step])
    assert said in text.describe_status(published.rescoped(focus="UZB")).headline
