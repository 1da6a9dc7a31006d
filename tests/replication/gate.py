"""The week of release is split at the gate (7.5)."""

from engager_sim.week.event_log import Event
from engager_sim.world.dice import Chance
from tests.replication.exits import (
    Exit,
    alliance,
    bond_that_counts,
    close_episode,
    follow_up_in_use,
    lose_from_list,
)
from tests.replication.records import LIBERTY, OPEN, QUEUED, Record, World


def pass_the_gate(world: World, man: Record) -> None:
    """Whoever is released, or released again, finds his way to those who help him, or is lost."""
    if not man.just_released or man.place != LIBERTY:
        return
    theory = world.theory(man)
    if man.episode == OPEN and world.week != man.release_week and not resumes(world, man):
        return
    if man.episode != OPEN and man.queued != QUEUED:
        return
    ways, met = theory.ways_out, 0
    rapport = bond_that_counts(theory, man)[0]
    if man.episode == OPEN and theory.client_engagement.on:
        post = world.practitioners[man.post]
        uniform = world.uniform(man.who, Chance.GATE_PRESENCE)
        if post.vacancy <= 0.0 and uniform < theory.client_engagement.gate_presence:
            met = 1
            post.gate_counted += 1
    loss = min(ways.gate_loss, ways.gate_loss_met) if met else ways.gate_loss
    lost = world.uniform(man.who, Chance.GATE) < loss * (1.3 - 0.6 * rapport)
    if met:
        values = (man.rapport, man.trust, theory.client_engagement.gate_presence, int(lost))
        world.note(man.who, Event.MET_AT_GATE, values)
    if not lost:
        return
    man.lost_at_gate = 1
    if man.episode == OPEN:
        close_episode(world, man, Exit.LOST_AT_GATE)
    else:
        lose_from_list(world, man, Exit.LOST_AT_GATE)


def resumes(world: World, man: Record) -> bool:
    """After a recall his episode is taken up again with ``1 - (1 - A)(1 - f)``."""
    theory = world.theory(man)
    follow_up, bond = follow_up_in_use(theory), alliance(theory, man)
    chance = 1.0 - (1.0 - bond) * (1.0 - follow_up)
    resumed = world.uniform(man.who, Chance.TAKEN_UP) < chance
    world.note(man.who, Event.EPISODE_RESUMED, (chance, bond, follow_up, int(resumed)))
    if not resumed:
        close_episode(world, man, Exit.RECALL)
    return bool(resumed)
