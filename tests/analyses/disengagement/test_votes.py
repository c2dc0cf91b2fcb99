"""Votes: a change is one of the state's own votes, whatever the others do; and the sentence says both."""

from dataclasses import replace

import pandas as pd
import pytest
from scipy.stats import fisher_exact

import helpers
from helpers.analyses.disengagement import text_ways, votes, ways
from helpers.derive.codes import AWAY, CAME, UNCLEAR
from helpers.display.house_style import faults_of

ZERO = pd.Timestamp("2022-09-13")
OTHERS = ["BLR", "KAZ", "KGZ", "RUS", "TJK"]
SHORT = {"f": "for", "a": "against", "o": "abstained", "-": "did_not_vote"}


@pytest.fixture(scope="module")
def published():
    return helpers.open_record()


def voting(record, own, most, topic=""):
    """The record with a vote every half year since 2018, ten before day zero: those of the focus, and of the others."""
    days = [f"{2018 + at // 2}-{'03' if at % 2 == 0 else '08'}-01" for at in range(len(own))]
    rows = [
        {"vote_id": day, "day": day, "subject": "Text", "topic": topic, "iso3": state, "vote": SHORT[vote]}
        for day, mine, theirs in zip(days, own, most, strict=True)
        for state, vote in [(record.focus, mine), *((one, theirs) for one in OTHERS if one != record.focus)]
    ]
    return replace(record, data=record.data | {"votes": pd.DataFrame(rows)})


def said_of(record):
    return text_ways.describe_ways(record).text.partition("Before September 2022 ")[2]


def row_of(record):
    found = ways.find_breaks(ways.focal_marks(record), ways.focal_case(record)).set_index("way")
    return found.loc["votes"] if "votes" in found.index else None


@pytest.mark.parametrize(
    ("own", "most", "changed", "said"),
    [
        ("a" * 10 + "o" * 6, "a" * 10 + "o" * 6, True, "It sided with most other members in all ten, then in all six."),
        ("a" * 10 + "o" * 6, "a" * 16, True, "It sided with most other members in all ten, then in none of six."),
        ("a" * 16, "a" * 10 + "o" * 6, False, "since then against all six. It sided with most other members in all ten, then in none"),
        ("a" * 16, "a" * 16, False, "Before September 2022 Armenia voted against all ten UN resolutions, since then against all six."),
        ("a" * 15 + "o", "a" * 16, False, "against all ten UN resolutions, since then against five of six: no clear change."),
        ("a" * 9 + "o" + "a" * 4 + "oo", "a" * 16, False, "against nine of ten UN resolutions, since then against four of six: no clear change."),
        ("oofff" * 2 + "o" * 6, "a" * 16, True, "voted for six of ten UN resolutions, since then for none of six. The last such"),
        ("aaooffaoof" + "o" * 6, "a" * 16, None, "are too few, or of too many kinds, to show a change."),
        ("a" * 10 + "o-----", "a" * 16, False, "are too few, or of too many kinds, to show a change."),
        ("-" * 8 + "aa" + "o" * 6, "a" * 16, None, "are too few, or of too many kinds, to show a change."),
    ],
)  # fmt: skip
def test_votes_change_if_the_state_s_own_do(published, own, most, changed, said):
    record = voting(published, own, most)
    finding, row = text_ways.describe_ways(record), row_of(record)
    assert said in finding.text
    assert faults_of(finding) == []
    assert (row is None) if changed is None else bool(row["changed"]) == changed
    assert row is None or not row["broke"]  # to vote is no part in the organisation
    assert "UN resolutions" not in finding.headline


def test_votes_on_one_topic_name_it(published):
    record = voting(published, "a" * 10 + "o" * 6, "a" * 16, topic="whales")
    assert (
        "voted against all ten UN resolutions on whales, since then against none of six."
        in text_ways.describe_ways(record).text
    )


def test_a_change_of_votes_is_dated(published):
    """By the last usual one, be it before the day or after."""
    assert "The last such vote was in August 2022." in said_of(voting(published, "a" * 10 + "o" * 6, "a" * 16))
    assert "The last such vote was in August 2021." in said_of(voting(published, "a" * 8 + "o" * 8, "a" * 16))
    assert "The last such vote was in March 2023." in said_of(voting(published, "a" * 11 + "o" * 9, "a" * 20))


def test_the_test_of_a_change_is_fisher_s(published):
    for counts in [(9, 10, 2, 6), (9, 10, 0, 6), (3, 5, 7, 7), (6, 11, 1, 8)]:
        found = votes.Votes(*counts)
        k, n, j, m = counts
        assert found.changed == (fisher_exact([[k, n - k], [j, m - j]]).pvalue < votes.UNLIKELY)
    assert not votes.Votes(2, 2, 0, 100).changed


def test_a_vote_that_nobody_cast_is_on_neither_side(published):
    record = voting(published, "a" * 8 + "-" * 2 + "o" * 6, "a" * 16)
    table = votes.find_votes(record, "ARM", ZERO, pd.Timestamp("2018-01-01"), record.last_day)
    assert table["role"].tolist() == [CAME] * 8 + [UNCLEAR] * 2 + [AWAY] * 6
    assert votes.count_votes(table["role"], table["when"], ZERO) == votes.Votes(8, 8, 0, 6)


def test_the_published_votes_of_armenia_changed_and_those_of_russia_did_not(published):
    """Counted from the table itself: Armenia gave up its vote of before, Russia kept its own while the others left it."""
    case, table = ways.focal_case(published), published.data["votes"]
    for state, vote in (("ARM", "against"), ("RUS", "against")):
        record = published.rescoped(focus=state)
        own = table[(table["iso3"] == state) & (table["vote"] != "did_not_vote") & (table["day"] >= f"{case.first:%Y}")]
        since = own["day"] >= record.split
        found = row_of(record)
        assert (found["k_since"], found["n_since"]) == ((own["vote"] == vote)[since].sum(), since.sum())
        assert bool(found["changed"]) == (state == "ARM")
    assert said_of(published).startswith("Armenia voted against eight of ten UN resolutions on Ukraine, ")
    assert "The last such vote was in December 2021." in said_of(published)
    assert said_of(published.rescoped(focus="RUS")).startswith("Russia voted against all ")


def test_every_member_s_sentence_on_votes_counts_its_own_votes(published):
    for state in ["ARM", *OTHERS]:
        record = published.rescoped(focus=state)
        case = ways.focal_case(record)
        table = votes.find_votes(record, state, case.zero, case.first, case.last)
        cast = table[table["vote"] != "did_not_vote"]
        assert votes.find_usual(cast, case.zero) == cast.loc[cast["when"] < case.zero, "vote"].mode()[0]
        assert (cast["role"] != UNCLEAR).all()
