"""Null models for an incidence matrix (rows x columns of ones and noughts): the ties that chance would have made.

The fixed-degree null keeps the total of each row and of each column, and never fills a cell that is not allowed. It
samples with curveball trades inside the cells that both rows may fill, and with three-row cycles, without which cells
that are not allowed can cut the space of matrices in two.

What it cannot show: it fixes each row's total, so it can never show that a row is filled seldom; only whether the rows
are filled together in blocs.

References
----------
Strona, G., Nappo, D., Boccacci, F., Fattorini, S. and San-Miguel-Ayanz, J. (2014). A fast and unbiased procedure to
randomize ecological binary matrices with fixed row and column totals. *Nature Communications* 5, 4114.
doi:10.1038/ncomms5114 (curveball trades)

Rao, A. R., Jana, R. and Bandyopadhyay, S. (1996). A Markov chain Monte Carlo method for generating random
(0,1)-matrices with given marginals. *Sankhya* A 58(2), 225-242 (cells that are not allowed, three-row cycles)
"""

from itertools import combinations

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

CHAINS = 1000  # independent chains: the Monte-Carlo error of a p of 0.05 is then 0.010
STEPS = 100  # trades a chain; six rows are level after about 25
CYCLE_EVERY = 4  # trades for each three-row cycle
SEED = 1992

Bools = NDArray[np.bool_]


def sample_fixed_degree(
    matrix: ArrayLike, allowed: ArrayLike, chains: int = CHAINS, steps: int = STEPS, seed: int = SEED
) -> tuple[Bools, NDArray[np.float64]]:
    """Draw matrices from the fixed-degree null, one from each of many chains that start at the observed one.

    Parameters
    ----------
    matrix
        Observed incidence (bool, rows x columns).
    allowed
        Cells that may be filled (bool, rows x columns).
    chains
        Number of chains, each of which gives one matrix.
    steps
        Trades in each chain.
    seed
        Seed of the random numbers.

    Returns
    -------
    tuple of arrays
        The matrices (bool, chains x rows x columns), and the mean share of ones that stand elsewhere than in `matrix`
        after each step (float, steps): once it is level, the chains have mixed.

    Raises
    ------
    ValueError
        If `matrix` fills a cell that is not allowed.
    """
    matrix, allowed = np.asarray(matrix, bool), np.asarray(allowed, bool)
    if (matrix & ~allowed).any():
        raise ValueError("nullmodels: the matrix fills a cell that is not allowed")
    rng = np.random.default_rng(seed)
    state = np.repeat(matrix[None], chains, axis=0)
    rows, ones = len(matrix), max(int(matrix.sum()), 1)
    away = np.zeros(steps)
    for step in range(steps):
        if rows >= 2:
            i, j = rng.choice(rows, 2, replace=False)
            _trade(state, i, j, allowed[i] & allowed[j], rng)
        if rows >= 3 and step % CYCLE_EVERY == 0:
            _cycle(state, allowed, rng)
        away[step] = np.count_nonzero(state & ~matrix) / (ones * chains)
    return state, away


def _trade(state: Bools, i: int, j: int, both: Bools, rng: np.random.Generator) -> None:
    """Make one curveball trade between rows i and j in every chain, in place.

    The cells that only one of the two fills, within the columns that both may fill, are dealt out anew; each row keeps
    its number of them.
    """
    open_ = (state[:, i] != state[:, j]) & both
    keep = (state[:, i] & open_).sum(axis=1)
    keys = rng.random(open_.shape) + ~open_  # closed cells come last
    last = np.take_along_axis(np.sort(keys, axis=1), np.maximum(keep - 1, 0)[:, None], axis=1)
    mine = open_ & (keys <= last) & (keep > 0)[:, None]
    state[:, i] = mine | (state[:, i] & ~open_)
    state[:, j] = (open_ & ~mine) | (state[:, j] & ~open_)


