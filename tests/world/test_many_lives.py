"""The same men live many lives: who they are has a replicate number of its own."""

import numpy as np

from engager_sim.week.engine import advance, populate_world
from engager_sim.week.tallies import no_tables
from engager_sim.world.deployment import fresh
from engager_sim.world.dice import dice_for
from engager_sim.world.records import World
from tests.week.worlds import small_trial

SCENARIO = small_trial()
OWN = ("arm", "team", "agency_for", "entry_week", "release_week", "prior_trust", "age", "need",
    "distress_level", "reluctance", "reach", "is_prepared", "short_sentence")  # fmt: skip


def opened(replicate: int, population: int | None = None) -> World:
    world = fresh(SCENARIO.template())
    dice = dice_for(3, replicate, population)
    populate_world(world, SCENARIO.theories(), SCENARIO.entry(), dice)
    return world


def ended(replicate: int, population: int | None = None) -> World:
    world = fresh(SCENARIO.template())
    dice = dice_for(3, replicate, population)
    weeks = SCENARIO.weeks()
    advance(world, SCENARIO.theories(), SCENARIO.entry(), dice, 0, weeks, no_tables(), None)
    return world


def test_a_man_is_the_same_in_every_life_and_staff_are_not() -> None:
    first, second = opened(10, 4), opened(11, 4)
    for name in OWN:
        assert np.array_equal(first.leavers[name], second.leavers[name]), name
    assert not np.array_equal(first.practitioners["skill"], second.practitioners["skill"])
    assert not np.array_equal(first.leavers["age"], opened(10, 5).leavers["age"])


def test_what_befalls_him_differs_from_life_to_life() -> None:
    first, second = ended(10, 4), ended(11, 4)
    assert not np.array_equal(first.leavers["first_exit"], second.leavers["first_exit"])
    assert not np.array_equal(first.leavers["distress"], second.leavers["distress"])


def test_a_population_of_the_same_number_is_the_one_of_the_replicate() -> None:
    assert ended(6).leavers.tobytes() == ended(6, 6).leavers.tobytes()
