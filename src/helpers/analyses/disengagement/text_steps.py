"""Sentences on a member's steps, on the other members, and on a break."""

from __future__ import annotations

import pandas as pd

from helpers.analyses.disengagement.change_points import compare_breaks, find_break
from helpers.analyses.disengagement.measures import compare_members, compute_attendance
from helpers.analyses.disengagement.step_agreement import count_same_direction
from helpers.analyses.disengagement.steps import acts, by_quarter, by_year
from helpers.analyses.disengagement.ways import focal_case
from helpers.analyses.disengagement.wording import as_title, noun, so_many
from helpers.derive.record import Record
from helpers.display.finding import Finding
from helpers.display.phrases import count, day, escape, listed, month, number, percent, possessive, years

FEWEST = 10  # of fewer steps of its own, agreement says nothing about a member
LONG = 6  # years that a sentence lists at most
A_STEP = "A step is an act or its announcement: on exercises, meetings, papers, posts, dues or law."


def describe_steps(record: Record) -> Finding:
    """How the steps other than words rose or fell from the year of day zero on."""
    name, table, case = escape(record.name), by_year(record), focal_case(record)
    if case is None or acts(record).empty:
        return Finding(f"No step of {name} other than words is on record.")
    zero = case.zero.year
    since = table.loc[zero:]
    if not since["away"].iloc[-1]:
        since = since.loc[: max(zero, record.last_year)]  # the last year may have hardly begun
    span = years(zero, int(since.index[-1]))  # the very years that are counted
    towards = f"it took {_number_of(since, 'towards')} towards the organisation{_duties(since)}. {A_STEP}"
    if not since["away"].sum():
        return Finding(
            f"{name} took no step away other than words in {span}.", f"In the same years {towards}", _readers(record)
        )
    towards = f"In {span} {towards}"
    if len(since) > 1 and not since["away"].iloc[1:].any():
        only = count(int(since["away"].iloc[0]), "step")
        return Finding(f"{name} took {only} away other than words in {zero} and none since.", towards, _readers(record))
    headline = (
        f"{possessive(name)} steps away other than words {_course(since.loc[: max(zero, record.last_year), 'away'])}."
    )
    return Finding(headline, f"{name} took {_yearly(since['away'])}. {towards}", _readers(record))


def _number_of(table: pd.DataFrame, column: str) -> str:
    total = int(table[column].sum())
    return number(total) if total else "none"


def _course(away: pd.Series) -> str:
    """Whether the number of steps by year rose, fell, or rose and fell, without the numbers."""
    peak, first, last = int(away.idxmax()), int(away.index[0]), int(away.index[-1])
    rose, fell = away.loc[:peak].is_monotonic_increasing, away.loc[peak:].is_monotonic_decreasing
    if not away.any():
        return f"began after {last}"
    if first == last:
        return f"all fall in {first}"
    if peak == first:
        return f"were most in {peak} and have fallen since" if fell else f"were most in {peak}"
    if peak == last:
        return f"rose until {peak}" if rose else f"were most in {peak}"
    return f"rose until {peak} and have fallen since" if rose and fell else f"were most in {peak}"


def _yearly(away: pd.Series) -> str:
    """Steps away by year; over many years their sum and the year of most."""
    if len(away) > LONG:
        total, peak = number(int(away.sum())), int(away.idxmax())
        span = years(int(away.index[0]), int(away.index[-1]))
        return f"{total} of them in {span}, most in {peak} ({number(int(away[peak]))})"
    shown = away.loc[: away[away > 0].index[-1]]
    (first, k), *rest = ((year, int(n)) for year, n in shown.items())
    lead = f"{count(k, 'step')} away in {first}" if k else f"no step away in {first}"
    since = ["none since"] if len(shown) < len(away) else []
    return listed([lead, *(f"{number(n) if n else 'none'} in {year}" for year, n in rest), *since])


def _duties(total: pd.DataFrame) -> str:
    duties = int(total["duties"].sum())
    return f", {number(duties)} of them {'a duty' if duties == 1 else 'duties'} of the chair" if duties else ""


def _readers(record: Record) -> str:
    """How far two readers disagreed on the direction of steps: of the state's own, or of all if those are few."""
    own = count_same_direction(record, record.focus)
    same, steps = own if own[1] >= FEWEST else count_same_direction(record)
    if not steps:
        return "Steps were coded by one reader."
    whose = "of its own steps" if own[1] >= FEWEST else "steps of all states"
    if same == steps:
        return f"Two readers agreed on the direction of all {number(steps)} {whose}."
    return f"Two readers disagreed on the direction of {number(steps - same)} of {steps:,} {whose}."


