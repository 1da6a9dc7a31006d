"""Means over replicates and their intervals: Monte Carlo error, parameters and rival theories.

Where parameters are drawn from a posterior, there are two independent replicates per draw, one at
an odd end, more where draws are reused: replicates of one draw are a cluster. A nested analysis of
variance (:mod:`engager_sim.statistics.variance_parts`) divides the spread of single runs.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.special import erfcx, stdtrit

from engager_sim.scenarios.fitted_parameters import Drawn
from engager_sim.statistics.variance_parts import DrawMeans, variance_parts

type Numbers = npt.NDArray[np.float64]


class Estimate(NamedTuple):
    """A mean over replicates, its interval, and where the spread of single runs comes from.

    ``low`` and ``high`` enclose the expectation: with one set of parameters, within Monte Carlo
    error; with drawn ones, over parameters and rival theories as well. ``chance`` (Monte Carlo
    error), ``parameters`` and ``structure`` are standard deviations between single runs; the last
    two are NaN where nothing was drawn or no draw has two replicates, and 0 where they cannot be
    told from Monte Carlo error: the interval still leaves room for as much of them as the
    replicates leave open. ``n`` counts replicates with a value.
    """

    mean: float
    low: float
    high: float
    n: int
    chance: float
    parameters: float
    structure: float

    def within(self, least: float, most: float) -> "Estimate":
        """End the interval where no mean can lie beyond."""
        low, high = (min(max(end, least), most) for end in (self.low, self.high))
        return self._replace(low=low, high=high)


NOTHING = Estimate(np.nan, np.nan, np.nan, 0, np.nan, np.nan, np.nan)


def estimate(values: Numbers, drawn: Drawn | None = None, level: float = 0.95) -> Estimate:
    """Average over replicates, with an interval and the sources of the spread.

    Parameters
    ----------
    values : float64 array, shape (replicates,)
        One value per replicate; NaN where there is none.
    drawn : Drawn, optional
        Under which parameters each was run, if they were drawn.
    level : float
        Coverage of the interval.
    """
    known = ~np.isnan(values)
    valued = values[known]
    if len(valued) == 0:
        return NOTHING
    if drawn is None or len(np.unique(drawn.draws[known])) < 2:
        mean, low, high = mean_and_interval(valued, level)
        spread = float(np.std(valued, ddof=1)) if len(valued) > 1 else np.nan
        return Estimate(mean, low, high, len(valued), spread, np.nan, np.nan)
    return _over_draws(valued, drawn.of(known), level)


def mean_and_interval(values: Numbers, level: float = 0.95) -> tuple[float, float, float]:
    """Average over replicates, with Student's t-interval; one replicate has no interval.

    Parameters
    ----------
    values : float64 array
        One value per replicate, none of them NaN.
    level : float
        Coverage of the interval.

    Returns
    -------
    mean, low, high : float
        NaN where there is nothing to say.
    """
    count = len(values)
    if count == 0:
        return (np.nan, np.nan, np.nan)
    mean = float(np.mean(values))
    if count == 1:
        return (mean, np.nan, np.nan)
    half = float(stdtrit(count - 1, 0.5 + level / 2.0) * np.std(values, ddof=1) / count**0.5)
    return (mean, mean - half, mean + half)


def _over_draws(values: Numbers, drawn: Drawn, level: float) -> Estimate:
    """Divide the spread, and lay an interval about the mean.

    The interval is that of one more expectation like those of the draws (Student's t over draws),
    wider by the Monte Carlo error of the mean itself. The variance of expectations is taken at its
    expectation given its estimate: the estimate is often 0 where noise is large, and the interval
    would then be that of the mean alone.
    """
    draws = DrawMeans.of(values, drawn)
    count, freedom = len(draws.means), len(values) - len(draws.means)
    parts = (float(part[0]) for part in variance_parts(draws, np.ones((1, count))))
    chance, parameters, structure, noise, between, _ = parts
    mean = float(values.mean())
    weights = draws.counts / len(values)
    of_mean = float((weights**2 * (draws.means - mean) ** 2).sum()) * count / (count - 1)
    # Without a second replicate of any draw, all that lies between them may be expectations.
    unseen = 0.0 if freedom == 0 else noise
    error = (2.0 * (between**2 / (count - 1) + unseen**2 / max(freedom, 1))) ** 0.5
    half = float(stdtrit(count - 1, 0.5 + level / 2.0))
    half *= (_expected(between - unseen, error) + of_mean) ** 0.5
    deviations = (part**0.5 for part in (chance, parameters, structure))
    return Estimate(mean, mean - half, mean + half, len(values), *deviations)


def _expected(variance: float, error: float) -> float:
    """Expect a variance of which an estimate is known, with its standard error.

    The mean of a normal distribution about the estimate, cut off below 0.
    """
    if error == 0.0:  # nothing varies, neither within draws nor between them
        return 0.0
    density_over_share = (2.0 / np.pi) ** 0.5 / erfcx(-variance / error / 2.0**0.5)
    return float(max(0.0, variance + error * density_over_share))
