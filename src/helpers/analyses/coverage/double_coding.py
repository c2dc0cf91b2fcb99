"""Double coding: how far two coders, one of whom had not seen the other's work, read the same texts alike.

Agreement is Krippendorff's alpha at the nominal level: 1 is perfect, 0 what chance gives, and he asks for 0.8, or 0.667
where conclusions are tentative. A blank (the text does not say) is a value like any other.
The interval resamples whole exercises, since the texts of one exercise repeat one another.

References
----------
Krippendorff, K. (2004). *Content Analysis: An Introduction to its Methodology*, 2nd edition, chapter 11. Sage.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from helpers.statistics.intervals import LEVEL

FIELDS = ["phase", "start", "end", "status", "hosts", "participants_scope", "absent_by", "troops"]
CELLS = "cells"  # one unit a text and state: present, boilerplate, absent, observer or unnamed
GOOD, TENTATIVE = 0.8, 0.667  # Krippendorff's two thresholds
DRAWS, SEED = 2000, 20261122  # bootstrap draws: the bounds' Monte-Carlo error is far below the second place shown


def units(double: pd.DataFrame, states: Sequence[str]) -> pd.DataFrame:
    """Lay out what was coded twice, one row a unit.

    Parameters
    ----------
    double
        The table double_coding: exercise_id, source_id, field, first, second.
    states
        ISO codes of the states whose cells are compared: all that could have been expected.

    Returns
    -------
    DataFrame
        exercise_id, source_id, field (one of FIELDS, or CELLS), iso3 (of cells, else blank), first, second (what each
        coder read).
    """
    plain = double[double["field"].isin(FIELDS)].assign(iso3="")
    wide: dict[str, dict[Any, Any]] = {
        coder: double.pivot(index=["exercise_id", "source_id"], columns="field", values=coder).to_dict("index")
        for coder in ("first", "second")
    }
    cells = [
        {"exercise_id": exercise, "source_id": source, "field": CELLS, "iso3": state}
        | {coder: _says(texts[exercise, source], state) for coder, texts in wide.items()}
        for exercise, source in wide["first"]
        for state in states
    ]
    columns = ["exercise_id", "source_id", "field", "iso3", "first", "second"]
    return pd.concat([plain[columns], pd.DataFrame(cells, columns=columns)], ignore_index=True)


def _says(row: Mapping[str, str], state: str) -> str:
    """What one coding of a text says of a state."""
    if state in row["absent"].split(";"):
        return "absent"
    if state in row["participants"].split(";"):
        return "boilerplate" if row["participants_scope"] == "boilerplate" else "present"
    return "observer" if state in row["observers"].split(";") else "unnamed"


def agreement(coded: pd.DataFrame) -> pd.DataFrame:
    """Measure how far the two coders agree, field by field.

    Parameters
    ----------
    coded
        What `units` gives.

    Returns
    -------
    DataFrame
        One row a field, the attendance cells first: field, units (number), agreed (share of units with one value), alpha
        (NaN where both coders used one value only), low, high (its 95 % interval).
    """
    rows = []
    for field in [CELLS, *FIELDS]:
        part = coded[coded["field"] == field]
        if len(part):
            low, high = _bootstrap(part)
            same = (part["first"] == part["second"]).mean()
            rows.append(
                {
                    "field": field,
                    "units": len(part),
                    "agreed": same,
                    "alpha": _alpha(_counts(part)),
                    "low": low,
                    "high": high,
                }
            )
    return pd.DataFrame(rows, columns=["field", "units", "agreed", "alpha", "low", "high"])


def _counts(part: pd.DataFrame) -> NDArray[np.int64]:
    """How many of the two coders gave each value (array, units x values)."""
    codes, values = pd.factorize(pd.concat([part["first"], part["second"]]))
    one_hot = np.eye(len(values), dtype=int)[codes]
    return one_hot[: len(part)] + one_hot[len(part) :]


def _alpha(counts: NDArray[np.int64]) -> float:
    """Krippendorff's alpha; NaN where only one value was used."""
    import krippendorff

    if (counts.sum(axis=0) > 0).sum() < 2:
        return float("nan")
    return float(krippendorff.alpha(value_counts=counts, level_of_measurement="nominal"))


def _bootstrap(part: pd.DataFrame) -> tuple[float, float]:
    """Percentile interval of alpha over resampled exercises. Only sums are kept, so a draw costs a few additions."""
    counts = _counts(part)
    exercises, inverse = np.unique(part["exercise_id"], return_inverse=True)
    members = np.eye(len(exercises))[inverse].T
    values, apart = members @ counts, members @ (counts.max(axis=1) == 1)  # two coders: a unit is split or not
    draws = np.random.default_rng(SEED).multinomial(
        len(exercises), np.full(len(exercises), 1 / len(exercises)), size=DRAWS
    )
    marginal, split = draws @ values, draws @ apart
    total = marginal.sum(axis=1)
    chance = 1 - (marginal * (marginal - 1)).sum(axis=1) / (total * (total - 1))
    with np.errstate(invalid="ignore", divide="ignore"):
        alpha = 1 - (2 * split / total) / chance
    tail = (1 - LEVEL) / 2
    if not np.isfinite(alpha).any():
        return np.nan, np.nan
    low, high = np.nanquantile(alpha, [tail, 1 - tail])
    return low, high


def disagreements(double: pd.DataFrame) -> pd.DataFrame:
    """List the fields that the two coders read differently, with how each was resolved.

    Parameters
    ----------
    double
        The table double_coding.

    Returns
    -------
    DataFrame
        By exercise and source: exercise_id, source_id, field, first, second, resolved, why.
    """
    columns = ["exercise_id", "source_id", "field", "first", "second", "resolved", "why"]
    return double.loc[double["first"] != double["second"], columns].reset_index(drop=True)
