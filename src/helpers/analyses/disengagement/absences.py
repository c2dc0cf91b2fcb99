"""The focal state's absences since the cutpoint: whose word they rest on, which share a source, and who spoke of each."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Any, NamedTuple

import networkx as nx
import pandas as pd

from helpers.analyses.disengagement.measures import derive_without_lists
from helpers.derive.codes import ABSENT, CODES
from helpers.derive.record import Record
from helpers.derive.reports import ON_THE_SPOT
from helpers.derive.statements import COMMITTED_VOICES
from helpers.display.phrases import between, listed, short_day
from helpers.display.tables import sources_of
from helpers.loaders import dates

BY_LIST = ABSENT[-1]
NEAREST = {"state": 0, "organiser": 1}  # whose word on an absence stands nearest; all others come after them
COLUMNS = ["set", "exercises", "first day", "evidence", "said by", "said on", "independent sources", "sources"]


class Evidence(NamedTuple):
    """Absences by what they rest on; the first three add up to all of them."""

    own_word: int  # the state or the organiser said so, ahead or after
    reported: int  # others reported it
    by_list: int  # a list of participants lacks the state
    statements: int  # statements of the state or the organiser, those that share an original text counted once
    beside_lists: int  # of `by_list`, those of which weaker reports say the same


def find_absences(record: Record) -> pd.DataFrame:
    """The focal state's absences since the cutpoint, in order of time (rows of `Record.of`)."""
    own = record.of(record.focus)
    return own[(own["start_earliest"] >= pd.Timestamp(record.split)) & own["code"].isin(ABSENT)]


def count_evidence(record: Record) -> Evidence:
    """Count the focal state's absences since the cutpoint by whose word they rest on.

    An absence rests on the word of the state or the organiser if a report behind it has one, be it from ahead or after; else
    on the reports of others; else on a list.
    """
    missed = find_absences(record)
    reports = record.data["reports"].set_index("report_id")
    committed = [
        _naming(reports.loc[list(behind)], record.focus).loc[lambda t: t["absent_by"].isin(COMMITTED_VOICES)]
        for behind in missed["reports"]
    ]
    own_word = pd.Series([len(said) > 0 for said in committed], index=missed.index, dtype=bool)
    by_list = (missed["code"] == BY_LIST) & ~own_word
    origin = record.data["sources"].set_index("source_id")["origin_id"]
    said = {case: origin[word["source_id"]] for case, word in zip(missed["exercise_id"], committed, strict=True)}
    statements = _join({case: word for case, word in said.items() if len(word)})
    still = derive_without_lists(record) if by_list.any() else missed.head(0)
    still = still.loc[still["code"].isin(ABSENT), "exercise_id"]
    beside = missed.loc[by_list, "exercise_id"].isin(still).sum()
    reported = len(missed) - own_word.sum() - by_list.sum()
    return Evidence(int(own_word.sum()), int(reported), int(by_list.sum()), len(statements), int(beside))


def _naming(behind: pd.DataFrame, state: str) -> pd.DataFrame:
    """The reports that name a state as absent."""
    return behind[behind["absent"].map(lambda states: state in states).astype(bool)]


def _join(keys: dict[str, Iterable[Hashable]]) -> list[set[str]]:
    """Cases in groups: two that share a key belong together, and so on from one to the next."""
    graph = nx.Graph()
    for case, own in keys.items():
        graph.add_node(("case", case))
        graph.add_edges_from((("case", case), ("key", key)) for key in own)
    return [{name for kind, name in part if kind == "case"} for part in nx.connected_components(graph)]


def find_source_sets(record: Record) -> pd.DataFrame:
    """The focal state's absences since the cutpoint, those that share an original text taken together.

    Two absences belong together if reports behind both come from one origin, and so on from one to the next: no text stands
    behind absences of two groups. One outlet may, since it can write twice. How many decisions to stay away these were,
    shared texts do not say.

    Returns
    -------
    DataFrame
        One row a group in order of time: first_day, exercises (tuple of names), cases (tuple of exercise_ids), outlets
        (frozenset of the names of those whose texts are behind it).
    """
    missed = find_absences(record)
    sources = record.data["reports"].merge(record.data["sources"], on="source_id").set_index("report_id")
    behind = {case: sources.loc[list(ids)] for case, ids in zip(missed["exercise_id"], missed["reports"], strict=True)}
    parts = _join({case: own["origin_id"] for case, own in behind.items()})
    groups = [missed[missed["exercise_id"].isin(part)] for part in parts]
    rows = [
        (
            group["start_earliest"].iloc[0],
            tuple(group["name"]),
            tuple(group["exercise_id"]),
            frozenset().union(*(behind[case]["outlet"] for case in group["exercise_id"])),
        )
        for group in sorted(groups, key=lambda group: group.index[0])
    ]
    return pd.DataFrame(rows, columns=["first_day", "exercises", "cases", "outlets"])


