"""Sources of before the year that a row tells of, or of long after it, are noticed."""

import pandas as pd
import pytest

from helpers.loaders.rules_times import TOLD, find_untimely, plan_year

PUBLISHED = {"of-2019": "2019-05-01", "of-2021": "2021", "of-2022": "2022-01-02", "of-2024": "2024-09", "undated": ""}


def tables(name, told, cited):
    rows = {other: pd.DataFrame(columns=[column, "source_ids"]) for other, column in TOLD.items()}
    rows[name] = pd.DataFrame({TOLD[name]: [told], "source_ids": [cited]}, index=[2])
    return rows | {"sources": pd.DataFrame({"source_id": list(PUBLISHED), "published_on": list(PUBLISHED.values())})}


@pytest.mark.parametrize(
    ("name", "told", "cited", "said"),
    [
        ("representation", "joint-session-2021", "of-2021", None),
        ("representation", "joint-session-2021", "of-2022", None),
        ("representation", "joint-session-2021", "of-2024", "are of 2024, and the row tells of 2021"),
        ("representation", "joint-session-2021", "of-2019", "are of 2019, and the row tells of 2021"),
        ("representation", "joint-session-2021", "of-2019;of-2024", None),
        ("dues", "2021-12-31", "of-2022", None),
        ("dues", "2020-12-31", "of-2022", "are of 2022, and the row tells of 2020"),
        ("dues", "2020?", "of-2022", None),
        ("programmes", "", "of-2022", None),
        ("polls", "2022-02", "of-2021", "are of 2021, and the row tells of 2022"),
        ("polls", "2022-02", "undated", None),
    ],
)
def test_sources_are_of_the_time_that_a_row_tells_of(name, told, cited, said):
    expected = [] if said is None else [(name, 2, "source_ids", cited, said)]
    assert list(find_untimely(tables(name, told, cited))) == expected


def test_the_plan_year_stands_in_the_key():
    assert (plan_year("search-2018-2"), plan_year("cobalt-2022"), plan_year("joint")) == (2018, 2022, 0)
