"""What yearly programmes named ahead, and what became of it."""

import pandas as pd

from helpers.derive.record import Record
from helpers.loaders import dates

FATES = {  # what became of an exercise: the statuses of the register
    "held": ("held",),
    "called off": ("cancelled", "postponed", "relocated", "merged"),
    "not verified": ("planned", "unverified"),
}


def fate_of(status: str) -> str:
    """What became of an exercise with a status of the register."""
    return next(fate for fate, statuses in FATES.items() if status in statuses)


def find_named_ahead(programmes: pd.DataFrame, register: pd.DataFrame) -> pd.DataFrame:
    """Exercises of a register that a yearly programme named before they began.

    Parameters
    ----------
    programmes
        The table `programmes`.
    register
        Of the exercises in question.

    Returns
    -------
    DataFrame
        Their rows of the register with `said` (the day of the first such programme, at its latest).
    """
    named = programmes.loc[programmes["kind"] == "plan", ["exercise_ids", "said_on"]].explode("exercise_ids").dropna()
    said = dates.bounds(named["said_on"])["latest"].to_numpy()
    named = named.assign(said=said).sort_values("said", kind="stable").drop_duplicates("exercise_ids")
    table = register.merge(named[["exercise_ids", "said"]], left_on="exercise_id", right_on="exercise_ids")
    return table[table["said"] < table["start_earliest"]].drop(columns="exercise_ids")


def list_promises(record: Record) -> pd.DataFrame:
    """Exercises that a yearly programme named before they began, in years that sources cover to the end.

    An exercise that only its own advance notices announced is none of them: those promise no programme.

    Returns
    -------
    DataFrame
        One row an exercise, by year and first day: exercise_id, name, year, fate (see FATES), moved (bool: held, but with
        another host or first day than a plan gave), lead_days (from the first programme, at its latest, to the first day).
    """
    own = record.register[record.register["year"] <= record.last_year]
    table = find_named_ahead(record.data["programmes"], own)
    otherwise = table["changed"].map(lambda fields: bool({"start", "hosts"} & set(fields)))
    table = table.assign(
        fate=table["status"].map(fate_of),
        moved=otherwise & (table["status"] == "held"),
        lead_days=(table["start_earliest"] - table["said"]).dt.days,
    )
    columns = ["exercise_id", "name", "year", "fate", "moved", "lead_days"]
    return table.sort_values(["year", "start_earliest", "exercise_id"])[columns].reset_index(drop=True)