def find_recurring_outlet(sets: pd.DataFrame) -> str:
    """The outlet whose texts stand behind most groups of `find_source_sets`, if they stand behind two or more; else blank."""
    counts = pd.Series([outlet for own in sets["outlets"] for outlet in sorted(own)], dtype=str).value_counts()
    counts = counts[counts > 1]
    return min(counts.index[counts == counts.max()], default="")


def absences_table(record: Record) -> pd.DataFrame:
    """The absences that `find_source_sets` groups, each beside the nearest who spoke of it.

    That is the state, then the organiser, then others, ahead or after; of these a statement on that exercise before one on
    the joint exercise that it is part of, and the earliest of a known day. Of others, whose word makes an absence reported,
    what they say from during or after stands first. An absence by list has a list for it, an official one first, whose
    author names nobody as absent. Absences of one group and one speaker share a row.

    Returns
    -------
    DataFrame
        set (number of the group), exercises, first day, evidence, said by, said on, independent sources (how many origins
        stand behind each of the absences), sources.
    """
    groups = {case: at for at, cases in enumerate(find_source_sets(record)["cases"], start=1) for case in cases}
    missed = find_absences(record)
    if missed.empty:
        return pd.DataFrame(columns=COLUMNS)
    said = pd.DataFrame([_statement(record, case) for case in missed.itertuples()], index=missed.index)
    table = missed.join(said).assign(set=missed["exercise_id"].map(groups), at=range(len(missed)))
    shared = table.groupby(["set", "evidence", "said_by", "whole"], sort=False, as_index=False).agg(
        names=("name", listed),
        first_day=("start_earliest", "first"),
        said_on=("said_on", "min"),
        fewest=("families", "min"),
        most=("families", "max"),
        source_ids=("source_ids", lambda ids: tuple(dict.fromkeys(one for many in ids for one in many))[:2]),
        at=("at", "first"),
    )
    shared = shared.sort_values(["set", "at"])
    columns = [
        shared["set"],
        shared["names"],
        shared["first_day"].map(short_day),
        shared["evidence"],
        shared["said_by"] + shared["whole"].map(lambda name: f", of {name}" if name else ""),
        shared["said_on"].map(short_day),
        [between(low, high) for low, high in zip(shared["fewest"], shared["most"], strict=True)],
        [sources_of(ids, record.data["sources"]) for ids in shared["source_ids"]],
    ]
    return pd.DataFrame(dict(zip(COLUMNS, columns, strict=True))).reset_index(drop=True)


def _statement(record: Record, case: Any) -> dict[str, Any]:
    """Who spoke of an absence, of which joint exercise (blank: of this very one), on what day and where."""
    behind = record.data["reports"].set_index("report_id").loc[list(case.reports)]
    by_list = case.code == BY_LIST
    said = behind[behind["participants_scope"] == "complete"] if by_list else _naming(behind, record.focus)
    said = said if len(said) else behind
    days, outlets = dates.bounds(said["said_on"]), record.data["sources"].set_index("source_id")["outlet"]
    voice = pd.Series([2 if by_list else NEAREST.get(by, 2) for by in said["absent_by"]], index=said.index)
    other = voice == 2
    # what others say is nobody's word but the outlet's, even where the text names the organisation beside it
    own = other & said["said_by"].str.contains(record.organisation, regex=False) & (not by_list)
    said = said.assign(
        voice=voice,
        day=days["earliest"].where(days["earliest"] == days["latest"]),
        whole=said["exercise_id"] != case.exercise_id,
        ahead=other & ~said["phase"].isin(ON_THE_SPOT),
        unofficial=by_list & (said["speaker"] != "official"),
        relayed=said["said_by"].str.contains(" (", regex=False),
        said_by=said["said_by"].mask(own, said["source_id"].map(outlets)),
    ).sort_values(["voice", "ahead", "whole", "unofficial", "day", "relayed"], kind="stable")
    first = said.iloc[0]
    same = said[(said["said_by"] == first["said_by"]) & (said["whole"] == first["whole"])]
    names = record.whole_register.set_index("exercise_id")["name"]
    evidence = CODES[case.code].label.removeprefix("absent").strip(", ")
    speaker = first["said_by"].partition(" (via ")[0]  # through whom stands among the sources
    if first["voice"] < 2 and first.get("speaker") == "outlet":  # an outlet that relays a speaker without a name
        speaker = f"{record.name if first['voice'] == 0 else record.organisation}, through {speaker}"
    announced = case.code == "absent_reported" and first["voice"] < 2
    return {
        "evidence": f"announced, then {evidence}" if announced else evidence,
        "said_by": f"list of {speaker}" if by_list else speaker,
        "whole": names[first["exercise_id"]] if first["whole"] else "",
        "said_on": first["day"],
        "source_ids": tuple(dict.fromkeys(same["source_id"])),
    }
