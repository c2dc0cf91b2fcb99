import numpy as np
import pandas as pd
import pytest
from small_networks import NAMES, record_of

import helpers
from helpers.analyses.network import text, text_blocs, text_figures, text_network, text_visits
from helpers.analyses.network.text_words import span_of
from helpers.display.finding import Finding
from helpers.display.house_style import faults_of
from helpers.statistics import null_models

FINDINGS = [
    text.describe_ties,
    text_network.describe_network,
    text_network.describe_open_cases,
    text_visits.describe_visits,
    text_blocs.describe_blocs,
]
AROUND = [text_figures.around_ties, text_figures.around_change, text_figures.around_network, text_figures.around_visits]
BEFORE = {"x-2010": "++++", "x-2011": "++++"}


@pytest.fixture(scope="module")
def states():
    return sorted(helpers.open_record().whole_attendance["iso3"].unique())


@pytest.mark.parametrize("unit", ["component", "umbrella"])
def test_every_finding_of_every_member_keeps_the_house_style(states, unit):
    published = helpers.open_record(unit=unit)
    for focus in states:
        record = published.rescoped(focus=focus)
        for describe in FINDINGS:
            finding = describe(record)
            assert not faults_of(finding, set(states)), (focus, finding.text)
        for around in AROUND:
            title = Finding(around(record)["title"] + ".")
            title = Finding(title.headline.replace("%", ""))  # a figure's title may hold a share
            assert not faults_of(title, set(states)), (focus, title.text)


def headline(marks, **how):
    return text.describe_ties(record_of(marks, **how)).headline


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        (
            {"x-2016": "-+++"},
            "At ORG exercises the other three meet as before; Ardenia is not known to have met any since 2016.",
        ),
        (
            {"x-2016": "+-++"},
            "At ORG exercises Ardenia and two others meet as before; Borland is not known to have met any since 2016.",
        ),
        ({"x-2016": "++++"}, "Ardenia and the three others train together as before."),
        (
            {"x-2016": "--++"},
            "At ORG exercises two members meet as before; Ardenia and Borland are not known to have met any since 2016.",
        ),
        ({"x-2016": "----"}, "No two members trained together at half of the exercises since 2016."),
        ({"x-2016": ".+++"}, "Ardenia was expected at no exercise since 2016."),
        ({"x-2016": "?+++"}, "Whether Ardenia met another member at an exercise since 2016 is not known."),
    ],
)
def test_the_answer_says_what_the_focal_state_did(marks, expected):
    assert headline(BEFORE | marks) == expected


def test_one_that_comes_late_or_returns_is_not_said_to_train_as_before():
    came = {f"x-{year}": "++++" for year in (2016, 2017)}
    late = text.describe_ties(record_of({"x-2010": ".+++"} | came))
    assert late.headline == "Ardenia and the three others train together."
    assert "Nothing is known of Ardenia with any of them in 2010–15." in late.detail
    back = text.describe_ties(record_of({"x-2010": "-+++", "x-2011": "-+++"} | came))
    assert back.headline == "Ardenia and the three others train together."
    assert "In 2010–15 Ardenia came with them to none of the exercises." in back.detail


def test_one_that_never_came_is_so_described():
    never = text.describe_ties(record_of({"x-2010": "-+++", "x-2016": "-+++"}))
    assert "In 2010–15 Ardenia came with them to none of the exercises, as now." in never.detail


def test_one_that_was_never_expected_reads_of_the_others():
    other = text.describe_ties(record_of({"x-2010": ".+++", "x-2016": ".++-"}))
    assert other.headline == "Ardenia was expected at none of the exercises of this record."
    assert "Dunmark is not known to have met any since 2016." in other.detail


def test_the_closest_and_the_least_close_pair_are_named():
    record = record_of(BEFORE | {"x-2016": "++++", "x-2017": "+++-", "x-2018": "++-+"})
    said = text.describe_ties(record).detail
    assert "pairs met at one of three exercises (Costa and Dunmark) to all three (Ardenia and Borland)." in said


