"""Sentences and figure texts of `05_robustness` on what could overturn a finding: omissions, errors, placebos, the press."""

import pandas as pd

from helpers.analyses.robustness.summary import FIRM
from helpers.analyses.robustness.text import claims, value
from helpers.display.phrases import day, share, span


def left_out(spread, name, split, turn):
    """How far leaving out one thing moves the findings (`influence.spread`)."""
    turned = spread[spread["turned"] > 0]
    n = spread.drop_duplicates("kind")
    tried = ", ".join(f"{row.n} {_plural(row.kind, row.n)}" for row in n.itertuples())
    text = f"Left out one by one: {tried}. "
    if turned.empty:
        return text + "None of them turns a finding."
    told = claims(name, split, turn)
    parts = [f"{row.turned} {_plural(row.kind, row.turned)} ({told[row.headline]})" for row in turned.itertuples()]
    return text + f"Turned by {'; by '.join(parts)}; no other one thing turns any."


def _plural(kind, n):
    return kind if n == 1 else {"family": "families"}.get(kind, f"{kind}s")


def spread(table, name, split, turn):
    """The spread of each finding for a reader (`influence.spread`)."""
    told = claims(name, split, turn)
    return pd.DataFrame(
        {
            "finding": [told[headline] for headline in table["headline"]],
            "left out": table["kind"],
            "n": table["n"],
            "from": [value(row.headline, row.low) for row in table.itertuples()],
            "to": [value(row.headline, row.high) for row in table.itertuples()],
            "turned": table["turned"],
        }
    )


def influential(table, name, split, turn):
    """The most influential rows for a reader: finding, kind, left out, number then, shift, known cells lost."""
    told = claims(name, split, turn)
    return pd.DataFrame(
        {
            "finding": [told[headline] for headline in table["headline"]],
            "kind": table["kind"],
            "left out": table["left_out"],
            "number then": [value(row.headline, row.value) for row in table.itertuples()],
            "shift": [f"{shift:+.3f}" if pd.notna(shift) else "" for shift in table["shift"]],
            "cells lost": table["lost"],
        }
    )


def errors(table, borne):
    """Around `figures.robustness.errors`; `table` is `influence.planted`, `borne` is `verdicts.borne`."""
    sturdy = int((borne >= table["share"].max()).sum())
    return {
        "title": f"{sturdy} of {len(borne)} findings bear {table['share'].max():.0%} of random errors".replace(
            "%", "\u00a0%"
        ),
        "subtitle": "Share of draws in which a finding stands when known cells, or fates of editions, are turned over at random.",
        "footer": f"Borne: stands in {FIRM:.0%} of draws or more. Errors are planted cell by cell; real ones would come in clumps. Data: reports.csv.".replace(
            "%", "\u00a0%"
        ),
    }


def placebos(table):
    """How often the methods find something where nothing happened (`verdicts.where_nothing_happened`)."""
    changes = table[~table["headline"].isin(["pace", "strongest", "delivered"])]
    out, told = int(changes["holds"].sum()), int(changes["told"].sum())
    text = "Where nothing happened there is too little to run a test of a change on. "
    if told:
        text = f"Run where nothing happened, the tests of a change come out in {share(out, told)} of the placebos that can be told. "
    pace = table[table["headline"] == "pace"]
    if pace["told"].sum():
        text += (
            f"The pace is another matter: at {share(int(pace['holds'].sum()), int(pace['told'].sum()))} other dividing years, too, no fewer exercises a year "
            f"are known after than before. {_trend(pace)}"
        )
    return text


def _trend(pace):
    if pace["holds"].sum() * 2 > pace["told"].sum():
        return "So it does not single out the turn: a growing record, or better coverage, would show the same."
    return "So the turn stands out."


def placebo_table(table, name, split, turn):
    """The placebos for a reader."""
    told = claims(name, split, turn)
    return table.assign(headline=table["headline"].map(told)).rename(
        columns={"headline": "finding", "holds": "came out", "told": "of", "untold": "too little to tell"}
    )


def coverage(table, split):
    """Around `figures.robustness.coverage`; `table` is `media.by_year`."""
    late = table["year"] >= pd.Timestamp(split).year
    means = (table.loc[mask, "families"].mean() for mask in (~late, late))
    before, since = ("no exercise" if pd.isna(mean) else f"{mean:.1f}" for mean in means)
    return {
        "title": f"Mean families behind a cell: {before} before {pd.Timestamp(split).year}, {since} from then on",
        "subtitle": f"Means by plan year; n = {table['exercises'].sum()} held exercises. Broken line: {day(split)}.",
        "footer": "A year told by more sources has fewer unknown cells, and more chances of a conflict. Data: reports.csv, sources.csv.",
    }


def like_for_like(table, name):
    """Whether the change shows where coverage is alike (`media.like_for_like`)."""
    parts = []
    for cells, part in table.groupby("cells", observed=True):
        rates = part.set_index("window")
        if {"before", "since"} <= set(rates.index) and (rates["known"] > 0).all():
            parts.append(f"{cells}: {_rate(rates.loc['before'])}, then {_rate(rates.loc['since'])}")
    if not parts:
        return f"{name} has no known cell on both sides of the day."
    return f"{name}’s attendance before and since the day, like with like. {'; '.join(part[0].upper() + part[1:] for part in parts)} [95 % intervals]."


def _rate(row):
    return f"{share(row['attended'], row['known'])} [{span(row['wilson_low'], row['wilson_high'])}]"


def recapture(table, language):
    """Around `figures.robustness.recapture`; the last row of `media.recapture` is the whole span."""
    row = table.iloc[-1]
    return {
        "title": f"Two kinds of press tell of {row['seen']} held exercises; they point to {row['estimate']:.0f} in all",
        "subtitle": f"Held exercises told of by families with a text in {language}, by other families and by both; Chapman’s estimate of all there were.",
        "footer": "Both lists draw on the same official notices: what is on one is likelier on the other, so read the estimate as a lower bound. Data: reports.csv, sources.csv.",
    }
