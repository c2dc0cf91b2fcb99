"""Whom to believe: the sources that a universe does without, and who speaks in each report."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from helpers.derive.left_out import LeftOut
from helpers.derive.record import Record

OFFICIAL_KINDS = {"organiser", "ministry"}  # publishers whose texts are their own words unless a report says otherwise
OFFICIAL, OUTLET, OTHER = "official", "outlet", "other"  # values of `speaker` in the table `reports`
ALL_SOURCES = "all sources"


def find_speakers(data: Mapping[str, pd.DataFrame]) -> pd.Series:
    """Who speaks in each report: OFFICIAL, OUTLET or OTHER.

    Parameters
    ----------
    data
        The loaded tables, of which `reports` and `sources` are read. Where `speaker` is blank, or the table has no such
        column, the kind of the source decides.

    Returns
    -------
    Series
        By report_id, in the order of the table.
    """
    reports = data["reports"]
    kinds = reports["source_id"].map(data["sources"].set_index("source_id")["kind"])
    by_kind = pd.Series(np.where(kinds.isin(OFFICIAL_KINDS), OFFICIAL, OUTLET), reports.index)
    said = reports["speaker"] if "speaker" in reports else pd.Series("", reports.index)
    return said.where(said != "", by_kind).astype(object).set_axis(reports["report_id"])


def list_source_choices(record: Record) -> dict[str, LeftOut]:
    """The choices of whom to believe, the mildest first; the first leaves out none, and none stands for nothing.

    Programmes are announcements, whoever prints them: a choice of speakers leaves them in.
    """
    reports, sources = record.data["reports"], record.data["sources"]
    speakers = find_speakers(record.data)
    unseen = frozenset(sources.loc[~sources["original_seen"], "source_id"])
    own = reports["exercise_id"].isin(record.register["exercise_id"])
    outlets = reports.loc[own, "source_id"].map(sources.set_index("source_id")["outlet"]).value_counts()
    found = {ALL_SOURCES: LeftOut(), "without texts that nobody read": _without_sources(reports, unseen)}
    if len(outlets):
        most = min(outlets.index[outlets == outlets.max()])
        ids = frozenset(sources.loc[sources["outlet"] == most, "source_id"])
        found[f"without {most}"] = _without_sources(reports, ids)
    found["official speakers only"] = LeftOut(frozenset(speakers.index[speakers != OFFICIAL]))
    found["media’s own reporting only"] = LeftOut(frozenset(speakers.index[speakers != OUTLET]))
    return {name: left for name, left in found.items() if name == ALL_SOURCES or left.reports or left.sources}


def _without_sources(reports: pd.DataFrame, ids: frozenset[str]) -> LeftOut:
    return LeftOut(frozenset(reports.loc[reports["source_id"].isin(ids), "report_id"]), ids)


def list_origins_and_outlets(record: Record) -> dict[tuple[str, str], LeftOut]:
    """Every origin and every outlet that reports an exercise of the scope, each left out by itself.

    Returns
    -------
    dict
        {("origin" or "outlet", name): LeftOut}.
    """
    reports, sources = record.data["reports"], record.data["sources"].astype(object)  # text columns group slowly
    inside = reports["exercise_id"].isin(record.register["exercise_id"])
    used = sources[sources["source_id"].isin(reports.loc[inside, "source_id"])]
    told = reports[["report_id", "source_id"]].astype(object).merge(sources, on="source_id")
    found = {}
    for kind, column in (("origin", "origin_id"), ("outlet", "outlet")):
        of = told.groupby(column)["report_id"].agg(frozenset)
        for name, ids in (
            sources[sources[column].isin(used[column])].groupby(column)["source_id"].agg(frozenset).items()
        ):
            found[kind, str(name)] = LeftOut(of[name], ids)
    return found
