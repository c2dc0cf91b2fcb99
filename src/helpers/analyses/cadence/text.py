"""What the notebook on the calendar says."""

from math import log

import pandas as pd

from helpers.analyses.cadence.measures import count_by_month
from helpers.derive.record import Record
from helpers.display.finding import Finding
from helpers.display.phrases import capital, count, escape, listed, month, number, spoken, times, years

SEASON = (9, 10)  # the two months after the harvest leave of conscripts: asked of every record, said only if it holds
FEW, EXACT, NEAR = (
    0.95,
    0.05,
    0.3,
)  # yearly numbers: below the first "fewer than one", so near a whole one "three", "about three"
MOST = 0.5  # a season is one if more than half of all exercises begin in it
NAMED = 3  # hosts that a sentence can name
THIN = (
    2 / 3
)  # a period is thinly reported if its exercises rest on fewer than so many times the sources of those of the next
NEAR_HOSTS = 2  # exercises: a source more or less could move so many from one host to another
TIMES = {
    **{1 / 10: "a tenth", 1 / 5: "a fifth", 1 / 4: "a quarter", 1 / 3: "a third", 1 / 2: "half", 2 / 3: "two thirds"},
    **{1: "", 1.5: "one and a half times", 2: "twice", 3: "three times", 5: "five times", 10: "ten times"},
}


def describe_pace(record: Record, pace: pd.DataFrame, compared: pd.DataFrame) -> Finding:
    """How often exercises are held (`measures.compute_pace`, `compare_periods`): the answer of the notebook and the front page."""
    name = escape(record.organisation)
    if pace.empty or not pace["parts"].sum():
        return Finding(f"No exercise of the {name} is reported as held in these years.", unit="held exercises")
    last = pace.iloc[-1]
    over = record.is_past
    spell = years(int(last["since"]), int(last["until"]))
    former = former_once = ""
    rate, once = _rate(last["parts_a_year"]), _rate(last["joint_a_year"])
    if not compared.empty:
        rate, former = _rates(last["parts_a_year"], pace.iloc[-2]["parts_a_year"])
        once, former_once = _rates(last["joint_a_year"], pace.iloc[-2]["joint_a_year"])
    detail = f"{word_pace(pace)} {'was' if rate.endswith('one') and rate != 'none' else 'were'} held in {spell}"
    joint = f" Joint exercises counted once, it was {once}"
    if compared.empty:
        headline = f"The {name} {f'held {_exercises(rate)} a year in {spell}' if over else f'holds {_exercises(rate)} a year'}."
        doubt = "There is no earlier period to compare with."
    else:
        row, before = compared.iloc[-1], pace.iloc[-2]
        earlier = years(int(before["since"]), int(before["until"]))
        same = times(row["ratio"], row["low"], row["high"]).startswith("about")
        more = "more" if row["ratio"] > 1 else "less"
        trains = f"trained in {spell}" if over else "trains"
        headline = f"The {name} {trains} {'about as often as' if same else f'{more} often than'} before."
        detail += f", against {former} in {earlier}"
        joint += f", against {former_once}"
        doubt = _pace_doubt(row, same, _is_thin(record, pace))
    return Finding(
        headline,
        f"{detail}." if (rate, former) == (once, former_once) else f"{detail}.{joint}.",
        doubt,
        k=last["joint"],
        n=last["years"],
        low=last["low"],
        high=last["high"],
        unit="joint exercises a year",
    )


def word_pace(pace: pd.DataFrame) -> str:
    """How many exercises a year the last period had, as it opens a sentence: 'Six a year', 'None'."""
    values = pace["parts_a_year"].iloc[::-1]
    rate = _rates(*values.iloc[:2])[0] if len(values) > 1 else _rate(values.iloc[0])
    return "None" if rate == "none" else f"{_opening(rate)} a year"


def _is_thin(record: Record, pace: pd.DataFrame) -> bool:
    """Whether the exercises of the last period but one rest on far fewer sources than those of the last."""
    held = record.register[record.register["status"] == "held"]
    first, last = (
        held.loc[held["year"].between(row.since, row.until), "families"].mean() for row in pace.iloc[-2:].itertuples()
    )
    return bool(first < THIN * last)