def test_open_cases_weaken_the_answer_in_its_own_paragraph():
    record = record_of(BEFORE | {"x-2016": "-+++", "x-2017": "?+++", "x-2018": "-?++"})
    said, doubt = text.describe_ties(record).detail, text.describe_ties(record).doubt
    assert "About a tenth of the others' cases since 2016 are open." in said
    assert "Even if all open cases went against this, no pair" in doubt
    assert "no pair of the three would fall below 67%, and Ardenia would have met each at most once." in doubt


def test_the_least_firm_answer_is_called_so_where_many_cases_of_the_others_alone_are_open():
    least = "This is the least firm of the answers: about"
    open_ = BEFORE | {"x-2016": "-+++", "x-2017": "-??+"}
    assert f"{least} a third of the others' cases since 2016 are open." in text.describe_ties(record_of(open_)).detail
    own = BEFORE | {"x-2016": "-+++", "x-2017": "???+"}
    said = text.describe_ties(record_of(own)).detail
    assert "About a third of the others' cases since 2016 are open." in said and least not in said
    assert "open" not in text.describe_ties(record_of(BEFORE | {"x-2016": "-+++"})).text


def test_counting_joint_exercises_once_is_compared():
    marks = BEFORE | {f"{part}-2016": "-+++" for part in "abc"}
    parts = {f"{part}-2016": "joint-2016" for part in "abc"}
    same = text.describe_ties(record_of(marks, parts=parts)).doubt
    assert same == ""
    marks |= {"d-2016": "+" * 4}
    turned = text.describe_ties(record_of(marks, parts=parts | {"d-2016": "other-2016"})).doubt
    assert "it reads: Ardenia and the three others train together" in turned


def test_what_is_firm_leads_and_what_is_open_follows_in_what_readme_prints():
    marks = BEFORE | {"a-2016": "-+?+", "b-2016": "-?++", "x-2017": "-+++"}
    parts = {"a-2016": "joint-2016", "b-2016": "joint-2016"}
    said = text.describe_ties(record_of(marks, parts=parts)).detail
    once = "Joint exercises counted once, every pair of the three met at both exercises at which both were expected."
    assert said.startswith(f"{once} Part by part, where sources are clear, any two of them came together to every")
    assert said.index("of the others' cases since 2016 are open.") < said.index("In 2010–15 Ardenia came")
    away = text.describe_ties(record_of(marks | {"b-2016": "--++"}, parts=parts)).detail
    assert "at which both were expected. Part by part" in away
    counted_once = text.describe_ties(record_of(BEFORE | {"x-2017": "-+++"})).detail
    assert counted_once.startswith("Every pair of the three met at the one exercise at which both were expected.")
    assert "Joint" not in text.describe_ties(record_of(marks | {"x-2017": "-++?"}, parts=parts)).detail


def test_with_nothing_known_the_findings_say_so():
    record = record_of({"x-2016": "????"})
    assert text.describe_ties(record).headline == "Of no two members is it known whether they trained together."
    assert text_network.describe_network(record).headline == "No member is known to have come to an exercise."
    assert text_visits.describe_visits(record).headline.startswith("No visit")
    assert text_blocs.describe_blocs(record).headline == "Too little is known of attendance to look for blocs."
    assert "four cases of 4" in text_network.describe_open_cases(record).headline


def test_links_that_are_missing_are_counted():
    finding = text_network.describe_network(record_of({"x-2016": "-++", "x-2017": "-+?"}))
    assert finding.headline == "The network joins two members and two exercises by 3 attendances."
    away = "A member is known to have stayed away in"
    assert finding.detail == f"{away} two cases, in all of them Ardenia; sources leave one more open."
    for marks, said in (
        ("+-+", "one case, not Ardenia"),
        ("-++", "one case, Ardenia"),
        ("--+", "two cases, in one of them Ardenia"),
        ("+--", "two cases, in none of them Ardenia"),
    ):
        assert (
            text_network.describe_network(record_of({"x-2016": marks})).detail
            == f"{away} {said}; sources leave none open."
        )


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ({"x-2016": "-++", "y-2016": "-++"}, "Ardenia was expected at two exercises in 2016 and came to none; no other missed any"),
        ({"x-2016": "++-", "y-2016": "+++"}, "Ardenia was expected at two exercises in 2016 and came to all; only Costa missed any"),
        ({"x-2016": "+--"}, "Ardenia was expected at one exercise in 2016 and came; two others missed some"),
        ({"x-2016": ".++"}, "Ardenia was not expected at the one exercise of 2016; no other missed any"),
        ({"x-2016": "?++"}, "Ardenia was expected at one exercise in 2016 and may have come or not; no other missed any"),
    ],
)  # fmt: skip
def test_the_last_year_in_words(marks, expected):
    assert text_network.word_last_year(record_of(marks)) == expected


