"""A calibration: points simulated once, the posterior, its predictions, and its coverage."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from engager_sim.designs.design import Design
from engager_sim.designs.execution.blocks import blocks_of
from engager_sim.designs.execution.carry_out import Watch, carry_out
from engager_sim.designs.execution.executors import Executor, Threads
from engager_sim.designs.execution.store import Memory, Store, count_runs
from engager_sim.errors import UsageError
from engager_sim.runs.threads import threads_of_this_machine
from engager_sim.scenarios.fitted_parameters import STRUCTURE
from engager_sim.studies.calibrate.abc import resampled, with_observation_error
from engager_sim.studies.calibrate.coverage import coverage_table
from engager_sim.studies.calibrate.posterior import (
    Posterior,
    fitting,
    possible_observations,
)
from engager_sim.studies.calibrate.reference_table import (
    ReferenceTable,
    design_at,
    figures_of,
    prior_design,
    reference_table,
)
from engager_sim.studies.calibrate.settings import (
    CalibrationStudy,
    read_calibration,
)
from engager_sim.studies.calibrate.tables import (
    directions_informed,
    parameters_table,
    rivals_table,
    targets_table,
    ties_table,
)

LEAST_ACCEPTED = 50
type Telling = Callable[[str], None]
type Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Calibration:
    """What came of a calibration.

    Attributes
    ----------
    plan : CalibrationStudy
        The study.
    design : Design
        The points drawn from the prior.
    draws : pandas.DataFrame
        Draws of the posterior, a column per factor: equally likely.
    parameters, ties, rivals, targets, coverage : pandas.DataFrame
        See :mod:`engager_sim.studies.calibrate.tables` and
        :mod:`engager_sim.studies.calibrate.coverage`.
    directions : int
        Independent combinations of parameters that the targets inform.
    done : int
        Runs done of the prior's points.
    failed : dict of str to int
        Reasons of runs that failed, and how many.
    """

    plan: CalibrationStudy
    design: Design
    draws: pd.DataFrame
    parameters: pd.DataFrame
    ties: pd.DataFrame
    rivals: pd.DataFrame
    targets: pd.DataFrame
    coverage: pd.DataFrame
    directions: int
    done: int
    failed: dict[str, int]

    @property
    def asked(self) -> int:
        """Runs that were asked for."""
        return self.design.points * self.plan.study.replicates


def calibrate(
    study: CalibrationStudy | str | Path,
    store: Store | None = None,
    executor: Executor | None = None,
    watch: Watch | None = None,
    telling: Telling | None = None,
) -> Calibration:
    """Fit a study's factors to its targets.

    Parameters
    ----------
    study : CalibrationStudy, str or Path
        A calibration, or the path of its study file.
    store : Store, optional
        Where the prior's runs are kept; in memory unless given.
    executor : Executor, optional
        Who runs them; threads of this machine unless given.
    watch : callable, optional
        Told how far the runs are.
    telling : callable, optional
        Told in words what is being done.

    Returns
    -------
    Calibration

    Raises
    ------
    ScenarioError
        If the study's file or its targets cannot be used.
    UsageError
        If too few points have every figure.
    """
    plan = study if isinstance(study, CalibrationStudy) else read_calibration(study)
    tell = telling or (lambda _: None)
    store, executor = store or Memory(), executor or Threads(threads_of_this_machine())
    units, design = prior_design(plan)
    carry_out(design, blocks_of(design, plan.study.replicates), store, executor, watch)
    done, failed = count_runs(store)
    table = reference_table(plan, units, design, store)
    _refuse_too_few(plan, table)
    tell("fitting")
    ready = fitting(plan, table)
    posterior = ready.posterior(possible_observations(plan.targets))
    tell("fitting simulated truths")
    coverage = coverage_table(ready, plan.truths, plan.study.seed)
    tell("predicting")
    values = _drawn(plan, table, posterior)
    predicted = _predicted(plan, values, executor)
    prior = with_observation_error(table.figures, plan.errors, table.noise, plan.study.seed)
    return Calibration(
        plan=plan,
        design=design,
        draws=_in_words(design, values),
        parameters=parameters_table(table, posterior),
        ties=ties_table(table, posterior),
        rivals=rivals_table(plan, posterior),
        targets=targets_table(plan.all_targets, table.noise, prior, predicted),
        coverage=coverage,
        directions=directions_informed(posterior),
        done=done,
        failed=failed,
    )


def _refuse_too_few(plan: CalibrationStudy, table: ReferenceTable) -> None:
    accepted = plan.accepted * len(table.units)
    if accepted < LEAST_ACCEPTED:
        raise UsageError(
            "too few points would be accepted to say anything",
            key="calibration",
            value=f"{accepted:.0f} of {len(table.units):,}",
            allowed=f"at least {LEAST_ACCEPTED}",
            fix="name more points, or accept a larger share",
        )


def _drawn(plan: CalibrationStudy, table: ReferenceTable, posterior: Posterior) -> Numbers:
    """Draw from the posterior: values of every factor of the study, the structure's included."""
    chosen = resampled(posterior.weights, plan.draws, plan.study.seed)
    sizes = iter(range(len(table.factors)))
    columns = [
        posterior.rivals[chosen].astype(np.float64)
        if factor.path == STRUCTURE
        else factor.from_unit(posterior.units[chosen, next(sizes)])
        for factor in plan.study.factors
    ]
    return np.stack(columns, axis=1)


def _predicted(plan: CalibrationStudy, values: Numbers, executor: Executor) -> Numbers:
    """Simulate the draws with luck of their own, and add what published figures are unsure by."""
    seed = plan.study.seed ^ 1
    design, store = design_at(plan, values, seed), Memory()
    carry_out(design, blocks_of(design, plan.study.replicates), store, executor, None)
    figures, noise = figures_of(plan, design, store)
    return with_observation_error(figures, plan.errors, noise, seed)


def _in_words(design: Design, values: Numbers) -> pd.DataFrame:
    return pd.DataFrame(
        {
            factor.path: [factor.value(number) for number in values[:, at]]
            for at, factor in enumerate(design.factors)
        }
    )
