"""Scenarios compared with a base: paired differences, and the men whose first exit differs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from engager_sim.designs.design import Design
from engager_sim.designs.effect_changes import scenario_changes
from engager_sim.designs.execution.blocks import blocks_of
from engager_sim.designs.execution.carry_out import Execution, Watch, carry_out
from engager_sim.designs.execution.executors import Executor
from engager_sim.designs.execution.outcome_runs import OutcomeRuns
from engager_sim.designs.execution.store import Store, count_runs
from engager_sim.designs.matched_populations import refuse_other_men, refuse_other_weeks
from engager_sim.designs.outcome_columns import all_columns
from engager_sim.errors import UsageError
from engager_sim.results.study_manifest import design_facts
from engager_sim.runs.plan import MAX_REPLICATES
from engager_sim.runs.threads import one_thread_of_algebra
from engager_sim.scenarios.fitted_parameters import POSTERIOR, FittedParameters
from engager_sim.scenarios.scenario import Scenario
from engager_sim.scenarios.scenario_names import refuse_names_alike
from engager_sim.statistics.interval_contents import IntervalContents
from engager_sim.studies.compare.carriers import carriers_table
from engager_sim.studies.compare.exit_transitions import (
    NOBODY_FOLLOWED,
    changed_exits,
    count_transitions,
    transitions_table,
)
from engager_sim.studies.compare.pairs import pair_tables
from engager_sim.studies.compare.precision import (
    MOST_FOR_PRECISION,
    checked_precision,
    second_stage,
)
from engager_sim.studies.compare.settings import CompareSettings
from engager_sim.studies.kind import PreparedStudy, StudyResult


@dataclass(frozen=True, eq=False, kw_only=True)
class Comparison(StudyResult):
    """Scenarios compared with a base.

    Attributes
    ----------
    design : Design
        The scenarios, the base first.
    replicates : int
        How many of each scenario were asked for.
    paired : bool
        Whether the same men were followed through all of them with common random numbers.
    differences : pandas.DataFrame
        A row per other scenario and outcome: both means, other less base with its 95% interval,
        the parts of its spread, and how likely the other's expectation is the higher one.
    differences_between_others : pandas.DataFrame
        The same of any two of the other scenarios.
    carriers : pandas.DataFrame
        A row per pair, headline outcome and parameter that carries much of what is not known of
        their difference (:mod:`engager_sim.studies.compare.carriers`).
    missing : pandas.DataFrame
        A row per outcome of which a run has no value (:mod:`engager_sim.designs.missing_values`).
    fates, changed : pandas.DataFrame
        By arm, from which exit to which men went, and how many have another one; empty if unpaired.
    precision : dict of str to float
        The outcomes that decided how many replicates there are, and the width wanted of each; their
        intervals keep the first stage's variance.
    """

    table_names = (
        "differences",
        "differences_between_others",
        "carriers",
        "fates",
        "changed",
        "missing",
    )
    design: Design
    replicates: int
    paired: bool
    differences: pd.DataFrame
    differences_between_others: pd.DataFrame
    carriers: pd.DataFrame
    missing: pd.DataFrame
    fates: pd.DataFrame
    changed: pd.DataFrame
    precision: dict[str, float]

    @property
    def intervals(self) -> IntervalContents:
        """What its intervals hold."""
        return IntervalContents.of(self.design.fitted, self.replicates, self.design.scenarios)


UNPAIRED = (
    "compare scenarios with the same population, or add --unpaired to compare means from "
    "independent replicates"
)


def comparison_design(
    scenarios: Sequence[Scenario], seed: int, unpaired: bool, fitted: FittedParameters | None = None
) -> Design:
    """Make the design of a comparison.

    Raises
    ------
    UsageError
        If there are fewer than two scenarios, two are shown under one name, they are followed for
        different times, or they are about different men and ``unpaired`` is not set.
    """
    if len(scenarios) < 2:
        raise UsageError(
            "there is nothing to compare with", key="compare", fix="name two scenarios"
        )
    refuse_names_alike(scenarios)
    for other in scenarios[1:]:
        refuse_other_weeks(scenarios[0], other, key="compare")
        if not unpaired:
            refuse_other_men(scenarios[0], other, key="compare", fix=UNPAIRED)
    two_arms = all(min(scenario.setting.population.allocation) > 0 for scenario in scenarios)
    # Unpaired scenarios have replicates that no other has, so that they are independent.
    first = [index * MAX_REPLICATES if unpaired else 0 for index in range(len(scenarios))]
    return Design(
        scenarios=tuple(scenarios),
        factors=(),
        values=np.zeros((1, 0)),
        seed=seed,
        columns=all_columns(two_arms),
        first_replicates=tuple(first),
        exits=not unpaired,
        fitted=fitted,
    )


def compare(
    base: Scenario | str | Path,
    *others: Scenario | str | Path,
    replicates: int = 800,
    seed: int = 1,
    precision: Mapping[str, float] | None = None,
    unpaired: bool = False,
    store: Store | None = None,
    executor: Executor | None = None,
    watch: Watch | None = None,
    parameters: FittedParameters | str | Path | None = POSTERIOR,
) -> Comparison:
    """Compare scenarios with a base: the same men, common random numbers.

    Differences between men include what spills over: worlds that share staff and agencies pass on
    a change to men whom it does not touch directly.

    Parameters
    ----------
    base, *others : Scenario, str or Path
        Scenarios, names of presets, or scenario files.
    replicates : int
        Replicates of each; with ``precision``, of the first stage.
    seed : int
        Random seed.
    precision : mapping of str to float, optional
        For an outcome, the wanted distance from the difference to either end of its interval;
        replicates are added, once, until it is reached (Stein's two stages).
    unpaired : bool
        Compare means of scenarios about different men, from independent replicates.
    store, executor, watch : optional
        Where runs are kept (in memory unless given), who runs them (threads of this machine unless
        given), and what is told how far they are.
    parameters : FittedParameters, str or Path
        Where parameters are drawn from: ``posterior``, or a calibration's file; ``defaults`` are
        central values, whose intervals hold Monte Carlo error alone.

    Raises
    ------
    UsageError
        If scenarios cannot be compared, or an outcome or number cannot be used.
    """
    scenarios = tuple(
        scenario if isinstance(scenario, Scenario) else Scenario.load(scenario)
        for scenario in (base, *others)
    )
    fitted = FittedParameters.of(parameters)
    settings = CompareSettings(scenarios, replicates, seed, precision or {}, unpaired, fitted)
    return prepare(settings).analyse(Execution.of(store, executor, watch))


def prepare(settings: CompareSettings) -> PreparedStudy[Comparison]:
    """Check a comparison and make it ready to run.

    Raises
    ------
    UsageError
        If scenarios cannot be compared, or a precision cannot be had.
    """
    design = comparison_design(
        settings.scenarios, settings.seed, settings.unpaired, settings.fitted
    )
    base, *others = settings.scenarios
    precision = checked_precision(settings.precision, design, settings.replicates)
    workload = OutcomeRuns(design)
    method = {"paired": not settings.unpaired, "precision": precision}
    further = f"To reach the precision, up to {MOST_FOR_PRECISION:,} replicates may follow."

    def analyse(execution: Execution) -> Comparison:
        store, executor, watch = execution.store, execution.executor, execution.watch
        carry_out(workload, blocks_of(workload, settings.replicates), store, executor, watch)
        stages = [settings.replicates]
        if precision:
            stages.append(second_stage(store, design, settings.replicates, precision))
            carry_out(workload, blocks_of(workload, *stages), store, executor, watch)
        pilot = settings.replicates if len(stages) > 1 else None
        return _read(store, design, stages[-1], pilot, precision, settings.unpaired)

    return PreparedStudy(
        question=settings.question,
        name=settings.folder_name,
        scenarios=settings.scenarios,
        seed=settings.seed,
        replicates=settings.replicates,
        fitted=settings.fitted,
        workload=workload,
        blocks=blocks_of(workload, settings.replicates),
        facts=design_facts(design, method),
        analyse=analyse,
        remark=further if precision else "",
        changes=lambda: [change for other in others for change in scenario_changes(base, other)],
    )


def _read(
    store: Store,
    design: Design,
    replicates: int,
    pilot: int | None,
    precision: Mapping[str, float],
    unpaired: bool,
) -> Comparison:
    names = [scenario.name for scenario in design.scenarios]
    done, failed = count_runs(store)
    stages = {} if pilot is None else dict.fromkeys(precision, pilot)
    with one_thread_of_algebra():  # equal bytes, however many threads sums may have
        tables = pair_tables(store, design, replicates, failed, stages, unpaired)
        carriers = carriers_table(store, design, replicates)
    drawn = None if design.fitted is None else design.fitted.drawn(replicates)
    followed = names[1:] if design.exits else []
    transitions = count_transitions(store, len(names)) if design.exits else NOBODY_FOLLOWED
    return Comparison(
        design=design,
        replicates=replicates,
        paired=not unpaired,
        differences=tables.from_base,
        differences_between_others=tables.between_others,
        carriers=carriers,
        missing=tables.missing,
        fates=transitions_table(names[0], followed, transitions),
        changed=changed_exits(names[0], followed, transitions, drawn),
        precision=dict(precision),
        asked=design.runs(replicates),
        done=done,
        failed=failed,
    )
