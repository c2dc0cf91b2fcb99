"""The template of a new report: a text file to fill in, with what each line may hold beside it, and its way into rows."""

from __future__ import annotations

import textwrap
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from helpers.loaders.tables import load, read

SECTIONS = {"source": "sources", "exercise": "exercises", "report": "reports"}  # of the file, and their tables
FOUND = {"report": {"report_id", "exercise_id", "source_id"}, "source": {"file"}, "exercise": set()}  # not asked for
FIRST = ["phase", "status", "start", "end", "hosts", "participants", "participants_scope", "absent", "absent_by"]
OWN = {"origin_id"}  # found if it is left blank
USUAL = {"source.original_seen": "true", "exercise.event_type": '"exercise"'}
WIDTH = 118
HEAD = """# A new report: fill in what the source says, leave blank ("" or []) what it does not, and hand the file to
#     python -m helpers append FILE
# which shows how the rules will read it before anything is written. Nothing is written if anything is wrong.
# Text stands in "quotes", a list in brackets: ["AAA", "BBB"]. Lines that begin with # are not read.
"""
ABOUT = {
    "source": "The publication. Of one that is on record already, source_id alone is enough. Blank origin_id: it reports by itself.",
    "exercise": "The edition. Of one that is on record already, exercise_id alone is enough.",
    "report": "What this source says of it. Its number is found, exercise and source are those above.",
}


def template(folder: Path, filled: Mapping[str, Mapping[str, Any]] | None = None) -> str:
    """Write the template for a data package.

    Parameters
    ----------
    folder
        The data package.
    filled
        {section: {column: (value, why)}} of lines to fill in, with the reason as a comment.

    Returns
    -------
    str
        TOML with sections source, exercise and report; each line is followed by what it may hold.
    """
    resources, _, _ = read(folder)
    data = load(folder)
    states = ", ".join(f"{row.iso3} {row.name}" for row in data["countries"].itertuples(index=False))
    series = ", ".join(f"{row.series_id} ({row.name})" for row in data["series"].itertuples(index=False))
    parts = [HEAD, _comment(f"States: {states}"), _comment(f"Series: {series}")]
    for section, table in SECTIONS.items():
        given = (filled or {}).get(section, {})
        parts += [f"\n[{section}]", _comment(ABOUT[section])]
        fields = {field["name"]: field for field in resources[table]["schema"]["fields"]}
        names = [*(name for name in FIRST if section == "report"), *fields]
        for name in [name for name in dict.fromkeys(names) if name not in FOUND[section]]:
            parts.append(_line(section, fields[name], *given.get(name, ("", ""))))
    return "\n".join(parts) + "\n"


def _line(section: str, field: Mapping[str, Any], value: Any, why: str) -> str:
    """A line to fill in, above it what it may hold."""
    name, constraints = field["name"], field.get("constraints", {})
    either = (
        field.get("trueValues", [])[:1] + field.get("falseValues", [])[:1]
    )  # the way in which this record writes them
    allowed = constraints.get("enum") or field.get("itemEnum") or either
    needed = constraints.get("required") and name not in OWN
    said = ("Needed. " if needed else "") + field["description"].removeprefix("Key: ")
    lines = [_comment(said)] + ([_comment(f"One of: {', '.join(allowed)}")] if allowed else [])
    blank = "[]" if field["type"] == "list" else USUAL.get(f"{section}.{name}", '""')
    return "\n".join([*lines, *([_comment(why)] if why else []), f"{name} = {toml(value) if value else blank}"])


def toml(value: Any) -> str:
    """A value as TOML writes it."""
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(toml, value))}]"
    escaped = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{"".join(c if c.isprintable() else " " for c in escaped)}"'


def _comment(text: str) -> str:
    return textwrap.fill(text, WIDTH, initial_indent="# ", subsequent_indent="#   ", break_on_hyphens=False)


def read_rows(file: Path, data: Mapping[str, pd.DataFrame]) -> dict[str, list[dict[str, Any]]]:
    """Read a filled template as rows to append.

    Parameters
    ----------
    file
        The filled template.
    data
        The loaded tables that the rows are for.

    Returns
    -------
    dict
        {table: rows}, with one report, and a source and an exercise if they are new.

    Raises
    ------
    ValueError
        In one line, if the file is no such template.
    """
    try:
        given = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ValueError(f"{file.name}: not readable as a filled template ({error})") from None
    if wrong := [name for name in given if name not in SECTIONS or not isinstance(given[name], dict)]:
        raise ValueError(f"{file.name}: {wrong[0]!r} is no section; there are {', '.join(SECTIONS)}")
    source, exercise, report = ({k: _text(v) for k, v in given.get(name, {}).items()} for name in SECTIONS)
    for section, row, key in [("source", source, "source_id"), ("exercise", exercise, "exercise_id")]:
        if not row.get(key):
            raise ValueError(f"{file.name}, [{section}]: {key} is blank")
        _agrees(file, section, row, data[SECTIONS[section]].set_index(key, drop=False))
    numbers = data["reports"].loc[data["reports"]["exercise_id"] == exercise["exercise_id"], "report_id"]
    last = max((int(end) for one in numbers if (end := one.rpartition(".")[2]).isdecimal()), default=0)
    own = {"report_id": f"{exercise['exercise_id']}.{last + 1:02d}", "exercise_id": exercise["exercise_id"]}
    rows = {"reports": [report | own | {"source_id": source["source_id"]}]}
    if source["source_id"] not in set(data["sources"]["source_id"]):
        rows["sources"] = [source | {"origin_id": source.get("origin_id") or source["source_id"]}]
    if exercise["exercise_id"] not in set(data["exercises"]["exercise_id"]):
        rows["exercises"] = [exercise]
    return rows


def _agrees(file: Path, section: str, row: Mapping[str, Any], table: pd.DataFrame) -> None:
    """Refuses to say of a source or an exercise on record what the record does not: a template adds, it never changes."""
    key = next(iter(table.columns))
    if row[key] not in table.index:
        return
    known = table.loc[row[key]]
    for name, value in row.items():
        usual = toml(value) == USUAL.get(f"{section}.{name}") or str(value).lower() == USUAL.get(f"{section}.{name}")
        if value not in ("", []) and not usual and name in known and value != known[name]:
            said = known[name] or "blank"
            raise ValueError(
                f"{file.name}, [{section}]: {row[key]} is on record with {name} {said}; leave that line blank"
            )


def _text(value: Any) -> Any:
    """A value of the template as `append` takes it: days and numbers as text."""
    return value if isinstance(value, (bool, list)) else str(value)
