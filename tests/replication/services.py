"""Services are referred to, taken up, waited for, used and left (7.11)."""

from engager_sim.week.event_log import Event
from engager_sim.world.dice import Chance
from tests.replication.agencies import PRESENT
from tests.replication.justice import YEAR, let_go
from tests.replication.motivation import small_win, when_willing, willingness
from tests.replication.numbers import happens
from tests.replication.records import (
    GIVEN_ONE,
    LIBERTY,
    NEEDS,
    NO_SERVICE,
    NOT_OVER,
    OPEN,
    PRISON,
    TO_BE_ASSESSED,
    USES,
    WAITS,
    WAITS_FOR_PLACE,
    Record,
    Theory,
    World,
)

PICK_UP = ("pick_up_housing", "pick_up_substance", "pick_up_work", "pick_up_relationships")


def use_services(world: World, man: Record) -> None:
    """Services are referred to, taken up, waited for, used and left."""
    man.weeks_since_service += 1
    if man.moved_away:
        return
    theory = world.theory(man)
    served = [need for need in NEEDS if man.agency_for[need] >= 0]
    if man.just_released and world.week == man.release_week:
        for need in served:
            refer_from_prison(world, theory, man, need)
    for need in served:
        if man.service[need] == WAITS:
            wait(world, theory, man, need)
        elif man.service[need] == USES and man.place == LIBERTY:
            use(world, theory, man, need)
        elif man.service[need] == NO_SERVICE:
            take_up(world, theory, man, need)
        if man.service[need] == USES:
            world.agencies[man.agency_for[need]].used_counted += 1


def across_wall(world: World, theory: Theory, man: Record, need: int) -> float:
    """The practice that prison healthcare and a service share; 1 where one provider is both."""
    service = man.agency_for[need]
    if not theory.collaboration.on:
        return float(theory.collaboration.reference_tie)
    if world.agencies[service].both_sides:
        return 1.0
    index = world.pair[man.agency_for[PRISON]][service] if man.agency_for[PRISON] >= 0 else -1
    if index < 0:
        return 0.0
    tie, ties = world.ties[index], theory.collaboration
    gap = (1.0 - tie.strength) * (1.0 - ties.record_weight * tie.shared_record * man.consents)
    gap *= 1.0 - ties.colocation_weight * tie.colocated * ties.days_together / 5.0
    return float(1.0 - gap)


def refer_from_prison(world: World, theory: Theory, man: Record, need: int) -> None:
    """In the week of first release prison has referred him for each present need."""
    if man.need[need] <= PRESENT:
        return
    agency = world.agencies[man.agency_for[need]]
    if man.agency_for[PRISON] < 0 and not agency.both_sides:
        return
    uniform = world.uniform(man.who, Chance.PRISON_REFERRAL, need)
    if uniform >= theory.services.prison_referral:
        return
    practice = across_wall(world, theory, man, need)
    chance = 1.0 - theory.collaboration.messages_lost * (1.0 - practice)
    arrives = world.uniform(man.who, Chance.PRISON_HANDOVER, need) < chance
    if arrives:
        man.referred[need] = 1
        if man.service[need] == NO_SERVICE:
            man.service[need] = WAITS
    values = (need, practice, int(arrives), man.need[need])
    world.note(man.who, Event.PRISON_REFERRED, values)


def take_up(world: World, theory: Theory, man: Record, need: int) -> None:
    """``h_k N (1 + t T) bridge``."""
    if man.place != LIBERTY or man.need[need] <= PRESENT:
        return
    services = theory.services
    bridge = 1.0 + theory.peers.bridge * man.peer_reach
    hazard = getattr(services, PICK_UP[need]) * man.need[need]
    hazard *= (1.0 + services.pick_up_trust * man.trust) * bridge
    if happens(hazard, world.uniform(man.who, Chance.PICK_UP, need)):
        man.service[need] = WAITS


def tie_behind(world: World, theory: Theory, man: Record, need: int) -> float:
    """The largest of the usual tie, the practitioner's who handed him on, and across the wall."""
    tie: float = theory.collaboration.reference_tie
    if man.handed_on[need] and man.episode == OPEN:
        tie = max(tie, man.effective_tie)
    if man.referred[need]:
        tie = max(tie, across_wall(world, theory, man, need))
    return tie


def wait(world: World, theory: Theory, man: Record, need: int) -> None:
    """A wait is over with ``P = 1 / mean weeks``; then he is assessed, at liberty."""
    ties = theory.collaboration
    tie = tie_behind(world, theory, man, need)
    if man.admission[need] == NOT_OVER:
        mean = max(0.5, ties.waiting_weeks * (1.0 - ties.waiting_tie * tie))
        if world.uniform(man.who, Chance.SERVICE_START, need) < 1.0 / mean:
            man.admission[need] = TO_BE_ASSESSED
    if man.place == LIBERTY and man.admission[need] == TO_BE_ASSESSED:
        assess(world, theory, man, need)
    if man.service[need] != WAITS:
        return
    man.weeks_waited[need] += 1
    if man.place != LIBERTY or gives_up(world, theory, man, need, tie):
        return
    if man.admission[need] == WAITS_FOR_PLACE:
        world.queue.append((man.agency_for[need], man, need))


