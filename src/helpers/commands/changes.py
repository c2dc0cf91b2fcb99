"""What a change to the data does: cells of derived tables, findings in sentences, verdicts on claims.

`python -m helpers changes [FOLDER]` compares the data as they stand with those of the last commit, or of another folder. Both
sides go through the code as it stands, so that only the data differ.
"""

import io
import json
import multiprocessing
import subprocess
import sys
import tarfile
import tempfile
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pandas as pd

from helpers.analyses.disengagement import claims
from helpers.commands import export
from helpers.commands.outcomes import outcomes
from helpers.derive.record import Record
from helpers.derive.scope import Scope
from helpers.display.finding import Finding
from helpers.loaders import tables as loaders

NOTEBOOKS = loaders.DATA.parent / "notebooks"
SHOWN = 12  # changes of one table that are written out; the rest are counted
ROW = ""  # the column name of a row that came or went as a whole


def of_tables(before, after, keys):
    """Changes of tables ({name: frame} each) with `keys` ({name: key columns}): frame of table, row, column, was, now.

    A row that came or went stands once, with `ROW` for a column.
    """
    rows = []
    for name in after:
        old, new = (_flat(side[name], keys[name]) for side in (before, after))
        rows += [(name, row, ROW, "not there", "there") for row in new.index.difference(old.index)]
        rows += [(name, row, ROW, "there", "not there") for row in old.index.difference(new.index)]
        both = new.index.intersection(old.index)
        for column in new.columns.intersection(old.columns):
            was, now = old.loc[both, column], new.loc[both, column]
            rows += [(name, row, column, was[row], now[row]) for row in both[(was != now).to_numpy()]]
    changes = pd.DataFrame(rows, columns=["table", "row", "column", "was", "now"])
    order = changes["table"].map(list(after).index)
    return (
        changes.assign(order=order)
        .sort_values(["order", "row"], kind="stable", ignore_index=True)
        .drop(columns="order")
    )


def _flat(table, key):
    """A table as text, indexed by its key."""
    text = table.map(_worded)
    rows = pd.Index([" ".join(row) for row in text[key].itertuples(index=False)], dtype=object)
    return text.set_axis(rows).drop(columns=key)


def _worded(value):
    if isinstance(value, tuple):
        return "; ".join(value)
    if pd.isna(value):
        return ""
    return f"{value:.3f}" if isinstance(value, float) else str(value).removesuffix(" 00:00:00")


def of_texts(before, after):
    """Changes of findings or verdicts ({name: text} each): {name: (was, now)}; a text that was not there is blank."""
    names = [*after, *(name for name in before if name not in after)]
    pairs = {name: (before.get(name, ""), after.get(name, "")) for name in names}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def derived(folder):
    """What the data of a folder are and give: {coded, tables: {name: frame}, verdicts: {claim: verdict}, findings: {place:
    sentence}}. Raises DataError if they break the contract.
    """
    record = Record.of_scope(loaders.load(folder), Scope.of({}, loaders.read_scope(folder)))
    tables = export.derived_tables(record.data)
    return {"coded": record.data, "tables": tables, "verdicts": _verdicts(record), "findings": _findings(folder)}


def _verdicts(record):
    judged = claims.judge(record)
    return dict(zip(judged["claim_id"] + ": " + judged["claim"], judged["verdict"], strict=True))


def _findings(folder):
    said = {}
    for path in sorted(NOTEBOOKS.glob("*.ipynb")):
        for cell, value in outcomes(path, DATA=folder).items():
            if isinstance(value, Finding):
                said[f"{path.stem}, {cell}"] = value.as_plain()
    return said


def summary(before, after, keys):
    """The change between two results of `derived` as lines of plain words; `keys` holds the key columns of their tables."""
    lines = []
    for part, title in [("coded", "Tables as coded"), ("tables", "Derived tables")]:
        lines += _told(title, of_tables(before[part], after[part], keys[part]))
    verdicts = of_texts(before["verdicts"], after["verdicts"])
    findings = of_texts(before["findings"], after["findings"])
    lines += [f"Findings: {len(findings)} of {len(after['findings'])} changed."]
    for place, (was, now) in findings.items():
        lines += [f"  {place}", f"    was: {was or 'nothing'}", f"    now: {now or 'nothing'}"]
    lines += [f"Verdicts: {len(verdicts)} of {len(after['verdicts'])} turned."]
    lines += [f"  {claim}: {was or 'not judged'} -> {now or 'not judged'}" for claim, (was, now) in verdicts.items()]
    return lines


def _told(title, changes):
    lines = [f"{title}: {'nothing changed.' if changes.empty else ''}".rstrip()]
    for name, own in changes.groupby("table", sort=False):
        came, went = ((own["column"] == ROW) & (own["now"] == now) for now in ("there", "not there"))
        cells = own[~came & ~went]
        counts = [(came.sum(), "rows new"), (went.sum(), "rows gone"), (len(cells), "cells changed")]
        lines.append(f"  {name}: " + ", ".join(f"{n} {words}" for n, words in counts if n))
        lines += [f"    new: {row}" for row in own[came]["row"].head(SHOWN)]
        lines += [f"    gone: {row}" for row in own[went]["row"].head(SHOWN)]
        lines += [
            f"    {c.row}, {c.column}: {c.was or 'blank'} -> {c.now or 'blank'}" for c in cells.head(SHOWN).itertuples()
        ]
        more = sum(max(0, int(n) - SHOWN) for n, _ in counts)
        lines += [f"    and {more} more"] if more else []
    return lines


def last_commit(place):
    """The data folder of the last commit, written below `place`."""
    root = loaders.DATA.parent
    packed = subprocess.run(["git", "archive", "HEAD", loaders.DATA.name], cwd=root, capture_output=True, check=True)
    with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as archive:
        archive.extractall(place, filter="data")
    return Path(place) / loaders.DATA.name


def compare(before, after):
    """`summary` of two data folders, each read in a process of its own at the same time."""
    spawn = multiprocessing.get_context("spawn")  # a worker must not inherit what another has loaded
    with ProcessPoolExecutor(1, spawn) as one, ProcessPoolExecutor(1, spawn) as other:
        sides = [pool.submit(derived, folder) for pool, folder in ((one, before), (other, after))]
        was, now = (side.result() for side in sides)
    resources = json.loads((loaders.DATA / "derived.json").read_text(encoding="utf-8"))["resources"]
    own = {resource["name"]: resource["schema"]["primaryKey"] for resource in resources}
    return summary(was, now, {"coded": loaders.primary_keys(after), "tables": own})


def main(*folder: str) -> int:
    """Prints the change; returns the exit code."""
    with tempfile.TemporaryDirectory() as place:
        try:
            before = Path(folder[0]) if folder else last_commit(place)
            print(
                f"From {'data in ' + folder[0] if folder else 'the last commit'} to the data as they stand (half a minute):\n"
            )
            print("\n".join(compare(before, loaders.DATA)))
        except ValueError as error:
            print(error, file=sys.stderr)
            return 1
        except subprocess.CalledProcessError:
            print("There is no commit to compare with; name a folder to compare with", file=sys.stderr)
            return 1
    return 0
