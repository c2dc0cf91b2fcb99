"""The dividing day: its reason, and what another day would give; absences that share no source."""

from __future__ import annotations

import networkx as nx
import pandas as pd

from helpers.analyses.disengagement.measures import compute_attendance
from helpers.analyses.disengagement.status import WORDS, find_milestones, optional
from helpers.derive.codes import ABSENT, CODES
from helpers.derive.record import Record
from helpers.derive.statements import COMMITTED_VOICES
from helpers.display.phrases import short_day
from helpers.display.tables import sources_of
from helpers.loaders import dates


def split_event(record: Record) -> pd.Series | None:
    """The step that the cutpoint is named after.

    Of all steps of that very day, one with a label goes first, then one of the focal state, then the one that goes
    furthest. A day without a labelled step or a step of the focal state has no reason on record.

    Returns
    -------
    Series or None
        A row of the table `events`, with its label (blank if it has none).
    """
    events = record.data.get("events", pd.DataFrame())
    if events.empty:
        return None
    table = events[events["date"] == record.split].assign(own=lambda t: t["subject"] == record.focus)
    table = table.assign(label=optional(table, "label"), step=table["rung"].fillna(0).astype(int))
    table = table[table["own"] | (table["label"] != "")]
    table = table.assign(named=table["label"] != "").sort_values(
        ["named", "own", "step", "event_id"], ascending=[False, False, False, True]
    )
    return table.iloc[0] if len(table) else None


def split_reason(record: Record) -> str:
    """Why the cutpoint is where it is, in a few words of the data; blank if the record does not say."""
    event = split_event(record)
    return "" if event is None else str(event["label"] or event["what"]).rstrip(".")


def compare_days(record: Record) -> pd.DataFrame:
    """What other dividing days would give for the focal state.

    Days: the cutpoint, the days of the state's milestones, the first day of each of the six years around it, and the two
    ends of the time in which every day gives what the cutpoint does.

    Returns
    -------
    DataFrame
        One row a day in order of time: day (in words), why, before, since (clear cases attended, of all: '35 of 36').
    """
    split = pd.Timestamp(record.split)
    first, last = same_days(record)
    days = {pd.Timestamp(year=split.year + shift, month=1, day=1): "" for shift in (-3, -2, -1, 1, 2, 3)}
    days |= {
        day: why
        for day, why in ((first, "earliest that gives the same"), (last, "latest that gives the same"))
        if pd.notna(day)
    }
    days |= {step.day: f"{record.name} {WORDS[step.kind]}" for step in find_milestones(record)}
    days |= {split: split_reason(record) or "the day chosen"}
    rows = []
    for day, why in sorted(days.items()):
        found = compute_attendance(record.rescoped(split=f"{day:%Y-%m-%d}"))
        rows.append((short_day(day), why, *(f"{n.came} of {n.known}" for n in (found.before, found.since))))
    return pd.DataFrame(rows, columns=["day", "why", "before", "since"])


def same_days(record: Record) -> tuple[pd.Timestamp, pd.Timestamp]:
    """First and last day that, taken as the cutpoint, would divide the clear cases as the cutpoint does.

    Returns
    -------
    tuple of Timestamp
        The day after the last clear case before, and the day of the first clear case since; NaT where there is none.
    """
    cases = compute_attendance(record).cases["start_earliest"]
    split = pd.Timestamp(record.split)
    before, since = cases[cases < split], cases[cases >= split]
    return before.max() + pd.Timedelta(days=1), since.min()


def find_decisions(record: Record) -> pd.DataFrame:
    """The focal state's absences since the cutpoint, those that share a source taken together.

    Two absences belong together if reports behind both come from one origin, and so on from one to the next: what is left
    apart rests on independent sources.

    Returns
    -------
    DataFrame
        One row a group in order of time: first_day, exercises (tuple of names), evidence (the strongest code's label),
        said_by (who says so: the state or organiser before others, the earliest first), said_on (that day; NaT if no day
        is known), sources (at most two ids).
    """
    own = record.of(record.focus)
    missed = own[(own["start_earliest"] >= pd.Timestamp(record.split)) & own["code"].isin(ABSENT)]
    reports = record.data["reports"].set_index("report_id")
    origin = record.data["sources"].set_index("source_id")["origin_id"]
    graph = nx.Graph()
    for at, behind in missed["reports"].items():
        graph.add_node(("case", at))
        graph.add_edges_from((("case", at), ("origin", origin[reports.at[one, "source_id"]])) for one in behind)
    groups = [sorted(at for kind, at in part if kind == "case") for part in nx.connected_components(graph)]
    rows = [_decision(missed.loc[at], reports, record.focus) for at in sorted(groups)]
    columns = ["first_day", "exercises", "evidence", "said_by", "said_on", "sources"]
    return pd.DataFrame(rows, columns=columns)


def decisions_table(record: Record) -> pd.DataFrame:
    """What `find_decisions` gives, as a table shows it: exercises, first day, evidence, said by, said on, sources."""
    found = find_decisions(record)
    return pd.DataFrame(
        {
            "exercises": [", ".join(names) for names in found["exercises"]],
            "first day": [short_day(day) for day in found["first_day"]],
            "evidence": [text.removeprefix("absent").strip(", ") for text in found["evidence"]],
            "said by": found["said_by"],
            "said on": [short_day(day) for day in found["said_on"]],
            "sources": [sources_of(ids, record.data["sources"]) for ids in found["sources"]],
        }
    )


def _decision(cases: pd.DataFrame, reports: pd.DataFrame, state: str) -> tuple[object, ...]:
    best = min(cases["code"], key=ABSENT.index)
    behind = reports.loc[list(dict.fromkeys(one for ids in cases["reports"] for one in ids))]
    naming = behind[behind["absent"].map(lambda states: state in states)]
    said = naming if len(naming) else behind
    days = dates.bounds(said["said_on"])
    said = said.assign(
        day=days["earliest"], other=~said["absent_by"].isin(COMMITTED_VOICES), vague=days["earliest"] != days["latest"]
    ).sort_values(["other", "vague", "day"], kind="stable")
    first = said.iloc[0]
    return (
        cases["start_earliest"].min(),
        tuple(cases["name"]),
        CODES[best].label,
        first["said_by"],
        pd.NaT if first["vague"] else first["day"],
        tuple(dict.fromkeys(said["source_id"]))[:2],
    )
