"""The rival's fit: to the same figures as the agent-based model, by the same method."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.stats import qmc

from docs.rival.figures import figures_of
from docs.rival.parameters import PARAMETERS, values_at
from engager_sim.studies.calibrate.abc import resampled
from engager_sim.studies.calibrate.posterior import Fitting, possible_observations
from engager_sim.studies.calibrate.reference_table import ReferenceTable
from engager_sim.studies.calibrate.settings import CalibrationSettings
from engager_sim.studies.calibrate.targets import FIT, Target

STUDY = Path(__file__).parents[2] / "experiments" / "calibrate.toml"
"""The agent-based model's calibration: its targets, points, share accepted, draws and seed."""
BATCH = 2048
"""Points whose matrices are held in memory together."""

type Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Fit:
    """The fitted rival."""

    targets: tuple[Target, ...]  # those of which it has a value
    units: Numbers  # (draws, parameters): equally likely points on the unit cube of the prior
    predicted: Numbers  # (draws, targets): figures at these points, with errors of observation


def fit(settings: CalibrationSettings) -> Fit:
    """Fit the rival to those targets that are to be fitted and of which it has a value."""
    seed = settings.study.seed
    known = with_value(settings.all_targets)
    fitted = [target for target in known if target.role == FIT]
    fitting = fitting_of(fitted, prior_units(settings.points, seed), settings.accepted, seed)
    posterior = fitting.posterior(possible_observations(fitted))
    drawn = posterior.units[resampled(posterior.weights, settings.draws, seed)]
    return Fit(known, drawn, observed(known, expected(known, drawn), seed ^ 1))


def prior_units(points: int, seed: int) -> Numbers:
    """Draw points of the prior's unit cube: a scrambled Sobol' sequence."""
    sampler = qmc.Sobol(len(PARAMETERS), scramble=True, rng=np.random.default_rng(seed))
    return np.asarray(sampler.random(points))


def with_value(targets: Sequence[Target]) -> tuple[Target, ...]:
    """Choose the targets of which the rival has every outcome."""
    has = figures_of(values_at(np.full((1, len(PARAMETERS)), 0.5)))
    return tuple(
        target for target in targets if all(column.name in has for column in target.columns)
    )


def fitting_of(targets: Sequence[Target], units: Numbers, accepted: float, seed: int) -> Fitting:
    """Make the table of points ready for a fit."""
    figures = expected(targets, units)
    one_theory, exact = np.zeros(len(units), np.int64), np.zeros(len(targets))
    table = ReferenceTable((), units, one_theory, figures, exact)
    return Fitting(table, observed(targets, figures, seed), _errors(targets), accepted)


def expected(targets: Sequence[Target], units: Numbers) -> Numbers:
    """Compute the targets' figures, shape (points, targets)."""
    parts = []
    for first in range(0, len(units), BATCH):
        figures = figures_of(values_at(units[first : first + BATCH]))
        measured = [
            target.measure([figures[column.name] for column in target.columns])
            for target in targets
        ]
        parts.append(np.stack(measured, axis=1))
    return np.concatenate(parts)


def observed(targets: Sequence[Target], figures: Numbers, seed: int) -> Numbers:
    """Add the published figures' errors, all of them: expectations have no Monte Carlo error."""
    drawn = np.random.Generator(np.random.Philox(seed)).standard_normal(figures.shape)
    return np.asarray(figures + _errors(targets) * drawn)


def _errors(targets: Sequence[Target]) -> Numbers:
    return np.array([target.error for target in targets])
