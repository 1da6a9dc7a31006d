"""Compiled entry points with which a Mesa model steps one world week by week.

They compile the same rules as a batch does. A batch draws men and staff and runs in one call; here
the world is populated first, so that agents can be read and written before week 0.
"""

import numpy as np
import numpy.typing as npt

from engager_sim.compilation import entry_point
from engager_sim.outcomes.measurement import measure
from engager_sim.week.allocation import write_calendar
from engager_sim.week.engine import one_week
from engager_sim.week.event_log import EventLog
from engager_sim.week.tallies import WeeklyTables
from engager_sim.world.dice import Dice
from engager_sim.world.population import Entry, populate
from engager_sim.world.records import World


@entry_point
def populate_world(world: World, theories: np.recarray, entry: Entry, dice: Dice) -> None:
    """Draw men, staff and ties into an empty world."""
    populate(world, theories, entry, dice)


@entry_point
def pass_week(
    world: World,
    theories: np.recarray,
    dice: Dice,
    week: int,
    tables: WeeklyTables,
    log: EventLog | None,
) -> None:
    """Simulate one week of a populated world; the tables have no length.

    The calendar is written anew, because agents' attributes may have been set since last week.
    """
    write_calendar(world)
    one_week(world, theories, 0, dice, week, tables, log)


@entry_point
def measure_outcomes(world: World, theories: np.recarray, results: npt.NDArray[np.float64]) -> None:
    """Measure every outcome of a world."""
    measure(world, theories, results)


def copy_world(world: World) -> World:
    """Copy a world with all its records; the two share nothing."""
    return World(*(records.copy() for records in world))


def restore_world(world: World, before: World) -> None:
    """Restore a world in place from a copy, so that views onto its records stay valid.

    Own data of men is left alone: no week writes it, and worlds share it.
    """
    for name in World._fields:
        if name != "given":
            getattr(world, name)[...] = getattr(before, name)
