"""Whether prior and data contradict each other: asked before anything is fitted.

A fit answers whatever it is asked; if the figures lie where the prior hardly goes, it answers from
a corner. So every figure is held against what the prior predicts to be observed, one by one and all
together, also with priors of half their width (Box 1980).

References
----------
Box, G. E. P. (1980). Sampling and Bayes' inference in scientific modelling and robustness. Journal
of the Royal Statistical Society A 143, 383-430.
"""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
import pandas as pd

from engager_sim.designs.execution.executors import Executor
from engager_sim.scenarios.fitted_parameters import STRUCTURE
from engager_sim.studies.calibrate.posterior import Fitting, fitting_of, possible_observations
from engager_sim.studies.calibrate.reference_table import (
    design_at,
    prior_units,
    reference_table,
    simulated,
    values_at,
)
from engager_sim.studies.calibrate.settings import CalibrationSettings
from engager_sim.studies.calibrate.targets import Target

AS_DECLARED, HALF_AS_WIDE = "as declared", "half as wide"
PART, FEWEST = 16, 256
"""Priors of half their width are simulated at a point for so many of the study's, and at least so
many points."""
OTHER_SEED = 2
FARTHEST = 3.0
"""Standard deviations of the prior's prediction beyond which a figure contradicts the prior."""
LEAST_PROBABILITY = 0.01
"""Probability of figures as far off as all together are, below which they contradict the prior."""
TOGETHER = "together"
CONFLICT, NONE = "conflict", "none"

type Numbers = npt.NDArray[np.float64]


def half_as_wide(settings: CalibrationSettings, executor: Executor) -> Fitting:
    """Simulate points of priors of half their width: every value half as far from its median."""
    seed = settings.study.seed ^ OTHER_SEED
    points = min(settings.points, max(FEWEST, settings.points // PART))
    units = 0.25 + 0.5 * prior_units(settings, points, seed)
    structure = [factor.path == STRUCTURE for factor in settings.study.factors]
    units[:, structure] = 2.0 * units[:, structure] - 0.5  # rival theories stay as they are
    design = design_at(settings, values_at(settings, units), seed)
    store = simulated(design, settings.study.replicates, executor)
    table = reference_table(settings, units, design, store)
    return fitting_of(settings, table, settings.error_correlation)


def conflicts_table(targets: tuple[Target, ...], predicted: Numbers, half: Numbers) -> pd.DataFrame:
    """Hold every figure, and all together, against the prior.

    Parameters
    ----------
    targets : tuple of Target
        The fitted ones.
    predicted, half : float64 array, shape (points, targets)
        What priors as declared, and of half their width, predict to be observed.
    """
    rows = [
        row
        for prior, figures in ((AS_DECLARED, predicted), (HALF_AS_WIDE, half))
        for row in (*_one_by_one(targets, figures), *_together(targets, figures))
        for row in [(prior, *row)]
    ]
    names = [
        "prior", "target", "label", "value", "middle", "spread", "deviations", "probability",
        "verdict",
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=names)


def conflict_sentences(conflicts: pd.DataFrame) -> Iterable[str]:
    """Say which figures contradict the prior, for each width of it.

    Of a figure with several possible values all must, and so of all figures together.
    """
    for prior, rows in conflicts.groupby("prior", sort=False):
        found = rows.groupby("target", sort=False)
        off = [name for name, each in found if (each["verdict"] == CONFLICT).all()]
        told = [
            f"all together (probability of figures as far off {each['probability'].max():.2g})"
            if name == TOGETHER
            else f"{each['label'].iloc[0]} ({each['deviations'].abs().min():.1f} standard "
            "deviations off)"
            for name, each in found
            if name in off
        ]
        what = f"conflict with {'; '.join(told)}" if told else "no conflict with the figures"
        yield f"Prior {prior}: {what}."


def _one_by_one(targets: tuple[Target, ...], figures: Numbers) -> Iterable[tuple[object, ...]]:
    means, spreads = figures.mean(axis=0), figures.std(axis=0, ddof=1)
    for target, mean, spread in zip(targets, means.tolist(), spreads.tolist(), strict=True):
        for value in target.values:
            off = (value - mean) / spread
            verdict = CONFLICT if abs(off) > FARTHEST else NONE
            yield target.id, target.label, value, mean, spread, off, np.nan, verdict


def _together(targets: tuple[Target, ...], figures: Numbers) -> Iterable[tuple[object, ...]]:
    """Compare Mahalanobis distances: of the observed figures, and of those the prior predicts."""
    means = figures.mean(axis=0)
    inverse = np.linalg.pinv(np.atleast_2d(np.cov(figures, rowvar=False)))
    predicted = _squared(figures - means, inverse)
    several = [target for target in targets if len(target.values) > 1]
    for observed in possible_observations(targets):
        distance = _squared(observed[np.newaxis] - means, inverse)[0]
        probability = (1.0 + (predicted >= distance).sum()) / (1.0 + len(predicted))
        values = {target.id: value for target, value in zip(targets, observed, strict=True)}
        which = ", ".join(f"{target.label} {values[target.id]:g}" for target in several)
        verdict = CONFLICT if probability < LEAST_PROBABILITY else NONE
        label = f"all figures together{f': {which}' if which else ''}"
        yield TOGETHER, label, np.nan, np.nan, np.nan, np.sqrt(distance), probability, verdict


def _squared(deviations: Numbers, inverse: Numbers) -> Numbers:
    return np.asarray(((deviations @ inverse) * deviations).sum(axis=1))
