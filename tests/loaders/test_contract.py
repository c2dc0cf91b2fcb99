"""How faults are worded: one line each, and the same mistake in a whole column in few."""

from helpers.loaders.contract import DataError


def test_one_mistake_in_a_whole_column_does_not_bury_the_others():
    many = [f"a.csv, line {n}, column x: value '3' is not one of: 2" for n in range(2, 2002)]
    other = ["a.csv, line 9, column y: is blank, but needed"]
    said = str(DataError(many + other)).splitlines()
    assert said == [*many[:2], f"{many[2]}; the same in 1,997 more lines", *other]
    assert len(DataError(many + other).faults) == 2001
    assert str(DataError(many[:3])).splitlines() == many[:3]
    assert str(DataError(many[:4])).endswith("; the same in 1 more line")
