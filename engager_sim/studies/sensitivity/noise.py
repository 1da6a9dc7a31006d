"""How much of an outcome's variance is mere chance, how much parameters that were drawn."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt


class ChanceShares(NamedTuple):
    """The variance of single runs divided by its sources, and what is left of chance in means.

    ``factors``, ``common_luck``, ``own_luck``, ``parameters`` and ``parameters_with_factors`` add
    up to 1: what the factors do; what a replicate does at every point alike, because points share
    the dice; what luck is left; what a draw of the parameters does at every point alike; and what
    it does otherwise at other points. The last two are 0 where nothing was drawn.
    ``chance_in_means`` is the share of the variance between points' means that other replicates, or
    other draws, would change. All are NaN where chance cannot be told from the factors.
    """

    factors: float
    common_luck: float
    own_luck: float
    parameters: float
    parameters_with_factors: float
    chance_in_means: float


UNKNOWN = ChanceShares._make([np.nan] * len(ChanceShares._fields))


class Layout(NamedTuple):
    """Mean squares of a crossed layout of points and replicates, or draws."""

    between_points: float
    common: float
    own: float


def chance_shares(values: npt.NDArray[np.float64], lucks: int = 1) -> ChanceShares:
    """Divide the variance of an outcome between factors, chance and drawn parameters.

    Parameters
    ----------
    values : float64 array, shape (points, replicates)
        Points with a missing value are left out.
    lucks : int
        How many replicates, one after the other, share one draw of the parameters.

    Notes
    -----
    Components of variance of a crossed random layout without repetition: the residual mean square
    holds luck that is not shared between points (and the interaction of luck with the factors).
    Where parameters were drawn, draws are crossed with points and luck is nested in draws.
    """
    whole = values[~np.isnan(values).any(axis=1)]
    points, replicates = whole.shape
    if points < 2 or replicates < 2 * lucks:
        return UNKNOWN
    by_draw = whole.reshape(points, -1, lucks)
    means = by_draw.mean(axis=2)
    draws = means.shape[1]
    crossed = _layout(means)
    common_luck, own_luck = crossed.common, crossed.own
    parameters = with_factors = 0.0
    if lucks > 1:
        common_luck, own_luck = _luck_within(by_draw - means[:, :, np.newaxis])
        parameters = max(0.0, crossed.common - common_luck / lucks)
        with_factors = max(0.0, crossed.own - own_luck / lucks)
    factors = max(0.0, crossed.between_points - crossed.own / draws)
    parts = np.array([factors, common_luck, own_luck, parameters, with_factors])
    if parts.sum() == 0.0:
        return UNKNOWN
    in_means = 1.0
    if crossed.between_points > 0.0:
        in_means = min(1.0, crossed.own / draws / crossed.between_points)
    return ChanceShares._make([*(parts / parts.sum()).tolist(), in_means])


def _layout(values: npt.NDArray[np.float64]) -> Layout:
    points, columns = values.shape
    by_point, by_column = values.mean(axis=1), values.mean(axis=0)
    residual = values - by_point[:, None] - by_column[None, :] + values.mean()
    own = float((residual**2).sum() / ((points - 1) * (columns - 1)))
    common = max(0.0, float(by_column.var(ddof=1)) - own / points)
    return Layout(float(by_point.var(ddof=1)), common, own)


def _luck_within(apart: npt.NDArray[np.float64]) -> tuple[float, float]:
    """Estimate common and own luck from what replicates of one draw differ by.

    Parameters
    ----------
    apart : float64 array, shape (points, draws, lucks)
        Values less their mean over the lucks of a draw.
    """
    points, draws, lucks = apart.shape
    alike = apart.mean(axis=0)
    freedom = draws * (lucks - 1)
    own = float(((apart - alike) ** 2).sum() / ((points - 1) * freedom))
    return max(0.0, float((alike**2).sum()) / freedom - own / points), own
