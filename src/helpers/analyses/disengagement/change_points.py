"""When did attendance change, if it did? Each member's series is searched for one break.

A joint exercise and its parts are one decision and count once here, whatever the scope: series whose cases come in threes
raise false alarms (`tools/bench_change_points.py` prints how many). Exercises that begin on one day are one place.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from helpers.analyses.disengagement.measures import by_name
from helpers.derive.codes import ABSENT, ATTENDED
from helpers.derive.record import Record
from helpers.display.phrases import percent, probability
from helpers.statistics.change_point import NO_BREAK, detection_rate, highest_posterior_set, no_break, posterior

FEWEST = 5  # clear cases that a search for a break needs


class Break(NamedTuple):
    """Where a break lies, and how sure that is."""

    last_before: pd.Series  # the case before the most probable place
    first_after: pd.Series  # the case after it
    earliest: pd.Series  # the case before the earliest place of the set that holds nine tenths of the probability
    latest: pd.Series  # the case after the latest
    chance: float  # probability of the most probable place, given that there is a break
    none: float  # probability that there is none
    disputed: pd.Series | None  # the last case at the most probable place that sources dispute or leave open


def series_of(own: pd.DataFrame) -> NDArray[np.float64]:
    """Values of one state's cases (`Record.of`), in their order: 1 came, 0 stayed away, NaN not clear."""
    return np.where(own["code"].isin(ATTENDED), 1.0, np.where(own["code"].isin(ABSENT), 0.0, np.nan))


def find_break(record: Record, state: str = "") -> Break | None:
    """The one break in a state's attendance, joint exercises counted once.

    Parameters
    ----------
    record
        The record of a scope.
    state
        Its code; blank for the focal state.

    Returns
    -------
    Break or None
        None if the probability of no break is NO_BREAK or more, or fewer than FEWEST cases are clear.
    """
    own = record.in_unit("umbrella").of(state or record.focus)
    values, days = series_of(own), own["start_earliest"].to_numpy()
    if np.isfinite(values).sum() < FEWEST or no_break(values, days) >= NO_BREAK:
        return None
    chances, known = _places(values, days), np.flatnonzero(np.isfinite(values))
    inside = np.flatnonzero(highest_posterior_set(chances) & (chances > 0))
    at = int(chances.argmax())
    after = known[known > at][0]
    between = own.iloc[at + 1 : after]
    return Break(
        own.iloc[at],
        own.iloc[after],
        own.iloc[inside[0]],
        own.iloc[known[known > inside[-1]][0]],
        float(chances[at]),
        float(no_break(values, days)),
        between.iloc[-1] if len(between) else None,
    )


def _places(values: NDArray[np.float64], days: NDArray[np.datetime64]) -> NDArray[np.float64]:
    """Probability of each place, given that there is a break."""
    chances = posterior(values, days)
    chances[np.flatnonzero(np.isfinite(values))[-1]] = 0
    return chances / chances.sum()


def compare_breaks(record: Record) -> pd.DataFrame:
    """Probability that each member's attendance never changed, joint exercises counted once.

    Returns
    -------
    DataFrame
        One row a state with FEWEST clear cases or more, the focus first, then by name: iso3, name, came, known, none
        (probability of no break, open cases left out), none_came, none_away (the same with every open case an attendance,
        an absence), last_before, first_after (names of the cases around the most probable place), shown (bool: none below
        NO_BREAK).
    """
    again = record.in_unit("umbrella")
    rows = []
    for state in by_name(record, again.held["iso3"].unique()):
        own = again.of(state)
        values, days = series_of(own), own["start_earliest"].to_numpy()
        known = np.flatnonzero(np.isfinite(values))
        if len(known) < FEWEST:
            continue
        filled = [np.where(np.isnan(values), guess, values) for guess in (1.0, 0.0)]
        none = float(no_break(values, days))
        at = int(_places(values, days).argmax())
        after = known[known > at][0]
        around = (own["name"].iloc[at], own["name"].iloc[after]) if none < NO_BREAK else ("", "")
        ends = [float(no_break(one, days)) for one in filled]
        came = int(np.nansum(values))
        rows.append((state, record.names[state], came, len(known), none, *ends, *around, none < NO_BREAK))
    columns = ["iso3", "name", "came", "known", "none", "none_came", "none_away", "last_before", "first_after", "shown"]
    return pd.DataFrame(rows, columns=columns)


def breaks_table(record: Record) -> pd.DataFrame:
    """What `compare_breaks` gives, as a table shows it; probabilities in words at their ends."""
    found = compare_breaks(record)
    columns = {"none": "no break", "none_came": "if all open came", "none_away": "if all open stayed away"}
    shown = found.assign(**{one: [_chance(p) for p in found[one]] for one in columns})
    heads = {
        "name": "state",
        "came": "came",
        "known": "of",
        **columns,
        "last_before": "last before",
        "first_after": "first after",
    }
    return shown[list(heads)].rename(columns=heads)


def _chance(p: float) -> str:
    return "below 0.01" if 0.0005 <= p < 0.005 else probability(p, p)


def simulate_alarms(draws: int = 1000) -> pd.DataFrame:
    """How often the search says that there is a break: where there is none, and where there is one.

    Returns
    -------
    DataFrame
        One row a design: before, after (rates), decisions (number), one case each (share of series said to break), three
        cases each (the same if each decision gives three cases of one day); shares in per cent, as text.
    """
    designs = [(rate, rate, 40) for rate in (1.0, 0.95, 0.9, 0.8)] + [(0.95, after, 40) for after in (0.5, 0.2, 0.0)]
    rows = [
        (percent(before), percent(after), size, *(_rate(before, after, size, together, draws) for together in (1, 3)))
        for before, after, size in designs
    ]
    return pd.DataFrame(rows, columns=["before", "after", "decisions", "one case each", "three cases each"])


def _rate(before: float, after: float, size: int, together: int, draws: int) -> str:
    return f"{detection_rate(before, after, size, at=size * 2 // 3, together=together, draws=draws):.1%}"
