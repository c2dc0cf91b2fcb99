"""Which publications carry one text: the rule that keeps a wire copied ten times from counting as ten witnesses.

Two publications are near-identical if they came out within DAYS days and their titles share at least SIMILAR of their
words (Jaccard's index of the two sets of words; Broder 1997 uses it on longer pieces of text). Such a pair must
be one family. Below that, coders decide by what the texts attribute their facts to, and in doubt join them.
"""

import re

import pandas as pd

from helpers.loaders import dates

DAYS = 3  # a wire is copied within hours, and on Monday if it ran on Friday
SIMILAR = 0.8  # an update ("begins", "ends") changes at least one word in five of a headline; a copy changes fewer
DOUBTFUL = 0.6  # down to here pairs are listed for a reader to judge
FEWEST_WORDS = 4  # "Joint exercises" alone is a topic, not a text
OWN_WORDS = "["  # a title in brackets is our description, not the publication's


def find_near_identical(sources, at_least=DOUBTFUL):
    """Pairs of publications with alike titles, most alike first.

    Frame: a, b (source_id), title_a, title_b, days (apart), alike (0 to 1), one_family (bool).
    """
    table = sources[~sources["title"].str.startswith(OWN_WORDS)].assign(
        day=lambda table: dates.bounds(table["published_on"])["earliest"],
        words=lambda table: table["title"].map(_words),
    )
    table = table[table["day"].notna() & (table["words"].map(len) >= FEWEST_WORDS)].sort_values(["day", "source_id"])
    rows, recent = [], []
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


def _words(title):
    return frozenset(re.findall(r"\w+", title.casefold()))


def _pair(a, b):
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
