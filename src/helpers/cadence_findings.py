"""The findings of the cadence notebook in words: counts compared, promises, season, series, hosts, sizes, what is due.

As in `findings`, each function takes computed frames and returns a sentence with n, unit and interval.
"""

import math

from helpers.exact import ALPHA
from helpers.findings import day
from helpers.season import day_name
from helpers.show import share, span


def p_value(p):
    """A p as readers want it: two digits that count, never nought."""
    return "p < 0.001" if p < 0.001 else f"p = {p:.3f}" if p < 0.1 else f"p = {p:.2f}"


def comparison(table):
    """Each period against the one before (`cadence.compare_periods`)."""
    if table.empty:
        return "There is one period only: nothing to compare."
    told = [
        f"{row.period}: {_times(row)} {row.before} [{_times_span(row)}; n = {row.held} and {row.held_before}], {p_value(row.p)}"
        for row in table.itertuples()
    ]
    return f"Yearly rates against the period before, exact test: {'; '.join(told)} [95 % interval]."


def _times(row):
    return f"{row.ratio:.1f} times" if math.isfinite(row.ratio) else "no multiple of"


def _times_span(row):
    return f"{row.low:.1f}–{row.high:.1f}" if math.isfinite(row.high) else f"{row.low:.1f} or more"


def next_years(room):
    """What a next stretch of years would need to differ (`cadence.next_to_differ`)."""
    if not room:
        return "There are too few whole years to say what the next ones would need to differ."
    years = room["until"] - room["since"] + 1
    few = f"{room['at_most']} or fewer, or" if room["at_most"] is not None else "(not even none would be few enough)"
    return (
        f"{room['since']}-{room['until']} saw {room['held']} held; another {years} years would need {few} {room['at_least']} or more "
        f"to differ in an exact test at {ALPHA:.0%}."
    ).replace("%", "\u00a0%")


def evenness(table):
    """Whether yearly counts are more even or uneven than chance (`cadence.evenness`)."""
    if table.empty:
        return "There are too few whole years to judge how even the counts are."
    found = [
        f"{row.period} is more {word} (variance {row.spread:.1f} times the mean, {p_value(p)})"
        for row in table.itertuples(index=False)
        for word, p in [("even", row.p_even), ("uneven", row.p_uneven)]
        if p < ALPHA
    ]
    lead = f"Given its total, chance alone would deal out the yearly counts of {len(table)} periods"
    if not found:
        least = table[["p_even", "p_uneven"]].min().min()
        return f"{lead} about as even and as uneven as they are (least of {2 * len(table)} {p_value(least)})."
    return f"{lead} otherwise in part: {'; '.join(found)}. Of {2 * len(table)} one-sided tests one in twenty is that small by chance."


def kept(table):
    """What became of announced editions, shocks apart (`cadence.kept`)."""
    if table.empty:
        return "No yearly programme named an edition in this scope."
    told = [
        f"in {row.years} {share(row.held, row.named)} [{span(row.low, row.high)}; {row.open} of unknown fate] were held, "
        f"{row.moved} of them with another first day or host than some plan gave"
        for row in table.itertuples()
    ]
    return f"Of the editions that programmes named ahead, {'; '.join(told)} [95 % interval]."


def season(table):
    """When exercises begin: one peak or two (`season.season`), all of them and by period."""
    if table.empty:
        return "Too few exercises have a known season."
    row = table.iloc[0]
    peaks = f"{day_name(row['day2'])} and {day_name(row['day2'] + 182.6)}"
    text = (
        f"First days of {row['n']} held exercises in {row['units']} umbrellas or alone centre on {day_name(row['day1'])} "
        f"[{day_name(row['day1_low'])} – {day_name(row['day1_high'])}], resultant {row['r1']:.2f} [{row['r1_low']:.2f}–{row['r1_high']:.2f}]. "
    )
    second = f"the second harmonic, with peaks at {peaks}, has {row['r2']:.2f} [{row['r2_low']:.2f}–{row['r2_high']:.2f}] where one peak alone would give {row['one_peak']:.2f}"
    two = [one.group for one in table.iloc[1:].itertuples() if one.two_peaks]
    also = f" Taken alone, the same shows in {', '.join(two)}." if two else " No group taken alone shows it."
    if row["two_peaks"]:
        return text + f"One peak does not account for them: {second}.{also}"
    return text + f"One peak accounts for them: {second}."