def test_visits_read_right_for_one_that_stopped_and_one_that_never_went():
    hosts = {"x-2011": ("BBB",), "x-2016": ("CCC",)}
    stopped = record_of({"x-2011": "++++", "x-2016": "-+++"}, hosts=hosts)
    assert text_visits.describe_visits(stopped).headline == (
        "Ardenia last visited another member at an exercise in September 2011 and is not known to have received one."
    )
    both = record_of({"x-2011": "++++", "y-2012": "++++", "x-2016": "-+++"}, hosts=hosts | {"y-2012": ("AAA",)})
    assert text_visits.describe_visits(both).headline == (
        "Ardenia last visited another member at an exercise in September 2011 and last received one in September 2012."
    )
    assert text_figures.around_visits(stopped)["title"] == (
        "Ardenia paid one visit and received none before 2016, and none of either since"
    )
    never = record_of({"x-2011": "-+++", "x-2016": "-+++"}, hosts=hosts)
    assert "is not known to have visited a member at the" in text_visits.describe_visits(never).headline


def test_a_host_whose_guests_are_not_known_is_said_to_have_hosted():
    hosts = {"x-2011": ("AAA",), "x-2013": ("AAA",), "x-2016": ("BBB",)}
    for last, said in (
        ("+???", "Ardenia hosted again in September 2013, but which others came is not clear."),
        ("+---", "Ardenia hosted again in September 2013, and no other member that was expected came."),
        ("++++", "most visits went to"),
    ):
        record = record_of({"x-2011": "++++", "x-2013": last, "x-2016": "-++?"}, hosts=hosts)
        detail = text_visits.describe_visits(record).detail
        assert said in detail and ("hosted again" in detail) == ("hosted" in said)
    assert "returned" not in detail


def test_open_cases_are_named_if_few_and_counted_if_many():
    few = text_network.describe_open_cases(record_of({"x-2016": "?+?", "y-2016": "?++"}))
    assert few.detail == "They are Ardenia and Costa at X-2016; Ardenia at Y-2016."
    many = text_network.describe_open_cases(record_of({f"x{n}-2016": "?++" for n in range(7)}))
    assert many.detail == "They are seven of Ardenia."


def test_lists_that_cover_several_exercises_are_named_as_the_reason():
    record = record_of({"x-2016": "??+", "y-2016": "?++"})
    record.data["reports"] = record.data["reports"].assign(exercise_id="x-2016", list_covers="several")
    doubt = text_network.describe_open_cases(record).doubt
    assert (
        doubt == "For two of them a list of participants covers several exercises. Their ties rest on fewer exercises."
    )


def test_blocs_can_show_only_where_members_stay_away():
    full = text_blocs.describe_blocs(record_of({"x-2016": "-+++", "x-2017": "-+++"}))
    assert (
        full.headline == "Apart from Ardenia, nearly everyone came to nearly everything, so the data cannot show blocs."
    )
    assert (full.k, full.n) == (2, 2)
    gaps = {f"x{n}-2016": marks for n, marks in enumerate(["++++", "++--", "--++", "++++", "++++"])}
    assert "for blocs to show" in text_blocs.describe_blocs(record_of(gaps)).headline


def test_names_of_the_data_are_escaped():
    record = record_of(BEFORE | {"x-2016": "-+++"})
    record.data["countries"]["name"] = ["A*b<c>", *list(NAMES.values())[1:]]
    assert (
        "A\\*b\\&lt;c\\&gt;" in text.describe_ties(record).headline
        or "A\\*b&lt;c&gt;" in text.describe_ties(record).headline
    )
    assert text_figures.around_ties(record)["title"].endswith("A*b<c> is not known to have met any since 2016")


