"""Runs of which the whole course is kept: outcomes, weekly tables, and what else is asked for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from engager_sim.designs.execution.blocks import Block
from engager_sim.designs.execution.workload import RUNS, BlockTables
from engager_sim.outcomes.measurement import OUTCOMES
from engager_sim.results.tables import stacked
from engager_sim.runs.one_run import EVENTS_PER_MAN, RunRecord, compile_for, run_once
from engager_sim.runs.plan import Plan, arms_with_men, plan_of
from engager_sim.runs.tables.agencies import ties_columns, ties_table
from engager_sim.runs.tables.column import Column, words
from engager_sim.runs.tables.events import LoggedRun, events_columns, events_table
from engager_sim.runs.tables.leavers import leavers_columns, leavers_table
from engager_sim.runs.tables.runs import runs_columns, runs_table
from engager_sim.runs.tables.weeks import staff_columns, staff_table, weekly_columns, weekly_table
from engager_sim.scenarios.fitted_parameters import Drawn, FittedParameters
from engager_sim.scenarios.scenario import Scenario
from engager_sim.week.event_log import empty_log
from engager_sim.week.tallies import WeeklyTables, weekly_tables
from engager_sim.world.records import ARMS, LEAVER

WEEKLY, STAFF, TIES, LEAVERS, EVENTS = "weekly", "staff", "ties", "leavers", "events"
BYTES_PER_VALUE = 8


class TableShape(NamedTuple):
    """How large a table is: rows that one replicate gives, and columns."""

    rows: int
    columns: Sequence[Column]


@dataclass(frozen=True)
class CourseRuns:
    """The runs of some scenarios, each kept with its course.

    A point of this workload is a scenario. Rows of every table are in the order of scenario,
    replicate, and what the table counts within a replicate; blocks of several scenarios have the
    columns and words of all of them. ``weekly``, ``leavers`` and ``events`` say whether there are
    weekly tables of men and staff, a row per man, a row per event; ``check``, whether every state
    is compared with its declared range after every week.
    """

    scenarios: tuple[Scenario, ...]
    seed: int
    fitted: FittedParameters | None = None
    weekly: bool = True
    leavers: bool = False
    events: bool = False
    check: bool = False

    keys = ("scenario", "replicate")

    @property
    def tables(self) -> tuple[str, ...]:
        """The names of the tables that every block gives."""
        asked = {
            RUNS: True,
            WEEKLY: self.weekly,
            STAFF: self.weekly,
            TIES: True,
            LEAVERS: self.leavers,
            EVENTS: self.events,
        }
        return tuple(name for name, wanted in asked.items() if wanted)

    @property
    def points(self) -> int:
        """How many scenarios there are."""
        return len(self.scenarios)

    @property
    def runs_per_replicate(self) -> int:
        """One run."""
        return 1

    @property
    def leaver_weeks(self) -> int:
        """About how many weeks of leavers' lives one replicate of the longest scenario passes.

        A run is passed through once more for its events, and once more to be checked.
        """
        once = max(
            scenario.leaver_weeks(scenario.setting.population.leavers)
            for scenario in self.scenarios
        )
        return once * (1 + self.events + self.check)

    @property
    def bytes_per_replicate(self) -> int:
        """More bytes than one replicate of the largest scenario takes, before compression."""
        return BYTES_PER_VALUE * max(
            sum(shape.rows * len(shape.columns) for shape in self.shapes(point).values())
            for point in range(self.points)
        )

    def compile(self) -> None:
        """Compile, or load from disk, what every run calls; run nothing."""
        compile_for(self.plan(0))

    def run_block(self, block: Block) -> BlockTables:
        """Carry out the runs of a block; a pure function of the workload and the block."""
        parts = [
            self._part(point, block.replicates if point in block.points else range(0))
            for point in range(self.points)
        ]
        return {name: stacked([part[name] for part in parts]) for name in self.tables}

    def describe(self, point: int) -> str:
        """Name the scenario, where there are several."""
        return self.scenarios[point].name if self.points > 1 else ""

    def plan(self, point: int) -> Plan:
        """Make the plan of a scenario's runs."""
        return plan_of(
            self.scenarios[point],
            self.seed,
            self.fitted,
            weekly=self.weekly,
            leavers=self.leavers,
            events=self.events,
            check=self.check,
        )

    @property
    def ids(self) -> Sequence[str]:
        """The ids that own data give to the men of any scenario."""
        return list(
            dict.fromkeys(one for scenario in self.scenarios for one in scenario.ids if one)
        )

    def has_two_arms(self, point: int) -> bool:
        """Tell whether a scenario sends men to both arms."""
        return len(arms_with_men(self.plan(point))) == len(ARMS)

    def shapes(self, point: int) -> Mapping[str, TableShape]:
        """Say how large the tables of one scenario are; of events, how large at most."""
        plan = self.plan(point)
        arms, men = arms_with_men(plan), len(plan.template.given)
        weeks = plan.weeks_before + plan.entry.follow_up + 1
        shapes = {
            RUNS: TableShape(1, runs_columns(self.fitted is not None, len(arms) == len(ARMS))),
            WEEKLY: TableShape(len(arms) * weeks, weekly_columns()),
            STAFF: TableShape(len(_arms_with_teams(plan)) * plan.weeks, staff_columns()),
            TIES: TableShape(len(plan.template.ties), ties_columns()),
            LEAVERS: TableShape(men, leavers_columns(bool(self.ids))),
            EVENTS: TableShape(EVENTS_PER_MAN * men, events_columns()),
        }
        return {name: shapes[name] for name in self.tables}

    def _part(self, point: int, replicates: range) -> Mapping[str, pd.DataFrame]:
        """Run some replicates of one scenario; of none, its tables have no rows."""
        plan = self.plan(point)
        records = [run_once(plan, replicate) for replicate in replicates]
        scenario, first = self.scenarios[point], replicates.start
        name, setting = scenario.name, scenario.setting
        arms = arms_with_men(plan)
        outcomes = _stacked([record.outcomes for record in records], np.empty((len(OUTCOMES), 3)))
        ties = _stacked([record.ties for record in records], np.asarray(plan.template.ties))
        part = {
            RUNS: runs_table(name, self.seed, outcomes, arms, self._drawn(replicates), first),
            TIES: ties_table(name, setting, ties, first),
        }
        if self.weekly:
            men, staff = _weekly_sums(plan, records)
            part[WEEKLY] = weekly_table(name, men, plan.weeks_before, arms, first)
            part[STAFF] = staff_table(name, staff, _arms_with_teams(plan), first)
        if self.leavers:
            leavers = [record.leavers for record in records if record.leavers is not None]
            part[LEAVERS] = leavers_table(
                name, setting, leavers or [np.empty(0, LEAVER)], first, self._ids_of(scenario)
            )
        if self.events:
            logs = [record.events for record in records if record.events is not None]
            nothing = LoggedRun(empty_log(0).rows, plan.template)
            part[EVENTS] = events_table(name, logs or [nothing], first)
        return part

    def _ids_of(self, scenario: Scenario) -> pd.Categorical | None:
        known = self.ids
        places = {own: place for place, own in enumerate(known)}
        own = scenario.ids or [""] * scenario.setting.population.leavers
        return words([places.get(each, -1) for each in own], known) if known else None

    def _drawn(self, replicates: range) -> Drawn | None:
        if self.fitted is None:
            return None
        draws, rivals = self.fitted.drawn(replicates.stop)
        return Drawn(draws[replicates.start :], rivals[replicates.start :])


def _arms_with_teams(plan: Plan) -> list[int]:
    return sorted({int(arm) for arm in plan.template.teams["arm"]})


def _stacked[T: np.generic](
    arrays: Sequence[npt.NDArray[T]], like: npt.NDArray[T]
) -> npt.NDArray[T]:
    """Stack arrays of one shape; of none, make a stack without layers."""
    return np.stack(arrays) if arrays else np.empty((0, *like.shape), like.dtype)


def _weekly_sums(
    plan: Plan, records: Sequence[RunRecord]
) -> tuple[npt.NDArray[np.void], npt.NDArray[np.void]]:
    empty = weekly_tables(plan.weeks_before, plan.entry.follow_up, plan.weeks)
    tables: Sequence[WeeklyTables] = [record.tables for record in records]
    return (
        _stacked([table.men for table in tables], empty.men),
        _stacked([table.staff for table in tables], empty.staff),
    )
