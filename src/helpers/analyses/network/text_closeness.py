"""How close the members are that train together: joint exercises counted once, then part by part, and how much is open."""

from __future__ import annotations

import pandas as pd

from helpers.analyses.network import co_attendance, groups
from helpers.analyses.network.groups import Circle
from helpers.analyses.network.text_words import named
from helpers.derive.record import Record
from helpers.display.phrases import count, number, percent


def word_joint_once(record: Record, now: Circle) -> str:
    """That every pair met at all joint exercises, if that is so and no case of theirs is open; blank if not, or without parts.

    A list for several exercises together says who came to the joint exercise, though not to which part, so this way of
    counting leaves fewer cases open than the other.
    """
    again = record.in_unit("umbrella")
    if set(again.register["exercise_id"]) == set(record.register["exercise_id"]):
        return ""
    part = again.in_period(now.period)
    ties = groups.ties_of(co_attendance.co_attendance(part), now.core)
    if not _met_always(ties) or len(ties) < len(now.core_ties):
        return ""
    return f"Joint exercises counted once, {_word_always(now, ties)}."


def word_closeness(record: Record, now: Circle, follows: bool) -> str:
    """How often those that train together did: the pair that did least, and the one that did most, by name.

    Parameters
    ----------
    record, now
        The record, and who trained with whom in its last known period.
    follows
        Whether `word_joint_once` stands before it.
    """
    core = now.core_ties
    if core.empty:
        return ""
    start = "Part by part, where" if follows else "Where"
    if _met_always(core):
        return f"{_word_always(now, core).capitalize()}." if not follows else ""
    (low, k, n), (high, most, of) = (_extreme(record, core, ascending) for ascending in (True, False))
    if core["rate"].min() == core["rate"].max():
        who = "any two of them" if len(now.core) > 2 else "the two"
        part = "every exercise" if k == n else f"{percent(k / n)} of the exercises"
        return f"{start} sources are clear, {who} came together to {part}."
    less, more = (number(one) if one else "none" for one in (k, most))
    more = f"all {number(of)}" if most == of else f"{more} of {number(of)}"
    return f"{start} sources are clear, pairs met at {less} of {number(n)} exercises ({low}) to {more} ({high})."


def _met_always(ties: pd.DataFrame) -> bool:
    """Whether every pair is known to have met at every exercise at which both were expected."""
    return len(ties) > 0 and bool((ties["together"] == ties["occasions"]).all()) and not ties["unknown"].any()


def _word_always(now: Circle, ties: pd.DataFrame) -> str:
    """'every pair of the five met at all eight or nine at which both were expected'."""
    who = f"every pair of the {number(len(now.core))}" if len(now.core) > 2 else "the two"
    least, most = int(ties["occasions"].min()), int(ties["occasions"].max())
    join = " or " if most - least == 1 else " to "
    many = f"all {number(least)}{join}{number(most)} exercises"
    if least == most:
        many = {1: "the one exercise", 2: "both exercises"}.get(least, f"all {count(least, 'exercise')}")
    return f"{who} met at {many} at which both were expected"


def _extreme(record: Record, core: pd.DataFrame, ascending: bool) -> tuple[str, int, int]:
    """The pair that met least or most, in words, and how often of how many: of equals one with the focal state."""
    core = core.assign(elsewhere=(core["a"] != record.focus) & (core["b"] != record.focus))
    row = core.sort_values(
        ["rate", "elsewhere", "occasions", "a", "b"], ascending=[ascending, True, False, True, True]
    ).iloc[0]
    pair = " and ".join(named(record, groups.by_name(record, [row["a"], row["b"]])))
    like = "such as " if (core["rate"] == row["rate"]).sum() > 1 else ""
    return f"{like}{pair}", int(row["together"]), int(row["occasions"])