def test_the_period_with_most_room_is_tested_for_blocs():
    table = pd.DataFrame(np.random.default_rng(1).random((4, 40)) < 0.5, dtype=float)
    tests = null_models.pair_tests(table, chains=50)
    still = tests.assign(null_sd=0.0)
    record = record_of(BEFORE | {"x-2016": "++++"})
    for room, when in (
        ({0: tests, 1: still}, "in 2010–15"),
        ({0: still, 1: tests}, "since 2016"),
        ({0: tests, 1: tests}, "since 2016"),
    ):
        finding = text_blocs.describe_room(record, dict(zip(record.periods, room.values(), strict=True)), 50)
        assert when in finding.headline and finding.n == 6 and not faults_of(finding), finding.text
        alone = any(one is still for one in room.values())
        assert finding.detail.startswith("No other period leaves as many pairs room.") == (
            alone and len(record.periods) > 1
        )
    none = text_blocs.describe_room(record, dict.fromkeys(record.periods, still), 50)
    assert none.headline.startswith("In no period") and not faults_of(none), none.text


def test_effort_is_said_where_others_attendance_is_compared():
    record = record_of(BEFORE | {"x-2016": "-+++"})
    record.data["search_log"] = pd.DataFrame(
        {"query": ["Ardenia refused"] * 12 + ["Costa absent"] * 4 + ["Borland drill"]}
    )
    said = "Refusals by Ardenia were asked after in 12 look-ups, by any other in at most four, so others' absences may have been missed."
    assert text.describe_ties(record).doubt.endswith(said)
    record.data["search_log"] = pd.DataFrame({"query": ["Ardenia refused"] * 5 + ["Costa absent"] * 4})
    assert "look-ups" not in text.describe_ties(record).doubt
    record.data["search_log"] = pd.DataFrame({"query": ["Ardenia refused"] * 5 + ["Costa drill"]})
    assert "in five look-ups, by any other in none, so" in text.describe_ties(record).doubt


def test_where_no_absence_can_show_full_ties_are_no_finding():
    record = record_of(BEFORE | {"x-2016": "++?+"})
    record.data["reports"] = record.data["reports"].assign(participants_scope="partial")
    assert text.describe_ties(record).doubt.endswith("No source says who stayed away, so every tie is full.")
    assert text_blocs.describe_blocs(record).text == "This record cannot show who stayed away, so it cannot show blocs."
    assert text_figures.around_change(record)["title"] == "Every tie is full, since no source says who stayed away"
    network = text_network.describe_network(record)
    assert network.detail == "No source or list says that a member stayed away; sources leave one open."


def test_years_that_are_over_have_an_end():
    record = record_of(BEFORE | {"x-2016": "-+++"})
    record.data["sources"] = pd.DataFrame({"published_on": ["2030-08"]})
    said = text.describe_ties(record).headline
    assert said == "At ORG exercises the other three met as before; Ardenia is not known to have met any in 2016–21."
    assert text_figures.around_ties(record)["footer"].endswith("Sources to August 2030.")
    hosted = record_of({"x-2011": "++++", "x-2016": "++++"}, hosts={"x-2011": ("BBB",), "x-2016": ("CCC",)})
    hosted.data["sources"] = record.data["sources"]
    assert list(text_visits.visits_by_period(hosted)) == ["Before 2016", "In 2016–21"]
    assert text_figures.around_visits(hosted)["title"] == "Ardenia paid one visit in 2016–21 and received none"


@pytest.mark.parametrize("focus", ["AAA", "BBB"])
def test_names_that_take_an_article_have_it(focus):
    record = record_of(BEFORE | {"x-2016": "-+-?", "x-2017": "++++"}, focus=focus)
    record.data["countries"]["name"] = ["United Ardenia", "Borland Islands", *list(NAMES.values())[2:]]
    for describe in FINDINGS:
        bare = describe(record).text
        for name in ("United Ardenia", "Borland Islands"):
            bare = bare.replace(f"the {name}", "").replace(f"The {name}", "")
        assert "Ardenia" not in bare and "Borland" not in bare and " the the " not in bare, bare
        assert describe(record).headline[0].isupper()


def test_a_figure_names_periods_as_the_sentences_do():
    record = record_of(BEFORE | {"x-2016": "-+++"})
    assert [span_of(record, period) for period in record.periods] == ["2010–15", "since 2016"]