def _pace_doubt(row: pd.Series, same: bool, thin: bool) -> str:
    """What weakens the comparison of two periods: how far the data reach where they are alike, and what was not reported."""
    unknown = "the earlier years rest on fewer sources" if thin else "what no source reports is not counted"
    if same:
        least, most = (_as_many(row[end]) for end in ("low", "high"))
        return f"Anything from {least} to {most} joint exercises a year would fit as well, and {unknown}."
    if not thin:
        return f"{capital(unknown)}."
    rose = row["ratio"] > 1
    return f"{capital(unknown)}, so {'part of the rise may be better reporting' if rose else 'the fall may be larger'}."


def _as_many(ratio: float) -> str:
    """A ratio by the nearest simple one: 'about a third as many', 'about twice as many'."""
    if not min(TIMES) / 2 < ratio < max(TIMES) * 2:
        return "none" if ratio < 1 else f"more than {TIMES[max(TIMES)]} as many"
    near = TIMES[min(TIMES, key=lambda one: abs(log(one / ratio)))]
    return f"about {near} as many" if near else "about as many"


def _rate(value: float) -> str:
    """A yearly number as readers say it: 'six', 'about three', '2.8', 'fewer than one', 'none'."""
    near = round(value)
    if not value:
        return "none"
    if value < FEW:
        return "fewer than one"
    if abs(value - near) < EXACT:
        return number(near)
    return f"about {number(near)}" if abs(value - near) < NEAR else f"{value:.1f}"


def _rates(one: float, other: float) -> tuple[str, str]:
    """Two yearly numbers as readers compare them: both with one decimal where words would blur or stretch the difference."""
    said, exact = (_rate(one), _rate(other)), (f"{one:.1f}", f"{other:.1f}")
    first, second = (each.removeprefix("about ") for each in said)
    alike = first == second and exact[0] != exact[1]
    one_rounded = any(" " in each for each in said) and any("." in each for each in said)
    whole = not any("." in each or each.startswith("fewer") for each in said)
    stretched = whole and abs(round(one) - round(other) - (one - other)) > NEAR
    return exact if alike or one_rounded or stretched else said


def _opening(rate: str) -> str:
    """A yearly number as it opens a sentence, which no figure does."""
    return f"On average {rate}" if rate[0].isdigit() else capital(rate)


def _exercises(rate: str) -> str:
    """A yearly number with its noun."""
    if rate == "none":
        return "no exercise"
    return f"{rate} exercise" if rate.endswith(" one") or rate == "one" else f"{rate} exercises"


def caption_years(pace: pd.DataFrame) -> dict[str, str]:
    """Around the picture of exercises a year (`measures.compute_pace`)."""
    return {
        "title": _title(pace),
        "subtitle": "Held exercises of each plan year. Full colour: joint exercises and single ones, each once; pale: further parts of joint exercises.",
    }


def _title(pace: pd.DataFrame) -> str:
    """How many exercises a year the last period had, and how many the one before."""
    if pace.empty:
        return "Exercises held a year"
    spells = [years(int(row.since), int(row.until)) for row in pace.itertuples()]
    rates = [_rate(value) for value in pace["parts_a_year"]]
    if len(rates) > 1:
        rates[-1], rates[-2] = _rates(*pace["parts_a_year"].iloc[[-1, -2]])
    title = f"{_opening(_exercises(rates[-1]))} a year in {spells[-1]}"
    if len(rates) == 1:
        return title
    return f"{title}, as in {spells[-2]}" if rates[-1] == rates[-2] else f"{title}, {rates[-2]} in {spells[-2]}"


