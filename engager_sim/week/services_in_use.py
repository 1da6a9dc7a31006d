"""Event of the week between a man and the services for his needs."""

from engager_sim.compilation import rule
from engager_sim.theory import Theory
from engager_sim.theory import client_motivation as motive
from engager_sim.theory import collaboration as together
from engager_sim.theory import effective_ties as ties
from engager_sim.theory import justice as law
from engager_sim.theory import peers as peer_support
from engager_sim.theory import services as help_rules
from engager_sim.theory.circumstances import HOUSING, NEEDS, SUBSTANCE
from engager_sim.theory.collaboration import Collaboration
from engager_sim.theory.hazards import happens
from engager_sim.theory.services import (
    ACCEPTED,
    ADMITTED,
    DUE,
    IN_SERVICE,
    NO_SERVICE,
    NOT_DUE,
    WAITING,
)
from engager_sim.week.event_log import Event, EventLog, note
from engager_sim.world.dice import Chance, Dice, draw
from engager_sim.world.observed import NOT_YET, YEAR
from engager_sim.world.queues import join_queue
from engager_sim.world.records import OPEN, PRISON, Leaver, World


@rule
def use_services(
    leaver: Leaver, world: World, theory: Theory, dice: Dice, week: int, log: EventLog | None
) -> None:
    """Services are referred to, taken up, waited for, used and left."""
    leaver.weeks_since_service += 1.0
    if leaver.moved_away == 1:
        return
    free = leaver.place == law.AT_LIBERTY
    if leaver.just_released == 1 and week == leaver.release_week:
        _refer_from_prison(leaver, world, theory, dice, week, log)
    bridge = _bridge(leaver, theory)
    for need in range(NEEDS):
        if leaver.agency_for[need] < 0:
            continue
        stage = leaver.service[need]
        if stage == WAITING:
            _wait(leaver, world, theory, need, dice, week, log)
        elif free and stage == IN_SERVICE:
            if leaver.admission[need] == ADMITTED:
                _feel_taken_on(leaver, theory, need)
            _use(leaver, theory, need, dice, week, log)
        elif free and help_rules.is_present(leaver.need[need]) == 1:
            _pick_up(leaver, theory, need, bridge, dice, week)
        if leaver.service[need] == IN_SERVICE:
            world.agencies[leaver.agency_for[need]].used_counted += 1


@rule
def _refer_from_prison(
    leaver: Leaver, world: World, theory: Theory, dice: Dice, week: int, log: EventLog | None
) -> None:
    """On first release prison has referred him for a need or not, and the referral arrives or not.

    Only prison healthcare refers, or a service that works on both sides itself.
    """
    for need in range(NEEDS):
        agency = leaver.agency_for[need]
        if agency < 0:
            continue
        if leaver.agency_for[PRISON] < 0 and world.agencies[agency].both_sides == 0:
            continue
        severity = leaver.need[need]
        uniform = draw(dice, leaver.who, week, Chance.PRISON_REFERRAL, need)
        if help_rules.is_referred_from_prison(severity, theory.services, uniform) == 0:
            continue
        tie = _across_wall(leaver, world, theory.collaboration, need)
        uniform = draw(dice, leaver.who, week, Chance.PRISON_HANDOVER, need)
        arrived = together.referral_crosses_wall(tie, theory.collaboration, uniform)
        if arrived == 1:
            leaver.referred[need] = 1
            if leaver.service[need] == NO_SERVICE:
                leaver.service[need] = WAITING
        note(log, week, leaver.who, Event.PRISON_REFERRED, 0, need, tie, arrived, severity)


@rule
def _across_wall(leaver: Leaver, world: World, collaboration: Collaboration, need: int) -> float:
    """How closely prison healthcare and the service for a need work on him."""
    if collaboration.on == 0:
        return collaboration.reference_tie
    agency, prison = leaver.agency_for[need], leaver.agency_for[PRISON]
    strength, record, place = 0.0, 0, 0
    if prison >= 0 and world.pair[prison, agency] >= 0:
        tie = world.ties[world.pair[prison, agency]]
        strength, place = tie.strength, tie.colocated
        record = tie.shared_record if leaver.consents == 1 else 0
    strength = ties.tie_across_wall(strength, world.agencies[agency].both_sides)
    return together.practice_with(strength, record, place, 0, collaboration)


@rule
def _bridge(leaver: Leaver, theory: Theory) -> float:
    """How much more often a peer brings him to services."""
    reach = leaver.peer_reach if leaver.episode == OPEN else 0.0
    return peer_support.bridge_to_services(reach, theory.peers)


@rule
def _pick_up(
    leaver: Leaver, theory: Theory, need: int, bridge: float, dice: Dice, week: int
) -> None:
    """He may take up a service by himself."""
    services = theory.services
    kind = help_rules.pick_up_of(need, services)
    hazard = help_rules.pick_up_hazard(kind, leaver.need[need], leaver.trust, bridge, services)
    if happens(hazard, draw(dice, leaver.who, week, Chance.PICK_UP, need)) == 1:
        leaver.service[need] = WAITING


