"""Double coding: how far two readers, one of whom had not seen the other's work, read the same texts alike."""

from collections.abc import Sequence

import pandas as pd

from helpers.derive.record import Record
from helpers.derive.statements import Lists, side_of
from helpers.statistics.agreement import Agreement, compare_readers

FIELDS = {  # columns of reports that were read twice, in a reader's words
    "phase": "when it was said",
    "start": "first day",
    "end": "last day",
    "status": "held or not",
    "hosts": "host",
    "participants_scope": "whether a list is complete",
    "absent_by": "who says absent",
    "troops": "number of troops",
}
CASES, SIMPLER = "who came", "who came, phrases as silence"
SILENT = {"boilerplate", "unnamed"}  # the rules draw the same from both: nothing


def compute_readings(record: Record) -> pd.DataFrame:
    """What was read twice: every field of every text, and what each text says of each present member.

    States that are no members now would raise agreement, since hardly a text names them.

    Returns
    -------
    DataFrame
        One row a field or member of a text: round, exercise_id, source_id, field, iso3 (blank of a field), first, second.
    """
    table = record.data["double_coding"]
    columns = ["round", "exercise_id", "source_id", "field", "iso3", "first", "second"]
    if table.empty:
        return pd.DataFrame(columns=columns)
    table = table.assign(round=table["round"].replace("", "1"))
    members = sorted(record.members)
    fields = table[table["field"].isin(list(FIELDS))].assign(iso3="")
    texts = {
        reader: table.pivot(index=["round", "exercise_id", "source_id"], columns="field", values=reader).to_dict(
            "index"
        )
        for reader in ("first", "second")
    }
    cases = [
        (*text, CASES, state, *(_says(texts[reader][text], state) for reader in texts))
        for text in texts["first"]
        for state in members
    ]
    return pd.concat([pd.DataFrame(cases, columns=columns), fields[columns]], ignore_index=True)


def _says(row: dict[str, str], state: str) -> str:
    """What one reading of a text, as it was coded, says of a state."""
    absent, participants, observers = (row[field].split(";") for field in ("absent", "participants", "observers"))
    says = side_of(Lists(participants, row["participants_scope"], absent, observers), state)
    return "unnamed" if says == "omitted" else says


def compute_agreement(readings: pd.DataFrame) -> pd.DataFrame:
    """Agreement of the two readers, attendance first.

    Parameters
    ----------
    readings
        As `compute_readings` gives them.

    Returns
    -------
    DataFrame
        One row a field: field (words), pairs (number), agreed (share), alpha, low, high (interval over resampled exercises).
        Of some rounds alone, `compute_agreement(readings[readings["round"] == "2"])`.
        Attendance stands twice: as read, and with a phrase such as all member states taken for silence, as the rules do.
    """
    simpler = readings[readings["field"] == CASES].assign(
        field=SIMPLER, **{reader: readings[reader].replace(list(SILENT), "silent") for reader in ("first", "second")}
    )
    rows = []
    for field in (CASES, SIMPLER, *FIELDS):
        part = (simpler if field == SIMPLER else readings[readings["field"] == field]).reset_index(drop=True)
        if len(part):
            found = compare_readers(part["first"], part["second"], part["exercise_id"])
            rows.append((FIELDS.get(field, field), *found))
    return pd.DataFrame(rows, columns=["field", *Agreement._fields])


def count_opposites(readings: pd.DataFrame) -> int:
    """Pairs in which one reader read that a state came and the other that it stayed away."""
    pairs = zip(readings["first"], readings["second"], strict=True)
    return sum({*pair} == {"present", "absent"} for pair in pairs)


def count_texts(readings: pd.DataFrame) -> Sequence[int]:
    """Numbers of texts and of exercises that were read twice."""
    return readings.groupby(["exercise_id", "source_id"]).ngroups, readings["exercise_id"].nunique()
