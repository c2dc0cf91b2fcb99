"""Sentences and figure texts of `02_country_exercise_network`, and of the chart of tiles."""

import pandas as pd

from helpers.derive.codes import ATTENDED
from helpers.derive.counts import attended_since, grade_mix
from helpers.display.phrases import DATA, day, share, span

ALPHA = 0.05  # the q below which a pair is called out, as is usual; no finding here hangs on it


def tie_ranges(co, focus, name, period):
    """The range of the focus's ties beside that of all others (`ties.co_attendance` of one period)."""
    known = co[co["occasions"] > 0]
    own = known[(known["a"] == focus) | (known["b"] == focus)]
    others = known.drop(own.index)
    if own.empty or others.empty:
        return f"In {period} there is no pair with and without {name} to compare."
    return (
        f"In {period} the {len(own)} ties of {name} are {_range(own)}, the {len(others)} among the other members {_range(others)}. A tie is exercises attended together, of those at "
        f"which both were expected and both are known to have come or stayed away [95 % interval]."
    )


def _range(table):
    low, high = _tie(table, True), _tie(table, False)
    return f"all {low}" if low == high else f"between {low} and {high}"


def _tie(table, least):
    row = table.sort_values(["rate", "occasions"], ascending=[least, least]).iloc[0]
    return f"{share(row['together'], row['occasions'])} [{span(row['wilson_low'], row['wilson_high'])}]"


def robustness_of_ties(draws, ties):
    """How far a resampling of umbrellas moves the ties (`ties.with_bootstrap`)."""
    known = ties[ties["occasions"] > 0]
    still = known[known["boot_low"] == known["boot_high"]]
    moved = known.drop(still.index)
    text = f"Over {draws:,} resamples of whole umbrellas, {len(still)} of {len(known)} ties never move: they are nought or all, of which a "
    text += "bootstrap says nothing; read Wilson's interval with umbrellas counted once."
    if len(moved):
        text += f" The other {len(moved)} stay within {span(moved['boot_low'].min(), moved['boot_high'].max())}."
    return text


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


def model_comparison(judged, planted, full):
    """How the two null models fare on planted blocs (`degree_sequence_model.compare_null_models`), and why the record gives them less room."""
    filled = sum(matrix.mean() for matrix in planted) / len(planted)
    real = "nothing is known of the real one" if pd.isna(full) else f"the real one is {full:.0%}"
    room = ": so complete an attendance leaves either model next to nothing to deal anew" if full > filled else ""
    return (
        (
            f"Of the pairs inside the blocs of {judged['records']} simulated records, the degree-preserving null calls out "
            f"{share(judged['fixed'], judged['pairs'])}, the stochastic degree-sequence model {share(judged['sdsm'], judged['pairs'])}, "
            f"at the same false-discovery rate of {ALPHA}. The simulated records are {filled:.0%} full, {real}{room}."
        )
        .replace("%", "\u00a0%")
        .replace("\u00a0" * 2, "\u00a0")
    )


def mixing(away):
    """Whether the chains of the null model have mixed (`nullmodels.sample_fixed_degree`)."""
    half, end = away[len(away) // 2], away[-1]
    if end == 0:
        return f"After {len(away)} trades nothing has moved: the totals allow this one matrix only."
    return f"After half of the {len(away)} trades {half:.3f} of the ones differ from the record, at the end {end:.3f}."


def ranks(table):
    """Which orders of strength the bootstrap settles (`ties.centrality`)."""
    tied = int((table["rank_best"] == 1).sum())
    last = table[table["rank_best"] == len(table)]
    text = (
        f"The intervals of {tied} of {len(table)} states overlap in the first place, so no order among them is stated."
    )
    return text + "".join(f" {row.iso3}'s lies below all others." for row in last.itertuples())


def without(summary):
    """The network with and without one state (`ties.summary_without`)."""
    whole, rest = summary.iloc[0], summary.iloc[1]
    if not rest["pairs"] or rest["pairs"] == whole["pairs"]:
        return f"The network {rest['network']} is no other one: {rest['pairs']} of its {whole['pairs']} pairs remain."
    return (
        f"Over all {whole['pairs']} pairs the mean tie is {whole['mean']:.0%} and the least {whole['least']:.0%}; {rest['network']}, over "
        f"{rest['pairs']} pairs, {rest['mean']:.0%} and {rest['least']:.0%}."
    ).replace("%", "\u00a0%")


def who_hosts(table, focus, name, returned):
    """Who hosts and who travels (`network.host_table`, `network.reciprocity`)."""
    home = table[table["home_share"].notna()].sort_values("home_share")
    low, high = home.iloc[0], home.iloc[-1]
    own = table[table["iso3"] == focus]
    told = f"{name} received {own['received'].sum():.0f} visits and paid {own['paid'].sum():.0f}"
    return (
        f"{returned:.0%} of visits are returned between the same two states. The share of a state's attendance that is at home runs from "
        f"{low['home_share']:.0%} ({low['iso3']}, {low['at_home']} of {low['at_home'] + low['abroad']}) to {high['home_share']:.0%} "
        f"({high['iso3']}, {high['at_home']} of {high['at_home'] + high['abroad']}); {told}."
    ).replace("%", "\u00a0%")


def tiles(record):
    """Around `figures.network.tiles`."""
    held = int((record.register["status"] == "held").sum())
    came, known = attended_since(record)
    told = (
        f"{record.name} came to {came} of {known} exercises at which it was expected"
        if known
        else f"no attendance of {record.name} is known"
    )
    return {
        "title": f"Since {day(record.split)} {told}",
        "subtitle": f"{len(record.register)} exercises due by {day(record.last_day)}, {held} reported as held; a bracket joins parts of an umbrella; the darker, the firmer the evidence.",
        "footer": f"Settled cells: {grade_mix(record)}. Sources to {day(record.last_day)}. {DATA}",
    }


def two_mode(record, graph, umbrella):
    """Around `figures.network.two_mode`."""
    title = record.register.set_index("exercise_id").at[umbrella, "name"]
    exercises = [node for node, side in graph.nodes(data="bipartite") if side == 1]
    expected = record.attendance[record.attendance["expected"] & record.attendance["exercise_id"].isin(exercises)]
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
        "title": f"{period}: ties with {name} at {_rates_of(own)}, all others at {_rates_of(others)}"
        if len(own)
        else f"{period}: {name} shares no occasion; the others' ties are at {_rates_of(others)}",
        "subtitle": "Exercises attended together / held exercises at which both were expected and both are known.",
        "footer": f"Occasions of pairs in the last period that unknown cells leave out: {int(co['unknown'].sum())}. {DATA}",
    }


def _rates_of(co):
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
