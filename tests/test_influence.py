from math import comb

import numpy as np
import pandas as pd
import pytest
from conftest import MEMBERS, exercise, frames, report
from test_multiverse import FIVE, SPLIT, STOPPED, grid_of, small_record, universe_of

from helpers.analyses.disengagement import measures as disengagement
from helpers.analyses.network import graph as network
from helpers.analyses.robustness import media_selection as media
from helpers.analyses.robustness import multiverse
from helpers.analyses.robustness import sensitivity as influence
from helpers.analyses.robustness import summary as verdicts
from helpers.analyses.robustness.findings import HEADLINES
from helpers.derive.attendance import derive_attendance
from helpers.derive.register import derive_register
from helpers.derive.scope import held_cells, select

SIX = ";".join(MEMBERS)


@pytest.fixture(scope="module")
def small():
    return small_record()


@pytest.fixture(scope="module")
def left(small):
    return influence.leave_one_out(small, *grid_of(small))


def test_everything_is_left_out_once(small, left):
    grid, setting = grid_of(small)
    base = next(multiverse.references(small, grid, setting, {"": frozenset()}))
    counts = left[left["headline"] == "late"].groupby("kind").size()
    assert counts.to_dict() == {
        "exercise": len(base.ids),
        "family": 4,
        "outlet": 4,
        "umbrella": 1,
        "year": len(set(base.year)),
    }
    assert len(left) == counts.sum() * len(HEADLINES)


def test_leaving_out_an_edition_is_the_record_without_it(small, left):
    fewer = small["exercises"][small["exercises"]["exercise_id"] != "interaction-2023"]
    reports = small["reports"][small["reports"]["exercise_id"] != "interaction-2023"]
    data = small | {"exercises": fewer, "reports": reports}
    grid, setting = grid_of(data)
    base = next(multiverse.references(data, grid, setting, {"": frozenset()}))
    own = left[left["left_out"] == "interaction-2023"].set_index("headline")
    for name, headline in HEADLINES.items():
        assert own.at[name, "value"] == pytest.approx(headline.measure(base)[0], nan_ok=True)
    assert own.at["late", "lost"] == 1


def test_the_one_source_that_a_finding_hangs_on_is_found():
    years = range(2013, 2026)
    editions = [exercise(f"interaction-{year}") for year in years]
    told = [
        report(f"interaction-{year}", 1, "press", participants=SIX if year < 2022 else FIVE, start=f"{year}-10-01")
        for year in years
        if year not in (2022, 2023)
    ]
    told += [
        report(f"interaction-{year}", 1, "wire", participants=FIVE, start=f"{year}-10-01") for year in (2022, 2023)
    ]
    data = frames(editions, told)
    left = influence.leave_one_out(data, *grid_of(data, since=2013))
    late = left[left["headline"] == "late"]
    assert set(late.loc[late["turned"] & late["kind"].isin(["family", "outlet"]), "left_out"]) == {"press", "wire"}
    wire = late[late["left_out"] == "wire"].iloc[0]
    assert np.isnan(wire["value"]) and wire["lost"] == 2  # two of four cells are left: too few to tell
    top = influence.most_influential(left, 2)
    assert top[top["headline"] == "late"].iloc[0]["turned"]
    moved = verdicts.table(
        *_explored(data), left, influence.planted(STOPPED, draws=2), influence.placebos(STOPPED)
    ).set_index("headline")
    assert ("outlet", "wire") in moved.at["late", "left_flips"]
    assert moved.at["late", "placebos"][0] == 0 and moved.at["late", "placebos"][1] > 0


def test_what_moves_nothing_is_not_among_the_influential(left):
    top = influence.most_influential(left, len(left))
    assert len(top) and ((top["shift"].abs() > 0) | (top["lost"] > 0) | top["turned"]).all()
    still = left["shift"].eq(0) & left["lost"].eq(0) & left["kind"].isin(["family", "outlet", "exercise"])
    assert still.any()


def _explored(data):
    grid, setting = grid_of(data, since=2013)
    return multiverse.explore(data, multiverse.equivalent(grid), setting), grid


def test_publications_behind_a_row_are_its_own(small, left):
    cells = derive_attendance(small, derive_register(small))
    rows = left[(left["headline"] == "late") & left["left_out"].isin(["interaction-2023", "wire"])]
    rows = rows.drop_duplicates("kind")
    found = dict(
        zip(
            rows["kind"],
            influence.publications_behind(rows, small, cells, "ARM"),
            strict=True,
        )
    )
    assert set(found["exercise"]) == {"press", "wire"}
    assert found["family"] == found["outlet"] == ("wire",)


