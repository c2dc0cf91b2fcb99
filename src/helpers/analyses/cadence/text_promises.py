"""What the notebook on the calendar says of exercises that were announced: what became of them, and which are still ahead."""

import pandas as pd

from helpers.analyses.cadence.promises import FATES
from helpers.derive.record import Record
from helpers.display.finding import Finding
from helpers.display.phrases import capital, count, dated, escape, listed, number

FEWEST = 20  # of fewer things no share in a hundred is said


def describe_promises(record: Record, table: pd.DataFrame) -> Finding:
    """What became of announced exercises (`promises.list_promises`)."""
    if table.empty:
        return Finding("No yearly programme that names exercises is on record.")
    fates = table["fate"].value_counts()
    held, named = int(fates.get("held", 0)), len(table)
    say = number if named <= 10 else "{:,}".format  # one style in a sentence
    rest = [
        f"{say(int(fates[fate]))} {'was' if fates[fate] == 1 else 'were'} {fate}"
        for fate in FATES
        if fate != "held" and fates.get(fate)
    ]
    moved = int(table["moved"].sum())
    came = f"{say(held) if held else 'none'} {'was' if held == 1 else 'were'} held"
    return Finding(
        _promises_headline(held, named),
        f"Of {count(named, 'exercise')} announced before they began, {came}"
        + (f"; {listed(rest)}." if rest else ".")
        + f" Half were known {int(table['lead_days'].median())} days ahead or more.",
        f"Of those held, {number(moved)} took place on other days or elsewhere than first planned; programmes of most early years were not found."
        if moved
        else "Programmes of most early years were not found.",
        k=held,
        n=named,
        unit="announced exercises held",
    )


def _promises_headline(held: int, named: int) -> str:
    """How many of the exercises announced ahead were held."""
    if named < FEWEST:
        few = f"{number(held) if held else 'none'} of {number(named)} exercises"
        if named == 1:
            few = "the one exercise" if held else "no exercise"
        elif held == named:
            few = f"all {number(named)} exercises"
        return f"{capital(few)} announced ahead {'was' if held == 1 or named == 1 else 'were'} held."
    if held / named >= 0.9:
        return f"Of exercises announced ahead, {'every' if held == named else 'nearly every'} one was held."
    return f"Of exercises announced ahead, {round(100 * held / named)} in a hundred were held."


def caption_promises(table: pd.DataFrame) -> dict[str, str]:
    """Around the picture of promises."""
    held = int((table["fate"] == "held").sum())
    kept = "all" if 1 < held == len(table) else number(held) if held else "none"
    return {
        "title": f"Of {count(len(table), 'announced exercise')}, {kept} {'was' if held == 1 else 'were'} held",
        "subtitle": f"Each square is an exercise that a yearly programme named ahead. Blue: held; red: called off{_named(table, 'called off')}; "
        f"hollow: not verified{_named(table, 'not verified')}.",
    }


def _named(table: pd.DataFrame, fate: str) -> str:
    """The exercises of a fate in brackets, if they are few."""
    names = table.loc[table["fate"] == fate, "name"]
    return f" ({listed(names)})" if 0 < len(names) <= 3 else ""


def describe_plans(record: Record) -> Finding:
    """What is planned for the time after the last source."""
    ahead = record.register[record.register["year"] > record.last_year]
    names = [escape(name) for name in ahead["name"]]
    if ahead.empty:
        return Finding(f"No exercise after {record.last_year} is on record.")
    return Finding(
        f"{count(len(ahead), 'exercise').capitalize()} {'is' if len(ahead) == 1 else 'are'} announced for the time after {record.last_year}.",
        f"They are {listed(names)}." if len(names) > 1 else f"It is {names[0]}.",
        f"Sources end {dated(*record.last_days)}, so {'it is not' if len(ahead) == 1 else 'none of them is'} verified yet.",
        n=len(ahead),
        unit="exercises announced and not verified",
    )
