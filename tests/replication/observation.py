"""What is kept of a man for the outcomes; no rule reads it (4, 7.12)."""

import math

from engager_sim.world.dice import Chance
from tests.replication.agencies import PRESENT
from tests.replication.motivation import motivation
from tests.replication.numbers import limited
from tests.replication.records import CUSTODY, LIBERTY, OPEN, RECALLED, Record, Theory, World

MARKS = (0, 4, 12, 13, 26, 52)
BOND_MARKS = 3
CONTACT_WEEKS = 4.0


def observe(world: World, man: Record) -> None:
    """Keep whether he is engaged, and at release and later marks his state and his scores."""
    weeks = world.week - man.release_week
    if weeks < 0:
        return
    theory = world.theory(man)
    seen = min(man.weeks_since_contact, man.weeks_since_service) < CONTACT_WEEKS
    man.engaged = int(seen and man.place == LIBERTY)
    if weeks < 52:
        man.weeks_engaged += man.engaged
        man.distress_sum += man.distress
        man.custody_weeks += man.place in (RECALLED, CUSTODY)
    if weeks == 0:
        keep_release(man)
    for week in (6, 12, 26, 52):
        if weeks == week:
            setattr(man, f"engaged_{week}w", man.engaged)
    if weeks == 13:
        man.settled_13w = man.housed
    if weeks in MARKS:
        mark(world, theory, man, MARKS.index(weeks))


def observe_last(world: World, man: Record) -> None:
    """Keep the state and the scores of a man who died at the marks that he did not reach."""
    man.contacted = man.missed = man.engaged = 0
    for at, week in enumerate(MARKS):
        if world.week - man.release_week < week:
            mark(world, world.theory(man), man, at)


def keep_release(man: Record) -> None:
    """Keep what he was like in the week of release."""
    man.substance_at_release = int(man.need[1] > PRESENT)
    man.work_at_release = int(man.need[2] > PRESENT)
    man.relationships_at_release = int(man.need[3] > PRESENT)
    man.housed_first = man.housed
    man.seen_1w = int(man.contacted and man.place == LIBERTY and not man.statutory)


def mark(world: World, theory: Theory, man: Record, at: int) -> None:
    """Keep his state, and what scores say of it."""
    measurement = theory.measurement
    man.trust_at[at] = man.trust
    man.distress_at[at] = man.distress
    man.engaged_at[at] = int(man.episode == OPEN)
    error = error_of(
        measurement.core_om_spread,
        measurement.core_om_reliability,
        world.uniform(man.who, Chance.CORE_OM_SCORE),
    )
    man.core_om_at[at] = limited(man.distress + error, 0.0, 40.0)
    if at >= BOND_MARKS:
        return
    man.rapport_at[at] = man.rapport
    man.understanding_at[at] = man.understanding
    man.motivation_at[at] = motivation(man)
    error = error_of(
        measurement.alliance_spread,
        measurement.alliance_reliability,
        world.uniform(man.who, Chance.ALLIANCE_SCORE),
    )
    man.alliance_at[at] = limited((man.rapport + man.trust + man.understanding) / 3.0 + error)


def error_of(spread: float, reliability: float, uniform: float) -> float:
    """That deviation times sqrt(3)/pi times log(u / (1 - u))."""
    deviation = spread * math.sqrt((1.0 - reliability) / reliability)
    return deviation * math.sqrt(3.0) / math.pi * math.log(uniform / (1.0 - uniform))
