"""What a change to the data does: cells of derived tables, findings in sentences, verdicts on claims.

`python -m helpers changes [FOLDER]` compares the data as they stand with those of the last commit, or of another folder. Both
sides go through the code as it stands, so that only the data differ.
"""

from __future__ import annotations

import io
import json
import logging
import os
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from pathlib import Path
from typing import Any

import pandas as pd

from helpers.analyses.disengagement import claims
from helpers.commands import export
from helpers.derive.record import Record
from helpers.derive.scope import FOLDER, Scope
from helpers.display.finding import findings_in
from helpers.loaders.tables import DATA, load, primary_keys, read_scope

NOTEBOOKS = DATA.parent / "notebooks"
SHOWN = 12  # changes of one table that are written out; the rest are counted
ROW = ""  # the column name of a row that came or went as a whole


def of_tables(
    before: Mapping[str, pd.DataFrame], after: Mapping[str, pd.DataFrame], keys: Mapping[str, list[str]]
) -> pd.DataFrame:
    """Changes of tables ({name: frame} each) with `keys` ({name: key columns}): frame of table, row, column, was, now.

    A row that came or went stands once, with `ROW` for a column.
    """
    rows = []
    for name in after:
        new = _flat(after[name], keys[name])
        old = (
            _flat(before[name], keys[name]) if name in before else new.head(0)
        )  # a table that is new has no rows before
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
    text = table.map(_as_text)
    rows = pd.Index([" ".join(row) for row in text[key].itertuples(index=False)], dtype=object)
    return text.set_axis(rows).drop(columns=key)


def _as_text(value):
    if isinstance(value, tuple):
        return "; ".join(value)
    if pd.isna(value):
        return ""
    return f"{value:.3f}" if isinstance(value, float) else str(value).removesuffix(" 00:00:00")


def of_texts(before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Changes of findings or verdicts ({name: text} each): {name: (was, now)}; a text that was not there is blank."""
    names = [*after, *(name for name in before if name not in after)]
    pairs = {name: (before.get(name, ""), after.get(name, "")) for name in names}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def derived(folder: Path) -> dict[str, Any]:
    """What the data of a folder are and give, but for findings.

    Returns
    -------
    dict
        coded: the tables as coded; tables: those derived from them; verdicts: {claim: verdict}.

    Raises
    ------
    DataError
        If the data break the contract.
    """
    data = load(folder)
    record = Record.of_scope(data, Scope.of({}, read_scope(folder)))
    return {"coded": data, "tables": export.derived_tables(data), "verdicts": verdicts_of(record)}


def verdicts_of(record: Record) -> dict[str, str]:
    """The verdict on each claim, by its id and words."""
    judged = claims.judge(record)
    return dict(zip(judged["claim_id"] + ": " + judged["claim"], judged["verdict"], strict=True))


def said_in(executed: Path, name: str) -> dict[str, str]:
    """The findings of an executed notebook: {its name and cell: the text}."""
    return {f"{name}, {cell}": finding.as_plain() for cell, finding in findings_in(executed).items()}


def findings(folders: Iterable[Path], notebooks: Iterable[Path]) -> list[dict[str, str]]:
    """The findings of notebooks executed on each of these data folders, side by side: {notebook and cell: the text}."""
    folders = list(folders)
    runs = list(product(folders, sorted(notebooks)))
    with tempfile.TemporaryDirectory() as place, ThreadPoolExecutor(os.cpu_count()) as pool:
        executed = [Path(place) / f"{at}.ipynb" for at in range(len(runs))]
        list(pool.map(_execute, *zip(*runs, strict=True), executed))
        said: dict[Path, dict[str, str]] = {folder: {} for folder in folders}
        for (folder, notebook), path in zip(runs, executed, strict=True):
            said[folder] |= said_in(path, notebook.stem)
    return list(said.values())


def _execute(folder: Path, notebook: Path, target: Path) -> None:
    import papermill  # here, for no other command needs it

    logging.getLogger("papermill").setLevel(logging.ERROR)  # else it warns that the notebook does not name DATA itself
    given = {FOLDER: str(folder.resolve())}
    papermill.execute_notebook(notebook, target, given, kernel_name="python3", cwd=notebook.parent, progress_bar=False)


def summary(before: Mapping[str, Any], after: Mapping[str, Any], keys: Mapping[str, dict[str, list[str]]]) -> list[str]:
    """The change between two sides as lines of plain words.

    Parameters
    ----------
    before, after
        What `derived` gives, with `findings` beside it.
    keys
        The key columns of the tables, {coded, tables: {name: columns}}.
    """
    lines = []
    for part, title in [("coded", "Tables as coded"), ("tables", "Derived tables")]:
        lines += _described(title, of_tables(before[part], after[part], keys[part]))
    verdicts = of_texts(before["verdicts"], after["verdicts"])
    findings = of_texts(before["findings"], after["findings"])
    lines += [f"Findings: {len(findings)} of {len(after['findings'])} changed."]
    for place, (was, now) in findings.items():
        lines += [f"  {place}", f"    was: {was or 'nothing'}", f"    now: {now or 'nothing'}"]
    lines += [f"Verdicts: {len(verdicts)} of {len(after['verdicts'])} turned."]
    lines += [f"  {claim}: {was or 'not judged'} -> {now or 'not judged'}" for claim, (was, now) in verdicts.items()]
    return lines


def _described(title, changes):
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


def last_commit(place: str) -> Path:
    """The data folder of the last commit, written below `place`."""
    root = DATA.parent
    try:
        packed = subprocess.run(["git", "archive", "HEAD", DATA.name], cwd=root, capture_output=True, check=True)
    except FileNotFoundError:
        raise ValueError("git is not installed, so there is no last commit; name a folder to compare with") from None
    with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as archive:
        archive.extractall(place, filter="data")
    return Path(place) / DATA.name


def compare(before: Path, after: Path) -> list[str]:
    """`summary` of two data folders."""
    sides = [derived(folder) for folder in (before, after)]
    said = findings((before, after), NOTEBOOKS.rglob("*.ipynb"))
    was, now = (side | {"findings": own} for side, own in zip(sides, said, strict=True))
    resources = json.loads((DATA / "derived.json").read_text(encoding="utf-8"))["resources"]
    own_keys = {resource["name"]: resource["schema"]["primaryKey"] for resource in resources}
    return summary(was, now, {"coded": primary_keys(after), "tables": own_keys})


def main(*folder: str) -> int:
    """Prints the change; returns the exit code."""
    with tempfile.TemporaryDirectory() as place:
        try:
            before = Path(folder[0]) if folder else last_commit(place)
            side = f"data in {folder[0]}" if folder else "the last commit"
            print(f"From {side} to the data as they stand (up to a minute):\n", flush=True)
            print("\n".join(compare(before, DATA)))
        except ValueError as error:
            print(error, file=sys.stderr)
            return 1
        except subprocess.CalledProcessError:
            print("There is no commit to compare with; name a folder to compare with", file=sys.stderr)
            return 1
    return 0
