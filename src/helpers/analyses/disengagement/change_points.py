"""When did attendance change? Break dates of a yes-or-no series, as a set rather than a date.

A series is one state's known attendance (1 came, 0 stayed away) in order of time. A break after position t means that the
probability of coming is one number up to t and another after it. All sums are closed-form.
"""

import numpy as np
import pandas as pd

from helpers.derive.codes import ABSENT, ATTENDED
from helpers.statistics.change_point import (
    completions,
    highest_posterior_set,
    likelihood_ratio,
    permutation_p,
    posterior,
)


def series_of(own, excused=()):
    """Values of one state's cells (`disengagement.record_of`), 1, 0 or NaN, in their order; excused exercises are NaN."""
    value = np.where(own["code"].isin(ATTENDED), 1.0, np.where(own["code"].isin(ABSENT), 0.0, np.nan))
    return np.where(own["exercise_id"].isin(list(excused)), np.nan, value)


def permutation_range(record, own, count=8, excused=()):
    """Least and greatest `permutation_p` over fillings of the unknown cells (two floats): all came, all stayed away, and
    `count` at random. (nan, nan) for a series of fewer than two cells.
    """
    values = series_of(own, excused)
    if len(values) < 2:
        return float("nan"), float("nan")
    blocks = own["exercise_id"].map(record.register.set_index("exercise_id")["umbrella_id"])
    found = [permutation_p(filled, blocks) for filled in completions(values, count)]
    return min(found), max(found)


def break_set(own, excused=()):
    """Positions that the break may have, one row an exercise after which it can lie (frame; empty if none can be told).

    Columns: last_before, first_after (names), day (first day after the break), low and high (smallest and largest
    posterior over the fillings), member (in the CREDIBLE_MASS set of at least one filling). The frame's attrs: `none_low`,
    `none_high` (posterior of no break) and `fillings`.
    """
    values = series_of(own, excused)
    chances = posterior(completions(values)) if len(values) else np.ones((1, 1))
    member = np.array([highest_posterior_set(row) for row in chances]).any(axis=0)
    table = pd.DataFrame(
        {
            "last_before": own["name"].to_numpy()[:-1],
            "first_after": own["name"].to_numpy()[1:],
            "day": own["start_earliest"].to_numpy()[1:],
            "low": chances.min(axis=0)[:-1],
            "high": chances.max(axis=0)[:-1],
            "member": member[:-1],
        }
    )
    table.attrs = {"none_low": chances[:, -1].min(), "none_high": chances[:, -1].max(), "fillings": len(chances)}
    return table


def placebos(record, excused=()):
    """The break of every state by the same method, strongest first: iso3, n, attended, gain (nats), p, no_break, first_after.

    Only known cells enter; `p` permutes whole umbrellas, `no_break` is the posterior probability that there is none.
    """
    block = record.register.set_index("exercise_id")["umbrella_id"]
    rows = []
    for state, own in record.held.groupby("iso3"):
        values = series_of(own, excused)
        known, values = own[~np.isnan(values)], values[~np.isnan(values)]
        if len(values) < 3:
            continue
        chances = posterior(values)
        at = int(chances[:-1].argmax())
        rows.append(
            {
                "iso3": state,
                "n": len(values),
                "attended": int(values.sum()),
                "gain": float(likelihood_ratio(values)),
                "p": permutation_p(values, known["exercise_id"].map(block)),
                "no_break": float(chances[-1]),
                "first_after": known["name"].iloc[at + 1],
            }
        )
    columns = ["iso3", "n", "attended", "gain", "p", "no_break", "first_after"]
    return (
        pd.DataFrame(rows, columns=columns)
        .sort_values(["gain", "iso3"], ascending=[False, True])
        .reset_index(drop=True)
    )


def cross_check(own):
    """Name of the first exercise after the one break that the library `ruptures` finds by least squares in the known cells;
    an empty text if fewer than two are known.
    """
    import ruptures

    values = series_of(own)
    known, values = own["name"].to_numpy()[~np.isnan(values)], values[~np.isnan(values)]
    if len(values) < 2:
        return ""
    return str(known[ruptures.Dynp(model="l2", jump=1, min_size=1).fit(values).predict(n_bkps=1)[0]])


def excused(reports, focus):
    """Exercises (set) of which the state itself or the organiser gave a reason for its absence."""
    said = reports[reports["absent_by"].isin(["state", "organiser"]) & (reports["absent_reason"] != "")]
    return set(said.loc[said["absent"].map(lambda states: focus in states), "exercise_id"])
