"""How much of an outcome's variance is Monte Carlo noise, and how much drawn parameters."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt


class VarianceShares(NamedTuple):
    """The variance of single runs divided by its sources, and the noise left in points' means.

    ``factors``, ``common_noise``, ``own_noise``, ``parameters`` and ``parameters_with_factors`` add
    up to 1: what the factors do; what a replicate does at every point alike, because points share
    random numbers; the remaining noise; what a posterior draw does at every point alike; and what
    it does otherwise at other points. The last two are 0 where nothing was drawn.
    ``noise_in_means`` is the share of the variance between points' means that other replicates, or
    other draws, would change. All are NaN where noise cannot be separated from the factors.
    """

    factors: float
    common_noise: float
    own_noise: float
    parameters: float
    parameters_with_factors: float
    noise_in_means: float


UNKNOWN = VarianceShares._make([np.nan] * len(VarianceShares._fields))


def variance_shares(
    values: npt.NDArray[np.float64], replicates_per_draw: int = 1
) -> VarianceShares:
    """Divide the variance of an outcome between factors, noise and drawn parameters.

    Parameters
    ----------
    values : float64 array, shape (points, replicates)
        Points with a missing value are left out.
    replicates_per_draw : int
        How many replicates, one after the other, share one posterior draw.

    Notes
    -----
    Components of variance of a crossed random layout without repetition: the residual mean square
    holds noise that is not shared between points (and the interaction of noise with the factors).
    Where parameters were drawn, draws are crossed with points and replicates are nested in draws.
    """
    whole = values[~np.isnan(values).any(axis=1)]
    points, replicates = whole.shape
    if points < 2 or replicates < 2 * replicates_per_draw:
        return UNKNOWN
    by_draw = whole.reshape(points, -1, replicates_per_draw)
    means = by_draw.mean(axis=2)
    draws = means.shape[1]
    between, common, own = _crossed_components(means)
    common_noise, own_noise = common, own
    parameters = with_factors = 0.0
    if replicates_per_draw > 1:
        common_noise, own_noise = _noise_within_draws(by_draw - means[:, :, np.newaxis])
        parameters = max(0.0, common - common_noise / replicates_per_draw)
        with_factors = max(0.0, own - own_noise / replicates_per_draw)
    factors = max(0.0, between - own / draws)
    parts = np.array([factors, common_noise, own_noise, parameters, with_factors])
    if parts.sum() == 0.0:
        return UNKNOWN
    in_means = 1.0
    if between > 0.0:
        in_means = min(1.0, own / draws / between)
    return VarianceShares._make([*(parts / parts.sum()).tolist(), in_means])


def _crossed_components(values: npt.NDArray[np.float64]) -> tuple[float, float, float]:
    """Give the variance of the points' means, that of the columns, and the residual mean square."""
    points, columns = values.shape
    by_point, by_column = values.mean(axis=1), values.mean(axis=0)
    residual = values - by_point[:, None] - by_column[None, :] + values.mean()
    own = float((residual**2).sum() / ((points - 1) * (columns - 1)))
    common = max(0.0, float(by_column.var(ddof=1)) - own / points)
    return float(by_point.var(ddof=1)), common, own


def _noise_within_draws(deviations: npt.NDArray[np.float64]) -> tuple[float, float]:
    """Estimate common and own noise from what replicates of one draw differ by.

    Parameters
    ----------
    deviations : float64 array, shape (points, draws, replicates per draw)
        Values less their mean over the replicates of a draw.
    """
    points, draws, replicates_per_draw = deviations.shape
    common = deviations.mean(axis=0)
    freedom = draws * (replicates_per_draw - 1)
    own = float(((deviations - common) ** 2).sum() / ((points - 1) * freedom))
    return max(0.0, float((common**2).sum()) / freedom - own / points), own
