"""Absences: whose word they rest on, which share a source, and the nearest who spoke of each."""

from types import SimpleNamespace

import pandas as pd
import pytest

import helpers
from helpers.analyses.disengagement import absences, measures
from helpers.derive.codes import ABSENT
from helpers.derive.scope import UNITS


@pytest.fixture(scope="module")
def published():
    return helpers.open_record()


def test_groups_of_absences_share_no_origin(published):
    found = absences.find_source_sets(published)
    own = published.of("ARM")
    missed = own[own["code"].isin(ABSENT) & (own["start_earliest"] >= published.split)]
    assert found["exercises"].map(len).sum() == len(missed)
    reports, sources = (
        published.data["reports"].set_index("report_id"),
        published.data["sources"].set_index("source_id"),
    )
    origins = {
        name: {sources.at[reports.at[one, "source_id"], "origin_id"] for one in ids}
        for name, ids in zip(missed["name"], missed["reports"], strict=True)
    }
    groups = [set().union(*(origins[name] for name in names)) for names in found["exercises"]]
    assert all(not a & b for at, a in enumerate(groups) for b in groups[at + 1 :])
    outlets = [
        {
            sources.at[reports.at[one, "source_id"], "outlet"]
            for name in names
            for one in missed.set_index("name").at[name, "reports"]
        }
        for names in found["exercises"]
    ]
    assert outlets == [set(own) for own in found["outlets"]]
    often = absences.find_recurring_outlet(found)
    assert sum(often in own for own in outlets) > 1  # no text stands behind two groups, but an outlet may
    assert absences.find_recurring_outlet(found.head(1)) == ""
    assert len(absences.absences_table(published).columns) <= 8
    assert absences.absences_table(published)["set"].nunique() == len(found)


def test_no_speaker_stands_beside_an_exercise_of_which_it_did_not_speak(published):
    table = absences.absences_table(published).set_index("exercises")
    assert table.at["Cobalt 2024", "said by"].startswith("list of ")
    reports, missed = published.data["reports"], published.of("ARM").set_index("name")
    for names, said_by, evidence in table[["said by", "evidence"]].itertuples():
        if evidence == "by list" or ", of " in said_by:
            continue
        for name in names.replace(" and ", ", ").split(", "):
            own = reports[reports["exercise_id"] == missed.at[name, "exercise_id"]]
            naming = own.loc[own["absent"].map(lambda states: "ARM" in states), "said_by"]
            assert said_by in {who.partition(" (via ")[0] for who in naming}


def test_a_package_without_absences_has_no_sets_of_sources(published):
    assert absences.absences_table(published.rescoped(focus="KAZ")).empty
    assert absences.find_source_sets(published.rescoped(focus="KAZ")).empty


@pytest.mark.parametrize("unit", UNITS)
def test_absences_by_whose_word_they_rest_on_add_up(published, unit):
    """Counted again from the reports: the word of the state or the organiser, ahead or after, before that of others."""
    record = published.in_unit(unit)
    own, reports = absences.find_absences(record), published.data["reports"].set_index("report_id")
    committed = [
        any(
            "ARM" in reports.at[one, "absent"] and reports.at[one, "absent_by"] in {"state", "organiser"} for one in ids
        )
        for ids in own["reports"]
    ]
    found = absences.count_evidence(record)
    assert found.own_word == sum(committed)
    assert found.own_word + found.reported + found.by_list == len(own)
    assert 0 < found.statements <= found.own_word
    without = measures.count_without_lists(record)
    by_list = (own["code"] == "absent_by_list").sum()
    assert found.beside_lists == by_list - (len(own) - without.missed)


def test_statements_that_share_an_original_count_once(published):
    """One statement of September 2022 speaks of three exercises, one of August 2024 of three more."""
    found = absences.count_evidence(published)
    assert found.statements < found.own_word


def test_beside_an_absence_stands_the_nearest_who_spoke_of_it(published):
    """The state, then the organiser, then others; what they announced and others reported is said to be both."""
    table = absences.absences_table(published)
    row = table[table["exercises"].str.contains("Rock 2023")].iloc[0]
    assert (row["evidence"], row["said by"]) == ("announced, then reported", "Ministry of Internal Affairs of Armenia")
    row = table[table["exercises"].str.contains("Echelon 2024")].iloc[0]
    assert (row["evidence"], row["said by"]) == ("announced, then reported", "CSTO")
    row = table[table["exercises"].str.contains("Barrier 2023")].iloc[0]
    assert (row["evidence"], row["said by"]) == ("reported", "RIA Novosti (relayed), of Combat Brotherhood 2023")


def test_the_table_counts_the_independent_sources_of_each_absence(published):
    own = absences.find_absences(published).set_index("name")["families"]
    for names, said in absences.absences_table(published)[["exercises", "independent sources"]].itertuples(index=False):
        counts = {int(own[name]) for name in names.replace(" and ", ", ").split(", ")}
        assert said == "–".join(str(n) for n in sorted({min(counts), max(counts)}))


def test_who_relays_a_word_is_not_said_to_have_given_it(published):
    table = absences.absences_table(published.rescoped(focus="KGZ"))
    assert table["said by"].tolist() == ["CSTO, through TASS"]


def test_the_word_of_the_state_stands_nearest_then_that_of_the_organiser():
    def nearest(*voices):
        reports = pd.DataFrame(
            {
                "report_id": list(voices),
                "absent_by": list(voices),
                "exercise_id": "x-2024",
                "participants_scope": "partial",
                "absent": [("ARM",)] * len(voices),
                "said_on": [f"2024-01-{day:02}" for day in range(1, len(voices) + 1)],
                "said_by": [f"The {voice}" for voice in voices],
                "source_id": "s",
                "phase": "after",
                "speaker": "official",
            }
        )
        record = SimpleNamespace(
            focus="ARM",
            name="Armenia",
            organisation="ORG",
            data={"reports": reports, "sources": pd.DataFrame({"source_id": ["s"], "outlet": ["Paper"]})},
            whole_register=pd.DataFrame({"exercise_id": ["x-2024"], "name": ["X 2024"]}),
        )
        case = SimpleNamespace(reports=list(voices), code="absent_declared", exercise_id="x-2024")
        return absences._statement(record, case)["said_by"]

    assert nearest("other", "organiser", "state") == "The state"  # each spoke a day later than the one that counts less
    assert nearest("other", "organiser") == "The organiser"
    assert nearest("other") == "The other"
