"""One member's attendance before and since a day, and how it compares with the others'."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from helpers.derive.attendance import derive_attendance
from helpers.derive.codes import ATTENDED, AWAY, CAME, CODES, SETTLED
from helpers.derive.record import RECORDS, Record
from helpers.derive.scope import compute_rates, held_cells, select

LONG_RUN = 3  # absences in a row that are more than a lapse: no member but the one that stopped has as many


@dataclass(frozen=True)
class Counts:
    """How often a state came: `came` of `known` clear cases, `open` more that no source settles."""

    came: int
    known: int
    open: int

    @property
    def expected(self) -> int:
        """All cases."""
        return self.known + self.open

    @property
    def missed(self) -> int:
        """Clear cases to which it did not come."""
        return self.known - self.came


@dataclass(frozen=True)
class Attendance:
    """A state's attendance before and since the cutpoint of a record.

    Attributes
    ----------
    before, since
        Counts of the two times.
    cases
        The clear cases in order of time: exercise_id, name, start_earliest, came (bool).
    """

    before: Counts
    since: Counts
    cases: pd.DataFrame

    @property
    def last_came(self) -> pd.Series | None:
        """The last case to which it came."""
        return _last(self.cases[self.cases["came"]])

    @property
    def last_missed(self) -> pd.Series | None:
        """The last case to which it did not come."""
        return _last(self.cases[~self.cases["came"]])

    @property
    def run(self) -> pd.DataFrame:
        """The cases at the end of the series that are all of one kind."""
        came = self.cases["came"]
        return self.cases[(came != came.shift()).cumsum() == (came != came.shift()).cumsum().max()]

    @property
    def run_before(self) -> pd.DataFrame:
        """The cases of the other kind just before `run`."""
        came = self.cases["came"]
        runs = (came != came.shift()).cumsum()
        return self.cases[runs == runs.max() - 1]

    @property
    def stopped(self) -> bool:
        """Whether it came before the cutpoint and to none since."""
        return bool(self.before.came and self.since.known and not self.since.came)

    @property
    def returned(self) -> bool:
        """Whether it comes again after a long run of absences."""
        return len(self.run) > 0 and bool(self.run["came"].all()) and len(self.run_before) >= LONG_RUN


def _last(cases: pd.DataFrame) -> pd.Series | None:
    return cases.iloc[-1] if len(cases) else None


def compute_attendance(record: Record, state: str = "") -> Attendance:
    """How a state came before and since the cutpoint.

    Parameters
    ----------
    record
        The record of a scope.
    state
        Its code; blank for the focal state.

    Returns
    -------
    Attendance
    """
    own = record.of(state or record.focus)
    since = own["start_earliest"] >= pd.Timestamp(record.split)
    clear = own[own["code"].isin(SETTLED)]
    cases = clear.assign(came=clear["code"].isin(ATTENDED))
    columns = ["exercise_id", "name", "start_earliest", "came"]
    return Attendance(
        _count(own[~since]),
        _count(own[since]),
        cases[columns].reset_index(drop=True),
    )


def _count(cases: pd.DataFrame) -> Counts:
    known = int(cases["code"].isin(SETTLED).sum())
    return Counts(int(cases["code"].isin(ATTENDED).sum()), known, len(cases) - known)


@lru_cache(RECORDS)
def derive_without_lists(record: Record) -> pd.DataFrame:
    """The focal state's cases since the cutpoint (rows of `Record.of`) if a list without a state proves no absence.

    The frame is shared, and not to be written into.
    Its exercises since then, with the joint ones that they are parts of, are derived again with every list read as partial.
    """
    own = record.of(record.focus)
    own = own[own["start_earliest"] >= pd.Timestamp(record.split)]
    if own.empty:
        return own
    whole, reports = record.whole_register, record.data["reports"]
    joint = whole["umbrella_id"]
    register = whole[joint.isin(joint[whole["exercise_id"].isin(own["exercise_id"])])]
    reports = reports[reports["exercise_id"].isin(register["exercise_id"])]
    reports = reports.assign(participants_scope=reports["participants_scope"].replace("complete", "partial"))
    cells = derive_attendance(record.data | {"reports": reports}, register)
    held = held_cells(*select(register, cells, record.scope))
    return held[(held["iso3"] == record.focus) & held["exercise_id"].isin(own["exercise_id"])]


def count_without_lists(record: Record) -> Counts:
    """How the focal state came since the cutpoint by `derive_without_lists`."""
    return _count(derive_without_lists(record))


def count_other_events(record: Record) -> tuple[list[str], Counts]:
    """How the focal state came since the cutpoint to the kinds of event that the scope leaves out, meetings apart.

    Returns
    -------
    tuple
        The kinds (event types) at which it was expected, those most often first, and the counts over all of them.
    """
    table = record.whole_register
    own = table[table["is_own"] & ~table["event_type"].isin([*record.scope.classes, "meeting"])]
    inside = own["year"].between(record.scope.since, record.scope.until)
    kinds = tuple(own.loc[inside, "event_type"].unique())
    if not kinds or "meeting" in record.scope.classes:
        return [], Counts(0, 0, 0)
    other = record.rescoped(classes=kinds)
    cases = other.of(record.focus)
    cases = cases[cases["start_earliest"] >= pd.Timestamp(record.split)]
    return list(cases["exercise_id"].map(own.set_index("exercise_id")["event_type"]).value_counts().index), _count(
        cases
    )


def with_window(held: pd.DataFrame, split: str) -> pd.DataFrame:
    """The cells with a column `window`: before or since the day `split` (ISO text), by the exercise's first day."""
    since = held["start_earliest"] >= pd.Timestamp(split)
    window = since.map({False: "before", True: "since"})
    return held.assign(window=pd.Categorical(window, ["before", "since"], ordered=True))


