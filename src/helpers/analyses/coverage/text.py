"""What the notebook on sources says."""

import pandas as pd

from helpers.analyses.coverage.outside import name_data_set
from helpers.analyses.coverage.step_samples import StepSample
from helpers.derive.effort import UNEVEN, rank_refusals
from helpers.derive.record import Record
from helpers.display.finding import Finding
from helpers.display.phrases import (
    NEARLY_EVERY,
    all_of,
    capital,
    count,
    dated,
    day,
    escape,
    listed,
    number,
    of_all,
    percent,
    span,
    spoken,
)
from helpers.loaders import dates

# What a record cannot say whose sources name those that came and nobody else.
NO_ABSENCE = (
    "This record cannot show an absence: no source names a state that stayed away or gives a list as the full one."
)


def describe_foundation(record: Record, shares: pd.DataFrame) -> Finding:
    """How well founded the record is (`sources.compute_shares`)."""
    two, after, clear, firm = (shares.loc[row] for row in ("two_sources", "after", "clear", "firm"))
    if not two["n"]:
        return Finding("No exercise is reported as held.", unit="held exercises")
    return Finding(
        f"{_held(two['k'], two['n'])} on two independent sources or more.",
        f"That is {all_of(int(two['k']), int(two['n']))}; {all_of(int(after['k']), int(after['n']))} have a report from after "
        f"the event. In {_part(clear)} of the cases in which a member was expected, it is clear whether "
        f"it came; in {_part(firm)} on two independent sources or more without dispute.",
        "Where it is not clear, the case stays open: it is never counted as a visit or an absence.",
        k=two["k"],
        n=two["n"],
        low=two["low"],
        high=two["high"],
        unit="held exercises with two independent sources",
    )


def _part(share: pd.Series) -> str:
    """A share of `sources.compute_shares`, in words at its ends."""
    return "none" if not share["k"] else "all" if share["k"] == share["n"] else percent(share["k"] / share["n"])


def _held(k: int, n: int) -> str:
    """How many held exercises, with their verb: 'Nearly every exercise held rests', 'Most of the exercises held rest'."""
    words = of_all(k, n, "exercise")
    return f"{words.capitalize()} held {'rest' if words.endswith('s') else 'rests'}"


def describe_reach(record: Record) -> Finding:
    """How far the sources reach, how long ago that is by the last search, and whether they can show an absence at all."""
    searched = dates.bounds(record.data["search_log"]["searched_on"])["earliest"].max()
    silent = "" if record.shows_absence else NO_ABSENCE
    first, last = record.last_days
    if pd.isna(searched) or searched <= record.last_day:
        return Finding(f"The sources end {dated(first, last)}.", doubt=silent)
    days = (searched - record.last_day).days
    later = f", {days} days later," if first == last else ""
    between = "What was planned for the time between is not yet verified."
    return Finding(
        f"The latest source on the {escape(record.organisation)} is of {day(first, last)}.",
        f"The search ran on to {day(searched)}{later} and found nothing newer on exercises of the {escape(record.organisation)}.",
        f"{between} {silent}".rstrip(),
        n=days,
        unit="days from the latest source to the last search",
    )


def describe_years(record: Record, table: pd.DataFrame) -> dict[str, str]:
    """Around the picture of sources by year (`sources.compute_sources_by_year`): the scope's last period against the years before."""
    known = table.dropna(subset="sources")
    since = list(record.periods.values())[-1][0]
    late, early = (known.loc[rows, "sources"] for rows in (known["year"] >= since, known["year"] < since))
    title = f"An exercise rests on {_sources_of(known['sources'])}"
    if len(late) and len(early) and _sources_of(late) != _sources_of(early):
        begin = int(known.loc[late.index, "year"].min())
        title = f"An exercise rests on {_sources_of(late)} since {begin}, before on {_numbers(early)}"
    return {
        "title": title,
        "subtitle": "Independent sources behind each held exercise, mean of the year. Ten papers with one press release are one source.",
    }


def _sources_of(means: pd.Series) -> str:
    """A range of means with its noun: 'nine to 12 independent sources'."""
    return f"{_numbers(means)} independent source{'' if round(means.max()) == 1 else 's'}"


