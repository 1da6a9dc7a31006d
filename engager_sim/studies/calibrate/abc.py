"""Approximate Bayesian computation on a table of simulated points, with regression adjustment.

Points drawn from the prior are simulated once. For observed figures, the points whose simulated
figures come nearest are accepted, weighted by nearness (Epanechnikov), and moved along a weighted
linear regression to where they would be had they met the figures exactly (Beaumont et al. 2002).
Because the table is simulated once, many observations, made-up ones with known truth among them,
cost nothing more.

References
----------
Beaumont, M. A., Zhang, W. & Balding, D. J. (2002). Approximate Bayesian computation in population
genetics. Genetics 162, 2025-2035.
Wilkinson, R. D. (2013). Approximate Bayesian computation gives exact results under the assumption
of model error. Statistical Applications in Genetics and Molecular Biology 12, 129-141.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

EDGE = 1e-6
"""How near to the ends of its range a prior's point may lie on the logit scale."""
RIDGE = 1e-8

type Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Accepted:
    """Points accepted for one observation."""

    rows: npt.NDArray[np.int64]  # (accepted,): which rows of the table
    # (accepted,): above 0, not normalised: their sum compares rival explanations at one bandwidth.
    weights: Numbers
    units: Numbers  # (accepted, parameters): adjusted values on the unit cube of the prior


def with_observation_error(
    summaries: Numbers, errors: Numbers, noise: Numbers, seed: int
) -> Numbers:
    """Add to simulated figures the error of the published ones.

    Monte Carlo error is in the simulated means already; only what is missing up to the published
    error is added, so that it is not counted twice.

    Parameters
    ----------
    summaries : float64 array, shape (points, targets)
    errors, noise : float64 array, shape (targets,)
        Standard errors of the published figures, and Monte Carlo ones of the simulated means.
    """
    missing = np.sqrt(np.maximum(errors**2 - noise**2, 0.0))
    drawn = np.random.Generator(np.random.Philox(seed)).standard_normal(summaries.shape)
    return np.asarray(summaries + missing * drawn)


def distances(summaries: Numbers, observed: Numbers, errors: Numbers) -> Numbers:
    """Measure how far every point's figures lie from observed ones, in their standard errors.

    In units of the prior's spread instead, figures whose error is as large as that spread would
    count as much as sharp ones, and say nothing.
    """
    deviations = (summaries - observed) / errors
    return np.asarray(np.sqrt((deviations * deviations).sum(axis=1)))


def accept(
    units: Numbers, summaries: Numbers, observed: Numbers, errors: Numbers, bandwidth: float
) -> Accepted:
    """Accept the points within a bandwidth of observed figures and adjust them.

    Parameters
    ----------
    units : float64 array, shape (points, parameters)
        The points on the unit cube of the prior.
    summaries : float64 array, shape (points, targets)
        Their figures, errors of observation included.
    observed, errors : float64 array, shape (targets,)
        The figures to meet, and the unit of distance of each.
    bandwidth : float
        Largest distance.
    """
    distance = distances(summaries, observed, errors)
    rows = np.flatnonzero(distance < bandwidth)
    weights = 1.0 - (distance[rows] / bandwidth) ** 2
    deviations = (summaries[rows] - observed) / errors
    return Accepted(rows, weights, _adjusted(units[rows], deviations, weights))


def bandwidth_for(distance: Numbers, count: int) -> float:
    """Find the bandwidth within which so many points lie."""
    return float(np.partition(distance, count)[count])


def _adjusted(units: Numbers, deviations: Numbers, weights: Numbers) -> Numbers:
    if len(units) <= deviations.shape[1] + 2:
        return units
    clipped = np.clip(units, EDGE, 1.0 - EDGE)
    logits = np.log(clipped / (1.0 - clipped))
    predictors = np.column_stack([np.ones(len(deviations)), deviations])
    weighted = predictors * weights[:, np.newaxis]
    gram = predictors.T @ weighted + RIDGE * weights.sum() * np.eye(predictors.shape[1])
    slopes = np.linalg.solve(gram, weighted.T @ logits)[1:]
    moved = logits - deviations @ slopes
    return np.asarray(1.0 / (1.0 + np.exp(-moved)))


def weighted_quantiles(values: Numbers, weights: Numbers, levels: Numbers) -> Numbers:
    """Find quantiles of weighted values; each weight sits at the middle of its own share.

    Of values of shape (n, columns), the quantiles have the shape (levels, columns).
    """
    quantiles = np.empty((len(levels), values.shape[1]))
    for column in range(values.shape[1]):
        order = np.argsort(values[:, column], kind="stable")
        cumulative = np.cumsum(weights[order])
        at = (cumulative - 0.5 * weights[order]) / cumulative[-1]
        quantiles[:, column] = np.interp(levels, at, values[order, column])
    return quantiles


def resampled(weights: Numbers, count: int, seed: int) -> npt.NDArray[np.int64]:
    """Choose rows in proportion to weights, evenly spaced (systematic resampling).

    They come in random order, so that the first few are as fair a sample as all of them.
    """
    generator = np.random.Generator(np.random.Philox(seed))
    at = (generator.random() + np.arange(count)) / count
    cumulative = np.cumsum(weights) / weights.sum()
    rows = np.minimum(np.searchsorted(cumulative, at), len(weights) - 1)
    return np.asarray(generator.permutation(rows))
