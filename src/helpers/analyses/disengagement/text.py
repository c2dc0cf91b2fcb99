"""Sentences and figure texts of `03_armenia_disengagement`."""

import pandas as pd

from helpers.analyses.disengagement.claims import VERDICTS
from helpers.derive.codes import ABSENT
from helpers.derive.counts import attended_since, grade_mix
from helpers.display.phrases import DATA, UNITS, day, escape, share, span


def attendance_change(rates, focus, name, split, unit):
    """How often a state came before and since a day (`disengagement.attendance_rates` by iso3 and window)."""
    own = rates[rates["iso3"] == focus].set_index("window")
    leads = {
        "since": f"Since {day(split)}",
        "before": "before that day" if "since" in own.index else f"Before {day(split)}",
    }
    told = [
        f"{lead} {name} {_rate(own.loc[window], UNITS[unit])}" for window, lead in leads.items() if window in own.index
    ]
    if not told:
        return f"{name} was expected at none of the {UNITS[unit]}".removesuffix(",") + "."
    return f"{'; '.join(told)}."


def _rate(row, units):
    if not row["known"]:
        return f"has no known attendance at the {row['unknown']} {units} at which it was expected"
    text = f"came to {share(row['attended'], row['known'])} {units} of known attendance [95 % interval {span(row['wilson_low'], row['wilson_high'])}"
    if row["unknown"]:
        return f"{text}; {span(row['low'], row['high'])} with {row['unknown']} unsettled ones counted either way]"
    return f"{text}; none unsettled]"


def absences_in_a_row(run, name, cutoff):
    """Since when and how often in a row a state has stayed away (`disengagement.last_run`)."""
    if not run.attrs["known"]:
        return f"No attendance of {name} is known in this scope. Sources end on {day(cutoff)}."
    if run.empty:
        return f"{name}'s latest known cell is an attendance: no run of absences stands at the cut-off, {day(cutoff)}."
    first, last = run.iloc[0], run.iloc[-1]
    if len(run) == 1:
        return f"In the last of its known cells, {last['name']} ({day(last['start_earliest'])}), {name} is absent. Sources end on {day(cutoff)}."
    declared, reported, listed = ((run["code"] == code).sum() for code in ABSENT)
    return (
        f"{name} missed the last {len(run)} exercises on which sources are clear, from {first['name']} ({day(first['start_earliest'])}) to "
        f"{last['name']} ({day(last['start_earliest'])}): {declared} of these absences are declared by it or the organiser, "
        f"{reported} reported by third parties, {listed} shown only by a complete list of participants without it. "
        f"Sources end on {day(cutoff)}."
    )


def break_dates(table, name, what="attendance"):
    """Which break dates the attendance allows (`breaks.break_set`)."""
    if table.empty:
        return f"There are too few known cells to look for a break in {name}'s {what}."
    inside = table[table["member"]]
    none = (
        f"{table.attrs['none_low']:.3f}"
        if table.attrs["none_low"] == table.attrs["none_high"]
        else f"{table.attrs['none_low']:.3f}–{table.attrs['none_high']:.3f}"
    )
    if inside.empty or table.attrs["none_high"] > 0.5:
        return f"{name}'s {what} need not have changed at all: the probability of no break is {none}."
    best = inside.loc[inside["high"].idxmax()]
    return (
        f"One break in {name}'s {what} can lie at {len(inside)} places, between {inside.iloc[0]['last_before']} and "
        f"{inside.iloc[-1]['first_after']} ({day(inside.iloc[-1]['day'])}); most of the probability, "
        f"{_over_fillings(best, table.attrs['fillings'])}, is on {best['first_after']} ({day(best['day'])}) as the first after it. "
        f"Probability of no break: {none}."
    )


def permutations(low, high, name):
    """How often chance orders the umbrellas as well (`breaks.permutation_range`)."""
    if pd.isna(low):
        return f"{name} has too few expected cells for a permutation test."
    span_of_p = f"{low:.4f}" if low == high else f"between {low:.4f} and {high:.4f} over fillings of unknown cells"
    return f"If whole umbrellas are put in random order, a break at least as clear as {name}'s comes up with p {span_of_p}."


def _over_fillings(row, count):
    if count == 1:
        return f"{row['high']:.2f}"
    return f"{row['low']:.2f}–{row['high']:.2f} over {count} fillings of unknown cells"


