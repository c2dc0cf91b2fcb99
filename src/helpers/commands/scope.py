"""Another scope: refused in one line if nothing is left of it, or written for papermill and for the head of each page."""

import html
import json
from collections.abc import Mapping
from pathlib import Path

from helpers.derive.record import Record, open_record

# The theme keeps an announcement on one line otherwise.
PAGE_HEAD = "<span style='white-space: normal; font-size: 0.8rem; line-height: 1.2'>{}</span>"


def label(record: Record) -> str:
    """What a run covers, in words for the head of each page."""
    scope = record.scope
    return (
        f"Scope: plan years {scope.since}–{scope.until}; {', '.join(scope.classes).replace('_', ' ')}; unit "
        f"{scope.unit}; evidence of grade {scope.grade} or better; {record.name} looked at, before and since {scope.split}. "
        "Register, timeline, steps, claims and downloads are of the whole record."
    )


def write(asked: Mapping[str, str], folder: str | Path) -> str:
    """Writes what is asked for (`scope.json`) and its label (`label.txt`, HTML) to a folder, and returns the label as text.

    Parameters
    ----------
    asked : mapping
        {NAME: text} of what differs from the record's own scope, as in `open_record`.
    folder : path
        Made if it is not there.

    Raises
    ------
    ValueError
        In one line, if a value cannot be or nothing is left; then nothing is written.
    """
    record = open_record(asked)
    text = label(record)
    values = {name: getattr(record.scope, name.lower()) for name in asked}
    Path(folder).mkdir(parents=True, exist_ok=True)
    (Path(folder) / "scope.json").write_text(json.dumps(values) + "\n", encoding="utf-8")
    (Path(folder) / "label.txt").write_text(PAGE_HEAD.format(html.escape(text)) + "\n", encoding="utf-8")
    return text
