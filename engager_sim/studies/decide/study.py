"""A decision: the worlds are run, and options weighed by what they give, cost and may harm."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from engager_sim.costs.spending import men_a_year
from engager_sim.designs.design import Design
from engager_sim.designs.effect_changes import scenario_changes
from engager_sim.designs.execution.carry_out import Execution, Watch, carry_out
from engager_sim.designs.execution.executors import Executor
from engager_sim.designs.execution.outcome_runs import OutcomeRuns
from engager_sim.designs.execution.store import Store, count_runs
from engager_sim.results.study_manifest import design_facts
from engager_sim.runs.threads import one_thread_of_algebra
from engager_sim.scenarios.fitted_parameters import POSTERIOR, FittedParameters
from engager_sim.scenarios.scenario import Scenario
from engager_sim.scenarios.unpriced_changes import unpriced
from engager_sim.statistics.interval_contents import IntervalContents
from engager_sim.studies.decide.benefits import benefits_of, counts_men
from engager_sim.studies.decide.doubts import doubts_table
from engager_sim.studies.decide.findings import findings
from engager_sim.studies.decide.groups import groups_table
from engager_sim.studies.decide.information import information_table
from engager_sim.studies.decide.levers import levers_table
from engager_sim.studies.decide.men_effects import read_men
from engager_sim.studies.decide.men_table import men_table
from engager_sim.studies.decide.on_the_way import on_the_way_table
from engager_sim.studies.decide.option_tables import (
    acceptability_table,
    net_benefit_table,
    options_table,
    pairs_table,
    plane_table,
    spend_table,
)
from engager_sim.studies.decide.options import offered
from engager_sim.studies.decide.run_values import read_runs
from engager_sim.studies.decide.settings import (
    OUTCOME,
    WORTH_OF_A_QALY,
    DecideSettings,
    checked_outcome,
)
from engager_sim.studies.decide.worlds import blocks_of_worlds, without_a_theme, worlds
from engager_sim.studies.kind import PreparedStudy, StudyResult

TABLES = (
    "options",
    "pairs",
    "net_benefit",
    "men",
    "groups",
    "doubts",
    "information",
    "on_the_way",
    "levers",
    "spend",
    "acceptability",
    "plane",
    "missing",
)


@dataclass(frozen=True, eq=False, kw_only=True)
class Decision(StudyResult):
    """Options weighed against today's service and each other.

    Attributes
    ----------
    settings : DecideSettings
        What was asked.
    options : pandas.DataFrame
        A row per choice: gain, spending, chance of being best, whether it can be told from others.
    pairs : pandas.DataFrame
        A row per two options: how much more the other gives.
    net_benefit, acceptability, plane : pandas.DataFrame
        Options by what a quality-adjusted life year is worth; and each draw's gain, health, spend.
    men : pandas.DataFrame
        How many men are better and worse off, expected and realised.
    groups : pandas.DataFrame
        For whom an option does more, by what is seen of men at entry.
    doubts : pandas.DataFrame
        What is left of each option where a theme does nothing.
    information : pandas.DataFrame
        What it is worth to know a parameter, and where it changes the answer.
    on_the_way : pandas.DataFrame
        A row per option and headline outcome other than the one in question: what it changes.
    levers, spend : pandas.DataFrame
        What options change and on what that rests; what they add to spending, item by item.
    missing : pandas.DataFrame
        A row per outcome of which a run has no value.
    """

    table_names = TABLES
    settings: DecideSettings
    design: Design
    facts: Mapping[str, Any]
    options: pd.DataFrame
    pairs: pd.DataFrame
    net_benefit: pd.DataFrame
    men: pd.DataFrame
    groups: pd.DataFrame
    doubts: pd.DataFrame
    information: pd.DataFrame
    on_the_way: pd.DataFrame
    levers: pd.DataFrame
    spend: pd.DataFrame
    acceptability: pd.DataFrame
    plane: pd.DataFrame
    missing: pd.DataFrame

    def in_words(self) -> list[str]:
        """Say what to buy, for whom, who may be harmed, and how sure that is."""
        return findings(self.tables(), self.facts)


def prepare(settings: DecideSettings) -> PreparedStudy[Decision]:
    """Make a decision ready to run."""
    design = worlds(settings)
    workload = OutcomeRuns(design)
    blocks = blocks_of_worlds(settings, workload)
    facts = _facts(settings)

    def analyse(execution: Execution) -> Decision:
        carry_out(workload, blocks, execution.store, execution.executor, execution.watch)
        execution.tell("weighing options")
        with one_thread_of_algebra():  # equal bytes, however many threads sums may have
            return _weighed(settings, design, facts, execution.store)

    return PreparedStudy(
        question=settings.question,
        name=settings.folder_name,
        scenarios=settings.scenarios,
        seed=settings.seed,
        replicates=settings.replicates,
        fitted=settings.fitted,
        workload=workload,
        blocks=blocks,
        facts=design_facts(design, facts),
        analyse=analyse,
        intervals=_interval_line(settings),
        changes=lambda: [
            change
            for option in settings.options
            if len(option.parts) == 1
            for change in scenario_changes(settings.today, option.scenario)
        ],
    )


def decide(
    today: Scenario | str | os.PathLike[str],
    *options: Scenario | str | os.PathLike[str],
    budget: float | None = None,
    outcome: str = OUTCOME,
    combine: bool = False,
    worth: Sequence[float] = WORTH_OF_A_QALY,
    replicates: int = 800,
    populations: int = 40,
    lives: int = 40,
    seed: int = 1,
    store: Store | None = None,
    executor: Executor | None = None,
    watch: Watch | None = None,
    parameters: FittedParameters | str | Path = POSTERIOR,
) -> Decision:
    """Weigh what could be bought: what each option gives, costs, and whom it may harm.

    Parameters
    ----------
    today : Scenario, str or path
        The service as it is.
    *options : Scenario, str or path
        What could be bought: scenarios about the same men.
    budget : float, optional
        Pounds more in the first year; no limit unless given.
    outcome : str
        What the decision is for.
    combine : bool
        Whether to add every combination of options that the budget buys.
    worth : sequence of float
        Pounds that a quality-adjusted life year may be worth.
    replicates : int
        Replicates of each world, two under each draw.
    populations, lives : int
        How many populations of men are followed again and again, and through how many lives each.
    seed : int
        Random seed.
    store, executor, watch : optional
        Where runs are kept (in memory unless given), who runs them (threads of this machine unless
        given), and what is told how far they are.
    parameters : FittedParameters, str or Path
        Where parameters are drawn from: ``posterior``, or a calibration's file.

    Raises
    ------
    UsageError
        If options cannot be weighed against today's service, or something asked for cannot be had.
    """
    offer = offered(today, options, combine, budget)
    settings = DecideSettings(
        offer.today, offer.options, FittedParameters.of(parameters), budget, outcome,
        tuple(sorted(set(worth))), replicates, populations, lives, seed, offer.left_out,
    )  # fmt: skip
    return prepare(settings).analyse(Execution.of(store, executor, watch))


def _facts(settings: DecideSettings) -> dict[str, Any]:
    """Gather what a decision's numbers depend on, and what its sentences need."""
    outcome = checked_outcome(settings.outcome)
    return {
        "today": settings.today.name,
        "budget": settings.budget,
        "outcome": outcome.id,
        "counts_men": counts_men(outcome.id),
        "men_a_year": men_a_year(settings.today.setting),
        "worth": list(settings.worth),
        "populations": settings.populations,
        "lives": settings.lives,
        "runs_of_each": f"{settings.replicates:,} replicates and {settings.populations} "
        f"populations of {settings.lives} lives each of today's service and every option, "
        f"{len(without_a_theme(settings)):,} of these lives again without each theme",
        "left_out": list(settings.left_out),
        "labels": {option.name: option.label for option in settings.options},
        "questions": {option.name: option.scenario.question for option in settings.options},
        "own_prices": {
            option.name: prices
            for option in settings.options
            if len(option.parts) == 1 and (prices := _own_prices(settings.today, option.scenario))
        },
        "unpriced": {
            option.name: unpriced(settings.today, option.scenario)
            for option in settings.options
            if len(option.parts) == 1
        },
    }


