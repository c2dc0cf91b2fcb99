"""Words that more than one notebook uses: days, units, the mix of grades, the keys of codes and grades."""

import html

import pandas as pd

UNITS = {  # what is counted in each unit
    "component": "held exercises",
    "umbrella": "held exercises, umbrellas counted once,",
    "plan year": "plan years",
    "meeting": "held meetings of the organisation's bodies",
}


DATA = "Data: reports.csv and the rules in attendance.py."


def day(when):
    """A day as English readers write it: 13 September 2022."""
    return f"{pd.Timestamp(when).day} {pd.Timestamp(when):%B %Y}"


def p_value(p):
    """A p as readers want it: two digits that count, never nought."""
    return "p < 0.001" if p < 0.001 else f"p = {p:.3f}" if p < 0.1 else f"p = {p:.2f}"


def escape(text):
    """Text from the data, made safe for Markdown and HTML."""
    safe = html.escape(str(text), quote=False)
    return "".join("\\" + char if char in "\\`*_[]|#~$" else char for char in safe)


def share(k, n):
    """A share as a reader wants it: '14 of 15 (93 %)'."""
    return f"{k} of {n} ({k / n:.0%})".replace("%", "\u00a0%") if n else "0 of 0"


def span(low, high):
    """An interval of shares in per cent: '70-99 %'."""
    return "no data" if pd.isna(low) else f"{low:.0%}".rstrip("%") + f"–{high:.0%}".replace("%", "\u00a0%")
