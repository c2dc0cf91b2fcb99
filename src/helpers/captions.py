"""What stands around a figure: a title that states the finding, a subtitle with measure and n, a footer with the doubts.

Each function takes the frames that are drawn and returns {title, subtitle, footer}; with the two keys, a frame.
"""

import pandas as pd

from helpers.attendance import ABSENT, ATTENDED, CODES, GRADES
from helpers.findings import day
from helpers.scope import held_cells

DATA = "Data: reports.csv and the rules in attendance.py."


def grade_mix(cells, register):
    """How firm the settled cells are, in words: 'grade A 210, B 31, C 4'."""
    settled = held_cells(cells, register)
    grades = settled[settled["code"].isin([*ATTENDED, *ABSENT])]["grade"].value_counts()
    return "grade " + ", ".join(f"{grade} {grades[grade]}" for grade in GRADES if grade in grades.index)


def tiles(cells, register, focus, name, split, last_day):
    """Around `figures.network.tiles`."""
    held = int((register["status"] == "held").sum())
    came, known = _came(cells, register, focus, split)
    told = (
        f"{name} came to {came} of {known} exercises at which it was expected"
        if known
        else f"no attendance of {name} is known"
    )
    return {
        "title": f"Since {day(split)} {told}",
        "subtitle": f"{len(register)} exercises by plan year, {held} held; a bracket joins parts of an umbrella; the darker, the firmer the evidence.",
        "footer": f"Settled cells: {grade_mix(cells, register)}. Sources to {day(last_day)}. {DATA}",
    }


def _came(cells, register, focus, split):
    """A state's known attendance since a day: how often it came, of how many."""
    own = held_cells(cells, register)
    own = own[(own["iso3"] == focus) & (own["start_earliest"] >= pd.Timestamp(split))]
    return own["code"].isin(ATTENDED).sum(), own["code"].isin([*ATTENDED, *ABSENT]).sum()


def meetings(cells, register, focus, name, split, last_day):
    """Around `figures.network.tiles` of meetings."""
    held = int((register["status"] == "held").sum())
    came, known = _came(cells, register, focus, split)
    told = (
        f"{name} came to {came} of {known} meetings of known attendance" if known else f"No meeting of {name} is known"
    )
    return {
        "title": f"{told} since {day(split)}",
        "subtitle": f"{len(register)} summits, councils and assembly sessions by year, {held} held; the darker, the firmer the evidence.",
        "footer": f"Settled cells: {grade_mix(cells, register)}. Sources to {day(last_day)}. {DATA}",
    }


def two_mode(graph, cells, register, umbrella):
    """Around `figures.network.two_mode`."""
    title = register.set_index("exercise_id").at[umbrella, "name"]
    exercises = [node for node, side in graph.nodes(data="bipartite") if side == 1]
    expected = cells[cells["expected"] & cells["exercise_id"].isin(exercises)]
    came = expected["code"].isin(ATTENDED).groupby(expected["iso3"]).all()
    return {
        "title": f"{title}: {int(came.sum())} of {len(came)} members came to every part at which they were expected",
        "subtitle": f"A two-mode network of states (circles) and {len(exercises)} parts (squares). Line: attended; dashes: stayed away; none: not expected.",
        "footer": DATA,
    }


def ties(panels, focus, name):
    """Around `figures.ties.tie_matrices`."""
    period, co = list(panels.items())[-1]
    own = co[(co["a"] == focus) | (co["b"] == focus)]
    others = co.drop(own.index)
    return {
        "title": f"{period}: ties with {name} at {_range(own)}, all others at {_range(others)}"
        if len(own)
        else f"{period}: {name} shares no occasion; the others' ties are at {_range(others)}",
        "subtitle": "Exercises attended together / held exercises at which both were expected and both are known.",
        "footer": f"Occasions of pairs in the last period that unknown cells leave out: {int(co['unknown'].sum())}. {DATA}",
    }


def _range(co):
    known = co[co["occasions"] > 0]["rate"]
    if known.empty:
        return "no occasion"
    low, high = known.min(), known.max()
    return (f"{low:.0%}" if low == high else f"{low:.0%}–{high:.0%}").replace("%", "\u00a0%")


def slopes(table, focus, name, periods):
    """Around `figures.ties.slopes`; `table` is `ties.change` of the two periods."""
    ours = (table["a"] == focus) | (table["b"] == focus)
    own, rest = ([_spread(part, side) for side in ("before", "after")] for part in (table[ours], table[~ours]))
    return {
        "title": f"{name}'s ties: {own[0]}, then {own[1]}; all others: {rest[0]}, then {rest[1]}"
        if ours.any()
        else f"{name} shares no occasion in both periods; all others: {rest[0]}, then {rest[1]}",
        "subtitle": f"Conditional co-attendance of {len(table)} pairs in {periods[0]} and {periods[1]}; broad bars: bounds over unknown cells.",
        "footer": f"Labels give exercises attended together / known occasions in the later period. {DATA}",
    }


