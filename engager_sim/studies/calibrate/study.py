"""A calibration: points simulated once, the posterior, its predictions, and its coverage."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from engager_sim import __version__
from engager_sim.designs.design import Design
from engager_sim.designs.execution.blocks import blocks_of
from engager_sim.designs.execution.carry_out import Execution, Tell, Watch, carry_out
from engager_sim.designs.execution.executors import Executor
from engager_sim.designs.execution.outcome_runs import OutcomeRuns
from engager_sim.designs.execution.store import Memory, Store, count_runs, outcomes_of
from engager_sim.designs.missing_values import missing_table
from engager_sim.errors import UsageError
from engager_sim.scenarios.fitted_parameters import SHIPPED, STRUCTURE
from engager_sim.scenarios.posterior_file import RESULT, write_posterior
from engager_sim.studies.calibrate.abc import resampled, with_observation_error
from engager_sim.studies.calibrate.coverage import coverage_table
from engager_sim.studies.calibrate.posterior import Posterior, fitting_of, possible_observations
from engager_sim.studies.calibrate.reference_table import (
    ReferenceTable,
    design_at,
    figures_of,
    prior_design,
    reference_table,
)
from engager_sim.studies.calibrate.settings import CalibrationSettings, read_calibration
from engager_sim.studies.calibrate.tables import (
    directions_informed,
    parameters_table,
    rivals_table,
    targets_table,
    ties_table,
)
from engager_sim.studies.factor_study import prepared_study
from engager_sim.studies.kind import PreparedStudy, StudyResult

LEAST_ACCEPTED = 50
type Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False, kw_only=True)
class Calibration(StudyResult):
    """The result of a calibration.

    Attributes
    ----------
    settings : CalibrationSettings
        What was asked.
    design : Design
        The points drawn from the prior.
    draws : pandas.DataFrame
        Draws of the posterior, a column per factor: equally likely.
    parameters, ties, rivals, targets, coverage : pandas.DataFrame
        See :mod:`engager_sim.studies.calibrate.tables` and
        :mod:`engager_sim.studies.calibrate.coverage`.
    missing : pandas.DataFrame
        A row per outcome of which one of the prior's runs has no value
        (:mod:`engager_sim.designs.missing_values`).
    directions : int
        Independent combinations of parameters that the targets inform.
    asked, done, failed
        Runs of the prior's points.
    """

    table_names = ("draws", "parameters", "ties", "rivals", "targets", "coverage", "missing")
    settings: CalibrationSettings
    design: Design
    draws: pd.DataFrame
    parameters: pd.DataFrame
    ties: pd.DataFrame
    rivals: pd.DataFrame
    targets: pd.DataFrame
    coverage: pd.DataFrame
    missing: pd.DataFrame
    directions: int


def calibrate(
    study: CalibrationSettings | str | Path,
    store: Store | None = None,
    executor: Executor | None = None,
    watch: Watch | None = None,
    telling: Tell | None = None,
) -> Calibration:
    """Fit a study's factors to its targets.

    Parameters
    ----------
    study : CalibrationSettings, str or Path
        A calibration, or the path of its study file.
    store, executor, watch, telling : optional
        Where the prior's runs are kept (in memory unless given), who runs them (threads of this
        machine unless given), what is told how far they are, and what is told in words what is
        being done.

    Raises
    ------
    ScenarioError
        If the study's file or its targets cannot be used.
    UsageError
        If too few points have every figure.
    """
    settings = study if isinstance(study, CalibrationSettings) else read_calibration(study)
    return prepare(settings).analyse(Execution.of(store, executor, watch, telling))


def prepare(settings: CalibrationSettings) -> PreparedStudy[Calibration]:
    """Make a calibration ready to run."""
    study = settings.study
    units, design = prior_design(settings)
    predictive = settings.draws * study.replicates

    def analyse(execution: Execution) -> Calibration:
        table = reference_table(settings, units, design, execution.store)
        return _fitted(settings, design, table, execution)

    return prepared_study(
        study,
        design,
        _method(settings),
        analyse,
        files=_files,
        intervals="",
        remark=f"{predictive:,} runs of the posterior's draws follow, to predict the targets.",
    )


def _method(settings: CalibrationSettings) -> dict[str, Any]:
    """Describe what the numbers depend on besides the runs."""
    targets = [
        {key: value for key, value in asdict(target).items() if key != "columns"}
        | {"outcomes": [column.name for column in target.columns]}
        for target in settings.all_targets
    ]
    return {
        "name": "approximate Bayesian computation with regression adjustment",
        "random_numbers": "every point has independent random numbers",
        "intervals": "Intervals are over draws of the posterior, rival theories and errors of "
        "observation; more replicates do not shrink them to nothing.",
        "accepted": settings.accepted,
        "draws": settings.draws,
        "truths": settings.truths,
        "targets": targets,
    }


def _fitted(
    settings: CalibrationSettings, design: Design, table: ReferenceTable, execution: Execution
) -> Calibration:
    """Compute the posterior, its coverage and its predictions from the reference table."""
    study, tell = settings.study, execution.tell
    _refuse_too_few(settings, table)
    done, failed = count_runs(execution.store)
    names = [column.name for column in design.columns]
    outcomes = outcomes_of(execution.store, design, study.replicates, names)
    tell("fitting")
    fitting = fitting_of(settings, table)
    posterior = fitting.posterior(possible_observations(settings.targets))
    tell("fitting simulated truths")
    coverage = coverage_table(fitting, settings.truths, study.seed)
    tell("predicting")
    values = _drawn(settings, posterior)
    predicted = _predicted(settings, values, execution.executor)
    prior = with_observation_error(table.figures, settings.errors, table.noise, study.seed)
    return Calibration(
        settings=settings,
        design=design,
        draws=_named(design, values),
        parameters=parameters_table(table, posterior),
        ties=ties_table(table, posterior),
        rivals=rivals_table(settings, posterior),
        targets=targets_table(settings.all_targets, table.noise, prior, predicted),
        coverage=coverage,
        missing=missing_table(design.columns, outcomes, failed),
        directions=directions_informed(posterior, len(settings.targets)),
        asked=design.runs(study.replicates),
        done=done,
        failed=failed,
    )


def _refuse_too_few(settings: CalibrationSettings, table: ReferenceTable) -> None:
    accepted = settings.accepted * len(table.units)
    if accepted < LEAST_ACCEPTED:
        raise UsageError(
            "too few points would be accepted to say anything",
            key="calibration",
            value=f"{accepted:.0f} of {len(table.units):,}",
            allowed=f"at least {LEAST_ACCEPTED}",
            fix="name more points, or accept a larger share",
        )


def _drawn(settings: CalibrationSettings, posterior: Posterior) -> Numbers:
    """Draw from the posterior: values of every factor of the study, the structure's included."""
    chosen = resampled(posterior.weights, settings.draws, settings.study.seed)
    units = iter(posterior.units[chosen].T)
    columns = [
        posterior.rivals[chosen].astype(np.float64)
        if factor.path == STRUCTURE
        else factor.from_unit(next(units))
        for factor in settings.study.factors
    ]
    return np.stack(columns, axis=1)


