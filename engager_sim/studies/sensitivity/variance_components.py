"""How much of an outcome's variance is Monte Carlo noise, and how much drawn parameters."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from engager_sim.statistics.rounding import least_difference, without_rounding


class VarianceShares(NamedTuple):
    """The variance of single runs divided by its sources, and the noise left in points' means.

    ``factors``, ``common_noise``, ``own_noise``, ``parameters`` and ``parameters_with_factors`` add
    up to 1: what the factors do; what a replicate does at every point alike, because points share
    random numbers; the remaining noise; what a posterior draw does at every point alike; and what
    it does otherwise at other points. The last two are 0 where nothing was drawn.
    ``noise_in_means`` is the share of the variance between points' means that other replicates, or
    other draws, would change. All are NaN where noise cannot be separated from the factors, or
    nothing varies. ``points`` and ``replicates`` are those used: each has all the others' values.
    """

    factors: float
    common_noise: float
    own_noise: float
    parameters: float
    parameters_with_factors: float
    noise_in_means: float
    points: int
    replicates: int


def variance_shares(
    values: npt.NDArray[np.float64], replicates_per_draw: int = 1
) -> VarianceShares:
    """Divide the variance of an outcome between factors, noise and drawn parameters.

    Parameters
    ----------
    values : float64 array, shape (points, replicates)
        Points or replicates with a missing value are left out, whichever leaves more.
    replicates_per_draw : int
        How many replicates, one after the other, share one posterior draw.

    Notes
    -----
    Components of variance of a crossed random layout without repetition: the residual mean square
    holds noise that is not shared between points (and the interaction of noise with the factors).
    Where parameters were drawn, draws are crossed with points and replicates are nested in draws.
    """
    whole = whole_part(values, replicates_per_draw)
    points, replicates = whole.shape
    unknown = VarianceShares._make([*[np.nan] * 6, points, replicates])
    if points < 2 or replicates < 2 * replicates_per_draw:
        return unknown
    least = least_difference(values)
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
    parts = without_rounding(parts, least**2)
    if parts.sum() == 0.0:
        return unknown
    # Where all points have one mean, no share of their variance is anything's.
    in_means = min(1.0, own / draws / between) if between > least**2 else np.nan
    return VarianceShares._make([*(parts / parts.sum()).tolist(), in_means, points, replicates])


def whole_part(
    values: npt.NDArray[np.float64], replicates_per_draw: int
) -> npt.NDArray[np.float64]:
    """Keep as many runs as can be of which every point has every replicate.

    Replicates of one draw stay together. Those with most values are taken first, and the points
    that have them all.
    """
    missing = np.isnan(values).reshape(len(values), -1, replicates_per_draw).any(axis=2)
    order = np.argsort(missing.sum(axis=0), kind="stable")
    lacks = np.logical_or.accumulate(missing[:, order], axis=1)
    whole_points = (~lacks).sum(axis=0)
    draws = np.arange(1, len(order) + 1)
    # Two of each are the least that can be divided: what has them comes before what has not.
    enough = (whole_points > 1) & (draws > 1)
    best = int(np.lexsort((whole_points * draws, enough))[-1])
    columns = np.sort(order[: best + 1])[:, np.newaxis] * replicates_per_draw
    return values[~lacks[:, best]][:, (columns + np.arange(replicates_per_draw)).ravel()]


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
