"""Who explained an absence: the strongest voice counts, and the sentence is right for any state."""

import pandas as pd
import pytest
from support import exercise, frames, report

from helpers.analyses.disengagement import text_reasons
from helpers.analyses.disengagement.figures_reasons import reasons_strip
from helpers.analyses.disengagement.reasons import reasons_by_year, reasons_of
from helpers.analyses.disengagement.text_reasons import describe_reasons
from helpers.analyses.disengagement.text_reasons import reasons_strip as words_around
from helpers.derive.record import Record
from helpers.derive.scope import Scope
from helpers.display.figures import figure_data
from helpers.display.house_style import faults_of

SIX, FIVE = "ARM;BLR;KAZ;KGZ;RUS;TJK", "BLR;KAZ;KGZ;RUS;TJK"
WHY = "Words."


def opened(voices, focus="ARM", first=2019):
    """A record in which the focal state missed an exercise a year from `first` on; `voices` are those who explained each."""
    reports = []
    for at, given in enumerate(voices):
        one, day = f"interaction-{first + at}", f"{first + at}-09-01"
        reports.append(report(one, 1, start=day, participants=FIVE))
        more = {"absent": "ARM", "start": day, "participants": FIVE}
        for number, voice in enumerate(given.split(), 2):
            reason = {"absent_reason": WHY, "absent_reason_by": voice} if voice != "-" else {}
            reports.append(report(one, number, "wire", **more, **reason))
    exercises = [exercise(f"interaction-{first + at}") for at in range(len(voices))]
    scope = Scope(2000, 2030, ("exercise",), "component", "C", focus, "2022-09-13")
    return Record.of_scope(frames(exercises, reports), scope)


def test_the_state_s_own_word_comes_first_then_the_organiser_s():
    record = opened(["third_party state", "third_party organiser", "third_party", "-", ""])
    table = reasons_of(record)
    assert table["voice"].tolist() == ["state", "organiser", "third_party", "none", "none"]
    assert table["reason"].tolist() == [WHY, WHY, WHY, "", ""]
    assert table["report_id"].tolist() == [
        f"interaction-{year}.0{n}" for year, n in [(2019, 3), (2020, 3), (2021, 2)]
    ] + ["", ""]


def test_years_add_up():
    counts = reasons_by_year(reasons_of(opened(["state", "-", "third_party"])))
    assert counts["year"].tolist() == [2019, 2020, 2021]
    assert (counts[["state", "organiser", "third_party", "none"]].sum(axis=1) == counts["missed"]).all()
    assert counts.to_dict("list")["state"] == [1, 0, 0]


def test_a_reason_of_a_joint_exercise_stands_for_its_parts():
    exercises = [exercise("combat-2024", "combat"), exercise("interaction-2024", parent_id="combat-2024")]
    away = {"absent": "ARM", "absent_by": "state", "absent_reason": WHY, "absent_reason_by": "state"}
    reports = [
        report("combat-2024", 1, start="2024-09-01", participants=FIVE, **away),
        report("interaction-2024", 1, start="2024-09-01", participants=FIVE),
    ]
    scope = Scope(2000, 2030, ("exercise",), "component", "C", "ARM", "2022-09-13")
    assert reasons_of(Record.of_scope(frames(exercises, reports), scope))["voice"].tolist() == ["state"]


@pytest.mark.parametrize(
    ("voices", "headline"),
    [
        ([], "ARM is known to have missed no exercise, so that there is no absence to explain."),
        (["state"], "ARM gave a reason of its own for the one exercise that it missed."),
        (["-"], "ARM gave no reason of its own for the one exercise that it missed."),
        (["-", "third_party"], "ARM gave no reason of its own for any exercise that it missed."),
        (["state", "state"], "ARM gave a reason of its own for every exercise that it missed."),
        (["state", "-", "-", "-"], "ARM gave a reason of its own for one of the four exercises that it missed."),
        (["state", "-", "-"], "ARM gave a reason of its own for one of the three exercises that it missed."),
        (["-", "state", "state"], "ARM gave a reason of its own for two of the three exercises that it missed."),
    ],
)
def test_the_headline_fits_what_happened(voices, headline):
    record = opened(voices) if voices else opened([""], focus="BLR")
    found = describe_reasons(record)
    assert found.headline.replace("BLR", "ARM") == headline
    assert (found.k, found.n) == (sum("state" in voice for voice in voices), len(voices))
    assert faults_of(found) == []


def test_a_state_that_was_never_expected_has_nothing_to_explain():
    assert describe_reasons(opened([""], focus="SRB")).headline == "SRB was expected at no exercise."


@pytest.mark.parametrize(
    ("voices", "said"),
    [(["-", "-"], "It missed two in 2019 and 2020."), (["-"] * 5, "It missed five from 2019 to 2023.")],
)
def test_a_state_without_reasons_has_its_years_named(voices, said):
    assert describe_reasons(opened(voices)).detail == said


def test_the_detail_counts_and_names_who_else_explains():
    """How many by year stands in the figure below the sentence."""
    found = describe_reasons(opened(["state", "third_party", "organiser", "third_party", "-"]))
    assert found.detail == "Of the other four the organiser explains one and the press two."
    assert found.doubt == "A silence may be the sources' own."


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2021-02-22", "ARM's freeze of February 2021 may stand for a reason of three of these."),
        ("2023-02-22", "ARM's freeze of February 2023 may stand for a reason of one of these."),
        ("2024-02-22", ""),
    ],
)
def test_a_declared_freeze_stands_beside_the_silence_after_it(day, said):
    record = opened(["state", "-", "-", "-", "-"])
    step = {"event_id": "freeze", "subject": "ARM", "date": day, "milestone": "frozen", "what": "Frozen."}
    record.data["events"] = frames([], [], events=[step])["events"]
    assert describe_reasons(record).detail == said


@pytest.mark.parametrize("voices", [["-"], ["state", "third_party", "organiser", "-"]])
def test_the_figure_draws_a_square_an_absence(voices):
    record = opened(voices)
    figure = reasons_strip(reasons_by_year(reasons_of(record)), record.name, **words_around(record))
    for one in (figure, figure.narrow()):
        data = figure_data(one)
        assert (data["kind"] == "point").sum() == len(voices)
        assert data.loc[data["kind"] == "text", "text"].str.replace("\n", " ").tolist() == [
            {"state": "1 by ARM", "third_party": "1 by the press", "organiser": "1 by the organiser"}.get(
                one, "no reason given"
            )
            for one in voices
        ]


def test_the_published_reasons_go_from_excuse_to_silence():
    """Counted by hand from the reports: whoever changes these numbers has found or lost a reason."""
    import helpers

    counts = reasons_by_year(reasons_of(helpers.open_record())).set_index("year")
    own = {year: (counts.at[year, "state"], counts.at[year, "missed"]) for year in (2022, 2023, 2024, 2025)}
    assert own == {2022: (3, 3), 2023: (1, 6), 2024: (0, 6), 2025: (0, 5)}
    assert counts.at[2024, "third_party"] == 5


@pytest.mark.parametrize(
    ("voices", "said"),
    [
        (["state", "state"], ""),
        (["state", "third_party"], "The press gives one for it."),
        (["state", "organiser", "third_party"], "Of the other two the organiser explains one and the press one."),
        (["organiser", "organiser", "third_party"], "Of these the organiser explains two and the press one."),
    ],
)
def test_who_explains_what_the_state_did_not(voices, said):
    assert text_reasons._by_others(pd.DataFrame({"voice": voices})) == said
