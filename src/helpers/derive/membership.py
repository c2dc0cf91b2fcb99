"""Who is bound when: the states that the organisation and its forces can expect on a day.

1. The binding bodies are those of the table `bodies` with `binding` true. A state is bound to the organisation in a
   spell of the table `memberships` in one of them in which it is a `party` or a `member`; a signatory, an observer or
   a state under suspension is not.
2. The rows of rule 1 of one state and body are readings of one spell, which differ by kind of date. The narrowest
   counts: from the latest of their starts to the earliest of their ends, both days included; of a vague start the
   last day that it can be, of a vague end the first. A row without a start or an end says nothing of it; without any,
   the spell is open on that side.
3. A state belongs to a force in its spell of the table `forces`, read in the same way. A binding body as a force
   stands for all states that are bound to the organisation on the day.
4. A state is expected by a force on a day if it is bound to the organisation and belongs to the force on that day.
5. The cells of the record are of every state that has a spell under rule 1, whenever that was.
"""

from collections.abc import Mapping
from datetime import date

import pandas as pd

from helpers.loaders import dates

BOUND_STATUS = {"party", "member"}  # spells in which a state is bound; a signatory or an observer is not
BOUND = ""  # the key of `bound_spells` under which all stand that are bound at all; no force has a blank name

Spells = dict[str, list[tuple[str, date, date]]]


def binding_bodies(bodies: pd.DataFrame) -> set[str]:
    """Names of the bodies that run the exercises and whose parties and members are expected at them.

    Parameters
    ----------
    bodies
        The table `bodies`: body, binding (bool).

    Returns
    -------
    set of str
    """
    return set(bodies.loc[bodies["binding"], "body"])


def bound_spells(data: Mapping[str, pd.DataFrame]) -> Spells:
    """List the spells in which each state is bound, by force.

    Where readings of a spell differ (signed, in force, notice, effect ...), the narrowest counts: a state is expected
    only on days on which every reading has it in.

    Parameters
    ----------
    data
        The loaded tables, of which `memberships`, `bodies` and `forces` are read.

    Returns
    -------
    dict
        {force: [(iso3, first day, last day), ...]}; under BOUND, and under each binding body, all states that are bound
        at all. A spell without an end lasts to `date.max`.
    """
    table = data["memberships"]
    bodies = binding_bodies(data["bodies"])
    table = table[table["status"].isin(BOUND_STATUS) & table["body"].isin(bodies)]
    spells = dict.fromkeys([BOUND, *bodies], _narrowest(table, ["iso3", "body"]))
    for force, own in data["forces"].groupby("force"):
        spells[str(force)] = _narrowest(own, ["iso3"])
    return spells


def states_ever_bound(spells: Spells) -> tuple[str, ...]:
    """Every state that was ever bound to the organisation.

    Parameters
    ----------
    spells
        As `bound_spells` gives them.

    Returns
    -------
    tuple of str
        ISO codes in alphabetical order.
    """
    return tuple(sorted({state for state, *_ in spells[BOUND]}))


def _narrowest(table: pd.DataFrame, key: list[str]) -> list[tuple[str, date, date]]:
    """One spell for each key, which starts with the state: from its latest start to its earliest end."""
    spells = []
    for name, group in table.groupby(key):
        starts = [dates.parse(text)[1] for text in group["start"] if text]
        ends = [dates.parse(text)[0] for text in group["end"] if text]
        spells.append((name[0], max(starts, default=date.min), min(ends, default=date.max)))
    return spells


def members_on(spells: Spells, force: str, day: date) -> set[str]:
    """States bound on a day both to the organisation and to a force.

    Parameters
    ----------
    spells
        As `bound_spells` gives them.
    force
        Name of a force or of a binding body.
    day
        The day.

    Returns
    -------
    set of str
        ISO codes of the states.
    """
    bound, there = (
        {state for state, first, last in spells.get(name, []) if first <= day <= last} for name in (BOUND, force)
    )
    return bound & there
