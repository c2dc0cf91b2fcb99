"""Where: who hosts how often, whether hosts take turns, when each last hosted, and at which places.

An exercise on the soil of several states counts for each of them. Only a state that was expected (bound, and in the
exercise's force, on the first day) may host in the null models, since no other could have been asked to.
"""

import re
from collections import Counter
from dataclasses import replace
from math import comb

import numpy as np
import pandas as pd

from helpers.statistics.intervals import wilson
from helpers.statistics.null_models import CHAINS, SEED, sample_fixed_degree

MIN_EDITIONS = 4  # fewer editions with a known host leave next to no orders to tell apart
_KIND = re.compile(r" (?:training (?:ground|centre)|range|ground|camp|centre|airfield)\b.*")  # what kind of place it is
HOST_RULES = {  # rule: what it says of the next edition's host
    "another": "not a host of the last edition",
    "longest": "the state of the force that has not hosted this series for longest",
    "fewest": "the state of the force that hosted fewest exercises of any series in the three years before",
}
LOOK_BACK = 3  # years over which the rule "fewest" counts


def hosted(register):
    """Held exercises with a known host, one row an exercise and host state, in the register's order.

    Columns: exercise_id, name, series_id, year, start_earliest, iso3.
    """
    columns = ["exercise_id", "name", "series_id", "year", "start_earliest", "hosts"]
    table = register.loc[register["status"] == "held", columns].explode("hosts").dropna(subset="hosts")
    return table.rename(columns={"hosts": "iso3"}).reset_index(drop=True)


def by_group(parts, states):
    """Held exercises by group and host (frame): group, one column a state, others, not known, exercises.

    Takes {label: rows of the register}, as `cadence.groups` makes them. An exercise with two hosts counts under both, so a
    row may sum to more than its exercises.
    """
    rows = []
    for group, part in parts.items():
        held = part.loc[part["status"] == "held", "hosts"]
        counts = Counter(host for hosts in held for host in hosts)
        own = {state: counts.pop(state, 0) for state in states}
        rest = {"others": counts.total(), "not known": int((held.map(len) == 0).sum()), "exercises": len(held)}
        rows.append({"group": group, **own, **rest})
    return pd.DataFrame(rows, columns=["group", *states, "others", "not known", "exercises"])


def last_hosted(register, states, last_day):
    """When each state last hosted (frame), longest ago first: iso3, hosted (exercises), last, on (first day), years (since,
    to `last_day`), announced (editions planned on its soil). A state that never hosted stands first.
    """
    table = hosted(register)
    planned = register[register["status"] == "planned"]
    rows = []
    for state in states:
        own = table[table["iso3"] == state].sort_values("start_earliest")
        ahead = planned.loc[planned["hosts"].map(lambda hosts, state=state: state in hosts), "name"]
        last, on = (own["name"].iloc[-1], own["start_earliest"].iloc[-1]) if len(own) else ("", pd.NaT)
        rows.append({"iso3": state, "hosted": len(own), "last": last, "on": on, "announced": tuple(ahead)})
    told = pd.DataFrame(rows).sort_values(["on", "iso3"], na_position="first").reset_index(drop=True)
    told.insert(4, "years", (pd.Timestamp(last_day) - told["on"]).dt.days / 365.25)
    return told


def _editions(record, series_id):
    """Host matrix of a series' held editions in order: (editions, states, filled, allowed), bool arrays states x editions.

    A host that was not expected is allowed where it hosted, and nowhere else.
    """
    own = record.register[(record.register["series_id"] == series_id) & (record.register["status"] == "held")]
    own = own[own["hosts"].map(len) > 0].sort_values(["start_earliest", "exercise_id"])
    may = record.attendance[record.attendance["expected"] & record.attendance["exercise_id"].isin(own["exercise_id"])]
    force = may.groupby("exercise_id")["iso3"].agg(set)
    states = sorted({*may["iso3"], *(host for hosts in own["hosts"] for host in hosts)})
    shape = len(states), len(own)
    filled = np.array([[state in hosts for hosts in own["hosts"]] for state in states], bool).reshape(shape)
    members = [force.get(exercise, set()) for exercise in own["exercise_id"]]
    allowed = np.array([[state in one for one in members] for state in states], bool).reshape(shape)
    return own.reset_index(drop=True), states, filled, allowed | filled


