"""Sentences on the network hold in every scope."""

from helpers.analyses.network import text as ties


def test_mixing_tells_the_half_and_the_end():
    assert ties.mixing([0.1, 0.2, 0.3, 0.4]) == (
        "After half of the 4 trades 0.300 of the ones differ from the record, at the end 0.400."
    )
    assert "this one matrix only" in ties.mixing([0.0, 0.0])
