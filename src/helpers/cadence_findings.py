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


def comparison(parts, umbrellas):
    """Each period against the one before, in both units (`cadence.compare_periods` of each)."""
    if parts.empty:
        return "There is one period only: nothing to compare."
    once = umbrellas.set_index("period")
    told = [
        f"{row.period} against {row.before}: {_ratio(row)}"
        + (f", umbrellas once {_ratio(once.loc[row.period])}" if row.period in once.index else "")
        for row in parts.itertuples()
    ]
    return f"The yearly number held, by an exact test. {'; '.join(told)} [95 % interval; n = numbers compared]."


def _ratio(row):
    span_ = f"{row.low:.1f}–{row.high:.1f}" if math.isfinite(row.high) else f"{row.low:.1f} or more"
    times = f"{row.ratio:.1f} times" if math.isfinite(row.ratio) else "no finite multiple of"
    return f"{times} [{span_}; n = {row.held} and {row.held_before}; {p_value(row.p)}]"


def next_years(parts, umbrellas):
    """What a next stretch of years would need to differ, in both units (`cadence.next_to_differ` of each)."""
    if not parts or not umbrellas:
        return "There are too few whole years to say what the next ones would need to differ."
    years = parts["until"] - parts["since"] + 1
    return (
        f"To differ from the {parts['held']} held in {parts['since']}-{parts['until']} (exact test at {ALPHA:.0%}), another {years} years would need "
        f"{_room(parts)}; counting umbrellas once, from {umbrellas['held']}, {_room(umbrellas)}."
    ).replace("%", "\u00a0%")


def _room(room):
    few = f"{room['at_most']} or fewer" if room["at_most"] is not None else "(even none would be too many)"
    return f"{few}, or {room['at_least']} or more"


def evenness(parts, umbrellas):
    """Whether yearly counts are more even or more uneven than chance, in both units (`cadence.evenness` of each)."""
    tests = 2 * (len(parts) + len(umbrellas))
    if not tests:
        return "There are too few whole years to judge how even the counts are."
    found = [
        f"more {word} in {row.period} ({unit}; variance {row.spread:.1f} times the mean, {p_value(p)})"
        for unit, table in [("parts", parts), ("umbrellas once", umbrellas)]
        for row in table.itertuples()
        for word, p in [("even", row.p_even), ("uneven", row.p_uneven)]
        if p < ALPHA
    ]
    if not found:
        return f"Given each period's total, its yearly counts are as even as chance would deal them ({tests} one-sided tests, none below {ALPHA:.2f})."
    return (
        f"Given each period's total, yearly counts are {'; '.join(found)} than chance would deal them; in the other periods they are not. "
        f"{tests} one-sided tests were made, of which chance alone brings at most about {tests * ALPHA:.1f} below {ALPHA:.2f}."
    )


def kept(table):
    """What became of announced editions, shocks apart (`cadence.kept`)."""
    if table.empty:
        return "No yearly programme named an edition in this scope."
    told = []
    for row in table.itertuples():
        notes = [f"{row.open} of unknown fate"] if row.open else []
        notes += [f"{row.moved} with another first day or host than some plan gave"] if row.moved else []
        text = f"{share(row.held, row.named)} [{span(row.low, row.high)}] in {row.years}"
        told.append(text + (f", {' and '.join(notes)}" if notes else ""))
    return f"Of the editions that programmes named ahead, those held are {'; '.join(told)} [95 % interval]."


def season(table):
    """When exercises begin: one peak or two (`season.season`), all of them and by period."""
    if table.empty:
        return "Too few exercises have a known season."
    row = table.iloc[0]
    text = (
        f"First days of {row['n']} held exercises in {row['units']} umbrellas or alone centre on {day_name(row['day1'])} "
        f"[{day_name(row['day1_low'])} – {day_name(row['day1_high'])}], resultant {row['r1']:.2f} [{row['r1_low']:.2f}–{row['r1_high']:.2f}; {p_value(row['p1'])} if umbrellas fell on any day]. "
    )
    text += f"{share(row['opposite'], row['n'])} begin more than three months from that day. "
    second = f"the second harmonic has {row['r2']:.2f} [{row['r2_low']:.2f}–{row['r2_high']:.2f}; {p_value(row['p2'])}] where one bell-shaped peak of this width gives {row['one_peak']:.2f}"
    two = [one.group for one in table.iloc[1:].itertuples() if one.two_peaks]
    also = f" Taken alone, the same shows in {', '.join(two)}." if two else " No group taken alone shows it."
    if row["two_peaks"]:
        return text + f"One peak does not account for the days: {second}.{also}"
    return text + f"One peak accounts for the days: {second}."


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
        f"{row.says}: {share(row.right, row.n)} [{span(row.low, row.high)}], by chance {100 * row.chance:.0f}\u00a0%"
        for row in table.itertuples()
    ]
    return f"Rules for the next host, put to every past edition: {'; '.join(told)}."


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


def rules(table):
    """How often betting on what earlier series did was right (`due.rules`)."""
    told = [
        f"{row.horizon} year{'s' if row.horizon > 1 else ''} ahead in {share(row.right, row.foretold)}, against {share(row.always, row.foretold)} for always betting on yes"
        for row in table[table["state"] == "all"].itertuples()
        if row.foretold
    ]
    if not told:
        return "There are too few past years to put a rule to."
    return f"Betting on the more common outcome of earlier series in the same state was right {'; '.join(told)}."


def reconciled(units, held):
    """That no row is lost or counted twice; `units` is {unit: register}, `held` {unit: held editions}."""
    told = [f"{len(register)} editions in {unit} units, {held[unit]} of them held" for unit, register in units.items()]
    return f"The counts reconcile with the register to the last row: {'; '.join(told)}. Season, hosts, places and sizes each take in every held edition once."


def left_out(days):
    """What the season leaves out (`season.first_days`)."""
    n = days.attrs["left_out"]
    return (
        f"{n} more held exercise{'s' if n != 1 else ''} of which only the year is known {'are' if n != 1 else 'is'} left out."
        if n
        else "No held exercise is left out."
    )
