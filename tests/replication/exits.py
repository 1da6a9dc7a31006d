"""How an episode closes, routes out and back, and a change of worker (7.3, 7.5)."""

import math
from enum import IntEnum

from engager_sim.week.event_log import Event
from engager_sim.world.dice import Chance
from tests.replication.motivation import willingness
from tests.replication.numbers import clock, happens
from tests.replication.records import (
    CLOSED,
    LIBERTY,
    LOST_WAITING,
    OPEN,
    QUEUED,
    Record,
    Theory,
    World,
)
from tests.replication.staff import has_overlap


class Exit(IntEnum):
    """Causes of exits, in the order of the document's table."""

    CRISIS = 1
    RESIGNED = 2
    OVERCONFIDENT = 3
    WITHDREW = 4
    LOST_AT_GATE = 5
    LOST_WITH_WORKER = 6
    RECALL = 7
    NEW_CUSTODY = 8
    PLANNED_ENDING = 9
    ABRUPT_ENDING = 10
    MOVED_AWAY = 11
    DIED = 12


NO_WAY_BACK = (Exit.PLANNED_ENDING, Exit.ABRUPT_ENDING, Exit.MOVED_AWAY, Exit.DIED)


def bond_that_counts(theory: Theory, man: Record) -> tuple[float, float, float]:
    """Rapport, trust and understanding; with engagement off, those with a stranger."""
    if theory.client_engagement.on:
        return man.rapport, man.trust, man.understanding
    return 0.0, man.prior_trust, 0.0


def alliance(theory: Theory, man: Record) -> float:
    """The mean of rapport, trust and understanding that count."""
    return sum(bond_that_counts(theory, man)) / 3.0


def close_episode(world: World, man: Record, cause: Exit) -> None:
    """An exit ends an episode, not the man."""
    weeks = world.week - man.release_week
    man.episode = CLOSED
    man.exit, man.exit_week = int(cause), weeks
    if man.first_exit == 0:
        man.first_exit, man.first_exit_week = int(cause), weeks
    values = (man.rapport, man.trust, man.autonomous, man.crisis)
    world.note(man.who, Event.EXIT, values, int(cause))


def lose_from_list(world: World, man: Record, cause: Exit) -> None:
    """A man who is lost while he waits keeps his position, but is passed over."""
    man.queued = LOST_WAITING
    man.lost_waiting = 1
    man.exit_week = world.week - man.release_week
    waited = world.week - man.entry_week
    values = (man.rapport, man.trust, man.crisis, waited)
    world.note(man.who, Event.LOST_WAITING, values, int(cause))


def stir_up_by_loss(theory: Theory, man: Record, trust: float) -> None:
    """``R + a T (1 - R)``."""
    a = theory.preparations_for_ending.abandonment
    man.stirred_up += a * trust * (1.0 - man.stirred_up)


def change_worker(world: World, man: Record) -> None:
    """A man whose practitioner was succeeded loses trust, some understanding, perhaps contact."""
    if man.episode != OPEN:
        return
    post, theory = world.practitioners[man.post], world.theory(man)
    if post.vacancy > 0.0 or man.incumbent == post.incumbent:
        return
    turnover, ties = theory.turnover, theory.collaboration
    man.incumbent = post.incumbent
    if man.rapport <= 0.0:
        return
    man.worker_changes += 1
    overlap = has_overlap(theory)
    averted = turnover.overlap_averts if overlap else 0.0
    before = man.trust
    loss = turnover.change_loss * (1.0 - averted)
    kept = 1.0 - (1.0 - ties.kept_by_record * man.recorded) * (
        1.0 - ties.kept_by_formulation * man.formulation
    )
    if not ties.on:
        kept = 0.0
    if overlap:
        kept = max(kept, 1.0 - loss)
    man.trust -= loss * man.trust
    man.rapport -= loss * man.rapport
    man.understanding *= kept
    man.open_rupture = 0
    chance = turnover.lost_at_change * (1.0 - averted) * (1.0 - before / 2.0)
    lost = world.uniform(man.who, Chance.LOST_AT_CHANGE) < chance
    world.note(man.who, Event.WORKER_CHANGED, (before, man.trust, kept, int(lost)))
    if lost:
        stir_up_by_loss(theory, man, before)
        close_episode(world, man, Exit.LOST_WITH_WORKER)


