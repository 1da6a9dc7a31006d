"""Batches: many runs and their outcomes in one compiled call."""

from collections.abc import Sequence
from typing import NamedTuple, cast

import numpy as np
import numpy.typing as npt

from engager_sim.compilation import entry_point, rule
from engager_sim.outcomes.measurement import measure, measure_men
from engager_sim.week.engine import advance
from engager_sim.week.tallies import WeeklyTables
from engager_sim.world.dice import Dice
from engager_sim.world.population import Entry
from engager_sim.world.records import World

FIRST_WEEK = cast(int, np.int64(0))  # a plain 0 would have the whole week compiled once more
OF_USUAL_CARE = 16
"""What is added to the exit cause of a leaver in usual care."""


class MenTables(NamedTuple):
    """What is kept of every man of every run; tables of no length where it is not wanted.

    Attributes
    ----------
    exits : uint8 array, shape (runs, men)
        Filled with the cause of every man's first exit, plus 16 in usual care.
    wanted : int64 array, shape (outcomes,)
        Places of the outcomes, each a mean over men, of which every man's own value is kept.
    values : float32 array, shape (runs, men, outcomes)
        Filled with those values; NaN where a man has none.
    """

    exits: npt.NDArray[np.uint8]
    wanted: npt.NDArray[np.int64]
    values: npt.NDArray[np.float32]


def men_tables(runs: int, men: int, exits: bool = False, outcomes: Sequence[int] = ()) -> MenTables:
    """Make room for what is kept of men: nothing unless it is asked for."""
    return MenTables(
        np.zeros((runs, men) if exits else (0, 0), np.uint8),
        np.array(outcomes, np.int64),
        np.empty((runs, men, len(outcomes)) if outcomes else (0, 0, 0), np.float32),
    )


@rule
def _renew(world: World, template: World) -> None:
    """Make a used world empty again."""
    for index in range(len(world.leavers)):
        world.leavers[index] = template.leavers[0]
    for index in range(len(template.practitioners)):
        world.practitioners[index] = template.practitioners[index]
    for index in range(len(template.supervisors)):
        world.supervisors[index] = template.supervisors[index]
    for index in range(len(template.peers)):
        world.peers[index] = template.peers[index]
    for index in range(len(template.teams)):
        world.teams[index] = template.teams[index]
    for index in range(len(template.agencies)):
        world.agencies[index] = template.agencies[index]
    for index in range(len(template.ties)):
        world.ties[index] = template.ties[index]
    world.clock[:] = 0


@entry_point
def measure_run(world: World, theories: np.ndarray, results: np.ndarray) -> None:
    """Measure one finished run that was not part of a batch, as :func:`measure` says."""
    measure(world, theories, results)


def packed_seeds(
    seed: int, replicates: npt.NDArray[np.int64], populations: npt.NDArray[np.int64] | None = None
) -> npt.NDArray[np.int64]:
    """Write seeds from 0 to 2^64 - 1 as :func:`run_batch` reads them, of shape (runs, 4).

    A run has the low and the high word of the seed, its replicate, and the number of its
    population: its replicate's unless given.
    """
    words = np.empty((len(replicates), 4), np.int64)
    words[:, 0], words[:, 1], words[:, 2] = seed & 0xFFFFFFFF, seed >> 32, replicates
    words[:, 3] = replicates if populations is None else populations
    return words


@entry_point
def run_batch(
    template: World, world: World, theories: np.ndarray, entry: Entry, seeds: np.ndarray,
    weeks: int, tables: WeeklyTables, results: np.ndarray, kept: MenTables,
) -> None:  # fmt: skip
    """Run many worlds, one after another, and measure each.

    Parameters
    ----------
    template : World
        From :func:`~engager_sim.world.deployment.deploy`; not changed.
    world : World
        Room to work in, from :func:`~engager_sim.world.deployment.fresh`; one per thread.
    theories : structured array, shape (runs, 2)
        A theory per run and arm.
    seeds : int64 array, shape (runs, 4)
        Low and high word of the seed, the replicate and the population of each run.
    weeks : int
        Weeks to run.
    results : float64 array, shape (runs, outcomes, 3)
        Filled with every outcome over all men, the programme's and usual care's.
    kept : MenTables
        Filled with what is wanted of every man.
    """
    for run in range(len(seeds)):
        _renew(world, template)
        dice = Dice(seeds[run, 0], seeds[run, 1], seeds[run, 2], seeds[run, 3])
        advance(world, theories[run], entry, dice, FIRST_WEEK, weeks, tables, None)
        measure(world, theories[run], results[run])
        if len(kept.exits) > 0:
            for index in range(len(world.leavers)):
                leaver = world.leavers[index]
                kept.exits[run, index] = leaver.first_exit + OF_USUAL_CARE * leaver.arm
        if len(kept.values) > 0:
            measure_men(world, theories[run], kept.wanted, kept.values[run])
