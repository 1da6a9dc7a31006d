"""A trial, simulated again and again: what it would have seen, and why."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pandas as pd
from threadpoolctl import threadpool_limits

from engager_sim.runs.one_run import compile_for
from engager_sim.runs.plan import refuse_unusable_numbers
from engager_sim.runs.threads import (
    Progress,
    in_order,
    threads_of_this_machine,
    while_listening,
)
from engager_sim.scenarios.fitted_parameters import FittedParameters, refuse_odd_replicates
from engager_sim.studies.trial.decomposition import corners_table, null_table
from engager_sim.studies.trial.measurement import Measurement
from engager_sim.studies.trial.men_and_agencies import (
    contamination_table,
    individual_table,
    own_effects_table,
)
from engager_sim.studies.trial.narrative import told
from engager_sim.studies.trial.preparation import prepared
from engager_sim.studies.trial.provenance import design_table
from engager_sim.studies.trial.replicate import one_replicate
from engager_sim.studies.trial.settings import TrialStudy, read_trial
from engager_sim.studies.trial.tables import power_table, published_table, trials_table
from engager_sim.studies.trial.worlds import worlds_of

TABLES = (
    "power", "null", "published", "individual", "contamination", "corners", "own_effects", "design",
    "trials",
)  # fmt: skip
"""The tables of a trial, by name."""


@dataclass(frozen=True, eq=False, repr=False)
class Trials:
    """What came of simulating a trial again and again.

    Attributes
    ----------
    study : TrialStudy
        What was asked.
    fitted : FittedParameters or None
        Where parameters were drawn from.
    measurement : Measurement
        How the simulated trials measured: the loss model, and the variation added to men's scores.
    trials : pandas.DataFrame
        A row per outcome, number of men, week and simulated trial.
    power : pandas.DataFrame
        A row per outcome, week and number of men.
    null : pandas.DataFrame
        Why a trial of the study's size looked null, step by step.
    corners : pandas.DataFrame
        Effect and power with each set of ideal parts.
    published : pandas.DataFrame
        How often simulated trials look like the published one.
    contamination : pandas.DataFrame
        What shared agencies do to men of each arm; no rows where agencies cannot be divided.
    individual, own_effects : pandas.DataFrame
        Men by their own true effects: in groups, and in bins.
    design : pandas.DataFrame
        The numbers of the trial's design, and what each rests on.

    Notes
    -----
    Differences in CORE-OM are programme less usual care: below 0, the programme's men are better.
    """

    study: TrialStudy
    fitted: FittedParameters | None
    measurement: Measurement
    trials: pd.DataFrame
    power: pd.DataFrame
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
            f"<Trials of {self.study.scenario.name}: {self.study.replicates:,} of {sizes} men, "
            f"seed {self.study.seed}; tables {', '.join(TABLES)}>"
        )

    def in_words(self) -> list[str]:
        """Say what the trial would have seen, and why."""
        return told(self.tables(), self.study.size, self.study.primary, self.study.residual_sd)

    def tables(self) -> dict[str, pd.DataFrame]:
        """Give all tables by name, the shortest first."""
        return {name: getattr(self, name) for name in TABLES}


def trial(
    study: TrialStudy | str | Path,
    threads: int | None = None,
    parameters: FittedParameters | str | Path | None = None,
    progress: Progress | None = None,
) -> Trials:
    """Simulate a trial again and again.

    The same study gives the same tables, bit for bit, whatever the threads.

    Parameters
    ----------
    study : TrialStudy, str or Path
        A trial, or the path of its study file.
    threads : int, optional
        Replicates at a time; as many as there are processors unless given.
    parameters : FittedParameters, str or Path, optional
        Where fitted parameters are drawn from, two replicates under each draw: ``posterior``, or a
        calibration's file. Defaults unless given.
    progress : callable, optional
        Called as ``progress(done, asked)``: with 0 once the rules are compiled, then after each
        replicate.

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
        study = read_trial(study)
    refuse_unusable_numbers(study.replicates, study.seed, threads)
    fitted = FittedParameters.of(parameters)
    refuse_odd_replicates(fitted, study.replicates)
    drawn = None if fitted is None else fitted.drawn(study.replicates)
    worlds = worlds_of(study, fitted)
    delivered = worlds.of_size[study.size]
    while_listening(partial(compile_for, delivered.plan))
    if progress is not None:
        progress(0, study.replicates)
    workers = threads_of_this_machine() if threads is None else threads
    with threadpool_limits(limits=1):  # small sums gain nothing from a library's own threads
        measurement = prepared(study, delivered, workers)
        run = partial(one_replicate, study, worlds, measurement)
        records = in_order(run, study.replicates, workers, progress)
    trials = trials_table(study, records)
    return Trials(
        study=study,
        fitted=fitted,
        measurement=measurement,
        trials=trials,
        power=power_table(study, trials, measurement.left_out, drawn),
        null=null_table(records, drawn),
        corners=corners_table(records, drawn),
        published=published_table(study, trials, drawn),
        contamination=contamination_table(study, records, drawn),
        individual=individual_table(records, drawn),
        own_effects=own_effects_table(records),
        design=design_table(study, measurement),
    )
