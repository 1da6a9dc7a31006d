"""A world some weeks in, with one leaver whose week a test can stage."""

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from engager_sim.theory.justice import AT_LIBERTY
from engager_sim.theory.services import NO_SERVICE
from engager_sim.week.engine import advance
from engager_sim.week.event_log import EventLog, empty_log
from engager_sim.week.tallies import no_tables
from engager_sim.world.deployment import fresh
from engager_sim.world.dice import Dice, dice_for
from engager_sim.world.records import OPEN, PROGRAMME, World
from tests.week.worlds import small_trial

WEEK = 30


@dataclass
class Scene:
    """A world, the theories of both arms, and the leaver in whose week something is staged."""

    world: World
    theories: Any
    dice: Dice
    week: int
    index: int
    log: Any

    @property
    def leaver(self) -> Any:
        """The leaver's record."""
        return self.world.leavers[self.index]

    @property
    def theory(self) -> Any:
        """The theory of the leaver's arm."""
        return self.theories[self.leaver.arm]

    @property
    def post(self) -> Any:
        """The record of the leaver's practitioner."""
        return self.world.practitioners[self.leaver.post]

    @property
    def team(self) -> Any:
        """The record of the leaver's team."""
        return self.world.teams[self.leaver.team]

    def set(self, group: str, **values: float) -> None:
        """Set parameters of a group in both arms."""
        for name, value in values.items():
            self.theories[group][name] = value

    def events(self) -> list[int]:
        """List the events that were noted of anybody, in order."""
        return [int(event) for event in self.log.rows["event"][: self.log.used[0]]]


def staged(seed: int = 7) -> Scene:
    """Let some weeks pass; choose a man of the programme, at liberty, in an open episode.

    Each call gives a copy of its own.
    """
    world, theories, dice = _some_weeks_in(seed)
    world = World(*(part.copy().view(type(part)) for part in world))
    men = world.leavers
    vacancies = world.practitioners["vacancy"][np.maximum(men["post"], 0)]
    fit = (
        (men["arm"] == PROGRAMME)
        & (men["place"] == AT_LIBERTY)
        & (men["episode"] == OPEN)
        & (men["release_week"] < WEEK - 2)
        & (vacancies <= 0.0)
    )
    log = empty_log(1000)
    readable = EventLog(log.rows.view(np.recarray), log.used)
    index = int(np.flatnonzero(fit)[0])
    return Scene(world, theories.copy().view(np.recarray), dice, WEEK, index, readable)


@cache
def _some_weeks_in(seed: int) -> tuple[World, Any, Dice]:
    scenario = small_trial()
    world = fresh(scenario.template())
    theories, dice = scenario.theories(), dice_for(seed, 0)
    advance(world, theories, scenario.entry(), dice, 0, WEEK, no_tables(), None)
    return world, theories, dice


def in_need(scene: Scene, *needs: int) -> Any:
    """Give the leaver these needs and no other, and no order; he uses no service."""
    leaver = scene.leaver
    leaver.need[:] = leaver.need_level[:] = 0.0
    leaver.need[list(needs)] = 1.0
    leaver.service[:], leaver.on_licence, leaver.crisis = NO_SERVICE, 0, 0.0
    return leaver
