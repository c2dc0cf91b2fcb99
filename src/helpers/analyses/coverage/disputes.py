"""Cases and dates on which sources that could know disagree, with what each side says."""

import pandas as pd

from helpers.derive.record import Record
from helpers.derive.reports import ON_THE_SPOT
from helpers.derive.statements import side_of

SIDES = ("came", "watched", "stayed away", "left out")  # left out: missing from a list given as complete

SIDE_OF = {"present": "came", "jointly": "came", "observer": "watched", "absent": "stayed away"}


def list_disputed_cases(record: Record) -> pd.DataFrame:
    """Cases of held exercises that sources dispute: both sides spoke during or after the exercise.

    Returns
    -------
    DataFrame
        One row a case, the latest exercise first: exercise_id, name, iso3, day (first), code, and for each of SIDES the ids
        of the publications that say so (tuple).
    """
    reports = {report.report_id: report for report in record.data["reports"].itertuples()}
    rows = []
    for case in record.held.itertuples():
        if not case.against and case.code != "conflicting":
            continue
        sides: dict[str, list[str]] = {side: [] for side in SIDES}
        for report in (reports[one] for one in (*case.reports, *case.against)):
            if report.phase in ON_THE_SPOT:
                sides[SIDE_OF.get(side_of(report, case.iso3), "left out")].append(report.source_id)
        if sum(bool(ids) for ids in sides.values()) > 1:
            found = {side: tuple(dict.fromkeys(ids)) for side, ids in sides.items()}
            known = {"exercise_id": case.exercise_id, "name": case.name, "iso3": case.iso3}
            rows.append(known | {"day": case.start_earliest, "code": case.code} | found)
    table = pd.DataFrame(rows, columns=["exercise_id", "name", "iso3", "day", "code", *SIDES])
    return table.sort_values(["day", "exercise_id", "iso3"], ascending=[False, True, True], ignore_index=True)
