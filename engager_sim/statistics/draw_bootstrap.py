"""A bootstrap over draws of the parameters: parts of a spread, and how likely one is higher.

It says how well the parts are known, and how likely it is that an expected difference is above 0.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from engager_sim.scenarios.fitted_parameters import Drawn
from engager_sim.statistics.variance_parts import DrawMeans, VarianceParts, variance_parts

type Numbers = npt.NDArray[np.float64]

RESAMPLES, SEED = 400, 16
FEWEST_DRAWS = 10
"""Draws from which a resample of them says something; a judgement."""
LEVEL = 0.95


class PartEnds(NamedTuple):
    """Ends of the 95% intervals of the three parts, as standard deviations; NaN with few draws."""

    chance_low: float
    chance_high: float
    parameters_low: float
    parameters_high: float
    structure_low: float
    structure_high: float


class Probability(NamedTuple):
    """How likely an expectation is above 0, with a 95% interval; NaN where it cannot be said."""

    probability: float
    low: float
    high: float


UNKNOWN_ENDS = PartEnds(*[np.nan] * 6)
UNKNOWN = Probability(np.nan, np.nan, np.nan)


class DrawBootstrap:
    """Resamples, with replacement, of the draws under which some replicates were run.

    The same draws have the same resamples for every outcome.

    Parameters
    ----------
    drawn : Drawn
        Under which parameters each replicate was run.
    """

    def __init__(self, drawn: Drawn) -> None:
        self._drawn = drawn
        self._numbers = np.unique(drawn.draws)
        count = len(self._numbers)
        rng = np.random.default_rng(SEED)
        self._weights = rng.multinomial(count, np.full(count, 1.0 / count), RESAMPLES).astype(float)

    def part_ends(self, values: Numbers) -> PartEnds:
        """Give the intervals of the parts of the spread of single runs (percentiles).

        Parameters
        ----------
        values : float64 array, shape (replicates,)
            NaN where a replicate has no value.
        """
        known = self._known(values)
        if known is None:
            return UNKNOWN_ENDS
        draws, weights = known
        parts = variance_parts(draws, weights)
        ends = [_ends(np.sqrt(part)) for part in parts[:3]]
        return PartEnds(*(end for pair in ends for end in pair))

    def probability_above_0(self, differences: Numbers) -> Probability:
        """Say how likely the expectation of a difference is above 0, over draws and theories.

        The means of draws scatter by Monte Carlo error too. They are drawn together about their
        mean until they vary as expectations do, whose variance is that between draws less the
        noise; the probability is the share of draws that then lie above 0. It is averaged over
        the resamples, whose percentiles are its interval, made no narrower than Wilson's for as
        many draws. Where a difference is 0 in every replicate, neither side is above: one half.

        Parameters
        ----------
        differences : float64 array, shape (replicates,)
            NaN where a replicate has no value.

        References
        ----------
        Louis, T. A. (1984). Estimating a population of parameter values using Bayes and empirical
        Bayes methods. Journal of the American Statistical Association 79, 393-398.
        """
        from statsmodels.stats.proportion import proportion_confint  # takes a second to import

        known = self._known(differences)
        if known is None:
            return UNKNOWN
        draws, weights = known
        if not draws.means.any() and not draws.squares.any():
            return Probability(0.5, 0.5, 0.5)
        shares = _shares_above_0(draws, weights, variance_parts(draws, weights))
        if np.isnan(shares).all():
            return UNKNOWN
        probability, (low, high) = float(np.nanmean(shares)), _ends(shares)
        count = len(draws.means)
        least, most = proportion_confint(probability * count, count, 1.0 - LEVEL, method="wilson")
        return Probability(probability, min(low, float(least)), max(high, float(most)))

    def _known(self, values: Numbers) -> tuple[DrawMeans, Numbers] | None:
        """Average by draw, with the weights of the draws that have a value; None with too few."""
        known = ~np.isnan(values)
        numbers = np.unique(self._drawn.draws[known])
        if len(numbers) < FEWEST_DRAWS:
            return None
        columns = np.searchsorted(self._numbers, numbers)
        return DrawMeans.of(values[known], self._drawn.of(known)), self._weights[:, columns]


def _ends(resampled: Numbers) -> tuple[float, float]:
    tail = 50.0 * (1.0 - LEVEL)
    if np.isnan(resampled).all():
        return np.nan, np.nan
    low, high = np.nanpercentile(resampled, [tail, 100.0 - tail])
    return float(low), float(high)


def _shares_above_0(draws: DrawMeans, weights: Numbers, parts: VarianceParts) -> Numbers:
    """Give, of each resample, the weight of the draws whose expectation lies above 0.

    A draw's expectation is ``centre + s (mean - centre)``, with ``s`` the square root of the share
    of the variance between means that is not noise: above 0 where its mean is above
    ``centre (1 - 1/s)``. With no such share, all expectations are the centre.
    """
    order = np.argsort(draws.means)
    means, cumulated = draws.means[order], np.cumsum(weights[:, order], axis=1)
    total = cumulated[:, -1]
    left = np.maximum(0.0, parts.between - parts.noise)
    with np.errstate(divide="ignore", invalid="ignore"):
        bounds = parts.centre * (1.0 - np.sqrt(parts.between / left))
    alike = left == 0.0
    bounds = np.where(alike, 0.0, bounds)
    padded = np.column_stack([np.zeros(len(weights)), cumulated])
    rows = np.arange(len(weights))
    below = padded[rows, np.searchsorted(means, bounds, side="left")]
    up_to = padded[rows, np.searchsorted(means, bounds, side="right")]
    shares = 1.0 - (below + up_to) / 2.0 / total
    shares = np.where(alike, (np.sign(parts.centre) + 1.0) / 2.0, shares)
    return np.where(np.isnan(parts.noise), np.nan, shares)
