"""What one report says of a state: one test a rule of the chapter "What a report says"."""

import pytest

from helpers.derive.statements import Lists, side_of

FIVE = ("BLR", "KAZ", "KGZ", "RUS", "TJK")


@pytest.mark.parametrize(
    ("lists", "says"),
    [
        (Lists(participants=("ARM",), participants_scope="partial"), "present"),
        (Lists(participants=("ARM",), participants_scope="boilerplate"), "boilerplate"),
        (Lists(participants=("ARM",), participants_scope="complete", list_covers="several"), "jointly"),
        (Lists(participants=FIVE, participants_scope="complete"), "omitted"),
        (Lists(participants=FIVE, participants_scope="complete", list_covers="several"), "omitted"),
        (Lists(participants=FIVE, participants_scope="partial"), "unnamed"),
        (Lists(participants=FIVE, participants_scope="boilerplate"), "unnamed"),
        (Lists(), "unnamed"),
        (Lists(observers=("ARM",)), "observer"),
        (Lists(participants=FIVE, participants_scope="complete", observers=("ARM",)), "observer"),
        (Lists(absent=("ARM",), hosts=("ARM",)), "absent"),
        (Lists(participants=("ARM",), participants_scope="boilerplate", hosts=("ARM",)), "present"),
        (Lists(participants=("ARM",), participants_scope="complete", deprecated_fields=("participants",)), "unnamed"),
        (Lists(absent=("ARM",), deprecated_fields=("absent",)), "unnamed"),
    ],
)
def test_one_text_has_one_side(lists, says):
    assert side_of(lists, "ARM") == says


def test_where_hosting_is_not_taking_part_the_seat_says_nothing():
    assert side_of(Lists(hosts=("ARM",)), "ARM", counts_host=False) == "unnamed"


def test_a_row_of_the_table_can_be_asked(data):
    row = next(data["reports"].query("report_id == 'cobalt-2022.05'").itertuples())
    assert (side_of(row, "ARM"), side_of(row, "UZB")) == ("present", "omitted")
