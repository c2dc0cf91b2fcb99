"""The findings in words: each function takes computed frames and returns a sentence with n, unit, interval and bounds.

The start page, the notebooks, the README and `make run` all quote these sentences, so that none can drift from another.
"""

import pandas as pd

from helpers.show import share, span

ALPHA = 0.05  # the q below which a pair is called out, as is usual; no finding here hangs on it


def day(when):
    """A day as English readers write it: 13 September 2022."""
    return f"{pd.Timestamp(when).day} {pd.Timestamp(when):%B %Y}"


def attendance_change(rates, focus, name, split, unit):
    """How often a state came before and since a day (`disengagement.attendance_rates` by iso3 and window)."""
    own = rates[rates["iso3"] == focus].set_index("window")
    since, before = (
        _rate(own.loc[window]) if window in own.index else "no exercise on record" for window in ("since", "before")
    )
    return f"Since {day(split)} {name} is on record as attending {since}; before that day, {before}. Unit: {unit}."


def _rate(row):
    text = f"{share(row['attended'], row['known'])} of the held exercises at which it was expected"
    text += f" [95 % interval {span(row['wilson_low'], row['wilson_high'])}"
    if row["unknown"]:
        text += f"; {span(row['low'], row['high'])} counting the {row['unknown']} unknown cells either way"
    return text + "]"


def absences_in_a_row(run, name, cutoff):
    """Since when and how often in a row a state has stayed away (`disengagement.last_run`)."""
    if run.empty:
        return f"{name}'s latest known cell is an attendance: no run of absences stands at the cut-off, {day(cutoff)}."
    first, last = run.iloc[0], run.iloc[-1]
    declared = int((run["code"] == "absent_declared").sum())
    reported = int((run["code"] == "absent_reported").sum())
    listed = int((run["code"] == "absent_by_list").sum())
    return (
        f"{name} has missed {len(run)} held exercises in a row, from {first['name']} ({day(first['start_earliest'])}) to "
        f"{last['name']} ({day(last['start_earliest'])}): {declared} absences are declared by it or the organiser, {reported} "
        f"reported by third parties, {listed} shown only by a complete list of participants without it. "
        f"Sources end on {day(cutoff)}."
    )


def strongest_and_weakest(co, focus, name, period):
    """The weakest tie among the others beside the focus's strongest (`ties.co_attendance` of one period)."""
    known = co[co["occasions"] > 0]
    own = known[(known["a"] == focus) | (known["b"] == focus)]
    others = known.drop(own.index)
    if own.empty or others.empty:
        return f"In {period} there is no pair with and without {name} to compare."
    weak, strong = others.sort_values(["rate", "occasions"]).iloc[0], own.sort_values(["rate", "occasions"]).iloc[-1]
    return (
        f"In {period} the weakest tie among the other members, {weak['a']} and {weak['b']}, is {share(weak['together'], weak['occasions'])} "
        f"of their shared occasions [95 % interval {span(weak['wilson_low'], weak['wilson_high'])}]; the strongest of {name}'s, "
        f"with {strong['b'] if strong['a'] == focus else strong['a']}, is {share(strong['together'], strong['occasions'])} "
        f"[{span(strong['wilson_low'], strong['wilson_high'])}]. An occasion is a held exercise at which both were expected."
    )


def robustness_of_ties(draws, ties, focus):
    """How far a resampling of umbrellas moves the ties (`ties.with_bootstrap`)."""
    known = ties[ties["occasions"] > 0]
    others = known[(known["a"] != focus) & (known["b"] != focus)]
    own = known.drop(others.index)
    return (
        f"Over {draws:,} resamples of whole umbrellas, 95 % of the rates of the {len(own)} pairs with {focus} lie in "
        f"{span(own['boot_low'].min(), own['boot_high'].max())}, of the {len(others)} others in "
        f"{span(others['boot_low'].min(), others['boot_high'].max())}."
    )


def null_room(tests, chains):
    """What the degree-preserving null could show at all (`nullmodels.pair_tests`)."""
    free = tests[tests["null_sd"] > 0]
    found = free[free["q"] < ALPHA]
    fixed = len(tests) - len(free)
    text = f"For {fixed} of {len(tests)} pairs the states' totals leave only one possible count, so no null can single them out. "
    if free.empty:
        return text + "No pair is left to test: attendance is too complete for blocs to show."
    return text + (
        f"Of the other {len(free)}, {len(found)} have q below {ALPHA} (least p {free['p'].min():.2f}, Monte-Carlo error at most "
        f"{free['p_error'].max():.3f}, {chains:,} chains)."
    )


def foil(judged):
    """How the two null models fare on a planted bloc (`nullmodels.compare_on`)."""
    return (
        f"Of the pairs inside the blocs of {judged['records']} simulated records, the degree-preserving null calls out "
        f"{share(judged['fixed'], judged['pairs'])}, the stochastic degree-sequence model {share(judged['sdsm'], judged['pairs'])}, "
        f"at the same false-discovery rate of {ALPHA}."
    )


def ranks(table):
    """Which orders of strength the bootstrap settles (`ties.centrality`)."""
    last = table[table["rank_best"] == len(table)]
    tied = int((table["rank_best"] == 1).sum())
    text = f"{tied} of {len(table)} states share the first place: their intervals overlap. "
    if len(last):
        row = last.iloc[0]
        text += f"Only {row['iso3']} is certainly last, with strength {row['strength']:.2f} [{row['strength_low']:.2f}–{row['strength_high']:.2f}]."
    return text


def without(summary):
    """The network with and without one state (`ties.summary_without`)."""
    whole, rest = summary.iloc[0], summary.iloc[1]
    return (
        f"Over all {whole['pairs']} pairs the mean tie is {whole['mean']:.0%} and the least {whole['least']:.0%}; {rest['network']}, over "
        f"{rest['pairs']} pairs, {rest['mean']:.0%} and {rest['least']:.0%}."
    ).replace("%", " %")


def hosts(table, focus, name, returned):
    """Who hosts and who travels (`network.host_table`, `network.reciprocity`)."""
    home = table[table["home_share"].notna()].sort_values("home_share")
    low, high = home.iloc[0], home.iloc[-1]
    own = table[table["iso3"] == focus].iloc[0]
    return (
        f"{returned:.0%} of visits are returned between the same two states. The share of a state's attendance that is at home runs from "
        f"{low['home_share']:.0%} ({low['iso3']}, {low['at_home']} of {low['at_home'] + low['abroad']}) to {high['home_share']:.0%} "
        f"({high['iso3']}, {high['at_home']} of {high['at_home'] + high['abroad']}); {name} received {own['received']} visits and paid {own['paid']}."
    ).replace("%", " %")


def cadence(parts, umbrellas, first, last):
    """How many exercises a year, in both units (`cadence.yearly_mean` of each)."""

    def mean(count):
        return f"{count['mean']:.1f} a year [95 % interval {count['low']:.1f}–{count['high']:.1f}; n = {count['held']}]"

    return (
        f"In the plan years {first} to {last} sources report {mean(parts)} as held, counting each part of an umbrella; "
        f"counting an umbrella once, {mean(umbrellas)}."
    )


def delivery(plans):
    """What became of the editions named in each year's fullest plan (`cadence.fullest_plans`)."""
    named, held = int(plans["named"].sum()), int(plans["held"].sum())
    off, open_ = int(plans["called_off"].sum()), int(plans["open"].sum())
    return (
        f"Of {named} editions named in the fullest plan found for each of {len(plans)} years, {held} are reported as held, "
        f"{off} as called off, and {open_} are still planned or unverified."
    )
