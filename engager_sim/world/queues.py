"""Who comes first: of men who enter in one week, and of those who wait for places.

What is to be put in order is gathered as a heap, in room behind this week's claims, so that with
thousands of men not all of them are looked through for each who comes next.
"""

from collections.abc import Callable

from engager_sim.compilation import rule
from engager_sim.theory.circumstances import NEEDS
from engager_sim.theory.justice import AT_LIBERTY
from engager_sim.world.dice import Chance, Dice, draw, number_of
from engager_sim.world.observed import NOT_YET
from engager_sim.world.records import NONE_BEFORE, QUEUING, World

Order = Callable[[World, int, int, Dice, int], bool]
"""Tells whether one of two comes before the other, in a week."""


@rule
def join_queue(world: World, agency: int, who: int, need: int) -> None:
    """Note that a man waits for a place this week; a claim is man times needs plus need."""
    # Each claim knows the one before it on the same agency: looking through all claims for those
    # on one agency took most of a large world's week.
    position = world.clock[QUEUING]
    world.queue[position] = number_of(who) * NEEDS + need
    world.claim_before[position] = world.agencies[agency].last_claim
    world.agencies[agency].last_claim = position
    world.clock[QUEUING] += 1


@rule
def in_order(world: World, agency: int, dice: Dice, week: int) -> int:
    """Gather the claims on one agency, in whose heap they stand; return how many there are."""
    length = 0
    position = world.agencies[agency].last_claim
    while position != NONE_BEFORE:
        claim = world.queue[position]
        leaver = world.leavers[claim // NEEDS]
        if leaver.died_week == NOT_YET and leaver.place == AT_LIBERTY:
            gather(world, length, claim)
            length += 1
        position = world.claim_before[position]
    arrange(world, length, _waited_longer, dice, week)
    return length


@rule
def take_claim(world: World, waiting: int, dice: Dice, week: int) -> tuple[int, int]:
    """Take the claim that comes first of so many in order: a man, and his need."""
    claim = take_first(world, waiting, _waited_longer, dice, week)
    return claim // NEEDS, claim % NEEDS


@rule
def gather(world: World, position: int, what: int) -> None:
    """Put something, a number, among what is to be put in order."""
    world.queue[_beginning(world) + position] = what


@rule
def arrange(world: World, length: int, before: Order, dice: Dice, week: int) -> None:
    """Make what was gathered a heap, in which nothing comes before what stands above it."""
    for top in range(length // 2 - 1, -1, -1):
        _sink(world, top, length, before, dice, week)


@rule
def take_first(world: World, length: int, before: Order, dice: Dice, week: int) -> int:
    """Take what comes first out of a heap of such a length."""
    first = _beginning(world)
    taken = world.queue[first]
    world.queue[first] = world.queue[first + length - 1]
    _sink(world, 0, length - 1, before, dice, week)
    return int(taken)


@rule
def _beginning(world: World) -> int:
    """Where the heap stands: behind the room for this week's claims."""
    return len(world.queue) // 2


@rule
def _sink(world: World, top: int, length: int, before: Order, dice: Dice, week: int) -> None:
    """Let something sink until nothing below it comes before it."""
    first = _beginning(world)
    while 2 * top + 1 < length:
        below = 2 * top + 1
        if below + 1 < length and before(
            world, world.queue[first + below + 1], world.queue[first + below], dice, week
        ):
            below += 1
        sinking = world.queue[first + top]
        if not before(world, world.queue[first + below], sinking, dice, week):
            return
        world.queue[first + top] = world.queue[first + below]
        world.queue[first + below] = sinking
        top = below


@rule
def _waited_longer(world: World, one: int, other: int, dice: Dice, week: int) -> bool:
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


@rule
def drew_less(world: World, one: int, other: int, dice: Dice, week: int) -> bool:
    """Tell whether one man who enters this week comes before another: by the lesser own draw."""
    return bool(_priority(world, one, dice, week) < _priority(world, other, dice, week))


@rule
def _priority(world: World, index: int, dice: Dice, week: int) -> float:
    """Draw a man's lot among those who enter in the same week."""
    return draw(dice, world.leavers[index].who, week, Chance.PRIORITY)
