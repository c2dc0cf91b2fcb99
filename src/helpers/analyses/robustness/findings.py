"""What is asked of the record, and what counts as an answer: small functions of a record laid out as arrays.

A question gives a number and an answer, which says in which band the number lies. What the record answers under the
choices of the other notebooks is the finding, so that each member is asked only what its own data raise; under other choices
the finding stands where the answer is the same. Where too little is known, the answer is UNKNOWN.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import NamedTuple

import numpy as np

from helpers.statistics import change_point
from helpers.statistics.intervals import clopper_pearson

HARDLY_EVER = 0.1  # fewer than one in ten: one stray visit in ten would still be no habit
AS_A_RULE = 0.9  # its mirror: at most one exception in ten
GREATER_PART = 0.5  # a change by more than half of all exercises is no drift
YEAR = 365.25  # days: exercises come in one season, so a change is seen within twelve months after its cause
ALIKE = (0.5, 2.0)  # two rates are about as high if the interval of their ratio lies between: not twice, and not half
FEWEST = 4  # of 0 in 4 the 95 % interval ends just below a half; of 0 in 3 it does not
UNKNOWN = -1
TINY = 1e-12  # keeps an interval without an upper end from a division by zero
UNSURE = 3  # chance could make the difference of two rates, and could hide one of ALIKE: no finding

Answer = tuple[np.ndarray, np.ndarray]


class Universe(NamedTuple):
    """The record under one set of choices; arrays share their axis of exercises, in order of first day.

    Universes that differ in their cells alone are measured at once: leading axes of `value` and `held` are leading axes of
    the answers.

    Attributes
    ----------
    ids, joint
        Ids of the exercises, and of the joint exercise that each is part of (or its own).
    year, day
        Plan year and first day.
    held
        Whether it was held (... x exercises).
    promised
        Whether a yearly programme named it before it began.
    value
        1 came, 0 stayed away, NaN not clear, not expected or not held (... x exercises x states).
    expected
        Held exercises at which the state was expected.
    states, focus
        Codes of the states, in the order of the last axis, and of the focal state.
    split
        The cutpoint.
    earlier, turn
        First year of the last period but one and of the last; equal if there is one only.
    last_year
        Last plan year that sources cover to the end.
    skipped
        Years that are left out and that no yearly number may count.
    """

    ids: np.ndarray
    joint: np.ndarray
    year: np.ndarray
    day: np.ndarray
    held: np.ndarray
    promised: np.ndarray
    value: np.ndarray
    expected: np.ndarray
    states: tuple[str, ...]
    focus: str
    split: np.datetime64
    earlier: int
    turn: int
    last_year: int
    skipped: tuple[int, ...] = ()


ROWS = ("ids", "joint", "year", "day", "held", "promised", "value", "expected")  # fields with a row an exercise


def choose_rows(universe: Universe, rows: np.ndarray) -> Universe:
    """The universe (a single one) with some exercises: a mask, or their numbers in a new order."""
    return universe._replace(**{name: getattr(universe, name)[rows] for name in ROWS})


def own_values(universe: Universe) -> np.ndarray:
    """The focal state's values (... x exercises)."""
    if universe.focus not in universe.states:
        return np.full(universe.value.shape[:-1], np.nan)
    return universe.value[..., universe.states.index(universe.focus)]


def fill_corners(universe: Universe) -> Universe:
    """Eight universes along a new first axis, in which every case that is not clear is decided one way or the other.

    The focal state came to all such cases before the cutpoint or to none, likewise since it, and likewise the others. Every
    number of this module but that of a break has its least and greatest value at one of the eight.
    """
    own = np.array([state == universe.focus for state in universe.states], bool)
    since = (universe.day >= universe.split)[:, None]
    fills = np.array([np.where(own, np.where(since, *ways), rest) for *ways, rest in product((1.0, 0.0), repeat=3)])
    fills = fills.reshape(8, *[1] * (universe.value.ndim - 2), *universe.value.shape[-2:])
    unclear = np.isnan(universe.value) & universe.expected
    return universe._replace(value=np.where(unclear, fills, universe.value))


