"""Writes SHA256SUMS and a page that lists the files of a folder: `python tools/list_releases.py FOLDER`.

`sha256sum --check SHA256SUMS` in that folder checks them. The newest version stands first on the page.
"""

import hashlib
import html
import re
import sys
from pathlib import Path

SUMS, PAGE = "SHA256SUMS", "index.html"
HEAD = """<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Released versions</title>
<h1>Released versions</h1>
<p>Each stays as it was. Checksums: <a href="SHA256SUMS">SHA256SUMS</a>. <a href="../index.html">The newest pages</a>.</p>
<ul>
"""


def main(folder):
    """Writes both files; returns the exit code."""
    place = Path(folder)
    names = sorted((path.name for path in place.iterdir() if path.name not in (SUMS, PAGE)), key=_version, reverse=True)
    sums = {name: hashlib.sha256((place / name).read_bytes()).hexdigest() for name in names}
    (place / SUMS).write_text("".join(f"{sums[name]}  {name}\n" for name in names), encoding="utf-8")
    items = [
        f'<li><a href="{html.escape(name)}">{html.escape(name)}</a> <code>{sums[name]}</code></li>\n' for name in names
    ]
    (place / PAGE).write_text(HEAD + "".join(items) + "</ul>\n", encoding="utf-8")
    return 0


def _version(name):
    """What orders a file by its version: 0.10.0 is newer than 0.9.0."""
    return [int(number) for number in re.findall(r"\d+", name)], name


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
