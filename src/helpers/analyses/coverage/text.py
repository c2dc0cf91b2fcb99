"""What the notebook on sources says."""

import pandas as pd

from helpers.analyses.coverage.double_coding import CASES, SIMPLER, compute_agreement, count_opposites, count_texts
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
    number,
    of_all,
    percent,
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
        f"it came; in {_part(firm)} on the firmest evidence.",
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
    between = "What was planned for the time between is not yet verified, which is not the same as not held."
    return Finding(
        f"The latest source used is of {day(first, last)}.",
        f"The search ran on to {day(searched)}{later} and found nothing newer on exercises of the {escape(record.organisation)}.",
        f"{between} {silent}".rstrip(),
        n=days,
        unit="days from the latest source to the last search",
    )


def describe_years(table: pd.DataFrame) -> dict[str, str]:
    """Around the picture of sources by year (`sources.compute_sources_by_year`)."""
    known = table.dropna(subset="sources")
    thin = known[known["sources"] == known["sources"].min()].iloc[0]
    best = known[known["sources"] == known["sources"].max()].iloc[0]
    few, many = round(thin["sources"]), round(best["sources"])
    if few == many:
        title = f"An exercise rests on {'' if (known['sources'] == few).all() else 'about '}{count(few, 'independent source')}"
    elif thin["year"] < best["year"]:
        title = f"The early years rest on few sources: {few} an exercise in {thin['year']:.0f}, {many} in {best['year']:.0f}"
    else:
        title = f"An exercise rests on {number(few)} to {number(many)} independent sources, by the mean of its year"
    return {
        "title": title,
        "subtitle": "Independent sources behind each held exercise, mean of the year. Ten papers with one press release are one source.",
    }


def describe_recall(found: dict[str, int]) -> Finding:
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
        f"Where both cover an exercise it names the state in {all_of(found['agreed'], found['present'])} cases that this "
        f"record has as present, and in {more} that it has not. Of its {found['rows']} exercises of the organisation "
        f"{number(found['matched'])} are here.",
        "It ends in 2010 and knows no absences, so it cannot check those. A few sources were found because of it.",
        k=found["agreed"],
        n=found["present"],
        unit="cases of presence that both name",
    )


def describe_official_counts(table: pd.DataFrame) -> Finding:
    """How officials' totals compare (`outside.compute_official_counts`)."""
    if table.empty:
        return Finding("No official total of past exercises is on record.")
    matched = int(table["matched"].sum())
    worst = (
        table.assign(missing=table["announced"] - table[["parts", "joint"]].max(axis=1)).sort_values("missing").iloc[-1]
    )
    shortest = (
        f" It falls shortest in {escape(worst['period'].replace('/', '–'))}: {max(worst['parts'], worst['joint'])} of {worst['announced']}."
        if worst["missing"] > 0
        else ""
    )
    if len(table) == 1:
        headline = f"The record holds {'at least as many' if matched else 'fewer'} exercises {'as' if matched else 'than'} the one official total says."
    else:
        headline = f"The record holds at least as many exercises as officials counted in {number(matched) if matched else 'none'} of {number(len(table))} totals."
    return Finding(
        headline,
        f"Both ways of counting the parts of a joint exercise are tried, and the fuller one is taken.{shortest}",
        "Officials seldom say what they count, so reaching a total does not prove that the same exercises are meant.",
        k=matched,
        n=len(table),
        unit="official totals reached",
    )


def describe_agreement(readings: pd.DataFrame, table: pd.DataFrame) -> Finding:
    """How alike two readers read the same texts (`double_coding`)."""
    if table.empty:
        return Finding("No text was read a second time.")
    own = table.set_index("field")
    texts, exercises = count_texts(readings)
    opposites = count_opposites(readings)
    rounds = readings["round"].nunique()
    return Finding(
        "Two readers of the same texts hardly ever read the opposite of each other."
        if opposites
        else "Two readers of the same texts never read the opposite of each other.",
        "An opposite is one reading that a member came, the other that it stayed away. "
        f"They read {texts} texts on {exercises} exercises{f', in {number(rounds)} rounds,' if rounds > 1 else ''} and "
        f"coded {percent(own.at[SIMPLER, 'agreed'])} of the cases alike. Agreement beyond chance (alpha) is "
        f"{own.at[SIMPLER, 'alpha']:.2f}; it is {own.at[CASES, 'alpha']:.2f} if a phrase such as all member states does not count as "
        "silence, as it does in the rules of attendance.",
        "Both readers belong to one team, and most texts were read again in their opening lines only: this measures how clear the "
        "rules are, not whether they are right.",
        k=own.at[SIMPLER, "alpha"],
        n=own.at[SIMPLER, "pairs"],
        low=own.at[SIMPLER, "low"],
        high=own.at[SIMPLER, "high"],
        unit="Krippendorff's alpha of attendance",
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


def tabulate_agreement(readings: pd.DataFrame) -> pd.DataFrame:
    """Agreement in each round of double coding as a reader's table (`double_coding.compute_readings`)."""
    shown = []
    for name, part in readings.groupby("round"):
        found = compute_agreement(part).set_index("field").rename_axis("what was read")
        alike, alpha = found["agreed"].map(percent), found["alpha"].round(2)
        shown.append(pd.DataFrame({f"alike, round {name}": alike, f"alpha, round {name}": alpha}))
    return pd.concat(shown, axis=1).reset_index() if shown else pd.DataFrame(columns=["what was read"])