def test_spread_takes_the_ends(left):
    table = influence.spread(left).set_index(["headline", "kind"])
    own = left[(left["headline"] == "fall") & (left["kind"] == "year")]
    row = table.loc["fall", "year"]
    assert (row["n"], row["low"], row["high"]) == (len(own), own["value"].min(), own["value"].max())
    assert row["turned"] == own["turned"].sum()


def test_planted_errors_break_a_finding_where_they_must():
    """One member, ten known cells since the split: a tenth turned over is one in ten, and no longer fewer than that."""
    alone = universe_of([[np.nan]] * 6 + [[0]] * 10)
    table = influence.planted(alone, shares=(0.05, 0.10, 0.2), draws=40, headlines={"late": HEADLINES["late"]})
    assert table["cells"].tolist() == [1, 1, 2]
    assert table["stands"].tolist() == [0, 0, 0]
    wide = universe_of([[np.nan]] * 6 + [[0]] * 20)
    table = influence.planted(wide, shares=(0.05, 0.10), draws=40, headlines={"late": HEADLINES["late"]})
    assert table["cells"].tolist() == [1, 2]
    assert table["stands"].tolist() == [1, 0]


def test_planted_errors_follow_the_hypergeometric_law():
    """Two of forty cells turned: the finding on ten of them falls if one at least is among these ten."""
    universe = universe_of([[1]] * 30 + [[0]] * 10, split=np.datetime64("2042-01-01"), last_year=2000)
    table = influence.planted(universe, shares=(0.05,), draws=4000, headlines={"late": HEADLINES["late"]})
    expected = comb(30, 2) / comb(40, 2)
    assert table["stands"][0] == pytest.approx(expected, abs=4 * np.sqrt(expected * (1 - expected) / 4000))


def test_planted_errors_are_the_same_each_time():
    first, again = (influence.planted(STOPPED, draws=30) for _ in range(2))
    pd.testing.assert_frame_equal(first, again)
    assert not first["stands"].equals(influence.planted(STOPPED, draws=30, seed=7)["stands"])


def test_errors_borne_end_with_the_first_loss():
    table = pd.DataFrame(
        [
            ("a", 0.01, 1.0),
            ("a", 0.02, 0.9),
            ("a", 0.05, 0.99),
            ("b", 0.01, 0.2),
            ("b", 0.02, 0.2),
            ("b", 0.05, 0.1),
            ("c", 0.01, 1.0),
            ("c", 0.02, 1.0),
            ("c", 0.05, 0.95),
        ],
        columns=["headline", "share", "stands"],
    )
    assert verdicts.borne(table).to_dict() == {"a": 0.01, "b": 0.0, "c": 0.05}


def test_placebos_find_nothing_where_nothing_happened():
    table = influence.placebos(STOPPED)
    assert set(table["placebo"]) == {"another member", "another day", "another turn", "not announced"}
    changes = table[table["headline"].isin(["late", "fall", "turning"])]
    assert changes["value"].notna().any() and not changes["holds"].any()
    assert set(table.loc[table["placebo"] == "another member", "case"]) == {"BLR", "KAZ"}
    told = verdicts.where_nothing_happened(table)
    assert (told["told"] + told["untold"]).sum() == len(table)


def test_a_placebo_that_is_none_comes_out():
    """Another member that stopped too, and one that stopped earlier: the tests must see both."""
    values = np.array([[1, 1, 1]] * 8 + [[0, 0, 1]] * 8)
    table = influence.placebos(universe_of(values, split=np.datetime64("2020-01-01"), turn=2020))
    member = table[(table["placebo"] == "another member") & (table["case"] == "BLR")].set_index("headline")
    assert member.loc[["late", "fall", "turning"], "holds"].all()
    values[4:, 2] = 0
    table = influence.placebos(universe_of(values, split=np.datetime64("2020-01-01"), turn=2020))
    day = table[(table["placebo"] == "another day") & (table["case"] == "KAZ 2016-01-01")].set_index("headline")
    assert day.loc[["late", "fall"], "holds"].all()


