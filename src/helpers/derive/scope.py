"""The scope of an analysis: which editions, counted in which unit, from how firm evidence."""

from helpers.derive.attendance import by_umbrella
from helpers.derive.codes import GRADES

UNITS = ("component", "umbrella")


def select(register, cells, *, since, until, classes, unit, grade):
    """Register and cells of one scope, as (register, cells).

    `since` and `until` are plan years, both included; `classes` a list of exercise classes; `unit` is component (parts of
    umbrellas and lone exercises) or umbrella (umbrellas and lone exercises); cells graded worse than `grade` become
    unknown. Only the organisation's own exercises are in scope: others invite, they do not expect.
    Raises ValueError in one line if a word is not known or no exercise is left.
    """
    for word, allowed in [
        (unit, UNITS),
        (grade, GRADES),
        *((one, sorted(register["event_type"].unique())) for one in classes),
    ]:
        if word not in allowed:
            raise ValueError(f"scope: {word!r} is not one of {', '.join(allowed)}")
    if unit == "umbrella":
        cells = by_umbrella(cells, register)
        in_unit = register["umbrella_id"] == register["exercise_id"]
    else:
        in_unit = ~register["is_umbrella"]
    inside = in_unit & register["year"].between(since, until) & register["event_type"].isin(classes)
    chosen = register[inside & register["is_own"]].reset_index(drop=True)
    if chosen.empty:
        raise ValueError(f"scope: no exercise of class {', '.join(classes)} is left between {since} and {until}")
    cells = cells[cells["exercise_id"].isin(chosen["exercise_id"])].reset_index(drop=True)
    too_weak = cells["grade"] > grade  # grades sort as letters, and a blank is no grade
    return chosen, cells.assign(code=cells["code"].mask(too_weak, "unknown"))


def meetings(register, cells, *, since, until, grade):
    """Register and cells of the organisation's meetings in a scope's years, as `select` gives them; empty if none is coded."""
    none = register["event_type"].ne("meeting") | ~register["year"].between(since, until)
    if none.all():
        return register[~none], cells.head(0)
    return select(register, cells, since=since, until=until, classes=["meeting"], unit="component", grade=grade)


def held_cells(cells, register):
    """The cells that a rate is about: expected states x held exercises, with the exercise's year and first day."""
    held = register.loc[register["status"] == "held", ["exercise_id", "name", "series_id", "year", "start_earliest"]]
    return cells[cells["expected"]].merge(held, on="exercise_id").sort_values(["start_earliest", "exercise_id", "iso3"])


def drawing_order(cells, focus):
    """States (ISO codes) in the order that figures keep: most often expected first, then by code, the focus last.

    States that were never expected in the scope are left out, save the focus: that it was not is then the finding. Raises
    ValueError if the focus is none of the states that were ever bound.
    """
    known = sorted(cells["iso3"].unique())
    if focus not in known:
        raise ValueError(f"scope: {focus!r} was never bound; states that were: {', '.join(known)}")
    expected = cells[cells["expected"]].groupby("iso3").size()
    order = sorted(expected.index, key=lambda state: (-expected[state], state))
    return [state for state in order if state != focus] + [focus]
