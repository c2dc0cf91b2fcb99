"""The findings on sources: house style for every member, and numbers that are the frames'."""

import pandas as pd
import pytest

import helpers
from helpers.analyses.coverage import disputes, double_coding, founding, outside, sources, text, text_agreement
from helpers.derive import effort
from helpers.derive.membership import BOUND, bound_spells
from helpers.display.house_style import faults_of
from helpers.loaders.tables import load, primary_keys

STATES = sorted({state for state, *_ in bound_spells(load())[BOUND]})


def findings_of(record):
    shares = sources.compute_shares(record)
    readings = double_coding.compute_readings(record)
    return [
        text.describe_foundation(record, shares),
        text.describe_reach(record),
        text.describe_recall(record, outside.compute_recall(record)),
        text.describe_official_counts(outside.compute_official_counts(record)),
        text.describe_effort(record, effort.compute_effort(record)),
        text.describe_disputes(record, disputes.list_disputed_cases(record)),
        text_agreement.describe_agreement(record, readings, double_coding.compute_agreement(readings)),
        text.describe_founding(founding.trace_facts(record.data, primary_keys())),
    ]


@pytest.mark.parametrize("unit", ["component", "umbrella"])
@pytest.mark.parametrize("focus", STATES)
def test_findings_on_sources_keep_the_house_style_for_every_member(focus, unit):
    record = helpers.open_record(focus=focus, unit=unit)
    assert {one.headline: faults for one in findings_of(record) if (faults := faults_of(one, set(record.names)))} == {}


def test_findings_on_sources_say_what_is_missing_where_tables_are_empty():
    record = helpers.open_record()
    bare = {
        name: table.head(0)
        for name, table in record.data.items()
        if name in {"elsewhere", "programmes", "double_coding", "article_facts"}
    }
    for name, table in bare.items():
        record.data[name] = table
    said = [one.headline for one in findings_of(record)]
    assert "No other data set of exercises is matched to this record." in said
    assert "No official total of past exercises is on record." in said
    assert "No text was read a second time." in said


def test_a_share_of_sources_counts_held_exercises_alone():
    record = helpers.open_record()
    held = record.register[record.register["status"] == "held"]
    shares = sources.compute_shares(record)
    assert shares.at["two_sources", "n"] == len(held)
    assert shares.at["two_sources", "k"] == (held["families"] > 1).sum()
    assert shares.at["clear", "n"] == len(record.held)


def test_agreement_with_another_data_set_counts_each_exercise_and_state_once():
    record = helpers.open_record()
    cases = outside.compare_attendance(record)
    assert not cases.duplicated(["exercise_id", "iso3"]).any()
    found = outside.compute_recall(record)
    assert found["agreed"] <= found["present"] <= len(cases)
    named = pd.DataFrame(
        {
            "match": ["same"],
            "scope": ["csto"],
            "exercise_id": ["interaction-2009"],
            "their_participants": [("ARM", "AZE")],
        }
    )
    record.data["elsewhere"] = named.assign(differs=[()], right="", their_start="2009", their_name="", note="")
    one = outside.compute_recall(record)
    assert one["rows"] == one["matched"] == 1
    assert one["only_theirs"] == 1  # Azerbaijan was no member by then


@pytest.mark.parametrize(
    ("found", "headline"),
    [
        ({"present": 72, "agreed": 69, "only_theirs": 19}, "has nearly every participant that this record has, and names 19 more."),
        ({"present": 72, "agreed": 69, "only_theirs": 1}, "made by others, agrees with this record on nearly every participant."),
        ({"present": 10, "agreed": 6, "only_theirs": 2}, "has most of the participants that this record has, and names two more."),
        ({"present": 10, "agreed": 3, "only_theirs": 0}, "made by others, often names other participants."),
        ({"present": 0, "agreed": 0, "only_theirs": 4}, "made by others, often names other participants."),
    ],
)  # fmt: skip
def test_another_data_set_agrees_only_if_it_does_in_both_directions(found, headline):
    rest = {"rows": 16, "matched": 12, "against": 0, "open": 0, "guests": found["only_theirs"]}
    said = text.describe_recall(helpers.open_record(), rest | found)
    assert said.headline.endswith(headline) and not faults_of(said)


def test_the_reach_claims_no_more_than_the_search_was_for():
    said = text.describe_reach(helpers.open_record())
    assert (
        said.headline == "The latest source on the CSTO is of 1 March 2026."
    )  # newer ones on other matters were found
    assert said.detail.endswith("and found nothing newer on exercises of the CSTO.")
    assert "absence" not in said.doubt


def one_source(published_on):
    """A record of one source of that date, that nobody searched beyond."""
    record = helpers.open_record()
    sources_, log = (record.data[name] for name in ("sources", "search_log"))
    record.data.update(sources=sources_.head(1).assign(published_on=published_on), search_log=log.head(0))
    return record


@pytest.mark.parametrize(
    ("published_on", "end"),
    [("2021-08-03", "on 3 August 2021"), ("2021-08", "in August 2021"), ("2021", "in 2021")],
)
def test_the_end_of_the_sources_is_as_exact_as_the_last_of_them(published_on, end):
    assert text.describe_reach(one_source(published_on)).headline == f"The sources end {end}."


def test_a_record_that_cannot_show_an_absence_says_so():
    record = helpers.open_record()
    reports = record.data["reports"]
    for scope, absent in [("complete", ()), ("partial", ("ARM",))]:
        record = helpers.open_record()
        record.data["reports"] = reports.head(1).assign(participants_scope=scope, absent=[absent])
        assert "cannot show" not in text.describe_reach(record).text
    record = helpers.open_record()
    record.data["reports"] = reports.head(1).assign(participants_scope="partial", absent=[()])
    assert "This record cannot show an absence" in text.describe_reach(record).doubt


