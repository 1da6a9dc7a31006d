"""Events of the week that bring men in and give them a practitioner and a peer."""

import numpy as np

from engager_sim.compilation import rule
from engager_sim.theory import client_engagement as engagement_rules
from engager_sim.theory import peers as peer_support
from engager_sim.theory.justice import AT_LIBERTY, NEW_CUSTODY, RECALLED
from engager_sim.theory.peers import Peers
from engager_sim.week.event_log import Event, EventLog, note
from engager_sim.world.dice import Dice
from engager_sim.world.observed import NOT_YET
from engager_sim.world.queues import arrange, drew_less, gather, take_first
from engager_sim.world.records import (
    ENTERS,
    LEAVES_STUDY,
    LOST_WAITING,
    NOT_QUEUED,
    OPEN,
    PRESENT,
    QUEUED,
    WAITING,
    Leaver,
    World,
)


@rule
def enter(world: World, dice: Dice, week: int, log: EventLog | None) -> None:
    """Men whose week of entry has come join those who wait, in the order of their own draw."""
    present = entering = 0
    for index in range(len(world.leavers)):
        enters = world.calendar[index, ENTERS]
        if not enters <= week <= world.calendar[index, LEAVES_STUDY]:
            continue
        world.present[present] = index
        present += 1
        if enters != week:
            continue
        gather(world, entering, index)
        entering += 1
        leaver = world.leavers[index]
        leaver.queued = QUEUED
        weeks_to_release = leaver.release_week - week
        note(log, week, leaver.who, Event.ENTERED, 0,
            weeks_to_release, leaver.prior_trust, leaver.needs_mean, leaver.distress)  # fmt: skip
    world.clock[PRESENT] = present
    arrange(world, entering, drew_less, dice, week)
    for left in range(entering, 0, -1):
        world.waiting[world.clock[WAITING]] = take_first(world, left, drew_less, dice, week)
        world.clock[WAITING] += 1


@rule
def write_calendar(world: World) -> None:
    """Copy each man's week of entry and last week to where they are quick to look through."""
    for index in range(len(world.leavers)):
        world.calendar[index, ENTERS] = world.leavers[index].entry_week
        world.calendar[index, LEAVES_STUDY] = world.leavers[index].last_week


@rule
def allocate(world: World, theories: np.ndarray, week: int, log: EventLog | None) -> None:
    """Those who wait longest are given a practitioner with room; nobody is moved to make room.

    A man lost while he waits, or back inside, keeps his position and is passed over.
    """
    kept = 0
    for position in range(world.clock[WAITING]):
        index = world.waiting[position]
        leaver = world.leavers[index]
        if leaver.queued == NOT_QUEUED:
            continue
        theory = theories[leaver.arm]
        weeks_after_release = week - leaver.release_week
        if weeks_after_release >= theory.preparations_for_ending.support_weeks:
            leaver.queued = NOT_QUEUED
            continue
        room = engagement_rules.room_for_men(theory.client_engagement)
        post = _roomiest_post(world, leaver.team, room) if _can_be_taken_on(leaver) else -1
        if post < 0:
            world.waiting[kept] = index
            kept += 1
            continue
        practitioner = world.practitioners[post]
        leaver.queued = NOT_QUEUED
        leaver.post = post
        leaver.statutory = practitioner.enforces
        leaver.incumbent = practitioner.incumbent
        leaver.episode = OPEN
        leaver.episodes += 1
        practitioner.cases += 1
        free = 1 if leaver.place == AT_LIBERTY else 0
        if engagement_rules.may_be_seen(leaver.statutory, free, leaver.on_licence) == 1:
            claim = engagement_rules.claim_on_hours(weeks_after_release, leaver.crisis)
            practitioner.parts += claim
        note(log, week, leaver.who, Event.ALLOCATED, 0,
            post, practitioner.cases, leaver.episodes, weeks_after_release)  # fmt: skip
        if theory.peers.on == 1:
            _link_peer(world, index, theory.peers)
    world.clock[WAITING] = kept


@rule
def _can_be_taken_on(leaver: Leaver) -> bool:
    """Whether a man who waits is where a practitioner can meet him for the first time."""
    inside_again = leaver.place == RECALLED or leaver.place == NEW_CUSTODY
    return not (leaver.queued == LOST_WAITING or inside_again)


@rule
def _roomiest_post(world: World, team: int, most: float) -> int:
    """The filled post of a team with fewest cases and room for one more; -1 for none."""
    first = world.teams[team].first_post
    best, chosen = most, -1
    for post in range(first, first + world.teams[team].posts):
        practitioner = world.practitioners[post]
        if (
            practitioner.vacancy <= 0.0
            and practitioner.cases + 1 <= most
            and (chosen < 0 or practitioner.cases < best)
        ):
            best, chosen = float(practitioner.cases), post
    return chosen


@rule
def _link_peer(world: World, index: int, peers: Peers) -> None:
    """Link a man to the least used peer of his team who has time, if there is one."""
    leaver = world.leavers[index]
    team = world.teams[leaver.team]
    fewest, chosen = peer_support.men_a_peer_can_take(peers), NOT_YET
    for number in range(team.first_peer, team.first_peer + team.peers):
        peer = world.peers[number]
        if peer.vacancy <= 0.0 and peer.linked < fewest:
            fewest, chosen = peer.linked, number
    if chosen >= 0:
        world.peers[chosen].linked += 1
        leaver.peer = chosen
