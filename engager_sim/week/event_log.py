"""The optional log of what happened to whom, and the values that decided it.

Written by the very events that change the world. With ``None`` in place of a log the compiler
drops every line of it. A log that is too small counts on, so that the run can be repeated with one
that holds everything: it never truncates.
"""

from enum import IntEnum, unique
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from engager_sim.compilation import rule


@unique
class Event(IntEnum):
    """What can be logged. Numbers are permanent."""

    ENTERED = 1
    ALLOCATED = 2
    RELEASED = 3
    MET_AT_GATE = 4
    ATTENDED = 5
    MISSED = 6
    FOLLOWED_UP = 7
    PROMISE_BROKEN = 8
    MESSAGE_WRONG = 9
    RUPTURE = 10
    REPAIR = 11
    SMALL_WIN = 12
    JOINT_FORMULATION = 13
    REFERRED = 14
    SERVICE_STARTED = 15
    SERVICE_LEFT = 16
    CRISIS = 17
    OFFENCE = 18
    CUSTODY = 19
    RECALLED = 20
    WORKER_CHANGED = 21
    ENDING_STAGE = 22
    EXIT = 23
    CAME_BACK = 24
    HOUSING_CHANGED = 25
    PEER_LINKED = 26
    WORKER_LEFT = 40
    POST_FILLED = 41
    SUPERVISED = 42
    SESSION_NOT_HELD = 43
    PEER_STOPPED = 44
    PEER_STARTED = 45


VALUES: dict[Event, tuple[str, ...]] = {
    Event.ENTERED: ("weeks to release", "prior trust", "needs", "distress"),
    Event.ALLOCATED: ("post", "cases of the practitioner", "episode", "weeks after release"),
    Event.RELEASED: ("housed", "needs", "crisis", "rapport"),
    Event.MET_AT_GATE: ("rapport", "trust", "gate presence", "lost"),
    Event.ATTENDED: ("chance of attending", "trust", "focus", "growth speed"),
    Event.MISSED: ("chance of attending", "trust", "missed in a row", "message lost"),
    Event.FOLLOWED_UP: ("by a peer", "rapport", "trust", "missed in a row"),
    Event.PROMISE_BROKEN: ("effective tie", "owned up", "trust lost", "trust"),
    Event.MESSAGE_WRONG: ("contradictory", "share recorded", "trust lost", "trust"),
    Event.RUPTURE: ("skill", "focus", "trust lost", "trust"),
    Event.REPAIR: ("skill", "trust", "rapport", "understanding"),
    Event.SMALL_WIN: ("understanding", "autonomous motivation", "goal progress", "needs"),
    Event.JOINT_FORMULATION: ("effective tie", "understanding", "shared practice", "trust"),
    Event.REFERRED: ("need", "effective tie", "handover arrived", "trust"),
    Event.SERVICE_STARTED: ("need", "handed on", "severity of the need", "trust"),
    Event.SERVICE_LEFT: ("need", "severity of the need", "trust in the service", "handed on"),
    Event.CRISIS: ("crisis", "needs", "coping", "distress"),
    Event.OFFENCE: ("hazard", "housed", "substance need", "trust"),
    Event.CUSTODY: ("weeks", "weeks at liberty", "crisis", "trust"),
    Event.RECALLED: ("for lost contact", "weeks out of touch", "weeks", "role conflict"),
    Event.WORKER_CHANGED: ("trust before", "trust after", "understanding kept", "lost"),
    Event.ENDING_STAGE: ("stage", "weeks to the end", "joint contact", "trust"),
    Event.EXIT: ("rapport", "trust", "autonomous motivation", "crisis"),
    Event.CAME_BACK: ("trust", "hope", "outreach", "weeks after release"),
    Event.HOUSING_CHANGED: ("housed", "crisis", "housing service", "needs"),
    Event.PEER_LINKED: ("trust before", "trust after", "hope", "men linked"),
    Event.WORKER_LEFT: ("burnout", "skill", "cases", "vacancy in weeks"),
    Event.POST_FILLED: ("skill", "fidelity", "burnout", "cases"),
    Event.SUPERVISED: ("quality", "skill", "fidelity", "burnout"),
    Event.SESSION_NOT_HELD: ("chance of a session", "burnout", "skill", "fidelity"),
    Event.PEER_STOPPED: ("strain", "men linked", "place", "weeks to replace"),
    Event.PEER_STARTED: ("strain", "men linked", "place", "support"),
}
"""What the four values of each event are."""

ROW = np.dtype(
    [
        ("week", np.int64),
        ("who", np.int64),
        ("event", np.int64),
        ("cause", np.int64),
        ("values", np.float64, (4,)),
    ]
)


class EventLog(NamedTuple):
    """A log of fixed room; ``used[0]`` counts every row asked for, written or not."""

    rows: npt.NDArray[np.void]
    used: npt.NDArray[np.int64]


def empty_log(room: int) -> EventLog:
    """Make a log with room for so many rows."""
    return EventLog(np.zeros(room, ROW), np.zeros(1, np.int64))


@rule
def note(
    log: EventLog | None, week: int, who: int, event: int, cause: int,
    first: float, second: float, third: float, fourth: float,
) -> None:  # fmt: skip
    """Write one row, if there is a log and it has room.

    Parameters
    ----------
    cause : int
        For an exit its cause (see ``Exit``), otherwise 0.
    first, second, third, fourth : float
        The values that decided it, as ``VALUES`` names them.
    """
    if log is not None:
        place = log.used[0]
        log.used[0] = place + 1
        if place < len(log.rows):
            row = log.rows[place]
            row.week = week
            row.who = who
            row.event = event
            row.cause = cause
            row.values[0] = first
            row.values[1] = second
            row.values[2] = third
            row.values[3] = fourth
