"""Chance: event-keyed random numbers.

Every draw is a pure function of seed, replicate, who, week and event. There is no stream to
advance, so one extra draw, another order of agents or another number of threads re-rolls nobody:
two worlds differ only where a scenario makes them differ.

The generator is Philox4x32-10: key = seed, counter = (who, week and incumbent, event word,
replicate) with event word = event x 2^16 + occasion. No two decisions share an event.

References
----------
Salmon, J. K., Moraes, M. A., Dror, R. O. & Shaw, D. E. (2011). Parallel random numbers: as easy as
1, 2, 3. Proceedings of SC11.
"""

import hashlib
from enum import IntEnum, unique
from typing import NamedTuple

import numpy as np

from engager_sim.compilation import in_place, rule

MULTIPLIER_0 = np.uint64(0xD2511F53)
MULTIPLIER_1 = np.uint64(0xCD9E8D57)
WEYL_0 = np.uint64(0x9E3779B9)
WEYL_1 = np.uint64(0xBB67AE85)
WORD = np.uint64(0xFFFFFFFF)
HALF = np.uint64(32)
ROUNDS = 10
MAX_SEED = 2**64 - 1


class Kind(IntEnum):
    """What kind of thing draws; the top three bits of its number."""

    LEAVER = 1
    POST = 2
    SUPERVISOR = 3
    PEER = 4
    TIE = 5
    BLOCK = 6


@unique
class Chance(IntEnum):
    """Every decision that is drawn, under a name of its own.

    Numbers are permanent. A new decision takes the next one, at the end, which disturbs none of the
    others.
    """

    ENTRY_WEEK = 1
    WEEKS_TO_RELEASE = 2
    ARM = 3
    TEAM = 4
    PRIOR_TRUST = 5
    AUTONOMOUS = 6
    NEED_PRESENT = 7
    NEED_SEVERITY = 8
    DISTRESS_LEVEL = 10
    SENTENCE = 11
    AGENCY = 12
    ENDING_PREPARED = 13
    PRISON_REFERRAL = 14
    REFLECTION = 15
    SUPERVISOR_QUALITY = 20
    SKILL = 21
    LEAVES_POST = 22
    SESSION = 23
    PEER_STOPS = 24
    SHARED_RECORD = 30
    COLOCATED = 31
    PRIORITY = 40
    LOST_AT_CHANGE = 41
    OFFENCE = 42
    CUSTODY = 43
    CUSTODY_LENGTH = 44
    APPOINTMENT = 45
    RECALL_LOST = 46
    RECALL_BREACH = 47
    HOUSING = 48
    CRISIS = 49
    DISTRESS = 50
    JOINT_WORK = 51
    FORMULATION = 52
    MESSAGE = 53
    CONTACTS = 60
    ATTEND = 61
    FOCUS = 62
    RUPTURE = 63
    REPAIR = 64
    PROMISE = 65
    OWN_UP_TO_PROMISE = 66
    GATE_PRESENCE = 67
    GATE = 68
    FOLLOW_UP = 69
    FOLLOW_UP_SUCCESS = 70
    PEER_BRINGS_BACK = 71
    REFERRAL_ARRIVES = 72
    PICK_UP = 73
    SERVICE_START = 74
    SERVICE_CONTACT = 75
    SERVICE_DROP_OUT = 76
    JOINT_ENDING_SOUGHT = 77
    EXIT_CRISIS = 80
    EXIT_RESIGNED = 81
    EXIT_OVERCONFIDENT = 82
    EXIT_WITHDREW = 83
    COME_BACK = 84
    SMALL_WIN = 85
    HANDOVER_AT_ENDING = 86
    OWN_UP_TO_MESSAGE = 87
    JOINT_ENDING_HELD = 88
    PRIOR_TRUST_ANGLE = 140
    AUTONOMOUS_ANGLE = 141
    DISTRESS_LEVEL_ANGLE = 142
    NEEDS_TOGETHER = 143
    NEEDS_TOGETHER_ANGLE = 144
    AGE = 145
    AGE_ANGLE = 146
    CORE_OM_AT_ENTRY = 150
    CORE_OM_SCORE = 151
    ALLIANCE_SCORE = 152
    MOVES_AWAY = 120
    REACH = 121
    TAKEN_UP = 122
    DEATH = 123
    PRISON_HANDOVER = 100
    GIVES_UP = 101
    PLACE = 102
    PUT_OFF = 103
    RELUCTANCE = 104
    JUDGEMENT = 160
    SUPERVISOR_LEAVES = 180
    SUPERVISION_TURN = 181
    DISCUSSED = 182
    SHARED_EXPERIENCE = 183
    PEER_RECOVERY = 184
    PEER_RELAPSES = 185
    PEER_RETURNS = 186


