"""The headline findings as small functions of one universe: each gives a number and whether the finding stands.

A universe is one set of defensible choices, laid out as arrays: editions in order of their first day, and what each state
did at them. A number is NaN where the universe has too little to tell; the finding does not stand there either.
"""

from typing import NamedTuple

import numpy as np

from helpers import breaks

HARDLY_EVER = 0.1  # fewer than one in ten: one stray visit in ten would still be no habit
AS_A_RULE = 0.9  # its mirror: at most one exception in ten
GREATER_PART = 0.5  # a fall of more than half of all occasions is no drift
NO_BREAK = 0.05  # the probability of no break at all that a break date may leave
NEAR = np.timedelta64(
    365, "D"
)  # a year: exercises come in one season, so a break is seen within twelve months of its cause
NO_FEWER = 1.0  # as many a year after as before
FEWEST = 4  # of 0 in 4 the 95 % interval ends just below a half; of 0 in 3 it does not


class Universe(NamedTuple):
    """Editions x states under one set of choices; arrays share their first axis, the editions in order of first day.

    `value` is 1 came, 0 stayed away, NaN not known, not expected or not held; `expected` marks held exercises at which the
    state was expected; `promised` editions that a yearly programme named before they began.
    """

    ids: np.ndarray
    umbrella: np.ndarray
    year: np.ndarray
    day: np.ndarray
    held: np.ndarray
    promised: np.ndarray
    value: np.ndarray
    expected: np.ndarray
    states: tuple
    focus: str
    split: np.datetime64
    turn: int
    since: int
    last_year: int
    skipped: tuple = ()  # years left out, whose editions are gone and which no yearly number may count


ROWS = ("ids", "umbrella", "year", "day", "held", "promised", "value", "expected")  # fields with a row an edition


def only(universe, mask):
    """The universe with the editions of a mask alone."""
    return universe._replace(**{name: getattr(universe, name)[mask] for name in ROWS})


def _own(universe):
    """The focus's known values and their days."""
    if universe.focus not in universe.states:
        return np.empty(0), universe.day[:0]
    value = universe.value[:, universe.states.index(universe.focus)]
    known = ~np.isnan(value)
    return value[known], universe.day[known]


def _mean(values):
    return float(values.mean()) if len(values) >= FEWEST else float("nan")


def late(universe):
    """Share attended since the split: hardly ever."""
    value, day = _own(universe)
    share = _mean(value[day >= universe.split])
    return share, share < HARDLY_EVER


def fall(universe):
    """Share attended before the split less the share since: by the greater part."""
    value, day = _own(universe)
    lost = _mean(value[day < universe.split]) - _mean(value[day >= universe.split])
    return lost, lost > GREATER_PART


def turning(universe):
    """Most probable break, as years from the split to the first exercise after it: within a year, and no chance of none."""
    value, day = _own(universe)
    if len(value) < 2 * FEWEST:
        return float("nan"), False
    chances = breaks.posterior(value)
    away = day[int(chances[:-1].argmax()) + 1] - universe.split
    return float(away / np.timedelta64(1, "D") / 365.25), bool(abs(away) <= NEAR and chances[-1] < NO_BREAK)


def _ties(universe):
    """Ties since the turn, the focus's and the others' (two arrays): together / both known, as in `ties.co_attendance`."""
    value = universe.value[universe.year >= universe.turn]
    known = (~np.isnan(value)).astype(float)
    came = (value == 1).astype(float)
    occasions, together = known.T @ known, came.T @ came
    with np.errstate(invalid="ignore", divide="ignore"):
        rate = np.where(occasions >= FEWEST, together / occasions, np.nan)
    own = np.array([state == universe.focus for state in universe.states])
    first, second = np.triu_indices(len(own), 1)
    rate, ours = rate[first, second], own[first] | own[second]
    return rate[ours & ~np.isnan(rate)], rate[~ours & ~np.isnan(rate)]


def weakest(universe):
    """The strongest of the focus's ties since the turn: weaker than the weakest among all others."""
    own, others = _ties(universe)
    if not len(own) or not len(others):
        return float("nan"), False
    return float(own.max()), bool(own.max() < others.min())


def strongest(universe):
    """The weakest tie among the others since the turn: together as a rule."""
    own, others = _ties(universe)
    if not len(own) or not len(others):
        return float("nan"), False
    return float(others.min()), bool(others.min() > AS_A_RULE)


def pace(universe):
    """Exercises held a year from the turn to the last whole year, over those held a year before: no fewer."""
    before = universe.held & (universe.year >= universe.since) & (universe.year < universe.turn)
    after = universe.held & (universe.year >= universe.turn) & (universe.year <= universe.last_year)
    spans = range(universe.since, universe.turn), range(universe.turn, universe.last_year + 1)
    years = [len(span) - sum(year in span for year in universe.skipped) for span in spans]
    if min(years) < 1 or before.sum() < FEWEST:
        return float("nan"), False
    ratio = float(after.sum() / years[1] / (before.sum() / years[0]))
    return ratio, ratio >= NO_FEWER


def delivered(universe):
    """Share held of the editions that yearly programmes named ahead, in whole years: as a rule."""
    share = _mean(universe.held[universe.promised & (universe.year <= universe.last_year)].astype(float))
    return share, share > AS_A_RULE


class Headline(NamedTuple):
    """A finding: its function, the lines that its number must keep to one side of, and the choices that bear on it."""

    measure: object
    lines: tuple
    bears: tuple


_SOURCES, _CODES = ("sources", "unit", "classes"), ("lists", "grade", "unknown", "conflicting")
HEADLINES = {
    "late": Headline(late, (HARDLY_EVER,), _SOURCES + _CODES),
    "fall": Headline(fall, (GREATER_PART,), (*_SOURCES, *_CODES, "since")),
    "turning": Headline(turning, (-1.0, 1.0), (*_SOURCES, *_CODES, "since")),
    "weakest": Headline(weakest, (), _SOURCES + _CODES),
    "strongest": Headline(strongest, (AS_A_RULE,), _SOURCES + _CODES),
    "pace": Headline(pace, (NO_FEWER,), (*_SOURCES, "since")),
    "delivered": Headline(delivered, (AS_A_RULE,), (*_SOURCES, "since")),
}
