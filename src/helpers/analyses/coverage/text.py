"""What the notebook on sources says."""

import pandas as pd

from helpers.analyses.coverage.double_coding import CASES, SIMPLER, compute_agreement, count_opposites, count_texts
from helpers.derive.record import Record
from helpers.display.finding import Finding
from helpers.display.phrases import all_of, count, day, escape, number, of_all, percent
from helpers.loaders import dates

UNEVEN = 1.5  # times the next member's look-ups: below that the log's own wording decides who is first


def describe_foundation(record: Record, shares: pd.DataFrame) -> Finding:
    """How well founded the record is (`sources.compute_shares`)."""
    two, after, clear, firm = (shares.loc[row] for row in ("two_sources", "after", "clear", "firm"))
    if not two["n"]:
        return Finding("No exercise is reported as held.", unit="held exercises")
    return Finding(
        f"{_held(two['k'], two['n'])} on two independent sources or more.",
        f"That is {all_of(int(two['k']), int(two['n']))}; {all_of(int(after['k']), int(after['n']))} have a report from after "
        f"the event. In {percent(clear['k'] / clear['n'])} of the cases in which a member was expected, it is clear whether "
        f"it came; in {percent(firm['k'] / firm['n'])} on the firmest evidence.",
        "Where it is not clear, the case stays open: it is never counted as a visit or an absence.",
        k=two["k"],
        n=two["n"],
        low=two["low"],
        high=two["high"],
        unit="held exercises with two independent sources",
    )


def _held(k: int, n: int) -> str:
    """How many held exercises, with their verb: 'Nearly every exercise held rests', 'Most of the exercises held rest'."""
    words = of_all(k, n, "exercise")
    return f"{words.capitalize()} held {'rest' if words.endswith('s') else 'rests'}"


def describe_reach(record: Record) -> Finding:
    """How far the sources reach, how long ago that is by the last search, and that the search ran on."""
    searched = dates.bounds(record.data["search_log"]["searched_on"])["earliest"].max()
    if pd.isna(searched) or searched <= record.last_day:
        return Finding(f"The sources end on {day(record.last_day)}.")
    days = (searched - record.last_day).days
    return Finding(
        f"The latest source found is of {day(record.last_day)}.",
        f"The search ran on to {day(searched)}, {days} days later, and found nothing newer.",
        "What was planned for the time between is not yet verified, which is not the same as not held.",
        n=days,
        unit="days from the latest source to the last search",
    )


def describe_years(table: pd.DataFrame) -> dict[str, str]:
    """Around the picture of sources by year (`sources.compute_sources_by_year`)."""
    known = table.dropna(subset="sources")
    thin = known[known["sources"] == known["sources"].min()].iloc[0]
    best = known[known["sources"] == known["sources"].max()].iloc[0]
    return {
        "title": f"The early years rest on few sources: {thin['sources']:.0f} an exercise in {thin['year']:.0f}, {best['sources']:.0f} in {best['year']:.0f}"
        if thin["year"] < best["year"]
        else f"Each exercise rests on {thin['sources']:.0f} to {best['sources']:.0f} independent sources",
        "subtitle": "Independent sources behind each held exercise, mean of the year. Ten papers with one press release are one source.",
    }


def describe_recall(found: dict[str, int]) -> Finding:
    """What another data set says of the record (`outside.compute_recall`)."""
    if not found["rows"]:
        return Finding("No other data set of exercises is matched to this record.")
    return Finding(
        "Another data set of exercises, made by others, agrees with this record on nearly every participant."
        if found["present"] and found["agreed"] >= 0.9 * found["present"]
        else "Another data set of exercises, made by others, often names other participants.",
        f"Where both cover an exercise it names the state in {all_of(found['agreed'], found['present'])} cases that this "
        f"record has as present. Of its {found['rows']} exercises of the organisation {number(found['matched'])} are here.",
        f"It names a participant in {count(found['only_theirs'], 'case')} where this record does not; it ends in 2010 and "
        "knows no absences, so it cannot check those. A few sources were found because of it.",
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
    return Finding(
        f"The record holds at least as many exercises as officials counted in {number(matched)} of {number(len(table))} totals.",
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
    name = escape(most["name"])
    asked = searched.sort_values(["refusal", "look_ups"], ascending=False).iloc[0]
    rest = searched[searched["iso3"] != asked["iso3"]].sort_values(["refusal", "look_ups"], ascending=False)
    next_ = rest.iloc[0]
    uneven = most["look_ups"] > UNEVEN * others["look_ups"].max()
    return Finding(
        f"{name} was looked for far more often than any other member."
        if uneven
        else "The members were looked for about equally often.",
        f"{name} is named in {most['look_ups']:,} of {len(record.data['search_log']):,} look-ups; the next is "
        f"{escape(others.iloc[0]['name'])} with {others.iloc[0]['look_ups']:,}.",
        f"Refusals were asked after most for {escape(asked['name'])}, in {asked['refusal']} look-ups; the next is "
        f"{escape(next_['name'])} with {next_['refusal']}. An absence of others may have been missed where nobody looked for it.",
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
        f"{count(apart, 'fact').capitalize()} cannot stand beside another of them; both are kept, and a note says which holds.",
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
        "title": f"The record reaches {number(int(table['matched'].sum()))} of {number(len(table))} official totals",
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
