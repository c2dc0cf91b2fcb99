"""Sentences and figure texts of `05_robustness`, and the share that `00_start_here` puts beside each finding."""

import pandas as pd

from helpers.analyses.robustness.findings import AS_A_RULE, FEWEST, GREATER_PART, HARDLY_EVER, NO_BREAK
from helpers.display import phrases
from helpers.display.phrases import day

MEASURES = {  # headline: (what its number is, whether it is a share)
    "late": ("share attended since", True),
    "fall": ("share before less since", True),
    "turning": ("years to the break", False),
    "weakest": ("its strongest tie", True),
    "strongest": ("others’ weakest tie", True),
    "pace": ("a year, after / before", False),
    "delivered": ("share held", True),
}
SCALES = {"turning": "years", "pace": "times"}  # what the numbers that are no shares count in
QUOTED = 0.5  # a finding that falls in more universes than it stands in is no finding of this record
SETS = 3  # sets of choices that a sentence or a table cell can name
NOT_ONE = "none"


def claims(name, split, turn):
    """What each headline says, in a few words ({headline: text})."""
    return {
        "late": f"{name} hardly came since {day(split)}",
        "fall": f"{name}’s attendance fell by the greater part",
        "turning": f"It broke within a year of {day(split)}",
        "weakest": f"{name}’s ties are the weakest since {turn}",
        "strongest": f"The others kept coming since {turn}",
        "pace": f"No fewer exercises a year since {turn}",
        "delivered": "What programmes named ahead was held",
    }


def criteria(turn):
    """When each headline stands ({headline: text}): written down in `headlines.py`, with reasons."""
    percent = {
        name: f"{value:.0%}" for name, value in [("seldom", HARDLY_EVER), ("rule", AS_A_RULE), ("half", GREATER_PART)]
    }
    texts = {
        "late": f"it came to fewer than {percent['seldom']} of the known exercises since the day",
        "fall": f"the share attended fell by more than {percent['half']} of all exercises",
        "turning": f"the most probable break is first seen within a year of the day, and no break has a probability below {NO_BREAK}",
        "weakest": f"each of its ties since {turn} is weaker than each tie among the others",
        "strongest": f"each tie among the others since {turn} is above {percent['rule']}",
        "pace": f"as many are held in a whole year since {turn} as in a year before, or more",
        "delivered": f"more than {percent['rule']} of the editions named ahead, in whole years, are reported as held",
    }
    return {name: text.replace("%", "\u00a0%") for name, text in texts.items()}


def criteria_table(name, split, turn):
    """The findings and their criteria for a reader (frame: finding, stands if)."""
    told = claims(name, split, turn)
    return pd.DataFrame([{"finding": told[headline], "stands if": text} for headline, text in criteria(turn).items()])


def value(headline, number):
    """A headline's number as a reader wants it."""
    if pd.isna(number):
        return "cannot be told"
    return f"{number:.0%}".replace("%", "\u00a0%") if MEASURES[headline][1] else f"{number:.2f}\u00a0{SCALES[headline]}"


def universes(told):
    """'1,401 of 1,836 (76 %)' of a row of `verdicts.shares`."""
    return f"{int(told['holds']):,} of {int(told['universes']):,} ({told['share']:.0%})".replace("%", "\u00a0%")


def beside(finding, table, headlines):
    """A finding with the share of universes in which it stands, or that it does not stand (`verdicts.shares`).

    `headlines` is {headline: what of the finding it tests}.
    """
    leads = {
        "stands": "Stands in so many of the defensible sets of choices",
        "falls": "**Does not stand** in most of the defensible sets of choices",
        "untold": "**Too little is known to tell** in most of the defensible sets of choices",
    }
    text = finding
    for kind, lead in leads.items():
        rows = {words: table.loc[name] for name, words in headlines.items() if _fate(table.loc[name]) == kind}
        if rows:
            text += f" {lead}: {'; '.join(f'{words}: {universes(told)}' for words, told in rows.items())}."
    return text


def _fate(told):
    if told["share"] >= QUOTED:
        return "stands"
    return "untold" if told["untold"] >= QUOTED * told["universes"] else "falls"


def answer(table, name, split, turn):
    """How the findings fared, the firmest first (`verdicts.shares`)."""
    told = claims(name, split, turn)
    ranked = table.sort_values("share", ascending=False, kind="stable")
    rows = "; ".join(f"*{told[headline]}*: {universes(row)}" for headline, row in ranked.iterrows())
    quoted = int((table["share"] >= QUOTED).sum())
    return (
        f"{quoted} of {len(table)} findings stand in most of the defensible sets of choices. So many sets bear each out: {rows}. "
        f"A set in which too little is known to tell counts against the finding."
    )


def nowhere(levels, name, split, turn):
    """Which findings no set of choices with some level bears out (`verdicts.by_level`)."""
    none = levels[levels["holds"] == 0].groupby("level", sort=False)["headline"].agg(list)
    told = claims(name, split, turn)
    if none.empty:
        return "Under each single choice some set of the other choices bears each finding out."
    return " ".join(
        f"With *{phrases.escape(level)}* no set bears out: {'; '.join(told[headline] for headline in headlines)}."
        for level, headlines in none.items()
    )


