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
from engager_sim.theory.hazards import happens
from engager_sim.theory.services import IN_SERVICE, NO_SERVICE, WAITING
from engager_sim.week.event_log import Event, EventLog, note
from engager_sim.world.dice import Chance, Dice, draw
from engager_sim.world.observed import NOT_YET, YEAR
from engager_sim.world.records import OPEN, Leaver


@rule
def use_services(
    leaver: Leaver, theory: Theory, dice: Dice, week: int, log: EventLog | None
) -> None:
    """Services are taken up, waited for, used and left."""
    leaver.weeks_since_service += 1.0
    if leaver.place != law.AT_LIBERTY:
        return
    _refer_from_prison(leaver, theory, dice, week)
    bridge = _bridge(leaver, theory)
    for need in range(NEEDS):
        if leaver.agency_for[need] < 0:
            continue
        stage = leaver.service[need]
        if stage == NO_SERVICE:
            if leaver.need[need] > theory.services.pick_up_need:
                _pick_up(leaver, theory, need, bridge, dice, week)
        elif stage == WAITING:
            _wait(leaver, theory, need, dice, week, log)
        else:
            _use(leaver, theory, need, dice, week, log)


@rule
def _refer_from_prison(leaver: Leaver, theory: Theory, dice: Dice, week: int) -> None:
    """On first release a part of the men with a substance need are already referred."""
    if leaver.just_released == 0 or week != leaver.release_week:
        return
    if leaver.service[SUBSTANCE] == NO_SERVICE and leaver.agency_for[SUBSTANCE] >= 0:
        need = leaver.need[SUBSTANCE]
        uniform = draw(dice, leaver.who, week, Chance.PRISON_REFERRAL)
        if help_rules.is_referred_from_prison(need, theory.services, uniform) == 1:
            leaver.service[SUBSTANCE] = WAITING


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
    leaver: Leaver, theory: Theory, need: int, dice: Dice, week: int, log: EventLog | None
) -> None:
    """A wait ends; where the practitioner handed him on, his ties shorten it."""
    collaboration = theory.collaboration
    handed_on = 1 if leaver.handed_on[need] == 1 and leaver.episode == OPEN else 0
    tie = ties.tie_behind_wait(handed_on, leaver.effective_tie, collaboration.reference_tie)
    mean = together.weeks_to_wait(tie, collaboration)
    uniform = draw(dice, leaver.who, week, Chance.SERVICE_START, need)
    if help_rules.starts_service(mean, uniform) == 1:
        leaver.service[need] = IN_SERVICE
        if theory.client_motivation.on == 1:
            motive.gain_from_win(leaver, theory.client_motivation)
        severity = leaver.need[need]
        note(log, week, leaver.who, Event.SERVICE_STARTED, 0,
            need, leaver.handed_on[need], severity, leaver.trust)  # fmt: skip


@rule
def _use(
    leaver: Leaver, theory: Theory, need: int, dice: Dice, week: int, log: EventLog | None
) -> None:
    """A service sees him, or not; it eases his need; he may leave it."""
    services, out = theory.services, week - leaver.release_week
    uniform = draw(dice, leaver.who, week, Chance.SERVICE_CONTACT, need)
    if uniform < services.attendance:
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
        leaver.service[need] = NO_SERVICE
        severity = leaver.need[need]
        note(log, week, leaver.who, Event.SERVICE_LEFT, 0,
            need, severity, leaver.service_trust[need], leaver.handed_on[need])  # fmt: skip