@pytest.mark.parametrize(
    ("means", "title"),
    [
        ([1.0, 1.2, 1.4, 1.0], "An exercise rests on one independent source"),
        (
            [1.0, 9.0, 9.1, 12.0],
            "An exercise rests on nine to 12 independent sources since 2022, before on one to nine",
        ),
        ([5.0, 2.0, 3.0, 3.0], "An exercise rests on three independent sources since 2022, before on two to five"),
        ([2.0, 5.0, 2.0, 5.0], "An exercise rests on two to five independent sources"),
        ([2.0, 5.0, float("nan"), float("nan")], "An exercise rests on two to five independent sources"),
    ],
)
def test_the_title_on_sources_says_what_the_bars_show(means, title):
    table = pd.DataFrame({"year": [2020, 2021, 2022, 2023], "sources": means})
    assert text.describe_years(helpers.open_record(), table)["title"] == title


def test_what_another_data_set_names_alone_is_told_apart():
    record = helpers.open_record()
    found = outside.compute_recall(record)
    assert (found["guests"], found["open"], found["against"]) == (13, 5, 1) and found["only_theirs"] == 19
    said = text.describe_recall(record, found)
    assert "Of the others 13 are guests or observers, five are open and one is absent by a source." in said.detail
    assert "Galambos" in said.detail and "not that nothing is missing" in said.doubt


def test_the_least_sure_field_is_named_with_the_absences_that_rest_on_it():
    record = helpers.open_record()
    readings = double_coding.compute_readings(record)
    said = text_agreement.describe_agreement(record, readings, double_coding.compute_agreement(readings))
    least = "Least sure is whether a list is complete, with an alpha of 0.62 in round 2, on which eight absences rest, six of Armenia."
    assert least in said.doubt and "Krippendorff's alpha" in said.detail
    once = readings[readings["round"] == "2"]
    said = text_agreement.describe_agreement(record, once, double_coding.compute_agreement(once))
    assert "Least sure is whether a list is complete, with an alpha of 0.62, on which eight absences rest" in said.doubt


def test_official_totals_are_compared_by_one_rule_and_every_shortest_one_is_named():
    record = helpers.open_record()
    table = outside.compute_official_counts(record)
    assert (table["ours"] == table[["parts", "joint"]].max(axis=1)).all()
    said = text.describe_official_counts(table).detail
    assert "The 11 totals are of nine periods" in said
    assert said.endswith("It falls shortest in 2013 with 4 of 6, and in 2025 with 6 of 8.")


def test_shares_at_their_ends_are_worded():
    shares = pd.DataFrame({"k": [0, 7, 5, 0], "n": 7, "low": 0.0, "high": 1.0}, index=["two_sources", "after", "clear", "firm"])  # fmt: skip
    record = helpers.open_record()
    assert "in none on two independent sources or more" in text.describe_foundation(record, shares).detail
    assert "In all of the cases" in text.describe_foundation(record, shares.assign(k=7)).detail


def test_no_sentence_opens_with_a_figure():
    published = helpers.open_record()
    for focus in STATES:
        for one in findings_of(published.rescoped(focus=focus)):
            assert not [part for part in one.text.split(". ") if part[:1].isdigit()], one.text


@pytest.mark.parametrize(("most", "words"), [(8, "Aland was looked for far more often"), (7, "about equally often")])
def test_one_and_a_half_times_the_next_is_far_more_often(most, words):
    table = pd.DataFrame(
        [("AAA", "Aland", most, 0), ("BBB", "Beland", 5, 0)], columns=["iso3", "name", "look_ups", "refusal"]
    )
    assert words in text.describe_effort(helpers.open_record(), table).headline


def test_refusals_of_two_members_are_ranked():
    table = pd.DataFrame(
        [("AAA", "Aland", 90, 2), ("BBB", "Beland", 40, 9), ("CCC", "Celand", 0, 0)],
        columns=["iso3", "name", "look_ups", "refusal"],
    )
    assert effort.rank_refusals(table) == (effort.Effort("Beland", 9), effort.Effort("Aland", 2))
    assert effort.rank_refusals(table.tail(2)) is None


@pytest.mark.parametrize(
    ("matched", "words"),
    [
        ([True], "The record holds at least as many exercises as the one official total says"),
        ([False], "The record holds fewer exercises than the one official total says"),
        ([False, False], "The record reaches none of two official totals"),
        ([True, False], "The record reaches one of two official totals"),
    ],
)
def test_official_totals_are_counted_in_words(matched, words):
    row = {"period": "2024", "said_by": "CSTO", "announced": 8, "parts": 6, "joint": 3, "ours": 6}
    table = pd.DataFrame([row | {"matched": one} for one in matched])
    assert text.caption_official_counts(table)["title"] == words
    assert not faults_of(text.describe_official_counts(table))


def test_differences_are_those_of_what_both_have_and_all_that_the_other_alone_has():
    published = helpers.open_record()
    table = published.data["elsewhere"]
    own = table[table["scope"] == outside.OWN]
    wanted = own[
        [bool(parts) or match == outside.THEIRS for parts, match in zip(own["differs"], own["match"], strict=True)]
    ]
    found = outside.list_differences(published)
    assert sorted(found["their_start"]) == sorted(wanted["their_start"]) and len(found) < len(own)
    assert (wanted["differs"].map(len) == 1).any()
    published.data["elsewhere"] = table.head(0)
    assert outside.list_differences(published).empty
