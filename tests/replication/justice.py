"""Release, offences, recall, custody, appointments, death (7.10)."""

import math

from engager_sim.week.event_log import Event
from engager_sim.world.dice import Chance
from tests.replication.exits import Exit, close_episode
from tests.replication.motivation import coercion
from tests.replication.numbers import clock, happens, weibull
from tests.replication.observation import observe_last
from tests.replication.records import (
    BEFORE_RELEASE,
    CUSTODY,
    LIBERTY,
    NEEDS,
    NOT_QUEUED,
    OPEN,
    RECALLED,
    Record,
    Theory,
    World,
)

YEAR = 52


def answer_to_justice(world: World, man: Record) -> None:
    """A man is released, released again, reoffends, is recalled or goes into new custody."""
    man.just_released = 0
    if man.place == BEFORE_RELEASE:
        if world.week >= man.release_week:
            release(world, man)
            move_away(world, man)
    elif man.place != LIBERTY:
        man.weeks_inside -= 1
        if man.weeks_inside <= 0:
            release(world, man)
    licence = world.theory(man).justice.licence_weeks
    out = world.week - man.release_week
    man.on_licence = int(man.place != BEFORE_RELEASE and out < licence)
    if man.place == LIBERTY:
        risk(world, man)


def release(world: World, man: Record) -> None:
    """A man comes to liberty."""
    man.place = LIBERTY
    man.just_released = 1
    man.weeks_inside = 0
    man.weeks_out_of_touch = 0
    values = (man.housed, man.needs_mean, man.crisis, man.rapport)
    world.note(man.who, Event.RELEASED, values)


def move_away(world: World, man: Record) -> None:
    """At first release a share is released elsewhere, transferred, or goes."""
    if world.uniform(man.who, Chance.MOVES_AWAY) >= world.theory(man).ways_out.moved_away:
        return
    man.moved_away = 1
    values = (world.theory(man).ways_out.moved_away, man.episode, man.rapport, man.trust)
    world.note(man.who, Event.MOVED_AWAY, values)
    if man.episode == OPEN:
        close_episode(world, man, Exit.MOVED_AWAY)
    man.queued = NOT_QUEUED
    for need in NEEDS:
        let_go(man, need)


def risk(world: World, man: Record) -> None:
    """New custody and the two kinds of recall compete by clocks."""
    theory, who = world.theory(man), man.who
    hazard = offence_hazard(theory, man)
    offence = clock(hazard, world.uniform(who, Chance.OFFENCE))
    man.weeks_at_liberty += 1
    custody = lost = breach = math.inf
    if man.on_licence:
        lost = clock(lost_hazard(theory, man), world.uniform(who, Chance.RECALL_LOST))
        breach = clock(breach_hazard(theory, man), world.uniform(who, Chance.RECALL_BREACH))
    if offence < 1.0 and offence <= min(lost, breach):
        if man.first_offence_week < 0:
            man.first_offence_week = world.week - man.release_week
        values = (hazard, man.housed, man.need[1], man.trust)
        world.note(who, Event.OFFENCE, values)
        if world.uniform(who, Chance.CUSTODY) < theory.justice.custody_after_offence:
            custody = offence
    first = min(custody, lost, breach)
    if first >= 1.0:
        return
    if first == custody:
        go_into_custody(world, man)
    else:
        recall(world, man, int(lost <= breach))


def offence_hazard(theory: Theory, man: Record) -> float:
    """``L ((t+1)^k - t^k) / 52^k exp(b . x - b0)``."""
    justice = theory.justice
    here = (
        justice.risk_unhoused * (1 - man.housed)
        + justice.risk_substance * man.need[1]
        + justice.risk_crisis * man.crisis
        - justice.risk_trust * man.trust
        - justice.age_gradient * (man.age - 32.0)
    )
    reference = (
        justice.risk_unhoused * 0.38
        + justice.risk_substance * 0.44
        + justice.risk_crisis * 0.2
        - justice.risk_trust * 0.3
    )
    base = weibull(justice.reoffending_year, justice.risk_shape, man.weeks_at_liberty)
    return base * math.exp(here - reference)