def _predicted(settings: CalibrationSettings, values: Numbers, executor: Executor) -> Numbers:
    """Simulate the draws with another seed, and add the errors of the published figures."""
    seed, store = settings.study.seed ^ 1, Memory()
    design = design_at(settings, values, seed)
    workload = OutcomeRuns(design)
    carry_out(workload, blocks_of(workload, settings.study.replicates), store, executor)
    figures, noise = figures_of(settings, design, store)
    return with_observation_error(figures, settings.errors, noise, seed)


def _named(design: Design, values: Numbers) -> pd.DataFrame:
    """Write draws as scenario files would: categories by name."""
    return pd.DataFrame(
        {
            factor.path: [factor.value(number) for number in column]
            for factor, column in zip(design.factors, values.T, strict=True)
        }
    )


def _files(calibration: Calibration) -> Mapping[str, Callable[[Path], None]]:
    """Give the draws as a file that ``--parameters`` can name."""
    settings = calibration.settings
    outcomes = {column.outcome.id for column in settings.study.columns}
    write = partial(
        write_posterior,
        calibration.draws,
        _facts(calibration),
        scenarios=settings.study.scenarios,
        outcomes=outcomes,
    )
    return {SHIPPED.name: write}


def _facts(calibration: Calibration) -> dict[str, Any]:
    """Say what made a posterior and how well it fits, for whoever meets its file alone."""
    settings = calibration.settings
    tables = {
        name: json.loads(table.to_json(orient="records", double_precision=4))
        for name, table in calibration.tables().items()
        if name in ("targets", "parameters", "rivals", "coverage")
    }
    return {
        "made_by": f"engager-sim calibrate {settings.file.as_posix()}",
        "question": settings.study.question,
        "seed": settings.study.seed,
        "points": settings.points,
        "replicates": settings.study.replicates,
        "accepted": settings.accepted,
        "targets": [target.id for target in settings.targets],
        "version": __version__,
        RESULT: {**tables, "directions": calibration.directions, "runs": calibration.done},
    }