def rotation(record, names, chains=CHAINS, seed=SEED):
    """Whether hosts take turns: same host twice running, against hosts dealt out anew (frame), one row a series.

    The null keeps how often each state hosted and how many hosted each edition, and lets only states of the force host
    (`nullmodels.sample_fixed_degree`). Columns: name, editions (with a known host), states (that hosted), guests (hosts outside the force),
    repeats (seen), null (mean), p_turns (share of draws with as few repeats or fewer), p_stays (as many or more).
    `names` is {series_id: name}; series of fewer than MIN_EDITIONS editions are left out. Series that run side by side
    share their hosts, so their rows are not independent.
    """
    rows = []
    for series_id in record.register["series_id"].unique():
        own, _, filled, allowed = _editions(record, series_id)
        if len(own) < MIN_EDITIONS:
            continue
        drawn, _ = sample_fixed_degree(filled, allowed, chains=chains, seed=seed)
        seen, null = _repeats(filled[None])[0], _repeats(drawn)
        expected = record.attendance[record.attendance["expected"]].groupby("exercise_id")["iso3"].agg(set)
        guests = sum(len(set(row.hosts) - expected.get(row.exercise_id, set())) for row in own.itertuples())
        told = {"name": names[series_id], "editions": len(own), "states": int(filled.any(axis=1).sum())}
        told |= {"guests": guests, "repeats": int(seen), "null": null.mean()}
        fewer, more = ((1 + found.sum()) / (1 + chains) for found in (null <= seen, null >= seen))
        rows.append(told | {"p_turns": fewer, "p_stays": more})
    columns = ["name", "editions", "states", "guests", "repeats", "null", "p_turns", "p_stays"]
    return pd.DataFrame(rows, columns=columns).sort_values(
        ["editions", "name"], ascending=[False, True], ignore_index=True
    )


def _repeats(stack):
    """How often a state hosts two editions running (int array, one a matrix)."""
    return (stack[:, :, :-1] & stack[:, :, 1:]).sum(axis=(1, 2))


def place_name(site, spellings):
    """The bare name of a place as a source words it: without brackets, kind of place, district, and in one spelling.

    `spellings` is {alias: place}.
    Words that name no place ("five ranges", "south of the country") begin with a small letter, and give "".
    """
    bare = _KIND.sub("", site.split(" (")[0].split(", ")[0]).strip().replace(" region", " Region")
    return spellings.get(bare, bare) if bare[:1].isupper() else ""


def venues(register, reports, places):
    """Held exercises by the place that most reports name, one row an exercise (frame): exercise_id, year, iso3, place.

    `places` is the table of spellings.
    Reports that deprecate their place do not count; of places named equally often the first by alphabet stands, and an
    exercise of which no report names a place has "". Of several host states, the one on whose soil the place lies by
    exercises with a single host; else "".
    """
    spellings = {alias: row.place for row in places.itertuples() for alias in row.aliases}
    told = reports[reports["deprecated_fields"].map(lambda fields: "sites" not in fields)]
    told = told[["exercise_id", "sites"]].explode("sites").dropna(subset="sites")
    told = told.assign(place=[place_name(site, spellings) for site in told["sites"]])
    counts = told[told["place"] != ""].groupby(["exercise_id", "place"]).size().reset_index(name="n")
    most = counts.sort_values(["n", "place"], ascending=[False, True]).drop_duplicates("exercise_id")
    held = register[register["status"] == "held"]
    place = held["exercise_id"].map(most.set_index("exercise_id")["place"]).fillna("")
    table = held[["exercise_id", "year", "hosts"]].assign(place=place)
    single = table[(table["hosts"].map(len) == 1) & (table["place"] != "")]
    soil = dict(zip(single["place"], single["hosts"].str[0], strict=True))
    own = [row.hosts[0] if len(row.hosts) == 1 else soil.get(row.place, "") for row in table.itertuples()]
    return table.assign(iso3=own)[["exercise_id", "year", "iso3", "place"]].reset_index(drop=True)


