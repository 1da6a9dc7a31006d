"""How much of an outcome's variance is Monte Carlo noise, and how much drawn parameters."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from engager_sim.designs.draw_groups import balanced_replicates
from engager_sim.statistics.rounding import least_difference, without_rounding

type Numbers = npt.NDArray[np.float64]


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


def variance_shares(values: Numbers, draws: npt.NDArray[np.int64] | None = None) -> VarianceShares:
    """Divide the variance of an outcome between factors, noise and drawn parameters.

    Parameters
    ----------
    values : float64 array, shape (points, replicates)
        Points or replicates with a missing value are left out, whichever leaves more.
    draws : int64 array, shape (replicates,), optional
        Number of each replicate's posterior draw, if parameters were drawn. A last odd replicate,
        and those of draws that were used once more than others, are left out.

    Notes
    -----
    Components of variance of a crossed random layout without repetition: the residual mean square
    holds noise that is not shared between points (and the interaction of noise with the factors).
    Where parameters were drawn, draws are crossed with points and replicates are nested in draws.
    """
    draws = np.arange(values.shape[1]) if draws is None else draws
    by_draw = whole_part(values, balanced_replicates(draws))
    points, used, replicates_per_draw = by_draw.shape
    unknown = VarianceShares._make([*[np.nan] * 6, points, used * replicates_per_draw])
    if points < 2 or used < 2:
        return unknown
    least = least_difference(values)
    means = by_draw.mean(axis=2)
    between, common, own = _crossed_components(means)
    common_noise, own_noise = common, own
    parameters = with_factors = 0.0
    if replicates_per_draw > 1:
        common_noise, own_noise = _noise_within_draws(by_draw - means[:, :, np.newaxis])
        parameters = max(0.0, common - common_noise / replicates_per_draw)
        with_factors = max(0.0, own - own_noise / replicates_per_draw)
    factors = max(0.0, between - own / used)
    parts = np.array([factors, common_noise, own_noise, parameters, with_factors])
    parts = without_rounding(parts, least**2)
    if parts.sum() == 0.0:
        return unknown
    # Where all points have one mean, no share of their variance is anything's.
    in_means = min(1.0, own / used / between) if between > least**2 else np.nan
    counts = (points, used * replicates_per_draw)
    return VarianceShares._make([*(parts / parts.sum()).tolist(), in_means, *counts])


def whole_part(values: Numbers, by_draw: npt.NDArray[np.int64]) -> Numbers:
    """Keep as many runs as can be of which every point has every replicate.

    Replicates of one draw, of shape (draws, replicates of each), stay together. Those with most
    values are taken first, and the points that have them all.

    Returns
    -------
    float64 array, shape (points, draws, replicates of each)
    """
    missing = np.isnan(values)[:, by_draw].any(axis=2)
    order = np.argsort(missing.sum(axis=0), kind="stable")
    lacks = np.logical_or.accumulate(missing[:, order], axis=1)
    whole_points = (~lacks).sum(axis=0)
    draws = np.arange(1, len(order) + 1)
    # Two of each are the least that can be divided: what has them comes before what has not.
    enough = (whole_points > 1) & (draws > 1)
    best = int(np.lexsort((whole_points * draws, enough))[-1])
    return np.asarray(values[~lacks[:, best]][:, by_draw[np.sort(order[: best + 1])]])


def _crossed_components(values: Numbers) -> tuple[float, float, float]:
    """Give the variance of the points' means, that of the columns, and the residual mean square."""
    points, columns = values.shape
    by_point, by_column = values.mean(axis=1), values.mean(axis=0)
    residual = values - by_point[:, None] - by_column[None, :] + values.mean()
    own = float((residual**2).sum() / ((points - 1) * (columns - 1)))
    common = max(0.0, float(by_column.var(ddof=1)) - own / points)
    return float(by_point.var(ddof=1)), common, own


def _noise_within_draws(deviations: Numbers) -> tuple[float, float]:
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
