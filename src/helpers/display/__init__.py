"""What a reader sees: findings, tables, and figures whose text output is the data that was drawn.

Importing this package in a notebook teaches the kernel to show figures with their data and alternative text.
"""

from helpers.display.figures import figure_data, figure_text, register_formatters
from helpers.display.finding import finding
from helpers.display.phrases import day, escape, p_value, share, span
from helpers.display.tables import heading, searchable, sources_of, table

__all__ = [
    "day",
    "escape",
    "figure_data",
    "figure_text",
    "finding",
    "heading",
    "p_value",
    "register_formatters",
    "searchable",
    "share",
    "sources_of",
    "span",
    "table",
]
