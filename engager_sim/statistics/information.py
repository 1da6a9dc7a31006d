"""What it would be worth to know a parameter before choosing, and which values change the choice.

The gain of each option over the first is fitted by a smooth curve of the parameter over the draws.
Who knows the parameter chooses the option whose curve is highest there.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.interpolate import BSpline

from engager_sim.statistics.expectations import without_noise

type Numbers = npt.NDArray[np.float64]

FREEDOM = 4
"""Degrees of freedom of a curve; a judgement: enough for a bend each way."""
DRAWS_EACH = 10
"""Draws that each degree of freedom of a group's curves must have."""
BEND = 2
"""Degrees of freedom of a curve by which a threshold is looked for: more would turn by chance."""
FREQUENT = 0.9
"""Share of resamples in which a difference must turn; a judgement.

Of parameters that carry nothing, one in thirty turns as often where the mean difference is not told
from 0, and hardly any where it is.
"""
PERMUTATIONS, RESAMPLES, SEED = 100, 200, 18
INSIDE = (0.05, 0.95)
"""Between which quantiles of a parameter a threshold is looked for."""
STEPS = 91
DEPENDENT = 1e-9
"""Below this share of the largest, a singular value is of a column that others make up."""


def partial_information(
    benefits: Numbers, parameters: Numbers, groups: Sequence[Sequence[int]] = ()
) -> tuple[Numbers, Numbers]:
    """Expect the gain from knowing one parameter, or a group of them, before choosing.

    The noise of a fit makes curves wander, as if they told something: the covariance that it adds
    is removed from each, and what the parameter is worth with its values permuted, averaged, is
    subtracted, as the standard deviations that both are proportional to are: squares from squares.

    Parameters
    ----------
    benefits : float64 array, shape (options, draws)
        Means of each draw's replicates, noise and all.
    parameters : float64 array, shape (draws, parameters)
    groups : sequence of sequences of int
        Positions of the members of each group; their curves add up.

    Returns
    -------
    of_parameters : float64 array, shape (parameters,)
        In the units of the benefit, at least 0.
    of_groups : float64 array, shape (groups,)
        None is below that of a member.

    References
    ----------
    Strong, M., Oakley, J. E. and Brennan, A. (2014). Estimating multiparameter partial expected
    value of perfect information from a probabilistic sensitivity analysis sample: a nonparametric
    regression approach. Medical Decision Making 34, 311-326.
    """
    gains = benefits[1:] - benefits[0]
    rng = np.random.default_rng(SEED)
    orders = [rng.permutation(gains.shape[1]) for _ in range(PERMUTATIONS)]
    permuted = [gains[:, order] for order in orders]

    def worth(basis: Numbers) -> float:
        found = _worth(gains, basis)
        zero = np.mean([_worth(shuffled, basis) for shuffled in permuted]) if found > 0.0 else 0.0
        return float(max(0.0, found**2 - zero**2) ** 0.5)

    ones = np.array([worth(_orthonormal(curve_basis(column, column))) for column in parameters.T])
    of_groups = [
        max(worth(_group_basis(parameters[:, list(group)])), *ones[list(group)]) for group in groups
    ]
    return ones, np.array(of_groups)


def _worth(gains: Numbers, basis: Numbers) -> float:
    """Give what the choice by curves gains, the noise of the fit removed from them."""
    draws, freedom = basis.shape
    means = gains.mean(axis=1, keepdims=True)
    fitted = (gains - means) @ basis @ basis.T
    left = gains - means - fitted
    noise = left @ left.T / (draws - 1 - freedom) * freedom / (draws - 1)
    curves = means + without_noise(fitted, noise)
    best = np.maximum(0.0, curves.max(axis=0)).mean()
    return float(best - max(0.0, means.max()))


