"""Finding leavers: by need, practitioner and exit cause; those who changed most first."""

from collections.abc import Callable, Mapping
from typing import Any, cast

import numpy as np
import numpy.typing as npt
import solara
from mesa.visualization.utils import update_counter

from engager_sim.browser import components
from engager_sim.browser.exits import NEVER, STILL, exit_description
from engager_sim.browser.story_view import LARGE_NEED
from engager_sim.browser.visit import Visit
from engager_sim.browser.watched_world import WatchedWorld
from engager_sim.runs.tables.leavers import PARTS
from engager_sim.theory.ways_out import EXIT_MEANINGS, Exit
from engager_sim.world.records import NO_EPISODE

MOST_SHOWN = 40
NEEDS = tuple(name.replace("_", " ") for name in PARTS["need"])
EXIT_NAMES = tuple(STILL if cause is Exit.NONE else EXIT_MEANINGS[cause] for cause in Exit)


def finder_view(
    worlds: list[WatchedWorld], arm: int | None, asked: Mapping[str, str]
) -> dict[str, Any]:
    """Find the leavers who have entered and fit what is asked.

    Parameters
    ----------
    worlds : list of WatchedWorld
        A leaver fits by his practitioner or exit in any of them.
    arm : int, optional
        Whose leavers are searched; everybody's unless given.
    asked : mapping
        Of ``need``, ``practitioner`` (numbered from 1), ``exit`` and ``order`` what is asked.
        Nothing stands for any; ``order`` is ``changed`` or by number.
    """
    first = worlds[0]
    fits = (first.world.leavers["entry_week"] < first.week) & first.in_arm(arm)
    if (need := asked.get("need")) in NEEDS:
        fits &= first.world.leavers["need_level"][:, NEEDS.index(need)] > LARGE_NEED
    if post := asked.get("practitioner"):
        fits &= np.any([_posts(world) == post for world in worlds], axis=0)
    if cause := asked.get("exit"):
        fits &= np.any([_exits(world) == cause for world in worlds], axis=0)
    change = _change(worlds)
    found = np.flatnonzero(fits)
    if asked.get("order") == "changed":
        found = found[np.lexsort((found, -np.abs(change[found])))]
    return {
        "needs": NEEDS,
        "practitioners": len(first.world.practitioners),
        "exits": [*EXIT_NAMES, NEVER],
        "found": len(found),
        "rows": [
            {
                "leaver": leaver,
                "exits": [exit_description(world, leaver) for world in worlds],
                "change": round(float(change[leaver]), 3),
            }
            for leaver in found[:MOST_SHOWN].tolist()
        ],
    }


def _posts(world: WatchedWorld) -> npt.NDArray[np.str_]:
    posts: npt.NDArray[np.str_] = (world.world.leavers["post"] + 1).astype(str)
    return posts


def _exits(world: WatchedWorld) -> npt.NDArray[np.str_]:
    leavers = world.world.leavers
    exits: npt.NDArray[np.str_] = np.array(EXIT_NAMES)[leavers["first_exit"]]
    exits[(leavers["first_exit"] == Exit.NONE) & (leavers["episode"] == NO_EPISODE)] = NEVER
    return exits


def _change(worlds: list[WatchedWorld]) -> npt.NDArray[np.float64]:
    """Give each leaver's change in trust: from one world to the other, or since he came."""
    now = [np.asarray(world.world.leavers["trust"], np.float64) for world in worlds]
    before = worlds[0].world.leavers["prior_trust"] if len(worlds) < 2 else now[0]
    return now[-1] - before


@solara.component
def Finder(visit: Visit, events: Mapping[str, Callable[[Any], None]]) -> None:
    """Let the visitor find leavers; nothing is searched while it is closed."""
    update_counter.get()
    asked, ask = solara.use_state(cast("dict[str, str]", {}))
    finder = solara.use_memo(
        lambda: finder_view(visit.worlds, visit.arm, asked) if asked else None,
        [visit.version, visit.week, visit.arm, asked],
    )
    two = visit.has_two_worlds
    components.Finder(finder=finder, asked=asked, two=two, event_find=ask, **events)
