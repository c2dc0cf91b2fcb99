"""Pages under addresses that an earlier version had: each leads on to the page that took its place."""

from html import escape
from pathlib import Path

import pandas as pd

PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Moved</title><link rel="canonical" href="{there}">
<meta http-equiv="refresh" content="0; url={there}"><meta name="robots" content="noindex">
<meta name="description" content="This exercise has another address now.">
<main><p>This exercise now has the id <a href="{there}">{name}</a>.</p></main>
"""


def write_retired(data: dict[str, pd.DataFrame], extra: Path) -> None:
    """Writes a page for each exercise whose id was retired and leads on.

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
    for row in moved.itertuples():
        name = escape(row.leads_to, quote=True)
        text = PAGE.format(there=f"{name}.html", name=name)
        (folder / f"{row.retired_id}.html").write_text(text, encoding="utf-8")
