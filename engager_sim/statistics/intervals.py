"""Means over replicates and their intervals: Monte Carlo error, parameters and rival theories.

Where parameters are drawn from a posterior, there are two independent replicates per draw. A nested
analysis of variance divides the spread of single runs: within draws lies Monte Carlo error, between
draws of one theory lie parameters, between theories lies structure.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.special import erfcx, stdtrit

from engager_sim.scenarios.fitted_parameters import Drawn

type Numbers = npt.NDArray[np.float64]


class Estimate(NamedTuple):
    """A mean over replicates, its interval, and where the spread of single runs comes from.

    ``low`` and ``high`` enclose the expectation: with one set of parameters, within Monte Carlo
    error; with drawn ones, over parameters and rival theories as well. ``chance`` (Monte Carlo
    error), ``parameters`` and ``structure`` are standard deviations between single runs; the last
    two are NaN where nothing was drawn, and 0 where they cannot be told from Monte Carlo error:
    the interval still leaves room for as much of them as the replicates leave open. ``n`` counts
    replicates with a value.
    """

    mean: float
    low: float
    high: float
    n: int
    chance: float
    parameters: float
    structure: float


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
    """Divide the spread by a nested analysis of variance: theories, draws, replicates.

    The interval is that of one more expectation like those of the draws (Student's t over draws),
    wider by the Monte Carlo error of the mean itself. The variance of expectations is taken at its
    expectation given its estimate: the estimate is often 0 where noise is large, and the interval
    would then be that of the mean alone.
    """
    _, first, draw_of = np.unique(drawn.draws, return_index=True, return_inverse=True)
    counts = np.bincount(draw_of)
    means = np.bincount(draw_of, weights=values) / counts
    freedom = len(values) - len(means)
    within = float(((values - means[draw_of]) ** 2).sum())
    chance = within / freedom if freedom > 0 else 0.0
    mean = float(means.mean())
    between, noise = float(means.var(ddof=1)), chance * float((1 / counts).mean())
    parameters, structure = _between(means, drawn.rivals[first], noise)
    error = (2.0 * (between**2 / (len(means) - 1) + noise**2 / max(freedom, 1))) ** 0.5
    half = float(stdtrit(len(means) - 1, 0.5 + level / 2.0))
    half *= (_expected(between - noise, error) + between / len(means)) ** 0.5
    return Estimate(
        mean,
        mean - half,
        mean + half,
        len(values),
        float(np.sqrt(chance)) if freedom > 0 else np.nan,
        float(np.sqrt(parameters)),
        float(np.sqrt(structure)),
    )


def _expected(variance: float, error: float) -> float:
    """Expect a variance of which an estimate is known, with its standard error.

    The mean of a normal distribution about the estimate, cut off below 0.
    """
    if error == 0.0:  # nothing varies, neither within draws nor between them
        return 0.0
    density_over_share = (2.0 / np.pi) ** 0.5 / erfcx(-variance / error / 2.0**0.5)
    return float(max(0.0, variance + error * density_over_share))


def _between(means: Numbers, rivals: npt.NDArray[np.int64], noise: float) -> tuple[float, float]:
    """Estimate the variances of draws within a theory and between theories; noise is subtracted."""
    _, rival_of = np.unique(rivals, return_inverse=True)
    counts = np.bincount(rival_of)
    centres = np.bincount(rival_of, weights=means) / counts
    freedom = len(means) - len(counts)
    if freedom == 0:  # a draw for each theory: what they differ by may be either
        return max(0.0, float(means.var(ddof=1)) - noise), 0.0
    inside = float(((means - centres[rival_of]) ** 2).sum()) / freedom
    parameters = max(0.0, inside - noise)
    if len(counts) < 2:
        return parameters, 0.0
    shares = counts / len(means)
    spread = float((shares * (centres - shares @ centres) ** 2).sum())
    of_noise = float((shares * (1.0 - shares) * inside / counts).sum())
    return parameters, max(0.0, spread - of_noise)
