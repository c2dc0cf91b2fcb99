"""How a state votes at the United Nations: its own votes before a day and since, and beside those of the other members.

A change is looked for in the state's own votes, because the others move too: a state that keeps its vote while they change
theirs has changed nothing, and one that moves with them has. Its usual vote is the one that it cast at more than half of the
votes before day zero. Its voting changed if it cast that vote since day zero at a share that chance hardly explains (Fisher's
exact test); fewer than three votes on either side show nothing. That the state did not vote counts on neither side.
"""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd
from scipy.stats import fisher_exact

from helpers.derive.codes import AWAY, CAME, UNCLEAR
from helpers.derive.record import Record
from helpers.loaders import dates

FEWEST_VOTES = 3  # votes of others that it takes to say how most voted; own votes that it takes to say how it votes
USUAL = 0.5  # share of the votes before day zero that a vote must exceed to be the usual one
UNLIKELY = 0.05  # probability by chance below which votes before and since are said to differ
COLUMNS = ["when", "subject", "topic", "vote", "role", "with_most"]


class Votes(NamedTuple):
    """The clear votes of a state: `k` of `n` of one kind before day zero, and since."""

    k_before: int
    n_before: int
    k_since: int
    n_since: int

    @property
    def compared(self) -> bool:
        """Whether there are votes enough on both sides."""
        return min(self.n_before, self.n_since) >= FEWEST_VOTES

    @property
    def changed(self) -> bool:
        """Whether chance hardly explains the difference."""
        if not self.compared:
            return False
        table = [[self.k_before, self.n_before - self.k_before], [self.k_since, self.n_since - self.k_since]]
        return bool(fisher_exact(table).pvalue < UNLIKELY)


def find_votes(record: Record, state: str, zero: pd.Timestamp, first: pd.Timestamp, last: pd.Timestamp) -> pd.DataFrame:
    """Find the votes of a state between two days, each beside its usual vote and beside the other members.

    Parameters
    ----------
    record
        The record, of which the table `votes` is read.
    state
        ISO code.
    zero
        Day zero: the votes before it make the usual vote.
    first, last
        First and last day to look at.

    Returns
    -------
    DataFrame
        One row a vote in order of time: when (day), subject, topic, vote, role (came: its usual vote; away: another one; unclear:
        it did not vote, or has no usual vote), with_most (as role: as most of the other members that voted, otherwise, or
        unclear because it or too few of them voted).
    """
    table = record.data.get("votes", pd.DataFrame())
    if table.empty:
        return pd.DataFrame(columns=COLUMNS)
    own = table[table["iso3"] == state].assign(when=lambda t: dates.bounds(t["day"])["earliest"])
    own = own[own["when"].between(first, last)].sort_values("when", kind="stable")
    others = table[(table["iso3"] != state) & table["iso3"].isin(record.states) & (table["vote"] != "did_not_vote")]
    counts = others.groupby("vote_id")["vote"].value_counts().unstack(fill_value=0)
    usual = find_usual(own, zero)
    cast = own["vote"] != "did_not_vote"
    role = own["vote"].eq(usual).map({True: CAME, False: AWAY}).where(cast & (usual != ""), UNCLEAR)
    with_most = []
    for vote_id, vote in zip(own["vote_id"], own["vote"], strict=True):
        row = counts.loc[vote_id] if vote_id in counts.index else pd.Series(dtype=int)
        clear = row.sum() >= FEWEST_VOTES and vote != "did_not_vote"
        with_most.append((CAME if row.get(vote, 0) == row.max() else AWAY) if clear else UNCLEAR)
    return own.assign(role=role, with_most=with_most)[COLUMNS].reset_index(drop=True)


def find_usual(own: pd.DataFrame, zero: pd.Timestamp) -> str:
    """The vote that a state cast at more than half of its votes before a day; blank if there is none, or too few votes.

    Parameters
    ----------
    own
        Votes of one state: when (day), vote.
    zero
        The day.
    """
    before = own.loc[(own["when"] < zero) & (own["vote"] != "did_not_vote"), "vote"]
    if len(before) < FEWEST_VOTES:
        return ""
    shares = before.value_counts(normalize=True)
    return str(shares.index[0]) if shares.iloc[0] > USUAL else ""


def count_votes(roles: pd.Series, when: pd.Series, zero: pd.Timestamp) -> Votes:
    """Count the clear votes before a day and since, and those of them that are of role `came`."""
    clear, came, since = roles.isin([CAME, AWAY]), roles == CAME, pd.to_datetime(when) >= zero
    return Votes(
        int((came & ~since).sum()), int((clear & ~since).sum()), int((came & since).sum()), int((clear & since).sum())
    )
