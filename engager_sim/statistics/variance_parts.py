"""Monte Carlo error, parameters and rival theories as parts of the variance between single runs.

A nested analysis of variance: within draws of the parameters lies Monte Carlo error, between draws
of one theory lie parameters, between theories lies structure. Draws carry weights, so that a
bootstrap over draws divides many resamples at once.
"""

from typing import NamedTuple, Self

import numpy as np
import numpy.typing as npt

from engager_sim.scenarios.fitted_parameters import Drawn

type Numbers = npt.NDArray[np.float64]


class DrawMeans(NamedTuple):
    """One outcome by draw of the parameters, over the replicates that have a value.

    Each an array of shape (draws,): the mean of a draw's replicates, the sum of their squared
    deviations from it, how many they are, and the number of the draw's rival theory.
    """

    means: Numbers
    squares: Numbers
    counts: npt.NDArray[np.int64]
    rivals: npt.NDArray[np.int64]

    @classmethod
    def of(cls, values: Numbers, drawn: Drawn) -> Self:
        """Average the replicates of each draw; none of the values is NaN."""
        _, first, draw_of = np.unique(drawn.draws, return_index=True, return_inverse=True)
        counts = np.bincount(draw_of)
        means = np.bincount(draw_of, weights=values) / counts
        squares = np.bincount(draw_of, weights=(values - means[draw_of]) ** 2)
        return cls(means, squares, counts, drawn.rivals[first])


class VarianceParts(NamedTuple):
    """Variances between single runs, each an array with an element per set of weights.

    ``noise`` is what Monte Carlo error makes of the variance ``between`` the means of draws, about
    their weighted mean ``centre``.
    """

    chance: Numbers
    parameters: Numbers
    structure: Numbers
    noise: Numbers
    between: Numbers
    centre: Numbers


def variance_parts(draws: DrawMeans, weights: Numbers) -> VarianceParts:
    """Divide the variance between single runs.

    Parts that cannot be told from Monte Carlo error are 0; all are NaN where no draw has two
    replicates, because nothing then tells them apart.

    Parameters
    ----------
    draws : DrawMeans
        Two draws or more.
    weights : float64 array, shape (sets, draws)
        How often each draw counts.
    """
    means, squares, counts, rivals = draws
    number = weights.sum(axis=1)
    freedom = weights @ (counts - 1.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        chance = np.where(freedom > 0.0, weights @ squares / freedom, np.nan)
        noise = chance * (weights @ (1.0 / counts)) / number
        centre = weights @ means / number
        # About the overall mean, so that squares lose no digits.
        off = means - means.mean()
        between = (weights @ off**2 - (weights @ off) ** 2 / number) / (number - 1.0)
        groups = [weights * (rivals == rival) for rival in np.unique(rivals)]
        within, shares, centres = np.zeros(len(weights)), [], []
        for group in groups:
            size = group.sum(axis=1)
            sums = group @ off
            within += np.where(size > 0.0, group @ off**2 - sums**2 / size, 0.0)
            shares.append(size / number)
            centres.append(np.where(size > 0.0, sums / size, 0.0))
        share, middle = np.array(shares), np.array(centres)
        present = (share > 0.0).sum(axis=0)
        # A draw for each theory: what they differ by may be either.
        alone = number <= present
        inside = np.where(alone, between, within / (number - present))
        spread = (share * (middle - (share * middle).sum(axis=0)) ** 2).sum(axis=0)
        of_noise = ((1.0 - share) * (share > 0.0)).sum(axis=0) * inside / number
        structure = np.where(alone, 0.0, np.maximum(0.0, spread - of_noise))
    structure = np.where(np.isnan(noise), np.nan, structure)
    parameters = np.maximum(0.0, inside - noise)
    return VarianceParts(chance, parameters, structure, noise, between, centre)