def describe_calendar(record: Record) -> Finding:
    """When in the year exercises begin, both with every part and with joint exercises counted once (`measures.count_by_month`)."""
    tables = {unit: count_by_month(one)["month"] for unit, one in record.in_both_units().items()}
    own = tables.pop(record.scope.unit)
    if own.empty:
        return Finding("The month of no held exercise is known.")
    (other,) = tables.values()
    counted = "joint exercises count once" if record.scope.unit == "component" else "every part counts"
    season = int(own.isin(SEASON).sum())
    quiet = [_month(one) for one in range(1, 13) if one not in own.to_numpy()]
    detail = f"None began in {listed(quiet[:4], last='or')}." if quiet and len(quiet) <= 4 else ""
    known = f"of the {number(len(own))} whose month is known"
    if max(one.isin(SEASON).mean() for one in (own, other)) > MOST:
        here, there = (_in_ten(one) for one in (own, other))
        otherwise = f", {there} if {counted}" if here != there else ""
        headline = f"{capital(here)} in ten exercises begin in September or October{otherwise}."
        start = f"That is {number(season)} {known}"
    else:
        here, there = (_month(_fullest(one)) for one in (own, other))
        otherwise = f", in {there} if {counted}" if here != there else ""
        headline = f"Most exercises begin in {here}{otherwise}."
        start = f"That is {number(int((own == _fullest(own)).sum()))} {known}"
    if len(own) != len(other):
        fullest = _fullest(other)
        start += f"; if {counted}, it is {int(other.isin(SEASON).sum())} of {len(other)} in these two months"
        start += "" if fullest in SEASON else f", and {int((other == fullest).sum())} in {_month(fullest)}"
    return Finding(
        headline,
        f"{start}. {detail}".rstrip(),
        k=season,
        n=len(own),
        unit="held exercises that began in September or October",
    )


def _month(at: int) -> str:
    """The name of a month by its number."""
    return f"{pd.Timestamp(2000, at, 1):%B}"


def _fullest(months: pd.Series) -> int:
    """The month in which most exercises begin, of equals the first."""
    return int(months.value_counts().sort_index().idxmax())


def _in_ten(months: pd.Series) -> str:
    """How many of ten exercises begin in the season."""
    return number(round(10 * months.isin(SEASON).mean())) or "none"


def describe_hosts(record: Record, table: pd.DataFrame) -> Finding:
    """Who hosts (`hosting.count_hosts`)."""
    hosts = table[table["hosted"] > 0]
    if hosts.empty:
        return Finding("No host of a held exercise is known.")
    near = hosts[hosts["hosted"] >= hosts["hosted"].iloc[0] - NEAR_HOSTS]
    own = table.set_index("iso3").loc[record.focus]
    focus = capital(escape(spoken(record.name)))
    names = [escape(spoken(name)) for name in near["name"]]
    if len(near) == 1:
        headline = f"{capital(names[0])} hosts more exercises than any other member."
    elif len(near) <= NAMED:
        headline = f"{capital(listed(names))} host most exercises."
    else:
        headline = "No member hosts far more exercises than others."
    parts = [
        f"{escape(spoken(one.name))} {one.hosted} of {one.expected}"
        for one in hosts.iloc[1 : max(2, min(len(near), NAMED))].itertuples()
    ]
    first = hosts.iloc[0]
    start = f"{capital(names[0])} hosted {first['hosted']} of the {first['expected']} at which it was expected"
    last = f" {focus} last hosted one in {month(own['day'])}." if own["hosted"] else f" {focus} never did."
    held = record.register[record.register["status"] == "held"]
    unknown = "; of some no host is known" if (held["hosts"].map(len) == 0).any() else ""
    return Finding(
        headline,
        f"{', '.join([start, *parts])}.{last}",
        f"An exercise with several hosts counts for each{unknown}.",
        k=first["hosted"],
        n=first["expected"],
        unit="held exercises hosted",
    )


def describe_troops(record: Record, table: pd.DataFrame) -> Finding:
    """How big exercises are (`troops.list_troops`)."""
    held = int((record.register["status"] == "held").sum())
    if table.empty:
        return Finding("No source reports the size of a held exercise by itself.", n=held, unit="held exercises")
    top, middle = table.loc[table["troops"].idxmax()], table["troops"].median()
    about = f"about {round(middle, -2):,.0f}" if middle >= 1000 else f"{middle:,.0f}"
    return Finding(
        f"The median of the {count(len(table), 'size')} known is {about} troops."
        if len(table) > 1
        else f"The one size known is {top['words']} troops.",
        f"The largest was {escape(top['name'])}, with {escape(top['words'])} by {escape(top['said_by'])}.",
        f"Sources give a size of its own for {number(len(table))} of {held} exercises only, and seldom the small ones, "
        "so the middle of all is probably lower.",
        k=len(table),
        n=held,
        unit="held exercises whose own size is reported",
    )
