"""Where on the site a step stands: the timeline has a page for each of a few spans of years."""

from __future__ import annotations

import pandas as pd

# The first year of each page, latest first. One page of all steps would be heavier than a phone should have to load.
TIMELINE_PAGES = {"timeline": 2022, "timeline-2016-2021": 2016, "timeline-2010-2015": 2010, "timeline-before-2010": 0}


def timeline_page(year: int) -> str:
    """The page of the timeline on which the steps of a year stand, as its address without `.html`."""
    return next(name for name, first in TIMELINE_PAGES.items() if year >= first)


def step_address(event_id: str, earliest: pd.Timestamp) -> str:
    """The address of a step, by the first day on which it can have been taken."""
    return f"{timeline_page(earliest.year)}.html#{event_id}"
