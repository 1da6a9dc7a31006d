"""A trial, simulated many times: what it would have seen, and why."""

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from engager_sim.designs.execution.blocks import blocks_of
from engager_sim.designs.execution.carry_out import Execution, RunCount, carry_out
from engager_sim.designs.execution.executors import Threads
from engager_sim.designs.execution.store import Store
from engager_sim.runs.plan import refuse_unusable_numbers
from engager_sim.runs.threads import one_thread_of_algebra, threads_of_this_machine
from engager_sim.scenarios.fitted_parameters import POSTERIOR, FittedParameters
from engager_sim.studies.kind import PreparedStudy, StudyResult
from engager_sim.studies.trial.asked import asked_trial
from engager_sim.studies.trial.by_analysis import by_analysis_table
from engager_sim.studies.trial.costs import costs_table
from engager_sim.studies.trial.decomposition import corner_analyses, corners_table, null_table
from engager_sim.studies.trial.findings import findings
from engager_sim.studies.trial.individual_effects import individual_table, own_effects_table
from engager_sim.studies.trial.measurement import TrialMeasurement, unfitted_measurement
from engager_sim.studies.trial.pilot import fit_measurement, pilot_replicates
from engager_sim.studies.trial.provenance import design_table
from engager_sim.studies.trial.replicate_tables import (
    measures,
    read_analyses,
    read_arm_means,
    read_own_effects,
)
from engager_sim.studies.trial.settings import TrialSettings, TrialStudy
from engager_sim.studies.trial.tables import (
    contamination_table,
    power_table,
    published_table,
    trials_table,
)
from engager_sim.studies.trial.trial_design import design_facts
from engager_sim.studies.trial.trial_runs import TrialRuns
from engager_sim.studies.trial.worlds import trial_worlds

TABLES = (
    "power",
    "by_analysis",
    "costs",
    "null",
    "published",
    "individual",
    "contamination",
    "corners",
    "own_effects",
    "design",
    "trials",
)
"""The tables of a trial, by name, the shortest first."""


@dataclass(frozen=True, eq=False, repr=False, kw_only=True)
class Trials(StudyResult):
    """A trial that was simulated many times.

    Attributes
    ----------
    study : TrialStudy
        What was asked.
    fitted : FittedParameters or None
        Where parameters were drawn from.
    measurement : TrialMeasurement
        How the simulated trials measured: the model of attrition, and the variation added to men's
        scores.
    trials : pandas.DataFrame
        A row per outcome, design, week and simulated trial, by its main analysis.
    power : pandas.DataFrame
        A row per outcome, week and design, by the main analysis.
    by_analysis : pandas.DataFrame
        The same of CORE-OM by every analysis, with the intraclass correlation.
    costs : pandas.DataFrame
        What every design costs, beside its power at the primary week.
    null : pandas.DataFrame
        Why a trial of the study's design looked null, step by step; no rows where two services are
        compared.
    corners : pandas.DataFrame
        Effect and power with each set of undiluted parts; as ``null``.
    published : pandas.DataFrame
        How often simulated trials look like the published one; as ``null``.
    contamination : pandas.DataFrame
        What shared agencies do to men of each arm; no rows where agencies cannot be divided.
    individual, own_effects : pandas.DataFrame
        Men by their own true effects: in groups, and in bins; no rows where two services recruit
        at different rates, so that a man enters them in different weeks.
    design : pandas.DataFrame
        The numbers of the trial's design, and what each rests on.
    asked, done : int
        Runs of all worlds and replicates, without the pilot's. None fails: what it could fail of is
        refused when the study file is read.

    Notes
    -----
    Differences in CORE-OM are programme less usual care: below 0, the programme's men are better.
    """

    table_names = TABLES
    study: TrialStudy
    fitted: FittedParameters | None
    measurement: TrialMeasurement
    trials: pd.DataFrame
    power: pd.DataFrame
    by_analysis: pd.DataFrame
    costs: pd.DataFrame
    null: pd.DataFrame
    corners: pd.DataFrame
    published: pd.DataFrame
    contamination: pd.DataFrame
    individual: pd.DataFrame
    own_effects: pd.DataFrame
    design: pd.DataFrame

    def __repr__(self) -> str:
        sizes = ", ".join(f"{men:,}" for men in self.study.men)
        return (
            f"<Trials of {self.study.title}: {self.study.replicates:,} of {sizes} men, "
            f"seed {self.study.seed}; tables {', '.join(TABLES)}>"
        )

    def in_words(self) -> list[str]:
        """Say what the trial would have seen, and why."""
        return findings(self.tables(), design_facts(self.study))


