"""The posterior given observed figures: over rival theories, and over figures of unknown sign."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from engager_sim.studies.calibrate.abc import (
    Accepted,
    accept,
    bandwidth_for,
    distances,
    from_logits,
    to_logits,
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
    figures: Numbers  # (accepted, targets): adjusted figures, without errors of observation

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
        parts = self.accepted(observations)
        table = self.table
        units = [from_logits(each.adjusted(to_logits(table.units[each.rows]))) for each in parts]
        count = self.summaries.shape[1]
        figures = [each.adjusted(table.figures[each.rows, :count]) for each in parts]
        weights = np.concatenate([each.weights for each in parts])
        sources = itertools.product(self.rivals.tolist(), range(len(observations)))
        sizes = [len(each.rows) for each in parts]
        of_rival, of_observation = np.repeat(np.array(list(sources)), sizes, axis=0).T
        return Posterior(
            np.concatenate(units),
            weights / weights.sum(),
            of_rival,
            of_observation,
            np.concatenate(figures),
        )

    @property
    def rivals(self) -> npt.NDArray[np.int64]:
        """The rival theories that there are."""
        return np.unique(self.table.rivals)

    @property
    def count(self) -> int:
        """How many points are accepted for each observation."""
        points = len(self.summaries)
        return min(max(1, round(self.share * points)), points - 1)

    def accepted(
        self, observations: Sequence[Numbers], left_out: int | None = None
    ) -> list[Accepted]:
        """Accept points of every rival for every observation, within one bandwidth.

        A point may be left out. Weights are per point of a rival, so that rivals compete by the
        share of their points that comes near.
        """
        far = [distances(self.summaries, observed, self.errors) for observed in observations]
        if left_out is not None:
            for distance in far:
                distance[left_out] = np.inf
        bandwidth = bandwidth_for(np.concatenate(far), self.count * len(observations))
        parts = []
        for rival in self.rivals.tolist():
            of_rival = self.table.rivals == rival
            for observed, distance in zip(observations, far, strict=True):
                of_it = np.where(of_rival, distance, np.inf)
                each = accept(self.summaries, observed, self.errors, of_it, bandwidth)
                parts.append(replace(each, weights=each.weights / of_rival.sum()))
        return parts

    def of(self, rows: npt.NDArray[np.int64]) -> "Fitting":
        """Give the same with some of the points, of which as many are accepted."""
        share = min(1.0, self.count / len(rows))
        return Fitting(self.table.of(rows), self.summaries[rows], self.errors, share)


def fitting_of(
    settings: CalibrationSettings, table: ReferenceTable, within_a_sample: float
) -> Fitting:
    """Make a reference table ready for its fitted targets, which come first in it.

    Parameters
    ----------
    within_a_sample : float
        Correlation of the errors of figures of one sample.
    """
    count = len(settings.targets)
    errors, noise = settings.errors[:count], table.noise[:count]
    correlations = settings.correlations(within_a_sample)[:count, :count]
    summaries = with_observation_error(
        table.figures[:, :count], errors, noise, settings.study.seed, correlations
    )
    return Fitting(table, summaries, np.maximum(errors, noise), settings.accepted)


def possible_observations(targets: Sequence[Target]) -> list[Numbers]:
    """List what may have been observed: every combination of the targets' possible values."""
    return [
        np.array(values) for values in itertools.product(*(target.values for target in targets))
    ]