def _candidates(rule, own, at, table, force):
    """States that a rule names for edition number `at` of a series (set); empty if the rule has nothing to say."""
    before = own.iloc[:at]
    if rule == "another":
        return force - set(before["hosts"].iloc[-1])
    if rule == "longest":
        last = {host: place for place, hosts in enumerate(before["hosts"]) for host in hosts}
        return _least({state: last.get(state, -1) for state in force})
    year = int(own["year"].iloc[at])
    recent = Counter(table.loc[table["year"].between(year - LOOK_BACK, year - 1), "iso3"])
    return _least({state: recent[state] for state in force})


def _least(values):
    return {state for state, value in values.items() if value == min(values.values())}


def back_test(record):
    """How often each rule for the next host was right in the past (frame): rule, says, n, right, share, low, high, chance.

    Every held edition with a known host, but each series' first, is foretold from what was held before it; a rule that
    names several states is right if a host is among them. `chance` is the share that hosts drawn at random from the force,
    as many as the edition had, would reach, given how many states the rule names: a rule is worth something only above it.
    """
    table = hosted(record.register)
    found = {rule: [] for rule in HOST_RULES}
    for series_id in record.register["series_id"].unique():
        own, states, _, allowed = _editions(record, series_id)
        for at in range(1, len(own)):
            force = {state for state, may in zip(states, allowed[:, at], strict=True) if may}
            for rule, seen in found.items():
                named = _candidates(rule, own, at, table, force)
                if named:
                    of_edition = set(own["hosts"].iloc[at])
                    seen.append((bool(named & of_edition), _chance(len(named), len(of_edition), len(force))))
    rows = []
    for rule, seen in found.items():
        right, n = sum(one for one, _ in seen), len(seen)
        low, high = (float(bound) for bound in wilson(right, n))
        chance = sum(share for _, share in seen) / n if n else np.nan
        share = right / n if n else np.nan
        rows.append((rule, HOST_RULES[rule], n, right, share, low, high, chance))
    return pd.DataFrame(rows, columns=["rule", "says", "n", "right", "share", "low", "high", "chance"])


def _chance(named, drawn, force):
    """Chance that among so many states drawn from the force, without one twice, is one of those named."""
    return 1 - comb(force - named, drawn) / comb(force, drawn)


def turn_of(record, rule, names):
    """Whom a rule names as the next host of each series (frame), with the editions announced so far as if held.

    Columns: name, after (the last edition it counts from), host (of that one), says (states that the rule names). `names` is
    {series_id: name}.
    """
    assumed = record.register.assign(status=record.register["status"].replace("planned", "held"))
    table = hosted(assumed)
    rows = []
    for series_id in record.register["series_id"].unique():
        own, states, _, allowed = _editions(replace(record, register=assumed), series_id)
        if len(own) < MIN_EDITIONS:
            continue
        force = {state for state, may in zip(states, allowed[:, -1], strict=True) if may}
        last = own.iloc[-1]
        ahead = pd.concat([own, pd.DataFrame([{"year": last["year"] + 1}])], ignore_index=True)
        named = _candidates(rule, ahead, len(own), table, force)
        rows.append((names[series_id], last["name"], last["hosts"], tuple(sorted(named))))
    return pd.DataFrame(rows, columns=["name", "after", "host", "says"]).sort_values("name", ignore_index=True)
