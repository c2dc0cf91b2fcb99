"""Sentences on a member's steps, on the other members, and on a break."""

from __future__ import annotations

import pandas as pd

from helpers.analyses.disengagement.change_points import compare_breaks, find_break
from helpers.analyses.disengagement.measures import compare_members, compute_attendance
from helpers.analyses.disengagement.status import steps_of
from helpers.analyses.disengagement.step_agreement import count_same_direction
from helpers.analyses.disengagement.steps import LOWER_LEVEL, acts, by_quarter, by_year
from helpers.analyses.disengagement.ways import Case, focal_case
from helpers.analyses.disengagement.wording import as_title, noun, so_many, with_article
from helpers.derive.codes import SETTLED
from helpers.derive.record import Record
from helpers.display.finding import Finding
from helpers.display.phrases import count, day, escape, listed, month, number, percent, possessive, years

FEWEST = 10  # of fewer steps of its own, agreement says nothing about a member
A_STEP = "A step is an act or its announcement, great or small."
ONE_SIDED = "A list for several exercises can show who was missing, not who came, so that absences may weigh too much."


def describe_steps(record: Record) -> Finding:
    """In which years the steps away lie, from the year of day zero on."""
    name, table, case = escape(record.name), by_year(record), focal_case(record)
    if case is None or acts(record).empty:
        return Finding(f"No step of {name} other than words is on record.")
    zero = case.zero.year
    since = table.loc[zero:]
    if not since["away"].iloc[-1]:
        since = since.loc[: max(zero, record.last_year)]  # the last year may have hardly begun
    away = since["away"]
    span = years(zero, int(since.index[-1]))  # the very years that are counted
    towards = (
        f"it took {_number_of(since, 'towards')} towards the organisation{_duties(since)}. {_a_step(record, case)}"
    )
    if not away.sum():
        headline = f"{name} took no step away inside the organisation in {span}."
        return Finding(headline, f"In the same years {towards}", _readers(record))
    detail = f"{_share(away)}{_no_return(record, away)}In {span} {towards}"
    return Finding(_headline(name, away, span), detail, _readers(record))


def _a_step(record: Record, case: Case) -> str:
    """What a step is, and how many ties with others are none, beside the most that another member took up in that time."""
    n = _count_ties(record, record.focus, case)
    others = {state: _count_ties(record, state, case) for state in sorted(record.members - {record.focus})}
    most = max(others, key=lambda state: others[state], default="")
    beside = f" ({'next: ' if others[most] <= n else ''}{escape(record.names[most])}, {others[most]})" if most else ""
    ties_too = f" and {count(n, 'tie')} with others{beside}" if n else ""
    return f"{A_STEP} Words{ties_too} do not count."


def _count_ties(record: Record, state: str, case: Case) -> int:
    """Ties with others, more than words, that a state took up in the time of a case."""
    own = steps_of(record, state)
    ties = own[(own["track"] == "realignment") & (own["direction"] == "disengage") & (own["rung"] >= LOWER_LEVEL)]
    return int(ties["when"].between(case.zero, case.last).sum())


def _headline(name: str, away: pd.Series, span: str) -> str:
    """In which years most of the steps away lie."""
    run, total = _densest(away), int(away.sum())
    held = int(run.sum())
    when = listed(str(year) for year in run.index) if len(run) < 3 else years(int(run.index[0]), int(run.index[-1]))
    if held == total and len(run) == 1:
        none = " and none since" if run.index[0] == away.index[0] and len(away) > 1 else ""
        return f"{name} took {count(total, 'step')} away inside the organisation in {when}{none}."
    if len(run) > len(away) / 2:
        return f"{name} took {count(total, 'step')} away inside the organisation, spread over {span}."
    return f"{name} took most of its steps away in {when}."


def _share(away: pd.Series) -> str:
    """How many of the steps away lie in the years that the headline names; blank if it names none, or their number."""
    run, total = _densest(away), int(away.sum())
    held = int(run.sum())
    if (held == total and len(run) == 1) or len(run) > len(away) / 2:
        return ""
    return f"That is {so_many(held, total)} since {away.index[0]}. "


def _densest(away: pd.Series) -> pd.Series:
    """The fewest years in a row that hold more than half of the steps; of several such, those that hold most.

    That years differ says little: two readers disagree on some steps, and what a state has left it cannot leave again.
    """
    for size in range(1, len(away) + 1):
        runs = [away.iloc[at : at + size] for at in range(len(away) - size + 1)]
        best = max(runs, key=lambda run: run.sum())
        if 2 * best.sum() > away.sum():
            break
    return best


def _no_return(record: Record, away: pd.Series) -> str:
    """That fewer steps after the densest years are no return, of a state that stays away."""
    if not compute_attendance(record).stopped or _densest(away).index[-1] == away.index[-1]:
        return ""
    return "Fewer since are no return: what it has left it cannot leave again. "


def _number_of(table: pd.DataFrame, column: str) -> str:
    total = int(table[column].sum())
    return number(total) if total else "none"


def _duties(total: pd.DataFrame) -> str:
    duties = int(total["duties"].sum())
    return f", {number(duties)} of them {'a duty' if duties == 1 else 'duties'} of the rotating chair" if duties else ""


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
        "footer": f"Words and ties with others are left out. {readers}. Sources to {day(*record.last_days)}.",
    }


def before_since_texts(record: Record) -> dict[str, str]:
    """Title, subtitle and footer of `plot_before_since`."""
    others = describe_others(record)
    return {
        "title": as_title(others.headline),
        "subtitle": f"Share of {noun(record)}s attended before {day(record.split)} (small, pale) and since (large). "
        f"{others.doubt.removesuffix(ONE_SIDED)}".strip(),
        "footer": f"Of those at which the member was expected and sources are clear. Sources to {day(*record.last_days)}.",
    }


def describe_others(record: Record) -> Finding:
    """How the other members came since the cutpoint, beside the focal state."""
    table = compare_members(record)
    others = table[(table["iso3"] != record.focus) & (table["n_since"] > 0)]
    kind = f"{escape(record.organisation)} {noun(record)}"
    if others.empty:
        return Finding(f"No other member was expected at a {kind} since {month(record.split)}.")
    missing = others[others["since"] < 1]
    known = f"known to have missed {with_article(kind)} since {month(record.split)}"
    unclear = _count_open(record)
    doubt = f"Not clear: {count(unclear, 'case')} of the others. {ONE_SIDED}" if unclear else ""
    if missing.empty:
        return Finding(f"No other member is {known}.", doubt=doubt)
    if len(missing) > 3:
        headline = f"Of {number(len(others))} others, {number(len(missing))} are {known}."
    else:
        headline = f"No other member but {listed(escape(one) for one in missing['name'])} is {known}."
    least = missing.loc[missing["since"].idxmin()]
    who = f"{escape(least['name'])} came least often, to {so_many(int(least['k_since']), int(least['n_since']))}."
    return Finding(headline, who, doubt)


def _count_open(record: Record) -> int:
    """Cases of the other members since the cutpoint on which sources are not clear."""
    held = record.held
    since = (held["start_earliest"] >= pd.Timestamp(record.split)) & (held["iso3"] != record.focus)
    return int((since & ~held["code"].isin(SETTLED)).sum())


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
