"""Which publications carry one text: the rule that keeps a wire copied ten times from counting as ten witnesses.

Two publications are near-identical if they came out within DAYS days and their titles share at least SIMILAR of their
words (Jaccard's index of the two sets of words). Such a pair must have one origin. Below that, coders decide by what
the texts attribute their facts to, and in doubt join them.

References
----------
Broder, A. Z. (1997). On the resemblance and containment of documents. *Proceedings: Compression and Complexity of
SEQUENCES 1997*, 21-29. doi:10.1109/SEQUEN.1997.666900 (the index, there on longer pieces of text)
"""

import re
from typing import Any

import pandas as pd

from helpers.loaders import dates

DAYS = 3  # a wire is copied within hours, and on Monday if it ran on Friday
SIMILAR = 0.8  # an update ("begins", "ends") changes at least one word in five of a headline; a copy changes fewer
DOUBTFUL = 0.6  # down to here pairs are listed for a reader to judge
FEWEST_WORDS = 4  # "Joint exercises" alone is a topic, not a text
OWN_WORDS = "["  # a title in brackets is our description, not the publication's


def find_near_identical(sources: pd.DataFrame, at_least: float = DOUBTFUL) -> pd.DataFrame:
    """Find pairs of publications that came out together under alike titles.

    Parameters
    ----------
    sources
        The table `sources`, of which source_id, title, published_on (EDTF) and origin_id are read.
    at_least
        Least share of words that two titles have in common (0 to 1).

    Returns
    -------
    DataFrame
        One row a pair, most alike first: a, b (source_id), title_a, title_b, days (from one to the other), alike (share
        of words in common, 0 to 1), one_family (bool: coded as of one origin).
    """
    table = sources[~sources["title"].str.startswith(OWN_WORDS)].assign(
        day=lambda table: dates.bounds(table["published_on"])["earliest"],
        words=lambda table: table["title"].map(_words),
    )
    table = table[table["day"].notna() & (table["words"].map(len) >= FEWEST_WORDS)].sort_values(["day", "source_id"])
    rows: list[tuple[Any, ...]] = []
    recent: list[Any] = []
    for row in table.itertuples():
        recent = [other for other in recent if (row.day - other.day).days <= DAYS]
        rows += [_pair(other, row) for other in recent]
        recent.append(row)
    columns = ["a", "b", "title_a", "title_b", "days", "alike", "one_family"]
    pairs = pd.DataFrame(rows, columns=columns)
    return (
        pairs[pairs["alike"] >= at_least]
        .sort_values(["alike", "a", "b"], ascending=[False, True, True])
        .reset_index(drop=True)
    )


def _words(title: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", title.casefold()))


def _pair(a: Any, b: Any) -> tuple[Any, ...]:
    """The row of two publications, the earlier first."""
    alike = len(a.words & b.words) / len(a.words | b.words)
    return (
        a.source_id,
        b.source_id,
        a.title,
        b.title,
        abs((a.day - b.day).days),
        alike,
        a.origin_id == b.origin_id,
    )