def _cycle(state: Bools, allowed: Bools, rng: np.random.Generator) -> None:
    """Try one three-row cycle in every chain, in place: i gives column a for b, j gives b for c, k gives c for a."""
    chains, rows, columns = state.shape
    if columns < 3:
        return
    # For each chain its own rows and columns, so that a step is symmetric.
    i, j, k = rng.random((chains, rows)).argpartition(range(3), axis=1)[:, :3].T
    a, b, c = rng.random((chains, columns)).argpartition(range(3), axis=1)[:, :3].T
    at = np.arange(chains)
    give = state[at, i, a] & state[at, j, b] & state[at, k, c]
    take = ~state[at, i, b] & ~state[at, j, c] & ~state[at, k, a] & allowed[i, b] & allowed[j, c] & allowed[k, a]
    go = give & take
    for row, gone, new in [(i, a, b), (j, b, c), (k, c, a)]:
        state[at[go], row[go], gone[go]] = False
        state[at[go], row[go], new[go]] = True


def pair_counts(stack: Bools) -> NDArray[np.int32]:
    """Count the columns that each pair of rows fills together.

    Parameters
    ----------
    stack
        Incidence matrices (bool, matrices x rows x columns).

    Returns
    -------
    array
        Counts (matrices x rows x rows).
    """
    numbers = stack.astype(np.int32)
    return numbers @ numbers.transpose(0, 2, 1)


def pair_tests(incidence: pd.DataFrame, chains: int = CHAINS, steps: int = STEPS, seed: int = SEED) -> pd.DataFrame:
    """Compare how often each pair of rows is filled together with what the fixed-degree null gives.

    Parameters
    ----------
    incidence
        One row a state, one column an exercise: 1, 0, or NaN where the cell is not allowed.
    chains, steps, seed
        As for `sample_fixed_degree`.

    Returns
    -------
    DataFrame
        One row a pair: a, b (labels of the rows), together (observed), null_mean, null_sd, z, p (two-sided, add-one),
        p_error (Monte-Carlo standard error of p), q (`q_values` over the pairs).

    References
    ----------
    Davison, A. C. and Hinkley, D. V. (1997). *Bootstrap Methods and their Application*, chapter 4. Cambridge University
    Press. doi:10.1017/CBO9780511802843 (the p value)
    """
    matrix, allowed = matrix_and_mask(incidence)
    drawn, _ = sample_fixed_degree(matrix, allowed, chains, steps, seed)
    counts, seen = pair_counts(drawn), pair_counts(matrix[None])[0]
    rows = []
    for (i, a), (j, b) in combinations(enumerate(incidence.index), 2):
        null = counts[:, i, j]
        above, below = (null >= seen[i, j]).sum(), (null <= seen[i, j]).sum()
        p = min(1.0, 2 * (min(above, below) + 1) / (chains + 1))
        sd = null.std()
        rows.append(
            {
                "a": a,
                "b": b,
                "together": int(seen[i, j]),
                "null_mean": null.mean(),
                "null_sd": sd,
                "z": (seen[i, j] - null.mean()) / sd if sd else np.nan,
                "p": p,
                "p_error": np.sqrt(p * (2 - p) / chains),  # p is twice a tail
            }
        )
    columns = ["a", "b", "together", "null_mean", "null_sd", "z", "p", "p_error"]
    table = pd.DataFrame(rows, columns=columns)
    return table.assign(q=q_values(table["p"]))


def q_values(p: ArrayLike) -> NDArray[np.float64]:
    """Adjust p values for the number of tests, so that they bound the share of false discoveries.

    Parameters
    ----------
    p
        P values of a family of tests.

    Returns
    -------
    array
        Adjusted p values, in the order given.

    References
    ----------
    Benjamini, Y. and Hochberg, Y. (1995). Controlling the false discovery rate: a practical and powerful approach to
    multiple testing. *Journal of the Royal Statistical Society* B 57(1), 289-300.
    doi:10.1111/j.2517-6161.1995.tb02031.x
    """
    p = np.asarray(p, float)
    order = p.argsort()[::-1]
    scaled = p[order] * len(p) / np.arange(len(p), 0, -1)
    q = np.empty_like(p)
    q[order] = np.minimum.accumulate(np.minimum(scaled, 1))
    return q


def matrix_and_mask(incidence: pd.DataFrame) -> tuple[Bools, Bools]:
    """Split an incidence frame into the two arrays that `sample_fixed_degree` takes.

    Parameters
    ----------
    incidence
        Cells of 1, 0, or NaN where the cell is not allowed.

    Returns
    -------
    tuple of arrays
        Filled cells and allowed cells (bool, rows x columns).
    """
    return (incidence == 1).to_numpy(), incidence.notna().to_numpy()
