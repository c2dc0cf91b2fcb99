"""The record against what others counted: another data set of exercises, and officials' own totals."""

import pandas as pd

from helpers.derive.codes import ABSENT, SETTLED
from helpers.derive.record import Record
from helpers.loaders import dates

SAME, THEIRS, OURS = "same", "theirs_only", "ours_only"  # what `elsewhere` says of a row of another data set
OWN = "csto"  # scope of its rows that are about the organisation's exercises


def compare_attendance(record: Record) -> pd.DataFrame:
    """Cases in which both this record and the other data set can name a participant.

    A state that was ever bound counts, at each exercise that both hold; several rows of theirs on one exercise count together.

    Returns
    -------
    DataFrame
        One row an exercise and state: exercise_id, iso3, ours (attendance code), expected (bool), theirs (bool: named as a
        participant); empty without such a table.
    """
    columns = ["exercise_id", "iso3", "ours", "expected", "theirs"]
    table = record.data.get("elsewhere", pd.DataFrame())
    if table.empty:
        return pd.DataFrame(columns=columns)
    same = table[table["match"] == SAME]
    named = {exercise: set().union(*own) for exercise, own in same.groupby("exercise_id")["their_participants"]}
    cells = record.whole_attendance[record.whole_attendance["exercise_id"].isin(named)]
    theirs = [state in named[exercise] for exercise, state in zip(cells["exercise_id"], cells["iso3"], strict=True)]
    return cells.rename(columns={"code": "ours"}).assign(theirs=theirs)[columns].reset_index(drop=True)


def compute_recall(record: Record) -> dict[str, int]:
    """How many rows of the other data set this record has, and how far the two name the same participants.

    Returns
    -------
    dict of int
        `matched` of `rows` (theirs that could be ours), `present` (cases in which the record has a state as taking part),
        `agreed` (of these, theirs names it too), `only_theirs` (they name a state that the record does not have as present);
        of these last `against` (the record has it as absent), `open` (it was expected, and sources leave it open) and `guests`
        (the rest: not expected, or it only watched).
    """
    table = record.data.get("elsewhere", pd.DataFrame(columns=["match", "scope"]))
    theirs = table[table["match"].isin([SAME, THEIRS]) & (table["scope"] == OWN)]
    cases = compare_attendance(record)
    came = cases["ours"] == "present"  # theirs lists participants, not who only watched
    extra = cases[~came & cases["theirs"].astype(bool)]
    against, is_open = extra["ours"].isin(ABSENT), extra["expected"].astype(bool) & ~extra["ours"].isin(SETTLED)
    return {
        "matched": int((theirs["match"] == SAME).sum()),
        "rows": len(theirs),
        "present": int(came.sum()),
        "agreed": int((came & cases["theirs"].astype(bool)).sum()),
        "only_theirs": len(extra),
        "against": int(against.sum()),
        "open": int(is_open.sum()),
        "guests": int((~against & ~is_open).sum()),
    }


def name_data_set(record: Record) -> str:
    """The other data set as its source is called, with its version; blank without one."""
    table = record.data.get("elsewhere", pd.DataFrame())
    if table.empty:
        return ""
    outlets = record.data["sources"].set_index("source_id")["outlet"]
    row = table.iloc[0]
    return f"{outlets.get(row['source_id'], row['dataset'])}, version {row['dataset_version']}"


def list_differences(record: Record) -> pd.DataFrame:
    """Exercises on which the other data set differs or that it alone has, with who is right by a source.

    Returns
    -------
    DataFrame
        One row a row of theirs, by first day: their_start (EDTF), name (of the exercise, theirs where the record has none),
        differs (words), right (`ours`, `theirs` or `open`), note.
    """
    columns = ["their_start", "name", "differs", "right", "note"]
    table = record.data.get("elsewhere", pd.DataFrame())
    if table.empty:
        return pd.DataFrame(columns=columns)
    names = record.whole_register.set_index("exercise_id")["name"]
    apart = table[(table["scope"] == OWN) & ((table["match"] == THEIRS) | (table["differs"].map(len) > 0))]
    shown = apart.assign(
        name=apart["exercise_id"].map(names).fillna(apart["their_name"]).replace("", "no name given"),
        differs=[", ".join(parts) if parts else "not in this record" for parts in apart["differs"]],
    )
    return shown.sort_values("their_start")[columns].reset_index(drop=True)


def compute_official_counts(record: Record) -> pd.DataFrame:
    """Officials' totals of the exercises of a period against the record.

    A statement rarely says whether parts of a joint exercise count singly, so both ways of counting stand beside it. Periods
    that sources do not cover to the end are left out: a plan would be compared with exercises known from that very plan.

    Returns
    -------
    DataFrame
        One row a statement, by period: period (EDTF), said_by, said_on, announced (number), parts, joint (held exercises
        of the period, counted both ways), ours (the greater of the two), matched (bool: it is as many or more).
    """
    registers = {unit: one.register for unit, one in record.in_both_units().items()}
    rows = []
    for row in record.data["programmes"].itertuples():
        if row.counts != "exercises" or pd.isna(row.count):
            continue
        first, last = (day.year for day in dates.parse(row.period))
        if last >= record.last_day.year:
            continue
        parts, joint = (
            int((register["year"].between(first, last) & (register["status"] == "held")).sum())
            for register in registers.values()
        )
        ours = max(parts, joint)
        rows.append((row.period, row.said_by, row.said_on, int(row.count), parts, joint, ours, ours >= row.count))
    columns = ["period", "said_by", "said_on", "announced", "parts", "joint", "ours", "matched"]
    return pd.DataFrame(rows, columns=columns).sort_values(["period", "said_on"], ignore_index=True)
