"""What `00_start_here` quotes: the same sentences as the other notebooks, so that none can drift from another."""

from helpers.words.cadence import cadence
from helpers.words.common import code_key, day, grade_key, sources_behind
from helpers.words.disengagement import absences_in_a_row, attendance_change
from helpers.words.network import tie_ranges, tiles

__all__ = [
    "absences_in_a_row",
    "attendance_change",
    "cadence",
    "code_key",
    "day",
    "grade_key",
    "sources_behind",
    "tie_ranges",
    "tiles",
]
