"""Findings of the two-mode network and of visits between members."""

from __future__ import annotations

from typing import Any

import networkx as nx
import pandas as pd

from helpers.analyses.network import co_attendance, groups
from helpers.analyses.network import graph as network
from helpers.analyses.network.groups import by_name
from helpers.analyses.network.text_words import focal, in_period, named
from helpers.derive.codes import SETTLED
from helpers.derive.record import Record
from helpers.display.finding import Finding
from helpers.display.phrases import capital, count, escape, listed, number

SEVERAL = "several"  # exercises that one list of participants covers, as `reports` codes it
FEW = 6  # more open cases are counted, not named


def last_year(record: Record) -> int | None:
    """Find the last plan year of which an exercise is known to have been held.

    Parameters
    ----------
    record
        The record of a scope.

    Returns
    -------
    int or None
    """
    held = record.register.loc[record.register["status"] == "held", "year"]
    return int(held.max()) if len(held) else None


def graph_of_last_year(record: Record) -> nx.Graph:
    """Build the two-mode graph of the last year with a held exercise.

    Parameters
    ----------
    record
        The record of a scope.

    Returns
    -------
    networkx.Graph
        As `graph.two_mode_graph`, with the edges of expected states alone; empty if nothing was held.
    """
    held = record.register[(record.register["status"] == "held") & (record.register["year"] == last_year(record))]
    return network.of_exercises(network.two_mode_graph(record), held["exercise_id"])


def describe_network(record: Record) -> Finding:
    """Say how large the network is, and in how many cases a member that was expected stayed away.

    Parameters
    ----------
    record
        The record of a scope.

    Returns
    -------
    Finding
        k of the n cases in which a member stayed away are the focal state's.
    """
    graph = network.two_mode_graph(record)
    came = network.attended(graph)
    if not len(came):
        return Finding("No member is known to have come to an exercise.")
    states, drills = (len(network.side_of(came, side)) for side in (0, 1))
    links = f"{came.number_of_edges():,} attendances" if came.number_of_edges() > 1 else "one attendance"
    expected = [(state, data.get("came")) for state, _, data in _cases(graph) if data["expected"]]
    gone = [state for state, value in expected if value == 0]
    own = sum(state == record.focus for state in gone)
    open_ = sum(value is None for _, value in expected)
    left = f"{number(open_)}{' more' if gone else ''} open" if open_ else "none open"
    away = f"A member is known to have stayed away in {count(len(gone), 'case')}, {_word_own(record, own, len(gone))}"
    return Finding(
        f"The network joins {count(states, 'member')} and {count(drills, 'exercise')} by {links}.",
        f"{away if gone else 'No source or list says that a member stayed away'}; sources leave {left}.",
        k=own,
        n=len(gone),
        unit="cases",
    )


def _word_own(record: Record, own: int, gone: int) -> str:
    """How many of the absences are the focal state's: 'in 21 of them Aland'."""
    if gone == 1:
        return focal(record) if own else f"not {focal(record)}"
    return f"in {'all' if own == gone else number(own) if own else 'none'} of them {focal(record)}"


def _cases(graph: nx.Graph) -> list[tuple[str, str, dict[str, Any]]]:
    """The edges of a two-mode graph, each from its state to its exercise."""
    return list(graph.edges(network.side_of(graph, 0), data=True))


def word_last_year(record: Record) -> str:
    """Say how the focal state is joined to the exercises of the last year with a held exercise.

    Parameters
    ----------
    record
        The record of a scope.

    Returns
    -------
    str
        A title, without a full stop; values are escaped.
    """
    graph, year = graph_of_last_year(record), last_year(record)
    own = _came(graph, record.focus)
    links = _own_links(capital(focal(record)), own, year, len(network.side_of(graph, 1)))
    return f"{links}; {_other_links(record, graph)}"


def _own_links(name: str, own: list[int | None], year: int | None, held: int) -> str:
    """Whether the focal state came to the exercises of a year."""
    known, came = sum(value is not None for value in own), sum(value == 1 for value in own)
    if not own:
        which = f"none of the {count(held, 'exercise')}" if held > 1 else "the one exercise"
        return f"{name} was {'' if held > 1 else 'not '}expected at {which} of {year}"
    start = f"{name} was expected at {count(len(own), 'exercise')} in {year} and"
    if len(own) == 1:
        return f"{start} {'came' if came else 'did not come' if known else 'may have come or not'}"
    if known < len(own):
        return f"{start} is known to have come to {number(came) if came else 'none'}"
    return f"{start} came to {'none' if not came else 'all' if came == len(own) else number(came)}"


def _other_links(record: Record, graph: nx.Graph) -> str:
    """Which other members stayed away from an exercise of a graph."""
    others = [state for state in by_name(record, network.side_of(graph, 0)) if state != record.focus]
    away = [state for state in others if 0 in _came(graph, state)]
    if not away:
        is_open = any(None in _came(graph, state) for state in others)
        return "no other is known to have missed any" if is_open else "no other missed any"
    return f"only {named(record, away)[0]} missed any" if len(away) == 1 else f"{number(len(away))} others missed some"


def _came(graph: nx.Graph, state: str) -> list[int | None]:
    """Whether a state came to each exercise of a graph that expected it."""
    return [data.get("came") for *_, data in graph.edges(state, data=True)] if state in graph else []


def _under_joint_lists(record: Record, open_: pd.DataFrame) -> str:
    """How many open cases are of exercises of which a list of participants covers several."""
    reports = record.data["reports"]
    if "list_covers" not in reports:
        return ""
    covered = open_["exercise_id"].isin(reports.loc[reports["list_covers"] == SEVERAL, "exercise_id"]).sum()
    if not covered:
        return ""
    return f"For {number(covered) if covered < len(open_) else 'all'} of them a list of participants covers several exercises. "


def describe_open_cases(record: Record) -> Finding:
    """Say which cases of the last known period sources leave open, since pairs with them rest on fewer exercises.

    Parameters
    ----------
    record
        The record of a scope.

    Returns
    -------
    Finding
        k open cases of n.
    """
    period = groups.last_known_period(record, co_attendance.compute_ties(record))
    held = record.in_period(period).held
    when, n = in_period(record, period), len(held)
    open_ = held[~held["code"].isin(SETTLED)]
    if not n:
        return Finding(f"Nobody was expected at an exercise that is known to have been held {when}.")
    if open_.empty:
        return Finding(f"Sources are clear about every case {when}.", k=0, n=n, unit="cases")
    if len(open_) <= FEW:
        where: dict[tuple[str, ...], list[str]] = {}
        for _, part in open_.groupby("exercise_id", sort=False):
            where.setdefault(tuple(by_name(record, part["iso3"])), []).append(escape(part["name"].iloc[0]))
        said = "; ".join(f"{listed(named(record, who))} at {listed(drills)}" for who, drills in where.items())
    else:
        counts = open_["iso3"].value_counts()
        order = by_name(record, open_["iso3"])
        said = listed(f"{number(counts[one])} of {named(record, [one])[0]}" for one in order)
    detail = f"{'It is' if len(open_) == 1 else 'They are'} {said}."
    return Finding(
        f"Sources leave {count(len(open_), 'case')} of {n:,} open {when}.",
        detail,
        f"{_under_joint_lists(record, open_)}Their ties rest on fewer exercises.",
        k=len(open_),
        n=n,
        unit="cases",
    )
