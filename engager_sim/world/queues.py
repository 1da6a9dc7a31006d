"""Who waits for places, in the order in which services admit them.

Those of one service are kept as a heap, so that with thousands of men not all of them are looked
through for each who is admitted.
"""

from engager_sim.compilation import rule
from engager_sim.theory.circumstances import NEEDS
from engager_sim.theory.justice import AT_LIBERTY
from engager_sim.world.dice import Chance, Dice, draw, number_of
from engager_sim.world.observed import NOT_YET
from engager_sim.world.records import QUEUING, World


@rule
def join_queue(world: World, agency: int, who: int, need: int) -> None:
    """Note that a man waits for a place this week; a claim is man times needs plus need."""
    # Its agency stands beside it: to look it up in men's records took most of a large world's week.
    position = world.clock[QUEUING]
    world.queue[position], world.queue_of[position] = number_of(who) * NEEDS + need, agency
    world.clock[QUEUING] += 1


@rule
def in_order(world: World, agency: int, dice: Dice, week: int) -> int:
    """Gather the claims on one agency, in whose heap they stand; return how many there are."""
    first, length = _beginning(world), 0
    for position in range(world.clock[QUEUING]):
        if world.queue_of[position] == agency:
            claim = world.queue[position]
            leaver = world.leavers[claim // NEEDS]
            if leaver.died_week == NOT_YET and leaver.place == AT_LIBERTY:
                world.queue[first + length] = claim
                length += 1
    for top in range(length // 2 - 1, -1, -1):
        _sink(world, top, length, dice, week)
    return length


@rule
def take_first(world: World, length: int, dice: Dice, week: int) -> tuple[int, int]:
    """Take the man who comes first out of a heap of so many, and his need."""
    first = _beginning(world)
    claim = world.queue[first]
    world.queue[first] = world.queue[first + length - 1]
    _sink(world, 0, length - 1, dice, week)
    return claim // NEEDS, claim % NEEDS


@rule
def _beginning(world: World) -> int:
    """Where the heap stands: behind the room for this week's claims."""
    return len(world.queue) // 2


@rule
def _sink(world: World, top: int, length: int, dice: Dice, week: int) -> None:
    """Let a claim sink until none below it comes before it."""
    first = _beginning(world)
    while 2 * top + 1 < length:
        below = 2 * top + 1
        if below + 1 < length and _comes_before(
            world, world.queue[first + below + 1], world.queue[first + below], dice, week
        ):
            below += 1
        claim = world.queue[first + top]
        if not _comes_before(world, world.queue[first + below], claim, dice, week):
            return
        world.queue[first + top] = world.queue[first + below]
        world.queue[first + below] = claim
        top = below


@rule
def _comes_before(world: World, one: int, other: int, dice: Dice, week: int) -> bool:
    """Tell whether one claim comes before another: the longer wait, then the lesser lot."""
    waited = world.leavers[one // NEEDS].weeks_waited[one % NEEDS]
    as_long = world.leavers[other // NEEDS].weeks_waited[other % NEEDS]
    if waited != as_long:
        return bool(waited > as_long)
    return bool(_lot(world, one, dice, week) < _lot(world, other, dice, week))


@rule
def _lot(world: World, claim: int, dice: Dice, week: int) -> float:
    """Draw a claim's lot of this week."""
    return draw(dice, world.leavers[claim // NEEDS].who, week, Chance.PLACE, claim % NEEDS)
