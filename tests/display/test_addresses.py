"""Where on the site a step stands."""

from helpers.display.addresses import TIMELINE_PAGES, timeline_page


def test_the_name_of_a_page_of_the_timeline_says_its_years():
    (newest, since), *others = TIMELINE_PAGES.items()
    assert newest == timeline_page(since) == "timeline"
    for name, first in others:
        last = since - 1
        assert name == (f"timeline-{first}-{last}" if first else f"timeline-before-{since}")
        assert timeline_page(first) == timeline_page(last) == name
        since = first
