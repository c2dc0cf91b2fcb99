"""The findings in words: each function takes computed frames and returns a sentence with n, unit, interval and bounds.

The start page, the notebooks, the README and `make run` all quote these sentences, so that none can drift from another.
"""

import pandas as pd

from helpers.attendance import ABSENT
from helpers.claims import VERDICTS
from helpers.show import share, span

UNITS = {  # what is counted in each unit
    "component": "held exercises",
    "umbrella": "held exercises, umbrellas counted once,",
    "plan year": "plan years",
    "meeting": "held meetings of the organisation's bodies",
}
ALPHA = 0.05  # the q below which a pair is called out, as is usual; no finding here hangs on it


def day(when):
    """A day as English readers write it: 13 September 2022."""
    return f"{pd.Timestamp(when).day} {pd.Timestamp(when):%B %Y}"


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
    text = f"came to {share(row['attended'], row['known'])} {units} with known attendance [95 % interval {span(row['wilson_low'], row['wilson_high'])}"
    if row["unknown"]:
        return f"{text}; {span(row['low'], row['high'])} with the {row['unknown']} more at which it was expected counted either way]"
    return f"{text}; nothing unknown]"


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
        f"In the last {len(run)} of its known cells {name} is absent, from {first['name']} ({day(first['start_earliest'])}) to "
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


def _over_fillings(row, count):
    if count == 1:
        return f"{row['high']:.2f}"
    return f"{row['low']:.2f}–{row['high']:.2f} over {count} fillings of unknown cells"


def permutations(low, high, name):
    """How often chance orders the umbrellas as well (`breaks.permutation_range`)."""
    if pd.isna(low):
        return f"{name} has too few expected cells for a permutation test."
    span_of_p = f"{low:.4f}" if low == high else f"between {low:.4f} and {high:.4f} over fillings of unknown cells"
    return f"If whole umbrellas are put in random order, a break at least as clear as {name}'s comes up with p {span_of_p}."


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


def foil(judged, planted, full):
    """How the two null models fare on planted blocs (`nullmodels.compare_on`), and why the record gives them less room."""
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
    """Whether the chains of the null model have mixed (`nullmodels.sample`)."""
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


def hosts(table, focus, name, returned):
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


def cadence(parts, umbrellas):
    """How many exercises a year by period, in both units (`cadence.means_by_period` of each)."""
    told = []
    for one, other in zip(parts.itertuples(), umbrellas.itertuples(), strict=True):
        told.append(
            f"{one.mean:.1f} [{one.low:.1f}–{one.high:.1f}; n = {one.held}] or {other.mean:.1f} [n = {other.held}] in {one.period}"
        )
    return f"Exercises reported as held a year, counting every part or umbrellas once: {'; '.join(told)} [95 % interval of the mean]."


def delivery(table, leads):
    """What became of the editions that yearly programmes named ahead (`cadence.delivery`, `cadence.announced`)."""
    named, held, off, open_ = (int(table[column].sum()) for column in ("named", "held", "called_off", "open"))
    return (
        f"Yearly programmes named {named} of these editions before they began, half of them at least {int(leads.median())} days ahead: "
        f"{held} are reported as held, {off} as called off, and of {open_} no report says either."
    )


def sources_behind(reports, register):
    """Number of publications behind the reports of a register."""
    return int(reports[reports["exercise_id"].isin(register["exercise_id"])]["source_id"].nunique())