def lives(evenness, waiting, last_year):
    """How even gaps are (`lives.gap_evenness`) and who waits longer than ever (`lives.overdue`)."""
    late = waiting[waiting["overdue"]]
    text = "Too few gaps to judge how even they are. "
    if len(evenness) > 1:
        held, filled = (row for row in evenness.tail(2).itertuples())
        text = (
            f"The {held.n} gaps of {len(evenness) - 2} series are, taken together, {_evener(held)} than years chosen at random; "
            f"with unverified editions counted as held, {p_value(min(filled.p_even, filled.p_uneven))}. "
        )
    if late.empty:
        return (
            text
            + f"Of {len(waiting)} series held in two years or more, none has waited longer than it ever did by {last_year}."
        )
    names = "; ".join(
        f"{row.name} ({row.waiting} years without, longest gap so far {row.longest})"
        for row in late.itertuples(index=False)
    )
    return (
        text
        + f"Of {len(waiting)} series held in two years or more, waiting longer than ever at the end of {last_year}: {names}. That is no sign of its end by itself."
    )


def _evener(row):
    if row.p_even < ALPHA:
        return f"more even ({p_value(row.p_even)})"
    return (
        f"more uneven ({p_value(row.p_uneven)})"
        if row.p_uneven < ALPHA
        else f"no more even ({p_value(row.p_even)}) or uneven ({p_value(row.p_uneven)})"
    )


def rotation(table):
    """Whether hosts take turns (`hosts.rotation`)."""
    if table.empty:
        return "No series has enough editions with a known host."
    turns, stays = table["p_turns"].min(), table["p_stays"].min()
    text = f"In {len(table)} series the host of an edition was also host of the next {table['repeats'].sum()} times; hosts dealt out anew would give {table['null'].sum():.1f}. "
    if min(turns, stays) >= ALPHA:
        return (
            text
            + f"No series departs from chance either way (least {p_value(turns)} for taking turns, {p_value(stays)} for staying): turns need not be agreed, since few states share many years."
        )
    names = ", ".join(table.loc[table[["p_turns", "p_stays"]].min(axis=1) < ALPHA, "name"])
    return text + f"Beyond chance: {names} ({2 * len(table)} one-sided tests)."


def host_rules(table):
    """How often rules for the next host were right (`hosts.back_test`)."""
    if not table["n"].sum():
        return "No series has two editions with a known host."
    told = [
        f"{row.says}: {share(row.right, row.n)} [{span(row.low, row.high)}], by chance {row.chance:.0%}"
        for row in table.itertuples()
    ]
    return f"Rules for the next host, put to every past edition: {'; '.join(told)}.".replace("%", "\u00a0%")


def sizes(told):
    """How many held editions have a size (`sizes.coverage`)."""
    return (
        f"Of {told['held']} held editions, {told['own']} have a reported figure of their own, {told['joint']} only a joint total, "
        f"{told['planned']} only a planned figure, {told['none']} none. Figures are not added up: they count different things, and a joint total stands once."
    )


def programme(table, year, last_day):
    """The programme of a year with its state as last reported (`due.programme`)."""
    if table.empty:
        return f"The record holds no edition for {year} in this scope."
    fates = "; ".join(f"{n} {status}" for status, n in table["status"].value_counts().items())
    return f"For {year} the record holds {len(table)} editions: {fates}, as of {day(last_day)}."


def rules(table, horizon):
    """What past series did from the same state (`due.rules`)."""
    every = table.iloc[-1]
    ahead = f"{horizon} year{'s' if horizon > 1 else ''} ahead"
    if not every["n"]:
        return f"No past year can be foretold {ahead}."
    told = [
        f"{row.state} {share(row.held, row.n)} [{span(row.low, row.high)}]"
        for row in table.iloc[:-1].itertuples()
        if row.n
    ]
    right = share(every["right"], every["foretold"])
    return (
        f"{ahead.capitalize()}, series were held from the state {'; '.join(told)}; from any, {share(every['held'], every['n'])}. Betting on the more common outcome "
        f"of earlier years was right in {right}, always betting on yes in {share(every['always'], every['foretold'])}."
    )


def reconciled(units, held):
    """That no row is lost or counted twice; `units` is {unit: register}."""
    n, m = (len(register) for register in units.values())
    return f"The counts reconcile with the register: {n} editions in components, {m} in umbrellas; each of the {held} held editions stands once in season, hosts and places."


def left_out(days):
    """What the season leaves out (`season.first_days`)."""
    n = days.attrs["left_out"]
    return (
        f"{n} more held exercise{'s' if n != 1 else ''} of which only the year is known {'are' if n != 1 else 'is'} left out."
        if n
        else "No held exercise is left out."
    )
