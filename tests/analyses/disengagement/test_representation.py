"""Who sat for a state: attendance says whether it came, the table says who, and what is not known stays apart."""

import pytest
from support import exercise, frames, report

from helpers.analyses.disengagement.representation import LEVELS, levels_at_meetings, levels_by_window, levels_by_year
from helpers.analyses.disengagement.text_representation import describe_representation
from helpers.derive.record import Record
from helpers.derive.scope import Scope
from helpers.display.house_style import faults_of

SIX, FIVE = "ARM;BLR;KAZ;KGZ;RUS;TJK", "BLR;KAZ;KGZ;RUS;TJK"
CAME, AWAY, OPEN = dict(participants=SIX), dict(participants=FIVE, absent="ARM", absent_by="state"), {}


def opened(meetings, focus="ARM"):
    """A record with a meeting for each (day, what is said of attendance, level of the focal state or blank)."""
    names = [f"combat-{day[:4]}-{at}" for at, (day, *_) in enumerate(meetings)]
    rows = [exercise(name, "combat") | {"event_type": "meeting"} for name in names]
    reports = [report(name, 1, start=day, **said) for name, (day, said, _) in zip(names, meetings, strict=True)]
    levels = [
        {"exercise_id": name, "iso3": "ARM", "level": level, "who": "A", "source_ids": "press"}
        for name, (*_, level) in zip(names, meetings, strict=True)
        if level
    ]
    rows.append(exercise("interaction-2020"))
    reports.append(report("interaction-2020", 1, start="2020-09-01", participants=SIX))
    scope = Scope(2000, 2030, ("exercise",), "component", "C", focus, "2022-09-13")
    return Record.of_scope(frames(rows, reports, representation=levels), scope)


EIGHT = [
    ("2021-01-01", CAME, "head"),
    ("2023-01-01", CAME, "head"),
    ("2023-02-01", CAME, "speaker"),
    ("2023-03-01", CAME, "deputy"),
    ("2023-04-01", CAME, "official"),
    ("2023-05-01", CAME, ""),
    ("2023-06-01", AWAY, "nobody"),
    ("2024-07-01", OPEN, "minister"),
]


def test_each_level_has_its_group():
    levels = levels_at_meetings(opened(EIGHT))
    own = levels[levels["iso3"] == "ARM"]
    assert own["level"].tolist() == ["head", "head", "minister", "deputy", "envoy", "untold", "nobody", "unknown"]
    assert own["who"].tolist() == ["A"] * 5 + [""] * 3
    assert levels.loc[levels["iso3"] == "BLR", "level"].tolist() == ["untold"] * 7 + ["unknown"]


def test_meetings_are_counted_by_year_and_window():
    levels = levels_at_meetings(opened(EIGHT))
    by_year = levels_by_year(levels).set_index(["iso3", "year"])
    assert by_year.loc[("ARM", 2023), "meetings"] == 6
    assert (by_year[LEVELS].sum(axis=1) == by_year["meetings"]).all()
    by_window = levels_by_window(levels, "2022-09-13").set_index(["iso3", "window"])
    assert by_window.loc[("ARM", "before"), ["meetings", "head"]].tolist() == [1, 1]
    assert by_window.loc[("ARM", "since"), ["meetings", "head", "nobody", "unknown"]].tolist() == [7, 1, 1, 1]


def test_the_finding_says_who_came():
    found = describe_representation(opened(EIGHT))
    assert found.headline == "ARM has come to five meetings since September 2022, at least one of them with its leader."
    assert found.detail == (
        "It sent a minister or the head of an institution to one, a deputy to one, an envoy or official to one; of one no source says "
        "who came. It stayed away from one."
    )
    assert found.doubt == "Not clear: one more."
    assert (found.k, found.n) == (1, 5)


@pytest.mark.parametrize(
    ("meetings", "focus", "headline"),
    [
        ([], "ARM", "ARM was expected at no meeting on record since September 2022."),
        (EIGHT, "SRB", "SRB was expected at no meeting on record since September 2022."),
        ([EIGHT[6]], "ARM", "ARM is known to have come to no meeting since September 2022."),
        ([EIGHT[7]], "ARM", "ARM is known to have come to no meeting since September 2022."),
        ([EIGHT[1]], "ARM", "ARM has come to one meeting since September 2022, with its leader."),
        ([EIGHT[1]] * 2, "ARM", "ARM has come to two meetings since September 2022, both of them with its leader."),
        ([EIGHT[5]], "ARM", "ARM has come to one meeting since September 2022; no source places its leader there."),
        (
            EIGHT,
            "BLR",
            "BLR has come to six meetings since September 2022; no source places its leader there.",
        ),
    ],
)
def test_the_headline_fits_any_state(meetings, focus, headline):
    found = describe_representation(opened(meetings, focus))
    assert found.headline == headline
    assert faults_of(found) == []


def test_a_record_without_the_table_knows_no_levels():
    record = opened(EIGHT)
    del record.data["representation"]
    assert set(levels_at_meetings(record)["level"]) == {"untold", "nobody", "unknown"}


def test_published_levels_and_attendance_do_not_contradict_each_other(data, record):
    """Who is named as sitting there came, and who sent nobody did not."""
    _, attendance = record
    both = data["representation"].merge(attendance, on=["exercise_id", "iso3"])
    came = both["level"] != "nobody"
    assert not both.loc[came, "code"].str.startswith("absent").any()
    assert both.loc[~came, "code"].str.startswith("absent").all()