def least_squares(first_after):
    """What the second method says of the break (`breaks.cross_check`)."""
    if not first_after:
        return "Too few cells are known for a second method."
    return f"Least squares (library ruptures) puts the first exercise after the one break at {first_after}."


def verdicts(judged):
    """How many claims hold (`claims.judge`)."""
    if judged.empty:
        return "No claim about this state is coded."
    counts = judged["verdict"].value_counts()
    told = "; ".join(f"{counts.get(verdict, 0)} {'hold' if verdict == 'holds' else verdict}" for verdict in VERDICTS)
    return f"Of {len(judged)} dated claims: {told}.".replace("holds in part", "hold in part")


def meetings(record):
    """Around `figures.network.tiles` of meetings."""
    held = int((record.register["status"] == "held").sum())
    came, known = attended_since(record)
    told = (
        f"{record.name} came to {came} of {known} meetings of known attendance"
        if known
        else f"No meeting of {record.name} is known"
    )
    return {
        "title": f"{told} since {day(record.split)}",
        "subtitle": f"{len(record.register)} summits, councils and assembly sessions by year, {held} held; the darker, the firmer the evidence.",
        "footer": f"Settled cells: {grade_mix(record)}. Sources to {day(record.last_day)}. {DATA}",
    }


def ladder(entries, name, last_day):
    """Around `figures.disengagement.ladder`; `entries` are all steps of the state."""
    own = entries[~entries["track"].isin(["realignment", "statements_others"])]
    way = own["direction"].value_counts()
    return {
        "title": f"{name}: {way.get('disengage', 0)} dated entries away from the organisation, {way.get('engage', 0)} towards it",
        "subtitle": f"{len(entries)} dated acts and statements by track; the larger the mark, the higher the rung, from words to a legal step.",
        "footer": f"An announcement and the act that follows are two entries. Statements by others and realignment, coded selectively, are not in the title's count. Sources to {day(last_day)}. Data: events.csv.",
    }


def rates(table, focus, name, split, unit):
    """Around `figures.disengagement.before_and_since`."""
    own = table[table["iso3"] == focus].set_index("window")
    words = [
        f"came to {own.at[w, 'attended']} of {own.at[w, 'known']} known exercises"
        if w in own.index
        else "was expected at none"
        for w in ("before", "since")
    ]
    return {
        "title": f"Before {day(split)} {name} {words[0]}; since then it {words[1].removesuffix(' known exercises')}",
        "subtitle": f"Point: attended of known. Line: 95 % interval. Broad bar: worst-case bounds over unknown cells. Unit: {unit}.",
        "footer": f"Held exercises at which the state was expected. {DATA}",
    }


def placebos(table, focus, name):
    """Around `figures.disengagement.placebos`; `table` is `breaks.placebos`."""
    own, others = table[table["iso3"] == focus], table[table["iso3"] != focus]
    lead = (
        f"{name}'s break ranks {own.index[0] + 1} of {len(table)}: {own.iloc[0]['gain']:.1f} nats"
        if len(own)
        else f"{name}: too few known cells"
    )
    return {
        "title": f"{lead}; the strongest of the others {others['gain'].max():.1f}",
        "subtitle": "The same search for one break, run on every member's known attendance; p by permuting whole umbrellas.",
        "footer": f"A gain of nought: the state never changed. {DATA}",
    }


def strips(table, cases):
    """Around `figures.disengagement.strips`; `table` is `disengagement.aligned`."""
    before = table[(table["years"] < 0) & (table["direction"] == "disengage")].groupby("case").size()
    told = ", ".join(f"{before.get(case, 0)}\u00a0({case})" for case in cases)
    return {
        "title": f"Entries away before day zero: {told}",
        "subtitle": f"Dated entries by years from day zero; n = {len(table)}. Up: towards the organisation; down: away; size: rung.",
        "footer": "Coded with unequal closeness: pictures to compare, not a sample. Data: events.csv.",
    }


def exit_rules(rules):
    """What would count as having left (`disengagement.exit_rules`)."""
    if not rules:
        return "What would count as having left: no rule for leaving is on record."
    return "What would count as having left: " + " ".join(f"{body}: {escape(what)}" for body, what in rules.items())