@rule
def _wait(
    leaver: Leaver, world: World, theory: Theory, need: int, dice: Dice, week: int,
    log: EventLog | None,
) -> None:  # fmt: skip
    """A wait passes, inside too; outside he is assessed once it is over, and may give up."""
    tie = _tie_behind_wait(leaver, world, theory.collaboration, need)
    if leaver.admission[need] == NOT_DUE:
        mean = together.weeks_to_wait(tie, theory.collaboration)
        uniform = draw(dice, leaver.who, week, Chance.SERVICE_START, need)
        leaver.admission[need] = help_rules.starts_service(mean, uniform)
    free = leaver.place == law.AT_LIBERTY
    if free and leaver.admission[need] == DUE:
        _be_assessed(leaver, world, theory, need, dice, week, log)
    if leaver.service[need] != WAITING:
        return
    leaver.weeks_waited[need] += 1
    if not free:
        return
    hazard = help_rules.give_up_hazard(leaver.trust, tie, theory.services)
    if happens(hazard, draw(dice, leaver.who, week, Chance.GIVES_UP, need)) == 1:
        note(log, week, leaver.who, Event.GAVE_UP_WAITING, 0,
            need, leaver.weeks_waited[need], tie, leaver.trust)  # fmt: skip
        help_rules.let_go(leaver, need)
        if week - leaver.release_week < YEAR:
            leaver.waits_given_up += 1
    elif leaver.admission[need] == ACCEPTED:
        world.agencies[leaver.agency_for[need]].queue_counted += 1
        join_queue(world, leaver.agency_for[need], leaver.who, need)


@rule
def _tie_behind_wait(
    leaver: Leaver, world: World, collaboration: Collaboration, need: int
) -> float:
    """The closest tie among those who handed him on, and that of usual care."""
    handed_on = 1 if leaver.handed_on[need] == 1 and leaver.episode == OPEN else 0
    tie = ties.tie_behind_wait(handed_on, leaver.effective_tie, collaboration.reference_tie)
    if leaver.referred[need] == 0:
        return tie
    return ties.tie_behind_wait(1, _across_wall(leaver, world, collaboration, need), tie)


@rule
def _be_assessed(
    leaver: Leaver, world: World, theory: Theory, need: int, dice: Dice, week: int,
    log: EventLog | None,
) -> None:  # fmt: skip
    """The service declines him, puts him off, takes him on, or has him wait for a place."""
    agency, severity = world.agencies[leaver.agency_for[need]], leaver.need[need]
    declined = help_rules.is_too_slight(severity, agency.accepts_above)
    uniform = draw(dice, leaver.who, week, Chance.PUT_OFF, need)
    if declined == 1 or help_rules.puts_off(leaver.crisis, theory.services, uniform) == 1:
        note(log, week, leaver.who, Event.NOT_ACCEPTED, 0,
            need, severity, leaver.crisis, declined)  # fmt: skip
        if declined == 1:
            help_rules.let_go(leaver, need)
    elif agency.places < 0:
        take_on(leaver, need, week, log)
        _feel_taken_on(leaver, theory, need)
    else:
        leaver.admission[need] = ACCEPTED
        note(log, week, leaver.who, Event.WAITS_FOR_PLACE, 0,
            need, leaver.weeks_waited[need], agency.places, agency.queue)  # fmt: skip


@rule
def take_on(leaver: Leaver, need: int, week: int, log: EventLog | None) -> None:
    """A service takes him on; weeks waited outside are kept."""
    out = week - leaver.release_week
    leaver.service[need] = IN_SERVICE
    if leaver.started_week[need] == NOT_YET:
        leaver.started_week[need] = out
    leaver.services_started += 1
    leaver.weeks_to_start += min(leaver.weeks_waited[need], out)
    severity = leaver.need[need]
    note(log, week, leaver.who, Event.SERVICE_STARTED, 0,
        need, leaver.handed_on[need], severity, leaver.trust)  # fmt: skip


@rule
def _feel_taken_on(leaver: Leaver, theory: Theory, need: int) -> None:
    """Being taken on may feel like a win: at once, or in the week after he was given a place."""
    leaver.admission[need] = NOT_DUE
    if theory.client_motivation.on == 1:
        motive.gain_from_win(leaver, theory.client_motivation)


@rule
def _use(
    leaver: Leaver, theory: Theory, need: int, dice: Dice, week: int, log: EventLog | None
) -> None:
    """A service sees him, or not; it eases his need; he may leave it."""
    services, out = theory.services, week - leaver.release_week
    uniform = draw(dice, leaver.who, week, Chance.SERVICE_CONTACT, need)
    willing = motive.willingness(leaver, leaver.on_licence, theory.client_motivation)
    if uniform < motive.when_willing(services.attendance, willing):
        leaver.weeks_since_service = 0.0
        leaver.service_contacts += 1
        if leaver.handed_on[need] == 1 and out < YEAR:
            leaver.onward_seen = 1
        if need == SUBSTANCE and leaver.substance_seen_week == NOT_YET:
            leaver.substance_seen_week = out
        if need != HOUSING:
            leaver.need[need] = help_rules.need_in_service(leaver.need[need], services)
    hazard = help_rules.drop_out_hazard(leaver.service_trust[need], services)
    dropped = happens(hazard, draw(dice, leaver.who, week, Chance.SERVICE_DROP_OUT, need))
    if dropped == 1 or leaver.need[need] < services.met_need:
        severity = leaver.need[need]
        note(log, week, leaver.who, Event.SERVICE_LEFT, 0,
            need, severity, leaver.service_trust[need], leaver.handed_on[need])  # fmt: skip
        help_rules.let_go(leaver, need)