def _numbers(means: pd.Series) -> str:
    """A range of means in whole numbers: 'nine to 12', 'one'."""
    least, most = round(means.min()), round(means.max())
    return number(least) if least == most else f"{number(least)} to {number(most)}"


def describe_recall(record: Record, found: dict[str, int]) -> Finding:
    """What another data set says of the record (`outside.compute_recall`)."""
    if not found["rows"]:
        return Finding("No other data set of exercises is matched to this record.")
    either = found["present"] + found["only_theirs"]
    more = number(found["only_theirs"])
    if either and found["agreed"] >= NEARLY_EVERY * either:
        headline = "Another data set of exercises, made by others, agrees with this record on nearly every participant."
    elif found["agreed"] and found["only_theirs"]:
        shared = of_all(found["agreed"], found["present"], "participant")
        headline = f"Another data set of exercises has {shared} that this record has, and names {more} more."
    else:
        headline = "Another data set of exercises, made by others, often names other participants."
    return Finding(
        headline,
        f"It is {escape(name_data_set(record))}. Where both cover an exercise it names the state in "
        f"{all_of(found['agreed'], found['present'])} cases present here, and in {more} others. "
        f"{_word_extra(found)}Of its {found['rows']} exercises of the organisation {number(found['matched'])} are here.",
        "This shows agreement where both look, not that nothing is missing: it ends in 2010 and knows no absences.",
        k=found["agreed"],
        n=found["present"],
        unit="cases of presence that both name",
    )


def describe_step_sample(sample: StepSample | None) -> Finding:
    """How many of the steps that another reader met were on record (`step_samples.compute_step_sample`)."""
    if sample is None:
        return Finding("How many steps this record lacks was not tried.")
    if not sample.met:
        return Finding("Another reader who searched for steps found none.")
    words_found, words_met = sample.found - sample.acts_found, sample.met - sample.acts_met
    forms = (
        f" Of acts it held {sample.acts_found} of {sample.acts_met}, of words, visits and talks {words_found} of {words_met}."
        if sample.acts_met and words_met
        else ""
    )
    clumps = (
        f"Steps come in clumps: the share of all that can be found may be {span(sample.low, sample.high)}. "
        if sample.low == sample.low
        else ""
    )
    more = (
        f" With those that may be no steps it is {sample.found_at_most} of {sample.met_at_most}."
        if sample.met_at_most > sample.met
        else ""
    )
    return Finding(
        f"The record held {sample.found} of {sample.met} steps that another reader found.",
        f"They lie in {count(sample.half_years, 'half-year')} drawn by lot, each of one state or of the organisation; the reader had not seen the record.{forms} "
        "What was missing has been added since.",
        f"{clumps}Pages that no search finds are in neither.{more}",
        k=sample.found,
        n=sample.met,
        low=sample.low,
        high=sample.high,
        unit="steps that another reader found",
    )


def _word_extra(found: dict[str, int]) -> str:
    """What the record has of the states that the other data set alone names as taking part."""
    said = {
        "guests": "guests or observers",
        "open": "open",
        "against": "absent by a source",
    }
    parts = [
        f"{number(found[name])} {'is' if found[name] == 1 else 'are'} {words}"
        for name, words in said.items()
        if found[name]
    ]
    return f"Of the others {listed(parts)}. " if parts else ""


def describe_official_counts(table: pd.DataFrame) -> Finding:
    """How officials' totals compare (`outside.compute_official_counts`)."""
    if table.empty:
        return Finding("No official total of past exercises is on record.")
    matched = int(table["matched"].sum())
    missing = table["announced"] - table["ours"]
    worst = table[(missing > 0) & (missing == missing.max())]
    cases = [f"{escape(row.period.replace('/', '–'))} with {row.ours} of {row.announced}" for row in worst.itertuples()]
    shortest = f" It falls shortest in {', and in '.join(cases)}." if cases else ""
    periods = table["period"].nunique()
    about = f" The {len(table)} totals are of {number(periods)} periods." if periods < len(table) else ""
    if len(table) == 1:
        headline = f"The record holds {'at least as many' if matched else 'fewer'} exercises {'as' if matched else 'than'} the one official total says."
    else:
        headline = f"The record holds at least as many exercises as officials counted in {number(matched) if matched else 'none'} of {number(len(table))} totals."
    return Finding(
        headline,
        f"The parts of a joint exercise are counted singly or not, whichever gives more.{about}{shortest}",
        "Officials seldom say what they count, so reaching a total does not prove that the same exercises are meant.",
        k=matched,
        n=len(table),
        unit="official totals reached",
    )


