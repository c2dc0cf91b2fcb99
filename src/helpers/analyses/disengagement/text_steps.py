"""Sentences on a member's steps, on its ways of taking part, on other cases, on a break, and on press claims."""

from __future__ import annotations

import pandas as pd

from helpers.analyses.disengagement.cases import find_guest_rate, find_partners, look_ups, stayaways_of
from helpers.analyses.disengagement.change_points import compare_breaks, find_break
from helpers.analyses.disengagement.claim_tests import VERDICTS
from helpers.analyses.disengagement.measures import compare_members, compute_attendance
from helpers.analyses.disengagement.step_agreement import count_same_direction
from helpers.analyses.disengagement.steps import acts, by_quarter, by_year
from helpers.analyses.disengagement.ways import TRACKS, find_breaks, find_marks, focal_case, focal_marks, other_case
from helpers.analyses.disengagement.wording import as_title, noun, so_many
from helpers.derive.record import Record
from helpers.display.finding import Finding
from helpers.display.phrases import count, day, escape, listed, month, number, percent, possessive, years

FEWEST = 10  # of fewer steps of its own, agreement says nothing about a member


def describe_steps(record: Record) -> Finding:
    """How the steps other than words rose or fell from the year of day zero on."""
    name, table, case = escape(record.name), by_year(record), focal_case(record)
    if case is None or acts(record).empty:
        return Finding(f"No step of {name} other than words is on record.")
    zero = case.zero.year
    since = table.loc[zero:]
    total = table.sum()
    span = years(int(table.index[0]), int(table.index[-1]))
    towards = f"Towards the organisation it took {number(int(total['towards']))} in {span}{_duties(total)}."
    if not since["away"].sum():
        return Finding(f"{name} took no step away other than words since {zero}.", towards, _readers(record))
    peak = int(since["away"].idxmax())
    if peak == zero:
        headline = f"{name} took {count(int(since['away'].sum()), 'step')} away other than words since {zero}."
    else:
        first, most = (number(int(since.at[year, "away"])) for year in (zero, peak))
        headline = f"{possessive(name)} steps away other than words rose from {first} in {zero} to {most} in {peak}."
    return Finding(headline, towards, _readers(record))


def _duties(total: pd.Series) -> str:
    duties = int(total["duties"])
    return f", {number(duties)} of them {'a duty' if duties == 1 else 'duties'} of the chair" if duties else ""


def _readers(record: Record) -> str:
    """Who coded the steps, and how far two readers agreed on their direction."""
    same, steps = count_same_direction(record)
    if not steps:
        return "Steps were coded by one reader."
    name = escape(record.name)
    same_own, own = count_same_direction(record, record.focus)
    itself = f", and {same_own:,} of the {own:,} by {name} itself" if own >= FEWEST else ""
    return f"A second reader of the same team gave {same:,} of {steps:,} steps the same direction{itself}."


def steps_texts(record: Record) -> dict[str, str]:
    """Title, subtitle and footer of `plot_steps`."""
    table = by_quarter(record)
    duties = "; pale, duties of the chair" if table["duties"].sum() else ""
    _, twice = count_same_direction(record)
    readers = f"{twice:,} of {len(record.data['events']):,} coded twice" if twice else "Coded by one reader"
    return {
        "title": as_title(describe_steps(record).headline),
        "subtitle": f"Acts and announcements a quarter: towards the organisation (up{duties}) and away from it (down)",
        "footer": f"Words are left out, as are ties with others. {readers}. Sources to {day(record.last_day)}.",
    }


def describe_ways(record: Record) -> Finding:
    """In what order the ways of taking part broke, and which did not."""
    name, case = escape(record.name), focal_case(record)
    breaks = find_breaks(focal_marks(record), case)
    if breaks.empty or case is None:
        return Finding(f"No way of taking part of {name} is on record.")
    broke = breaks[breaks["broke"]]
    whole = breaks[~breaks["broke"] & (breaks["way"] != "votes")]
    still = [TRACKS[way][0].lower() for way in whole["way"]]
    votes = _votes(breaks)
    if broke.empty:
        detail = f"Its {listed(still)} go on." if still else ""
        return Finding(f"{name} has broken off none of the ways of taking part on record.", f"{detail} {votes}".strip())
    names = [TRACKS[way][0].lower() for way in broke["way"]]
    if len(broke) == 1:
        headline = f"{name} broke off {names[0]} {_after(broke.iloc[0])}."
        return Finding(headline, f"{_still(still)} {votes}".strip())
    headline = f"{name} broke off {names[0]} first and {names[-1]} last."
    other = other_case(record)
    beside = ""
    if other is not None:
        theirs = find_breaks(find_marks(record, other), other)
        theirs = theirs[theirs["broke"]]
        if len(theirs):
            first = TRACKS[theirs.iloc[0]["way"]][0].lower()
            beside = f"{escape(record.names[other.state])} began with {first}."
    return Finding(headline, " ".join(part for part in (votes, beside) if part))


