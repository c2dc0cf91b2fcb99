"""The dividing day: its reason, and what another day would give; absences that share no source."""

from __future__ import annotations

from typing import Any

import networkx as nx
import pandas as pd

from helpers.analyses.disengagement.measures import compute_attendance
from helpers.analyses.disengagement.status import WORDS, find_milestones, optional
from helpers.derive.codes import ABSENT, CODES
from helpers.derive.record import Record
from helpers.derive.reports import ON_THE_SPOT
from helpers.derive.statements import COMMITTED_VOICES
from helpers.display.phrases import listed, short_day
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
    steps = [step for step in find_milestones(record) if step.kind != "denied"]  # a denial divides nothing
    days |= {step.day: f"{record.name}: {WORDS[step.kind]}" for step in steps}
    days |= {split: split_reason(record) or "the day chosen"}
    rows = []
    for day, why in sorted(days.items()):
        found = compute_attendance(record.rescoped(split=f"{day:%Y-%m-%d}"))
        rows.append(
            (
                short_day(day),
                why,
                *(f"{n.came} of {n.known}" if n.known else "none" for n in (found.before, found.since)),
            )
        )
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


def find_source_sets(record: Record) -> pd.DataFrame:
    """The focal state's absences since the cutpoint, those that share a source taken together.

    Two absences belong together if reports behind both come from one origin, and so on from one to the next: what is left
    apart rests on independent sources. How many decisions to stay away these were, shared sources do not say.

    Returns
    -------
    DataFrame
        One row a group in order of time: first_day, exercises (tuple of names), cases (tuple of exercise_ids).
    """
    missed = _missed(record)
    origin = record.data["sources"].set_index("source_id")["origin_id"]
    source = record.data["reports"].set_index("report_id")["source_id"]
    graph = nx.Graph()
    for case, behind in zip(missed["exercise_id"], missed["reports"], strict=True):
        graph.add_node(("case", case))
        graph.add_edges_from((("case", case), ("origin", origin[source[one]])) for one in behind)
    parts = [{case for kind, case in part if kind == "case"} for part in nx.connected_components(graph)]
    groups = [missed[missed["exercise_id"].isin(part)] for part in parts]
    rows = [
        (group["start_earliest"].iloc[0], tuple(group["name"]), tuple(group["exercise_id"]))
        for group in sorted(groups, key=lambda group: group.index[0])
    ]
    return pd.DataFrame(rows, columns=["first_day", "exercises", "cases"])


def _missed(record: Record) -> pd.DataFrame:
    own = record.of(record.focus)
    return own[(own["start_earliest"] >= pd.Timestamp(record.split)) & own["code"].isin(ABSENT)]


def count_announced(record: Record) -> int:
    """Number of the focal state's absences since the cutpoint that others report, and that it or the organiser announced."""
    missed, reports = _missed(record), record.data["reports"].set_index("report_id")
    reported = missed.loc[missed["code"] == "absent_reported", "reports"]
    return sum(_is_announced(reports.loc[list(behind)], record.focus) for behind in reported)


def _is_announced(behind: pd.DataFrame, state: str) -> bool:
    """Whether one of the reports behind an absence is the state's or the organiser's word ahead."""
    naming = behind["absent"].map(lambda states: state in states).astype(bool)
    return bool((naming & behind["absent_by"].isin(COMMITTED_VOICES) & ~behind["phase"].isin(ON_THE_SPOT)).any())


def absences_table(record: Record) -> pd.DataFrame:
    """The absences that `find_source_sets` groups, each beside one who spoke of it.

    For every absence the statement shown is one on that exercise before one on the joint exercise that it is part of; then
    that of the state or the organiser before others, and the earliest of a known day. An absence that others report has
    their word from during or after beside it, where there is one, and not what was announced ahead. An absence by list has
    a list for it, whose author names nobody as absent. Absences of one group and one speaker share a row.

    Returns
    -------
    DataFrame
        set (number of the group), exercises, first day, evidence, said by, said on, sources.
    """
    groups = {case: at for at, cases in enumerate(find_source_sets(record)["cases"], start=1) for case in cases}
    missed = _missed(record)
    if missed.empty:
        return pd.DataFrame(columns=["set", "exercises", "first day", "evidence", "said by", "said on", "sources"])
    said = pd.DataFrame([_statement(record, case) for case in missed.itertuples()], index=missed.index)
    table = missed.join(said).assign(set=missed["exercise_id"].map(groups), at=range(len(missed)))
    shared = table.groupby(["set", "code", "said_by", "whole"], sort=False, as_index=False).agg(
        names=("name", listed),
        first_day=("start_earliest", "first"),
        said_on=("said_on", "min"),
        source_ids=("source_ids", lambda ids: tuple(dict.fromkeys(one for many in ids for one in many))[:2]),
        at=("at", "first"),
    )
    shared = shared.sort_values(["set", "at"])
    return pd.DataFrame(
        {
            "set": shared["set"],
            "exercises": shared["names"],
            "first day": shared["first_day"].map(short_day),
            "evidence": shared["code"].map(lambda code: CODES[code].label.removeprefix("absent").strip(", ")),
            "said by": shared["said_by"] + shared["whole"].map(lambda name: f", of {name}" if name else ""),
            "said on": shared["said_on"].map(short_day),
            "sources": [sources_of(ids, record.data["sources"]) for ids in shared["source_ids"]],
        }
    ).reset_index(drop=True)


def _statement(record: Record, case: Any) -> dict[str, Any]:
    """Who spoke of an absence, of which joint exercise (blank: of this very one), on what day and where."""
    behind = record.data["reports"].set_index("report_id").loc[list(case.reports)]
    by_list = case.code == ABSENT[-1]
    naming = behind["absent"].map(lambda states: record.focus in states)
    said = behind[behind["participants_scope"] == "complete"] if by_list else behind[naming]
    if case.code == "absent_reported":
        others = said["phase"].isin(ON_THE_SPOT) & ~said["absent_by"].isin(COMMITTED_VOICES)
        said = said[others] if others.any() else said
    said = said if len(said) else behind
    days, outlets = dates.bounds(said["said_on"]), record.data["sources"].set_index("source_id")["outlet"]
    other = ~said["absent_by"].isin(COMMITTED_VOICES) | by_list
    # what others say is nobody's word but the outlet's, even where the text names the organisation beside it
    own = other & said["said_by"].str.contains(record.organisation, regex=False) & (not by_list)
    said = said.assign(
        day=days["earliest"].where(days["earliest"] == days["latest"]),
        other=other,
        whole=said["exercise_id"] != case.exercise_id,
        ahead=by_list & ~said["phase"].isin(ON_THE_SPOT),
        relayed=said["said_by"].str.contains(" (", regex=False),
        said_by=said["said_by"].mask(own, said["source_id"].map(outlets)),
    ).sort_values(["whole", "ahead", "other", "day", "relayed"], kind="stable")
    first = said.iloc[0]
    same = said[(said["said_by"] == first["said_by"]) & (said["whole"] == first["whole"])]
    names = record.whole_register.set_index("exercise_id")["name"]
    return {
        "said_by": f"list of {first['said_by']}" if by_list else first["said_by"],
        "whole": names[first["exercise_id"]] if first["whole"] else "",
        "said_on": first["day"],
        "source_ids": tuple(dict.fromkeys(same["source_id"])),
    }
