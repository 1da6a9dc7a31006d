"""The reference table: points drawn from the prior, simulated, and their figures."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.stats import qmc

from engager_sim.designs.design import Design
from engager_sim.designs.execution.store import Store, responses_of
from engager_sim.designs.factors import Factor
from engager_sim.scenarios.fitted_parameters import STRUCTURE
from engager_sim.studies.calibrate.settings import CalibrationStudy
from engager_sim.studies.calibrate.targets import Target

type Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class ReferenceTable:
    """Simulated points and their figures.

    Attributes
    ----------
    factors : tuple of Factor
        What is fitted, the structure excepted.
    units : float64 array, shape (points, factors)
        The points on the unit cube of the prior.
    rivals : int64 array, shape (points,)
        Which rival theory each point has; 0 throughout if there is one only.
    figures : float64 array, shape (points, targets)
        Means over replicates, in the order of the study's fitted targets, then those held out.
    noise : float64 array, shape (targets,)
        Standard error of those means through the luck of replicates.
    """

    factors: tuple[Factor, ...]
    units: Numbers
    rivals: npt.NDArray[np.int64]
    figures: Numbers
    noise: Numbers

    def of(self, chosen: npt.NDArray[np.bool_]) -> "ReferenceTable":
        """Give the table of some of the points."""
        return ReferenceTable(
            self.factors, self.units[chosen], self.rivals[chosen], self.figures[chosen], self.noise
        )


def prior_design(plan: CalibrationStudy) -> tuple[Numbers, Design]:
    """Draw points from the prior: a scrambled Sobol' sequence over the factors' ranges.

    Returns
    -------
    units : float64 array, shape (points, factors)
        On the unit cube.
    design : Design
        The runs.
    """
    study = plan.study
    sampler = qmc.Sobol(len(study.factors), scramble=True, rng=np.random.default_rng(study.seed))
    units = np.asarray(sampler.random(plan.points))
    values = [factor.from_unit(units[:, at]) for at, factor in enumerate(study.factors)]
    return units, design_at(plan, np.stack(values, axis=1), study.seed)


def design_at(plan: CalibrationStudy, values: Numbers, seed: int) -> Design:
    """Make the runs at some points, each with luck of its own.

    Luck that all points shared would move every figure alike, and no fit could see it.
    """
    study = plan.study
    return Design(
        scenarios=study.scenarios, factors=study.factors, values=values, seed=seed,
        columns=study.columns, first_replicates=(0,), replicates_apart=study.replicates,
    )  # fmt: skip


def figures_of(plan: CalibrationStudy, design: Design, store: Store) -> tuple[Numbers, Numbers]:
    """Compute every target's figure at every point, and how unsure replicates leave it.

    Returns
    -------
    figures : float64 array, shape (points, targets)
    noise : float64 array, shape (targets,)
        Root mean square over points of the standard error by leaving one replicate out (jackknife).
    """
    responses = responses_of(store, design, plan.study.replicates)
    places = {column: at for at, column in enumerate(design.columns)}
    found, noise = [], []
    for target in plan.all_targets:
        its = responses[[places[column] for column in target.columns]]
        found.append(_figure(target, its))
        count = its.shape[2]
        left_out = np.stack(
            [_figure(target, np.delete(its, replicate, axis=2)) for replicate in range(count)]
        )
        variance = (count - 1.0) * left_out.var(axis=0)
        noise.append(float(np.sqrt(np.nanmean(variance))))
    return np.stack(found, axis=1), np.array(noise)


def reference_table(
    plan: CalibrationStudy, units: Numbers, design: Design, store: Store
) -> ReferenceTable:
    """Read the reference table from the runs.

    Points without one of the fitted figures are left out. Figures that are held out decide nothing,
    not even this, and may be missing.
    """
    figures, noise = figures_of(plan, design, store)
    whole = ~np.isnan(figures[:, : len(plan.targets)]).any(axis=1)
    paths = [factor.path for factor in design.factors]
    sizes = [at for at, path in enumerate(paths) if path != STRUCTURE]
    rivals = np.zeros(len(units), np.int64)
    if STRUCTURE in paths:
        rivals = design.values[:, paths.index(STRUCTURE)].astype(np.int64)
    return ReferenceTable(
        tuple(design.factors[at] for at in sizes), units[whole][:, sizes], rivals[whole],
        figures[whole], noise,
    )  # fmt: skip


def _figure(target: Target, runs: Numbers) -> Numbers:
    """Compute a target's figure from runs of shape (outcomes, points, replicates)."""
    counts = (~np.isnan(runs)).sum(axis=2)
    sums = np.nansum(runs, axis=2)
    means = np.where(counts > 0, sums / np.maximum(counts, 1), np.nan)
    return target.measure(list(means))