def assess(world: World, theory: Theory, man: Record, need: int) -> None:
    """An agency declines, puts off for a week, or takes him on, where it has places in turn."""
    agency = world.agencies[man.agency_for[need]]
    severity = man.need[need]
    if severity <= agency.accepts_above:
        world.note(man.who, Event.NOT_ACCEPTED, (need, severity, man.crisis, 1))
        let_go(man, need)
        return
    uniform = world.uniform(man.who, Chance.PUT_OFF, need)
    if uniform < theory.services.put_off * man.crisis:
        world.note(man.who, Event.NOT_ACCEPTED, (need, severity, man.crisis, 0))
        return
    if agency.places < 0:
        start(world, man, need)
        feel_taken_on(theory, man, need)
        return
    man.admission[need] = WAITS_FOR_PLACE
    values = (need, man.weeks_waited[need], agency.places, agency.queue)
    world.note(man.who, Event.WAITS_FOR_PLACE, values)


def start(world: World, man: Record, need: int) -> None:
    """A service takes him on; weeks waited outside are kept."""
    weeks = world.week - man.release_week
    man.services_started += 1
    man.weeks_to_start += min(man.weeks_waited[need], weeks)
    if man.started_week[need] < 0:
        man.started_week[need] = weeks
    man.service[need] = USES
    values = (need, man.handed_on[need], man.need[need], man.trust)
    world.note(man.who, Event.SERVICE_STARTED, values)


def feel_taken_on(theory: Theory, man: Record, need: int) -> None:
    """Being taken on is a win, at once or in the week after he was given a place."""
    man.admission[need] = NOT_OVER
    small_win(theory, man)


def gives_up(world: World, theory: Theory, man: Record, need: int, tie: float) -> bool:
    """``g (1 - t T)(1 - c)``."""
    services = theory.services
    hazard = services.give_up * (1.0 - services.drop_out_trust * man.trust) * (1.0 - tie)
    if not happens(hazard, world.uniform(man.who, Chance.GIVES_UP, need)):
        return False
    if world.week - man.release_week < YEAR:
        man.waits_given_up += 1
    values = (need, man.weeks_waited[need], tie, man.trust)
    world.note(man.who, Event.GAVE_UP_WAITING, values)
    let_go(man, need)
    return True


def use(world: World, theory: Theory, man: Record, need: int) -> None:
    """A service sees him in some weeks and eases his need; he leaves it by hazard, or when met."""
    services, weeks = theory.services, world.week - man.release_week
    if man.admission[need] == GIVEN_ONE:
        feel_taken_on(theory, man, need)
    chance = when_willing(services.attendance, willingness(theory, man))
    if world.uniform(man.who, Chance.SERVICE_CONTACT, need) < chance:
        man.weeks_since_service = 0.0
        man.service_contacts += 1
        if need == 1 and man.substance_seen_week < 0:
            man.substance_seen_week = weeks
        if man.handed_on[need] and weeks < YEAR:
            man.onward_seen = 1
        if need > 0:
            man.need[need] *= 1.0 - services.relief
    hazard = services.drop_out * (1.0 - services.drop_out_trust * man.service_trust[need])
    dropped = happens(hazard, world.uniform(man.who, Chance.SERVICE_DROP_OUT, need))
    if dropped or man.need[need] < services.met_need:
        values = (need, man.need[need], man.service_trust[need], man.handed_on[need])
        world.note(man.who, Event.SERVICE_LEFT, values)
        let_go(man, need)


def admit_waiting(world: World) -> None:
    """Free places go to those who have waited longest, and are used from the next week on."""
    for index, agency in enumerate(world.agencies):
        if agency.places >= 0:
            admit(world, index, agency)
        agency.used_counted = 0


def admit(world: World, index: int, agency: Record) -> None:
    """Give the free places of one agency; count the places in use and the men who still wait."""
    claims = waiting_for(world, index)
    waiting = sum(claimed == index for claimed, _, _ in world.queue)
    free = max(0, agency.places - agency.used_counted)
    for man, need in claims[:free]:
        man.admission[need] = GIVEN_ONE
        start(world, man, need)
    admitted = min(free, waiting)
    agency.queue = waiting - admitted
    used = agency.used_counted + admitted
    agency.used_sum += used
    agency.queue_sum += agency.queue
    agency.weeks_in_demand += used > 0 or agency.queue > 0


def waiting_for(world: World, agency: int) -> list[tuple[Record, int]]:
    """Put those who wait for a place in order: most weeks first, then the lowest draw."""
    claims = [
        (man, need)
        for claimed, man, need in world.queue
        if claimed == agency and man.place == LIBERTY and man.died_week < 0
    ]
    claims.sort(
        key=lambda c: (-c[0].weeks_waited[c[1]], world.uniform(c[0].who, Chance.PLACE, c[1]))
    )
    return claims
