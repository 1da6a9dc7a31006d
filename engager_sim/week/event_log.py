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


VALUES: dict[Event, tuple[str, str, str, str]] = {
    Event.ENTERED: ("weeks_to_release", "prior_trust", "needs_mean", "distress"),
    Event.ALLOCATED: ("post", "cases", "episodes", "weeks_after_release"),
    Event.RELEASED: ("housed", "needs_mean", "crisis", "rapport"),
    Event.MET_AT_GATE: ("rapport", "trust", "gate_presence", "lost"),
    Event.ATTENDED: ("chance_of_attending", "trust", "focus", "growth_speed"),
    Event.MISSED: ("chance_of_attending", "trust", "missed_in_a_row", "message_lost"),
    Event.FOLLOWED_UP: ("by_peer", "rapport", "trust", "missed_in_a_row"),
    Event.PROMISE_BROKEN: ("effective_tie", "owned_up", "trust_lost", "trust"),
    Event.MESSAGE_WRONG: ("contradictory", "recorded", "trust_lost", "trust"),
    Event.RUPTURE: ("skill", "focus", "trust_lost", "trust"),
    Event.REPAIR: ("skill", "trust", "rapport", "understanding"),
    Event.SMALL_WIN: ("understanding", "autonomous", "goal_progress", "needs_mean"),
    Event.JOINT_FORMULATION: ("effective_tie", "understanding", "shared_practice", "trust"),
    Event.REFERRED: ("need", "tie", "arrived", "trust"),
    Event.SERVICE_STARTED: ("need", "handed_on", "severity", "trust"),
    Event.SERVICE_LEFT: ("need", "severity", "service_trust", "handed_on"),
    Event.CRISIS: ("crisis", "needs_mean", "coping", "distress"),
    Event.OFFENCE: ("hazard", "housed", "substance_need", "trust"),
    Event.CUSTODY: ("weeks", "weeks_at_liberty", "crisis", "trust"),
    Event.RECALLED: ("for_lost_contact", "weeks_out_of_touch", "weeks", "role_conflict"),
    Event.WORKER_CHANGED: ("trust_before", "trust", "understanding_kept", "lost"),
    Event.ENDING_STAGE: ("stage", "weeks_to_end", "joint_ending", "trust"),
    Event.EXIT: ("rapport", "trust", "autonomous", "crisis"),
    Event.CAME_BACK: ("trust", "hope", "outreach", "weeks_after_release"),
    Event.HOUSING_CHANGED: ("housed", "crisis", "helped", "needs_mean"),
    Event.PEER_LINKED: ("trust_before", "trust", "hope", "linked"),
    Event.WORKER_LEFT: ("burnout", "skill", "cases", "vacancy"),
    Event.POST_FILLED: ("skill", "fidelity", "burnout", "cases"),
    Event.SUPERVISED: ("quality", "skill", "fidelity", "burnout"),
    Event.SESSION_NOT_HELD: ("chance_of_session", "burnout", "skill", "fidelity"),
    Event.PEER_STOPPED: ("strain", "linked", "index", "replacement_weeks"),
    Event.PEER_STARTED: ("strain", "linked", "index", "support"),
}
"""What the four values of each event are: the names by which its writer passes them to ``note``,
and a state's own name where a value is a state."""

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
        The values that decided it, under the names that ``VALUES`` gives them.
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


def values_of(row: np.void) -> dict[str, float]:
    """Give the values of one row by their names."""
    return dict(zip(VALUES[Event(int(row["event"]))], row["values"].tolist(), strict=True))


def column_of(rows: npt.NDArray[np.void], event: Event, name: str) -> npt.NDArray[np.float64]:
    """Give one value, by its name, of every row of one event."""
    values: npt.NDArray[np.float64] = rows["values"][rows["event"] == event]
    return values[:, VALUES[event].index(name)]