def _ratio(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """Parts over wholes; NaN where the whole is fewer than FEWEST."""
    part, whole = np.broadcast_arrays(np.asarray(part, float), whole)
    return np.divide(part, whole, out=np.full(part.shape, np.nan), where=whole >= FEWEST)


def _share(value: np.ndarray) -> np.ndarray:
    """Share of the known values, along the last axis, that came."""
    return _ratio((value == 1).sum(axis=-1), (~np.isnan(value)).sum(axis=-1))


def _answer(number: np.ndarray, *bands: np.ndarray) -> Answer:
    """The number, and which of the bands it lies in (0 for none of them, 1 for the first); UNKNOWN where it is NaN."""
    inside = [np.zeros(number.shape, bool), *bands]
    return number, np.where(np.isnan(number), UNKNOWN, np.argmax(inside, axis=0))


def measure_since(universe: Universe) -> Answer:
    """Share attended since the cutpoint: hardly ever (1), as a rule (2) or between (0)."""
    share = _share(own_values(universe)[..., universe.day >= universe.split])
    return _answer(share, share < HARDLY_EVER, share > AS_A_RULE)


def measure_change(universe: Universe) -> Answer:
    """Share attended since the cutpoint less the share before: it fell (1) or rose (2) by the greater part, or not (0)."""
    value, since = own_values(universe), universe.day >= universe.split
    gained = _share(value[..., since]) - _share(value[..., ~since])
    return _answer(gained, gained < -GREATER_PART, gained > GREATER_PART)


def measure_break(universe: Universe) -> Answer:
    """Years from the cutpoint to the first clear case after the most probable break.

    Within the year after the cutpoint, and missed (1) or attended (2), or not within it (0). When between the clear case
    before it and this one the change came is not known, so the finding is about this exercise and not about the change. There
    is a break if the probability of none (prior one half, exercises of one day together) is below the level at which
    `change_point` says so.
    """
    value = own_values(universe)
    known = ~np.isnan(value)
    if not known.any():
        return _answer(np.full(value.shape[:-1], np.nan))
    chances, none = change_point.posterior(value, universe.day), change_point.no_break(value, universe.day)
    place = np.arange(value.shape[-1])
    last = place == np.where(known, place, -1).max(axis=-1, keepdims=True)
    at = np.where(last, -1, chances).argmax(axis=-1)[..., None]
    first = (known & (place > at)).argmax(axis=-1)
    years = (universe.day[first] - universe.split) / np.timedelta64(1, "D") / YEAR
    years = np.where(known.sum(axis=-1) >= 2 * FEWEST, years, np.nan)
    shows = (years >= 0) & (years <= 1) & (none < change_point.NO_BREAK)
    came = np.take_along_axis(value, first[..., None], axis=-1)[..., 0] == 1
    return _answer(years, shows & ~came, shows & came)


def _ties(universe: Universe) -> tuple[np.ndarray, np.ndarray]:
    """Ties since the last period began: the focal state's strongest, the others' weakest; NaN where not both are known.

    A tie is the share of the exercises of which both states' attendance is known that both came to.
    """
    value = universe.value[..., universe.year >= universe.turn, :]
    known, came = (~np.isnan(value)).astype(float), (value == 1).astype(float)
    rate = _ratio(came.swapaxes(-1, -2) @ came, known.swapaxes(-1, -2) @ known)
    own = np.array([state == universe.focus for state in universe.states], bool)
    first, second = np.triu_indices(len(own), 1)
    rate, ours = rate[..., first, second], own[first] | own[second]
    clear = ~np.isnan(rate)
    strong = np.max(rate, axis=-1, initial=-np.inf, where=clear & ours)
    weak = np.min(rate, axis=-1, initial=np.inf, where=clear & ~ours)
    both = np.isfinite(strong) & np.isfinite(weak)
    return np.where(both, strong, np.nan), np.where(both, weak, np.nan)


def measure_ties(universe: Universe) -> Answer:
    """The focal state's strongest tie in the last period: weaker than every tie among the others (1) or not (0)."""
    own, others = _ties(universe)
    return _answer(own, own < others)


def measure_others(universe: Universe) -> Answer:
    """The weakest tie among the others in the last period: together as a rule (1) or not (0)."""
    _, others = _ties(universe)
    return _answer(others, others > AS_A_RULE)


def measure_pace(universe: Universe) -> Answer:
    """Joint exercises held a year in the last period over those in the period before: fewer (1), more (2), about as many (0).

    Joint exercises count once, since their parts are no independent events. It is fewer or more where the exact interval of
    the ratio leaves out 1, as in the notebook on the calendar, and about as many only where that interval lies within ALIKE.
    Otherwise too little was held to tell (UNSURE), which is no finding: one that stood because the data are few would stand
    the better the fewer they are.
    """
    spans = range(universe.earlier, universe.turn), range(universe.turn, universe.last_year + 1)
    years = [len(span) - sum(year in span for year in universe.skipped) for span in spans]
    first, second = (_count_joint(universe, np.isin(universe.year, list(span))) for span in spans)
    if min(years) < 1:
        return _answer(np.full(first.shape, np.nan))
    enough = first >= FEWEST
    ratio = np.where(enough, second / years[1] / (np.maximum(first, 1) / years[0]), np.nan)
    shares = clopper_pearson(second, np.maximum(first + second, 1))
    low, high = (share / np.maximum(1 - share, TINY) * years[0] / years[1] for share in shares)
    return _answer(ratio, high < 1, low > 1, (low < ALIKE[0]) | (high > ALIKE[1]))


def _count_joint(universe: Universe, rows: np.ndarray) -> np.ndarray:
    """How many joint exercises, and single ones, were held among some rows (... as `held`)."""
    names, place = np.unique(universe.joint[rows], return_inverse=True)
    return ((universe.held[..., rows].astype(float) @ np.eye(len(names))[place]) > 0).sum(axis=-1)


def measure_promises(universe: Universe) -> Answer:
    """Share held of what yearly programmes named ahead, in whole years: as a rule (1) or not (0)."""
    named = universe.promised & (universe.year <= universe.last_year)
    share = _ratio(universe.held[..., named].sum(axis=-1), named.sum())
    return _answer(share, share > AS_A_RULE)


class Question(NamedTuple):
    """A question to the record.

    Attributes
    ----------
    measure
        Gives the number and the answer.
    findings
        The answers that are worth saying.
    rests_on
        What it reads: findings that read the same are one.
    bears
        The choices that can change it.
    """

    measure: Callable[[Universe], Answer]
    findings: tuple[int, ...]
    rests_on: str
    bears: tuple[str, ...]


ATTENDANCE, COUNT, PROGRAMMES = "attendance", "count", "programmes"
_ALL = ("sources", "unit")
_CASES = ("sources", "lists", "unit", "grade", "conflicting")
QUESTIONS = {
    "since": Question(measure_since, (0, 1, 2), ATTENDANCE, _CASES),
    "change": Question(measure_change, (1, 2), ATTENDANCE, (*_CASES, "since")),
    "break": Question(measure_break, (1, 2), ATTENDANCE, (*_CASES, "since")),
    "ties": Question(measure_ties, (1,), ATTENDANCE, _CASES),
    "others": Question(measure_others, (1,), ATTENDANCE, _CASES),
    "pace": Question(measure_pace, (0, 1, 2), COUNT, ("sources",)),
    "promises": Question(measure_promises, (0, 1), PROGRAMMES, (*_ALL, "since")),
}


def find_findings(universe: Universe) -> dict[str, int]:
    """The questions to which the record has a finding, and which ({question: answer})."""
    answers = {name: int(question.measure(universe)[1]) for name, question in QUESTIONS.items()}
    return {name: answer for name, answer in answers.items() if answer in QUESTIONS[name].findings}
