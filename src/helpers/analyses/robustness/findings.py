"""The headline findings as small functions of a universe: each gives a number and whether the finding stands.

A universe is one set of defensible choices, laid out as arrays: editions in order of their first day, and what each state
did at them. A number is NaN where the universe has too little to tell; the finding does not stand there either. Universes
that differ in their cells alone are measured at once: leading axes of `value` and `held` are leading axes of the answers.
"""

from typing import NamedTuple

import numpy as np

from helpers.statistics import change_point

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
    """Editions x states under one set of choices; arrays share their axis of editions, in order of first day.

    `value` (... x editions x states) is 1 came, 0 stayed away, NaN not known, not expected or not held; `expected` marks held exercises at which the
    state was expected; `held` (... x editions); `promised` editions that a yearly programme named before they began.
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
    """The universe (a single one) with the editions of a mask alone."""
    return universe._replace(**{name: getattr(universe, name)[mask] for name in ROWS})


def _own(universe):
    """The focus's values, along the last axis."""
    if universe.focus not in universe.states:
        return np.full(universe.value.shape[:-1], np.nan)
    return universe.value[..., universe.states.index(universe.focus)]


def _ratio(part, whole):
    """Parts over wholes; NaN where the whole is fewer than FEWEST."""
    part, whole = np.broadcast_arrays(np.asarray(part, float), whole)
    return np.divide(part, whole, out=np.full(part.shape, np.nan), where=whole >= FEWEST)[()]


def _share(value):
    """Share of the known values, along the last axis, that came."""
    return _ratio((value == 1).sum(axis=-1), (~np.isnan(value)).sum(axis=-1))


def late(universe):
    """Share attended since the split: hardly ever."""
    share = _share(_own(universe)[..., universe.day >= universe.split])
    return share, share < HARDLY_EVER


def fall(universe):
    """Share attended before the split less the share since: by the greater part."""
    value, since = _own(universe), universe.day >= universe.split
    lost = _share(value[..., ~since]) - _share(value[..., since])
    return lost, lost > GREATER_PART


def turning(universe):
    """Most probable break, as years from the split to the first exercise after it: within a year, and no chance of none."""
    value = _own(universe)
    known = ~np.isnan(value)
    if not known.any():
        return np.full(value.shape[:-1], np.nan)[()], np.zeros(value.shape[:-1], bool)[()]
    place = np.arange(value.shape[-1])
    last = place == np.where(known, place, -1).max(axis=-1, keepdims=True)
    chances = change_point.posterior(value)
    at = np.where(last, -1, chances).argmax(axis=-1)[..., None]
    away = universe.day[(known & (place > at)).argmax(axis=-1)] - universe.split
    enough = known.sum(axis=-1) >= 2 * FEWEST
    none = np.where(last, chances, 0).sum(axis=-1)
    years = np.where(enough, away / np.timedelta64(1, "D") / 365.25, np.nan)[()]
    return years, enough & (np.abs(away) <= NEAR) & (none < NO_BREAK)


def _ties(universe):
    """Ties since the turn: the focus's strongest and the others' weakest, and whether both are known; together / both known,
    as in `ties.co_attendance`.
    """
    value = universe.value[..., universe.year >= universe.turn, :]
    known = (~np.isnan(value)).astype(float)
    came = (value == 1).astype(float)
    rate = _ratio(came.swapaxes(-1, -2) @ came, known.swapaxes(-1, -2) @ known)
    own = np.array([state == universe.focus for state in universe.states], bool)
    first, second = np.triu_indices(len(own), 1)
    rate, ours = rate[..., first, second], own[first] | own[second]
    told = ~np.isnan(rate)
    strong = np.max(rate, axis=-1, initial=-np.inf, where=told & ours)
    weak = np.min(rate, axis=-1, initial=np.inf, where=told & ~ours)
    return strong, weak, np.isfinite(strong) & np.isfinite(weak)


def weakest(universe):
    """The strongest of the focus's ties since the turn: weaker than the weakest among all others."""
    own, others, known = _ties(universe)
    return np.where(known, own, np.nan)[()], known & (own < others)


def strongest(universe):
    """The weakest tie among the others since the turn: together as a rule."""
    _, others, known = _ties(universe)
    return np.where(known, others, np.nan)[()], known & (others > AS_A_RULE)


def pace(universe):
    """Exercises held a year from the turn to the last whole year, over those held a year before: no fewer."""
    before = (universe.year >= universe.since) & (universe.year < universe.turn)
    after = (universe.year >= universe.turn) & (universe.year <= universe.last_year)
    spans = range(universe.since, universe.turn), range(universe.turn, universe.last_year + 1)
    years = [len(span) - sum(year in span for year in universe.skipped) for span in spans]
    first, second = (universe.held[..., part].sum(axis=-1) for part in (before, after))
    if min(years) < 1:
        return np.full(first.shape, np.nan)[()], np.zeros(first.shape, bool)[()]
    ratio = np.where(first >= FEWEST, second / years[1] / (np.maximum(first, 1) / years[0]), np.nan)[()]
    return ratio, ratio >= NO_FEWER


def delivered(universe):
    """Share held of the editions that yearly programmes named ahead, in whole years: as a rule."""
    named = universe.promised & (universe.year <= universe.last_year)
    share = _ratio(universe.held[..., named].sum(axis=-1), named.sum())
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
