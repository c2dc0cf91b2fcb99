"""Tables as a reader sees them: heads in words, cells escaped, numbers to the right, at a length that can be taken in."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from numbers import Integral
from typing import Any

import pandas as pd
from IPython.display import HTML

from helpers.display.phrases import short_day

MAX_ROWS = 25  # what a reader takes in without scrolling; whole tables are among the downloads
MAX_COLUMNS = 8  # more do not fit beside one another on a page
WORDY = 24  # characters: a longer cell is read as words and needs room
ROOM = 140  # pixels below which words are broken into too many lines
HEADINGS = {"iso3": "state", "lang": "language"}  # columns whose names say nothing to a reader
NUMBER = re.compile(r"-?\d{1,3}(,\d{3})*(\.\d+)?%?")  # a text that reads as a number; four digits in a row are a year
SPACES = re.compile(r"[ \t\r\n]+")  # that a cell shows as one; those that keep a day on one line stay
# Also as an attribute, for viewers that drop styles.
LEFT, RIGHT = 'align="left" style="text-align: left{}"', 'align="right" class="number" style="text-align: right"'


class Html(str):
    """Text that is HTML already, whose parts from the data are escaped: a table shows it as it is."""


def table(frame: pd.DataFrame, rows: int = MAX_ROWS, caption: str = "") -> HTML:
    """A frame as an HTML table, without its index.

    Parameters
    ----------
    frame
        At most MAX_COLUMNS columns. Days become '26 Sep 2022', shares two places, lists a row of words; a cell of `Html` stays
        as it is, any other is escaped.
    rows
        How many are shown at most; the rest is counted.
    caption
        What the table holds.

    Raises
    ------
    ValueError
        If there are too many columns to read.
    """
    if len(frame.columns) > MAX_COLUMNS:
        raise ValueError(f"a table of {len(frame.columns)} columns cannot be read; {MAX_COLUMNS} at most")
    title = f"<caption>{html.escape(caption)}</caption>" if caption else ""
    if frame.empty:
        return HTML(f'<table class="record">{title}<tbody><tr><td>None.</td></tr></tbody></table>')
    shown = frame.head(rows)
    heads = [heading(name) for name in shown.columns]
    looks = [_look(shown[name]) for name in shown.columns]
    head = "".join(f'<th scope="col" {look}>{html.escape(text)}</th>' for text, look in zip(heads, looks, strict=True))
    body = "".join(
        "<tr>"
        + "".join(
            f'<td data-label="{html.escape(text)}" {look}>{_cell(value)}</td>'
            for text, look, value in zip(heads, looks, row, strict=True)
        )
        + "</tr>\n"
        for row in shown.itertuples(index=False, name=None)
    )
    more = f"<p>{len(frame) - rows:,} more rows.</p>" if len(frame) > rows else ""
    return HTML(f'<table class="record">{title}<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody></table>{more}')


def heading(column: object) -> str:
    """A column's name, or a code, in a reader's words: 'first_day' becomes 'first day'."""
    return HEADINGS.get(str(column), str(column).replace("_", " "))


def _look(column: pd.Series) -> str:
    """Attributes of a column's cells: numbers stand to the right, words have room."""
    texts = [_plain(value) for value in column]
    numeric = pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)
    if numeric or (any(texts) and all(NUMBER.fullmatch(text) for text in texts if text)):
        return RIGHT
    wordy = max(map(len, texts)) > WORDY
    return LEFT.format(f"; min-width: {ROOM}px" if wordy else "")


def _cell(value: Any) -> str:
    return str(value) if isinstance(value, Html) else html.escape(_plain(value))


def _plain(value: Any) -> str:
    if isinstance(value, tuple | list):
        return ", ".join(map(str, value))
    if pd.isna(value):
        return ""
    if isinstance(value, pd.Timestamp):
        return short_day(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.2f}"
    return f"{value:,}" if isinstance(value, Integral) else SPACES.sub(" ", str(value)).strip()


def sources_of(ids: Iterable[str], sources: pd.DataFrame) -> Html:
    """Links to publications by their outlets.

    Parameters
    ----------
    ids
        Source ids, each once.
    sources
        The table `sources`. Without an address the outlet stands alone.
    """
    rows = sources.set_index("source_id")
    links = []
    for one in ids:
        outlet, url = html.escape(rows.at[one, "outlet"]), rows.at[one, "url"]
        safe = url.startswith(("https://", "http://"))
        links.append(f'<a href="{html.escape(url)}">{outlet}</a>' if safe else outlet)
    return Html(", ".join(links))