def test_the_day_itself_is_no_part_of_the_quiet_years():
    """An absence on the very day belongs to what followed it: no placebo before may see it."""
    values = np.array([[1, 1, 1]] * 8 + [[0, 1, 1]] * 4)
    table = influence.placebos(universe_of(values, split=np.datetime64("2020-10-01"), turn=2020))
    day = table[(table["placebo"] == "another day") & table["case"].str.startswith("ARM")]
    assert (day.loc[day["headline"] == "late", "value"].dropna() == 1).all()


@pytest.mark.parametrize(("first", "second"), [(12, 15), (20, 10), (11, 9)])
def test_chapman_is_unbiased_when_the_lists_cover_all(first, second):
    """Chapman's estimate has the true number as its mean if the two lists together are as long (hypergeometric overlap)."""
    total = 20
    chance = {m: comb(first, m) * comb(total - first, second - m) / comb(total, second) for m in range(max(0, first + second - total), min(first, second) + 1)}  # fmt: skip
    assert sum(p * media.chapman(first, second, m)[0] for m, p in chance.items()) == pytest.approx(total)


def test_chapman_closed_form():
    """A textbook pair of samples: 200 marked, 150 caught, 30 of them marked."""
    estimate, low, high = media.chapman(200, 150, 30)
    assert estimate == pytest.approx(201 * 151 / 31 - 1)
    variance = 201 * 151 * 170 * 120 / (31**2 * 32)
    unseen = estimate - 320
    spread = np.exp(1.959964 * np.sqrt(np.log(1 + variance / unseen**2)))
    assert (low, high) == (pytest.approx(320 + unseen / spread), pytest.approx(320 + unseen * spread))


def test_the_interval_of_chapman_covers():
    rng = np.random.default_rng(5)
    caught = rng.random((2, 3000, 60)) < np.array([0.6, 0.5])[:, None, None]
    found = [media.chapman(int(a.sum()), int(b.sum()), int((a & b).sum())) for a, b in zip(*caught, strict=True)]
    covered = np.mean([low <= 60 <= high for _, low, high in found])
    assert 0.92 < covered < 0.99


def test_where_one_list_holds_the_other_there_is_no_interval():
    estimate, low, high = media.chapman(8, 5, 5)
    assert estimate == 8 and np.isnan(low) and np.isnan(high)


def test_a_family_is_on_one_list(small):
    register = derive_register(small)
    lists = media.two_lists(small, register, "ru").set_index("exercise_id")
    assert lists.loc["interaction-2018", ["first", "second"]].tolist() == [True, True]
    assert lists.loc["rubezh-2024", ["first", "second"]].tolist() == [False, True]
    assert lists.loc["barrier-2024", ["first", "second"]].tolist() == [True, False]
    table = media.recapture(lists.reset_index(), {"2015-2021": (2015, 2021), "1990-1999": (1990, 1999)})
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
    assert media.two_lists(data, register, "ru")[["first", "second"]].to_numpy().tolist() == [[True, False]]


def test_recapture_reconciles_with_the_register(data, record):
    register, _ = select(*record, since=2000, until=2026, classes=["exercise"], unit="component", grade="C")
    table = media.recapture(media.two_lists(data, register, "ru"), network.spans(data["periods"], 2000, 2026))
    assert table["seen"].sum() == (register["status"] == "held").sum()
    assert (table["estimate"] >= table["seen"] - 1e-9).all()


def test_like_is_compared_with_like(data, record):
    register, cells = select(*record, since=2000, until=2026, classes=["exercise"], unit="component", grade="C")
    held = held_cells(cells, register)
    table = media.like_for_like(held, "ARM", SPLIT)
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
    assert media.like_years(own) == [2020, 2021, 2022, 2023]
    assert media.like_years(own[own["window"] == "before"]) == []


def test_years_are_told_as_means(small):
    register = derive_register(small)
    cells = derive_attendance(small, register)
    scope = dict(since=2015, until=2025, classes=["exercise"], unit="component", grade="C")
    register, own = select(register, cells, **scope)
    table = media.by_year(register, held_cells(own, register)).set_index("year")
    assert table.at[2018, "reports"] == 3 and table.at[2024, "exercises"] == 3
    assert table.at[2015, "settled"] == 1
    assert table.at[2016, "settled"] == pytest.approx(5 / 6)


def test_a_day_stands_where_its_year_is_drawn():
    assert media.as_year("2022-01-01") == pytest.approx(2021.5, abs=0.01)
    assert media.as_year("2022-12-31") == pytest.approx(2022.5, abs=0.01)
