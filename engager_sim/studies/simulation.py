"""A scenario is simulated: many replicates, and the tables that a researcher works with."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd

from engager_sim.errors import UsageError
from engager_sim.studies.fitted_parameters import FittedParameters, refuse_odd_replicates
from engager_sim.studies.one_run import Plan, RunRecord, compile_for, run_once
from engager_sim.studies.scenario import Scenario
from engager_sim.studies.summary import summarise
from engager_sim.studies.tables.of_agencies import agencies_table, ties_table
from engager_sim.studies.tables.of_events import LoggedRun, events_table
from engager_sim.studies.tables.of_leavers import leavers_table
from engager_sim.studies.tables.of_runs import runs_table
from engager_sim.studies.tables.of_weeks import staff_table, weekly_table
from engager_sim.studies.threads import (
    Progress,
    in_order,
    threads_of_this_machine,
    while_listening,
)
from engager_sim.world.dice import MAX_SEED
from engager_sim.world.records import ARMS

MAX_REPLICATES = 1_000_000
TABLES = ("runs", "weekly", "staff", "ties", "agencies", "leavers", "events")
"""The tables that runs may have, by name."""


@dataclass(frozen=True, eq=False, repr=False)
class Runs:
    """What came of simulating one scenario: tidy tables, and where they came from.

    Attributes
    ----------
    scenario : Scenario
        What was simulated.
    seed : int
        With which seed.
    runs : pandas.DataFrame
        A row per replicate: every outcome over all men and, with two arms, in each arm and their
        difference.
    agencies : pandas.DataFrame
        A row per agency of the network.
    ties : pandas.DataFrame
        A row per replicate and pair of agencies: the tie at the start and at the end.
    weekly, staff : pandas.DataFrame or None
        A row per replicate, arm and week: men by week from release, staff by week of the run.
    leavers, events : pandas.DataFrame or None
        A row per man; a row per event.
    fitted : FittedParameters or None
        Where parameters were drawn from, two replicates under each draw.
    """

    scenario: Scenario
    seed: int
    runs: pd.DataFrame
    agencies: pd.DataFrame
    ties: pd.DataFrame
    weekly: pd.DataFrame | None = None
    staff: pd.DataFrame | None = None
    leavers: pd.DataFrame | None = None
    events: pd.DataFrame | None = None
    fitted: FittedParameters | None = None

    def __repr__(self) -> str:
        kept = [name for name in TABLES if getattr(self, name) is not None]
        return (
            f"<Runs of {self.scenario.name}: {len(self.runs)} replicates, seed {self.seed}; "
            f"tables {', '.join(kept)}>"
        )

    def summary(self, level: float = 0.95) -> pd.DataFrame:
        """Average every outcome over replicates.

        Parameters
        ----------
        level : float
            Coverage of the intervals.

        Returns
        -------
        pandas.DataFrame
            See :func:`engager_sim.studies.summary.summarise`.
        """
        return summarise(self.runs, level)


def simulate(
    scenario: Scenario | str | Path,
    replicates: int = 1,
    seed: int = 0,
    threads: int | None = None,
    weekly: bool = True,
    leavers: bool = False,
    events: bool = False,
    check: bool = False,
    progress: Progress | None = None,
    parameters: FittedParameters | str | Path | None = None,
) -> Runs:
    """Simulate a scenario.

    The same scenario, seed and number of replicates give the same tables, bit for bit, whatever
    the threads; and a replicate is the same whatever the number of replicates.

    Parameters
    ----------
    scenario : Scenario, str or Path
        A scenario, the name of a preset, or a scenario file.
    replicates : int
        How many runs, each with luck of its own.
    seed : int
        From 0 to 2^64 - 1.
    threads : int, optional
        How many runs at a time; as many as there are processors unless given.
    weekly : bool
        Whether to keep the weekly tables of men and staff.
    leavers, events : bool
        Whether to keep a row per man, and a row per event.
    check : bool
        Whether to compare every state with its declared range after every week.
    progress : callable, optional
        Called as ``progress(done, asked)``: with 0 once the rules are compiled, then after each
        run.
    parameters : FittedParameters, str or Path, optional
        Where fitted parameters are drawn from: ``posterior``, or a calibration's file. Defaults
        unless given.

    Returns
    -------
    Runs
        The tables.

    Raises
    ------
    UsageError
        If replicates, seed or threads are out of range, or there is no such posterior.
    ScenarioError
        If the scenario cannot be used.
    RangeError
        If ``check`` and a state left its declared range.
    """
    refuse_unusable_numbers(replicates, seed, threads)
    if isinstance(scenario, str | Path):
        scenario = Scenario.load(scenario)
    fitted = FittedParameters.of(parameters)
    refuse_odd_replicates(fitted, replicates)
    plan = plan_of(
        scenario, seed, fitted, weekly=weekly, leavers=leavers, events=events, check=check
    )
    while_listening(partial(compile_for, plan))
    if progress is not None:
        progress(0, replicates)
    workers = threads_of_this_machine() if threads is None else threads
    records = in_order(partial(run_once, plan), replicates, workers, progress)
    return _tables(scenario, plan, fitted, records)


def refuse_unusable_numbers(replicates: int, seed: int, threads: int | None) -> None:
    """Raise UsageError unless so many replicates, this seed and so many threads can be used."""
    for name, value, low, high, shown in (
        ("replicates", replicates, 1, MAX_REPLICATES, f"1 to {MAX_REPLICATES:,}"),
        ("seed", seed, 0, MAX_SEED, f"0 to {MAX_SEED} (2^64 - 1)"),
        ("threads", threads, 1, 4096, "1 to 4096"),
    ):
        if value is not None and not low <= value <= high:
            raise UsageError("this number is out of range", key=name, value=value, allowed=shown)


def arms_with_men(plan: Plan) -> tuple[int, ...]:
    """List the arms to which a plan sends men."""
    given = plan.template.given["arm"]
    drawn = bool(np.isnan(given).any())
    return tuple(
        arm
        for arm in range(len(ARMS))
        if (given == arm).any() or (drawn and plan.entry.allocation[arm] > 0)
    )


def plan_of(
    scenario: Scenario, seed: int, fitted: FittedParameters | None = None, **wanted: bool
) -> Plan:
    """Make the plan of every run of a scenario.

    Parameters
    ----------
    fitted : FittedParameters, optional
        Where parameters are drawn from; the scenario's own unless given.
    **wanted : bool
        What is wanted of each run: see :class:`~engager_sim.studies.one_run.Plan`.
    """
    template, entry = scenario.template(), scenario.entry()
    given = template.given["weeks_to_release"]
    longest = np.where(np.isnan(given), entry.longest_to_release, given).max()
    return Plan(
        scenario=scenario.name,
        template=template,
        theories=scenario.theories(),
        entry=entry,
        weeks=scenario.weeks(),
        weeks_before=int(longest),
        seed=seed,
        drawn=None if fitted is None else fitted.under_every_draw(scenario),
        **wanted,
    )


def _tables(
    scenario: Scenario, plan: Plan, fitted: FittedParameters | None, records: Sequence[RunRecord]
) -> Runs:
    name, setting = scenario.name, scenario.setting
    arms = arms_with_men(plan)
    drawn = None if fitted is None else fitted.drawn(len(records))
    outcomes = np.stack([record.outcomes for record in records])
    weekly = staff = leavers = events = None
    if plan.weekly:
        men_sums = np.stack([record.tables.men for record in records])
        weekly = weekly_table(name, men_sums, plan.weeks_before, arms)
        staffed = sorted({int(arm) for arm in plan.template.teams["arm"]})
        staff = staff_table(name, np.stack([record.tables.staff for record in records]), staffed)
    if plan.leavers:
        men = [record.leavers for record in records if record.leavers is not None]
        leavers = leavers_table(name, setting, men)
    if plan.events:
        logs: list[LoggedRun] = [r.events for r in records if r.events is not None]
        events = events_table(name, logs)
    return Runs(
        scenario=scenario,
        seed=plan.seed,
        runs=runs_table(name, plan.seed, outcomes, arms, drawn),
        agencies=agencies_table(name, setting),
        ties=ties_table(name, setting, np.stack([record.ties for record in records])),
        weekly=weekly,
        staff=staff,
        leavers=leavers,
        events=events,
        fitted=fitted,
    )
