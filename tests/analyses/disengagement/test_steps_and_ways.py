"""Steps by quarter, turning points, and the ways of taking part."""

from dataclasses import replace

import pandas as pd
import pytest

import helpers
from helpers.analyses.disengagement import figures_ways, steps, text_steps, text_ways, ways
from helpers.derive.codes import AWAY, CAME, UNCLEAR
from helpers.display.figures import figure_data
from helpers.loaders import dates


@pytest.fixture(scope="module")
def published():
    return helpers.open_record()


def test_quarters_count_every_step_of_their_time_once(published):
    table, own, case = steps.by_quarter(published), steps.acts(published), ways.focal_case(published)
    inside = own[own["when"].between(case.first, case.last)]
    assert table["away"].sum() == (inside["direction"] == "disengage").sum()
    assert table["towards"].sum() == (inside["direction"] == "engage").sum()
    assert (table["duties"] <= table["towards"]).all()
    assert table["quarter"].is_unique
    assert not set(own["track"]) & {"statements_own", "statements_others", "realignment"}
    assert (own["rung"] >= 2).all()


def test_the_headline_names_the_years_that_it_counts(published):
    away = steps.by_year(published).loc[2022 : published.last_year, "away"]
    finding = text_steps.describe_steps(published)
    run = text_steps._densest(away)
    assert finding.headline.endswith(f"in {' and '.join(str(year) for year in run.index)}.")
    assert finding.detail.startswith(f"That is {run.sum()} of {away.sum()} since 2022. Fewer since are no return")
    ties = published.data["events"].query("track == 'realignment' and direction == 'disengage'")
    days = dates.bounds(ties["date"])
    when = days["earliest"] + (days["latest"] - days["earliest"]) / 2
    inside = ties[when.between(published.split, published.last_day) & (ties["rung"] >= steps.LOWER_LEVEL)]
    count = inside.loc[inside["subject"].isin(published.members), "subject"].value_counts()
    others = count.drop("ARM")
    said = f"Words and {count['ARM']} ties with others (next: {published.names[others.idxmax()]}, {others.max()}) do not count."
    assert said in finding.detail
    kazakh = text_steps.describe_steps(published.rescoped(focus="KAZ")).detail
    assert f"ties with others (Armenia, {count['ARM']}) do not count." in kazakh


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ([3, 16, 21, 8], "X took most of its steps away in 2023 and 2024. That is 37 of 48 since 2022."),
        ([15, 15, 15, 15], "X took 60 steps away inside the organisation, spread over 2022–25."),
        ([9, 1, 1, 1], "X took most of its steps away in 2022. That is nine of 12 since 2022."),
        ([0, 1, 0, 0], "X took one step away inside the organisation in 2023."),
        ([3, 0, 0, 0], "X took three steps away inside the organisation in 2022 and none since."),
        ([2], "X took two steps away inside the organisation in 2022."),
        ([2, 0], "X took two steps away inside the organisation in 2022 and none since."),
    ],
)
def test_the_headline_says_which_years_hold_most_steps_and_no_trend(counts, said):
    """The fewest years in a row with more than half, unless they are more than half of the years."""
    away = pd.Series(counts, index=range(2022, 2022 + len(counts)))
    assert f"{text_steps._headline('X', away, '2022–25')} {text_steps._share(away)}".strip() == said


def test_the_chair_was_held_when_its_duties_were_done(published):
    spells = steps.chair_spells(published)
    assert pd.Timestamp("2021-09-16") in [first for first, _ in spells]
    assert all(first < last for first, last in spells)


@pytest.mark.parametrize(
    ("days", "spells"),
    [
        (["2015-01-01", "2015-06-01", "2017-08-01"], [("2015-01-01", "2015-06-01")]),  # one day alone is no turn
        (["2015-01-01", "2015-06-01", "2016-05-01"], [("2015-01-01", "2016-05-01")]),
        (
            ["2015-01-01", "2015-06-01", "2018-01-01", "2018-06-01"],
            [("2015-01-01", "2015-06-01"), ("2018-01-01", "2018-06-01")],
        ),
        (["2015-01-01", "2015-03-31"], []),
        (["2015-01-01", "2015-04-01"], [("2015-01-01", "2015-04-01")]),
    ],
)
def test_duties_of_the_chair_more_than_two_years_apart_belong_to_two_turns(days, spells, published, monkeypatch):
    when = pd.to_datetime(days)
    table = pd.DataFrame({"chair": True, "earliest": when, "latest": when})
    monkeypatch.setattr(steps, "steps_of", lambda record: table)
    found = [tuple(f"{day:%Y-%m-%d}" for day in spell) for spell in steps.chair_spells(published)]
    assert found == spells


