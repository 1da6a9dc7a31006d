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
    deviations: Numbers  # (accepted, targets): from the observed figures, in their errors

    def adjusted(self, values: Numbers) -> Numbers:
        """Move values of the accepted points to where they would be at the observed figures.

        By a weighted linear regression on the deviations. What is left of it is spread as wide as
        a prediction of that regression: residuals are smaller than errors by what was fitted to
        them, and the regression itself is known no better than its points allow. Too few points
        stay where they are.

        Parameters
        ----------
        values : float64 array, shape (accepted, columns)
        """
        predictors = np.column_stack([np.ones(len(values)), self.deviations])
        if len(values) <= 2 * predictors.shape[1]:
            return values
        weighted = predictors * self.weights[:, np.newaxis]
        gram = predictors.T @ weighted + RIDGE * self.weights.sum() * np.eye(predictors.shape[1])
        slopes = np.linalg.solve(gram, weighted.T @ values)
        fitted = np.linalg.solve(gram, weighted.T @ weighted)
        of_level = np.linalg.solve(gram, fitted.T)[0, 0]
        spread = (1.0 + of_level) / (1.0 - np.trace(fitted) / self.weights.sum())
        return np.asarray(slopes[0] + np.sqrt(spread) * (values - predictors @ slopes))


def with_observation_error(
    summaries: Numbers, errors: Numbers, noise: Numbers, seed: int, correlations: Numbers
) -> Numbers:
    """Add to simulated figures the error of the published ones.

    Monte Carlo error is in the simulated means already; only what is missing up to the published
    error is added, so that it is not counted twice; nothing, where there is more already.

    Parameters
    ----------
    summaries : float64 array, shape (points, targets)
    errors, noise : float64 array, shape (targets,)
        Standard errors of the published figures, and Monte Carlo ones of the simulated means.
    correlations : float64 array, shape (targets, targets)
        Of the errors of the published figures.
    """
    missing = errors[:, np.newaxis] * correlations * errors - np.diag(noise**2)
    variances, directions = np.linalg.eigh(missing)
    spread = directions * np.sqrt(np.maximum(variances, 0.0))
    drawn = np.random.Generator(np.random.Philox(seed)).standard_normal(summaries.shape)
    return np.asarray(summaries + drawn @ spread.T)


def distances(summaries: Numbers, observed: Numbers, errors: Numbers) -> Numbers:
    """Measure how far every point's figures lie from observed ones, in their standard errors.

    In units of the prior's spread instead, figures whose error is as large as that spread would
    count as much as sharp ones, and say nothing.
    """
    deviations = (summaries - observed) / errors
    return np.asarray(np.sqrt((deviations * deviations).sum(axis=1)))


def accept(
    summaries: Numbers, observed: Numbers, errors: Numbers, distance: Numbers, bandwidth: float
) -> Accepted:
    """Accept the points within a bandwidth of observed figures.

    Parameters
    ----------
    summaries : float64 array, shape (points, targets)
        Figures of the points, errors of observation included.
    observed, errors : float64 array, shape (targets,)
        The figures to meet, and the unit of distance of each.
    distance : float64 array, shape (points,)
        How far each point lies from them; infinite for one that is never accepted.
    bandwidth : float
        Largest distance.
    """
    rows = np.flatnonzero(distance < bandwidth)
    weights = 1.0 - (distance[rows] / bandwidth) ** 2
    return Accepted(rows, weights, (summaries[rows] - observed) / errors)


def bandwidth_for(distance: Numbers, count: int) -> float:
    """Find the bandwidth within which so many points lie."""
    return float(np.partition(distance, count)[count])


def to_logits(units: Numbers) -> Numbers:
    """Stretch the unit interval, so that what is adjusted stays within a parameter's range."""
    clipped = np.clip(units, EDGE, 1.0 - EDGE)
    return np.asarray(np.log(clipped / (1.0 - clipped)))


def from_logits(logits: Numbers) -> Numbers:
    """Take logits back to the unit interval."""
    return np.asarray(1.0 / (1.0 + np.exp(-logits)))


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
