"""What the notebook on the calendar says of series: which wait longer than ever, and whether the past tells the next year."""

from __future__ import annotations

import pandas as pd

from helpers.derive.record import Record
from helpers.display.finding import Finding
from helpers.display.phrases import capital, escape, listed, number

CLEAR_GAP = 0.25  # shares that differ by less say little of a later year
FEWEST = 10  # cases: below that, what came of earlier years is no habit
NAMED = 3  # series that a sentence can name


def describe_series(record: Record, lives: pd.DataFrame, silent: pd.DataFrame) -> Finding:
    """Which series have waited longer than ever, of those held more than once (`series.compute_lifelines`, `list_silent`)."""
    known = lives[lives["first"].notna()]
    if known.empty:
        return Finding("No named series has an exercise in these years.")
    ran, judged = known[known["waiting"] == 0], known[known["longest"].notna()]
    many = number(len(judged))
    if judged.empty:
        headline = "No series was held in more than one year, so none can be called quiet."
    elif silent.empty:
        which = f"of the {many} series held more than once" if len(judged) > 1 else "series"
        headline = (
            f"None {which} has waited longer than ever before."
            if len(judged) > 1
            else "The one series held more than once has not waited longer than before."
        )
    else:
        one = silent.sort_values("last", ascending=False).iloc[0]
        late = f"{escape(one['name'])}, last held in {one['last']}"
        headline = f"{capital(number(len(silent)))} of {many} series have waited longer than ever, the latest {late}."
        if len(silent) == 1:
            headline = f"One of {many} series has waited longer than ever: {late}."
    if len(ran) in (0, len(known)):
        every = "No" if ran.empty else "The" if len(known) == 1 else f"All {number(len(known))}"
        detail = f"{every} named series {'was' if ran.empty or len(known) == 1 else 'were'} held in {record.last_year}."
    else:
        detail = f"Of {number(len(known))} named series, {number(len(ran))} {'was' if len(ran) == 1 else 'were'} held in {record.last_year}."
    return Finding(
        headline,
        f"{detail} {_word_once(known[known['longest'].isna()])}".rstrip(),
        "Only series held more than once are judged; that one waits does not say that it ended.",
        k=len(silent),
        n=len(judged),
        unit="series held more than once that have waited longer than ever",
    )


def _word_once(once: pd.DataFrame) -> str:
    """Which series were held in one year alone, and so have no usual wait."""
    if once.empty:
        return ""
    if len(once) > NAMED:
        return f"{capital(number(len(once)))} were held in one year alone and cannot be judged."
    names = listed(f"{escape(one.name)} in {one.first}" for one in once[["name", "first"]].itertuples(index=False))
    return f"Held in one year alone, so not judged: {names}."


def describe_outlook(record: Record, table: pd.DataFrame, rules: pd.DataFrame) -> Finding:
    """Whether the past tells the next year (`outlook.compute_persistence`, `compare_rules`)."""
    held, away = table.loc["held"], table.loc["not held"]
    if min(held["n"], away["n"]) < FEWEST:
        return Finding("There are too few years to say what the next one brings.")
    scores = rules.set_index("rule")["right"]
    own, n = scores["as two years ago"], rules["n"].iloc[0]
    rivals = scores.drop("as two years ago").sort_values(ascending=False, kind="stable")
    tells = own > rivals.iloc[0] and held["k"] / held["n"] - away["k"] / away["n"] >= CLEAR_GAP
    return Finding(
        "A series held in one year tends to be held again two years later."
        if tells
        else "That a series was held in one year says little about the years after it.",
        f"It was in {int(held['k'])} of {int(held['n'])} cases, against {int(away['k'])} of {int(away['n'])} where it had not been.",
        f"Of {number(len(rules))} rules of forecast tried on these same cases, *as two years ago* was right in {own} of {n}, "
        f"*{rivals.index[0]}* in {rivals.iloc[0]}{': its lead may be chance' if tells else ''}.",
        k=held["k"],
        n=held["n"],
        low=held["low"],
        high=held["high"],
        unit="series held again two years after",
    )
