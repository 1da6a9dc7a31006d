"""One man's life as the event log has it, and where two lives of the same man part."""

from collections import Counter
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from engager_sim.stories.sentences import sentence
from engager_sim.week.event_log import Event, values_of
from engager_sim.world.records import World

AROUND_HIM = (Event.WORKER_LEFT, Event.POST_FILLED, Event.PEER_STOPPED, Event.PEER_STARTED)
"""What happened to his practitioner or peer and is part of his story; supervision is not: it comes
too often, and shows in how fast his relationship can grow."""

BEGINNINGS = (Event.ALLOCATED, Event.CAME_BACK)
"""What opens an episode of support; an exit closes it."""

KINDS = {
    "arrived", "by_peer", "contradictory", "focus", "for_lost_contact", "handed_on", "helped",
    "housed", "joint_ending", "lost", "message_lost", "need", "owned_up", "stage",
}  # fmt: skip
"""Values of events that say what happened rather than how much."""

type Rows = npt.NDArray[np.void]


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened in a man's life.

    Attributes
    ----------
    week : int
        Week of the run, from 0.
    after_release : int
        Weeks since his first release; below 0 before it.
    event : Event
        What it was.
    kind : tuple of int
        The event, its cause, and those of its values that say what happened.
    text : str
        The same in plain words, with the values that decided it.
    """

    week: int
    after_release: int
    event: Event
    kind: tuple[int, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Parting:
    """The first week in which not the same things happened to a man in two worlds.

    Attributes
    ----------
    week, after_release : int
        Which week.
    here, there : tuple of str
        What happened in that week in one world and not in the other, in words.
    """

    week: int
    after_release: int
    here: tuple[str, ...]
    there: tuple[str, ...]


def life_of(rows: Rows, world: World, man: int) -> list[Happening]:
    """Tell a man's life so far.

    Parameters
    ----------
    rows : structured array
        All rows of a run's event log so far.
    world : World
        The world at the end of them.
    man : int
        His number, from 0.

    Returns
    -------
    list of Happening
        In the order in which things happened. What happened to his practitioner or peer is told
        while his support is open.
    """
    record = world.leavers[man]
    released = int(record["release_week"])
    mine = rows["who"] == record["who"]
    found, is_supported = [], False
    for place in np.flatnonzero(mine | _around(rows, world, record)):
        row = rows[place]
        event = Event(int(row["event"]))
        if mine[place] or is_supported:
            found.append(_told(row, event, released))
        if mine[place]:
            is_supported = event in BEGINNINGS or (is_supported and event is not Event.EXIT)
    return found


def _told(row: np.void, event: Event, released: int) -> Happening:
    values, cause, week = values_of(row), int(row["cause"]), int(row["week"])
    kinds = [int(value) for name, value in values.items() if name in KINDS]
    text = sentence(int(event), cause, values)
    return Happening(week, week - released, event, (int(event), cause, *kinds), text)


def parting(here: list[Happening], there: list[Happening]) -> Parting | None:
    """Find the first week in which not the same happened; ``None`` if there is none.

    Values that differ while the same things happen are not a parting, nor is another order of them
    within a week.
    """
    weeks = sorted({each.week for each in here} | {each.week for each in there})
    for week in weeks:
        both = [[each for each in life if each.week == week] for life in (here, there)]
        kinds = [Counter(each.kind for each in side) for side in both]
        if kinds[0] != kinds[1]:
            after = (both[0] or both[1])[0].after_release
            return Parting(week, after, _only(both[0], both[1]), _only(both[1], both[0]))
    return None


def _only(side: list[Happening], other: list[Happening]) -> tuple[str, ...]:
    """Tell what happened on one side more often than on the other."""
    left = Counter(each.kind for each in other)
    told = []
    for each in side:
        if left[each.kind]:
            left[each.kind] -= 1
        else:
            told.append(each.text)
    return tuple(told)


def _around(rows: Rows, world: World, record: np.void) -> npt.NDArray[np.bool_]:
    """Tell which rows are about his practitioner's post or his peer's place."""
    others = []
    if record["post"] >= 0:
        others.append(int(world.practitioners["who"][record["post"]]))
    if record["peer"] >= 0:
        others.append(int(world.peers["who"][record["peer"]]))
    found: npt.NDArray[np.bool_] = np.isin(rows["who"], others) & np.isin(
        rows["event"], [int(each) for each in AROUND_HIM]
    )
    return found
