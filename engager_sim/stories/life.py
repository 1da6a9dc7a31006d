"""One man's life as the event log has it, and where two lives of the same man part."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from engager_sim.stories.sentences import sentence
from engager_sim.week.event_log import Event
from engager_sim.world.records import World

AROUND_HIM = (Event.WORKER_LEFT, Event.POST_FILLED, Event.PEER_STOPPED)
"""What happened to his practitioner or peer, and is part of his story."""

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
    text : str
        The same in plain words, with the values that decided it.
    """

    week: int
    after_release: int
    event: Event
    text: str


@dataclass(frozen=True, slots=True)
class Parting:
    """The first week in which not the same things happened to a man in two worlds.

    Attributes
    ----------
    week, after_release : int
        Which week.
    here, there : tuple of str
        What happened in that week in each world, in words.
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
        In the order in which things happened. What happened to a practitioner or peer is told
        while he had one.
    """
    record = world.leavers[man]
    released = int(record["release_week"])
    mine = rows["who"] == record["who"]
    first = rows["week"][mine & (rows["event"] == Event.ALLOCATED)]
    if len(first):
        since = rows["week"] >= first.min()
        mine |= since & _around(rows, world, record)
    return [
        Happening(
            int(row["week"]),
            int(row["week"]) - released,
            Event(int(row["event"])),
            sentence(int(row["event"]), int(row["cause"]), row["values"].tolist()),
        )
        for row in rows[mine]
    ]


def parting(here: list[Happening], there: list[Happening]) -> Parting | None:
    """Find the first week in which not the same happened; ``None`` if there is none.

    Values that differ while the same things happen are not a parting.
    """
    weeks = sorted({each.week for each in here} | {each.week for each in there})
    for week in weeks:
        both = [[each for each in life if each.week == week] for life in (here, there)]
        if [each.event for each in both[0]] != [each.event for each in both[1]]:
            after = (both[0] or both[1])[0].after_release
            texts = [tuple(each.text for each in side) for side in both]
            return Parting(week, after, texts[0], texts[1])
    return None


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
