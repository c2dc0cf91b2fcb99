"""One member's way towards and away from the organisation: attendance before and after a day, runs of absence, steps."""

import pandas as pd

from helpers.derive.codes import ABSENT, ATTENDED, SETTLED
from helpers.derive.codes import TRACKS as TRACKS  # for those who draw the steps measured here
from helpers.derive.membership import BOUND, bound_spells, members_on
from helpers.derive.register import cutoff
from helpers.loaders import dates
from helpers.statistics.intervals import clopper_pearson, manski, wilson


def attendance_rates(held, by):
    """Attendance of each group of held, expected cells (see `scope.held_cells`), grouped by the columns `by`.

    Columns: attended, known, unknown, rate = attended / known, wilson_low, wilson_high, exact_low, exact_high (95 %),
    low, high (bounds over the unknown cells), union_low, union_high (from the lower Wilson limit with every unknown cell an
    absence to the upper with every one an attendance). Conflicting cells are unknown.
    """
    marks = held.assign(
        attended=held["code"].isin(ATTENDED).astype(int),
        known=held["code"].isin(SETTLED).astype(int),
        expected=1,
    )
    table = marks.groupby(by, observed=True, as_index=False)[["attended", "known", "expected"]].sum()
    table["unknown"] = table.pop("expected") - table["known"]
    table["rate"] = (table["attended"] / table["known"].where(table["known"] > 0)).astype(float)
    table["wilson_low"], table["wilson_high"] = wilson(table["attended"], table["known"])
    table["exact_low"], table["exact_high"] = clopper_pearson(table["attended"], table["known"])
    table["low"], table["high"] = manski(table["attended"], table["known"], table["unknown"])
    every = table["known"] + table["unknown"]
    table["union_low"] = wilson(table["attended"], every)[0]
    table["union_high"] = wilson(table["attended"] + table["unknown"], every)[1]
    return table


def by_plan_year(held):
    """The held cells in plan-year units, one row a state and year: present if it came to any of the year's exercises, absent
    if it is known to have come to none, unknown otherwise; `start_earliest` is the first day of the year's first exercise.
    """
    marks = held.assign(came=held["code"].isin(ATTENDED), open=~held["code"].isin(SETTLED))
    table = marks.groupby(["iso3", "year"], as_index=False).agg(
        came=("came", "any"), open=("open", "any"), start_earliest=("start_earliest", "min")
    )
    code = pd.Series("absent_by_list", index=table.index).mask(table["open"], "unknown").mask(table["came"], "present")
    return table.assign(code=code)


def modes(held):
    """How each state came: counts of its held, expected cells by window and mode (troops, staff, observer, absent, open).

    Takes the cells of `with_window`.
    """
    mode = held["mode"].where(held["code"] == "present", held["code"])
    mode = mode.mask(mode.isin(ABSENT), "absent").mask(mode.isin(["conflicting", "unknown"]), "open")
    table = held.groupby([held["iso3"], held["window"], mode.rename("how")], observed=True).size().unstack(fill_value=0)
    return (
        table.reindex(columns=["troops", "staff", "observer", "absent", "open"], fill_value=0)
        .rename_axis(columns=None)
        .reset_index()
    )


def with_window(held, split):
    """The cells with a column `window`: before or since the day `split` (ISO text), by the exercise's first day."""
    since = held["start_earliest"] >= pd.Timestamp(split)
    window = since.map({False: "before", True: "since"})
    return held.assign(window=pd.Categorical(window, ["before", "since"], ordered=True))


def record_of(held, focus):
    """One state's held, expected cells in order of first day: name, start, code, grade, mode, reports."""
    own = held[held["iso3"] == focus].sort_values(["start_earliest", "exercise_id"])
    columns = ["exercise_id", "name", "year", "start_earliest", "code", "grade", "mode", "families", "reports"]
    return own[columns].reset_index(drop=True)


def last_run(own):
    """The state's latest unbroken run of absences as a frame of its cells; unknown cells neither break nor lengthen it.

    `known` in the frame's attrs counts the known cells, which tells a state that came from one of which nothing is known.
    """
    known = own[own["code"].isin(SETTLED)]
    attended = known.index[known["code"].isin(ATTENDED)]
    run = known.loc[known.index > attended.max()] if len(attended) else known.copy()
    run.attrs["known"] = len(known)
    return run


def steps(events, focus):
    """One state's events with earliest and latest day, in order of time; `when` is the middle of a vague date."""
    own = events[events["subject"] == focus]
    days = dates.bounds(own["date"])
    when = days["earliest"] + (days["latest"] - days["earliest"]) / 2
    return own.assign(**days, when=when).sort_values(["when", "event_id"]).reset_index(drop=True)


