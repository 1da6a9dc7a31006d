"""Paired differences: what common random numbers give, and what they save."""

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.special import stdtrit

from engager_sim.scenarios.fitted_parameters import Drawn
from engager_sim.statistics.intervals import estimate, mean_and_interval


class PairedDifference(NamedTuple):
    """A mean difference over replicates with its interval.

    ``independent`` is how many replicates of each scenario it would take with independent seeds for
    an interval as narrow; NaN where it cannot be said, infinite where there is no difference.
    ``chance``, ``parameters`` and ``structure`` are as in
    :class:`~engager_sim.statistics.intervals.Estimate`.
    """

    mean: float
    low: float
    high: float
    n: int
    independent: float
    chance: float = math.nan
    parameters: float = math.nan
    structure: float = math.nan


def paired_difference(
    base: npt.NDArray[np.float64],
    other: npt.NDArray[np.float64],
    drawn: Drawn | None = None,
    level: float = 0.95,
) -> PairedDifference:
    """Average the difference other less base, replicate by replicate, with Student's t-interval.

    Parameters
    ----------
    base, other : float64 array, shape (replicates,)
        The same replicates; those without a value on either side are left out.
    drawn : Drawn, optional
        Under which parameters each was run, if they were drawn.
    """
    difference = other - base
    mean, low, high, count, *spread = estimate(difference, drawn, level)
    # An interval over parameters does not shrink as replicates are added: nothing to compare with.
    if count < 2 or drawn is not None:
        return PairedDifference(mean, low, high, count, math.nan, *spread)
    known = ~np.isnan(difference)
    first, second, difference = base[known], other[known], difference[known]
    unpaired = float(np.var(first, ddof=1) + np.var(second, ddof=1))
    paired = float(np.var(difference, ddof=1))
    if paired == 0.0:
        independent = math.inf if unpaired > 0.0 else float(count)
    else:
        independent = count * unpaired / paired
    return PairedDifference(mean, low, high, count, independent, *spread)


def independent_difference(
    base: npt.NDArray[np.float64], other: npt.NDArray[np.float64], level: float = 0.95
) -> PairedDifference:
    """Average the difference of two independent sets of replicates, with Welch's interval."""
    first, second = base[~np.isnan(base)], other[~np.isnan(other)]
    count = min(len(first), len(second))
    if count == 0:
        return PairedDifference(math.nan, math.nan, math.nan, 0, math.nan)
    mean = float(np.mean(second) - np.mean(first))
    if count < 2:
        return PairedDifference(mean, math.nan, math.nan, count, math.nan)
    parts = np.array([np.var(first, ddof=1) / len(first), np.var(second, ddof=1) / len(second)])
    total = float(parts.sum())
    if total == 0.0:
        return PairedDifference(mean, mean, mean, count, float(count))
    freedom = total**2 / float(parts[0] ** 2 / (len(first) - 1) + parts[1] ** 2 / (len(second) - 1))
    half = float(stdtrit(freedom, 0.5 + level / 2.0)) * math.sqrt(total)
    return PairedDifference(mean, mean - half, mean + half, count, float(count))


def replicates_for(
    pilot: npt.NDArray[np.float64], half_width: float, most: int, level: float = 0.95
) -> int:
    """Count the replicates after which an interval is narrow enough: Stein's second stage.

    The interval that keeps the pilot's variance and degrees of freedom covers at its nominal rate
    however large the second stage turns out, because that stage's size depends on the pilot's
    variance and not on its mean. Stopping as soon as a growing sample looks narrow enough does not
    have this property.

    Parameters
    ----------
    pilot : float64 array, shape (replicates,)
        Paired differences of the first stage; with fewer than two values none are added.
    half_width : float
        The wanted distance from the mean to either end, above 0.
    most : int
        Never more than this.

    References
    ----------
    Stein, C. (1945). A two-sample test for a linear hypothesis whose power is independent of the
    variance. Annals of Mathematical Statistics 16, 243-258.
    """
    known = pilot[~np.isnan(pilot)]
    if len(known) < 2:
        return len(pilot)
    quantile = float(stdtrit(len(known) - 1, 0.5 + level / 2.0))
    ratio = quantile * float(np.std(known, ddof=1)) / half_width
    # Replicates without a value make room for others at the rate at which the pilot had them.
    wanted = min(float(most), ratio * ratio * len(pilot) / len(known))
    return max(len(pilot), math.ceil(wanted))


def stein_interval(
    differences: npt.NDArray[np.float64], pilot: int, level: float = 0.95
) -> tuple[float, float, float]:
    """Average all differences; the interval has the pilot's variance and degrees of freedom.

    Returns
    -------
    mean, low, high : float
    """
    first = differences[:pilot]
    known = first[~np.isnan(first)]
    every = differences[~np.isnan(differences)]
    if len(known) < 2:
        return mean_and_interval(every, level)
    mean = float(np.mean(every))
    quantile = float(stdtrit(len(known) - 1, 0.5 + level / 2.0))
    half = quantile * float(np.std(known, ddof=1)) / math.sqrt(len(every))
    return mean, mean - half, mean + half