def compare_members(record: Record) -> pd.DataFrame:
    """Attendance of each state before and since the cutpoint, as a dumbbell draws it.

    Returns
    -------
    DataFrame
        One row a state with a clear case in either time, the focus first, then by name: iso3, name, before, since (shares
        attended, NaN without a clear case), and `k_before`, `n_before`, `k_since`, `n_since`.
    """
    rates = compute_rates(with_window(record.held, record.split), ["iso3", "window"])
    wide = rates.pivot(index="iso3", columns="window", values=["rate", "attended", "known"])
    rows = [
        {
            "iso3": state,
            "name": record.names[state],
            **{window: _value(wide, state, "rate", window) for window in ("before", "since")},
            **{f"k_{window}": int(_value(wide, state, "attended", window, 0)) for window in ("before", "since")},
            **{f"n_{window}": int(_value(wide, state, "known", window, 0)) for window in ("before", "since")},
        }
        for state in by_name(record, wide.index)
    ]
    columns = ["iso3", "name", "before", "since", "k_before", "k_since", "n_before", "n_since"]
    table = pd.DataFrame(rows, columns=columns)
    return table[(table["n_before"] + table["n_since"]) > 0].reset_index(drop=True)


def _value(wide: pd.DataFrame, state: str, what: str, window: str, blank: float = float("nan")) -> float:
    value = wide.at[state, (what, window)] if (what, window) in wide.columns else blank
    return blank if pd.isna(value) else float(value)


def by_name(record: Record, states: Iterable[str]) -> list[str]:
    """Codes of states in the order that readers see: the focus first, then by name."""
    return sorted(states, key=lambda state: (state != record.focus, record.names[state]))


def members_today(record: Record) -> list[str]:
    """Codes of the states bound on the last day that a source speaks from, the focus first, then by name."""
    return by_name(record, record.members)


def role_of(code: str) -> str:
    """What a reader asks first of an attendance code: came, away, or not clear."""
    role = CODES[code].role
    return role if role in (CAME, AWAY) else "unclear"
