"""Needs, crises and distress (7.9)."""

import math

from engager_sim.week.event_log import Event
from engager_sim.world.dice import Chance
from tests.replication.motivation import small_win
from tests.replication.numbers import happens, limited
from tests.replication.records import LIBERTY, USES, Record, Theory, World


def mean_of_needs(man: Record) -> float:
    """``(N_1 + N_2 + N_3 + N_4) / 4``."""
    a, b, c, d = man.need
    return float((a + b + c + d) / 4.0)


def live_on(world: World, man: Record) -> None:
    """Housing is found or lost, needs return, crises break out and pass, distress follows."""
    theory = world.theory(man)
    if man.place == LIBERTY:
        change_housing(world, theory, man)
    pace = theory.circumstances.need_return
    for need in (1, 2, 3):
        man.need[need] += pace * (man.need_level[need] - man.need[need])
    man.needs_mean = mean_of_needs(man)
    breaks_out = go_through_crisis(world, theory, man)
    therapy = theory.therapeutic_approach
    if therapy.on:
        man.coping -= therapy.coping_fade * max(0.0, man.coping - therapy.coping_at_start)
    man.stirred_up -= therapy.stirred_fade * man.stirred_up
    man.distress = distress_after(world, theory, man)
    if breaks_out:
        values = (man.crisis, man.needs_mean, man.coping, man.distress)
        world.note(man.who, Event.CRISIS, values)


def change_housing(world: World, theory: Theory, man: Record) -> None:
    """A housing service speeds finding, a crisis doubles losing; what is found is a small win."""
    circumstances, helped = theory.circumstances, int(man.service[0] == USES)
    if man.housed:
        hazard = circumstances.housing_loss * (1.0 + man.crisis)
    else:
        hazard = circumstances.housing_gain * (theory.services.housing_help if helped else 1.0)
    if not happens(hazard, world.uniform(man.who, Chance.HOUSING)):
        return
    man.housed = 1 - man.housed
    man.need[0] = 0.0 if man.housed else 1.0
    if man.housed:
        small_win(theory, man)
    values = (man.housed, man.crisis, helped, man.needs_mean)
    world.note(man.who, Event.HOUSING_CHANGED, values)


def go_through_crisis(world: World, theory: Theory, man: Record) -> bool:
    """``C (1 - q)``; at a release ``C + r (1 - C)``; with a new crisis ``C + 0.6 (1 - C)``."""
    circumstances = theory.circumstances
    hazard = circumstances.crisis_rate * (0.2 + 0.8 * man.needs_mean)
    hazard *= 1.0 - circumstances.coping_protects * man.coping
    if man.place != LIBERTY:
        hazard *= circumstances.custody_calm
    level = man.crisis * (1.0 - circumstances.crisis_passes)
    if man.just_released:
        level += circumstances.crisis_release * (1.0 - level)
    breaks_out = happens(hazard, world.uniform(man.who, Chance.CRISIS))
    if breaks_out:
        level += 0.6 * (1.0 - level)
    man.crisis = level
    return breaks_out


def distress_after(world: World, theory: Theory, man: Record) -> float:
    """``D + p (target - D) + noise``, ``target = D0 + c C + n (N - N0) - k G``."""
    circumstances = theory.circumstances
    gained = man.coping - theory.therapeutic_approach.coping_at_start - man.stirred_up
    target = (
        man.distress_level
        + circumstances.distress_crisis * man.crisis
        + circumstances.distress_needs * (man.needs_mean - man.needs_at_entry)
        - circumstances.distress_coping * gained
    )
    uniform = world.uniform(man.who, Chance.DISTRESS)
    noise = circumstances.distress_noise * math.log(uniform / (1.0 - uniform))
    moved = man.distress + circumstances.distress_pace * (target - man.distress) + noise
    return limited(moved, 0.0, 40.0)