def test_turning_points_are_days_of_the_record(published):
    points = steps.turning_points(published)
    assert points["day"].is_monotonic_increasing
    assert pd.Timestamp(published.split) in set(points["day"])
    assert any(text.startswith("last exercise: ") for text in points["text"])
    faithful = steps.turning_points(published.rescoped(focus="KAZ"))
    assert faithful.empty  # what happened to another state is no step of this one
    posts = (
        ways.find_breaks(ways.focal_marks(published), ways.focal_case(published)).set_index("way").at["posts", "first"]
    )
    assert points.loc[points["text"].str.contains("post"), "day"].tolist() == [posts]


def test_a_way_breaks_if_nothing_follows_the_last_absence(published):
    case = ways.focal_case(published)
    marks = pd.DataFrame(
        [
            ("exercises", "2021-01-01", CAME),
            ("exercises", "2022-10-01", AWAY),
            ("meetings", "2022-10-01", AWAY),
            ("meetings", "2023-10-01", CAME),
            ("posts", "2020-01-01", AWAY),
            ("dues", "2023-12-31", UNCLEAR),
            ("votes", "2022-10-01", AWAY),
        ],
        columns=["way", "when", "role"],
    ).assign(when=lambda t: pd.to_datetime(t["when"]))
    found = ways.find_breaks(marks, case).set_index("way")
    assert found["broke"].to_dict() == {
        "exercises": True, "meetings": False, "posts": False, "votes": False,
    }  # fmt: skip
    assert found.at["exercises", "first"] == pd.Timestamp("2022-10-01")
    assert found.index[-1] == "votes"
    assert pd.isna(found.at["posts", "first"])  # an absence before day zero is no break


def test_an_absence_that_the_state_came_back_from_is_no_break(published):
    """It misses, returns and misses again: the way broke when it did not come back."""
    case = ways.focal_case(published)
    days = [("2022-10-01", AWAY), ("2023-10-01", CAME), ("2024-03-01", AWAY), ("2024-10-01", AWAY)]
    marks = pd.DataFrame([("meetings", pd.Timestamp(day), role) for day, role in days], columns=["way", "when", "role"])
    (found,) = ways.find_breaks(marks, case).to_dict("records")
    assert found["broke"]
    assert found["first"] == pd.Timestamp("2024-03-01")
    assert found["last"] == pd.Timestamp("2023-10-01")
    (found,) = ways.find_breaks(marks.head(2), case).to_dict("records")
    assert (found["broke"], found["first"]) == (False, pd.Timestamp("2022-10-01"))


def test_no_way_of_any_member_breaks_before_it_was_last_taken(published):
    for state in ("ARM", "BLR", "KAZ", "KGZ", "RUS", "TJK", "UZB"):
        record = published.rescoped(focus=state)
        found = ways.find_breaks(ways.focal_marks(record), ways.focal_case(record))
        broke = found[found["broke"] & found["last"].notna()]
        assert (broke["first"] > broke["last"]).all(), state


def test_the_order_of_uzbekistan_begins_with_what_it_did_not_take_up_again(published):
    said = text_ways.describe_ways(published.rescoped(focus="UZB")).headline
    assert said == "Uzbekistan broke off signatures first, then exercises, and meetings last."


def test_what_was_last_done_years_ago_does_not_go_on(published):
    record = published.rescoped(focus="KAZ")
    case = ways.focal_case(record)
    found = ways.find_breaks(ways.focal_marks(record), case)
    old = found[(found["last"] < case.last - pd.DateOffset(years=text_ways.GOES_ON)) & (found["way"] != "votes")]
    going, _, rest = text_ways.describe_ways(record).detail.partition(" go on.")
    assert len(old)
    for row in old.itertuples():
        assert row.way not in going
        assert f"{text_ways.LAST[row.way]} in {row.last:%B %Y}" in rest


def test_two_years_ago_is_lately_and_a_day_more_is_not(published):
    case = ways.focal_case(published)._replace(last=pd.Timestamp("2026-03-01"))
    taken = pd.DataFrame({"last": [pd.Timestamp("2024-03-01"), pd.Timestamp("2024-02-29")]})
    assert text_ways._is_recent(taken, case).tolist() == [True, False]


def test_of_a_member_whose_ways_all_broke_it_is_said_what_goes_on(published):
    words = ", while its membership goes on."
    assert words in text_ways.describe_ways(published).detail
    for state in ("KAZ", "UZB"):  # one whose ways go on, one that is no longer a member
        assert words not in text_ways.describe_ways(published.rescoped(focus=state)).detail


@pytest.mark.parametrize("state", ["ARM", "KAZ", "UZB"])
def test_the_figure_of_the_ways_names_its_day_and_explains_only_what_it_draws(published, state):
    record = published.rescoped(focus=state)
    words = text_ways.ways_texts(record)
    assert "Day 0: " in words["footer"]
    assert "vote" in words["footer"]
    record = replace(record, data={name: table for name, table in record.data.items() if name != "votes"})
    assert "vote" not in text_ways.ways_texts(record)["footer"]


