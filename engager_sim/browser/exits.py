"""Exits: counts by exit cause, and the leavers whose exit differs between two worlds."""

from typing import Any

import numpy as np

from engager_sim.browser.watched_world import WatchedWorld
from engager_sim.theory.ways_out import EXIT_MEANINGS, Exit
from engager_sim.world.records import ARMS, NO_EPISODE

NEVER, STILL = "never taken on so far", "still in support"
STAYED = (Exit.NONE, Exit.PLANNED_ENDING)


def differing_exits(
    first: WatchedWorld, other: WatchedWorld, arm: int | None
) -> list[dict[str, Any]]:
    """List the leavers of an arm whose first support has not the same exit cause in both worlds.

    Those come first who stayed in only one: to a planned end, or because they are still there.
    """
    causes, other_causes = (world.world.leavers["first_exit"] for world in (first, other))
    arms = first.world.leavers["arm"]
    rows = [
        {
            "leaver": leaver,
            "arm": ARMS[int(arms[leaver])].replace("_", " "),
            "first": exit_description(first, leaver),
            "other": exit_description(other, leaver),
            "stayed": (causes[leaver] in STAYED) != (other_causes[leaver] in STAYED),
        }
        for leaver in np.flatnonzero((causes != other_causes) & first.in_arm(arm)).tolist()
    ]
    return sorted(rows, key=lambda row: (not row["stayed"], row["leaver"]))


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
        return NEVER if record["episode"] == NO_EPISODE else STILL
    week = int(record["first_exit_week"])
    if week == 0:
        when = "in the week of release"
    else:
        when = "before release" if week < 0 else f"week {week} after release"
    later = ", later back" if record["episodes"] > 1 else ""
    return f"{EXIT_MEANINGS[cause]}, {when}{later}"
