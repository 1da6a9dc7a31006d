"""The reference table: points drawn from the prior, simulated, and their figures."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.stats import qmc

from engager_sim.designs.design import Design
from engager_sim.designs.execution.blocks import blocks_of
from engager_sim.designs.execution.carry_out import carry_out
from engager_sim.designs.execution.executors import Executor
from engager_sim.designs.execution.outcome_runs import OutcomeRuns
from engager_sim.designs.execution.store import Memory, Store, outcomes_of
from engager_sim.designs.factors import Factor
from engager_sim.scenarios.fitted_parameters import STRUCTURE
from engager_sim.studies.calibrate.settings import CalibrationSettings
from engager_sim.studies.calibrate.targets import Target

type Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class ReferenceTable:
    """Simulated points and their figures."""

    factors: tuple[Factor, ...]  # what is fitted, the structure excepted
    units: Numbers  # (points, factors): the points on the unit cube of the prior
    # (points,): which rival theory each point has; 0 throughout if there is one only.
    rivals: npt.NDArray[np.int64]
    # (points, targets): means over replicates, in the order of the study's fitted targets, then
    # those held out.
    figures: Numbers
    noise: Numbers  # (targets,): Monte Carlo standard errors of those means

    def of(self, chosen: npt.NDArray[np.int64]) -> "ReferenceTable":
        """Give the table of some of the points."""
        return ReferenceTable(
            self.factors, self.units[chosen], self.rivals[chosen], self.figures[chosen], self.noise
        )


def prior_design(settings: CalibrationSettings) -> tuple[Numbers, Design]:
    """Draw points from the prior: a scrambled Sobol' sequence over the factors' ranges.

    They are given on the unit cube, shape (points, factors), and as a design of runs.
    """
    seed = settings.study.seed
    units = prior_units(settings, settings.points, seed)
    return units, design_at(settings, values_at(settings, units), seed)


def prior_units(settings: CalibrationSettings, points: int, seed: int) -> Numbers:
    """Draw points of the unit cube, shape (points, factors)."""
    factors = len(settings.study.factors)
    sampler = qmc.Sobol(factors, scramble=True, rng=np.random.default_rng(seed))
    return np.asarray(sampler.random(points))


def values_at(settings: CalibrationSettings, units: Numbers) -> Numbers:
    """Turn points of the unit cube into values of the factors, shape (points, factors)."""
    factors = zip(settings.study.factors, units.T, strict=True)
    return np.stack([factor.from_unit(column) for factor, column in factors], axis=1)


def values_of(
    settings: CalibrationSettings, units: Numbers, rivals: npt.NDArray[np.int64]
) -> Numbers:
    """Turn points into values of every factor, the structure's included.

    Parameters
    ----------
    units : float64 array, shape (points, factors but the structure)
    rivals : int64 array, shape (points,)
        The rival theory of each.
    """
    shares = iter(units.T)
    columns = [
        rivals.astype(np.float64) if factor.path == STRUCTURE else factor.from_unit(next(shares))
        for factor in settings.study.factors
    ]
    return np.stack(columns, axis=1)


def design_at(settings: CalibrationSettings, values: Numbers, seed: int) -> Design:
    """Make the runs at some points, each with independent replicates.

    Random numbers common to all points would move every figure alike, and no fit could see it.
    """
    study = settings.study
    return Design(
        scenarios=study.scenarios,
        factors=study.factors,
        values=values,
        seed=seed,
        columns=study.columns,
        first_replicates=(0,),
        replicates_apart=study.replicates,
    )


def simulated(design: Design, replicates: int, executor: Executor) -> Memory:
    """Carry out a design's runs and keep them in memory."""
    store, workload = Memory(), OutcomeRuns(design)
    carry_out(workload, blocks_of(workload, replicates), store, executor)
    return store


def figures_of(
    settings: CalibrationSettings, design: Design, store: Store
) -> tuple[Numbers, Numbers]:
    """Compute every target's figure, shape (points, targets), and its Monte Carlo error.

    That is the root mean square over points of the standard error by leaving one replicate out
    (jackknife).
    """
    names = [column.name for column in design.columns]
    responses = outcomes_of(store, design, settings.study.replicates, names)[:, 0]
    rows = {column: row for row, column in enumerate(design.columns)}
    figures, noise = [], []
    for target in settings.all_targets:
        runs = responses[[rows[column] for column in target.columns]]
        figures.append(_figure(target, runs))
        count = runs.shape[2]
        left_out = np.stack(
            [_figure(target, np.delete(runs, replicate, axis=2)) for replicate in range(count)]
        )
        variance = (count - 1.0) * left_out.var(axis=0)
        noise.append(float(np.sqrt(np.nanmean(variance))))
    return np.stack(figures, axis=1), np.array(noise)


def reference_table(
    settings: CalibrationSettings, units: Numbers, design: Design, store: Store
) -> ReferenceTable:
    """Read the reference table from the runs.

    Points without one of the fitted figures are left out. Figures that are held out decide nothing,
    not even this, and may be missing.
    """
    figures, noise = figures_of(settings, design, store)
    whole = ~np.isnan(figures[:, : len(settings.targets)]).any(axis=1)
    paths = [factor.path for factor in design.factors]
    sizes = [column for column, path in enumerate(paths) if path != STRUCTURE]
    rivals = np.zeros(len(units), np.int64)
    if STRUCTURE in paths:
        rivals = design.values[:, paths.index(STRUCTURE)].astype(np.int64)
    return ReferenceTable(
        tuple(design.factors[column] for column in sizes),
        units[whole][:, sizes],
        rivals[whole],
        figures[whole],
        noise,
    )


def _figure(target: Target, runs: Numbers) -> Numbers:
    """Compute a target's figure from runs of shape (outcomes, points, replicates)."""
    counts = (~np.isnan(runs)).sum(axis=2)
    sums = np.nansum(runs, axis=2)
    means = np.where(counts > 0, sums / np.maximum(counts, 1), np.nan)
    return target.measure(list(means))
