"""The findings in words: each function takes computed frames and returns a sentence with n, unit, interval and bounds.

The start page, the notebooks, the README and `make run` all quote these sentences, so that none can drift from another.
"""

import pandas as pd

from helpers.show import share, span


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


def ties(co, focus, name, period):
    """The weakest tie among the others beside the focus's strongest (`network.co_attendance` of one period)."""
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
