"""Indices of one outcome, with intervals from a bootstrap of replicates and points."""

import contextlib
import copy
import dataclasses
from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt

from engager_sim.designs.draw_groups import replicates_by_draw
from engager_sim.designs.samplers import Numbers, Problem, repeatable
from engager_sim.errors import UsageError
from engager_sim.statistics.rounding import (
    TOLERANCE,
    is_constant,
    least_difference,
    without_rounding,
)
from engager_sim.studies.sensitivity.methods import Method
from engager_sim.studies.sensitivity.salib_analyses import ROWS_OF_A_BLOCK, Indices

type Positions = npt.NDArray[np.int64]

PERCENTILES = (2.5, 50.0, 97.5)
CONVERGENCE = (8, 4, 2)
"""Parts of the samples at which indices are estimated again, to see them settle."""
CHANGES = ("mu_star", "mu", "sigma", "ME")
"""Indices in the unit of the outcome."""
FEWEST_RESAMPLES = 20


def fewer_resamples(resamples: int) -> int:
    """Say how many show a bias, or give an interval that only shows convergence."""
    return max(FEWEST_RESAMPLES, resamples // 4)


@dataclass(frozen=True)
class IndexEstimates:
    """Indices and their bootstrap distribution.

    Attributes
    ----------
    values : dict of str to float64 array
        Index by name: a value per factor or group, or a matrix for second order.
    bootstrap : dict of str to float64 array
        The same with one more axis in front, a resample each.
    blocks : int
        Blocks of the design that were used; blocks with a point without a value are left out.
    of : int
        Blocks that were asked for.
    """

    values: Indices
    bootstrap: Indices
    blocks: int
    of: int

    def interval(self, index: str) -> tuple[Numbers, Numbers]:
        """Give both ends of an index's 95% interval."""
        return interval_around(self.values[index], self.bootstrap[index])


def interval_around(value: Numbers, bootstrap: Numbers) -> tuple[Numbers, Numbers]:
    """Lay the spread of a bootstrap (a resample each along the first axis) around an estimate.

    Some indices of resamples are off as a whole, because a resample repeats points; their spread
    about its own median still says how sure the estimate is. Ends are NaN where there is no
    estimate.
    """
    known = ~np.isnan(bootstrap).all(axis=0)
    low, high = np.full(known.shape, np.nan), np.full(known.shape, np.nan)
    if not known.any():
        return low, high
    below, middle, above = np.nanpercentile(bootstrap[:, known], PERCENTILES, axis=0)
    low[known] = value[known] - (middle - below)
    high[known] = value[known] + (above - middle)
    return low, high


@dataclass(frozen=True)
class Response:
    """What a study observed: the design on the unit cube, and an outcome at each of its points.

    Attributes
    ----------
    names : list of str
        The factors, or the groups where there are groups, in the order of the indices.
    problem : dict
        The factors as SALib takes them.
    units : float64 array, shape (points, factors)
        The design.
    values : float64 array, shape (points, replicates)
        The outcome; NaN where a run has none.
    draws : int64 array, shape (replicates,), optional
        Number of each replicate's posterior draw; the bootstrap draws those of one together.
    """

    names: list[str]
    problem: Problem
    units: Numbers
    values: Numbers
    draws: Positions | None = None

    @property
    def groups(self) -> list[Positions]:
        """The replicates of each posterior draw; each of its own where nothing was drawn."""
        drawn = np.arange(self.values.shape[1]) if self.draws is None else self.draws
        return replicates_by_draw(drawn)

    def draw_replicates(self, rng: np.random.Generator) -> Positions:
        """Draw replicates with replacement, those of one posterior draw together."""
        groups = self.groups
        chosen = rng.choice(len(groups), size=len(groups))
        return np.concatenate([groups[index] for index in chosen])


def estimate_indices(
    method: Method, response: Response, seed: int, resamples: int
) -> IndexEstimates:
    """Estimate a method's indices.

    The bootstrap draws replicates with replacement, the same for all points because they share
    random numbers, and, where the design allows, blocks of points with replacement.

    Monte Carlo error that is left in the means of few replicates inflates total indices, and with
    them every index. A bootstrap of replicates adds as much error a second time; the bias that it
    shows is subtracted.

    Raises
    ------
    UsageError
        If the method needs every point and one has no value, or too few parts of it are whole.
    """
    size = method.block_rows(len(response.names), len(response.units))
    blocks = _whole_blocks(method, response, size)
    analyse = partial(_analyse, method, response, size, seed)
    values = analyse(blocks, np.arange(response.values.shape[1]))
    if len(response.groups) > 1:
        rng, fewer = np.random.default_rng([seed, 2]), fewer_resamples(resamples)
        shown = [analyse(blocks, response.draw_replicates(rng)) for _ in range(fewer)]
        values = _less_bias(values, _stacked(shown))
    rng = np.random.default_rng([seed, 1])
    bootstrap: list[Indices] = []
    for _ in range(resamples):
        replicates = response.draw_replicates(rng)
        chosen = blocks
        if method.rows_per_block is not None:
            chosen = blocks[rng.choice(len(blocks), size=len(blocks))]
        bootstrap.append(analyse(chosen, replicates))
    resampled = _stacked(bootstrap)
    for indices in (values, resampled):
        _remove_rounding(indices, least_difference(response.values))
    return IndexEstimates(values, resampled, len(blocks), len(response.units) // size)


def _remove_rounding(indices: Indices, least: float) -> None:
    """Set to 0, in place, what is rounding: of changes by the outcome's scale, of shares by 1."""
    scales = {**dict.fromkeys(CHANGES, least), "vi": least**2}
    for name, numbers in indices.items():
        indices[name] = without_rounding(numbers, scales.get(name, TOLERANCE))


def _less_bias(values: Indices, bootstrap: Indices) -> Indices:
    """Subtract from each index the bias that a bootstrap of replicates shows."""
    corrected = {}
    for name, value in values.items():
        bias = np.zeros(value.shape)
        known = ~np.isnan(bootstrap[name]).all(axis=0)
        bias[known] = np.nanmedian(bootstrap[name][:, known], axis=0) - value[known]
        corrected[name] = value - bias
    return corrected


def _stacked(resamples: list[Indices]) -> Indices:
    return {name: np.stack([indices[name] for indices in resamples]) for name in resamples[0]}


def converging_estimates(
    method: Method, response: Response, seed: int, resamples: int
) -> dict[int, IndexEstimates]:
    """Estimate the indices again from the first eighth, quarter and half of the samples.

    Returns
    -------
    dict of int to IndexEstimates
        By number of samples; empty for a design of which no part can be left out.
    """
    if not method.settles:
        return {}
    size = method.block_rows(len(response.names), len(response.units))
    blocks = len(response.units) // size
    estimates = {}
    for part in CONVERGENCE:
        count = blocks // part
        if count >= method.least_samples:
            rows = count * size
            units, values = response.units[:rows], response.values[:rows]
            first = dataclasses.replace(response, units=units, values=values)
            with contextlib.suppress(UsageError):  # too few of the first points have an outcome
                estimates[count] = estimate_indices(method, first, seed, resamples)
    return estimates


def _whole_blocks(method: Method, response: Response, size: int) -> Positions:
    known = ~np.isnan(response.values).all(axis=1)
    whole = known.reshape(-1, size).all(axis=1)
    blocks = np.flatnonzero(whole)
    if method.rows_per_block is None and not whole.all():
        raise UsageError(
            f"{method.label} needs an outcome at every point, and {int((~known).sum())} have none",
            fix="choose a method such as sobol or morris",
        )
    least = method.least_samples if method.samples_are_blocks else 2
    if method.rows_per_block is not None and len(blocks) < least:
        raise UsageError(
            f"too few parts of the design have an outcome at every point for {method.label}",
            value=f"{len(blocks)} of {len(whole)}",
            allowed=f"at least {least}",
        )
    return blocks


def _analyse(
    method: Method,
    response: Response,
    size: int,
    seed: int,
    blocks: Positions,
    replicates: Positions,
) -> Indices:
    rows = (blocks[:, None] * size + np.arange(size)).ravel()
    with repeatable(seed) as salib_seed:
        means = np.nanmean(response.values[rows][:, replicates], axis=1)
        # A point none of whose drawn replicates has a value stands at its mean over all of them.
        means = np.where(np.isnan(means), np.nanmean(response.values[rows], axis=1), means)
        if is_constant(means):
            return _nothing_varies(method, len(response.names))
        # A copy, because some analyses add to the problem that they are given.
        problem = copy.deepcopy(response.problem) | {ROWS_OF_A_BLOCK: size}
        try:
            return method.analyse(problem, response.units[rows], means, salib_seed)
        except (RuntimeError, ValueError) as error:
            raise UsageError(
                f"{method.label} cannot analyse this: {error}",
                value=f"{len(blocks)} blocks of points with an outcome",
            ) from error


def _nothing_varies(method: Method, count: int) -> Indices:
    """Give the indices of an outcome that is the same everywhere: no factor matters."""
    return {name: np.zeros((count, count) if name == "S2" else count) for name in method.meanings}
