"""Which agency serves a man: of the first kind that his site has, by his own draw."""

import numpy as np

from engager_sim.compilation import rule
from engager_sim.world.dice import Chance, Dice, draw
from engager_sim.world.records import NOBODY, SLOTS, Leaver, World

FIRST_CHOICE = np.array([6, 5, 7, 4, 2, 0], np.int64)
SECOND_CHOICE = np.array([9, 8, 9, 9, -1, -1], np.int64)
"""Kinds of agency (index into AGENCY_KINDS) that serve housing, substance use, work,
relationships, licence and prison, and who does where there is none; -1 for nobody."""


@rule
def choose_agencies(world: World, leaver: Leaver, site: int, dice: Dice) -> None:
    """Choose which agency serves each of a man's slots; -1 for none."""
    for slot in range(SLOTS):
        leaver.agency_for[slot] = NOBODY
    for index in range(len(world.agencies)):
        agency = world.agencies[index]
        if agency.site < 0 or site < 0 or agency.site == site:
            for slot in range(SLOTS):
                if agency.kind == FIRST_CHOICE[slot] or agency.kind == SECOND_CHOICE[slot]:
                    best = leaver.agency_for[slot]
                    if best == NOBODY or _is_chosen(world, leaver.who, slot, index, best, dice):
                        leaver.agency_for[slot] = index


@rule
def _is_chosen(world: World, who: int, slot: int, rival: int, best: int, dice: Dice) -> bool:
    """Tell whether an agency is chosen before the best so far: by kind, then by the lesser draw."""
    kind, best_kind = world.agencies[rival].kind, world.agencies[best].kind
    if kind != best_kind:
        return bool(kind == FIRST_CHOICE[slot])
    return bool(_lot(world, who, slot, rival, dice) < _lot(world, who, slot, best, dice))


@rule
def _lot(world: World, who: int, slot: int, index: int, dice: Dice) -> float:
    """Draw a man's lot for an agency."""
    return draw(dice, who, world.agencies[index].number, Chance.AGENCY, slot)
