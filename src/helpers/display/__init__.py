"""What a reader sees: findings, tables, and figures whose text output is the data that was drawn.

Importing this package in a notebook teaches the kernel to show figures with their data and alternative text.
"""

from helpers.display.figures import drawn, figure_data, figure_text, register_formatters
from helpers.display.finding import Finding
from helpers.display.tables import sources_of, table

__all__ = ["Finding", "drawn", "figure_data", "figure_text", "register_formatters", "sources_of", "table"]
