"""Scenarios are simulated: their tables, and what these come to over replicates."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pandas as pd

from engager_sim.designs.execution.blocks import Block, blocks_of
from engager_sim.designs.execution.carry_out import Execution, RunCount, carry_out
from engager_sim.designs.execution.executors import Threads
from engager_sim.designs.execution.store import Memory
from engager_sim.results.tables import stacked, write_csv, write_parquet
from engager_sim.runs.plan import refuse_unusable_numbers
from engager_sim.runs.tables.agencies import agencies_table, write_network
from engager_sim.runs.threads import Progress, threads_of_this_machine
from engager_sim.scenarios.fitted_parameters import POSTERIOR, FittedParameters
from engager_sim.scenarios.scenario import Scenario
from engager_sim.statistics.interval_contents import IntervalContents
from engager_sim.studies.kind import PreparedStudy, StudyResult
from engager_sim.studies.run.course_runs import CourseRuns
from engager_sim.studies.run.course_summary import Courses, mean_ties, weekly_courses
from engager_sim.studies.run.settings import RunSettings, network_files
from engager_sim.studies.run.summary import summarise, summarise_kept

TABLES = ("runs", "weekly", "staff", "ties", "agencies", "leavers", "events")
"""The tables that runs may have, by name."""

BLOCKS_PER_THREAD = 4
"""In memory, enough of them that no thread waits long for the last."""


@dataclass(frozen=True, eq=False, repr=False)
class Runs:
    """The runs of one scenario: tidy tables, and where they came from.

    Attributes
    ----------
    scenario : Scenario
        What was simulated.
    seed : int
        With which random seed.
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
        """Average every outcome over replicates, with intervals of this coverage.

        See :func:`engager_sim.studies.run.summary.summarise`.
        """
        return summarise(self.runs, level)


@dataclass(frozen=True, eq=False, kw_only=True)
class RunResult(StudyResult):
    """Simulated scenarios in numbers that do not grow with replicates.

    ``summary`` is that of :func:`engager_sim.studies.run.summary.summarise`; ``courses`` are
    measures by week, of each scenario and arm with men; ``ties`` means at the start and at the end.
    """

    table_names = ("summary",)
    workload: CourseRuns
    replicates: int
    summary: pd.DataFrame
    courses: Courses
    ties: pd.DataFrame
    agencies: pd.DataFrame

    @property
    def intervals(self) -> IntervalContents:
        """What its intervals hold."""
        workload = self.workload
        return IntervalContents.of(workload.fitted, self.replicates, workload.scenarios)


def prepare(settings: RunSettings) -> PreparedStudy[RunResult]:
    """Check scenarios and make them ready to run.

    Raises
    ------
    ScenarioError
        If a scenario cannot be used.
    """
    replicates, scenarios = settings.replicates, settings.scenarios
    workload = CourseRuns(
        scenarios,
        settings.seed,
        settings.fitted,
        leavers=settings.leavers,
        events=settings.events,
        check=settings.check,
    )
    blocks = blocks_of(workload, replicates)

    def analyse(execution: Execution) -> RunResult:
        store = execution.store
        carry_out(workload, blocks, store, execution.executor, execution.watch)
        execution.tell("averaging over replicates")
        runs = replicates * workload.points  # one that cannot be made ends the study
        return RunResult(
            workload=workload,
            replicates=replicates,
            summary=summarise_kept(store, workload, replicates),
            courses=weekly_courses(store, workload, replicates),
            ties=mean_ties(store, workload, replicates),
            agencies=stacked([agencies_table(each.name, each.setting) for each in scenarios]),
            asked=runs,
            done=runs,
        )

    def agencies_files(result: RunResult) -> Mapping[str, Callable[[Path], None]]:
        files = {"agencies.parquet": partial(write_parquet, result.agencies)}
        for name, file in zip(settings.names, network_files(settings.names), strict=True):
            files[f"{file}.graphml"] = partial(write_network, result.agencies, result.ties, name)
        if settings.csv:
            files["agencies.csv"] = partial(write_csv, result.agencies)
        return files

    return PreparedStudy(
        question=settings.question,
        name=f"run/{'_and_'.join(settings.names)}",
        scenarios=scenarios,
        seed=settings.seed,
        replicates=replicates,
        fitted=settings.fitted,
        workload=workload,
        blocks=blocks,
        facts={"tables": list(workload.tables), "ranges_checked": settings.check},
        analyse=analyse,
        files=agencies_files,
        remark="A point is a scenario." if workload.points > 1 else "",
        whole_tables=True,
        csv=settings.csv,
    )


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
    parameters: FittedParameters | str | Path | None = POSTERIOR,
    draw: int | None = None,
) -> Runs:
    """Simulate a scenario in memory.

    The same scenario, seed and number of replicates give the same tables, bit for bit, whatever
    the threads; and a replicate is the same whatever the number of replicates.

    Parameters
    ----------
    scenario : Scenario, str or Path
        A scenario, the name of a preset, or a scenario file.
    replicates : int
        How many independent runs.
    seed : int
        Random seed, from 0 to 2^64 - 1.
    threads : int, optional
        How many blocks of runs at a time; as many as there are processors unless given.
    weekly : bool
        Whether to keep the weekly tables of men and staff.
    leavers, events : bool
        Whether to keep a row per man, and a row per event.
    check : bool
        Whether to compare every state with its declared range after every week.
    progress : callable, optional
        Called as ``progress(done, asked)``: with 0 once the rules are compiled, then after each
        block of runs.
    parameters : FittedParameters, str or Path
        Where parameters are drawn from: ``posterior``, or a calibration's file; ``defaults`` are
        central values, whose intervals hold Monte Carlo error alone.
    draw : int, optional
        The number, from 0, of the one draw under which every replicate is run.

    Returns
    -------
    Runs
        The tables.

    Raises
    ------
    UsageError
        If replicates, seed or threads are out of range, or there is no such posterior or draw.
    ScenarioError
        If the scenario cannot be used.
    RangeError
        If ``check`` and a state left its declared range.
    """
    refuse_unusable_numbers(replicates, seed, threads)
    if isinstance(scenario, str | Path):
        scenario = Scenario.load(scenario)
    fitted = FittedParameters.of(parameters, draw)
    settings = RunSettings((scenario,), replicates, seed, fitted=fitted)
    workload = CourseRuns(settings.scenarios, seed, fitted, weekly, leavers, events, check)
    workers = threads or threads_of_this_machine()
    store = Memory()

    def watch(count: RunCount) -> None:
        if progress is not None:
            progress(count.done, count.asked)

    carry_out(
        workload, _blocks_in_memory(workload, replicates, workers), store, Threads(workers), watch
    )
    tables = {name: _joined(list(store.tables(None, name))) for name in workload.tables}
    return Runs(
        scenario=scenario,
        seed=seed,
        agencies=agencies_table(scenario.name, scenario.setting),
        fitted=fitted,
        **tables,
    )


def _blocks_in_memory(workload: CourseRuns, replicates: int, threads: int) -> list[Block]:
    """Divide the replicates of a scenario so that every thread has some."""
    stored = blocks_of(workload, replicates)[0]
    size = min(stored.size, -(-replicates // (BLOCKS_PER_THREAD * threads)))
    return [
        Block(number, 0, 1, first, min(first + size, replicates))
        for number, first in enumerate(range(0, replicates, size))
    ]


def _joined(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    return frames[0] if len(frames) == 1 else pd.concat(frames, ignore_index=True)
