"""Writes all tables into one workbook in which every cell is text, so that no spreadsheet rewrites a date, a code or a range."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd

LONG_AGO = datetime(1980, 1, 1)  # the workbook names no other day: the same data give the same bytes
NUMERIC = {"integer", "number"}  # what no spreadsheet rewrites
ABOUT = "About"
SHEET = 31  # characters that a sheet's name may have


def write_workbook(tables: Sequence[tuple[Mapping[str, Any], pd.DataFrame]], path: Path) -> bool:
    """Write tables into a new workbook, one sheet a table, with a first sheet that tells what they are.

    Parameters
    ----------
    tables
        Descriptor and text cells of each table. Numbers are numbers, all else is text in a text cell.
    path
        The file; it is replaced.

    Returns
    -------
    bool
        False if XlsxWriter, which only this needs, is not installed; nothing is written then.
    """
    try:
        import xlsxwriter
    except ImportError:
        return False
    settings = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(path, settings) as book:
        book.set_properties({"created": LONG_AGO})
        text, head = book.add_format({"num_format": "@"}), book.add_format({"bold": True, "num_format": "@"})
        about = book.add_worksheet(ABOUT)
        for at, (resource, _) in enumerate(tables):
            about.write_row(at, 0, [resource["name"][:SHEET], resource["description"]], text)
        for resource, cells in tables:
            _fill(book.add_worksheet(resource["name"][:SHEET]), resource["schema"]["fields"], cells, text, head)
    return True


def _fill(sheet: Any, fields: Sequence[Mapping[str, Any]], cells: pd.DataFrame, text: Any, head: Any) -> None:
    """Writes one table; its first row stays in sight, and its columns are text below the last row too."""
    sheet.freeze_panes(1, 0)
    for at, field in enumerate(fields):
        numeric = field["type"] in NUMERIC
        sheet.set_column(at, at, None, None if numeric else text)
        sheet.write_string(0, at, field["name"], head)
        for row, cell in enumerate(cells[field["name"]], 1):
            if cell and numeric:
                sheet.write_number(row, at, float(cell))
            elif cell:
                sheet.write_string(row, at, cell, text)