def curve_basis(values: Numbers, at: Numbers, freedom: int = FREEDOM) -> Numbers:
    """Give columns whose sums are the smooth curves of a parameter: cubic B-splines.

    Parameters
    ----------
    values : float64 array, shape (draws,)
        The parameter; knots stand at its quantiles.
    at : float64 array, shape (points,)
        Where columns are evaluated, within the range of the values.
    freedom : int
        Of the curves, beside a constant: a straight line (1), a parabola (2), a cubic curve (3),
        or one with knots.

    Returns
    -------
    float64 array, shape (points, columns)
        They sum to 1.
    """
    low, high = float(values.min()), float(values.max())
    if low == high:
        return np.ones((len(at), 1))
    degree = min(freedom, 3)
    inner = np.unique(np.quantile(values, np.linspace(0.0, 1.0, freedom - degree + 2)[1:-1]))
    inner = inner[(inner > low) & (inner < high)]
    knots = np.concatenate([[low] * (degree + 1), inner, [high] * (degree + 1)])
    columns: Numbers = BSpline.design_matrix(at, knots, degree).toarray()
    return columns


def _group_basis(parameters: Numbers) -> Numbers:
    draws, members = parameters.shape
    freedom = int(np.clip(draws // (DRAWS_EACH * members), 1, FREEDOM))
    return _orthonormal(
        np.hstack([curve_basis(column, column, freedom) for column in parameters.T])
    )


def _orthonormal(basis: Numbers) -> Numbers:
    """Make columns orthonormal, without the constant and what others make up."""
    left, sizes, _ = np.linalg.svd(basis - basis.mean(axis=0), full_matrices=False)
    return left[:, sizes > DEPENDENT * max(sizes[0], 1.0)]


class Threshold(NamedTuple):
    """Where another option becomes the better one.

    Attributes
    ----------
    parameter : int
        Its position.
    value : float
        At which the expected difference is 0.
    above : bool
        Whether the other option is better above it, rather than below.
    frequency : float
        Share of resamples of the draws in which the difference turns, in the same direction, within
        the central 90% of the parameter.
    """

    parameter: int
    value: float
    above: bool
    frequency: float


def thresholds(leads: Numbers, parameters: Numbers) -> list[Threshold]:
    """Find the values of parameters at which another option becomes better than the best.

    Parameters
    ----------
    leads : float64 array, shape (draws,)
        The best option less the other, means of each draw's replicates.
    parameters : float64 array, shape (draws, parameters)

    Returns
    -------
    list of Threshold
        One of each parameter whose curve turns within its central 90% in most resamples, where it
        is nearest the median; most have none. The most frequent are first.
    """
    draws = len(leads)
    rng = np.random.default_rng(SEED)
    weights = rng.multinomial(draws, np.full(draws, 1.0 / draws), RESAMPLES).astype(float)
    weights = np.vstack([np.ones(draws), weights])
    found = [_turn(leads, column, weights, place) for place, column in enumerate(parameters.T)]
    often = [turn for turn in found if turn is not None and turn.frequency >= FREQUENT]
    return sorted(often, key=lambda turn: -turn.frequency)


def _turn(leads: Numbers, values: Numbers, weights: Numbers, place: int) -> Threshold | None:
    """Find where the curve of all draws is 0, and how many resampled curves are 0 somewhere too."""
    low, high = np.quantile(values, INSIDE)
    at = np.linspace(low, high, STEPS)
    basis = curve_basis(values, values, BEND)
    columns = basis.shape[1]
    squares = basis[:, :, np.newaxis] * basis[:, np.newaxis, :]
    gram = (weights @ squares.reshape(len(basis), -1)).reshape(-1, columns, columns)
    products = (weights * leads) @ basis
    inverse = np.linalg.pinv(gram, hermitian=True)
    curves = (inverse @ products[:, :, np.newaxis])[:, :, 0] @ curve_basis(values, at, BEND).T
    falls = (curves[:, :-1] > 0.0) & (curves[:, 1:] <= 0.0)
    rises = (curves[:, :-1] <= 0.0) & (curves[:, 1:] > 0.0)
    steps = np.flatnonzero(falls[0] | rises[0])
    if len(steps) == 0:
        return None
    step = int(steps[np.abs(at[steps] - np.median(values)).argmin()])
    before, after = curves[0, step], curves[0, step + 1]
    value = float(at[step] + (at[step + 1] - at[step]) * before / (before - after))
    above = bool(falls[0, step])
    turns = (falls if above else rises)[1:].any(axis=1)
    return Threshold(place, value, above, float(turns.mean()))
