"""The optional log of what happened to whom, and the values that decided it.

Written by the very events that change the world. With ``None`` in place of a log the compiler
drops every line of it. A log that is too small counts on, so that the run can be repeated with one
that holds everything: it never truncates.
"""

from enum import IntEnum, unique
from typing import NamedTuple, Self

import numpy as np
import numpy.typing as npt

from engager_sim.compilation import rule


@unique
class Event(IntEnum):
    """What can be logged, and what its four values are. Numbers are permanent.

    Values stand under the names by which their writer passes them to :func:`note`, and under a
    state's own name where a value is a state.
    """

    names: tuple[str, str, str, str]

    def __new__(cls, number: int, *names: str) -> Self:
        """Make an event a whole number that knows the names of its values."""
        event = int.__new__(cls, number)
        event._value_ = number
        event.names = names  # type: ignore[assignment]
        return event

    ENTERED = 1, "weeks_to_release", "prior_trust", "needs_mean", "distress"
    ALLOCATED = 2, "post", "cases", "episodes", "weeks_after_release"
    RELEASED = 3, "housed", "needs_mean", "crisis", "rapport"
    MET_AT_GATE = 4, "rapport", "trust", "gate_presence", "lost"
    ATTENDED = 5, "chance_of_attending", "trust", "focus", "growth_speed"
    MISSED = 6, "chance_of_attending", "trust", "missed_in_a_row", "message_lost"
    FOLLOWED_UP = 7, "by_peer", "rapport", "trust", "missed_in_a_row"
    PROMISE_BROKEN = 8, "effective_tie", "owned_up", "trust_lost", "trust"
    MESSAGE_WRONG = 9, "contradictory", "recorded", "trust_lost", "trust"
    RUPTURE = 10, "skill", "focus", "trust_lost", "trust"
    REPAIR = 11, "skill", "trust", "rapport", "understanding"
    SMALL_WIN = 12, "understanding", "autonomous", "goal_progress", "needs_mean"
    JOINT_FORMULATION = 13, "effective_tie", "understanding", "shared_practice", "trust"
    REFERRED = 14, "need", "tie", "arrived", "trust"
    SERVICE_STARTED = 15, "need", "handed_on", "severity", "trust"
    SERVICE_LEFT = 16, "need", "severity", "service_trust", "handed_on"
    CRISIS = 17, "crisis", "needs_mean", "coping", "distress"
    OFFENCE = 18, "hazard", "housed", "substance_need", "trust"
    CUSTODY = 19, "weeks", "weeks_at_liberty", "crisis", "trust"
    RECALLED = 20, "for_lost_contact", "weeks_out_of_touch", "weeks", "role_conflict"
    WORKER_CHANGED = 21, "trust_before", "trust", "understanding_kept", "lost"
    ENDING_STAGE = 22, "stage", "weeks_to_end", "joint_ending", "trust"
    EXIT = 23, "rapport", "trust", "autonomous", "crisis"
    CAME_BACK = 24, "trust", "hope", "outreach", "weeks_after_release"
    HOUSING_CHANGED = 25, "housed", "crisis", "helped", "needs_mean"
    PEER_LINKED = 26, "shared_experience", "team_trust", "hope", "strain"
    WORKER_LEFT = 40, "burnout", "skill", "cases", "vacancy"
    POST_FILLED = 41, "skill", "fidelity", "burnout", "cases"
    SUPERVISED = 42, "quality", "skill", "fidelity", "burnout"
    SESSION_NOT_HELD = 43, "chance_of_session", "burnout", "strain", "skill"
    PEER_STOPPED = 44, "strain", "linked", "index", "replacement_weeks"
    PEER_STARTED = 45, "strain", "linked", "index", "support"
    LOST_WAITING = 70, "rapport", "trust", "crisis", "weeks_waited"
    MOVED_AWAY = 71, "moved_away", "episode", "rapport", "trust"
    DIED = 72, "hazard", "weeks_after_release", "episode", "trust"
    EPISODE_RESUMED = 73, "chance_of_resuming", "alliance", "follow_up", "resumed"
    APPOINTMENT_MISSED = 74, "chance_of_appointment", "crisis", "needs_mean", "weeks_out_of_touch"
    PRISON_REFERRED = 60, "need", "tie", "arrived", "severity"
    NOT_ACCEPTED = 61, "need", "severity", "crisis", "declined"
    WAITS_FOR_PLACE = 62, "need", "weeks_waited", "places", "queue"
    GAVE_UP_WAITING = 63, "need", "weeks_waited", "tie", "trust"
    CONSENT = 64, "consents", "trust", "reluctance", "recorded"
    ENDING_RAISED = 85, "goal_progress", "weeks_to_end", "joint_ending", "trust"
    ENDING_AGREED = 86, "coping", "arranged", "service_trust", "goal_progress"
    JUDGED = 87, "crisis", "depth", "weeks_left", "judgement"
    SUPERVISOR_CHOSE = 93, "difficulty", "ahead", "hours_left", "reached"
    SUPERVISOR_LEFT = 94, "strain", "quality", "supervisees", "vacancy"
    SUPERVISOR_STARTED = 95, "quality", "strain", "supervisees", "incumbent"
    PEER_RELAPSED = 96, "strain", "recovery", "support", "hazard"
    PEER_RETURNED = 97, "strain", "recovery", "support", "linked"
    PEER_MISSED = 98, "team_trust", "hope", "shared_experience", "trust"
    MESSAGE_PUT_RIGHT = 99, "recorded", "effective_tie", "cases", "trust"


ROW = np.dtype(
    [
        *((name, np.int64) for name in ("week", "who", "event", "cause")),
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
        For an exit, and a loss while waiting, its cause (see ``Exit``), otherwise 0.
    first, second, third, fourth : float
        The values that decided it, under the names that :class:`Event` gives them.
    """
    if log is not None:
        row_number = log.used[0]
        log.used[0] = row_number + 1
        if row_number < len(log.rows):
            row = log.rows[row_number]
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
    return dict(zip(Event(int(row["event"])).names, row["values"].tolist(), strict=True))


def column_of(rows: npt.NDArray[np.void], event: Event, name: str) -> npt.NDArray[np.float64]:
    """Give one value, by its name, of every row of one event."""
    values: npt.NDArray[np.float64] = rows["values"][rows["event"] == event]
    return values[:, event.names.index(name)]
