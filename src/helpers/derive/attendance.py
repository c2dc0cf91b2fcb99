"""From reports to attendance: one cell for every exercise and every state that was ever bound."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from helpers.derive.cells import Circumstances, Judged, judge_reports
from helpers.derive.membership import Spells, bound_spells, members_on, states_ever_bound
from helpers.derive.reports import reports_by_exercise
from helpers.derive.umbrellas import carry

COLUMNS = [
    "exercise_id",
    "iso3",
    "expected",
    "host",
    "code",
    "grade",
    "disputed",
    "mode",
    "families",
    "reports",
    "against",
]


def derive_attendance(data: Mapping[str, pd.DataFrame], register: pd.DataFrame) -> pd.DataFrame:
    """Derive who took part in what: one cell for every exercise and every state that was ever bound.

    Parameters
    ----------
    data
        The loaded tables.
    register
        What `derive_register` gives of them.

    Returns
    -------
    DataFrame
        One row a cell, in the register's order and by state: exercise_id, iso3, expected (bool), host (bool: it was
        held on the state's soil), code (see `codes.CODES`), grade (A to D, blank where nothing is known), disputed
        (bool: a statement during or after says otherwise), mode (troops, staff or blank), families (number of
        independent origins behind the code), reports (ids behind the code), against (ids that say otherwise).
    """
    reports, spells = reports_by_exercise(data), bound_spells(data)
    states = states_ever_bound(spells)
    judged = {
        one: judge_reports(reports[one], given, states) for one, given in find_circumstances(register, spells).items()
    }
    return assemble_attendance(register, states, judged)


def find_circumstances(register: pd.DataFrame, spells: Spells) -> dict[str, Circumstances]:
    """Find what the reports of each exercise are to be read against.

    Parameters
    ----------
    register
        What `derive_register` gives.
    spells
        What `bound_spells` gives.

    Returns
    -------
    dict
        {exercise_id: Circumstances}, in the register's order.
    """
    columns = ["exercise_id", "status", "event_type", "hosts", "is_own", "start_earliest", "forces"]
    return {
        one: Circumstances(
            status,
            event_type,
            frozenset(hosts),
            _expected_states(forces, first_day, spells) if is_own else frozenset(),
        )
        for one, status, event_type, hosts, is_own, first_day, forces in register[columns].itertuples(index=False)
    }


def _expected_states(forces: Sequence[str], first_day: pd.Timestamp, spells: Spells) -> frozenset[str]:
    """States bound on the first day and in one of the exercise's forces."""
    day = first_day.date()
    return frozenset().union(*(members_on(spells, force, day) for force in forces))


def assemble_attendance(
    register: pd.DataFrame, states: Sequence[str], judged: Mapping[str, Sequence[Judged]]
) -> pd.DataFrame:
    """Put the cells of all exercises together and carry presence and absence through joint exercises.

    Parameters
    ----------
    register
        What `derive_register` gives.
    states
        ISO codes of the states.
    judged
        {exercise_id: what `judge_reports` gives}, in the register's order.

    Returns
    -------
    DataFrame
        As `derive_attendance`.
    """
    cells = {(one, state): cell for one, own in judged.items() for state, cell in zip(states, own, strict=True)}
    held = register[register["status"] == "held"]
    first_days = dict(zip(held["exercise_id"], held["start_earliest"], strict=True))
    own = set(register.loc[register["is_own"], "exercise_id"])
    for umbrella, parts in held[held["parent_id"] != ""].groupby("parent_id")["exercise_id"]:
        for state in states:
            carry(cells, str(umbrella), {part: first_days[part] for part in parts}, state, is_own=umbrella in own)
    rows = [{"exercise_id": exercise, "iso3": state} | found.cell for (exercise, state), found in cells.items()]
    return pd.DataFrame(rows, columns=COLUMNS).astype({"expected": bool, "host": bool, "disputed": bool})


def by_umbrella(cells: pd.DataFrame, register: pd.DataFrame) -> pd.DataFrame:
    """Take the cells of joint exercises and of lone ones, so that each counts once.

    Parameters
    ----------
    cells
        What `derive_attendance` gives.
    register
        What `derive_register` gives.

    Returns
    -------
    DataFrame
        The rows of `cells` that are of no part.
    """
    units = register.loc[register["umbrella_id"] == register["exercise_id"], "exercise_id"]
    return cells[cells["exercise_id"].isin(units)].reset_index(drop=True)
