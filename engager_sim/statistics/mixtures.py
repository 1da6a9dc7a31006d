"""How what is seen with noise is distributed without it: the likeliest mixture of given atoms."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

type Numbers = npt.NDArray[np.float64]

CYCLES = 1000
LEFT = 0.1
"""Share of its weight that a prolonged step leaves an atom at least."""
GAP = 0.05
"""How far the logarithm of the likelihood may stay below its maximum."""


class Mixture(NamedTuple):
    """Weights of atoms, at least 0, that sum to 1; and the logarithm of their likelihood."""

    weights: Numbers
    likelihood: float


def likeliest_mixture(logarithms: Numbers, counts: Numbers) -> Mixture:
    """Weigh atoms so that what was seen is as likely as it can be.

    Steps of expectation and maximisation, two at a time, each pair prolonged along its own
    direction as long as the likelihood rises (SQUAREM).

    Parameters
    ----------
    logarithms : float64 array, shape (cells, atoms)
        Of how likely each atom makes what was seen, up to a constant of each cell.
    counts : float64 array, shape (cells,)
        How often it was seen.

    References
    ----------
    Laird, N. (1978). Nonparametric maximum likelihood estimation of a mixing distribution. Journal
    of the American Statistical Association 73, 805-811.
    Varadhan, R. and Roland, C. (2008). Simple and globally convergent methods for accelerating the
    convergence of any EM algorithm. Scandinavian Journal of Statistics 35, 335-353.
    """
    number = counts.sum()
    peaks = logarithms.max(axis=1)
    scaled = np.exp(logarithms - peaks[:, np.newaxis])

    def gradient(weights: Numbers) -> Numbers:
        slope: Numbers = (counts / (scaled @ weights)) @ scaled
        return slope / number

    def fit(weights: Numbers) -> float:
        return float(counts @ np.log(scaled @ weights))

    weights = np.full(scaled.shape[1], 1.0 / scaled.shape[1])
    for _ in range(CYCLES):
        slope = gradient(weights)
        if number * (slope.max() - 1.0) < GAP:
            break
        once = weights * slope
        twice = once * gradient(once)
        first, second = once - weights, twice - 2.0 * once + weights
        length = max(1.0, np.linalg.norm(first) / max(np.linalg.norm(second), 1e-300))
        far = weights + 2.0 * length * first + length * length * second
        far = np.maximum(LEFT * twice, far)  # an atom without weight would never have any again
        far /= far.sum()
        weights = far if fit(far) > fit(twice) else twice
    return Mixture(weights, float(counts @ peaks) + fit(weights))
