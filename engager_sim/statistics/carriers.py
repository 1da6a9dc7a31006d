"""Which parameters carry the spread of outcomes between draws: a sparse fit, and how stable it is.

Each outcome is fitted by the ten parameters that orthogonal matching pursuit chooses one after the
other, in many resamples of the draws; what is chosen in few of them is chosen by chance.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

type Numbers = npt.NDArray[np.float64]

MOST = 10
"""Parameters that a fit may have."""
RESAMPLES, SEED = 100, 17
ROUNDING = 1e-9
SINGULAR = 1e-12
"""What is added to products of columns with themselves, should two columns be the same."""


class Carriers(NamedTuple):
    """How often each parameter is among the ten, and what it does when it is.

    Attributes
    ----------
    frequency : float64 array, shape (parameters, outcomes)
        Share of the resamples in which it is among the ten.
    effect : float64 array, shape (parameters, outcomes)
        By how much the outcome moves per standard deviation of the parameter, the others of the ten
        held fixed: mean over these resamples, NaN where there is none.
    explained : float64 array, shape (outcomes,)
        Share of the variance between the means of draws that the ten explain in draws that a
        resample leaves out: median over resamples, at least 0. Monte Carlo error is part of that
        variance.
    """

    frequency: Numbers
    effect: Numbers
    explained: Numbers


def find_carriers(parameters: Numbers, outcomes: Numbers) -> Carriers:
    """Choose parameters in resamples of the draws.

    Parameters
    ----------
    parameters : float64 array, shape (draws, parameters)
    outcomes : float64 array, shape (draws, outcomes)
        Mean of each draw; NaN, which tells nothing, stands at the mean of the others.

    Notes
    -----
    Parameters and outcomes that do not vary are never chosen, and have nothing to choose.

    References
    ----------
    Meinshausen, N. and Bühlmann, P. (2010). Stability selection. Journal of the Royal Statistical
    Society B 72, 417-473.
    """
    x, _ = _standardised(parameters)
    middle = np.nanmean(outcomes, axis=0)
    y, scales = _standardised(np.where(np.isnan(outcomes), middle, outcomes))
    rng, draws = np.random.default_rng(SEED), len(x)
    chosen = np.zeros((x.shape[1], y.shape[1]))
    sums, explained = np.zeros_like(chosen), []
    for _ in range(RESAMPLES):
        inside = rng.choice(draws, draws)
        outside = np.setdiff1d(np.arange(draws), inside)
        weights, intercepts = _fit(x[inside], y[inside])
        chosen += weights != 0.0
        sums += weights
        left = y[outside] - x[outside] @ weights - intercepts
        of_nothing = y[outside] - y[inside].mean(axis=0)
        with np.errstate(divide="ignore", invalid="ignore"):
            explained.append(1.0 - (left**2).sum(axis=0) / (of_nothing**2).sum(axis=0))
    with np.errstate(divide="ignore", invalid="ignore"):
        effect = sums / chosen * scales
    return Carriers(chosen / RESAMPLES, effect, np.maximum(0.0, np.median(explained, axis=0)))


def _standardised(values: Numbers) -> tuple[Numbers, Numbers]:
    """Subtract means and divide by standard deviations; what does not vary becomes 0."""
    scales = values.std(axis=0)
    centred = values - values.mean(axis=0)
    return np.where(scales > 0.0, centred / np.where(scales > 0.0, scales, 1.0), 0.0), scales


def _fit(x: Numbers, y: Numbers) -> tuple[Numbers, Numbers]:
    """Fit the ten to each outcome; give weights of shape (parameters, outcomes), and intercepts."""
    centre, middle = x.mean(axis=0), y.mean(axis=0)
    inner, outer = x - centre, y - middle
    size = np.sqrt((inner**2).sum(axis=0))
    varies = size > 0.0
    inner = inner[:, varies] / size[varies]
    weights = np.zeros((x.shape[1], y.shape[1]))
    weights[varies] = _pursue(inner.T @ inner, inner.T @ outer) / size[varies, np.newaxis]
    return weights, middle - centre @ weights


def _pursue(gram: Numbers, products: Numbers) -> Numbers:
    """Choose columns one after the other by orthogonal matching pursuit, for all outcomes at once.

    Each step takes the column with the largest product with what is left of the outcome, and fits
    all that were taken again.

    Parameters
    ----------
    gram : float64 array, shape (columns, columns)
        Products of columns of length 1.
    products : float64 array, shape (columns, outcomes)
        Products of columns and outcomes.

    References
    ----------
    Pati, Y. C., Rezaiifar, R. and Krishnaprasad, P. S. (1993). Orthogonal matching pursuit.
    Asilomar Conference on Signals, Systems and Computers 27, 40-44.
    """
    columns, outcomes = products.shape
    each, left = np.arange(outcomes), products.copy()
    taken = np.zeros((outcomes, 0), np.int64)
    weights = np.zeros((outcomes, 0))
    for _ in range(min(MOST, columns)):
        size = np.abs(left)
        size[taken, each[:, np.newaxis]] = -1.0  # once taken, never again
        taken = np.column_stack([taken, size.argmax(axis=0)])
        among = gram[taken[:, :, np.newaxis], taken[:, np.newaxis, :]]
        among = among + SINGULAR * np.eye(taken.shape[1])
        targets = products[taken, each[:, np.newaxis]]
        weights = np.linalg.solve(among, targets[:, :, np.newaxis])[:, :, 0]
        left = products - np.einsum("otc,ot->co", gram[taken], weights)
    fitted = np.zeros_like(products)
    # Of an outcome that is fitted already, what more is taken weighs nothing but rounding.
    fitted[taken, each[:, np.newaxis]] = np.where(np.abs(weights) > ROUNDING, weights, 0.0)
    return fitted
