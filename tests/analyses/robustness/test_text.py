"""The findings and figures of robustness: house style for every member, and marks that are what was computed."""

import pandas as pd
import pytest

import helpers
from helpers.analyses.robustness import figures, sensitivity, text, text_methods, text_sensitivity, wording
from helpers.analyses.robustness.choices import build_grid, list_other_levels
from helpers.analyses.robustness.findings import QUESTIONS
from helpers.analyses.robustness.multiverse import explore, references
from helpers.analyses.robustness.reversals import FALLS, STANDS, UNCLEAR, find_reversals, judge
from helpers.derive.membership import BOUND, bound_spells
from helpers.display import table
from helpers.display.figures import figure_data
from helpers.display.house_style import faults_of
from helpers.display.style import NARROW, drawn_in
from helpers.loaders.tables import load

STATES = sorted({state for state, *_ in bound_spells(load())[BOUND]})


def computed(record):
    grid = build_grid(record)
    judged = judge(explore(record, grid), grid)
    planted = sensitivity.plant_errors(next(references(record, grid)), draws=40)
    ends = [sensitivity.count_errors_needed(planted, line) for line in (sensitivity.FIRM, sensitivity.EVEN)]
    return grid, judged, find_reversals(judged), planted, *ends


def said(record, grid, judged, found, needed, even, left):
    return [
        text.describe_answer(record, found),
        text.describe_open_cases(record, found),
        text.describe_reversal(record),
        *(text.say_reversal(record, one) for one in found),
        text_sensitivity.describe_errors(record, found, needed, even),
        text_sensitivity.describe_left_out(record, found, left),
        text_sensitivity.describe_reporting(record, sensitivity.compare_reporting(record)),
        text_methods.describe_combinations(judged, grid, found),
    ]


def faults(record, findings):
    return {one.text: wrong for one in findings if (wrong := faults_of(one, set(record.names)))}


@pytest.mark.parametrize("unit", ["component", "umbrella"])
@pytest.mark.parametrize("focus", STATES)
def test_findings_on_robustness_keep_the_house_style_for_every_member(focus, unit):
    record = helpers.open_record(focus=focus, unit=unit)
    grid, judged, found, _, needed, even = computed(record)
    left = sensitivity.leave_one_out(record) if unit == "umbrella" else pd.DataFrame(columns=["kind", "left_out"])
    assert faults(record, said(record, grid, judged, found, needed, even, left)) == {}


@pytest.mark.parametrize("since, until", [(2000, 2005), (2013, 2020), (2022, 2026)])
def test_findings_on_robustness_are_said_for_other_years(since, until):
    record = helpers.open_record(since=since, until=until)
    grid, judged, found, _, needed, even = computed(record)
    assert faults(record, said(record, grid, judged, found, needed, even, sensitivity.leave_one_out(record))) == {}


def test_every_finding_has_its_words():
    record = helpers.open_record()
    keys = {(name, answer) for name, question in QUESTIONS.items() for answer in question.findings}
    assert keys == set(wording.HEADS) == set(wording.name_findings(record)) == set(wording.name_lines(record))


def test_every_choice_can_stand_behind_if():
    said = [wording.say_condition(choice) for choice in list_other_levels(build_grid(helpers.open_record()))]
    assert len(set(said)) == len(said) and not any(one.startswith("the choice is") for one in said)
    assert {"TASS is left out", "joint exercises count once", "sources in conflict count as absence"} <= set(said)
    assert wording.say_condition(("since", "only from 2016 on")) == "only exercises from 2016 on count"


def test_no_member_that_kept_coming_is_asked_whether_it_stopped():
    for focus in ("BLR", "KAZ", "KGZ", "RUS", "TJK"):
        record = helpers.open_record(focus=focus)
        found = {one.question for one in find_reversals(judge(explore(record), build_grid(record)))}
        assert found == {"since", "promises"}


@pytest.fixture(scope="module")
def published():
    record = helpers.open_record()
    return record, *computed(record)


def test_squares_are_the_single_choices(published):
    record, grid, judged, found, *_ = published
    texts = text.caption_choices(found)
    figure = figures.plot_choices(found, judged, grid, record, **texts)
    bars = figure_data(figure).query("kind == 'bar'")["label"].value_counts().to_dict()
    single = judged[judged["changes"].map(len) <= 1]["standing"].value_counts().to_dict()
    assert bars == single and set(bars) <= {STANDS, FALLS, UNCLEAR}
    narrow = figure_data(figure.narrow())
    assert narrow.query("kind == 'bar'")["label"].value_counts().to_dict() == single


def test_bars_end_where_a_finding_is_in_doubt(published):
    record, _, _, found, _, needed, even = published
    texts = text_sensitivity.caption_errors(found, needed)
    figure = figures.plot_errors(found, needed, even, record, **texts)
    bars = figure_data(figure).query("kind == 'bar' and label == 'stands nearly always'")
    ends = sorted((needed[one.question] or sensitivity.MOST_ERRORS + 1) - 1 for one in found)
    assert sorted(bars["to_x"].astype(float)) == ends
    with drawn_in(NARROW):
        assert len(figure_data(figures.plot_errors(found, needed, even, record, **texts))) > len(bars)


def test_tables_can_be_read(published):
    record, grid, judged, found, planted, needed, _ = published
    left = sensitivity.leave_one_out(record)
    frames = [
        text.tabulate_reversals(record, found, needed),
        text_methods.tabulate_lines(record, found),
        text_methods.tabulate_levels(judged, grid, found),
        text_methods.tabulate_left_out(record, found, sensitivity.summarise_left_out(left)),
        text_methods.tabulate_influential(record, found, sensitivity.find_most_influential(left, 2)),
        text_methods.tabulate_errors(record, found, planted),
    ]
    for frame in frames:
        assert len(frame) and "nan" not in table(frame, rows=50).data
    levels = frames[2]
    assert len(levels) == sum(len(one) for one in grid.values())


def test_each_level_adds_up_to_the_whole(published):
    _, grid, judged, found, *_ = published
    levels = text_methods.tabulate_levels(judged, grid, found)
    head = wording.HEADS[found[0].question, found[0].answer]
    own = judged[(judged["question"] == found[0].question) & (judged["standing"] != UNCLEAR)]
    sources = levels[levels["choice"].isin(grid["sources"])][head]
    assert sum(int(cell.split(" of ")[1]) for cell in sources) == len(own)


def test_findings_that_read_other_columns_are_not_called_independent(published):
    record, _, _, found, *_ = published
    said = text.describe_answer(record, found)
    assert said.doubt.endswith("count as one; the other rests on other columns.") and "independent" not in said.doubt
    assert "At least one of these findings falls also under" in said.detail


def test_the_finding_on_the_break_is_about_the_exercise_and_not_the_day_of_the_change():
    claims = wording.name_findings(helpers.open_record())
    day = "is within a year after 13 September 2022"
    assert claims["break", 1] == f"The first exercise that Armenia missed after the change {day}"
    assert claims["break", 2] == f"The first exercise that Armenia came to after the change {day}"
    said = wording.say_fallen(helpers.open_record(), "pace", 1.0, 3)
    assert said == "Whether more or fewer exercises a year are held in 2022–25 than before cannot be said"


@pytest.mark.parametrize(
    "years_after, said",
    [
        (-0.1, "lies before"),
        (0, "no longer certain"),
        (1, "no longer certain"),
        (1.1, "lies more than a year after"),
    ],
)
def test_a_break_that_fell_lies_before_or_long_after_or_is_not_sure(years_after, said):
    assert said in wording.say_fallen(helpers.open_record(), "break", years_after, 99)
