"""Loads, derives, analyses and draws the record of the exercises of the Collective Security Treaty Organization."""

from helpers import display as show
from helpers.derive.attendance import derive_attendance
from helpers.derive.register import cutoff, derive_register
from helpers.derive.scope import drawing_order, held_cells, meetings, select
from helpers.loaders.tables import load

__all__ = [
    "cutoff",
    "derive_attendance",
    "derive_register",
    "drawing_order",
    "held_cells",
    "load",
    "meetings",
    "select",
    "show",
]
__version__ = "0.3.0"
