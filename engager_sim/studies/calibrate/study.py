"""A calibration: points simulated once, the posterior, its predictions, and its coverage."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from engager_sim.designs.design import Design
from engager_sim.designs.execution.carry_out import Execution, Tell, Watch
from engager_sim.designs.execution.executors import Executor
from engager_sim.designs.execution.store import Store, count_runs, outcomes_of
from engager_sim.designs.missing_values import missing_table
from engager_sim.errors import UsageError
from engager_sim.scenarios.fitted_parameters import SHIPPED
from engager_sim.scenarios.posterior_basis import text_of
from engager_sim.scenarios.posterior_file import write_posterior
from engager_sim.studies.calibrate.abc import resampled, with_observation_error
from engager_sim.studies.calibrate.correlated_errors import correlated_errors_table
from engager_sim.studies.calibrate.coverage import coverage_and_ranks
from engager_sim.studies.calibrate.posterior import Posterior, fitting_of, possible_observations
from engager_sim.studies.calibrate.posterior_facts import facts_of
from engager_sim.studies.calibrate.prior_conflicts import (
    conflict_sentences,
    conflicts_table,
    half_as_wide,
)
from engager_sim.studies.calibrate.reference_table import (
    ReferenceTable,
    design_at,
    figures_of,
    prior_design,
    reference_table,
    simulated,
    values_of,
)
from engager_sim.studies.calibrate.settings import CalibrationSettings, read_calibration
from engager_sim.studies.calibrate.tables import (
    INFORMED,
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
    prior_conflicts : pandas.DataFrame
        See :mod:`engager_sim.studies.calibrate.prior_conflicts`.
    parameters, ties, rivals, targets : pandas.DataFrame
        See :mod:`engager_sim.studies.calibrate.tables`.
    correlated_errors : pandas.DataFrame
        See :mod:`engager_sim.studies.calibrate.correlated_errors`.
    coverage, ranks : pandas.DataFrame
        See :mod:`engager_sim.studies.calibrate.coverage`.
    missing : pandas.DataFrame
        A row per outcome of which one of the prior's runs has no value
        (:mod:`engager_sim.designs.missing_values`).
    directions : int
        Independent combinations of parameters that the targets inform.
    asked, done, failed
        Runs of the prior's points.
    """

    table_names = (
        "draws", "prior_conflicts", "parameters", "ties", "rivals", "targets",
        "correlated_errors", "coverage", "ranks", "missing",
    )  # fmt: skip
    settings: CalibrationSettings
    design: Design
    draws: pd.DataFrame
    prior_conflicts: pd.DataFrame
    parameters: pd.DataFrame
    ties: pd.DataFrame
    rivals: pd.DataFrame
    targets: pd.DataFrame
    correlated_errors: pd.DataFrame
    coverage: pd.DataFrame
    ranks: pd.DataFrame
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
        remark=f"{predictive:,} runs of the posterior's draws follow, to predict the targets, and "
        "others to judge prior and coverage.",
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
        "error_correlation": settings.error_correlation,
        "service": {scenario.name: text_of(scenario) for scenario in settings.service},
        "targets": targets,
    }


def _fitted(
    settings: CalibrationSettings, design: Design, table: ReferenceTable, execution: Execution
) -> Calibration:
    """Hold the prior against the figures, then compute posterior, coverage and predictions."""
    study, tell, executor = settings.study, execution.tell, execution.executor
    _refuse_too_few(settings, table)
    done, failed = count_runs(execution.store)
    names = [column.name for column in design.columns]
    outcomes = outcomes_of(execution.store, design, study.replicates, names)
    fitting = fitting_of(settings, table, settings.error_correlation)
    tell("holding the prior against the figures")
    half = half_as_wide(settings, executor)
    conflicts = conflicts_table(settings.targets, fitting.summaries, half.summaries)
    for sentence in conflict_sentences(conflicts):
        tell(sentence)
    tell("fitting")
    observations = possible_observations(settings.targets)
    posterior = fitting.posterior(observations)
    parameters = parameters_table(table, posterior)
    correlated = correlated_errors_table(settings, table, posterior)
    tell("fitting simulated truths")
    informed = parameters.loc[parameters["verdict"] == INFORMED, "parameter"].tolist()
    coverage, ranks = coverage_and_ranks(settings, fitting, observations, informed, executor)
    tell("predicting")
    values = _drawn(settings, posterior)
    predicted = _predicted(settings, values, executor)
    prior = _observed(settings, table.figures, table.noise, study.seed)
    return Calibration(
        settings=settings,
        design=design,
        draws=_named(design, values),
        prior_conflicts=conflicts,
        parameters=parameters,
        ties=ties_table(table, posterior),
        rivals=rivals_table(settings, posterior),
        targets=targets_table(settings.all_targets, table.noise, prior, predicted),
        correlated_errors=correlated,
        coverage=coverage,
        ranks=ranks,
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
    return values_of(settings, posterior.units[chosen], posterior.rivals[chosen])


def _predicted(settings: CalibrationSettings, values: Numbers, executor: Executor) -> Numbers:
    """Simulate the draws with another seed, and add the errors of the published figures."""
    seed = settings.study.seed ^ 1
    design = design_at(settings, values, seed)
    store = simulated(design, settings.study.replicates, executor)
    return _observed(settings, *figures_of(settings, design, store), seed)


def _observed(
    settings: CalibrationSettings, figures: Numbers, noise: Numbers, seed: int
) -> Numbers:
    """Add errors of observation to all targets' figures; one that no run has is left as it is."""
    correlations = settings.correlations(settings.error_correlation)
    known = np.where(np.isnan(noise), 0.0, noise)
    return with_observation_error(figures, settings.errors, known, seed, correlations)


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
    write = partial(
        write_posterior,
        calibration.draws,
        facts_of(settings, calibration.tables(), calibration.directions, calibration.done),
        scenarios=settings.study.scenarios,
        outcomes={column.outcome.id for column in settings.study.columns},
    )
    return {SHIPPED.name: write}
