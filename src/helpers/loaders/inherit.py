"""A descriptor that says only how it differs from the record's own: `"extends": "csto-exercises"`, then the differences.

A second organisation needs other words and other allowed values, never other tables or columns: every function may then take
the two for one. So what differs is laid over the shared descriptor, and a name that the shared one lacks is refused. The
shared package is called by its name and not by a path: a folder of data may lie anywhere, and leads nowhere.
"""

from typing import Any

NAMED = ("resources", "fields")  # lists whose entries are found by their name


def complete(differences: dict[str, Any], shared: dict[str, Any]) -> dict[str, Any]:
    """Lays the differences of one data package over the descriptor that it extends.

    Parameters
    ----------
    differences : dict
        A descriptor with the key `extends`: the name of the shared package. Its `resources`, and their `fields`, are found
        by name and need to hold only what differs; any other list or value replaces the shared one.
    shared : dict
        The complete descriptor.

    Returns
    -------
    dict
        A complete descriptor. It keeps the key `extends`.

    Raises
    ------
    ValueError
        In one line, if `extends` names another package, or the differences a table or column that the shared one lacks.
    """
    if differences["extends"] != shared["name"]:
        raise ValueError(
            f"extends {differences['extends']!r:.60}; the only package that can be extended is {shared['name']!r}"
        )
    return _laid_over(shared, differences, "the descriptor")


def _laid_over(shared: dict[str, Any], differences: dict[str, Any], place: str) -> dict[str, Any]:
    merged = dict(shared)
    for key, value in differences.items():
        if key in NAMED and key in shared:
            merged[key] = _by_name(shared[key], value, f"{key} of {place}")
        elif isinstance(value, dict) and isinstance(shared.get(key), dict):
            merged[key] = _laid_over(shared[key], value, place)
        else:
            merged[key] = value
    return merged


def _by_name(shared: list[dict[str, Any]], differences: Any, place: str) -> list[dict[str, Any]]:
    if not isinstance(differences, list) or not all(
        isinstance(one, dict) and isinstance(one.get("name"), str) for one in differences
    ):
        raise ValueError(f"{place} must be a list of entries with a name each")
    wanted = {one["name"]: one for one in differences}
    if len(wanted) < len(differences):
        raise ValueError(f"{place} name one entry twice")
    if unknown := wanted.keys() - {one["name"] for one in shared}:
        named = ", ".join(name if name.isidentifier() else repr(name)[:60] for name in sorted(unknown)[:5])
        raise ValueError(f"{place} name {named}, which the package that it extends lacks")
    return [_laid_over(one, wanted.get(one["name"], {}), one["name"]) for one in shared]
