"""Reports in the order in which they are believed.

1. A report is `during` or `after` the event, or it was made before it (`before`, or `plan` where more than two
   weeks lie between, or where it is part of a plan of the year). What is said during or after outranks what was said before: only then can a source know.
2. Of what is said during or after, an organiser or a ministry outranks a wire, a wire the press, the press an
   analysis, anything a copy (`kind` of the source). Among equals `after` outranks `during`: an organiser on the day
   knows its dates better than a newspaper a week later.
3. Of what was said before, `before` outranks `plan`, since plans change; among equals the kind decides as in 2.
4. Among equals the later said day outranks, a report without a day comes last, and the lower id comes first. The said
   day is the earliest day of `said_on`, or of the source's `published_on` where that is blank.
5. A report from a source that nobody read (`original_seen` is false) comes after every report that was read.
"""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any, Protocol

import pandas as pd

from helpers.loaders import dates

PHASES = ["plan", "before", "during", "after"]  # worst first
ON_THE_SPOT = {"during", "after"}  # phases in which a source can know; before them it can only expect
KINDS = {"copy": 0, "analysis": 1, "press": 2, "wire": 3, "ministry": 4, "organiser": 4}


class Report(Protocol):
    """One report, as a row of `rank_reports`: the columns of the table `reports`, and what its source adds to them."""

    report_id: str
    source_id: str
    origin_id: str
    phase: str
    tier: int
    said_day: pd.Timestamp
    original_seen: bool
    outlet: str
    status: str
    sites: tuple[str, ...]
    deprecated_fields: tuple[str, ...]
    participants_scope: str
    absent_by: str
    staff_only: tuple[str, ...]
    list_covers: str

    def _replace(self, **fields: Any) -> "Report": ...


def rank_reports(reports: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """Sort reports so that, of each exercise, the one to be believed first stands first.

    Ties end with the report's id, so that the order never depends on the order of the file.

    Parameters
    ----------
    reports
        Rows of the table `reports`; `exercise_id` may be any key to sort within.
    sources
        The table `sources`.

    Returns
    -------
    DataFrame
        The columns of `reports` with kind, outlet, origin_id, published_on, lang and original_seen of the source, tier
        (1 for during or after, 0 for before or plan) and said_day (the earliest day the statement can date from, so
        that a vague date never makes it the last word; NaT if unknown).
    """
    of_source = ["source_id", "kind", "outlet", "origin_id", "published_on", "lang", "original_seen"]
    table = reports.merge(sources[of_source], on="source_id")
    said = table["said_on"].where(table["said_on"] != "", table["published_on"])
    tier = table["phase"].isin(ON_THE_SPOT).astype(int)
    phase, kind = table["phase"].map(PHASES.index), table["kind"].map(KINDS)
    table = table.assign(
        tier=tier,
        said_day=dates.bounds(said)["earliest"],
        first=kind.where(tier == 1, phase),
        second=phase.where(tier == 1, kind),
    )
    keys = ["exercise_id", "original_seen", "tier", "first", "second", "said_day", "report_id"]
    table = table.sort_values(keys, ascending=[True, False, False, False, False, False, True], na_position="last")
    return table.drop(columns=["first", "second"]).reset_index(drop=True)


def reports_by_exercise(data: Mapping[str, pd.DataFrame]) -> dict[str, list[Report]]:
    """Group the reports by exercise, each group in the order of `rank_reports`.

    Parameters
    ----------
    data
        The loaded tables, of which `reports` and `sources` are read.

    Returns
    -------
    dict
        {exercise_id: [report, ...]}, best first; an empty list for an exercise without reports.
    """
    grouped: dict[str, list[Report]] = defaultdict(list)
    ranked = rank_reports(data["reports"], data["sources"]).astype(object)  # text columns iterate slowly
    for report in ranked.itertuples():
        grouped[report.exercise_id].append(report)
    return grouped
