"""Preparations for ending (7.8)."""

from engager_sim.week.event_log import Event
from engager_sim.world.dice import Chance
from tests.replication.exits import Exit, close_episode, stir_up_by_loss
from tests.replication.records import (
    LIBERTY,
    NEEDS,
    NO_SERVICE,
    NOT_OVER,
    OPEN,
    TO_BE_ASSESSED,
    USES,
    WAITS,
    Record,
    Theory,
    World,
)

NOT_RAISED, RAISED, TAPERING, CLOSED_PLANNED, CLOSED_UNPLANNED = 0, 1, 2, 3, 4


def prepare_ending(world: World, man: Record) -> None:
    """An ending is raised, agreed, tapered and closed; or support simply stops."""
    if man.episode != OPEN or world.week < man.release_week:
        return
    theory = world.theory(man)
    endings = theory.preparations_for_ending
    left = endings.support_weeks - (world.week - man.release_week)
    raised_before = man.ending == RAISED
    if man.ending == TAPERING:
        man.weeks_of_taper -= 1
    if endings.on and man.is_prepared and man.ending == NOT_RAISED:
        raise_ending(world, theory, man, left)
    if raised_before:
        begin_taper(world, theory, man, left)
    agree(world, man)
    close(world, theory, man, left)


def raise_ending(world: World, theory: Theory, man: Record, left: float) -> None:
    """Raised when goals are near or time is short, in a week with a contact outside."""
    endings = theory.preparations_for_ending
    near = man.goal_progress >= endings.near_goals
    if not (near or left <= endings.taper_weeks + 4):
        return
    if not man.contacted or man.place != LIBERTY:
        return
    man.ending = RAISED
    seek_joint_contact(world, theory, man)
    values = (man.goal_progress, left, man.joint_ending, man.trust)
    world.note(man.who, Event.ENDING_RAISED, values)


def begin_taper(world: World, theory: Theory, man: Record, left: float) -> None:
    """Tapers when ``weeks left <= taper`` or when he has agreed and his goals are met."""
    endings = theory.preparations_for_ending
    met = man.goal_progress >= (1.0 + endings.near_goals) / 2.0
    if left <= endings.taper_weeks or (man.agreed_ending and met):
        man.ending = TAPERING
        man.weeks_of_taper = min(endings.taper_weeks, left)
        seek_joint_contact(world, theory, man)
        values = (man.ending, man.weeks_of_taper, man.joint_ending, man.trust)
        world.note(man.who, Event.ENDING_STAGE, values)


def next_service(man: Record) -> int:
    """The service with the largest claim ``N + use``: in use or waited for, else the worst need."""
    claims = [
        (man.need[k] + (1.0 if man.service[k] != NO_SERVICE else 0.0), -k)
        for k in NEEDS
        if man.agency_for[k] >= 0
    ]
    return -max(claims)[1] if claims else -1


def seek_joint_contact(world: World, theory: Theory, man: Record) -> None:
    """Sought with the lever's chance at liberty; whether it comes about depends on the tie."""
    following = next_service(man)
    if man.joint_ending or man.place != LIBERTY or following < 0:
        return
    sought = world.uniform(man.who, Chance.JOINT_ENDING_SOUGHT)
    if sought >= theory.preparations_for_ending.joint_contact:
        return
    ties = theory.collaboration
    chance = ties.handover_base + ties.handover_tie * man.effective_tie
    if world.uniform(man.who, Chance.JOINT_ENDING_HELD) < chance:
        man.joint_ending = 1


def arranged(man: Record, following: int) -> float:
    """1 if that service sees him or has joined a contact, 1/2 if he waits for it, else 0."""
    if following < 0:
        return 0.0
    if man.joint_ending or man.service[following] == USES:
        return 1.0
    return 0.5 if man.service[following] == WAITS else 0.0


def agree(world: World, man: Record) -> None:
    """He agrees in the first week in which ``1 - (1 - K)(1 - a T_s)`` is 1/2 or more."""
    if man.ending not in (RAISED, TAPERING) or man.agreed_ending:
        return
    following = next_service(man)
    a = arranged(man, following)
    trust = man.service_trust[following] if following >= 0 else 0.0
    if 1.0 - (1.0 - man.coping) * (1.0 - a * trust) < 0.5:
        return
    man.agreed_ending = 1
    values = (man.coping, a, trust, man.goal_progress)
    world.note(man.who, Event.ENDING_AGREED, values)


def close(world: World, theory: Theory, man: Record, left: float) -> None:
    """When no week is left, of the taper or of support, it is closed as planned if raised."""
    tapered = man.ending == TAPERING and man.weeks_of_taper <= 0
    if left > 0 and not tapered:
        return
    if man.ending in (RAISED, TAPERING):
        close_planned(world, theory, man, left)
    else:
        close_unplanned(world, theory, man, left)


def close_planned(world: World, theory: Theory, man: Record, left: float) -> None:
    """A handover to the next service is tried; trust is carried over."""
    endings = theory.preparations_for_ending
    following, was_tapering = next_service(man), man.ending == TAPERING
    if following >= 0:
        hand_over(world, theory, man, following)
    if not man.agreed_ending and man.rapport > 0.0:
        man.trust *= 1.0 - endings.planned_shock
    man.ending = CLOSED_PLANNED
    left = min(left, man.weeks_of_taper) if was_tapering else left
    values = (man.ending, left, man.joint_ending, man.trust)
    world.note(man.who, Event.ENDING_STAGE, values)
    close_episode(world, man, Exit.PLANNED_ENDING)


def hand_over(world: World, theory: Theory, man: Record, following: int) -> None:
    """After a joint contact his wait is over at once; what he brings raises his trust in it."""
    endings, ties = theory.preparations_for_ending, theory.collaboration
    chance = ties.handover_base + ties.handover_tie * man.effective_tie
    if man.joint_ending or world.uniform(man.who, Chance.HANDOVER_AT_ENDING) < chance:
        man.handed_on[following] = 1
        man.service[following] = max(WAITS, man.service[following])
        if man.joint_ending and man.admission[following] == NOT_OVER:
            man.admission[following] = TO_BE_ASSESSED
    if man.service[following] == NO_SERVICE:
        return
    c = endings.carried_jointly if man.joint_ending else endings.carried_alone
    carried = man.trust * c * (1.0 + man.effective_tie) / 2.0
    brought = man.service_trust[following]
    man.service_trust[following] = brought + carried * (1.0 - brought)


def close_unplanned(world: World, theory: Theory, man: Record, left: float) -> None:
    """Support simply stops: ``min(T, prior)(1 - s)``, and ``R + a T (1 - R)``."""
    endings = theory.preparations_for_ending
    if man.rapport > 0.0:
        stir_up_by_loss(theory, man, man.trust)
        man.trust = min(man.trust, man.prior_trust) * (1.0 - endings.abrupt_shock)
    man.ending = CLOSED_UNPLANNED
    if endings.on:
        values = (man.ending, left, man.joint_ending, man.trust)
        world.note(man.who, Event.ENDING_STAGE, values)
    close_episode(world, man, Exit.ABRUPT_ENDING)
