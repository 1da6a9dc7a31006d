"""One run of a scenario: its outcomes, and as much of its course as is wanted."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from engager_sim.outcomes.measurement import OUTCOMES
from engager_sim.runs.batch import measure_run, men_tables, packed_seeds, run_batch
from engager_sim.runs.memory import give_back
from engager_sim.runs.plan import Plan
from engager_sim.runs.range_checks import check_run
from engager_sim.runs.tables.events import LoggedRun
from engager_sim.week.engine import advance
from engager_sim.week.event_log import empty_log
from engager_sim.week.tallies import WeeklyTables, no_tables, weekly_tables
from engager_sim.world.deployment import fresh
from engager_sim.world.dice import dice_for
from engager_sim.world.records import World

EVENTS_PER_MAN = 120


@dataclass(frozen=True, slots=True)
class RunRecord:
    """What is kept of one run: records of ties and men stand as at its end.

    ``outcomes``, shape (outcomes, 3), are those over all men, the programme's and usual care's. The
    weekly sums have no length unless they are wanted; the men's records and the event log are None.
    """

    outcomes: npt.NDArray[np.float64]
    tables: WeeklyTables
    ties: npt.NDArray[np.void]
    leavers: npt.NDArray[np.void] | None
    events: LoggedRun | None


def run_once(plan: Plan, replicate: int) -> RunRecord:
    """Run one replicate; a pure function of its arguments, safe to call from many threads.

    Raises
    ------
    RangeError
        If ``plan.check`` and a state leaves its declared range.
    """
    if plan.check:
        check_run(plan, replicate)
    outcomes = np.empty((1, len(OUTCOMES), 3))
    if plan.events:
        logged, tables = _logged(plan, replicate, outcomes[0])
        world = logged.world
    else:
        logged, tables, world = None, _tables(plan), fresh(plan.template)
        _run(plan, world, np.array([replicate]), tables, outcomes)
    return RunRecord(
        outcomes[0],
        tables,
        np.asarray(world.ties),
        np.asarray(world.leavers) if plan.leavers else None,
        logged,
    )


def compile_for(plan: Plan) -> None:
    """Compile, or load from disk, everything that a run of this plan calls; run nothing.

    One man stands for all of them: records in their thousands beside a compiler at work would take
    more memory than the run itself. What compiling took is given back before they come.
    """
    world = fresh(plan.template._replace(given=plan.template.given[:1]))
    _run(plan, world, np.zeros(0, np.int64), _tables(plan), np.empty((0, len(OUTCOMES), 3)))
    dice = dice_for(plan.seed, 0)
    if plan.check:
        advance(world, plan.theories, plan.entry, dice, 1, 1, no_tables(), None)
    if plan.events:
        advance(world, plan.theories, plan.entry, dice, 1, 1, no_tables(), empty_log(0))
        measure_run(world, plan.theories, np.empty((len(OUTCOMES), 3)))
    give_back()


def _run(
    plan: Plan, world: World, replicates: npt.NDArray[np.int64], tables: WeeklyTables,
    outcomes: npt.NDArray[np.float64],
) -> None:  # fmt: skip
    theories = np.empty((len(replicates), 2), plan.theories.dtype)
    for index, replicate in enumerate(replicates):
        theories[index] = plan.theories_of(int(replicate))
    seeds, lived = packed_seeds(plan.seed, replicates), theories.view(np.recarray)
    run_batch(
        plan.template, world, lived, plan.entry, seeds, plan.weeks, tables, outcomes,
        men_tables(0, 0),
    )  # fmt: skip


def _tables(plan: Plan) -> WeeklyTables:
    if not plan.weekly:
        return no_tables()
    return weekly_tables(plan.weeks_before, plan.entry.follow_up, plan.weeks)


def _logged(
    plan: Plan, replicate: int, outcomes: npt.NDArray[np.float64]
) -> tuple[LoggedRun, WeeklyTables]:
    """Run with a log; if the log was too small, once more with one that holds everything."""
    room = 1000 + EVENTS_PER_MAN * len(plan.template.given)
    theories, dice = plan.theories_of(replicate), dice_for(plan.seed, replicate)
    while True:
        world, log, tables = fresh(plan.template), empty_log(room), _tables(plan)
        advance(world, theories, plan.entry, dice, 0, plan.weeks, tables, log)
        used = int(log.used[0])
        if used <= room:
            measure_run(world, theories, outcomes)
            return LoggedRun(log.rows[:used].copy(), world), tables
        room = used
