"""How much of an outcome's variance is mere chance, and how much of that all points share."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt


class ChanceShares(NamedTuple):
    """The variance of single runs divided by its sources, and what is left of chance in means.

    ``factors``, ``common_luck`` and ``own_luck`` add up to 1: what the factors do; what a replicate
    does at every point alike, because points share the dice; and what is left.
    ``chance_in_means`` is the share of the variance between points' means that is chance. All are
    NaN where there is one replicate, for then chance cannot be told from the factors.
    """

    factors: float
    common_luck: float
    own_luck: float
    chance_in_means: float


def chance_shares(values: npt.NDArray[np.float64]) -> ChanceShares:
    """Divide the variance of an outcome between factors and chance, by a two-way layout.

    Parameters
    ----------
    values : float64 array, shape (points, replicates)
        Points with a missing value are left out.

    Notes
    -----
    Components of variance of a crossed random layout without repetition: the residual mean square
    holds luck that is not shared between points (and the interaction of luck with the factors).
    """
    whole = values[~np.isnan(values).any(axis=1)]
    points, replicates = whole.shape
    if points < 2 or replicates < 2:
        return ChanceShares(np.nan, np.nan, np.nan, np.nan)
    by_point, by_replicate = whole.mean(axis=1), whole.mean(axis=0)
    residual = whole - by_point[:, None] - by_replicate[None, :] + whole.mean()
    own = float((residual**2).sum() / ((points - 1) * (replicates - 1)))
    between_points = float(by_point.var(ddof=1))
    common = max(0.0, float(by_replicate.var(ddof=1)) - own / points)
    factors = max(0.0, between_points - own / replicates)
    total = factors + common + own
    if total == 0.0:
        return ChanceShares(np.nan, np.nan, np.nan, np.nan)
    in_means = min(1.0, own / replicates / between_points) if between_points > 0.0 else 1.0
    return ChanceShares(factors / total, common / total, own / total, in_means)
