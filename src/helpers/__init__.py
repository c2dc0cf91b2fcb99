"""Loads, derives, analyses and draws the record of the exercises of the Collective Security Treaty Organization."""

from helpers import show
from helpers.attendance import derive_attendance
from helpers.loaders import load
from helpers.register import cutoff, derive_register
from helpers.scope import drawing_order, held_cells, meetings, select

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
