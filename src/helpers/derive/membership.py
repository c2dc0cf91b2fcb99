"""Who is bound when: the states that the organisation and its forces can expect on a day."""

from datetime import date

from helpers.loaders import dates

BOUND_STATUS = {"party", "member"}  # spells in which a state is bound; a signatory or an observer is not
BOUND = ""  # the key of `bound_spells` under which all stand that are bound at all; no force has a blank name


def binding(bodies):
    """Names (set) of the bodies that run the exercises and whose parties and members are expected at them."""
    return set(bodies.loc[bodies["binding"], "body"])


def bound_spells(data):
    """{force: [(iso3, first day, last day)]} in which a state is bound; under BOUND, and under each binding body, all that are.

    Where readings of a spell differ (signed, in force, notice, effect ...), the narrowest counts: a state is expected
    only on days on which every reading has it in. A blank end is open.
    """
    table = data["memberships"]
    bodies = binding(data["bodies"])
    table = table[table["status"].isin(BOUND_STATUS) & table["body"].isin(bodies)]
    spells = dict.fromkeys([BOUND, *bodies], _narrowest(table, ["iso3", "body"]))
    for force, own in data["forces"].groupby("force"):
        spells[force] = _narrowest(own, ["iso3"])
    return spells


def _narrowest(table, key):
    spells = []
    for name, group in table.groupby(key):
        starts = [dates.parse(text)[1] for text in group["start"] if text]
        ends = [dates.parse(text)[0] for text in group["end"] if text]
        spells.append((name[0], max(starts, default=date.min), min(ends, default=date.max)))
    return spells


def members_on(spells, force, day):
    """States (set) bound to the organisation, and to `force`, on a day (`datetime.date`)."""
    bound, there = (
        {state for state, first, last in spells.get(name, []) if first <= day <= last} for name in (BOUND, force)
    )
    return bound & there
