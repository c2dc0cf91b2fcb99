"""Titles, subtitles and footers of the figures of the network."""

from __future__ import annotations

import html

import pandas as pd

from helpers.analyses.network import co_attendance, groups
from helpers.analyses.network import visits as travel
from helpers.analyses.network.text import SAME, describe_ties
from helpers.analyses.network.text_network import last_year, word_last_year
from helpers.analyses.network.text_words import in_period
from helpers.derive.record import Record
from helpers.display.finding import Finding
from helpers.display.phrases import capital, day, listed, number, percent, possessive, spoken


def _plain(text: str) -> str:
    """Words of a finding as a figure shows them, which reads no Markdown."""
    return html.unescape(Finding(text).as_plain())


def _sources(record: Record) -> str:
    return f"Sources to {day(*record.last_days)}."


def around_ties(record: Record) -> dict[str, str]:
    """Word what stands around `figures.plot_ties`.

    Parameters
    ----------
    record
        The record of a scope.

    Returns
    -------
    dict
        title, subtitle, footer.
    """
    table = co_attendance.compute_ties(record)
    last = groups.last_known_period(record, table)
    known = table[table["occasions"] > 0]
    drawn, everyone = ({*part["a"], *part["b"]} for part in (known[known["period"] == last], known))
    left_out = [spoken(record.names.get(one, one)) for one in groups.by_name(record, everyone - drawn - {record.focus})]
    others = (
        f"{capital(listed(left_out))}, expected in earlier years alone, {'is' if len(left_out) == 1 else 'are'} not drawn. "
        if left_out
        else ""
    )
    small = "; the small grids show earlier years in the same order" if len(table["period"].unique()) > 1 else ""
    return {
        "title": _plain(describe_ties(record).headline).removesuffix("."),
        "subtitle": f"Exercises to which both came, as a share of those at which both were expected, {in_period(record, last)}{small}",
        "footer": f"Blue: half or more; red: fewer than half; hollow: not clear; no square: never expected together. Only exercises on which sources are clear about both. {others}{_sources(record)}",
    }


def name_groups(record: Record, circle: groups.Circle) -> dict[str, str]:
    """Word the groups of `groups.compute_change`.

    Parameters
    ----------
    record
        The record of a scope.
    circle
        The period whose groups are followed.

    Returns
    -------
    dict
        {group: words}, plain text.
    """
    rest = [state for state in circle.core if state != record.focus]
    apart = [spoken(record.names.get(state, state)) for state in circle.apart if state != record.focus]
    focus = capital(spoken(record.name))
    many = number(len(rest))
    return {
        "focus": f"{focus} with each of the {many}"
        if apart or record.focus not in (*circle.core, *circle.apart)
        else f"{focus} with each of the other {many}",
        "core": f"the {many} with one another",
        "apart": f"{capital(listed(apart) if len(apart) < 3 else number(len(apart)) + ' others')} with each",
    }


def around_change(record: Record) -> dict[str, object]:
    """Word what stands around `figures.plot_change`.

    Parameters
    ----------
    record
        The record of a scope.

    Returns
    -------
    dict
        groups, reasons (why a period begins, by its label), title, subtitle, footer.
    """
    table = co_attendance.compute_ties(record)
    circle = groups.read_circle(record, table, groups.last_known_period(record, table))
    outside = [one for one in circle.apart if one != record.focus]
    subject = outside if outside and record.focus not in circle.apart else [record.focus]
    who = capital(listed(spoken(record.names.get(one, one)) for one in subject))
    own = _course(table, circle, subject)
    rest = [one for one in circle.core if one not in subject]
    others = _course(table, circle, rest, within=True)
    return {
        "groups": name_groups(record, circle),
        "reasons": dict(zip(record.periods, _reasons(record), strict=False)),
        "title": "Every tie is full, since no source says who stayed away"
        if not record.shows_absence
        else f"{possessive(who)} ties {own}; ties among the other {number(len(rest))} {others}"
        if len(rest) > 1
        else f"{possessive(who)} ties {own}",
        "subtitle": "Exercises to which both came, as a share of those at which both were expected, all such pairs taken together",
        "footer": f"Thin lines: where the share would lie if every open case was an absence, or none. {_sources(record)}",
    }


def _reasons(record: Record) -> list[str]:
    """Why each period of the scope begins, in order of time."""
    since, until = record.scope.since, record.scope.until
    return [row.why for row in record.data["periods"].itertuples() if row.until >= since and row.since <= until]


def _course(table: pd.DataFrame, circle: groups.Circle, states: list[str], within: bool = False) -> str:
    """How the ties of some states went between the last two periods known: with the core, or among themselves."""
    others = None if within else [one for one in circle.core if one not in states]
    parts = [
        groups.pool(groups.ties_of(part, states, others))["share"] for _, part in table.groupby("period", sort=False)
    ]
    known = [share for share in parts if pd.notna(share)]
    if not known:
        return "are not known"
    before, after = ([""] + [percent(share) for share in known])[-2:]
    if not before:
        return f"stood at {after}"
    if within:  # in words: a title has at most two numbers
        return "hardly changed" if abs(known[-1] - known[-2]) < SAME else "fell" if known[-1] < known[-2] else "rose"
    if abs(known[-1] - known[-2]) < SAME:
        return f"stayed at {after}" if before == after else f"stayed at about {after}"
    return f"{'fell' if known[-1] < known[-2] else 'rose'} from {before} to {after}"


def around_network(record: Record) -> dict[str, str]:
    """Word what stands around `figures_network.plot_network`.

    Parameters
    ----------
    record
        The record of a scope.

    Returns
    -------
    dict
        title, subtitle, footer.
    """
    return {
        "title": _plain(word_last_year(record)),
        "subtitle": f"Exercises held in {last_year(record)} in the middle, members at both sides; a line where a member came, dashes where it stayed away",
        "footer": f"Dots: sources are not clear. No line: not expected there. {_sources(record)}",
    }


def around_visits(record: Record) -> dict[str, str]:
    """Word what stands around `figures_visits.plot_visits`.

    Parameters
    ----------
    record
        The record of a scope.

    Returns
    -------
    dict
        title, subtitle, footer.
    """
    return {
        "title": _visits_title(record),
        "subtitle": "Rows are hosts, columns visitors: exercises on the host's soil that the visitor attended",
        "footer": f"An exercise on the soil of two members is a visit to each. {_sources(record)}",
    }


def _visits_title(record: Record) -> str:
    """What the focal state paid and received in the scope's last period, or before it if nothing since."""
    visits, name = travel.compute_visits(record), spoken(record.name)
    since = record.periods[list(record.periods)[-1]][0]
    late = visits["year"] >= since
    paid, received = (
        (visits[side] == record.focus) & (visits["host"] != visits["guest"]) for side in ("guest", "host")
    )
    counts = [int(one.sum()) for one in (paid & ~late, received & ~late, paid & late, received & late)]
    if not sum(counts):
        return f"No visit between {name} and another member is known"
    paid_then, received_then, paid_now, received_now = (number(n) if n else "none" for n in counts)
    if not counts[2] and not counts[3]:
        visits_then = f"{paid_then} visits" if counts[0] > 1 else "one visit" if counts[0] else "no visit"
        return (
            f"{capital(name)} paid {visits_then} and received {received_then} before {since}, and none of either since"
        )
    visits_now = f"{paid_now} visits" if counts[2] > 1 else "one visit" if counts[2] else "no visit"
    when = in_period(record, list(record.periods)[-1])
    has = "" if record.is_past else "has "
    return f"{capital(name)} {has}paid {visits_now} {when} and received {received_now}"