def describe_effort(record: Record, table: pd.DataFrame) -> Finding:
    """How unevenly members were searched for (`effort.compute_effort`)."""
    searched = table[table["look_ups"] > 0]
    if len(searched) < 2:
        return Finding("No search is logged by which members could be compared.")
    most, others = searched.iloc[0], searched.iloc[1:]
    name = capital(escape(spoken(most["name"])))
    asked = rank_refusals(table)
    refused = (
        f"Refusals were asked after most for {escape(spoken(asked[0].name))}, in {asked[0].look_ups} look-ups; the next is "
        f"{escape(spoken(asked[1].name))} with {asked[1].look_ups or 'none'}. "
        if asked and asked[0].look_ups
        else ""
    )
    uneven = most["look_ups"] > UNEVEN * others["look_ups"].max()
    return Finding(
        f"{name} was looked for far more often than any other member."
        if uneven
        else "The members were looked for about equally often.",
        f"{name} is named in {most['look_ups']:,} of {len(record.data['search_log']):,} look-ups; the next is "
        f"{escape(spoken(others.iloc[0]['name']))} with {others.iloc[0]['look_ups']:,}.",
        f"{refused}An absence of others may have been missed where nobody looked for it.",
        k=most["look_ups"],
        n=len(record.data["search_log"]),
        unit="look-ups that name the member",
    )


def describe_disputes(record: Record, table: pd.DataFrame) -> Finding:
    """How many cases sources dispute (`disputes.list_disputed_cases`)."""
    cases = len(record.held)
    if table.empty:
        return Finding("No case is disputed between sources that could know.", n=cases, unit="cases")
    return Finding(
        f"Sources that could know disagree in {number(len(table))} of {cases:,} cases.",
        "Both sides stay in the record, and each exercise's page shows them apart.",
        k=len(table),
        n=cases,
        unit="disputed cases of those in which a member was expected",
    )


def describe_founding(facts: pd.DataFrame) -> Finding:
    """The founding articles' facts (`founding.trace_facts`)."""
    if facts.empty:
        return Finding("This record did not begin with articles of which every fact is traced.")
    apart = int((facts["contradicts"].map(len) > 0).sum())
    return Finding(
        f"All {len(facts)} facts of the {number(facts['article'].nunique())} founding articles are in the tables.",
        f"Of these, {number(apart) if apart else 'none'} cannot stand beside another{'; both are kept, and a note says which holds' if apart else ''}.",
        n=len(facts),
        unit="facts of the founding articles",
    )


def tabulate_differences(table: pd.DataFrame) -> pd.DataFrame:
    """Differences with the other data set as a reader's table (`outside.list_differences`)."""
    right = {"ours": "this record", "theirs": "the other", "open": "open"}
    return pd.DataFrame(
        {
            "began": table["their_start"],
            "exercise": table["name"],
            "what differs": table["differs"],
            "right by a source": table["right"].map(right),
        }
    )


def caption_official_counts(table: pd.DataFrame) -> dict[str, str]:
    """Around the picture of official totals (`outside.compute_official_counts`)."""
    return {
        "title": describe_official_counts(table).headline.rstrip(".")
        if len(table) == 1
        else f"The record reaches {number(int(table['matched'].sum())) if table['matched'].any() else 'none'} of {number(len(table))} official totals",
        "subtitle": "Filled: exercises of the period held by this record. Hollow: by an official, ahead or afterwards.",
    }


def tabulate_effort(table: pd.DataFrame) -> pd.DataFrame:
    """Look-ups by member as a reader's table (`effort.compute_effort`)."""
    return table[["name", "look_ups", "refusal"]].set_axis(["member", "look-ups", "asking after a refusal"], axis=1)
