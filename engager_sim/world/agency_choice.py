"""Which agency serves a man: of the first kind that his site has, by his own draw."""

import numpy as np

from engager_sim.compilation import rule
from engager_sim.world.dice import Chance, Dice, draw
from engager_sim.world.records import World

FIRST_CHOICE = np.array([6, 5, 7, 4, 2, 0], np.int64)
SECOND_CHOICE = np.array([9, 8, 9, 9, -1, -1], np.int64)
"""Kinds of agency (index into AGENCY_KINDS) that serve housing, substance use, work,
relationships, licence and prison, and who does where there is none; -1 for nobody."""


@rule
def agency_of(world: World, who: int, slot: int, site: int, dice: Dice) -> int:
    """Choose which agency serves a man's slot; -1 for none. The least draw wins."""
    for kinds in (FIRST_CHOICE, SECOND_CHOICE):
        best, chosen = 2.0, -1
        for index in range(len(world.agencies)):
            agency = world.agencies[index]
            near = agency.site < 0 or site < 0 or agency.site == site
            if near and agency.kind == kinds[slot]:
                uniform = draw(dice, who, agency.number, Chance.AGENCY, slot)
                if uniform < best:
                    best, chosen = uniform, index
        if chosen >= 0:
            return chosen
    return -1
