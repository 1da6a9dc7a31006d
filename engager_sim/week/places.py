"""Event of the closing week in which services with places admit those who wait for one."""

from engager_sim.compilation import rule
from engager_sim.theory.services import ADMITTED
from engager_sim.week.event_log import EventLog
from engager_sim.week.services_in_use import take_on
from engager_sim.world.dice import Dice
from engager_sim.world.queues import in_order, take_claim
from engager_sim.world.records import NONE_BEFORE, QUEUING, World


@rule
def admit_waiting(world: World, dice: Dice, week: int, log: EventLog | None) -> None:
    """Free places go to those who have waited longest, and are used from the next week on."""
    for index in range(len(world.agencies)):
        agency = world.agencies[index]
        if agency.places >= 0:
            free = max(0, agency.places - agency.used_counted)
            admitted = min(free, agency.queue_counted)
            if admitted > 0:
                _admit(world, index, admitted, dice, week, log)
            agency.queue = agency.queue_counted - admitted
            used = agency.used_counted + admitted
            if used > 0 or agency.queue > 0:
                agency.used_sum += used
                agency.queue_sum += agency.queue
                agency.weeks_in_demand += 1
        agency.used_counted = agency.queue_counted = 0
        agency.last_claim = NONE_BEFORE
    world.clock[QUEUING] = 0


@rule
def _admit(
    world: World, agency: int, places: int, dice: Dice, week: int, log: EventLog | None
) -> None:
    """Admit those who have waited longest for a place of an agency; of those alike, by their lots.

    Who is inside again keeps his position on the list, and is passed over.
    """
    waiting = in_order(world, agency, dice, week)
    for _ in range(min(places, waiting)):
        person, need = take_claim(world, waiting, dice, week)
        waiting -= 1
        leaver = world.leavers[person]
        leaver.admission[need] = ADMITTED
        take_on(leaver, need, week, log)
