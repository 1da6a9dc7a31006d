"""Means and shares over simulated trials, and their intervals.

Where parameters are drawn, there are two trials per draw, and an interval encloses the expectation
over draws and theories; otherwise it holds Monte Carlo error alone.
"""

import numpy as np
import numpy.typing as npt
from statsmodels.stats.proportion import proportion_confint

from engager_sim.scenarios.fitted_parameters import Drawn
from engager_sim.statistics.intervals import estimate, mean_and_interval

type Numbers = npt.NDArray[np.float64]
type Interval = tuple[float, float, float]


def average(values: Numbers, drawn: Drawn | None) -> Interval:
    """Average over trials; NaN is left out.

    Parameters
    ----------
    values : float64 array, shape (trials,)
    drawn : Drawn, optional
        Under which parameters each trial was run, if they were drawn.

    Returns
    -------
    mean, low, high : float
    """
    if drawn is None:
        return mean_and_interval(values[~np.isnan(values)])
    mean, low, high, *_ = estimate(values, drawn)
    return mean, low, high


def share(cases: npt.NDArray[np.bool_], drawn: Drawn | None = None) -> Interval:
    """Give the share of simulated trials of which something holds, with its 95% interval.

    Wilson's, of Monte Carlo error alone; where parameters are drawn, that of the expected share. Of
    none or all of the trials there is no spread to expect anything from: Wilson's then.
    """
    if len(cases) == 0:
        return (np.nan, np.nan, np.nan)
    count = int(np.count_nonzero(cases))
    if drawn is not None and 0 < count < len(cases):
        mean, low, high = average(cases.astype(np.float64), drawn)
        return mean, max(0.0, low), min(1.0, high)
    low, high = proportion_confint(count, len(cases), alpha=0.05, method="wilson")
    return (count / len(cases), float(low), float(high))


def difference_of_shares(
    cases: npt.NDArray[np.bool_], others: npt.NDArray[np.bool_], drawn: Drawn | None = None
) -> Interval:
    """Give by how much more of the same trials something holds than something else does.

    Where no trial tells the two apart, the interval is what as many trials leave possible.
    """
    mean, low, high = average(cases.astype(np.float64) - others, drawn)
    if len(cases) and not (cases != others).any():
        most = share(cases != others)[2]
        low, high = -most, most
    return mean, low, high
