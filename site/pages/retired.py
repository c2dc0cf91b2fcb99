"""Pages under addresses that an earlier version had: each leads on to the page that took its place."""

from html import escape
from pathlib import Path

import pandas as pd

MOVED = {"03_armenia_disengagement": "03_disengagement"}  # notebooks that were renamed
PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Moved</title><link rel="canonical" href="{there}">
<meta http-equiv="refresh" content="0; url={there}"><meta name="robots" content="noindex">
<meta name="description" content="This page has another address now.">
<main><p>This page is now called <a href="{there}">{name}</a>.</p></main>
"""


def write_retired(data: dict[str, pd.DataFrame], extra: Path) -> None:
    """Writes a page for each exercise whose id was retired and leads on, and for each notebook that was renamed.

    Parameters
    ----------
    data
        The loaded tables.
    extra
        The folder whose files Sphinx copies as they are.
    """
    table = data["retired"]
    moved = table[(table["table"] == "exercises") & (table["leads_to"] != "")]
    folder = extra / "exercises"
    folder.mkdir(parents=True, exist_ok=True)
    renamed = {folder / old: new for old, new in zip(moved["retired_id"], moved["leads_to"], strict=True)}
    for old, new in (renamed | {extra / old: new for old, new in MOVED.items()}).items():
        name = escape(new, quote=True)
        old.with_suffix(".html").write_text(PAGE.format(there=f"{name}.html", name=name), encoding="utf-8")
