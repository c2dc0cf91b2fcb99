import pandas as pd
import pytest
from support import derive, exercise, frames, report

from helpers.analyses.disengagement import measures as disengagement
from helpers.analyses.disengagement import text as words
from helpers.derive.scope import held_cells, select

FIVE = "BLR;KAZ;KGZ;RUS;TJK"
YEARS = range(2018, 2026)


@pytest.fixture(scope="module")
def small():
    lists = dict.fromkeys((2018, 2019, 2020), "ARM;" + FIVE) | dict.fromkeys((2022, 2023, 2025), FIVE)
    told = [report(f"interaction-{y}", 1, start=f"{y}-09-01", participants=lists.get(y, "")) for y in YEARS]
    register, cells = derive([exercise(f"interaction-{y}") for y in YEARS], told)
    return held_cells(cells.reset_index(), register.reset_index())


def test_rates_count_known_and_unknown_cells(small):
    rates = disengagement.attendance_rates(
        disengagement.with_window(small, "2022-01-01"), ["iso3", "window"]
    ).set_index(["iso3", "window"])
    before, since = rates.loc[("ARM", "before")], rates.loc[("ARM", "since")]
    assert before[["attended", "known", "unknown", "rate", "low", "high"]].tolist() == [3, 3, 1, 1.0, 0.75, 1.0]
    assert since[["attended", "known", "unknown", "rate", "low", "high"]].tolist() == [0, 3, 1, 0.0, 0.0, 0.25]
    assert since["exact_high"] == pytest.approx(1 - 0.025 ** (1 / 3))


def test_the_split_day_itself_belongs_to_since(small):
    windows = disengagement.with_window(small, "2022-09-01")
    assert windows[windows["year"] == 2022]["window"].unique().tolist() == ["since"]


def test_the_last_run_skips_unknown_cells(small):
    run = disengagement.last_run(disengagement.record_of(small, "ARM"))
    assert run["year"].tolist() == [2022, 2023, 2025]
    assert disengagement.last_run(disengagement.record_of(small, "RUS")).empty


def test_a_state_that_never_came_has_missed_all_known():
    own = pd.DataFrame({"code": ["absent_by_list", "unknown", "absent_declared"]})
    assert len(disengagement.last_run(own)) == 2


def test_steps_are_of_one_subject_in_order_of_time():
    base = {
        "date_kind": "act",
        "track": "law",
        "source_ids": "press",
        "confidence": "high",
        "what": "Words.",
        "actor": "ARM",
    }
    rows = [
        base | {"event_id": "b", "subject": "ARM", "date": "2024-05-01", "direction": "disengage", "rung": "1"},
        base | {"event_id": "a", "subject": "ARM", "date": "2024", "direction": "neutral"},
        base | {"event_id": "c", "subject": "BLR", "date": "2023-01-01", "direction": "engage", "rung": "3"},
    ]
    own = disengagement.steps(frames([], [], events=rows)["events"], "ARM")
    assert own["event_id"].tolist() == ["b", "a"]  # a year's middle is 1 July
    assert own["when"].dt.strftime("%m-%d").tolist() == ["05-01", "07-01"]
    assert disengagement.steps_by_year(own).loc[2024].tolist() == [0, 1, 1]


def test_every_track_of_the_contract_has_a_label(data):
    used = set(data["events"].loc[data["events"]["subject"] != "", "track"])
    assert used <= set(disengagement.TRACKS)


SCOPE = dict(since=2000, until=2026, classes=["exercise"], unit="component", grade="C")


def test_plan_years_count_once(small):
    years = disengagement.by_plan_year(small)
    own = years[years["iso3"] == "ARM"].set_index("year")["code"]
    assert own.tolist() == ["present"] * 3 + ["unknown"] + ["absent_by_list"] * 2 + ["unknown", "absent_by_list"]


def test_modes_of_absence_count_every_expected_cell(small):
    table = disengagement.modes(disengagement.with_window(small, "2022-01-01")).set_index(["iso3", "window"])
    assert table.loc[("ARM", "before")].tolist() == [3, 0, 0, 0, 1]
    assert table.loc[("ARM", "since")].tolist() == [0, 0, 0, 3, 1]
    assert table.to_numpy().sum() == len(small)