def named(levels, safe=str):
    """A set of choices in words; `safe` makes levels, which hold names of outlets, fit for where they go."""
    words = {"unknown": "unknown cells {}", "conflicting": "conflicting cells {}", "unit": "{} units"}
    return " + ".join(words.get(axis, "{}").format(safe(level)) for axis, level in levels)


def flips(sets):
    """The smallest sets of choices that turn a finding, the first few named (`verdicts.flips`)."""
    if not sets:
        return NOT_ONE
    if not sets[0]:
        return "it does not stand to begin with"
    more = f"; {len(sets) - SETS} more" if len(sets) > SETS else ""
    return "; ".join(named(one) for one in sets[:SETS]) + more


def verdict(table, name, split, turn):
    """The verdict table for a reader (`verdicts.table`)."""
    told = claims(name, split, turn)
    left = [f"{len(out)}: {', '.join(one for _, one in out[:SETS])}" if out else NOT_ONE for out in table["left_flips"]]
    return pd.DataFrame(
        {
            "finding": [told[headline] for headline in table["headline"]],
            "number": [value(row.headline, row.value) for row in table.itertuples()],
            "stands in": [universes(row) for row in table.to_dict("records")],
            "flips when": [flips(sets) for sets in table["flips"]],
            "weakest link": [f"{level}: {holds:,} of {n:,}" for level, holds, n in table["weakest"]],
            "turned by leaving out one": left,
            "placebos": [f"{held} of {tried}" if tried else NOT_ONE for held, tried in table["placebos"]],
            "errors borne": [f"{borne:.0%}".replace("%", "\u00a0%") for borne in table["borne"]],
        }
    )


def turned(table, headline, name, split, turn):
    """What it takes to turn one finding (`verdicts.table`)."""
    row = table.set_index("headline").loc[headline]
    sets = row["flips"]
    if pd.isna(row["value"]):
        return f"On the choices of this page too little is known to tell whether this stands: {claims(name, split, turn)[headline]}."
    if not sets:
        return "No set of choices turns it where enough is known to tell."
    if not sets[0]:
        return f"On the choices of this page it does not stand: {universes(row)} sets of choices bear it out."
    fewest = len(sets[0])
    least = [one for one in sets if len(one) == fewest]
    more = f"; ways more: {len(least) - SETS}" if len(least) > SETS else ""
    return (
        f"It takes {fewest} other choice{'s' if fewest > 1 else ''} to turn it: {'; '.join(named(one, phrases.escape) for one in least[:SETS])}{more}. "
        f"It stands least often under *{phrases.escape(row['weakest'][0])}*: {row['weakest'][1]:,} of {row['weakest'][2]:,}."
    )


def named_levels(levels):
    """The levels of `verdicts.by_level` with a column `name`, in words that stand alone."""
    return levels.assign(name=[named([pair]) for pair in zip(levels["axis"], levels["level"], strict=True)])


def levels_table(grid):
    """The choices for a reader (frame): choice, levels, number."""
    return pd.DataFrame(
        [{"choice": WHAT[axis], "levels": "; ".join(levels), "number": len(levels)} for axis, levels in grid.items()]
    )


WHAT = {
    "sources": "publications believed",
    "lists": "what a list of participants proves",
    "unit": "what is counted",
    "classes": "classes of event (the first asks our question, the others another)",
    "since": "plan years",
    "grade": "weakest evidence let in",
    "unknown": "unknown cells",
    "conflicting": "cells on which sources conflict",
}


def shares(table):
    """Around `figures.robustness.shares`."""
    low, high = table["share"].min(), table["share"].max()
    return {
        "title": f"The findings stand in {low:.0%} to {high:.0%} of the defensible sets of choices".replace(
            "%", "\u00a0%"
        ),
        "subtitle": f"Equivalent universes: all combinations of the choices that bear on a finding; n = {table['universes'].sum():,} over {len(table)} findings.",
        "footer": f"Too little to tell: fewer than {FEWEST} known cells, pairs or editions; counted against the finding. Data: reports.csv, programmes.csv.",
    }


def curve(table, told, headline, name, split, turn):
    """Around `figures.robustness.curve`; `table` is `verdicts.curve`, `told` is `verdicts.shares`."""
    row = told.loc[headline]
    low, high = (value(headline, number) for number in (table["value"].min(), table["value"].max()))
    return {
        "title": f"{claims(name, split, turn)[headline]}: so in {universes(row)} sets of choices",
        "subtitle": f"Stands if {criteria(turn)[headline]}. From {low} to {high}.",
        "footer": f"{len(table)} of {table.attrs['universes']:,} universes drawn, by lot from as many stretches of their order; {int(row['untold'])} more have too little to tell. At the right: of all universes with that choice, the share in which it stands.",
    }


def other_questions(table, name, split, turn):
    """The other questions for a reader (`verdicts.other_questions`)."""
    told = claims(name, split, turn)
    return pd.DataFrame(
        {
            "finding": [told[headline] for headline in table["headline"]],
            "asked of": table["classes"],
            "number": [value(row.headline, row.value) for row in table.itertuples()],
            "stands in": [universes(row) for row in table.to_dict("records")],
        }
    )
