"""Dates as sources give them: EDTF text in, earliest and latest day out.

The tables use a part of the Extended Date/Time Format (Library of Congress, levels 0 and 1): a year, a month or a day,
a `?` (uncertain) or `~` (approximate) behind it, and `a/b` for a range. The `edtf` library reads all of EDTF, but takes
about 4 ms a date (seconds for the whole record) and lets 29 February 2023 pass; it is the oracle in the tests instead.
"""

import calendar
import re
from datetime import date
from functools import cache

import numpy as np
import pandas as pd

# The Second World War's end: no standing defence organisation of today is older. No plan reaches
# further than some ten years ahead: what lies beyond is a slip of the pen.
FIRST_YEAR, LAST_YEAR = 1945, 2040

ALLOWED = "a date such as 2024, 2024-10, 2024-10-01, 2024-10? (uncertain) or 2024-09-26/2024-10-07 (a range)"
_ONE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?[?~]?")


def _days(text: str) -> tuple[date, date]:
    """Earliest and latest day of a year, month or day. Raises ValueError if it is none."""
    match = _ONE.fullmatch(text)
    if not match:
        raise ValueError(f"is not {ALLOWED}")
    year = int(match[1])
    month, day = (int(part) if part else None for part in match.groups()[1:])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"has a year outside {FIRST_YEAR} to {LAST_YEAR}")
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    if not 1 <= month <= 12:
        raise ValueError("has a month outside 01 to 12")
    last = calendar.monthrange(year, month)[1]
    if day is None:
        return date(year, month, 1), date(year, month, last)
    if not 1 <= day <= last:
        raise ValueError(f"has a day outside 01 to {last}, the days of that month")
    return date(year, month, day), date(year, month, day)


@cache
def parse(text: str) -> tuple[date, date]:
    """Read an EDTF text.

    Parameters
    ----------
    text
        Such as 2024, 2024-10, 2024-10-01, 2024-10? or 2024-09-26/2024-10-07; never blank.

    Returns
    -------
    tuple of datetime.date
        The earliest and the latest day that the text allows.

    Raises
    ------
    ValueError
        If the text is not a date or its range runs backwards; worded to stand behind "value '...'".
    """
    first, slash, second = text.partition("/")
    earliest, latest = _days(first)
    if slash:
        latest = _days(second)[1]
        if latest < earliest:
            raise ValueError("ends before it starts")
    return earliest, latest


def bounds(texts: pd.Series) -> pd.DataFrame:
    """Read a column of EDTF texts.

    Parameters
    ----------
    texts
        EDTF texts, blank where nothing is known.

    Returns
    -------
    DataFrame
        On the same index: earliest, latest (datetime64[s]; NaT where blank).

    Raises
    ------
    ValueError
        If one of the texts is not a date, as `parse`.
    """
    known: dict[str, tuple[date, date]] = {text: parse(text) for text in texts.unique() if text}
    pairs = [known.get(text, (None, None)) for text in texts]
    days = np.array(pairs, dtype="datetime64[s]").reshape(-1, 2)
    return pd.DataFrame(days, index=texts.index, columns=["earliest", "latest"])