def test_the_words_beside_a_way_name_months_and_the_vote(published):
    case = ways.focal_case(published)
    found = ways.find_breaks(ways.focal_marks(published), case).set_index("way", drop=False)
    vote = ways.find_usual_vote(published, case)
    said = {line.way: figures_ways.break_words(line, vote).replace("\u00a0", " ") for line in found.itertuples()}
    assert said["exercises"].startswith(f"stayed away since {found.at['exercises', 'first']:%b %Y}; last came ")
    votes = found.loc["votes"]
    before = f"{votes['k'] - votes['k_since']} of {votes['n'] - votes['n_since']}"
    assert said["votes"] == f"against in {before}, then in {votes['k_since']} of {votes['n_since']}"
    assert not any({"day", "again"} & set(words.split()) for words in said.values())


def test_votes_have_marks_of_their_own_in_the_figure(published):
    """To vote otherwise is no refusal of the organisation: no vote is drawn in the colours of the other ways."""
    marks = ways.focal_marks(published)
    figure = figures_ways.plot_ways(marks, published, **text_ways.ways_texts(published))
    for one in (figure, figure.narrow()):
        points = figure_data(one).query("kind == 'point'")
        is_vote = points["label"].isin({words for _, vote, *_, words in figures_ways.LOOKS if vote})
        drawn = points[~points["label"].eq("key")]
        assert is_vote[drawn.index].sum() == (marks["way"] == "votes").sum()
    assert len({(face, edge) for _, _, face, edge, _ in figures_ways.LOOKS}) == 5  # unclear looks alike everywhere


def test_ways_agree_with_attendance(published):
    marks = ways.focal_marks(published)
    own = published.of("ARM")
    own = own[own["start_earliest"] >= "2018-01-01"]
    assert (marks["way"] == "exercises").sum() == len(own)
    order = ways.find_breaks(marks, ways.focal_case(published))
    assert order[order["broke"]]["first"].is_monotonic_increasing
    assert order["way"].iloc[0] == "exercises"


def test_only_members_and_known_cases_have_ways(published):
    assert ways.focal_case(published.rescoped(focus="GEO")) is None
    assert ways.focal_marks(published.rescoped(focus="GEO")).empty
    uzbek = ways.focal_case(published.rescoped(focus="UZB"))
    assert uzbek.zero == pd.Timestamp("2008-12-01")
    faithful = published.rescoped(focus="KAZ")
    assert not ways.find_breaks(ways.focal_marks(faithful), ways.focal_case(faithful))["broke"].any()


def test_a_step_stands_aside_where_the_record_itself_covers_its_way_in_that_year(published, monkeypatch):
    """Attendance and hosting are marked from the register; a refusal to host is in no register, and stays."""
    rows = [
        ("hosting", "engage", 2021),  # the register has what was hosted in 2021
        ("hosting", "disengage", 2021),
        ("hosting", "engage", 2010),
        ("meetings", "disengage", 2021),
        ("posts", "engage", 2021),
    ]
    days = [pd.Timestamp(f"{year}-05-01") for *_, year in rows]
    table = pd.DataFrame(rows, columns=["track", "direction", "year"]).assign(earliest=days, latest=days, when=days)
    table = table.assign(rung=3, chair=False, what="Words.", event_id=[f"e{at}" for at in range(len(rows))])
    monkeypatch.setattr(ways, "steps_of", lambda record, state: table)
    found = ways._of_steps(published, "ARM", {("hosting", 2021), ("meetings", 2021), ("posts", 2021)})
    assert list(zip(found["way"], found["role"], strict=True)) == [
        ("hosting", AWAY),
        ("hosting", CAME),
        ("posts", CAME),
    ]


@pytest.mark.parametrize(
    "ways_broken, said",
    [
        (["posts"], "Armenia broke off posts in January 2023."),
        (["posts", "dues"], "Armenia broke off posts first and dues last."),
        (["posts", "dues", "law"], "Armenia broke off posts first, then dues, and law last."),
    ],
)
def test_one_two_or_three_ways_that_broke_are_told_in_order(published, monkeypatch, ways_broken, said):
    days = [pd.Timestamp(2023 + at, 1, 5) for at in range(len(ways_broken))]
    breaks = pd.DataFrame({"way": ways_broken, "broke": True, "first": days, "last": days})
    monkeypatch.setattr(text_ways, "find_breaks", lambda marks, case: breaks)
    monkeypatch.setattr(text_ways, "_way", lambda way: way)
    assert text_ways.describe_ways(published).headline == said
