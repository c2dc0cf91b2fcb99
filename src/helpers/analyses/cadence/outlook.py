"""What is due: the announced programme, and which series to expect by rules that are tested on the past.

No bare prediction stands here. A rule says what share of series in the same state were held again so many years later, on
how many cases that rests, and how often betting on it would have been right in earlier years.
"""

from collections.abc import Iterable, Sequence
from statistics import median_low
from typing import Any

import pandas as pd

from helpers.analyses.cadence.series import gaps_between
from helpers.loaders import dates
from helpers.statistics.intervals import wilson

STATES = {  # state of a series at the end of a year, from the gaps between the years in which it was held so far
    "early": "its usual gap (the median so far) is not up in the following year",
    "due": "its usual gap is up in the following year, its longest is not exceeded",
    "silent": "in the following year it will have waited longer than ever before",
    "once": "held in one year only so far",
}
MIN_CASES = 3  # earlier cases in the same state before a past year can be foretold from them


def programme(register, reports, year):
    """Editions of a plan year (frame): name, status, start, hosts, last_said (day of its latest report), said_by, reports.

    Status is that of the register: what was last reported, up to the last day that sources cover.
    """
    own = register[register["year"] == year]
    table = reports[reports["exercise_id"].isin(own["exercise_id"])]
    table = table.assign(day=dates.bounds(table["said_on"])["earliest"]).sort_values(
        ["day", "report_id"], na_position="first"
    )
    latest = table.drop_duplicates("exercise_id", keep="last").set_index("exercise_id")
    told = own[["name", "status", "start", "hosts", "reports"]].reset_index(drop=True)
    for column, name in [("day", "last_said"), ("said_by", "said_by")]:
        told[name] = latest[column].reindex(own["exercise_id"]).to_numpy()
    return told[["name", "status", "start", "hosts", "last_said", "said_by", "reports"]]


def state_at(held: Sequence[int], year: int) -> str:
    """Find the state of a series at the end of a year.

    Parameters
    ----------
    held
        Years in which it was held, in ascending order.
    year
        The year; later ones are ignored.

    Returns
    -------
    str
        One of STATES; blank before its first year.
    """
    past = [one for one in held if one <= year]
    if not past:
        return ""
    if len(past) == 1:
        return "once"
    gaps = gaps_between(past)
    ahead = year + 1 - past[-1]
    if ahead > max(gaps):
        return "silent"
    return "due" if ahead >= median_low(gaps) else "early"


def cases(lives: pd.DataFrame, last_year: int, horizon: int) -> pd.DataFrame:
    """List every past series and year that a rule could have been asked about.

    Parameters
    ----------
    lives
        What `series.lifelines` gives.
    last_year
        Last whole year that sources cover.
    horizon
        How many years ahead the rule is asked.

    Returns
    -------
    DataFrame
        name, year, state (at the end of the year `horizon` years before), held (boolean; <NA> where no report says. One
        edition held is enough, whatever became of another of the year).
    """
    series: Iterable[Any] = lives[lives["first"].notna()].itertuples()
    rows = [
        (one.name, year, state_at(one.held, year - horizon), _outcome(one, year))
        for one in series
        for year in range(one.first + horizon, last_year + 1)
    ]
    return pd.DataFrame(rows, columns=["name", "year", "state", "held"]).astype({"held": "boolean"})


def _outcome(one: Any, year: int) -> Any:
    """Whether a series was held in a year; <NA> if unknown."""
    return True if year in one.held else pd.NA if year in one.open else False


def rules(lives: pd.DataFrame, last_year: int, horizons: Sequence[int]) -> pd.DataFrame:
    """Compute how often series in each state were held so many years later, and how often betting on that was right.

    Parameters
    ----------
    lives
        What `series.lifelines` gives.
    last_year
        Last whole year that sources cover.
    horizons
        How many years ahead the rules are asked.

    Returns
    -------
    DataFrame
        For each horizon one row a state and one over all: horizon (years ahead), state, says, n (series and years of known
        outcome), held, unknown (series and years of unknown outcome), share, low, high (Wilson, as if they were independent),
        foretold (past cases with MIN_CASES in the same state known by then), right (of these, the cases in which the more
        common outcome of the earlier ones came about), always (of these, the cases in which the series was held, which is
        how often a bet on yes each time would have been right).
    """
    rows = []
    for horizon in horizons:
        table = cases(lives, last_year, horizon)
        known = table[table["held"].notna()]
        bets = [_bets(part, horizon) for _, part in known.groupby("state")]
        table = table.assign(bet=pd.concat(bets) if bets else known["held"])
        own = [(state, says, table[table["state"] == state]) for state, says in STATES.items()]
        rows += [(horizon, *_rule(*one)) for one in [*own, ("all", "any series after its first edition", table)]]
    columns = [
        "horizon",
        "state",
        "says",
        "n",
        "held",
        "unknown",
        "share",
        "low",
        "high",
        "foretold",
        "right",
        "always",
    ]
    return pd.DataFrame(rows, columns=columns)


def _bets(part: pd.DataFrame, horizon: int) -> pd.Series:
    """The more common outcome of the earlier cases of one state, for each case; NA where these are too few.

    Earlier cases are those whose outcome was known when the bet would have been made, at the end of the year `horizon`
    years before.
    """
    bets: list[Any] = []
    for year in part["year"]:
        earlier = part.loc[part["year"] <= year - horizon, "held"]
        bets.append(bool(2 * earlier.sum() >= len(earlier)) if len(earlier) >= MIN_CASES else pd.NA)
    return pd.Series(bets, index=part.index, dtype="boolean")


def _rule(state: str, says: str, part: pd.DataFrame) -> tuple[Any, ...]:
    """The row of one state."""
    known = part[part["held"].notna()]
    held, n = int(known["held"].sum()), len(known)
    low, high = (float(bound) for bound in wilson(held, n))
    tried = known[known["bet"].notna()]
    right, always = int((tried["bet"] == tried["held"]).sum()), int(tried["held"].sum())
    share = held / n if n else float("nan")
    return state, says, n, held, len(part) - n, share, low, high, len(tried), right, always


def expectation(lives, table, last_year):
    """Every series, its state at the end of `last_year`, and what that lets expect (frame), likeliest next year first.

    Takes `lives.lifelines` and `rules`. Columns: name, last (held), state, announced (years after `last_year`), and for each
    horizon the share of past cases in the same state that were held so many years on; n and interval stand in `rules`.
    """
    rates = table.set_index(["state", "horizon"])["share"]
    horizons = sorted(table["horizon"].unique())
    rows = []
    for one in lives[lives["first"].notna()].itertuples():
        state = state_at(one.held, last_year)
        shares = {f"in {last_year + ahead}": rates[state, ahead] for ahead in horizons}
        rows.append({"name": one.name, "last": one.last, "state": state, "announced": one.planned, **shares})
    columns = ["name", "last", "state", "announced", *(f"in {last_year + ahead}" for ahead in horizons)]
    found = pd.DataFrame(rows, columns=columns)
    return found.sort_values([columns[4], "last", "name"], ascending=[False, False, True], ignore_index=True)
