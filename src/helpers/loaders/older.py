"""A descriptor by another hand or of an earlier version, fitted to the shared one, so that every analysis can take its tables.

1. A column that has another name today is read under its name of today.
2. A table that the shared descriptor calls optional, and a column that no row needs, may be lacking: they read as blank.
3. What the shared descriptor holds a column to, it holds it to in every package: a package may allow less, never more. Only the
   words for bodies of its own (`OWN_WORDS`) are its own.
4. A package without a scope takes the usual one: all its years, and its first member by code.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

RENAMED = {  # {table: {name of an earlier version: name of today}}
    "exercises": {"class": "event_type"},
    "places": {"place": "name"},
    "series": {"group": "colour_group"},
    "sources": {"family_id": "origin_id"},
}
OWN_WORDS = frozenset({"force", "forces", "organiser", "dataset"})  # columns whose allowed values are a package's own
HELD = ("type", "rdfType", "itemReference", "itemEnum", "constraints", "trueValues", "falseValues")
SAFEGUARDS = ("required", "enum", "pattern")  # constraints that analyses rely on


def fit(package: dict[str, Any], shared: dict[str, Any]) -> dict[str, Any]:
    """Fit a sound descriptor to the shared one.

    Parameters
    ----------
    package
        A descriptor without faults of its own.
    shared
        The shared package's.

    Returns
    -------
    dict
        The descriptor with columns under their names of today, and with what it may lack. A table or column that it lacked has
        the key `undescribed`, a table with renamed columns `renamed` ({old: new}); a column that the shared descriptor holds to more has
        it under `also`.
    """
    known = {one["name"]: one for one in shared["resources"]}
    own = {one["name"]: _fitted(one, known[one["name"]]) for one in package["resources"] if one["name"] in known}
    optional = {name: one | {"undescribed": True} for name, one in known.items() if one.get("optional")}
    found = [own.get(name) or optional.get(name) for name in known]
    others = [one for one in package["resources"] if one["name"] not in known]
    return package | {"resources": [one for one in found if one] + others}


def _fitted(resource: dict[str, Any], shared: dict[str, Any]) -> dict[str, Any]:
    """One table under today's names, with the columns that it may lack and what the shared descriptor holds it to."""
    wanted = {field["name"]: field for field in shared["schema"]["fields"]}
    names = _renames(resource, wanted)
    schema = resource["schema"]
    fields = [field | {"name": names.get(field["name"], field["name"])} for field in schema["fields"]]
    fields = [_held(field, wanted[field["name"]]) if field["name"] in wanted else field for field in fields]
    there = {field["name"] for field in fields}
    fields += [
        field | {"undescribed": True}
        for name, field in wanted.items()
        if name not in there and (shared.get("optional") or not field.get("constraints", {}).get("required"))
    ]
    keys = [
        key | {"fields": [names.get(name, name) for name in key["fields"]]} for key in schema.get("foreignKeys") or []
    ]
    keys += [key for key in shared["schema"].get("foreignKeys") or [] if key not in keys]
    own = schema | {"fields": fields, "primaryKey": shared["schema"]["primaryKey"]}
    own |= {"foreignKeys": keys} if keys else {}
    return resource | {"schema": own} | ({"renamed": names} if names else {})


def _renames(resource: Mapping[str, Any], wanted: Mapping[str, Any]) -> dict[str, str]:
    """Which columns of a table have another name today."""
    own = {field["name"] for field in resource["schema"]["fields"]}
    names = RENAMED.get(resource["name"], {})
    return {old: new for old, new in names.items() if old in own and new in wanted and new not in own}


def _held(field: dict[str, Any], shared: dict[str, Any]) -> dict[str, Any]:
    """A column that is held to its own description and to the shared one, where they differ."""
    also = {key: shared[key] for key in ("name", "description", "delimiter", *HELD) if key in shared}
    if field["name"] in OWN_WORDS:
        also |= {"itemEnum": field["itemEnum"]} if "itemEnum" in field else {}
        own = field.get("constraints", {})
        also["constraints"] = also.get("constraints", {}) | ({"enum": own["enum"]} if "enum" in own else {})
    differs = any(key in also and field.get(key) != also[key] for key in HELD if also.get(key))
    reference = {"itemReference": also["itemReference"]} if "itemReference" in also else {}
    return field | reference | ({"also": also} if differs else {})


