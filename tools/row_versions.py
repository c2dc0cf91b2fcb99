"""Says of each row in which released version it came and last changed: `python tools/row_versions.py FILE.csv [FOLDER]`.

Nobody types this: it is read off the tags `v*` of the repository in FOLDER (by default this one), and made for each release. A row
is followed by its key. A column that two versions do not share, because it came, went or was renamed, counts as no change.
"""

import csv
import io
import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HEAD = ["table", "key", "added", "changed"]


def git(folder, *words):
    """What git says in a folder, or nothing if it refuses."""
    run = subprocess.run(["git", *words], cwd=folder, capture_output=True, encoding="utf-8", check=False)
    return run.stdout if run.returncode == 0 else ""


def versions(folder):
    """Tags of released versions, the oldest first."""
    tags = [tag for tag in git(folder, "tag", "--list", "v*").split() if re.fullmatch(r"v\d+(\.\d+)*", tag)]
    return sorted(tags, key=lambda tag: [int(part) for part in tag[1:].split(".")])


def rows_at(folder, tag):
    """{(table, key): {column: cell}} of a version."""
    package = json.loads(git(folder, "show", f"{tag}:data/datapackage.json") or '{"resources": []}')
    found = {}
    for one in package["resources"]:
        for row in csv.DictReader(io.StringIO(git(folder, "show", f"{tag}:data/{one['path']}"))):
            if all(name in row for name in one["schema"]["primaryKey"]):
                found[one["name"], "|".join(row[name] for name in one["schema"]["primaryKey"])] = row
    return found


def history(folder):
    """[table, key, added, changed] of each row of the newest version, in order."""
    first, changed, before = {}, {}, {}
    for tag in versions(folder):
        now = rows_at(folder, tag)
        for place, row in now.items():
            old = before.get(place)
            first.setdefault(place, tag[1:])
            if old is None or any(old[name] != row[name] for name in old.keys() & row.keys()):
                changed[place] = tag[1:]
        before = now
    return [[*place, first[place], changed[place]] for place in sorted(before)]


def main(file, folder=ROOT):
    """Writes the table; returns the exit code."""
    rows = history(Path(folder))
    if not rows:
        print("no version is tagged yet; tags are called v0.4.0", file=sys.stderr)
        return 1
    with Path(file).open("w", encoding="utf-8", newline="") as target:
        csv.writer(target, lineterminator="\n").writerows([HEAD, *rows])
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
