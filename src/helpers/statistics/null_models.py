"""Null models for the incidence matrix: the ties that chance could have made, given how often each state came.

The degree-preserving null keeps each state's total and each exercise's size, and never fills a forbidden cell (a state
that was not expected, or of which nothing is known). It samples with curveball trades (Strona et al. 2014) inside the
cells that both rows may fill, and three-row cycles, without which forbidden cells can cut the space in two (Rao, Jana
and Bandyopadhyay 1996).

What it cannot show: it fixes each state's total, so it can never show that a state stayed away; only whether those that
came did so in blocs.
"""

from itertools import combinations

import numpy as np
import pandas as pd
from scipy import special

CHAINS = 1000  # independent chains: the Monte-Carlo error of a p of 0.05 is then 0.010
STEPS = 100  # trades a chain; six rows are level after about 25, and the notebook shows where the record's own are
CYCLE_EVERY = 4  # one three-row cycle for so many trades
SEED = 1992
SOLVER = {"gtol": 1e-7, "ftol": 0, "maxiter": 10_000}  # totals are then met to seven digits


def sample(matrix, allowed, chains=CHAINS, steps=STEPS, seed=SEED):
    """Matrices drawn from the degree-preserving null (bool array, chains x rows x columns), and their way there.

    `matrix` and `allowed` are bool arrays, rows x columns; `matrix` must be False where `allowed` is. The second value
    is the mean share of ones that differ from the start after each step (array of `steps`): level means mixed.
    Raises ValueError if a forbidden cell is filled.
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


def _trade(state, i, j, both, rng):
    """One curveball trade between rows i and j in every chain, in place: the cells that one has and the other not,
    within the columns both may fill, are dealt anew, each row keeping its number.
    """
    open_ = (state[:, i] != state[:, j]) & both
    keep = (state[:, i] & open_).sum(axis=1)
    keys = rng.random(open_.shape) + ~open_  # closed cells come last
    last = np.take_along_axis(np.sort(keys, axis=1), np.maximum(keep - 1, 0)[:, None], axis=1)
    mine = open_ & (keys <= last) & (keep > 0)[:, None]
    state[:, i] = mine | (state[:, i] & ~open_)
    state[:, j] = (open_ & ~mine) | (state[:, j] & ~open_)


def _cycle(state, allowed, rng):
    """One three-row cycle tried in every chain, in place: i gives column a for b, j gives b for c, k gives c for a."""
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


def pair_counts(stack):
    """How often each pair of rows is filled together (int array, matrices x rows x rows)."""
    numbers = stack.astype(np.int32)
    return numbers @ numbers.transpose(0, 2, 1)


def pair_tests(incidence, chains=CHAINS, steps=STEPS, seed=SEED):
    """Observed against null co-attendance, one row a pair; `incidence` is `network.incidence` (NaN = not allowed).

    Columns: a, b, together, null_mean, null_sd, z, p (two-sided, add-one, Davison and Hinkley 1997), p_error (its
    Monte-Carlo standard error), q (Benjamini and Hochberg 1995 over the pairs).
    """
    matrix, allowed = as_masked(incidence)
    drawn, _ = sample(matrix, allowed, chains, steps, seed)
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


def q_values(p):
    """Benjamini and Hochberg's (1995) adjusted p values, in the order given (float array)."""
    p = np.asarray(p, float)
    order = p.argsort()[::-1]
    scaled = p[order] * len(p) / np.arange(len(p), 0, -1)
    q = np.empty_like(p)
    q[order] = np.minimum.accumulate(np.minimum(scaled, 1))
    return q


def sdsm_probabilities(matrix):
    """Cell probabilities (float array, rows x columns) of the stochastic degree-sequence model (Neal 2014), by maximum likelihood.

    The log-odds of a cell are the sum of a row's and a column's effect, so that each row and column is expected to hold
    what it holds: the bipartite configuration model (Saracco et al. 2015). It keeps totals only on average and knows no
    forbidden cells: a foil for the fixed-degree null, not a substitute.
    """
    from scipy import optimize  # a fifth of what all else takes to import

    matrix = np.asarray(matrix, float)
    totals = np.concatenate([matrix.sum(axis=1), matrix.sum(axis=0)])

    def log_odds(effects):
        return effects[: len(matrix), None] + effects[len(matrix) :]

    def loss(effects):
        odds = log_odds(effects)
        chance = special.expit(odds)
        excess = np.concatenate([chance.sum(axis=1), chance.sum(axis=0)]) - totals
        return np.logaddexp(0, odds).sum() - totals @ effects, excess

    found = optimize.minimize(loss, np.zeros(len(totals)), jac=True, method="L-BFGS-B", options=SOLVER)
    return special.expit(log_odds(found.x))


def sdsm_p_values(matrix):
    """Upper-tail p of each pair's co-attendance under the stochastic degree-sequence model (array, rows x rows).

    The count is a sum of independent trials, so its distribution is exact by convolution (Poisson-binomial).
    """
    matrix = np.asarray(matrix, bool)
    chance = sdsm_probabilities(matrix)
    seen = pair_counts(matrix[None])[0]
    p = np.full(seen.shape, np.nan)
    for i, j in combinations(range(len(matrix)), 2):
        p[i, j] = p[j, i] = poisson_binomial_tail(chance[i] * chance[j], seen[i, j])
    return p


def poisson_binomial_tail(chances, at_least):
    """P(at least so many successes) in independent trials with these chances."""
    distribution = np.ones(1)
    for chance in chances:
        distribution = np.convolve(distribution, [1 - chance, chance])
    return float(min(1.0, distribution[int(at_least) :].sum()))


def as_masked(incidence):
    """The pair (matrix, allowed) of bool arrays that `sample` takes, from a frame in which NaN is not allowed."""
    return (incidence == 1).to_numpy(), incidence.notna().to_numpy()


def planted_bloc(states, exercises, seed, within=0.9, across=0.2):
    """A simulated incidence matrix (bool array) with two blocs of states: each exercise is called by one bloc, whose
    members come with probability `within`, the others with `across`.
    """
    rng = np.random.default_rng(seed)
    bloc = np.arange(states) < states // 2
    called_by_first = rng.random(exercises) < 0.5
    chance = np.where(bloc[:, None] == called_by_first, within, across)
    return rng.random((states, exercises)) < chance


def compare_on(matrices, chains=CHAINS):
    """How both models judge pairs of simulated records with planted blocs, as a dict: records, pairs inside blocs, and how
    many of them have q < 0.05 in the direction of togetherness by each model.
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