class Dice(NamedTuple):
    """The part of the key that is the same for a whole run.

    Who the men are has a replicate number of its own, ``population``, so that the same men can live
    many lives: what a man may expect is then known, and not only what befell him once.
    """

    seed_low: int
    seed_high: int
    replicate: int
    population: int


def dice_for(seed: int, replicate: int, population: int | None = None) -> Dice:
    """Make the dice of one run.

    Parameters
    ----------
    seed : int
        From 0 to 2^64 - 1.
    replicate : int
        From 0 to 2^32 - 1: which life everybody lives.
    population : int, optional
        From 0 to 2^32 - 1: which men there are; those of the same number as the replicate unless
        given.
    """
    men = replicate if population is None else population
    return Dice(seed & 0xFFFFFFFF, seed >> 32, replicate, men)


@rule
def dice_of_men(dice: Dice) -> Dice:
    """Give the dice that decide who the men are, in whatever life of theirs."""
    return Dice(dice.seed_low, dice.seed_high, dice.population, dice.population)


@in_place
def philox(
    first: int, second: int, third: int, fourth: int, key_low: int, key_high: int
) -> tuple[np.uint64, np.uint64, np.uint64, np.uint64]:
    """Ten rounds of Philox4x32 on a counter of four 32-bit words under a key of two.

    Returns
    -------
    tuple of numpy.uint64
        Four 32-bit words.
    """
    c0, c1 = np.uint64(first), np.uint64(second)
    c2, c3 = np.uint64(third), np.uint64(fourth)
    k0, k1 = np.uint64(key_low), np.uint64(key_high)
    for _ in range(ROUNDS):
        product_0 = MULTIPLIER_0 * c0
        product_1 = MULTIPLIER_1 * c2
        c0 = (product_1 >> HALF) ^ c1 ^ k0
        c1 = product_1 & WORD
        c2 = (product_0 >> HALF) ^ c3 ^ k1
        c3 = product_0 & WORD
        k0 = (k0 + WEYL_0) & WORD
        k1 = (k1 + WEYL_1) & WORD
    return c0, c1, c2, c3


@in_place
def draw(dice: Dice, who: int, week: int, event: int, occasion: int = 0) -> float:
    """Draw the uniform number of one event.

    Parameters
    ----------
    dice : Dice
        Seed and replicate of the run.
    who : int
        Permanent number of the one it happens to, below 2^32 (see :func:`identity`).
    week : int
        Week of the run in the low 16 bits; for staff, the incumbent's number above them; for a
        choice made before the first week, the number of what may be chosen.
    event : int
        Member of :class:`Chance`.
    occasion : int
        Which of several such decisions in this week, from 0, below 2^16: the number of the contact,
        of the need or of the position in a block. Never what tells two decisions apart.

    Returns
    -------
    float
        Strictly between 0 and 1, with 52 random bits.
    """
    word = event * 65536 + occasion
    high, low, _, _ = philox(who, week, word, dice.replicate, dice.seed_low, dice.seed_high)
    bits = ((high << np.uint64(20)) | (low >> np.uint64(12))) & np.uint64(0xFFFFFFFFFFFFF)
    return (float(bits) + 0.5) * 2.220446049250313e-16


def identity(kind: Kind, name: str) -> int:
    """Permanent number of a named thing: its kind above 29 bits of a hash of its name.

    A number depends on the thing's own name alone, never on its place in a list, so adding an
    agency or a post renames nobody. Clashes are looked for when a world is built.
    """
    digest = hashlib.blake2b(name.encode(), digest_size=4).digest()
    return (int(kind) << 29) | (int.from_bytes(digest, "little") & 0x1FFFFFFF)


@rule
def numbered(kind: int, number: int) -> int:
    """Permanent number of a thing that is numbered rather than named, below 2^29."""
    return kind * 536870912 + number


@rule
def number_of(who: int) -> int:
    """Give the number of a thing that is numbered rather than named, from its permanent number."""
    return who % 536870912


@rule
def staff_week(week: int, incumbent: int) -> int:
    """Compose the week word of staff, so that each holder of a post has own random numbers."""
    return (incumbent % 65536) * 65536 + week
