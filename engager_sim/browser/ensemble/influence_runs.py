"""Influences between themes in replicates of one world: some weeks of each are looked at."""

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from engager_sim.mesa_model.influences import (
    NODES,
    SOURCE_NODES,
    Influence,
    full_range,
    influences,
    references,
    states_of_node,
)
from engager_sim.mesa_model.world_copies import copy_world
from engager_sim.runs.plan import plan_of
from engager_sim.scenarios.fitted_parameters import FittedParameters
from engager_sim.scenarios.scenario import Scenario
from engager_sim.week.engine import advance, populate_world
from engager_sim.week.tallies import no_tables
from engager_sim.world.deployment import fresh
from engager_sim.world.dice import dice_for

EVERY = 6
"""One week in so many is looked at: within twelve weeks, two."""

type Floats = npt.NDArray[np.float32]

PAIRS = tuple((source, target) for source in SOURCE_NODES for target in NODES if target != source)
"""Source and target of every influence."""
MOVES = tuple(
    (pair, state) for pair, (_, target) in enumerate(PAIRS) for state in states_of_node(target)
)
"""For every pair, by its place, the states in which its influence is measured."""


class WeeklyInfluences(NamedTuple):
    """Influences in some weeks of some replicates.

    Attributes
    ----------
    weeks : int64 array, shape (weeks,)
        How many weeks of the run had passed.
    strength, men : float32 array, shape (replicates, weeks, pairs)
        As :class:`~engager_sim.mesa_model.influences.Influence` has them; NaN where nobody is
        followed.
    moved : float32 array, shape (replicates, weeks, moves)
        Mean difference with its sign, as a share of the state's full range.
    """

    weeks: npt.NDArray[np.int64]
    strength: Floats
    men: Floats
    moved: Floats


class InfluenceRuns:
    """The influences in the replicates of one world so far; more can be added, in order.

    ``arm`` says whose men, posts and peers are compared; all unless given.
    """

    def __init__(
        self, scenario: Scenario, seed: int, fitted: FittedParameters | None, *, arm: int | None
    ) -> None:
        self._plan = plan_of(scenario, seed, fitted)
        self._arm = arm
        self._weeks = range(EVERY, self._plan.weeks + 1, EVERY)
        self._replicates: list[tuple[Floats, Floats, Floats]] = []

    def __len__(self) -> int:
        return len(self._replicates)

    def add(self) -> None:
        """Run the next replicate, week by week, and look at some of them."""
        replicate = len(self)
        plan = replace(self._plan, theories=self._plan.theories_of(replicate), drawn=None)
        dice, world = dice_for(plan.seed, replicate), fresh(plan.template)
        populate_world(world, plan.theories, plan.entry, dice)
        at_reference = references(plan, dice)
        rows = []
        begun = 0
        for week in self._weeks:
            advance(world, plan.theories, plan.entry, dice, begun, week - 1, no_tables(), None)
            before, begun = copy_world(world), week
            advance(world, plan.theories, plan.entry, dice, week - 1, week, no_tables(), None)
            rows.append([*_row(influences(plan, dice, before, world, at_reference, self._arm))])
        strength, men, moved = (np.array(part, np.float32) for part in zip(*rows, strict=True))
        self._replicates.append((strength, men, moved))

    def first(self, replicates: int) -> WeeklyInfluences:
        """Give the first so many replicates."""
        strength, men, moved = (
            np.stack(part) for part in zip(*self._replicates[:replicates], strict=True)
        )
        return WeeklyInfluences(np.array(self._weeks), strength, men, moved)


def _row(measured: list[Influence]) -> Iterator[list[float]]:
    """Give one week's strengths, men and moves, in the order of :data:`PAIRS` and :data:`MOVES`."""
    by_pair = {(influence.source, influence.target): influence for influence in measured}
    ordered = [by_pair[pair] for pair in PAIRS]
    yield [influence.strength if influence.moved else np.nan for influence in ordered]
    yield [float(influence.men) for influence in ordered]
    yield [
        ordered[pair].moved.get(state, np.nan) / full_range(ordered[pair].target, state)
        for pair, state in MOVES
    ]