def lost_hazard(theory: Theory, man: Record) -> float:
    """None within a week out of touch, full after four."""
    share = min(1.0, max(0.0, (man.weeks_out_of_touch - 1.0) / 3.0))
    return float(theory.justice.recall_lost * share)


def breach_hazard(theory: Theory, man: Record) -> float:
    """``h (0.25 + 0.75 (S + C)/2)(1 + d q contact)``."""
    conduct = 0.25 + 0.75 * (man.need[1] + man.crisis) / 2.0
    seen = 1.0 + theory.justice.detection * man.role_conflict * man.contacted
    return float(theory.justice.recall_breach * conduct * seen)


def go_into_custody(world: World, man: Record) -> None:
    """New custody ends an open episode and every service."""
    uniform = world.uniform(man.who, Chance.CUSTODY_LENGTH)
    mean = world.theory(man).justice.custody_weeks
    weeks = max(1, math.ceil(math.log(uniform) / math.log(1.0 - 1.0 / mean)))
    man.place, man.weeks_inside, man.weeks_out_of_touch = CUSTODY, weeks, 0
    values = (weeks, man.weeks_at_liberty, man.crisis, man.trust)
    world.note(man.who, Event.CUSTODY, values)
    for need in NEEDS:
        let_go(man, need)
    if man.episode == OPEN:
        close_episode(world, man, Exit.NEW_CUSTODY)


def let_go(man: Record, need: int) -> None:
    """He has no service for this need: he loses place, referral and weeks waited."""
    man.service[need] = man.admission[need] = man.referred[need] = man.handed_on[need] = 0
    man.weeks_waited[need] = 0


def recall(world: World, man: Record, for_lost_contact: int) -> None:
    """A recall lasts two weeks after a sentence of under a year and otherwise four."""
    weeks = 2 if man.short_sentence else 4
    values = (for_lost_contact, man.weeks_out_of_touch, weeks, man.role_conflict)
    man.place, man.weeks_inside, man.weeks_out_of_touch = RECALLED, weeks, 0
    coercion(man)
    if world.week - man.release_week < YEAR:
        man.recalls_lost += for_lost_contact
        man.recalls_breach += 1 - for_lost_contact
    world.note(man.who, Event.RECALLED, values)


def chance_of_appointment(theory: Theory, man: Record) -> float:
    """``max(0, a - c C - n N)``."""
    justice = theory.justice
    return float(
        max(
            0.0,
            justice.appointment_base
            - justice.appointment_crisis * man.crisis
            - justice.appointment_needs * man.needs_mean,
        )
    )


def report_to_probation(world: World, man: Record) -> None:
    """On licence, a man keeps this week's appointment with probation or misses it."""
    man.kept_appointment = 0
    if man.place != LIBERTY or not man.on_licence:
        return
    chance = chance_of_appointment(world.theory(man), man)
    if world.uniform(man.who, Chance.APPOINTMENT) < chance:
        man.kept_appointment = 1
    else:
        values = (chance, man.crisis, man.needs_mean, man.weeks_out_of_touch)
        world.note(man.who, Event.APPOINTMENT_MISSED, values)


def stay_in_touch(_: World, man: Record) -> None:
    """On licence, weeks in which nobody has seen him add up; any contact clears them."""
    if man.place != LIBERTY or not man.on_licence:
        man.weeks_out_of_touch = 0
        return
    seen = man.kept_appointment or man.contacted or man.weeks_since_service == 0
    man.weeks_out_of_touch = 0 if seen else man.weeks_out_of_touch + 1


def survive(world: World, man: Record) -> None:
    """After release a man may die; what he was stands, and nothing more happens to him."""
    weeks = world.week - man.release_week
    if weeks < 0:
        return
    hazard = weibull(world.theory(man).justice.death_year, 0.6, weeks)
    if not happens(hazard, world.uniform(man.who, Chance.DEATH)):
        return
    man.died_week = weeks
    world.note(man.who, Event.DIED, (hazard, weeks, man.episode, man.trust))
    if man.episode == OPEN:
        close_episode(world, man, Exit.DIED)
    man.queued = NOT_QUEUED
    observe_last(world, man)
