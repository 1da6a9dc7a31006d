"""Event of the closing week in which services with places admit those who wait for one."""

from engager_sim.compilation import rule
from engager_sim.theory.circumstances import NEEDS
from engager_sim.theory.services import ACCEPTED, ADMITTED
from engager_sim.week.event_log import EventLog
from engager_sim.week.services_in_use import take_on
from engager_sim.world.dice import Chance, Dice, draw
from engager_sim.world.observed import NOT_YET
from engager_sim.world.records import QUEUING, World


@rule
def admit_waiting(world: World, dice: Dice, week: int, log: EventLog | None) -> None:
    """Free places go to those who have waited longest, and are used from the next week on."""
    for index in range(len(world.agencies)):
        agency = world.agencies[index]
        if agency.places >= 0:
            free = max(0, agency.places - agency.used_counted)
            admitted = min(free, agency.queue_counted)
            for _ in range(admitted):
                _admit_next(world, index, dice, week, log)
            agency.queue = agency.queue_counted - admitted
            used = agency.used_counted + admitted
            if used > 0 or agency.queue > 0:
                agency.used_sum += used
                agency.queue_sum += agency.queue
                agency.weeks_in_demand += 1
        agency.used_counted = agency.queue_counted = 0
    world.clock[QUEUING] = 0


@rule
def _admit_next(world: World, agency: int, dice: Dice, week: int, log: EventLog | None) -> None:
    """Admit who has waited longest for a place of an agency; of those alike, by their own draw.

    Who is inside again keeps his position on the list, and is passed over.
    """
    longest, least, chosen, service = -1, 1.0, -1, -1
    for position in range(world.clock[QUEUING]):
        person, need = divmod(world.queue[position], NEEDS)
        leaver = world.leavers[person]
        if leaver.agency_for[need] != agency or leaver.admission[need] != ACCEPTED:
            continue
        if leaver.died_week != NOT_YET:
            continue
        waited = leaver.weeks_waited[need]
        if waited < longest:
            continue
        lot = draw(dice, leaver.who, week, Chance.PLACE, need)
        if waited > longest or lot < least:
            longest, least, chosen, service = waited, lot, person, need
    if chosen >= 0:
        leaver = world.leavers[chosen]
        leaver.admission[service] = ADMITTED
        take_on(leaver, service, week, log)
