from support import BASE, derive, exercise, report

from helpers.derive.register import edition_name, edition_year


def row(reports, **more):
    register, _ = derive([exercise("interaction-2024", **more)], reports)
    return register.loc["interaction-2024"]


def test_held_rests_on_a_report_made_during_or_after():
    plan = report("interaction-2024", 1, phase="before", status="planned", start="2024-09-01", end="2024-09-05")
    assert row([plan])["status"] == "unverified"
    assert row([plan, report("interaction-2024", 2, phase="during")])["status"] == "held"


def test_a_list_given_ahead_as_held_is_still_a_plan():
    assert (
        row([report("interaction-2024", 1, phase="before", status="held", start="2024-09-01")])["status"]
        == "unverified"
    )


def test_a_date_beyond_the_sources_is_planned():
    register, cells = derive(
        [exercise("interaction-2031")], [report("interaction-2031", 1, phase="plan", status="planned", start="2031-09")]
    )
    assert register.loc["interaction-2031", "status"] == "planned"
    assert (cells["code"] == "unknown").all()


def test_a_text_on_ties_outside_does_not_close_what_is_planned():
    """What a state does with others says nothing of what the organisation held or did not."""
    late = {**BASE["sources"][0], "source_id": "late", "origin_id": "late", "published_on": "2032-01-01"}
    plan = [report("interaction-2031", 1, phase="plan", status="planned", start="2031-09")]
    step = {"event_id": "step", "actor": "ARM", "subject": "ARM", "date": "2032-01-01", "source_ids": "late"}
    for track, status in (("realignment", "planned"), ("statements_own", "unverified")):
        more = {"sources": [*BASE["sources"], late], "events": [step | {"track": track}]}
        register, _ = derive([exercise("interaction-2031")], plan, **more)
        assert register.loc["interaction-2031", "status"] == status


def test_the_last_word_before_the_event_counts():
    called_off = [
        report(
            "interaction-2024", 1, "organiser", "before", status="planned", said_on="2024-08-01", start="2024-09-01"
        ),
        report("interaction-2024", 2, "wire", "before", status="cancelled", said_on="2024-08-31"),
    ]
    assert row(called_off)["status"] == "cancelled"
    vague = [*called_off, report("interaction-2024", 3, "press", "before", status="planned", said_on="2024")]
    assert row(vague)["status"] == "cancelled"


def test_a_call_off_outlasts_a_promise_to_postpone():
    told = row(
        [
            report("interaction-2024", 1, "organiser", "after", status="postponed"),
            report("interaction-2024", 2, "press", "after", status="cancelled"),
        ]
    )
    assert told["status"] == "cancelled"
    assert told["conflicts"] == ("status",)


def test_the_organiser_on_the_day_outranks_a_newspaper_later():
    told = row(
        [
            report("interaction-2024", 1, "press", "after", start="2024-09-03"),
            report("interaction-2024", 2, "organiser", "during", start="2024-09-01"),
        ]
    )
    assert (told["start"], told["start_report"]) == ("2024-09-01", "interaction-2024.02")
    assert told["conflicts"] == ("start",)


def test_what_is_said_on_the_spot_outranks_a_plan_and_shows_the_change():
    told = row(
        [
            report("interaction-2024", 1, "organiser", "before", start="2024-09-01"),
            report("interaction-2024", 2, "copy", "during", start="2024-09-02"),
        ]
    )
    assert told["start"] == "2024-09-02"
    assert told["conflicts"] == ()
    assert told["changed"] == ("start",)


def test_a_vaguer_date_does_not_contradict_a_finer_one():
    told = row(
        [
            report("interaction-2024", 1, "organiser", "after", start="2024-09"),
            report("interaction-2024", 2, "press", "during", start="2024-09-03"),
        ]
    )
    assert told["start"] == "2024-09-03"
    assert told["conflicts"] == ()


def test_a_deprecated_field_never_counts():
    told = row(
        [
            report(
                "interaction-2024",
                1,
                "organiser",
                "after",
                start="2024-08-01",
                deprecated_fields="start",
                deprecated_why="mistaken",
            ),
            report("interaction-2024", 2, "copy", "during", start="2024-09-01"),
        ]
    )
    assert told["start"] == "2024-09-01"
    assert told["conflicts"] == ()


def test_no_report_leaves_the_plan_year():
    told = row([])
    assert (told["start"], told["end"], told["status"], told["reports"]) == ("2024", "2024", "unverified", 0)


def test_families_count_once():
    copies = [dict(source, origin_id="statement") for source in BASE["sources"]]
    register, _ = derive(
        [exercise("interaction-2024")],
        [report("interaction-2024", n, source) for n, source in enumerate(["wire", "press", "copy"], 1)],
        sources=copies,
    )
    assert register.loc["interaction-2024", ["reports", "families"]].tolist() == [3, 1]


def test_an_umbrella_is_held_and_dated_by_its_parts():
    parts = [
        exercise("combat-2024", "combat"),
        exercise("interaction-2024", parent_id="combat-2024"),
        exercise("rubezh-2024", "rubezh", parent_id="combat-2024"),
    ]
    told = [
        report("interaction-2024", 1, start="2024-09-01", end="2024-09-05", hosts="KGZ"),
        report("rubezh-2024", 1, start="2024-10-01", end="2024-10-03", hosts="TJK"),
    ]
    register, _ = derive(parts, told)
    umbrella = register.loc["combat-2024"]
    assert (umbrella["status"], umbrella["start"], umbrella["end"], umbrella["hosts"]) == (
        "held",
        "2024-09-01",
        "2024-10-03",
        ("KGZ", "TJK"),
    )
    assert umbrella["is_umbrella"]
    assert register["umbrella_id"].unique().tolist() == ["combat-2024"]


def test_parts_of_anothers_exercise_stand_alone():
    register, _ = derive(
        [
            exercise("center-2024", "combat", organiser="national"),
            exercise("interaction-2024", parent_id="center-2024"),
        ],
        [],
    )
    assert register.loc["interaction-2024", "umbrella_id"] == "interaction-2024"


def test_edition_year_is_the_plan_year():
    assert edition_year("interaction-2024") == 2024
    assert edition_year("duty-shift-training-2025-2") == 2025


def test_names_of_editions():
    assert edition_name("interaction-2024", "interaction", "Interaction") == "Interaction 2024"
    assert edition_name("kanal-arax-2023", "kanal", "Channel") == "Channel Arax 2023"
    assert edition_name("duty-shift-training-2025-2", "duty-shift-training", "Duty shifts") == "Duty shifts 2025-2"
    assert edition_name("dushanbe-antiterror-2017", "other", "Other") == "Dushanbe Antiterror 2017"


def test_names_tell_editions_apart(record):
    assert record[0]["name"].is_unique
