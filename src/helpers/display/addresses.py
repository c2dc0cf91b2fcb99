"""Where on the site a step stands: the timeline has a page for each of a few spans of years."""

from __future__ import annotations

import pandas as pd

# The first year of each page, latest first. One page of all steps would be heavier than a phone should have to load.
# About as many steps stand on each.
TIMELINE_PAGES = {
    "timeline": 2023,
    "timeline-2019-2022": 2019,
    "timeline-2014-2018": 2014,
    "timeline-2009-2013": 2009,
    "timeline-before-2009": 0,
}


def timeline_page(year: int) -> str:
    """The page of the timeline on which the steps of a year stand, as its address without `.html`."""
    return next(name for name, first in TIMELINE_PAGES.items() if year >= first)


def step_address(event_id: str, earliest: pd.Timestamp) -> str:
    """The address of a step, by the first day on which it can have been taken."""
    return f"{timeline_page(earliest.year)}.html#{event_id}"
