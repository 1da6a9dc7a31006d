"""How what is seen with noise is distributed without it: the likeliest mixture of given atoms."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.optimize import nnls

type Numbers = npt.NDArray[np.float64]

STEPS = 300
GAP = 0.01
"""How far the logarithm of the likelihood may stay below its maximum."""
ADDED = 10
"""Atoms that a step may give weight for the first time."""
RISE = 1.0 / 3.0
"""Share of the rise that a step promises which it must bring, or it is halved."""
LEAST = 1e-9
"""A weight that is left out."""


class Mixture(NamedTuple):
    """Weights of atoms, at least 0, that sum to 1; and the logarithm of their likelihood."""

    weights: Numbers
    likelihood: float


def likeliest_mixture(logarithms: Numbers, counts: Numbers) -> Mixture:
    """Weigh atoms so that what was seen is as likely as it can be.

    A constrained Newton method: atoms that would raise the likelihood most are added to those that
    have weight, and the likelihood of all of these, taken as quadratic, is maximised by least
    squares without negative weights.

    Parameters
    ----------
    logarithms : float64 array, shape (cells, atoms)
        Of how likely each atom makes what was seen, up to a constant of each cell.
    counts : float64 array, shape (cells,)
        How often it was seen.

    References
    ----------
    Wang, Y. (2007). On fast computation of the non-parametric maximum likelihood estimate of a
    mixing distribution. Journal of the Royal Statistical Society B 69, 185-198.
    """
    peaks = logarithms.max(axis=1)
    scaled = np.exp(logarithms - peaks[:, np.newaxis])
    number = counts.sum()

    def fit(weights: Numbers) -> float:
        with np.errstate(divide="ignore"):
            return float(counts @ np.log(scaled @ weights))

    weights = np.full(scaled.shape[1], 1.0 / scaled.shape[1])
    for _ in range(STEPS):
        slopes = (counts / (scaled @ weights)) @ scaled - number
        if slopes.max() < GAP:
            break
        steepest = np.argsort(-slopes, kind="stable")[:ADDED]
        added = steepest[slopes[steepest] > 0.0]
        # The weight of what one man shows: far below it, what he shows is nowhere near quadratic.
        with_one = weights * (1.0 - 1.0 / number)
        with_one[added] += 1.0 / number / len(added)
        if fit(with_one) > fit(weights):
            weights = with_one
        fitted = scaled @ weights
        weighed = np.union1d(np.flatnonzero(weights), added)
        aim = np.zeros_like(weights)
        aim[weighed] = _quadratic_maximum(scaled[:, weighed] / fitted[:, np.newaxis], counts)
        promised = float((counts / fitted) @ scaled @ aim - number)
        weights = _uphill(weights, aim, promised, fit)
    return Mixture(weights, float(counts @ peaks) + fit(weights))


def _quadratic_maximum(ratios: Numbers, counts: Numbers) -> Numbers:
    """Maximise the likelihood as far as its second derivatives tell: weights that sum to 1."""
    rows = np.sqrt(counts / counts.sum())[:, np.newaxis] * (ratios - 2.0)
    target = np.append(np.zeros(len(counts)), 1.0)
    found, _ = nnls(np.vstack([rows, np.ones(rows.shape[1])]), target)
    return np.asarray(found / found.sum())


def _uphill(
    weights: Numbers, aim: Numbers, promised: float, fit: Callable[[Numbers], float]
) -> Numbers:
    """Go towards the aim as far as the likelihood rises by a fair share of what is promised."""
    start, share = fit(weights), 1.0
    while share > LEAST:
        there = (1.0 - share) * weights + share * aim
        there = np.where(there < LEAST, 0.0, there)
        there /= there.sum()
        if fit(there) - start >= RISE * share * promised:
            return there
        share /= 2.0
    return weights
