"""What the replication takes from the package: initial records, parameter values and uniforms.

Everything else in this folder is written from ``docs/model.md`` and its tables.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import numpy as np

from engager_sim.compilation import entry_point
from engager_sim.week.event_log import Event
from engager_sim.world import records as engine
from engager_sim.world.dice import Chance, Dice, draw

BEFORE_RELEASE, LIBERTY, RECALLED, CUSTODY = 0, 1, 2, 3
NO_EPISODE, OPEN, CLOSED = 0, 1, 2
NOT_QUEUED, QUEUED, LOST_WAITING = 0, 1, 2
NO_SERVICE, WAITS, USES = 0, 1, 2
NOT_OVER, TO_BE_ASSESSED, WAITS_FOR_PLACE, GIVEN_ONE = 0, 1, 2, 3
NEEDS, PROBATION, PRISON = (0, 1, 2, 3), 4, 5

type Record = Any
"""A record of one agent, with an attribute for every state."""
type Theory = Any
"""The parameters of one arm, with an attribute for every theme and in it one per parameter."""

type Values = tuple[float, float, float, float]

SHARED = ("practitioners", "supervisors", "peers", "teams", "agencies", "ties")
"""Kinds of records besides leavers."""


@entry_point
def _drawn(
    low: int, high: int, replicate: int, who: int, week: int, event: int, occasion: int
) -> float:
    return draw(Dice(low, high, replicate, replicate), who, week, event, occasion)


@dataclass(slots=True)
class World:
    """The records of one world, a week, and what is noted in it."""

    week: int
    leavers: dict[int, Record]
    practitioners: list[Record]
    supervisors: list[Record]
    peers: list[Record]
    teams: list[Record]
    agencies: list[Record]
    ties: list[Record]
    pair: list[list[int]]
    waiting: list[int]
    theories: list[Theory]
    key: tuple[int, int, int]
    queue: list[tuple[int, Record, int]] = field(default_factory=list)
    noted: list[tuple[int, int, int, Values]] = field(default_factory=list)

    def uniform(self, who: int, chance: Chance, occasion: int = 0) -> float:
        """Give a man's uniform number of this decision in this week."""
        return float(_drawn(*self.key, who, self.week, int(chance), occasion))

    def uniform_of_staff(self, record: Record, chance: Chance) -> float:
        """Give the uniform number of whoever holds a post or a place."""
        holder = record.incumbent % 65536 * 65536 + self.week
        return float(_drawn(*self.key, record.who, holder, int(chance), 0))

    def uniform_of_taking(self, record: Record, chance: Chance) -> float:
        """Give the uniform number of whoever takes a post or a place; the week plays no part."""
        holder = record.incumbent % 65536 * 65536
        return float(_drawn(*self.key, record.who, holder, int(chance), 0))

    def uniform_of_pair(self, man: Record, peer: Record) -> float:
        """Give the uniform number of what a man and a holder of a peer's place share."""
        chance = int(Chance.SHARED_EXPERIENCE)
        return float(_drawn(*self.key, man.who, peer.who, chance, peer.incumbent))

    def note(
        self, who: int, event: Event, values: tuple[Any, Any, Any, Any], cause: int = 0
    ) -> None:
        """Note what happened to whom, and the values that decided it."""
        self.noted.append((who, int(event), cause, values))

    def theory(self, man: Record) -> Theory:
        """Give the parameters of a man's arm."""
        return self.theories[man.arm]


def plain_theories(theories: np.ndarray) -> list[Theory]:
    """Read parameter values: theme by theme, one record per arm."""
    names = theories.dtype.names or ()
    return [
        SimpleNamespace(
            **{
                theme: SimpleNamespace(
                    **dict(zip(arm.dtype[theme].names or (), arm[theme].tolist(), strict=True))
                )
                for theme in names
            }
        )
        for arm in theories
    ]


def plain_records(rows: np.ndarray) -> list[Record]:
    """Copy records into plain Python, with their fields in the declared order."""
    names = rows.dtype.names or ()
    columns = (rows[name].tolist() for name in names)
    return [
        SimpleNamespace(**dict(zip(names, row, strict=True))) for row in zip(*columns, strict=True)
    ]


def followed(leavers: np.ndarray, week: int) -> list[int]:
    """List the men who have entered by this week and whose follow-up is not over."""
    here = (leavers["entry_week"] <= week) & (week <= leavers["last_week"])
    found: list[int] = np.flatnonzero(here).tolist()
    return found


def plain_world(world: engine.World, theories: list[Theory], dice: Dice) -> World:
    """Copy a world, as it stands when a week opens, into plain Python."""
    week, leavers = int(world.clock[engine.NEXT_WEEK]), np.asarray(world.leavers)
    here = followed(leavers, week)
    return World(
        week=week,
        leavers=dict(zip(here, plain_records(leavers[here]), strict=True)),
        **{name: plain_records(np.asarray(getattr(world, name))) for name in SHARED},
        pair=world.pair.tolist(),
        waiting=world.waiting[: world.clock[engine.WAITING]].tolist(),
        theories=theories,
        key=(dice.seed_low, dice.seed_high, dice.replicate),
    )


type Step = Callable[[World], None]
type ManStep = Callable[[World, Record], None]
