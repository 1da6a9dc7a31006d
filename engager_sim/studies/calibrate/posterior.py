"""The posterior given observed figures: over rival theories, and over figures of unknown sign."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from engager_sim.studies.calibrate.abc import (
    accept,
    bandwidth_for,
    distances,
    weighted_quantiles,
    with_observation_error,
)
from engager_sim.studies.calibrate.reference_table import ReferenceTable
from engager_sim.studies.calibrate.settings import CalibrationSettings
from engager_sim.studies.calibrate.targets import Target

LEVELS = np.array([0.05, 0.5, 0.95])
"""Ends and middle of 90% intervals."""

type Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Posterior:
    """Weighted points."""

    units: Numbers  # (accepted, factors): adjusted values on the unit cube of the prior
    weights: Numbers  # (accepted,): normalised
    rivals: npt.NDArray[np.int64]  # (accepted,): which rival theory each belongs to
    # (accepted,): which of the possible observations each was accepted for.
    observations: npt.NDArray[np.int64]

    def quantiles(self) -> Numbers:
        """Give the 5%, 50% and 95% quantiles, shape (3, factors), on the unit cube."""
        return weighted_quantiles(self.units, self.weights, LEVELS)


@dataclass(frozen=True, eq=False)
class Fitting:
    """A reference table made ready: errors of observation added."""

    table: ReferenceTable
    # (points, targets): figures of the fitted targets, errors of observation included.
    summaries: Numbers
    errors: Numbers  # (targets,): units of distance
    share: float  # share of the points that is accepted for each observation

    def posterior(self, observations: Sequence[Numbers]) -> Posterior:
        """Find the posterior given what was observed.

        Parameters
        ----------
        observations : sequence of float64 array, each of shape (targets,)
            What may have been observed, each as likely as the others beforehand.
        """
        rivals = np.unique(self.table.rivals)
        far = [distances(self.summaries, observed, self.errors) for observed in observations]
        count = max(1, int(self.share * len(self.summaries))) * len(observations)
        bandwidth = bandwidth_for(np.concatenate(far), count)
        units, shares, sizes = [], [], []
        sources = list(itertools.product(rivals.tolist(), range(len(observations))))
        for rival, number in sources:
            rows = np.flatnonzero(self.table.rivals == rival)
            points = self.table.units[rows], self.summaries[rows]
            accepted = accept(*points, observations[number], self.errors, bandwidth)
            units.append(accepted.units)
            shares.append(accepted.weights / len(rows))
            sizes.append(len(accepted.rows))
        weights = np.concatenate(shares)
        of_rival, of_observation = np.repeat(np.array(sources), sizes, axis=0).T
        return Posterior(np.concatenate(units), weights / weights.sum(), of_rival, of_observation)

    def without(self, point: int) -> "Fitting":
        """Give the same without one point."""
        kept = np.arange(len(self.summaries)) != point
        return Fitting(self.table.of(kept), self.summaries[kept], self.errors, self.share)


def fitting_of(settings: CalibrationSettings, table: ReferenceTable) -> Fitting:
    """Make a reference table ready for its fitted targets, which come first in it."""
    count = len(settings.targets)
    summaries = with_observation_error(
        table.figures[:, :count], settings.errors[:count], table.noise[:count], settings.study.seed
    )
    errors = np.maximum(settings.errors[:count], table.noise[:count])
    return Fitting(table, summaries, errors, settings.accepted)


def possible_observations(targets: Sequence[Target]) -> list[Numbers]:
    """List what may have been observed: every combination of the targets' possible values."""
    return [
        np.array(values) for values in itertools.product(*(target.values for target in targets))
    ]
