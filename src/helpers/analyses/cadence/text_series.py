"""Sentences and figure texts of `04_exercise_cadence` on season, lives of series, hosts and sizes."""

from helpers.analyses.cadence.season import day_name
from helpers.display.phrases import DATA, p_value, share, span
from helpers.statistics.exact_tests import ALPHA


def when_in_the_year(table):
    """When exercises begin: one peak or two (`season.season`), all of them and by period."""
    if table.empty:
        return "Too few exercises have a known season."
    row = table.iloc[0]
    text = (
        f"First days of {row['n']} held exercises in {row['units']} umbrellas or alone centre on {day_name(row['day1'])} "
        f"[{day_name(row['day1_low'])} – {day_name(row['day1_high'])}], resultant {row['r1']:.2f} [{p_value(row['p1'])} if umbrellas fell on any day]. "
    )
    text += f"{share(row['opposite'], row['n'])} begin more than three months from that day. "
    second = f"the second harmonic has {row['r2']:.2f} [{p_value(row['p2'])} if umbrellas fell on any day] where one bell-shaped peak of this width gives {row['one_peak']:.2f} [{p_value(row['p_peaks'])} that it exceeds that by as much]"
    two = [one.group for one in table.iloc[1:].itertuples() if one.two_peaks]
    also = (
        f" Of {len(table) - 1} groups taken alone, the same shows in {', '.join(two)}."
        if two
        else " No group taken alone shows it."
    )
    if row["two_peaks"]:
        return text + f"One bell-shaped peak does not explain the days: {second}.{also}"
    return text + f"One bell-shaped peak is enough to explain the days: {second}."


def left_out(days):
    """What the season leaves out (`season.first_days`)."""
    n = days.attrs["left_out"]
    return (
        f"{n} more held exercise{'s' if n != 1 else ''} of which only the year is known {'are' if n != 1 else 'is'} left out."
        if n
        else "No held exercise is left out."
    )


def lives(evenness, waiting, last_year):
    """How even gaps are (`lives.gap_evenness`) and who waits longer than ever (`lives.overdue`)."""
    late = waiting[waiting["overdue"]]
    text = "Too few gaps to judge how even they are. "
    if len(evenness) > 1:
        held, filled = (row for row in evenness.tail(2).itertuples())
        text = (
            f"The {held.n} gaps of {len(evenness) - 2} series are, taken together, {_evener(held)} than years chosen at random; "
            f"with unverified editions counted as held, {_evener(filled)}. "
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


def next_hosts(table):
    """Caption of what the rule of the longest wait names, with how often it was right (`hosts.back_test`)."""
    row = table.set_index("rule").loc["longest"]
    text = "Whom the rule of the longest wait names next, if announced editions run as announced"
    return f"{text}; it was right in {share(int(row['right']), int(row['n']))} past editions" if row["n"] else text


def how_big(told):
    """How many held editions have a size (`sizes.coverage`)."""
    return (
        f"Of {told['held']} held editions, {told['own']} have a reported figure of their own, {told['joint']} only a joint total, "
        f"{told['planned']} only a planned figure, {told['none']} none. Figures are not added up: they count different things, and a joint total stands once."
    )


def season(table, days, last_day):
    """Around `figures.season.season`; `days` is `season.first_days`."""
    row = table.iloc[0]
    shape = "more than one bell-shaped peak explains" if row["two_peaks"] else "no more than one peak allows"
    return {
        "title": f"First days centre on {day_name(row['day1'])}; {row['opposite']} of {row['n']} lie in the other half-year: {shape}",
        "subtitle": f"First days of {row['n']} held exercises in {row['units']} umbrellas or alone. R: 0 spread out, 1 all on one day; R₂: of two opposite peaks.",
        "footer": f"Intervals by resampling whole umbrellas. The two peaks are half a year apart by construction. Groups of few are not drawn; {days.attrs['left_out']} exercises of unknown season left out. Sources to {last_day:%Y-%m-%d}. {DATA}",
    }


def lifelines(table, last_year):
    """Around `figures.lives.lifelines`."""
    recent = int((table["last"] == last_year).sum())
    once = int((table["held"].map(len) == 1).sum())
    return {
        "title": f"{recent} of {len(table)} series were held in {last_year}; {once} {'have' if once != 1 else 'has'} been held in one year only",
        "subtitle": f"Plan years of {table['editions'].sum()} held editions; gaps are years from one to the next; 'without' counts whole years to {last_year}.",
        "footer": f"Sources use several names for one series and do not date a change of name; see series.csv. {DATA}",
    }


def sizes(table, told):
    """Around `figures.sizes.sizes`; `told` is `sizes.coverage`."""
    reported = table[table["told"] == "reported"]
    top = (reported if len(reported) else table).sort_values("best", ascending=False).iloc[0]
    words = ", ".join(top["names"])
    return {
        "title": f"Largest figure {top['told']}: {top['as_told']} at {words}",
        "subtitle": f"Troops as sources give them; {told['own']} of {told['held']} held editions have a reported figure of their own.",
        "footer": f"An umbrella's figure takes in its parts, a joint total its drills: the marks cannot be added up. One state's contingent is left out. {DATA}",
    }


def venues(table, names):
    """Around `figures.hosts.venues`; `names` is {iso3: name}."""
    known = table[table["place"] != ""]
    used = known[["iso3", "place"]].value_counts(sort=True)
    top = sorted(used.items(), key=lambda item: (-item[1], item[0]))[0]
    (state, place), n = top
    held = table["exercise_id"].nunique()
    drawn = table.loc[table["iso3"].isin(names), "exercise_id"].nunique()
    return {
        "title": f"{place} in {names.get(state, state)} was used most: {n} of {held} held exercises",
        "subtitle": f"Held exercises by state, place and plan year; n = {drawn} at places of one known state.",
        "footer": f"An exercise at several places counts at each. Not drawn: {held - drawn} of unknown place and several or unknown hosts. {DATA}",
    }