def _after(row: pd.Series) -> str:
    return f"after {count(int(row['first_days']), 'day')}"


def _still(ways: list[str]) -> str:
    return f"Of {listed(ways)} no break is on record." if ways else ""


def _votes(breaks: pd.DataFrame) -> str:
    """How it votes beside the others."""
    row = breaks[breaks["way"] == "votes"]
    if row.empty:
        return ""
    return f"At the United Nations it voted as most of the others in {so_many(*row[['k', 'n']].iloc[0])} votes."


def ways_texts(record: Record) -> dict[str, str]:
    """Title, subtitle and footer of `plot_ways`."""
    case = focal_case(record)
    why = f"; day 0: {case.why}" if case is not None and case.why else ""
    return {
        "title": as_title(describe_ways(record).headline),
        "subtitle": "Each mark is an exercise, sitting, vote, paper or post; days are counted from day 0",
        "footer": f"A vote is blue if most of the others voted so, else red{why}. Sources to {day(record.last_day)}.",
    }


def before_since_texts(record: Record) -> dict[str, str]:
    """Title, subtitle and footer of `plot_before_since`."""
    return {
        "title": as_title(describe_others(record).headline),
        "subtitle": f"Share of {noun(record)}s attended before {day(record.split)} (small, pale) and since (large)",
        "footer": f"Of those at which the member was expected and sources are clear. Sources to {day(record.last_day)}.",
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


def describe_elsewhere(record: Record) -> Finding:
    """Whether the focal state trained with others since the cutpoint, and how hard that was looked for."""
    name, table = escape(record.name), find_partners(record)
    if table is None:
        return Finding(f"Exercises of {name} with others were not looked for.")
    if table.empty:
        return Finding(f"No exercise of {name} with others since {month(record.split)} is on record.")
    every, found = table.iloc[0], compute_attendance(record)
    headline = f"{name} trained with others {count(int(every['came']), 'time')} since {month(record.split)}."
    most = table.iloc[1] if len(table) > 1 else every
    own = so_many(found.since.came, found.since.known) if found.since.known else "none"
    detail = (
        f"It came to {so_many(int(most['came']), int(most['known']))} with {_the(most['partner'])}, and to {own} of the "
        f"{possessive(escape(record.organisation))}."
    )
    open_ = f"{_begin(count(int(every['open']), 'plan'))} more cannot be traced. " if every["open"] else ""
    mine, all_ = look_ups(record)
    return Finding(headline, detail, f"{open_}{mine:,} of {all_:,} look-ups name {name}.")


def _the(name: str) -> str:
    """A state's name with the article that it takes."""
    return f"the {escape(name)}" if name.startswith("United ") or name.endswith("s") else escape(name)


def describe_stayaways(record: Record) -> Finding:
    """How few cases of staying away without leaving are on record, and how the nearest of them came."""
    table = stayaways_of(record)
    if table.empty:
        return Finding("No case of staying away without leaving is on record.")
    states = count(len(table), "state")
    headline = f"{_begin(states)} on record stayed in a body and away from it: too few for a rate."
    rate = find_guest_rate(record)
    if rate is None:
        return Finding(headline)
    state, came, watched, expected, held = rate
    only = f", {number(watched)} of them only to watch" if watched else ""
    detail = f"While a member {escape(state)} came to {number(came)} of {held:,} exercises{only}; it was expected at {number(expected)}."
    return Finding(headline, detail)


def describe_claims(judged: pd.DataFrame) -> Finding:
    """How many press claims hold (`claims.judge`)."""
    if judged.empty:
        return Finding("No press claim about this state is on record.")
    counts = judged["verdict"].value_counts()
    holds, rest = VERDICTS[0], VERDICTS[1:]
    many = {"holds in part": "hold in part", "contradicted": "are contradicted"}
    one = {"contradicted": "is contradicted"}
    told = [
        f"{number(int(counts[verdict]))} {(many if counts[verdict] > 1 else one).get(verdict, verdict)}"
        for verdict in rest
        if counts.get(verdict, 0)
    ]
    headline = f"Of {number(len(judged))} dated press claims, {number(int(counts.get(holds, 0)))} hold."
    return Finding(headline, f"{_begin(listed(told))}." if told else "")


def _begin(words: str) -> str:
    """Words that can begin a sentence: no numeral stands first."""
    return f"Another {words}" if words[0].isdigit() else words[0].upper() + words[1:]
