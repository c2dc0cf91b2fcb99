"""Numbers as they stand in a sentence."""

from helpers.display import phrases


def test_shares_and_spans_are_worded_with_their_counts():
    assert phrases.share(14, 15) == "14 of 15 (93\u00a0%)"
    assert phrases.share(0, 0) == "0 of 0"
    assert phrases.span(0.694, 0.99) == "69–99\u00a0%"
    assert phrases.span(float("nan"), 1) == "no data"