def state_of_play(own, entries, data, focus):
    """Where a state stands at the end of the record, one row an aspect (frame: aspect, answer, date).

    Takes `record_of`, `steps`, all tables and the state. What would count as having left is a notice under the
    charter or another legal step away; if none is coded, the row says so.
    """
    rows = [_legal(data, entries, focus)]
    for aspect, codes in [("last exercise attended", ATTENDED), ("last exercise missed", ABSENT)]:
        known = own[own["code"].isin(codes)]
        rows.append(
            (
                aspect,
                *(
                    (known.iloc[-1]["name"], f"{known.iloc[-1]['start_earliest']:%Y-%m-%d}")
                    if len(known)
                    else ("none on record", "")
                ),
            )
        )
    acts = entries[entries["date_kind"] != "announced"]
    for aspect, track in [("dues", "dues"), ("posts", "posts"), ("deployments", "deployments")]:
        rows.append(_latest(aspect, entries[entries["track"] == track]))
    plain = acts[~acts["track"].isin(["realignment", "statements_others", "statements_own"])]
    rows.append(_latest("last act away", plain[plain["direction"] == "disengage"]))
    rows.append(_latest("last act towards", plain[plain["direction"] == "engage"]))
    return pd.DataFrame(rows, columns=["aspect", "answer", "date"])


def _legal(data, entries, focus):
    spells, last_day = bound_spells(data), cutoff(data["sources"]).date()
    if focus not in members_on(spells, BOUND, last_day):
        ended = [last for state, _, last in spells[BOUND] if state == focus and last <= last_day]
        if not ended:
            return "legal status", "never a member", ""
        return (
            "legal status",
            f"not a member: bound until {max(ended)}, by the reading that ends first",
            f"{max(ended)}",
        )
    away = entries[(entries["track"] == "law") & (entries["direction"] == "disengage")]
    if away.empty:
        return "legal status", "member; no notice or other legal step away is on record", ""
    return "legal status", f"member; last legal step: {away.iloc[-1]['what']}", away.iloc[-1]["date"]


def _latest(aspect, entries):
    return (
        (aspect, entries.iloc[-1]["what"], entries.iloc[-1]["date"])
        if len(entries)
        else (aspect, "nothing on record", "")
    )


def cases(data, focus):
    """{case: (state, day zero)} of the table cases: states that left or stay away, the focus first, then the latest first."""
    table = (
        data["cases"].merge(data["events"], on="event_id").assign(zero=lambda t: dates.bounds(t["date"])["earliest"])
    )
    table["own"] = table["subject"] == focus
    table = table.sort_values(["own", "zero", "event_id"], ascending=[False, False, True])
    name = table["subject"].map(data["countries"].set_index("iso3")["name"])
    label = name + " " + table["zero"].dt.year.astype(str)
    label = label.where(~label.duplicated(keep=False), name + " " + table["date"])  # two cases of a state and year
    return dict(zip(label, zip(table["subject"], table["zero"], strict=True), strict=True))


def aligned(events, cases):
    """Steps of several cases on one scale, years from each case's day zero (frame: case, years, direction, rung, what).

    Takes `cases`; steps more than ALIGN_YEARS away from day zero are left out.
    """
    columns, parts = ["case", "years", "track", "direction", "rung", "what"], []
    for label, (state, zero) in cases.items():
        own = steps(events, state)
        years = (own["when"] - pd.Timestamp(zero)).dt.days / 365.25
        parts.append(own.assign(case=label, years=years)[years.abs() <= ALIGN_YEARS][columns])
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=columns)


def exit_rules(data):
    """How a state leaves each binding body, in words of the record ({body: text}); a body without a rule coded is left out."""
    what = data["events"].set_index("event_id")["what"]
    own = data["bodies"][data["bodies"]["binding"] & (data["bodies"]["exit_rule"] != "")]
    return dict(zip(own["body"], own["exit_rule"].map(what), strict=True))


ALIGN_YEARS = 7  # the shortest membership on record that was left again lasted six; a year more shows the return
LADDER_YEARS = 5  # what a panel of notebook width can hold apart


def spans(own):
    """The steps in two spans to draw: all of them, and the last LADDER_YEARS years (dict of frames, keyed by first-last year)."""
    last = own["earliest"].dt.year.max()
    dense = own[own["earliest"].dt.year > last - LADDER_YEARS]
    parts = {f"{part['earliest'].dt.year.min()}-{last}": part for part in (own, dense)}
    return parts


def steps_by_year(own):
    """Number of steps by year and direction (frame, years x engage, neutral, disengage)."""
    table = own.groupby([own["earliest"].dt.year.rename("year"), "direction"]).size().unstack(fill_value=0)
    return table.reindex(columns=["engage", "neutral", "disengage"], fill_value=0)
