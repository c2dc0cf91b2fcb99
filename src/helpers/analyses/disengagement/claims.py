"""Dated claims put to the record: what each says, what the record holds, and whether the two agree.

Verdicts are computed, so that a new report can turn them. `holds`: the record agrees and leaves nothing open. `holds in
part`: it bears out part of the claim, or by one way of reading it. `contradicted`: a settled case, date or status says
otherwise. `cannot be tested`: the record holds nothing on it, or leaves the point open.

Six rules keep the verdicts fair. A claim is judged with and without its own origin, and both must agree: it cannot confirm
itself, and what it alone leaves open is not held against it. A window of fewer than three cases gives no verdict, save where
one attendance refutes that all were missed. Where a state was expected at fewer than three exercises on record, those of its
time as a member count in their place (`time_as_member`). A vague window is counted from its first and from its last possible day, and both
must agree. Where kinds of date, or treaty and organisation, give different answers, a claim that fits one of them holds in
part. Words are tested by entries of `events` for and against them, and mirrored claims name the same entries.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import cast

import pandas as pd

from helpers.analyses.disengagement.claim_tests import AGAINST, HOLDS, OPEN, PART, TESTS, Claim, Judgement
from helpers.derive.left_out import records_without
from helpers.derive.record import Record

CODED = ["claim_id", "said_on", "said_by", "claim", "subject", "source_id"]
COLUMNS = [*CODED, "record", "verdict"]


def judge(record: Record) -> pd.DataFrame:
    """What the record holds on each claim, and whether the two agree.

    Parameters
    ----------
    record
        Counts of exercises are of its scope; meetings, lists and words of the whole record.

    Returns
    -------
    DataFrame
        One row a claim, in order of time: claim_id, said_on, said_by, claim, subject, source_id, record (text), verdict.
    """
    sources = record.data["sources"]
    origins = dict(zip(sources["source_id"], sources["origin_id"], strict=True))
    without = without_origins(record, record.data["claims"]["source_id"].map(origins).unique())
    events = record.data["events"].set_index("event_id")
    rows = []
    for claim in cast(list[Claim], record.data["claims"].to_dict("records")):
        origin = origins[claim["source_id"]]
        found, verdict = _with_and_without(claim, record, without[origin])
        pro, con = (_entries(claim[side], events, origins, origin) for side in ("events_for", "events_against"))
        sides = {text: "in part" if text in con else "for" for text in pro}
        sides |= dict.fromkeys([text for text in con if text not in sides], "against")
        told = [found, *(f"{side}: {text}" for text, side in sides.items())]
        words = {"record": "; ".join(filter(None, told)) or NOTHING, "verdict": _with_entries(verdict, pro, con)}
        rows.append({column: claim[column] for column in CODED} | words)
    return pd.DataFrame(rows, columns=COLUMNS).sort_values(["said_on", "claim_id"]).reset_index(drop=True)


NOTHING = "nothing to test it by"


def _with_and_without(claim: Claim, record: Record, without: Record) -> Judgement:
    """A test's answer on which the record agrees with and without the claim's own origin."""
    test = TESTS[claim["test"]]
    found, verdict = test(claim, record)
    left, other = (found, verdict) if without is record else test(claim, without)
    if verdict == other:
        return found, verdict
    told = f"{found}; without its own origin: {left or 'no report'}"
    return told, PART if {verdict, other} == {HOLDS, PART} else OPEN


def without_origins(record: Record, origins: Collection[str]) -> dict[str, Record]:
    """The record as it would be without what each of some origins reports of exercises, by origin."""
    reports, sources = record.data["reports"], record.data["sources"]
    told = (
        reports.merge(sources[["source_id", "origin_id"]], on="source_id").groupby("origin_id")["report_id"].agg(list)
    )
    return records_without(record, {origin: told.get(origin, []) for origin in origins})


def _entries(ids: tuple[str, ...], events: pd.DataFrame, origins: Mapping[str, str], origin: str) -> list[str]:
    """The named entries of events, in words, save those that rest on the claim's own origin alone."""
    rows = [events.loc[one] for one in ids]
    return [
        f"{row['what'].rstrip('.')} ({row['date']})"
        for row in rows
        if any(origins[source] != origin for source in row["source_ids"])
    ]


def _with_entries(verdict: str, pro: list[str], con: list[str]) -> str:
    """A test's verdict with the entries that speak for and against the claim beside it."""
    for_it, against_it = verdict in (HOLDS, PART) or bool(pro), verdict in (AGAINST, PART) or bool(con)
    if for_it and against_it:
        return PART
    return HOLDS if for_it else AGAINST if against_it else OPEN