def _spread(table, side):
    low, high = table[f"rate_{side}"].min(), table[f"rate_{side}"].max()
    if pd.isna(low):
        return "unknown"
    return (f"{low:.0%}" if round(low, 2) == round(high, 2) else f"{low:.0%}–{high:.0%}").replace("%", "\u00a0%")


def attendee_sets(panels):
    """Around `figures.ties.attendee_sets`."""
    title = "No exercise has a known set of attendees"
    for period, table in panels.items():
        if len(table):
            top = table.iloc[0]
            title = f"{period}: {top['exercises']} of {table['exercises'].sum()} exercises brought together {', '.join(top['states'])}"
    left_out = sum(part.attrs["left_out"] for part in panels.values())
    return {
        "title": title,
        "subtitle": f"Held exercises by the set that came (full), stayed away (hollow) or was not expected (none); n = {sum(p['exercises'].sum() for p in panels.values())}.",
        "footer": f"{left_out} held exercises with an unknown cell have no known set and are left out. {DATA}",
    }


def hosts(graph, table):
    """Around `figures.network.hosts_and_guests`; `table` is `network.host_table`."""
    top = table.sort_values(["received", "iso3"], ascending=[False, True]).iloc[0]
    return {
        "title": f"{top['iso3']} received most visits: {top['received']:.0f}, and paid {top['paid']:.0f}",
        "subtitle": f"A visit is a held exercise attended on others' soil; {graph.size(weight='weight'):.0f} visits, arrows from host to guest.",
        "footer": f"A visit to an exercise on the soil of several states is shared out among them. {DATA}",
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
    told = ", ".join(f"{case} {before.get(case, 0)}" for case in cases)
    return {
        "title": f"Entries away before day zero: {told}",
        "subtitle": f"Dated entries by years from day zero; n = {len(table)}. Up: towards the organisation; down: away; size: rung.",
        "footer": "Four cases, coded with unequal closeness: pictures to compare, not a sample. Data: events.csv.",
    }


def years(counts, last_day):
    """Around `figures.cadence.per_year`; `counts` is {unit: frame of `cadence.per_year`}."""
    best = {unit: table.loc[: last_day.year - 1, "held"] for unit, table in counts.items()}
    told = [
        f"{held.max()} in {', '.join(str(year) for year in held.index[held == held.max()])}" for held in best.values()
    ]
    return {
        "title": f"Most held in a year: {told[0]} counting parts, {told[1]} counting umbrellas once",
        "subtitle": f"Editions by plan year and what became of them; n = {_n(counts['component'])} components, {_n(counts['umbrella'])} in umbrella units.",
        "footer": f"Unverified: its date has passed and no source found reports it. Sources to {day(last_day)}. Data: reports.csv.",
    }


def _n(counts):
    return int(counts.to_numpy().sum())


def strip(table, last_day):
    """Around `figures.cadence.strip`."""
    held = table[(table["status"] == "held") & table["first_sure"].notna()]
    autumn = int(held["first_sure"].dt.month.isin([9, 10]).sum())
    return {
        "title": f"{autumn} of {len(held)} held exercises with known days began in September or October",
        "subtitle": f"One row a plan year; n = {len(table)} editions, {int((table['status'] == 'held').sum())} held. At the right: the source gives only the year.",
        "footer": f"Overlapping exercises of a year stand one below the other. Sources to {day(last_day)}. Data: reports.csv.",
    }


def promise(table):
    """Around `figures.cadence.promise`; `table` is `cadence.delivery`."""
    return {
        "title": f"Of {table['named'].sum()} editions that yearly programmes named ahead, {table['held'].sum()} are reported as held",
        "subtitle": f"Editions named by a yearly programme before they began, by what became of them; {len(table)} years with such a programme.",
        "footer": "Programmes of other years were not found. Data: programmes.csv, reports.csv.",
    }


def code_key(cells, register, states):
    """Frame of the attendance codes: code, meaning, and the cells of these exercises and states that have it."""
    drawn = cells["exercise_id"].isin(register["exercise_id"]) & cells["iso3"].isin(states)
    counts = cells[drawn]["code"].value_counts()
    return pd.DataFrame(
        [{"code": code, "meaning": words, "cells": int(counts.get(code, 0))} for code, words in CODES.items()]
    )


def grade_key(cells, register):
    """Frame of the grades: grade, what it rests on, expected cells of held exercises; D counts those that it leaves unknown."""
    held = held_cells(cells, register)
    counts = held[held["code"].isin([*ATTENDED, *ABSENT, "unknown"])]["grade"].value_counts()
    return pd.DataFrame(
        [{"grade": grade, "rests on": words, "cells": int(counts.get(grade, 0))} for grade, words in GRADES.items()]
    )
