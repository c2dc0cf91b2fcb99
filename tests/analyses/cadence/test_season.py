import numpy as np
import pandas as pd
import pytest
from scipy import stats
from support import SPREAD, days, derive, exercise, report

from helpers.analyses.cadence import measures as cadence
from helpers.analyses.cadence import season
from helpers.statistics import circular


def angled(angles):
    """Rows as of `season.first_days`, from exact directions, each an umbrella of its own."""
    names = [f"e{i}" for i in range(len(angles))]
    return pd.DataFrame({"umbrella_id": names, **{f"v{k}": np.exp(1j * k * angles) for k in circular.HARMONICS}})


def of(table):
    return season.season({"all": table}).iloc[0]


def test_mean_and_resultant_agree_with_scipy():
    table = days(SPREAD)
    angles = (table["earliest"].dt.day_of_year - 0.5) / 365 * 2 * np.pi
    row = of(table)
    assert row["day1"] == pytest.approx(stats.circmean(angles) / (2 * np.pi) * circular.YEAR)
    assert 1 - row["r1"] == pytest.approx(stats.circvar(angles))
    assert 1 - row["r2"] == pytest.approx(stats.circvar(2 * angles))
    assert row["day1_low"] < row["day1"] < row["day1_high"]


def test_new_year_lies_between_two_neighbours():
    row = of(days(["2021-12-30", "2021-12-31", "2022-01-01", "2022-01-02", "2021-12-29", "2022-01-03"]))
    assert row["r1"] > 0.99
    assert season.day_name(row["day1"]) in {"31 December", "1 January"}
    assert row["day1_high"] - row["day1_low"] < 10


def test_a_month_is_the_mean_of_its_days():
    vector = days(["2021-09-01"], latest=["2021-09-30"]).loc[0, "v1"]
    width = 30 * 2 * np.pi / 365
    assert abs(vector) == pytest.approx(np.sin(width / 2) / (width / 2), abs=1e-4)  # of a uniform arc
    assert season.day_name(np.angle(vector) % (2 * np.pi) / (2 * np.pi) * circular.YEAR) in {
        "15 September",
        "16 September",
    }


def test_two_opposite_seasons_are_two_peaks_and_one_is_one():
    spring, autumn = [[f"2021-{month}-{day:02d}" for day in range(1, 11)] for month in ("04", "10")]
    two, one = of(days(spring + autumn)), of(days(autumn + [f"2021-11-{day:02d}" for day in range(1, 11)]))
    assert two["r1"] < 0.1 < 0.9 < two["r2"]
    assert two["two_peaks"]
    assert two["p_peaks"] == pytest.approx(1 / (1 + circular.PEAK_DRAWS))  # not one draw of a single peak goes so far
    assert two["p2"] < 0.01
    assert not one["two_peaks"]
    assert one["r1"] > 0.9


def test_no_resultant_has_an_interval():
    # Resamples of days spread at random have a longer mean than the days: a percentile interval would lie above r.
    assert set(season.COLUMNS).isdisjoint(f"r{k}{end}" for k in circular.HARMONICS for end in ("_low", "_high"))


@pytest.mark.parametrize(("n", "concentration"), [(10, 0), (30, 0), (16, 2), (10, 100)])
def test_one_peak_seldom_passes_for_two(n, concentration):
    rng = np.random.default_rng(7)
    tables = [angled(rng.vonmises(0, concentration, n)) for _ in range(40)]
    found = season.season({str(i): table for i, table in enumerate(tables)}, draws=20)["two_peaks"].sum()
    assert found <= 4  # at 2.5 % the chance of five or more in forty is 0.003


def test_unequal_peaks_half_a_year_apart_are_two():
    rng = np.random.default_rng(7)
    opposite = np.where(np.arange(60) < 12, np.pi, 0)
    assert of(angled(rng.vonmises(0, 6, 60) + opposite))["two_peaks"]


def test_all_on_one_day_is_one_peak():
    row = of(days(["2021-10-01"] * season.MIN_UNITS))
    assert row["p_peaks"] == 1
    assert not row["two_peaks"]


def test_turning_umbrellas_gives_rayleighs_p_when_each_stands_alone():
    rng = np.random.default_rng(3)
    starts = pd.Timestamp("2021-01-01") + pd.to_timedelta(rng.integers(0, 365, 40), unit="D")
    row = of(days(list(starts)))
    n, r = 40, row["r1"]
    rayleigh = np.exp(np.sqrt(1 + 4 * n + 4 * (n**2 - (n * r) ** 2)) - (1 + 2 * n))  # Wilkie's (1983) approximation
    assert row["p1"] == pytest.approx(rayleigh, abs=0.04)


def test_parts_of_an_umbrella_are_one_draw():
    alone = of(days(SPREAD * 3))
    together = of(days(SPREAD * 3, umbrellas=[f"u{i}" for i in range(len(SPREAD))] * 3))
    assert (together["n"], together["units"]) == (21, 7)
    assert together["r1"] == pytest.approx(alone["r1"])
    assert together["day1_high"] - together["day1_low"] > alone["day1_high"] - alone["day1_low"]
    assert together["p1"] > alone["p1"]
    assert together["p_peaks"] > alone["p_peaks"]


def test_too_few_umbrellas_give_no_row():
    assert season.season({"few": days(SPREAD, umbrellas=["u"] * 7)}).empty
    assert season.season({}).empty


def test_cancelled_planned_and_year_wide_editions_have_no_season():
    register, _ = derive(
        [exercise(f"interaction-{year}") for year in (2019, 2020, 2021, 2022, 2023)],
        [
            report("interaction-2019", 1, start="2019-10"),
            report("interaction-2020", 1, "organiser", "before", status="cancelled", start="2020-10-01"),
            report("interaction-2021", 1, start="2021"),
            report("interaction-2022", 1, start="2022-12-28", end="2023-01-03"),
            report("interaction-2023", 1, "organiser", "plan", status="planned", start="2023-09"),
        ],
    )
    table = season.first_days(register.reset_index())
    assert table["exercise_id"].tolist() == ["interaction-2019", "interaction-2022"]
    assert (table["latest"] - table["earliest"]).dt.days.tolist() == [30, 0]
    assert table.attrs["left_out"] == 1


def test_groups_hold_every_row_once_a_kind(record):
    table = season.first_days(record[0])
    parts = cadence.groups(table, {"early": (1900, 2012), "late": (2013, 2100)}, {"interaction": "Interaction"})
    assert list(parts) == ["all", "early", "late", "Interaction"]
    assert len(parts["early"]) + len(parts["late"]) == len(parts["all"]) == len(table)


def test_a_day_of_the_year_is_named_by_day_and_month():
    assert season.day_name(0) == season.day_name(circular.YEAR) == "1 January"
    assert season.day_name(-1) == "31 December"