def test_the_union_holds_interval_and_bounds(small):
    rates = disengagement.attendance_rates(small, ["iso3"])
    assert (rates["union_low"] <= rates[["low", "wilson_low"]].min(axis=1) + 1e-9).all()
    assert (rates["union_high"] >= rates[["high", "wilson_high"]].max(axis=1) - 1e-9).all()


def test_state_of_play_names_the_last_of_each(data, record):
    register, cells = select(*record, **SCOPE)
    own = disengagement.record_of(held_cells(cells, register), "ARM")
    steps = disengagement.steps(data["events"], "ARM")
    play = disengagement.state_of_play(own, steps, data, "ARM").set_index("aspect")
    assert "no notice" in play.at["legal status", "answer"]
    assert play.at["last exercise missed", "date"] > play.at["last exercise attended", "date"]
    uzbek = disengagement.state_of_play(
        own.iloc[:0], disengagement.steps(data["events"], "UZB"), data, "UZB"
    ).set_index("aspect")
    assert uzbek.at["legal status", "answer"].startswith("not a member")
    assert uzbek.at["legal status", "date"] == "2012-06-01"  # article 004 gives June 2012, the note the 28th
    assert uzbek.at["last exercise attended", "answer"] == "none on record"


def test_a_membership_that_ends_after_the_record_still_binds(data):
    ending = data["memberships"]["iso3"].eq("ARM") & data["memberships"]["body"].eq("CSTO")
    later = data | {
        "memberships": data["memberships"].assign(end=data["memberships"]["end"].mask(ending, "2099-01-01"))
    }
    none = data["events"].iloc[:0].assign(code="")
    play = disengagement.state_of_play(none, disengagement.steps(data["events"], "ARM"), later, "ARM")
    assert play.set_index("aspect").at["legal status", "answer"].startswith("member;")


def test_a_body_without_force_makes_no_member(data):
    """An assembly's members are not bound to come; a state that only sits there is no member."""
    guest = data | {"memberships": data["memberships"].assign(body="CSTO-PA")}
    play = disengagement.state_of_play(
        data["events"].iloc[:0].assign(code=""), disengagement.steps(data["events"], "ARM"), guest, "ARM"
    )
    assert play.set_index("aspect").at["legal status", "answer"] == "never a member"


def test_cases_put_the_focus_first_and_keep_two_of_a_year_apart(data):
    cases = disengagement.cases(data, "UZB")
    assert list(cases)[:3] == ["Uzbekistan 2012", "Uzbekistan 1999", "Armenia 2024"]
    assert cases["Uzbekistan 2012"] == ("UZB", pd.Timestamp("2012-06-28"))
    lapse = data["events"]["event_id"].isin(["1999-04-02-uzb-refuses-protocol", "1999-04-20-uzb-exit"])
    again = data | {"cases": data["events"].loc[lapse, ["event_id"]].assign(why="words")}
    assert list(disengagement.cases(again, "ARM")) == ["Uzbekistan 1999-04-20", "Uzbekistan 1999-04-02"]
    none = data | {"cases": data["cases"].iloc[:0]}
    assert disengagement.aligned(data["events"], disengagement.cases(none, "ARM")).empty


def test_the_rule_for_leaving_is_that_of_a_binding_body(data):
    assert list(disengagement.exit_rules(data)) == ["CSTO"]
    assert "six months" in words.exit_rules(disengagement.exit_rules(data))
    bare = data | {"bodies": data["bodies"].assign(exit_rule="")}
    assert "no rule" in words.exit_rules(disengagement.exit_rules(bare))


def test_aligned_cases_start_at_their_day(data):
    table = disengagement.aligned(data["events"], {"U": ("UZB", "2012-06-28"), "A": ("ARM", "2024-02-22")})
    assert table["years"].abs().max() <= disengagement.ALIGN_YEARS
    assert set(table["case"]) == {"U", "A"}
    zero = table[(table["case"] == "U") & (table["years"].abs() < 0.01)]
    assert "suspending" in " ".join(zero["what"])
