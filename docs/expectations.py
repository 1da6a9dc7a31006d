"""What is expected of an outcome under draws of the posterior, with Monte Carlo error removed."""

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

type Numbers = npt.NDArray[np.float64]


def expected_quantiles(
    runs: Numbers, draws: npt.NDArray[np.int64], levels: Sequence[float]
) -> list[float]:
    """Find quantiles of an outcome's expectation over draws; NaN where no run has a value.

    Means of the replicates under a draw are drawn together about their mean by the part of their
    variance that is Monte Carlo error.

    Parameters
    ----------
    runs : float64 array, shape (replicates,)
    draws : int64 array, shape (replicates,)
        Under which draw each was run; at least two under most.
    """
    known = np.isfinite(runs)
    if not known.any():
        return [math.nan] * len(levels)
    _, groups = np.unique(draws[known], return_inverse=True)
    sizes = np.bincount(groups)
    means = np.bincount(groups, runs[known]) / sizes
    squares = np.bincount(groups, (runs[known] - means[groups]) ** 2)
    noise = float(squares.sum() / np.maximum(1, (sizes - 1).sum()) * (1.0 / sizes).mean())
    total = float(means.var(ddof=1)) if len(means) > 1 else 0.0
    kept = math.sqrt(max(0.0, total - noise) / total) if total > 0.0 else 1.0
    quantiles = np.quantile(means.mean() + kept * (means - means.mean()), levels)
    return [float(each) for each in quantiles]
