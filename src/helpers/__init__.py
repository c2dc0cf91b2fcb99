"""The open, cited, reproducible record of the exercises of the Collective Security Treaty Organization, and its analyses."""

from helpers.derive.record import Record, open_record

__all__ = ["Record", "open_record"]
__version__ = "0.3.0"
