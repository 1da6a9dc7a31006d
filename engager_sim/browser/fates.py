"""The men whose fate differs between two worlds."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from engager_sim.browser.watched_world import WatchedWorld
from engager_sim.theory.ways_out import EXIT_MEANINGS, Exit
from engager_sim.world.records import ARMS, NO_EPISODE


@dataclass(frozen=True, slots=True)
class Fate:
    """What has become of one man's first episode of support in both worlds.

    Attributes
    ----------
    man, arm : int
        Who, and of which arm.
    here, there : Exit
        How it ended in the first and in the other world; ``NONE`` if it has not.
    """

    man: int
    arm: int
    here: Exit
    there: Exit

    @property
    def stayed_in_one(self) -> bool:
        """Whether he stayed to a planned end, or is there still, in exactly one world."""
        return (self.here in STAYED) != (self.there in STAYED)


STAYED = (Exit.NONE, Exit.PLANNED_ENDING)


def fates_that_differ(first: WatchedWorld, other: WatchedWorld, arm: int | None) -> list[Fate]:
    """List the men of an arm whose fate differs, those first who stayed in only one world."""
    here, there = first.world.leavers["first_exit"], other.world.leavers["first_exit"]
    differ = (here != there) & first.men_of(arm)
    found = [
        Fate(man, int(first.world.leavers["arm"][man]), Exit(here[man]), Exit(there[man]))
        for man in np.flatnonzero(differ).tolist()
    ]
    return sorted(found, key=lambda fate: (not fate.stayed_in_one, fate.man))


def fates_view(first: WatchedWorld, other: WatchedWorld, fates: list[Fate]) -> list[dict[str, Any]]:
    """Give the list of those men as the page shows it."""
    return [
        {
            "man": fate.man,
            "arm": ARMS[fate.arm].replace("_", " "),
            "here": fate_in_words(first, fate.man),
            "there": fate_in_words(other, fate.man),
            "stayed": fate.stayed_in_one,
        }
        for fate in fates
    ]


def fate_in_words(world: WatchedWorld, man: int) -> str:
    """Say how a man's first episode of support ended, or how it stands."""
    record = world.world.leavers[man]
    cause = Exit(int(record["first_exit"]))
    if cause is not Exit.NONE:
        week = int(record["first_exit_week"])
        when = "before release" if week < 0 else f"week {week} after release"
        later = ", later back" if record["episodes"] > 1 else ""
        return f"{EXIT_MEANINGS[cause]}, {'in the week of release' if week == 0 else when}{later}"
    return "never taken on so far" if record["episode"] == NO_EPISODE else "still in support"
