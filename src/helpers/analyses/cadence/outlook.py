"""What is due: whether a series that was held in one year is held again two years later, judged on every past year.

One rule is used, *as two years ago*. It was chosen as the best of the simple ones on the same past years on which it is judged
(`compare_rules`), so that its lead over the next of them may be chance; the text names them all.
"""

import pandas as pd

from helpers.derive.record import Record
from helpers.statistics.intervals import wilson

AFTER = 2  # years: many series move from one host to another every second year


def compute_persistence(lives: pd.DataFrame, record: Record) -> pd.DataFrame:
    """How often a series was held in a year, by whether it had been AFTER years before.

    Each year counts that is AFTER years or more from the series' first.

    Years of unknown fate are left out, on either side.

    Parameters
    ----------
    lives
        As `series.compute_lifelines` gives them.
    record
        Tells the last year that sources cover.

    Returns
    -------
    DataFrame
        Indexed by `held` and `not held` (AFTER years before): k (held again), n (series-years), low, high (Wilson, as if
        series-years were independent draws).
    """
    counts = {"held": [0, 0], "not held": [0, 0]}
    for one in lives[lives["first"].notna()].itertuples():
        for year in range(int(one.first) + AFTER, record.last_year + 1):
            if {year, year - AFTER} & set(one.open):
                continue
            before = counts["held" if year - AFTER in one.held else "not held"]
            before[0] += year in one.held
            before[1] += 1
    table = pd.DataFrame.from_dict(counts, orient="index", columns=["k", "n"])
    low, high = wilson(table["k"], table["n"])
    return table.assign(low=low, high=high)


def compare_rules(lives: pd.DataFrame, record: Record) -> pd.DataFrame:
    """Simple rules for next year put to the same past years: how often each was right.

    Returns
    -------
    DataFrame
        One row a rule: rule (words), right, n (series-years, each after the second of its series).
    """
    rules = {
        "as last year": lambda held, year: year - 1 in held,
        "as two years ago": lambda held, year: year - 2 in held,
        "yes, if held more than once": lambda held, year: sum(one < year for one in held) > 1,
        "always yes": lambda held, year: True,
    }
    rows = []
    for name, says in rules.items():
        right = n = 0
        for one in lives[lives["first"].notna()].itertuples():
            for year in range(int(one.first) + 2, record.last_year + 1):
                if not {year, year - 1, year - 2} & set(one.open):
                    right += says(one.held, year) == (year in one.held)
                    n += 1
        rows.append((name, right, n))
    return pd.DataFrame(rows, columns=["rule", "right", "n"])
