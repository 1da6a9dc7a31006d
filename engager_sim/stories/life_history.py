"""One leaver's life history from the event log, and where two histories of him diverge."""

from collections import Counter
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from engager_sim.stories.sentences import sentence
from engager_sim.week.event_log import Event, values_of
from engager_sim.world.records import World

STAFF_EVENTS = (
    *(Event.WORKER_LEFT, Event.POST_FILLED, Event.SUPERVISOR_LEFT, Event.SUPERVISOR_STARTED),
    *(Event.PEER_STOPPED, Event.PEER_STARTED, Event.PEER_RELAPSED, Event.PEER_RETURNED),
)
"""Events of his practitioner, the supervisor behind him or his peer that belong to his history.
Sessions do not: they come too often, and show in how fast his relationship can grow."""

EPISODE_STARTS = (Event.ALLOCATED, Event.CAME_BACK)
"""Events that open an episode of support; an exit closes it."""

CATEGORICAL_VALUES = {
    *("arrived", "by_peer", "contradictory", "focus", "for_lost_contact", "handed_on", "helped"),
    *("housed", "joint_ending", "judgement", "lost", "message_lost", "need", "owned_up", "stage"),
}
"""Values of events that say what happened rather than how much."""

type Rows = npt.NDArray[np.void]


@dataclass(frozen=True, slots=True)
class LifeEvent:
    """One event in a leaver's life."""

    week: int  # week of the run, from 0
    after_release: int  # weeks since his first release; below 0 before it
    event: Event
    kind: tuple[int, ...]  # the event, its cause, and its categorical values
    text: str  # a sentence about it, with the values that decided it


@dataclass(frozen=True, slots=True)
class Divergence:
    """The first week in which a leaver's events differ between two worlds."""

    week: int
    after_release: int
    # Sentences about that week's events in one world that the other has not.
    only_first: tuple[str, ...]
    only_other: tuple[str, ...]


def life_history(rows: Rows, world: World, leaver: int) -> list[LifeEvent]:
    """Give the life history of the leaver with a number, from 0, from a run's event log so far.

    Events of his practitioner, the supervisor or his peer are included while his support is open.
    """
    record = world.leavers[leaver]
    release_week = int(record["release_week"])
    is_own = rows["who"] == record["who"]
    history, is_supported = [], False
    for index in np.flatnonzero(is_own | _is_of_his_staff(rows, world, record)):
        row = rows[index]
        event = Event(int(row["event"]))
        if is_own[index] or is_supported:
            history.append(_life_event(row, event, release_week))
        if is_own[index]:
            is_supported = event in EPISODE_STARTS or (is_supported and event is not Event.EXIT)
    return history


def _life_event(row: np.void, event: Event, release_week: int) -> LifeEvent:
    values, cause, week = values_of(row), int(row["cause"]), int(row["week"])
    categories = [int(value) for name, value in values.items() if name in CATEGORICAL_VALUES]
    text = sentence(int(event), cause, values)
    return LifeEvent(week, week - release_week, event, (int(event), cause, *categories), text)


def divergence(first: list[LifeEvent], other: list[LifeEvent]) -> Divergence | None:
    """Find the first week in which the events differ in kind; ``None`` if there is none.

    Neither another value of the same event nor another order within a week is a divergence.
    """
    for week in sorted({event.week for event in (*first, *other)}):
        in_first, in_other = (
            [event for event in history if event.week == week] for history in (first, other)
        )
        only_first, only_other = _surplus(in_first, in_other), _surplus(in_other, in_first)
        if only_first or only_other:
            after_release = (only_first or only_other)[0].after_release
            texts = (tuple(event.text for event in only) for only in (only_first, only_other))
            return Divergence(week, after_release, *texts)
    return None


def _surplus(events: list[LifeEvent], others: list[LifeEvent]) -> list[LifeEvent]:
    """List the events whose kind is more frequent here than among the others."""
    unmatched = Counter(event.kind for event in others)
    surplus = []
    for event in events:
        unmatched[event.kind] -= 1
        if unmatched[event.kind] < 0:
            surplus.append(event)
    return surplus


def _is_of_his_staff(rows: Rows, world: World, record: np.void) -> npt.NDArray[np.bool_]:
    """Tell which rows are staff events of his practitioner's post, its supervisor or his peer."""
    post = record["post"]
    supervisor = world.practitioners["supervisor"][post] if post >= 0 else post
    linked = (
        (world.practitioners, post), (world.supervisors, supervisor), (world.peers, record["peer"]),
    )  # fmt: skip
    staff = [int(records["who"][index]) for records, index in linked if index >= 0]
    of_staff: npt.NDArray[np.bool_] = np.isin(rows["who"], staff)
    return of_staff & np.isin(rows["event"], [int(event) for event in STAFF_EVENTS])
