"""The week's order, as data.

Three parts. The week opens with staff and agencies. Then each man lives his week, one event after
another; men are independent of each other here, because every shared state (ties, caseload,
burnout, strain) is read as it stood when the week opened. The week closes by applying what was
counted.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from engager_sim.week import (
    allocation,
    contact,
    ending,
    episode,
    gate,
    joint_work,
    justice,
    life,
    observation,
    places,
    services_in_use,
    staff,
    supervising,
)

OPENS, EACH_MAN, CLOSES = "the week opens", "each man lives his week", "the week closes"


@dataclass(frozen=True, slots=True)
class WeekEvent:
    """One event of the week: the part it belongs to, its theme, and the compiled function."""

    part: str
    theme: str
    step: Callable[..., Any]

    @property
    def name(self) -> str:
        """The event's name, a verb."""
        return self.step.__name__

    @property
    def meaning(self) -> str:
        """What happens, in a sentence: the first line of the event's own documentation."""
        return (self.step.__doc__ or "").strip().splitlines()[0]


WEEK: tuple[WeekEvent, ...] = (
    WeekEvent(OPENS, "supervision", staff.replace_staff),
    WeekEvent(OPENS, "supervision", supervising.replace_supervisors),
    WeekEvent(OPENS, "supervision", supervising.hold_supervision),
    WeekEvent(OPENS, "peers", staff.replace_peers),
    WeekEvent(OPENS, "collaboration", staff.look_around),
    WeekEvent(OPENS, "circumstances", allocation.enter),
    WeekEvent(OPENS, "client engagement", allocation.allocate),
    WeekEvent(EACH_MAN, "supervision", episode.change_worker),
    WeekEvent(EACH_MAN, "justice", justice.answer_to_justice),
    WeekEvent(EACH_MAN, "client engagement", gate.pass_the_gate),
    WeekEvent(EACH_MAN, "circumstances", life.live_on),
    WeekEvent(EACH_MAN, "client motivation", life.settle_motivation),
    WeekEvent(EACH_MAN, "peers", life.keep_hope),
    WeekEvent(EACH_MAN, "collaboration", joint_work.work_jointly),
    WeekEvent(EACH_MAN, "justice", justice.report_to_probation),
    WeekEvent(EACH_MAN, "client engagement", contact.plan_contacts),
    WeekEvent(EACH_MAN, "relationship, therapeutic approach", contact.meet),
    WeekEvent(EACH_MAN, "client engagement, peers", contact.follow_up),
    WeekEvent(EACH_MAN, "services", services_in_use.use_services),
    WeekEvent(EACH_MAN, "justice", justice.stay_in_touch),
    WeekEvent(EACH_MAN, "preparations for ending", ending.prepare_ending),
    WeekEvent(EACH_MAN, "client engagement", episode.leave),
    WeekEvent(EACH_MAN, "client engagement", episode.come_back),
    WeekEvent(EACH_MAN, "relationship", contact.count_contact),
    WeekEvent(EACH_MAN, "outcomes", observation.observe),
    WeekEvent(EACH_MAN, "justice", life.survive),
    WeekEvent(CLOSES, "services", places.admit_waiting),
    WeekEvent(CLOSES, "collaboration", staff.settle_ties),
    WeekEvent(CLOSES, "supervision", supervising.settle_supervisors),
    WeekEvent(CLOSES, "supervision", staff.settle_staff),
    WeekEvent(CLOSES, "peers", staff.settle_peers),
)
"""Every event of a week, in the order in which it happens."""


def steps(part: str) -> list[Callable[..., Any]]:
    """List the compiled events of one part of the week, in order."""
    return [event.step for event in WEEK if event.part == part]
