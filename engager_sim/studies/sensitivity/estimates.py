"""Indices of one outcome with intervals that resample replicates as well as points."""

import contextlib
import copy
import dataclasses
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from engager_sim.errors import UsageError
from engager_sim.studies.sensitivity.methods import Method
from engager_sim.studies.sensitivity.salib_calls import (
    ROWS_OF_A_BLOCK,
    Indices,
    Problem,
    repeatable,
)

INTERVAL = (2.5, 50.0, 97.5)
CONVERGENCE = (8, 4, 2)
"""Parts of the samples at which indices are estimated again, to see them settle."""


@dataclass(frozen=True)
class Estimates:
    """Indices and their bootstrap resamples.

    Attributes
    ----------
    values : dict of str to float64 array
        Index by name: a value per factor or group, or a matrix for second order.
    resampled : dict of str to float64 array
        The same with one more axis in front, a resample each.
    blocks : int
        Blocks of the design that were used; blocks with a failed point are left out.
    of : int
        Blocks that were asked for.
    """

    values: Indices
    resampled: Indices
    blocks: int
    of: int

    def interval(self, index: str) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        """Give both ends of an index's 95% interval."""
        return interval_around(self.values[index], self.resampled[index])


def interval_around(
    value: npt.NDArray[np.float64], drawn: npt.NDArray[np.float64]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Lay the spread of resamples about their own median around an estimate.

    Some indices of resamples are off as a whole, because a resample repeats points; their spread
    still says how sure the estimate is.

    Parameters
    ----------
    value : float64 array
        Estimates.
    drawn : float64 array
        With one more axis in front, a resample each.

    Returns
    -------
    low, high : float64 arrays
        Ends of the 95% interval; NaN where there is no estimate.
    """
    known = ~np.isnan(drawn).all(axis=0)
    low, high = np.full(known.shape, np.nan), np.full(known.shape, np.nan)
    if not known.any():
        return low, high
    below, middle, above = np.nanpercentile(drawn[:, known], INTERVAL, axis=0)
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
        The factors as SALib wants them.
    units : float64 array, shape (points, factors)
        The design.
    values : float64 array, shape (points, replicates)
        The outcome; NaN where a run has none.
    lucks : int
        How many replicates, one after the other, share one draw of the parameters; they are drawn
        again together.
    """

    names: list[str]
    problem: Problem
    units: npt.NDArray[np.float64]
    values: npt.NDArray[np.float64]
    lucks: int = 1

    def replicates_again(self, rng: np.random.Generator) -> npt.NDArray[np.int64]:
        """Draw replicates with replacement, those of one draw of the parameters together."""
        groups = np.arange(self.values.shape[1]).reshape(-1, self.lucks)
        return np.asarray(groups[rng.choice(len(groups), size=len(groups))].ravel())


def estimate(method: Method, response: Response, seed: int, resamples: int) -> Estimates:
    """Estimate a method's indices.

    Every resample draws replicates with replacement, the same for all points because they share
    their luck, and, where the design allows, blocks of points with replacement.

    Luck that is left in the means of few replicates makes every factor look as if it did something.
    Drawing replicates again adds as much luck a second time; what that adds to an index is taken
    off the estimate.

    Raises
    ------
    UsageError
        If the method needs every point and one failed, or too few parts of its design are whole.
    """
    size = _block_size(method, response)
    blocks = _whole_blocks(method, response, size)
    of = len(response.units) // size
    rng = np.random.default_rng([seed, 1])
    replicates = response.values.shape[1]
    values = _analyse(method, response, blocks, size, np.arange(replicates), seed)
    values = _less_luck(method, response, blocks, size, seed, values, max(20, resamples // 4))
    drawn: list[Indices] = []
    for _ in range(resamples):
        chosen = response.replicates_again(rng)
        places = np.arange(len(blocks))
        if method.rows_per_block is not None:
            places = np.asarray(rng.choice(len(blocks), size=len(blocks)))
        drawn.append(_analyse(method, response, blocks[places], size, chosen, seed))
    resampled = {name: np.stack([each[name] for each in drawn]) for name in values}
    return Estimates(values, resampled, len(blocks), of)


def _less_luck(
    method: Method,
    response: Response,
    blocks: npt.NDArray[np.int64],
    size: int,
    seed: int,
    values: Indices,
    resamples: int,
) -> Indices:
    """Take off each index what drawing replicates again adds to it."""
    if response.values.shape[1] == response.lucks:
        return values
    rng = np.random.default_rng([seed, 2])
    drawn = [
        _analyse(method, response, blocks, size, response.replicates_again(rng), seed)
        for _ in range(resamples)
    ]
    less = {}
    for name, value in values.items():
        again = np.stack([each[name] for each in drawn])
        added = np.full(value.shape, 0.0)
        known = ~np.isnan(again).all(axis=0)
        added[known] = np.nanmedian(again[:, known], axis=0) - value[known]
        less[name] = value - added
    return less


def converging(
    method: Method, response: Response, seed: int, resamples: int
) -> dict[int, Estimates]:
    """Estimate the indices again from the first eighth, quarter and half of the samples.

    Returns
    -------
    dict of int to Estimates
        By number of samples; empty for a design of which no part can be left out.
    """
    if not method.settles:
        return {}
    size = _block_size(method, response)
    blocks = len(response.units) // size
    found = {}
    for part in CONVERGENCE:
        count = blocks // part
        if count >= method.least_samples:
            rows = count * size
            units, values = response.units[:rows], response.values[:rows]
            part_of = dataclasses.replace(response, units=units, values=values)
            with contextlib.suppress(UsageError):  # too few of the first points have an outcome
                found[count] = estimate(method, part_of, seed, resamples)
    return found


def _block_size(method: Method, response: Response) -> int:
    if method.rows_per_block is None:
        return len(response.units)
    return method.rows_per_block(len(response.names), len(response.units))


def _whole_blocks(method: Method, response: Response, size: int) -> npt.NDArray[np.int64]:
    known = ~np.isnan(response.values).all(axis=1)
    whole = known.reshape(-1, size).all(axis=1)
    blocks = np.flatnonzero(whole)
    if method.rows_per_block is None and not whole.all():
        raise UsageError(
            f"{method.label} needs an outcome at every point, and {int((~known).sum())} have none",
            fix="see runs/ for the reasons, or choose a method such as sobol or morris",
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
    blocks: npt.NDArray[np.int64],
    size: int,
    replicates: npt.NDArray[np.int64],
    seed: int,
) -> Indices:
    rows = (blocks[:, None] * size + np.arange(size)).ravel()
    with repeatable(seed) as salib_seed:
        means = np.nanmean(response.values[rows][:, replicates], axis=1)
        # A point none of whose drawn replicates has a value stands at its mean over all of them.
        means = np.where(np.isnan(means), np.nanmean(response.values[rows], axis=1), means)
        if np.ptp(means) == 0.0:
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
