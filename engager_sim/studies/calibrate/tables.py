"""The tables of a calibration: parameters, their ties, rivals, and every target's figure."""

import itertools
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from engager_sim.scenarios.fitted_parameters import STRUCTURE
from engager_sim.studies.calibrate.posterior import LEVELS, Posterior, possible_observations
from engager_sim.studies.calibrate.reference_table import ReferenceTable
from engager_sim.studies.calibrate.settings import CalibrationSettings
from engager_sim.studies.calibrate.targets import Target

UNIFORM_VARIANCE = 1.0 / 12.0
PRIOR_DRAWS = 1
"""Seed of the draws of the prior with which the posterior's variances are compared."""
STAYED = 0.15
"""A parameter stayed at its prior if its cumulative posterior is nowhere farther from it."""
INFORMED = "informed"
TAUGHT_NOTHING = 0.5
"""A target taught nothing if its predictive interval is wider than this part of the prior's."""

type Numbers = npt.NDArray[np.float64]


def parameters_table(table: ReferenceTable, posterior: Posterior) -> pd.DataFrame:
    """Compare each parameter's posterior with its prior."""
    quantiles = posterior.quantiles()
    variances = np.diag(_covariance(posterior))
    rows = []
    for column, factor in enumerate(table.factors):
        contraction = 1.0 - float(variances[column]) / UNIFORM_VARIANCE
        distance = distance_from_uniform(posterior.units[:, column], posterior.weights)
        verdict = INFORMED if distance >= STAYED else "stayed at its prior"
        low, middle, high = factor.from_unit(quantiles[:, column])
        rows.append(
            (factor.path, factor.meaning, factor.unit, factor.low, factor.high, low, middle, high,
             contraction, distance, verdict)
        )  # fmt: skip
    names = [
        "parameter", "meaning", "unit", "prior_low", "prior_high", "low", "middle", "high",
        "contraction", "distance", "verdict",
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=names)


def distance_from_uniform(units: Numbers, weights: Numbers) -> float:
    """Find the largest distance between a weighted cumulative distribution and the uniform one."""
    order = np.argsort(units, kind="stable")
    after = np.cumsum(weights[order]) / weights.sum()
    before = after - weights[order]
    return float(np.abs(np.stack([after - units[order], before - units[order]])).max())


def ties_table(table: ReferenceTable, posterior: Posterior) -> pd.DataFrame:
    """List the posterior's correlation of every pair of parameters, the strongest first."""
    covariance = _covariance(posterior)
    sizes = np.sqrt(np.diag(covariance))
    correlations = covariance / np.outer(sizes, sizes)
    numbered = enumerate(factor.path for factor in table.factors)
    rows = [
        (first, second, correlations[row, column])
        for (row, first), (column, second) in itertools.combinations(numbered, 2)
    ]
    rows.sort(key=lambda row: -abs(row[2]))
    return pd.DataFrame(rows, columns=["first", "second", "correlation"])


def rivals_table(settings: CalibrationSettings, posterior: Posterior) -> pd.DataFrame:
    """Give the probability of each rival theory and of each possible observation."""
    observed = np.array(possible_observations(settings.targets))[posterior.observations]
    alternatives = [
        (STRUCTURE, str(choice), posterior.rivals == number)
        for factor in settings.study.factors
        if factor.path == STRUCTURE
        for number, choice in enumerate(factor.choices)
    ] + [
        (target.id, f"{value:g}", observed[:, column] == value)
        for column, target in enumerate(settings.targets)
        if len(target.values) > 1
        for value in target.values
    ]
    rows = [
        (about, name, float(posterior.weights[chosen].sum()))
        for about, name, chosen in alternatives
    ]
    return pd.DataFrame(rows, columns=["about", "alternative", "probability"])


def targets_table(
    targets: Sequence[Target], noise: Numbers, prior: Numbers, predicted: Numbers
) -> pd.DataFrame:
    """Hold every target's figure, and each possible value, against prior and posterior.

    Parameters
    ----------
    noise : float64 array, shape (targets,)
        Monte Carlo standard errors of the simulated figures.
    prior, predicted : float64 array, shape (points, targets)
        Predicted observations: figures with errors of observation.
    """
    rows = []
    for column, target in enumerate(targets):
        before, after = (
            np.nanquantile(figures[:, column], LEVELS, method="hazen")
            for figures in (prior, predicted)
        )
        ratio = (after[2] - after[0]) / (before[2] - before[0])
        taught = "nothing" if ratio > TAUGHT_NOTHING else "something"
        rows += [
            (target.id, target.label, target.role, target.mark, target.citation, value,
             target.error, noise[column], *before, *after, after[0] <= value <= after[2],
             (after[1] - value) / target.error, ratio,
             taught if target.role == "fit" else "held out")
            for value in target.values
        ]  # fmt: skip
    names = [
        "target", "label", "role", "mark", "citation", "value", "error", "noise", "prior_low",
        "prior_middle", "prior_high", "low", "middle", "high", "is_inside", "errors_off",
        "width_of_prior", "taught",
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=names)


def directions_informed(posterior: Posterior, figures: int) -> int:
    """Count independent combinations of parameters whose variance fell to less than half.

    It is held against the variance of as many draws of the prior with the same weights: among many
    parameters some combinations of a few draws vary little by chance alone (parallel analysis).
    There are never more than the figures that were fitted: each restricts one combination.
    """
    drawn = np.random.Generator(np.random.Philox(PRIOR_DRAWS)).random(posterior.units.shape)
    by_chance = np.linalg.eigvalsh(_covariance_of(drawn, posterior.weights))
    narrowed = int((np.linalg.eigvalsh(_covariance(posterior)) < 0.5 * by_chance).sum())
    return min(narrowed, figures)


def _covariance(posterior: Posterior) -> Numbers:
    return _covariance_of(posterior.units, posterior.weights)


def _covariance_of(units: Numbers, weights: Numbers) -> Numbers:
    deviations = units - weights @ units
    return np.asarray((deviations * weights[:, np.newaxis]).T @ deviations)
