"""Exits: counts by exit cause, and the leavers whose exit differs between two worlds."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from engager_sim.browser.watched_world import WatchedWorld
from engager_sim.theory.ways_out import EXIT_MEANINGS, Exit
from engager_sim.world.records import ARMS, NO_EPISODE

STAYED = (Exit.NONE, Exit.PLANNED_ENDING)


@dataclass(frozen=True, slots=True)
class DifferingExit:
    """A leaver whose first episode of support has not the same exit cause in both worlds.

    Attributes
    ----------
    leaver, arm : int
        His number, and his arm.
    first, other : Exit
        Exit cause in the first and in the other world; ``NONE`` while there is no exit.
    """

    leaver: int
    arm: int
    first: Exit
    other: Exit

    @property
    def stayed_in_one(self) -> bool:
        """Whether he stayed to a planned end, or is still there, in exactly one world."""
        return (self.first in STAYED) != (self.other in STAYED)


def differing_exits(
    first: WatchedWorld, other: WatchedWorld, arm: int | None
) -> list[DifferingExit]:
    """List the leavers of an arm whose exit differs, those first who stayed in only one world."""
    causes, other_causes = (world.world.leavers["first_exit"] for world in (first, other))
    arms = first.world.leavers["arm"]
    exits = [
        DifferingExit(leaver, int(arms[leaver]), Exit(causes[leaver]), Exit(other_causes[leaver]))
        for leaver in np.flatnonzero((causes != other_causes) & first.in_arm(arm)).tolist()
    ]
    return sorted(exits, key=lambda exit_: (not exit_.stayed_in_one, exit_.leaver))


def differing_exits_view(
    first: WatchedWorld, other: WatchedWorld, exits: list[DifferingExit]
) -> list[dict[str, Any]]:
    """Give the rows of the page's table of these leavers."""
    return [
        {
            "leaver": exit_.leaver,
            "arm": ARMS[exit_.arm].replace("_", " "),
            "first": exit_description(first, exit_.leaver),
            "other": exit_description(other, exit_.leaver),
            "stayed": exit_.stayed_in_one,
        }
        for exit_ in exits
    ]


def exit_counts_view(worlds: list[WatchedWorld], arm: int | None) -> list[dict[str, Any]]:
    """Count, in each world, the leavers of an arm by the exit cause of their first support."""
    counts = [
        np.bincount(world.world.leavers["first_exit"][world.in_arm(arm)], minlength=len(Exit))
        for world in worlds
    ]
    return [
        {"cause": EXIT_MEANINGS[cause], "worlds": [int(count[cause]) for count in counts]}
        for cause in Exit
        if cause is not Exit.NONE
    ]


def exit_description(world: WatchedWorld, leaver: int) -> str:
    """Describe how and when a leaver's first episode of support ended, if it did."""
    record = world.world.leavers[leaver]
    cause = Exit(int(record["first_exit"]))
    if cause is Exit.NONE:
        return "never taken on so far" if record["episode"] == NO_EPISODE else "still in support"
    week = int(record["first_exit_week"])
    if week == 0:
        when = "in the week of release"
    else:
        when = "before release" if week < 0 else f"week {week} after release"
    later = ", later back" if record["episodes"] > 1 else ""
    return f"{EXIT_MEANINGS[cause]}, {when}{later}"
