"""What sources may have missed: capture and recapture, and years compared with like years."""

from math import comb

import numpy as np
import pandas as pd
import pytest
from support import MEMBERS, exercise, frames, report
from universes import SPLIT, small_record

from helpers.analyses.disengagement import measures as disengagement
from helpers.analyses.network import graph as network
from helpers.analyses.robustness import media_selection
from helpers.derive.attendance import derive_attendance
from helpers.derive.register import derive_register
from helpers.derive.scope import held_cells, select

SIX = ";".join(MEMBERS)


@pytest.fixture(scope="module")
def small():
    return small_record()


@pytest.mark.parametrize(("first", "second"), [(12, 15), (20, 10), (11, 9)])
def test_chapman_is_unbiased_when_the_lists_cover_all(first, second):
    """Chapman's estimate has the true number as its mean if the two lists together are as long (hypergeometric overlap)."""
    total = 20
    chance = {m: comb(first, m) * comb(total - first, second - m) / comb(total, second) for m in range(max(0, first + second - total), min(first, second) + 1)}  # fmt: skip
    assert sum(p * media_selection.chapman(first, second, m)[0] for m, p in chance.items()) == pytest.approx(total)


def test_chapman_closed_form():
    """A textbook pair of samples: 200 marked, 150 caught, 30 of them marked."""
    estimate, low, high = media_selection.chapman(200, 150, 30)
    assert estimate == pytest.approx(201 * 151 / 31 - 1)
    variance = 201 * 151 * 170 * 120 / (31**2 * 32)
    unseen = estimate - 320
    spread = np.exp(1.959964 * np.sqrt(np.log(1 + variance / unseen**2)))
    assert (low, high) == (pytest.approx(320 + unseen / spread), pytest.approx(320 + unseen * spread))


def test_the_interval_of_chapman_covers():
    rng = np.random.default_rng(5)
    caught = rng.random((2, 3000, 60)) < np.array([0.6, 0.5])[:, None, None]
    found = [
        media_selection.chapman(int(a.sum()), int(b.sum()), int((a & b).sum())) for a, b in zip(*caught, strict=True)
    ]
    covered = np.mean([low <= 60 <= high for _, low, high in found])
    assert 0.92 < covered < 0.99


def test_where_one_list_holds_the_other_there_is_no_interval():
    estimate, low, high = media_selection.chapman(8, 5, 5)
    assert estimate == 8 and np.isnan(low) and np.isnan(high)


def test_a_family_is_on_one_list(small):
    register = derive_register(small)
    lists = media_selection.two_lists(small, register, "ru").set_index("exercise_id")
    assert lists.loc["interaction-2018", ["first", "second"]].tolist() == [True, True]
    assert lists.loc["rubezh-2024", ["first", "second"]].tolist() == [False, True]
    assert lists.loc["barrier-2024", ["first", "second"]].tolist() == [True, False]
    table = media_selection.recapture(lists.reset_index(), {"2015-2021": (2015, 2021), "1990-1999": (1990, 1999)})
    assert table["period"].tolist() == ["2015-2021"]
    assert table.loc[0, ["first", "second", "both", "seen"]].tolist() == [7, 7, 7, 7]


def test_a_family_in_two_languages_is_on_the_first_list():
    sources = [
        {"source_id": name, "outlet": name, "kind": "press", "title": name, "url": f"https://example.org/{name}"}
        | {"published_on": "2030-01-01", "lang": lang, "origin_id": "one", "original_seen": "true"}
        for name, lang in [("russian", "ru"), ("english", "en")]
    ]
    told = [report("interaction-2020", at, name, participants=SIX, start="2020") for at, name in enumerate(["russian", "english"])]  # fmt: skip
    data = frames([exercise("interaction-2020")], told, sources=sources, memberships=[], forces=[])
    register = pd.DataFrame({"exercise_id": ["interaction-2020"], "year": [2020], "status": ["held"]})
    assert media_selection.two_lists(data, register, "ru")[["first", "second"]].to_numpy().tolist() == [[True, False]]


def test_recapture_reconciles_with_the_register(data, record):
    register, _ = select(*record, since=2000, until=2026, classes=["exercise"], unit="component", grade="C")
    table = media_selection.recapture(
        media_selection.two_lists(data, register, "ru"), network.spans(data["periods"], 2000, 2026)
    )
    assert table["seen"].sum() == (register["status"] == "held").sum()
    assert (table["estimate"] >= table["seen"] - 1e-9).all()


def test_reports_are_compared_between_like_exercises(data, record):
    register, cells = select(*record, since=2000, until=2026, classes=["exercise"], unit="component", grade="C")
    held = held_cells(cells, register)
    table = media_selection.like_for_like(held, "ARM", SPLIT)
    whole = disengagement.attendance_rates(disengagement.with_window(held[held["iso3"] == "ARM"], SPLIT), ["window"])
    own = table[table["cells"] == "all cells"]
    assert own[["attended", "known"]].to_numpy().tolist() == whole[["attended", "known"]].to_numpy().tolist()
    strata = table[table["cells"].astype(str).str.startswith("cells with")]
    assert strata["known"].sum() == own["known"].sum()


def test_like_years_lie_in_the_span_of_both_windows():
    own = pd.DataFrame(
        {
            "window": ["before"] * 3 + ["since"] * 3,
            "year": [2019, 2020, 2021, 2022, 2023, 2024],
            "families": [1, 3, 4, 2, 3, 9],
        }
    )
    assert media_selection.like_years(own) == [2020, 2021, 2022, 2023]
    assert media_selection.like_years(own[own["window"] == "before"]) == []


def test_years_are_told_as_means(small):
    register = derive_register(small)
    cells = derive_attendance(small, register)
    scope = dict(since=2015, until=2025, classes=["exercise"], unit="component", grade="C")
    register, own = select(register, cells, **scope)
    table = media_selection.by_year(register, held_cells(own, register)).set_index("year")
    assert table.at[2018, "reports"] == 3 and table.at[2024, "exercises"] == 3
    assert table.at[2015, "settled"] == 1
    assert table.at[2016, "settled"] == pytest.approx(5 / 6)


def test_a_day_stands_where_its_year_is_drawn():
    assert media_selection.as_year("2022-01-01") == pytest.approx(2021.5, abs=0.01)
    assert media_selection.as_year("2022-12-31") == pytest.approx(2022.5, abs=0.01)
