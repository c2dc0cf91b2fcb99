"""What is due: the announced programme, and which series to expect by rules that are tested on the past.

No bare prediction stands here. A rule says what share of series in the same state were held again so many years later, on
how many cases that rests, and how often betting on it would have been right in earlier years.
"""

from statistics import median_low

import pandas as pd

from helpers import dates
from helpers.intervals import wilson
from helpers.lives import gaps_between

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
    latest = table.groupby("exercise_id").last()
    told = own[["name", "status", "start", "hosts", "reports"]].reset_index(drop=True)
    for column, name in [("day", "last_said"), ("said_by", "said_by")]:
        told[name] = own["exercise_id"].map(latest[column]).to_numpy()
    return told[["name", "status", "start", "hosts", "last_said", "said_by", "reports"]]


def state_at(held, year):
    """The state (see STATES) of a series at the end of a year, from the years in which it was held; "" before its first."""
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


def cases(lives, last_year, horizon):
    """Every past series-year that a rule could have been asked about (frame): name, year, state, held (bool).

    The state is that of `horizon` years before the year; years of which no report says whether the series was held are
    left out and counted in `attrs["unknown"]`. Takes `lives.lifelines`.
    """
    rows, unknown = [], 0
    for one in lives[lives["first"].notna()].itertuples():
        for year in range(one.first + horizon, last_year + 1):
            if year in one.open:
                unknown += 1
            else:
                rows.append((one.name, year, state_at(one.held, year - horizon), year in one.held))
    table = pd.DataFrame(rows, columns=["name", "year", "state", "held"]).astype({"held": bool})
    table.attrs["unknown"] = unknown
    return table


def rules(table):
    """Base rate and back-test of each state (frame), the last row over all states; takes `cases`.

    Columns: state, says, n (series-years), held, share, low, high (Wilson, as if series-years were independent draws),
    foretold (past cases with MIN_CASES earlier ones in the same state), right (of these, the cases in which the more common
    outcome of the earlier ones came about), always (of these, the cases in which an edition was held: what always betting
    on yes would get right).
    """
    tried = pd.concat([_foretell(part) for _, part in table.groupby("state")] or [table.assign(bet=None)])
    rows = [_rule(state, says, table[table["state"] == state], tried) for state, says in STATES.items()]
    rows.append(_rule("all", "any series after its first edition", table, tried))
    columns = ["state", "says", "n", "held", "share", "low", "high", "foretold", "right", "always"]
    return pd.DataFrame(rows, columns=columns)


def _foretell(part):
    """The cases of one state with the bet that earlier years support (`bet`, NA where these are too few)."""
    bets = []
    for year in part["year"]:
        earlier = part.loc[part["year"] < year, "held"]
        bets.append(2 * earlier.sum() >= len(earlier) if len(earlier) >= MIN_CASES else pd.NA)
    return part.assign(bet=bets)


def _rule(state, says, part, tried):
    held, n = int(part["held"].sum()), len(part)
    low, high = (float(bound) for bound in wilson(held, n))
    own = tried.loc[tried.index.isin(part.index)].dropna(subset="bet")
    right = int((own["bet"].astype(bool) == own["held"]).sum())
    return state, says, n, held, held / n if n else float("nan"), low, high, len(own), right, int(own["held"].sum())


def expectation(lives, table, last_year, horizon):
    """Every series and what its state at the end of `last_year` lets expect `horizon` years later (frame), likeliest first.

    Columns: name, last (held), state, held (in the past, of), n (cases in the same state), share, low, high. Takes
    `lives.lifelines` and `rules` of the same horizon.
    """
    rates = table.set_index("state")
    rows = []
    for one in lives[lives["first"].notna()].itertuples():
        state = state_at(one.held, last_year)
        told = rates.loc[state, ["held", "n", "share", "low", "high"]].to_dict()
        rows.append({"name": one.name, "last": one.last, "state": state, **told})
    columns = ["name", "last", "state", "held", "n", "share", "low", "high"]
    found = pd.DataFrame(rows, columns=columns)
    return found.sort_values(["share", "last", "name"], ascending=[False, False, True], ignore_index=True)
