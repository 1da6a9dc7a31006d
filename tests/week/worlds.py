"""Small worlds for the tests of the engine, run to the end with their event log."""

import dataclasses
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from engager_sim.scenarios.changes import changed
from engager_sim.scenarios.scenario import Scenario
from engager_sim.scenarios.theory_values import Value
from engager_sim.week.engine import advance
from engager_sim.week.event_log import EventLog, empty_log
from engager_sim.week.tallies import no_tables
from engager_sim.world.deployment import fresh
from engager_sim.world.dice import dice_for
from engager_sim.world.records import World

ROOM = 400_000


def small_trial(leavers: int = 60) -> Scenario:
    """Make the trial smaller: fewer men, entering within half a year."""
    scenario = Scenario.load("engager_trial")
    people = dataclasses.replace(scenario.setting.population, leavers=leavers, recruitment_weeks=26)
    setting = dataclasses.replace(scenario.setting, population=people)
    return dataclasses.replace(scenario, setting=setting)


def lived(
    scenario: Scenario,
    changes: Mapping[str, Value] | None = None,
    seed: int = 7,
    replicate: int = 0,
) -> tuple[World, npt.NDArray[np.void]]:
    """Run a scenario to its end; return the world and the rows of its event log."""
    scenario = changed(scenario, changes or {})
    world = fresh(scenario.template())
    rows, used = empty_log(ROOM)
    log = EventLog(rows.view(np.recarray), used)  # so that rules as written can name its columns
    advance(
        world,
        scenario.theories(),
        scenario.entry(),
        dice_for(seed, replicate),
        0,
        scenario.weeks(),
        no_tables(),
        log,
    )
    assert used[0] <= ROOM
    return world, rows[: used[0]]