def remarks(package: dict[str, Any], shared: dict[str, Any]) -> Iterator[str]:
    """Say what of a descriptor is read otherwise than it stands there.

    Parameters
    ----------
    package
        The descriptor as somebody wrote it, without faults of its own.
    shared
        The shared package's.

    Yields
    ------
    str
        One line each, worded to stand behind "datapackage.json: ".
    """
    known = {one["name"]: one["schema"] for one in shared["resources"]}
    for resource in package["resources"]:
        if resource["name"] not in known:
            continue
        table, schema = f"table {resource['name']}", known[resource["name"]]
        wanted = {field["name"]: field for field in schema["fields"]}
        names = _renames(resource, wanted)
        yield from (
            f"{table}: the column {old} is now {new}; rename it here and in the file" for old, new in names.items()
        )
        if resource["schema"]["primaryKey"] != schema["primaryKey"] and not names:
            yield f"{table}: its primaryKey is read as {', '.join(schema['primaryKey'])}"
        for field in resource["schema"]["fields"]:
            place = f"{table}, column {field['name']}"
            shared_field = wanted.get(field["name"], {})
            for name in _left_out(field, shared_field):
                yield f"{place}: lacks its {name}; that of the record's own descriptor holds all the same"
            if more := _allowed_beyond(field, shared_field):
                yield f"{place}: allows {more[0][:60]!r}, which the record's own descriptor does not; it is refused in a cell"
        keys = {key["fields"][0] for key in resource["schema"].get("foreignKeys") or []}
        for column in [key["fields"][0] for key in schema.get("foreignKeys") or []]:
            if column in {field["name"] for field in resource["schema"]["fields"]} - keys:
                yield f"{table}, column {column}: lacks its foreign key; that of the record's own descriptor holds all the same"
    if "scope" not in package:
        yield "has no scope; analyses take all its years and its first member by code"


def _left_out(field: Mapping[str, Any], shared: Mapping[str, Any]) -> Iterator[str]:
    """What the shared descriptor holds a column to and its own does not, by name."""
    own, theirs = field.get("constraints", {}), shared.get("constraints", {})
    for name in SAFEGUARDS:
        if theirs.get(name) and not own.get(name) and not (name == "pattern" and own.get("enum")):
            yield name
    yield from (key for key in ("rdfType", "itemEnum", "itemReference") if key in shared and field.get(key) is None)


def _allowed_beyond(field: Mapping[str, Any], shared: Mapping[str, Any]) -> list[str]:
    """Values that a column's own description allows and the shared one does not."""
    if not shared or field["name"] in OWN_WORDS:
        return []
    own, theirs = (one.get("constraints", {}).get("enum") or one.get("itemEnum") or [] for one in (field, shared))
    return [value for value in own if value not in theirs] if theirs else []


def usual_scope(text: Mapping[str, pd.DataFrame]) -> dict[str, Any]:
    """Find the scope of a package that names none.

    Parameters
    ----------
    text
        Its text cells by table.

    Returns
    -------
    dict
        since and until (first and last plan year), classes (exercises, or whatever there is), unit, grade, focus (the first
        member by code) and split (the first day of the last period, or of the middle year).
    """
    found = text["exercises"]["exercise_id"].str.extract(r"-([0-9]{4})(?:-|$)")[0].dropna()
    years = sorted(found.astype(int)) or [0]
    types = [kind for kind in dict.fromkeys(text["exercises"]["event_type"]) if kind != "meeting"]
    binding = text["bodies"].loc[text["bodies"]["binding"] == "true", "body"]
    members = text["memberships"][text["memberships"]["body"].isin(binding)].query("status in ('party', 'member')")
    periods = sorted(year for year in text["periods"]["since"] if re.fullmatch("[0-9]{4}", year))
    return {
        "since": years[0],
        "until": years[-1],
        "classes": ["exercise"] if "exercise" in types or not types else types,
        "unit": "component",
        "grade": "C",
        "focus": min(members["iso3"], default=""),
        "split": f"{periods[-1] if len(periods) > 1 else years[len(years) // 2]}-01-01",
    }
