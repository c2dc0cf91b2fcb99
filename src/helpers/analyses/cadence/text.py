"""Sentences and figure texts of `04_exercise_cadence` on counts, promises and what is due."""

import math

from helpers.display.phrases import day, p_value, share, span
from helpers.statistics.exact_tests import ALPHA


def cadence(parts, umbrellas):
    """How many exercises a year by period, in both units (`cadence.means_by_period` of each)."""
    told = []
    for one, other in zip(parts.itertuples(), umbrellas.itertuples(), strict=True):
        told.append(
            f"{one.mean:.1f} [{one.low:.1f}–{one.high:.1f}; n = {one.held}] or {other.mean:.1f} [n = {other.held}] in {one.period}"
        )
    return f"Exercises reported as held a year, counting every part or umbrellas once: {'; '.join(told)} [95 % interval of the mean]."


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


def delivery(table, leads):
    """What became of the editions that yearly programmes named ahead (`cadence.delivery`, `cadence.announced`)."""
    named, held, off, open_ = (int(table[column].sum()) for column in ("named", "held", "called_off", "open"))
    return (
        f"Yearly programmes named {named} of these editions before they began, half of them at least {int(leads.median())} days ahead: "
        f"{held} are reported as held, {off} as called off, and of {open_} no report says either."
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