def retention(theory: Theory, man: Record) -> float:
    """``exp(-b A)(1 + m min(3, missed))``."""
    ways = theory.ways_out
    loosened = 1.0 + ways.missed_hazard * min(3, man.missed_in_a_row)
    return float(math.exp(-ways.bond * alliance(theory, man)) * loosened)


def leave(world: World, man: Record) -> None:
    """The competing routes out each run their own clock; the earliest within the week wins."""
    waits = man.queued == QUEUED
    if man.place != LIBERTY or not (man.episode == OPEN or waits):
        return
    theory = world.theory(man)
    ways, held = theory.ways_out, retention(theory, man)
    distrust, unfelt = 1.0 - bond_that_counts(theory, man)[1], 1.0 - man.perceived_need
    torn = 1.0 + ways.rupture_withdrawal * man.open_rupture
    routes = (
        (Exit.CRISIS, ways.crisis_hazard * man.crisis * (1.0 - man.coping)),
        (Exit.RESIGNED, ways.resigned_hazard * (1.0 - man.hope) * (1.0 - man.autonomous)),
        (Exit.OVERCONFIDENT, ways.overconfident_hazard * unfelt * unfelt * (1.0 - man.crisis)),
        (Exit.WITHDREW, ways.withdrawal_hazard * distrust * distrust * torn),
    )
    chances = (
        Chance.EXIT_CRISIS, Chance.EXIT_RESIGNED, Chance.EXIT_OVERCONFIDENT, Chance.EXIT_WITHDREW,
    )  # fmt: skip
    first, cause = 1.0, None
    for (route, hazard), chance in zip(routes, chances, strict=True):
        weeks = clock(hazard * held, world.uniform(man.who, chance))
        if weeks < first:
            first, cause = weeks, route
    if cause is None:
        return
    if waits:
        lose_from_list(world, man, cause)
    else:
        close_episode(world, man, cause)


def come_back(world: World, man: Record) -> None:
    """A man out of contact may come back while support lasts: to a new episode, or to the list."""
    theory = world.theory(man)
    weeks = world.week - man.release_week
    lost_waiting = man.queued == LOST_WAITING
    out = man.episode == CLOSED and man.exit not in NO_WAY_BACK
    if man.place != LIBERTY or man.moved_away or not (out or lost_waiting):
        return
    if weeks >= theory.preparations_for_ending.support_weeks or man.exit_week == weeks:
        return
    post = world.practitioners[man.post]
    if not lost_waiting and post.vacancy > 0.0:
        return
    outreach = 0.0 if lost_waiting else outreach_of(theory, man)
    ways = theory.ways_out
    hazard = willingness(theory, man) * (
        ways.recontact * bond_that_counts(theory, man)[1] + ways.recontact_outreach * outreach
    )
    hazard *= (1.0 + man.hope) / 1.5 * math.exp(man.reach)
    if not happens(hazard, world.uniform(man.who, Chance.COME_BACK)):
        return
    if lost_waiting:
        man.queued = QUEUED
    else:
        man.episode = OPEN
        man.episodes += 1
        man.missed_in_a_row = man.ending = man.agreed_ending = man.joint_ending = 0
    man.lost_at_gate = 0
    world.note(man.who, Event.CAME_BACK, (man.trust, man.hope, outreach, weeks))


def follow_up_in_use(theory: Theory) -> float:
    """The lever of follow-up; nobody is followed up with engagement off."""
    engagement = theory.client_engagement
    return float(engagement.follow_up) if engagement.on else 0.0


def outreach_of(theory: Theory, man: Record) -> float:
    """``f + (1 - f) r V``."""
    f, r = follow_up_in_use(theory), theory.peers.recontact_after_miss
    return float(f + (1.0 - f) * r * man.team_trust)
