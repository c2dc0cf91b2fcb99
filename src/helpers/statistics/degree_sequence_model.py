"""The stochastic degree-sequence model, a second null model, and how it compares with the fixed-degree null.

It keeps the totals of an incidence matrix only on average, and knows no cells that are not allowed.
"""

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy import special

from helpers.statistics.null_models import CHAINS, Bools, pair_counts, pair_tests, q_values

SOLVER = {"gtol": 1e-7, "ftol": 0, "maxiter": 10_000}  # totals are then met to seven digits


def sdsm_probabilities(matrix: ArrayLike) -> NDArray[np.float64]:
    """Fit the stochastic degree-sequence model: the probability that each cell is filled, by maximum likelihood.

    The log-odds of a cell are the sum of an effect of its row and one of its column, so that each row and each column
    is expected to have the total it has. The model keeps totals only on average and knows no cells that are not
    allowed: it is compared with the fixed-degree null, and is no substitute for it.

    Parameters
    ----------
    matrix
        Observed incidence (bool, rows x columns).

    Returns
    -------
    array
        Probabilities (rows x columns).

    References
    ----------
    Neal, Z. (2014). The backbone of bipartite projections: inferring relationships from co-authorship, co-sponsorship,
    co-attendance and other co-behaviors. *Social Networks* 39, 84-97. doi:10.1016/j.socnet.2014.06.001

    Saracco, F., Di Clemente, R., Gabrielli, A. and Squartini, T. (2015). Randomizing bipartite networks: the case of
    the World Trade Web. *Scientific Reports* 5, 10595. doi:10.1038/srep10595 (the same model by maximum likelihood)
    """
    from scipy import optimize  # a fifth of what all else takes to import

    matrix = np.asarray(matrix, float)
    totals = np.concatenate([matrix.sum(axis=1), matrix.sum(axis=0)])

    def log_odds(effects: NDArray[np.float64]) -> NDArray[np.float64]:
        return effects[: len(matrix), None] + effects[len(matrix) :]

    def loss(effects: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        odds = log_odds(effects)
        chance = special.expit(odds)
        excess = np.concatenate([chance.sum(axis=1), chance.sum(axis=0)]) - totals
        return np.logaddexp(0, odds).sum() - totals @ effects, excess

    found = optimize.minimize(loss, np.zeros(len(totals)), jac=True, method="L-BFGS-B", options=SOLVER)
    return special.expit(log_odds(found.x))


def sdsm_p_values(matrix: ArrayLike) -> NDArray[np.float64]:
    """P value of each pair's number of common columns under the stochastic degree-sequence model.

    The number is a sum of independent trials, so its distribution is exact by convolution (Poisson-binomial).

    Parameters
    ----------
    matrix
        Observed incidence (bool, rows x columns).

    Returns
    -------
    array
        Probability of as many or more by chance (rows x rows, NaN on the diagonal).
    """
    matrix = np.asarray(matrix, bool)
    chance = sdsm_probabilities(matrix)
    seen = pair_counts(matrix[None])[0]
    p = np.full(seen.shape, np.nan)
    for i, j in combinations(range(len(matrix)), 2):
        p[i, j] = p[j, i] = poisson_binomial_tail(chance[i] * chance[j], seen[i, j])
    return p


def poisson_binomial_tail(chances: ArrayLike, at_least: int) -> float:
    """Probability of a number of successes or more in independent trials that differ in their chances.

    Parameters
    ----------
    chances
        Probability of success of each trial.
    at_least
        Number of successes.

    Returns
    -------
    float
        The upper tail, the number itself included.
    """
    distribution = np.ones(1)
    for chance in np.asarray(chances):
        distribution = np.convolve(distribution, [1 - chance, chance])
    return float(min(1.0, distribution[int(at_least) :].sum()))


def simulate_two_blocs(states: int, exercises: int, seed: int, within: float = 0.9, across: float = 0.2) -> Bools:
    """Simulate an incidence matrix with two blocs of rows: each column is called by one of them at random.

    Parameters
    ----------
    states, exercises
        Number of rows, of which the first half is one bloc, and of columns.
    seed
        Seed of the random numbers.
    within, across
        Probability that a row of the calling bloc, and one of the other bloc, fills the column.

    Returns
    -------
    array
        Incidence (bool, rows x columns).
    """
    rng = np.random.default_rng(seed)
    bloc = np.arange(states) < states // 2
    called_by_first = rng.random(exercises) < 0.5
    chance = np.where(bloc[:, None] == called_by_first, within, across)
    return rng.random((states, exercises)) < chance


def compare_null_models(matrices: Sequence[Bools], chains: int = CHAINS) -> dict[str, int]:
    """Count how many pairs inside planted blocs each of the two null models finds.

    Parameters
    ----------
    matrices
        Simulated matrices, as of `simulate_two_blocs`.
    chains
        Chains of the fixed-degree null.

    Returns
    -------
    dict
        `records` (matrices), `pairs` (inside a bloc), and how many of these are filled together more often than chance
        would have it, with q < 0.05, by the fixed-degree null (`fixed`) and by the stochastic degree-sequence model
        (`sdsm`).
    """
    found = {"records": len(matrices), "pairs": 0, "fixed": 0, "sdsm": 0}
    for matrix in matrices:
        states = len(matrix)
        frame = pd.DataFrame(matrix.astype(float), index=range(states))
        fixed = pair_tests(frame, chains)
        inside = ((fixed["a"] < states // 2) == (fixed["b"] < states // 2)).to_numpy()
        more = fixed["together"] > fixed["null_mean"]
        upper = sdsm_p_values(matrix)[np.triu_indices(states, 1)]
        found["pairs"] += int(inside.sum())
        found["fixed"] += int((inside & more & (fixed["q"] < 0.05)).sum())
        found["sdsm"] += int((inside & (q_values(upper) < 0.05)).sum())
    return found