def trial(
    study: TrialStudy | str | Path,
    threads: int | None = None,
    parameters: FittedParameters | str | Path | None = POSTERIOR,
    progress: Callable[[int, int], None] | None = None,
    *,
    other: str | None = None,
) -> Trials:
    """Simulate a trial many times.

    The same study gives the same tables, bit for bit, whatever the threads.

    Parameters
    ----------
    study : TrialStudy, str or Path
        A trial, the path of its study file, or a scenario: with two arms it is a trial as it
        stands, with one it is tried against its own usual care.
    threads : int, optional
        Blocks of replicates at a time; as many as there are processors unless given.
    parameters : FittedParameters, str or Path
        Where parameters are drawn from, two replicates under each draw: ``posterior``, or a
        calibration's file; ``defaults`` are central values.
    progress : callable, optional
        Called as ``progress(done, asked)`` with replicates: with 0 once the rules are compiled,
        then after each block of them.
    other : str, optional
        A scenario that is tried against the first.

    Returns
    -------
    Trials

    Raises
    ------
    ScenarioError
        If the study's file cannot be used.
    UsageError
        If the number of threads cannot be used.
    """
    if not isinstance(study, TrialStudy):
        study = asked_trial(str(study), other)
    refuse_unusable_numbers(study.replicates, study.seed, threads)
    prepared = prepare(TrialSettings(study, FittedParameters.of(parameters)))
    runs_per_replicate = prepared.workload.runs_per_replicate

    def watch(count: RunCount) -> None:
        if progress is not None:
            progress(count.done // runs_per_replicate, study.replicates)

    executor = Threads(threads_of_this_machine() if threads is None else threads)
    return prepared.analyse(Execution(executor=executor, watch=watch))


def prepare(settings: TrialSettings) -> PreparedStudy[Trials]:
    """Check a trial and make it ready to run."""
    study, fitted = settings.study, settings.fitted
    worlds = trial_worlds(study, fitted)
    # Attrition is fitted to runs. A forecast does without, which takes as long.
    unfitted = TrialRuns(study, worlds, unfitted_measurement(study))
    blocks = blocks_of(unfitted, study.replicates)
    pilot = pilot_replicates(study)

    def analyse(execution: Execution) -> Trials:
        # Small sums gain nothing from a library's own threads, whose number may change last bits;
        # the workers of a cluster are started with one.
        with one_thread_of_algebra():
            execution.tell(f"{pilot} pilot runs, to fit attrition")
            measurement = fit_measurement(study, worlds.delivered, execution.executor)
            workload = dataclasses.replace(unfitted, measurement=measurement)
            carry_out(workload, blocks, execution.store, execution.executor, execution.watch)
        return _read(execution.store, workload, fitted)

    return PreparedStudy(
        question=study.question,
        name=study.name,
        scenarios=tuple(part for part in (study.scenario, study.compared_with) if part),
        seed=study.seed,
        replicates=study.replicates,
        fitted=fitted,
        workload=unfitted,
        blocks=blocks,
        facts={"method": _method(study), "pilot_replicates": pilot},
        analyse=analyse,
        remark=f"Before them come {pilot} pilot runs, to which attrition is fitted.",
    )


def _method(study: TrialStudy) -> Mapping[str, Any]:
    """Describe a trial for its manifest, under the keys of its study file."""
    return {
        "men": list(study.men),
        "size": study.size,
        "practitioners": sorted({practitioners for _, practitioners in study.designs}),
        "practitioners_of_findings": study.design[1],
        "clustered": list(study.clustered),
        "compared_with": None if study.compared_with is None else study.compared_with.name,
        "follow_up": list(study.follow_up),
        "primary": study.primary,
        "residual_sd": study.residual_sd,
        "adjusted_for": list(study.adjusted_for),
        "level": study.level,
        "loss": asdict(study.attrition),
        "prices": asdict(study.prices),
        "ideal": study.undiluted,
    }


def _read(store: Store, workload: TrialRuns, fitted: FittedParameters | None) -> Trials:
    study, measurement = workload.study, workload.measurement
    drawn = None if fitted is None else fitted.drawn(study.replicates)
    analyses = read_analyses(store)
    replicates = int(analyses["replicate"].nunique())
    trials = trials_table(analyses)
    power = power_table(study, trials, measurement.left_out, drawn)
    corners = corner_analyses(study, analyses)
    own_effects = read_own_effects(store, replicates)
    means = read_arm_means(store, study)
    shown = None if study.follows_men else 0
    return Trials(
        study=study,
        fitted=fitted,
        measurement=measurement,
        trials=trials,
        power=power,
        by_analysis=by_analysis_table(analyses, drawn),
        costs=costs_table(study, power),
        null=null_table(corners, drawn),
        corners=corners_table(corners, drawn),
        published=published_table(study, analyses, drawn),
        contamination=contamination_table(measures(study), *means, drawn),
        individual=individual_table(own_effects, drawn).iloc[:shown],
        own_effects=own_effects_table(own_effects).iloc[:shown],
        design=design_table(study, measurement),
        asked=study.replicates * workload.runs_per_replicate,
        done=replicates * workload.runs_per_replicate,
    )
