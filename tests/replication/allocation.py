"""Men enter, wait for a practitioner, and are given one (7.5)."""

import math

from engager_sim.week.event_log import Event
from engager_sim.world.dice import Chance
from tests.replication.peers import link
from tests.replication.records import (
    BEFORE_RELEASE,
    LIBERTY,
    LOST_WAITING,
    NOT_QUEUED,
    OPEN,
    QUEUED,
    Record,
    World,
)

PARTS_OF_OTHERS = 2


def enter(world: World) -> None:
    """Men whose week of entry has come join those who wait, in the order of their own draw."""
    entering = [i for i, man in world.leavers.items() if man.entry_week == world.week]
    for index in entering:
        man = world.leavers[index]
        man.queued = QUEUED
        weeks = man.release_week - world.week
        values = (weeks, man.prior_trust, man.needs_mean, man.distress)
        world.note(man.who, Event.ENTERED, values)
    entering.sort(key=lambda i: world.uniform(world.leavers[i].who, Chance.PRIORITY))
    world.waiting += entering


def may_be_seen(man: Record) -> bool:
    """Who holds an order over a man sees him inside and on licence only."""
    return bool(not man.statutory or man.on_licence or man.place != LIBERTY)


def claim_on_hours(man: Record, week: int) -> int:
    """2 parts as a rule, 6 in the first four weeks out, 1 long before, 2 more in a crisis."""
    weeks_out = week - man.release_week
    if not may_be_seen(man):
        return 0
    parts = 2
    if weeks_out < -4:
        parts = 1
    elif 0 <= weeks_out < 4:
        parts = 6
    return parts + 2 if man.crisis > 0.5 else parts


def allocate(world: World) -> None:
    """Those who wait longest are given a practitioner with room; nobody is moved to make room."""
    still = []
    for index in world.waiting:
        man = world.leavers[index]
        support = world.theory(man).preparations_for_ending.support_weeks
        if man.queued == NOT_QUEUED:
            continue
        if world.week - man.release_week >= support:
            man.queued = NOT_QUEUED
            continue
        inside_again = man.place not in (BEFORE_RELEASE, LIBERTY)
        if man.queued == LOST_WAITING or inside_again or not take_on(world, man):
            still.append(index)
    world.waiting = still


def take_on(world: World, man: Record) -> bool:
    """Give a man the filled post of his team with fewest cases, if it has room."""
    theory, team = world.theory(man).client_engagement, world.teams[man.team]
    posts = range(team.first_post, team.first_post + team.posts)
    filled = [i for i in posts if world.practitioners[i].vacancy <= 0.0]
    if not filled:
        return False
    chosen = min(filled, key=lambda i: world.practitioners[i].cases)
    post = world.practitioners[chosen]
    if theory.on and post.cases + 1 > theory.caseload - theory.other_cases:
        return False
    man.queued = NOT_QUEUED
    man.post = chosen
    man.incumbent, man.statutory = post.incumbent, post.enforces
    man.episode = OPEN
    man.episodes += 1
    post.cases += 1
    post.parts += claim_on_hours(man, world.week)
    weeks = world.week - man.release_week
    world.note(man.who, Event.ALLOCATED, (chosen, post.cases, man.episodes, weeks))
    if world.theory(man).peers.on:
        link(world, man)
    return True


def hours_for(world: World, man: Record, post: Record) -> float:
    """``max(0, H - s - g m) x parts / all``, with `all` as the week opened."""
    theory = world.theory(man).client_engagement
    everybody = post.parts + PARTS_OF_OTHERS * theory.other_cases
    if everybody <= 0:
        return 0.0
    hours = theory.contact_hours - post.supervision_hours
    hours = max(0.0, hours - theory.gate_hours * post.gate_meetings)
    return float(hours * claim_on_hours(man, world.week) / everybody)


def whole_contacts(meant: float, uniform: float) -> int:
    """``floor(m + u)``."""
    return math.floor(meant + uniform)