def _own_prices(today: Scenario, option: Scenario) -> list[str]:
    """Name the prices at which an option is reckoned otherwise than today's service."""
    here = today.costs.quantiles
    return [name for name, price in option.costs.quantiles.items() if price != here[name]]


def _interval_line(settings: DecideSettings) -> str:
    """Say what intervals hold."""
    contents = IntervalContents.of(settings.fitted, settings.replicates, settings.scenarios)
    return (
        "Intervals of gains and net benefit are the central 95% of expectations over "
        f"{contents.draws_text}: parameters, prices, rival theories, and the Monte Carlo error of "
        "their mean. "
        f"Those of shares of men are over {settings.populations} populations of men."
    )


def _weighed(
    settings: DecideSettings, design: Design, facts: Mapping[str, Any], store: Store
) -> Decision:
    done, failed = count_runs(store)
    values = read_runs(store, design, settings, failed)
    benefits = benefits_of(settings, values.outcomes, values.draws)
    men = read_men(store, design, settings)
    return Decision(
        settings=settings,
        design=design,
        facts=facts,
        options=options_table(settings, benefits, values.rivals),
        pairs=pairs_table(settings, benefits),
        net_benefit=net_benefit_table(settings, benefits),
        men=men_table(settings, men),
        groups=groups_table(settings, design, men),
        doubts=doubts_table(settings, values),
        information=information_table(settings, benefits, values.draws),
        on_the_way=on_the_way_table(settings, values),
        levers=levers_table(settings),
        spend=spend_table(settings, benefits),
        acceptability=acceptability_table(settings, benefits),
        plane=plane_table(settings, benefits),
        missing=values.missing,
        asked=done + sum(failed.values()),
        done=done,
        failed=failed,
    )
