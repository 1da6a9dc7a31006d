"""Contacts are planned, kept or missed, followed up and counted (7.5)."""

import math

from engager_sim.week.event_log import Event
from engager_sim.world.dice import Chance
from tests.replication.allocation import claim_on_hours, hours_for, may_be_seen, whole_contacts
from tests.replication.exits import bond_that_counts, follow_up_in_use
from tests.replication.justice import chance_of_appointment
from tests.replication.motivation import motivation, when_willing, willingness
from tests.replication.numbers import logistic, logit
from tests.replication.records import LIBERTY, OPEN, Record, Theory, World
from tests.replication.session import hold_session

TAPERING = 2


def plan_contacts(world: World, man: Record) -> None:
    """A practitioner's hours are divided by claims; contacts are planned from a man's share."""
    man.planned = 0
    if man.episode != OPEN:
        return
    post, theory = world.practitioners[man.post], world.theory(man).client_engagement
    if post.vacancy > 0.0 or not may_be_seen(man):
        return
    if not theory.on:
        man.hours_per_contact = theory.reference_hours
        uniform = world.uniform(man.who, Chance.CONTACTS)
        man.planned = whole_contacts(theory.reference_contacts, uniform)
        return
    hours = hours_for(world, man, post)
    contacts = min(meant_contacts(world, theory, man), hours / theory.shortest_contact)
    longest = theory.longest_contact
    man.hours_per_contact = min(longest, hours / contacts) if contacts > 0.0 else longest
    man.planned = whole_contacts(contacts, world.uniform(man.who, Chance.CONTACTS))


def meant_contacts(world: World, theory: Theory, man: Record) -> float:
    """Inside, in the first four weeks, later ``c (1 + N - 0.45)``; tapering halves the later."""
    if man.place != LIBERTY:
        return float(theory.prison_contacts)
    later = theory.later_contacts * (1.0 + man.needs_at_entry - 0.45)
    if man.ending == TAPERING:
        return float(later / 2.0)
    if world.week - man.release_week < 4:
        return float(theory.early_contacts)
    return float(later)


def meet(world: World, man: Record) -> None:
    """Each planned contact is kept or missed; a kept one becomes a session."""
    man.contacted = man.missed = 0
    if man.planned <= 0 or man.episode != OPEN:
        return
    theory = world.theory(man)
    ready, at_appointment = readiness(theory, man), chance_of_appointment(theory, man)
    for contact in range(man.planned):
        if man.place == LIBERTY and not man.statutory:
            man.planned_free += 1
        chance = chance_of_attending(theory, man, ready)
        if man.statutory and man.place == LIBERTY:
            chance = at_appointment
        if takes_place(world, man, contact, chance):
            attend(world, man, contact, chance)
        else:
            miss(world, man, chance)


def chance_of_attending(theory: Theory, man: Record, ready: float) -> float:
    """Inside as declared; at an appointment if he keeps it; else logistic in readiness."""
    engagement = theory.client_engagement
    if man.place != LIBERTY:
        return float(engagement.attend_custody)
    accidents = int(man.missed_in_a_row > 0) + man.message_lost
    ready -= engagement.attend_missed * accidents
    if man.attended_free == 0:
        ready += man.team_trust * math.log(theory.peers.accompaniment_odds)
    return logistic(ready)


def takes_place(world: World, man: Record, contact: int, chance: float) -> bool:
    """Contacts at an appointment all take place if he keeps it, and none if he does not."""
    if man.statutory and man.place == LIBERTY:
        return bool(man.kept_appointment)
    return world.uniform(man.who, Chance.ATTEND, contact) < chance


def readiness(theory: Theory, man: Record) -> float:
    """``a0 + a_r R + a_t T + a_m M - a_n N - a_c C + z``."""
    engagement = theory.client_engagement
    rapport, trust, _ = bond_that_counts(theory, man)
    return float(
        engagement.attend_base
        + engagement.attend_rapport * rapport
        + engagement.attend_trust * trust
        + engagement.attend_motivation * motivation(man)
        - engagement.attend_needs * man.needs_mean
        - engagement.attend_crisis * man.crisis
        + man.reach
    )


def attend(world: World, man: Record, contact: int, chance: float) -> None:
    """A kept contact becomes a session."""
    man.contacted = 1
    man.missed_in_a_row = 0
    man.contact_hours += man.hours_per_contact
    if man.statutory:
        man.statutory_contacts += 1
    else:
        man.attended_all += 1
        if man.place == LIBERTY:
            man.attended_free += 1
            since_miss(world, man)
    hold_session(world, man, contact, chance)


def since_miss(world: World, man: Record) -> None:
    """Keep the weeks from the first missed contact to the next attended."""
    if man.first_miss_week >= 0 and man.weeks_missed_to_contact < 0:
        man.weeks_missed_to_contact = world.week - man.first_miss_week


def miss(world: World, man: Record, chance: float) -> None:
    """A contact is missed."""
    man.missed += 1
    man.missed_in_a_row += 1
    if man.place == LIBERTY and not man.statutory and man.first_miss_week < 0:
        man.first_miss_week = world.week
    values = (chance, man.trust, man.missed_in_a_row, man.message_lost)
    world.note(man.who, Event.MISSED, values)


def follow_up(world: World, man: Record) -> None:
    """A miss is followed up, by a peer or the practitioner, and may yet become a contact."""
    if man.missed == 0 or man.contacted or man.place != LIBERTY or man.statutory:
        return
    theory, who = world.theory(man), man.who
    engagement = theory.client_engagement
    brings = theory.peers.recontact_after_miss * man.peer_reach
    by_peer = world.uniform(who, Chance.PEER_BRINGS_BACK) < brings
    found = by_peer
    if not by_peer and world.uniform(who, Chance.FOLLOW_UP) < follow_up_in_use(theory):
        success = logistic(logit(engagement.follow_up_success) + man.reach)
        success = when_willing(success, willingness(theory, man))
        found = world.uniform(who, Chance.FOLLOW_UP_SUCCESS) < success
    if found:
        values = (int(by_peer), man.rapport, man.trust, man.missed_in_a_row)
        world.note(who, Event.FOLLOWED_UP, values)
        attend(world, man, man.planned, 1.0)


def count_contact(world: World, man: Record) -> None:
    """Contact and claims on staff are counted; without contact rapport fades."""
    theory = world.theory(man)
    seen = man.contacted and man.place == LIBERTY and not man.statutory
    man.weeks_since_contact = 0.0 if seen else man.weeks_since_contact + 1.0
    if not man.contacted:
        man.rapport *= 1.0 - theory.relationship.rapport_fade
    if man.episode == OPEN:
        post = world.practitioners[man.post]
        post.cases_counted += 1
        post.parts_counted += claim_on_hours(man, world.week + 1)
        post.crises_counted += man.crisis > theory.supervision.difficult_crisis
