"""The value of one field of an exercise, by its reports (the rules stand in `helpers.derive.register`)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date
from typing import Any, NamedTuple

from helpers.derive.reports import Report
from helpers.loaders import dates

Days = tuple[date, date]


class FieldValue(NamedTuple):
    """What the reports make of one field: its value, the report that states it, and who says otherwise."""

    value: Any
    report_id: str
    conflict: bool  # a report of the same standing differs
    change: bool  # a report of the standing below, a plan, differs
    given: tuple[Days, ...] = ()  # of a date, the days that it can be, then those of sources that differ (rule 6)
    known: bool = False  # it rests on a report made during or after, and no plan alone


def stating(reports: Sequence[Report], field: str) -> list[Report]:
    """The reports that state a field and have not had it deprecated.

    Parameters
    ----------
    reports
        Reports of one exercise, best first.
    field
        Name of the column.

    Returns
    -------
    list of Report
        Best first.
    """
    return [report for report in reports if getattr(report, field) and field not in report.deprecated_fields]


def date_of(reports: Sequence[Report], field: str) -> FieldValue:
    """The EDTF text of a date, and the days that it can be (rules 5 and 6).

    A vaguer date does not contradict a finer one inside it: the finest date inside that of the best report is taken,
    even if only a plan gives it.

    Parameters
    ----------
    reports
        Reports of one exercise, best first.
    field
        Name of the column.

    Returns
    -------
    FieldValue
        Blank if no report gives the date.
    """
    said = [(report, *dates.parse(getattr(report, field))) for report in stating(reports, field)]
    if not said:
        return FieldValue("", "", False, False)
    best, earliest, latest = said[0]
    inside = [
        (last - first, rank) for rank, (_, first, last) in enumerate(said) if earliest <= first and last <= latest
    ]
    finest, earliest, latest = said[min(inside)[1]]
    apart = [(report, first, last) for report, first, last in said if last < earliest or first > latest]
    rivals = [(first, last) for report, first, last in apart if report.tier and report.original_seen]
    standing = _standing_of([report for report, *_ in apart], best)
    return FieldValue(
        getattr(finest, field), finest.report_id, *standing, ((earliest, latest), *rivals), bool(best.tier)
    )


def list_of(reports: Sequence[Report], field: str) -> FieldValue:
    """The value of a list; the order of its items does not matter.

    Parameters
    ----------
    reports
        Reports of one exercise, best first.
    field
        Name of the column.

    Returns
    -------
    FieldValue
        Empty if no report gives the list.
    """
    said = stating(reports, field)
    if not said:
        return FieldValue((), "", False, False)
    best = said[0]
    other = [report for report in said if set(getattr(report, field)) != set(getattr(best, field))]
    return FieldValue(getattr(best, field), best.report_id, *_standing_of(other, best))


def _standing_of(others: Collection[Report], best: Report) -> tuple[bool, bool]:
    """Whether a report that differs from the best one stands in the same tier, and whether one does in that below."""
    tiers = {report.tier for report in others if report.original_seen}
    return best.tier in tiers, best.tier - 1 in tiers


def cover_days(row: dict[str, Any], held: Sequence[dict[str, Any]], field: str, outer: Callable[..., Any]) -> None:
    """Let the first or the last day of a joint exercise follow from its held parts (rule 9).

    Parameters
    ----------
    row
        The joint exercise's row of the register, which is changed in place.
    held
        The rows of its held parts.
    field
        `start` or `end`.
    outer
        `min` of first days, `max` of last ones.
    """
    side = 0 if outer is min else 1
    days = outer(part[f"{field}_days"][0] for part in held), outer(part[f"{field}_days"][1] for part in held)
    given: tuple[Days, ...] = row[f"{field}_given"] if field in row["known_days"] else ()
    apart = [own for own in given if own[0] > days[1] or own[1] < days[0]]
    if apart and apart[0] == given[0] and outer(given[0], days) != days:
        days = apart.pop(0)  # a stage of its own, before or after its parts
    else:
        row[field] = outer(held, key=lambda part: part[f"{field}_days"][side])[field]
    if apart:
        row["conflicts"] = tuple(dict.fromkeys([*row["conflicts"], field]))
    row[f"{field}_days"] = span([days, *apart])


def span(days: Collection[Days]) -> Days:
    """From the earliest of some days to the latest."""
    return min(first for first, _ in days), max(last for _, last in days)
