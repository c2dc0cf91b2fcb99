"""What the notebook on the calendar says."""

import pandas as pd

from helpers.derive.record import Record
from helpers.display.finding import Finding
from helpers.display.phrases import capital, count, escape, listed, month, number, p_value, spoken, times, years

SEASON = (9, 10)  # the two months after the harvest leave of conscripts: asked of every record, said only if it holds
FEW, EXACT, NEAR = (
    0.95,
    0.05,
    0.3,
)  # yearly numbers: below the first "fewer than one", so near a whole one "three", "about three"
CLEAR_GAP = 0.25  # shares that differ by less say little of a later year
MOST = 0.5  # a season is one if more than half of all exercises begin in it
THIN = (
    2 / 3
)  # a period is thinly reported if its exercises rest on fewer than so many times the sources of those of the next
FEWEST = 10  # cases: below that, what came of earlier years is no habit


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
    detail += "" if rate == once else f", or {once} if the parts of a joint exercise count as one"
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
        detail += f"; in {earlier} it was {former}" + ("" if former == former_once else f", or {former_once}")
        doubt = _pace_doubt(same, row["ratio"] > 1, _is_thin(record, pace))
    return Finding(
        headline,
        f"{detail}.",
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


def _pace_doubt(same: bool, rose: bool, thin: bool) -> str:
    """What weakens the comparison of two periods: chance where they are alike, and what was not reported."""
    unknown = "the earlier years rest on fewer sources" if thin else "what no source reports is not counted"
    if same:
        return f"A difference of that size may be chance, and {unknown}."
    if not thin:
        return f"{capital(unknown)}."
    return f"{capital(unknown)}, so {'part of the rise may be better reporting' if rose else 'the fall may be larger'}."


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


def describe_calendar(record: Record, table: pd.DataFrame) -> Finding:
    """When in the year exercises begin (`measures.count_by_month`)."""
    if table.empty:
        return Finding("The month of no held exercise is known.")
    months = table["month"].value_counts()
    season = int(table["month"].isin(SEASON).sum())
    busiest = int(months.index[0])
    quiet = [pd.Timestamp(2000, one, 1).strftime("%B") for one in range(1, 13) if one not in months.index]
    name = pd.Timestamp(2000, busiest, 1).strftime("%B")
    none = f" None began in {listed(quiet[:4], last='or')}." if quiet and len(quiet) <= 4 else ""
    if season > MOST * len(table):
        headline = (
            f"{number(round(10 * season / len(table))).capitalize()} in ten exercises begin in September or October."
        )
        detail = f"That is {number(season)} of the {number(len(table))} whose month is known.{none}"
    else:
        headline = f"More exercises begin in {name} than in any other month."
        detail = f"That is {number(int(months.iloc[0]))} of the {number(len(table))} whose month is known.{none}"
    return Finding(headline, detail, k=season, n=len(table), unit="held exercises that began in September or October")


def describe_series(record: Record, lives: pd.DataFrame, silent: pd.DataFrame) -> Finding:
    """Which series have gone quiet (`series.compute_lifelines`, `list_silent`)."""
    known = lives[lives["first"].notna()]
    if known.empty:
        return Finding("No named series has an exercise in these years.")
    ran = known[known["waiting"] == 0]
    recent = silent.sort_values("last", ascending=False)
    if silent.empty:
        headline = "No series has waited longer than it ever did before."
    else:
        one = recent.iloc[0]
        headline = f"{count(len(silent), 'series', 'series').capitalize()} have gone quiet, the latest {escape(one['name'])}, last held in {one['last']}."
        if len(silent) == 1:
            headline = f"One series has gone quiet: {escape(one['name'])}, last held in {one['last']}."
    if len(ran) in (0, len(known)):
        every = "No" if ran.empty else "The" if len(known) == 1 else f"All {number(len(known))}"
        detail = f"{every} named series {'was' if ran.empty or len(known) == 1 else 'were'} held in {record.last_year}."
    else:
        detail = f"Of {number(len(known))} named series, {number(len(ran))} {'was' if len(ran) == 1 else 'were'} held in {record.last_year}."
    return Finding(
        headline,
        detail,
        "Quiet means that a series has waited longer than between any two years before; nobody may have said that it ended.",
        k=len(silent),
        n=len(known),
        unit="named series that are quiet",
    )


def describe_outlook(record: Record, table: pd.DataFrame, rules: pd.DataFrame) -> Finding:
    """Whether the past tells the next year (`outlook.compute_persistence`, `compare_rules`)."""
    held, away = table.loc["held"], table.loc["not held"]
    if min(held["n"], away["n"]) < FEWEST:
        return Finding("There are too few years to say what the next one brings.")
    scores = rules.set_index("rule")["right"]
    own, n = scores["as two years ago"], rules["n"].iloc[0]
    better = own > max(scores["as last year"], scores["always yes"])
    tells = better and held["k"] / held["n"] - away["k"] / away["n"] >= CLEAR_GAP
    return Finding(
        "A series held in one year tends to be held again two years later."
        if tells
        else "That a series was held in one year says little about the years after it.",
        f"It was in {int(held['k'])} of {int(held['n'])} cases, against {int(away['k'])} of {int(away['n'])} where it had not been.",
        f"As a forecast that was right in {own} of {n} cases; *as last year* in {scores['as last year']}, *always* in "
        f"{scores['always yes']}." + (" It is a habit of planners, not a law." if tells else ""),
        k=held["k"],
        n=held["n"],
        low=held["low"],
        high=held["high"],
        unit="series held again two years after",
    )


def describe_hosts(record: Record, table: pd.DataFrame) -> Finding:
    """Who hosts (`hosting.count_hosts`)."""
    hosts = table[table["hosted"] > 0]
    if hosts.empty:
        return Finding("No host of a held exercise is known.")
    most = hosts.iloc[0]
    own = table.set_index("iso3").loc[record.focus]
    focus = capital(escape(spoken(record.name)))
    known = f" {focus} last did in {month(own['day'])}." if own["hosted"] else f" {focus} never did."
    least = "" if most["iso3"] == record.focus else known
    second = hosts.iloc[1] if len(hosts) > 1 else None
    tied = second is not None and second["hosted"] == most["hosted"]
    beside = "" if second is None else f", {escape(spoken(second['name']))} {second['hosted']} of {second['expected']}"
    name = escape(spoken(most["name"]))
    held = record.register[record.register["status"] == "held"]
    unknown = "; of some no host is known" if (held["hosts"].map(len) == 0).any() else ""
    return Finding(
        f"No member hosts more exercises than {name}."
        if tied
        else f"{capital(name)} hosts more exercises than any other member.",
        f"{capital(name) if tied else 'It'} hosted {most['hosted']} of the {most['expected']} at which it was expected{beside}.{least}",
        f"An exercise with several hosts counts for each{unknown}.",
        k=most["hosted"],
        n=most["expected"],
        unit="held exercises hosted",
    )


def describe_troops(record: Record, table: pd.DataFrame) -> Finding:
    """How big exercises are (`troops.list_troops`)."""
    held = int((record.register["status"] == "held").sum())
    if table.empty:
        return Finding("No source reports the size of a held exercise by itself.", n=held, unit="held exercises")
    top = table.loc[table["troops"].idxmax()]
    return Finding(
        f"Half of the exercises of known size had fewer than {table['troops'].median():,.0f} troops.".replace(
            "fewer than", "up to"
        )
        if len(table) < 3
        else f"A typical exercise has about {round(table['troops'].median(), -2):,.0f} troops.",
        f"The largest was {escape(top['name'])}, with {escape(top['words'])} by {escape(top['said_by'])}.",
        f"Sources give a size of its own for {number(len(table))} of {held} exercises only, and seldom the small ones.",
        k=len(table),
        n=held,
        unit="held exercises whose own size is reported",
    )


def tabulate_pace(pace: pd.DataFrame) -> pd.DataFrame:
    """The pace as a reader's table (`measures.compute_pace`)."""
    return pd.DataFrame(
        {
            "years": [years(int(row.since), int(row.until)) for row in pace.itertuples()],
            "held, parts counted": pace["parts"],
            "a year": pace["parts_a_year"].map(lambda value: f"{value:.1f}"),
            "held, joint ones once": pace["joint"],
            "a year, joint ones once": pace["joint_a_year"].map(lambda value: f"{value:.1f}"),
            "95% interval of that": [f"{row.low:.1f}–{row.high:.1f}" for row in pace.itertuples()],
        }
    )


def tabulate_comparison(table: pd.DataFrame) -> pd.DataFrame:
    """Periods against those before as a referee's table (`measures.compare_periods`)."""
    return pd.DataFrame(
        {
            "years": [years(row.since, row.until) for row in table.itertuples()],
            "against": [years(row.before_since, row.before_until) for row in table.itertuples()],
            "times as many": table["ratio"],
            "from": table["low"],
            "to": table["high"],
            "p": table["p"].map(p_value),
        }
    )