def steps_texts(record: Record) -> dict[str, str]:
    """Title, subtitle and footer of `plot_steps`."""
    table = by_quarter(record)
    duties = "; pale, duties of the chair" if table["duties"].sum() else ""
    _, twice = count_same_direction(record)
    readers = f"{twice:,} of {len(record.data['events']):,} coded twice" if twice else "Coded by one reader"
    return {
        "title": as_title(describe_steps(record).headline),
        "subtitle": f"Acts and announcements a quarter: towards the organisation (up{duties}) and away from it (down)",
        "footer": f"Words are left out, as are ties with others. {readers}. Sources to {day(*record.last_days)}.",
    }


def before_since_texts(record: Record) -> dict[str, str]:
    """Title, subtitle and footer of `plot_before_since`."""
    return {
        "title": as_title(describe_others(record).headline),
        "subtitle": f"Share of {noun(record)}s attended before {day(record.split)} (small, pale) and since (large)",
        "footer": f"Of those at which the member was expected and sources are clear. Sources to {day(*record.last_days)}.",
    }


def describe_others(record: Record) -> Finding:
    """How the other members came since the cutpoint, beside the focal state."""
    table = compare_members(record)
    others = table[(table["iso3"] != record.focus) & (table["n_since"] > 0)]
    kind = f"{escape(record.organisation)} {noun(record)}"
    if others.empty:
        return Finding(f"No other member was expected at a {kind} since {month(record.split)}.")
    least = others.loc[others["since"].idxmin()]
    every = (others["since"] == 1).all()
    lead = (
        "Every other member"
        if every
        else f"Most of the {number(len(others))} others"
        if (others["since"] == 1).mean() > 0.5
        else ""
    )
    if every:
        return Finding(f"{lead} came to every {kind} since {month(record.split)}.")
    missing = others[others["since"] < 1]
    if lead:
        headline = f"All others but {listed(escape(one) for one in missing['name'])} came to every {kind} since {month(record.split)}."
        if len(missing) > 3:
            headline = f"{lead} came to every {kind} since {month(record.split)}."
    else:
        headline = f"Of {number(len(others))} others, {number(int((others['since'] == 1).sum()))} came to every {kind} since {month(record.split)}."
    who = f"{escape(least['name'])} came least often, to {so_many(int(least['k_since']), int(least['n_since']))}."
    return Finding(headline, who)


def describe_break(record: Record) -> Finding:
    """When attendance changed, if it did, and whether any other member shows such a break."""
    name, table = escape(record.name), compare_breaks(record)
    others = table[(table["iso3"] != record.focus) & table["shown"]]
    own = table[table["iso3"] == record.focus]
    if own.empty:
        return Finding(f"{name} was expected too seldom to look for a change.")
    found = find_break(record)
    whose = listed(escape(one) for one in others["name"])
    if found is None:
        detail = f"Such a change shows only in {whose}." if len(others) else "The same holds for every other member."
        return Finding(f"Nothing shows that {possessive(name)} attendance ever changed.", detail)
    fell = not table_came(record, found.first_after)
    did = "most probably stopped" if fell else "most probably began to come"
    headline = f"{name} {did} between {month(found.last_before['start_earliest'])} and {month(found.first_after['start_earliest'])}."
    detail = (
        "No other member shows such a break."
        if others.empty
        else f"{whose} {'shows' if len(others) == 1 else 'show'} a break too."
    )
    doubt = ""
    if found.disputed is not None:
        doubt = f"Sources do not settle {escape(found.disputed['name'])}, so it cannot be dated closer."
    return Finding(headline, detail, doubt)


def describe_break_set(record: Record) -> Finding:
    """How wide the stretch is in which the break may lie."""
    found = find_break(record)
    if found is None:
        return Finding(f"No break of {escape(record.name)} has a place.")
    wide = f"{month(found.earliest['start_earliest'])} and {month(found.latest['start_earliest'])}"
    headline = f"Nine tenths of the probability lie between {wide}."
    return Finding(
        headline, f"The most probable place alone has {percent(found.chance)}, joint exercises counted once."
    )


def table_came(record: Record, case: pd.Series) -> bool:
    """Whether the focal state came to a case."""
    found = compute_attendance(record.in_unit("umbrella")).cases
    return bool(found.loc[found["exercise_id"] == case["exercise_id"], "came"].iloc[0])
