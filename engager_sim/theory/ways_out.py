"""Ways out: how client engagement ends, and how a man comes back.

Disengagement is a mixture of types, not one hazard (Weston et al. 2022): each route has a clock of
its own, and the earliest within the week wins.
"""

import math
from dataclasses import dataclass
from enum import IntEnum

from engager_sim.compilation import rule
from engager_sim.theory.declaration import uncertainty
from engager_sim.theory.hazards import happens


class Exit(IntEnum):
    """Why an episode ended. The names are the outcomes' names."""

    NONE = 0
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


EXIT_MEANINGS: dict[Exit, str] = {
    Exit.NONE: "still open",
    Exit.CRISIS: "crisis and chaos",
    Exit.RESIGNED: "resigned acceptance",
    Exit.OVERCONFIDENT: "overconfidence after release",
    Exit.WITHDREW: "wilful withdrawal",
    Exit.LOST_AT_GATE: "lost at the gate",
    Exit.LOST_WITH_WORKER: "lost when the worker left",
    Exit.RECALL: "not taken up again after a recall",
    Exit.NEW_CUSTODY: "new custody",
    Exit.PLANNED_ENDING: "planned ending",
    Exit.ABRUPT_ENDING: "support stopped without preparation",
    Exit.MOVED_AWAY: "moved away at release",
    Exit.DIED: "died",
}


@dataclass(frozen=True)
class WaysOut:
    """Parameters of the routes out of contact, and back."""

    # fmt: off
    moved_away: float = uncertainty(0.06, 0.0, 0.15, "probability",
        "men released elsewhere, transferred, or gone from the area at first release")
    gate_loss: float = uncertainty(0.28, 0.05, 0.50, "probability",
        "men of middling rapport lost at the gate when nobody meets them", "Byng 2022")
    gate_loss_met: float = uncertainty(0.14, 0.02, 0.40, "probability",
        "men of middling rapport lost at the gate when somebody does")
    crisis_hazard: float = uncertainty(0.10, 0.02, 0.3, "per week",
        "hazard of dropping out through a full crisis without coping")
    resigned_hazard: float = uncertainty(0.05, 0.01, 0.15, "per week",
        "hazard of dropping out without hope or motivation")
    overconfident_hazard: float = uncertainty(0.06, 0.01, 0.2, "per week",
        "hazard of dropping out when no need is felt")
    withdrawal_hazard: float = uncertainty(0.06, 0.01, 0.2, "per week",
        "hazard of walking away without any trust")
    rupture_withdrawal: float = uncertainty(1.5, 0.0, 4.0, "ratio",
        "how much more hazard of walking away an open rupture brings")
    bond: float = uncertainty(1.5, 0.0, 3.0, "log hazard",
        "how much a full alliance lowers every voluntary route out")
    missed_hazard: float = uncertainty(0.7, 0.0, 2.0, "ratio",
        "how much more hazard each contact missed in a row brings, up to three")
    recontact: float = uncertainty(0.02, 0.0, 0.15, "per week",
        "hazard that a man out of contact comes back, at full trust")
    recontact_outreach: float = uncertainty(0.02, 0.0, 0.2, "per week",
        "what persistent outreach adds to that hazard")


@rule
def moves_away(ways_out: WaysOut, uniform: float) -> int:
    """Decide whether a man is out of the area's reach from his first release on.

    With the declared chance, the same in both arms (assumption). Seen from the area's services it
    looks like a loss at the gate: figures of contact alone cannot tell the two apart.
    """
    return 1 if uniform < ways_out.moved_away else 0


@rule
def chance_of_taking_up(alliance: float, follow_up: float) -> float:
    """Chance that an episode which a recall interrupted goes on: ``1 - (1 - A)(1 - f)``.

    Claims that either is enough, a bond that holds or a service that goes after its men, and that
    an episode with neither is not taken up again (assumption).

    Parameters
    ----------
    alliance : float
        A, strength of the working alliance, in [0, 1].
    follow_up : float
        f, how persistently the service goes after a man, in [0, 1].
    """
    return 1.0 - (1.0 - alliance) * (1.0 - follow_up)


@rule
def is_lost_at_gate(met: int, rapport: float, ways_out: WaysOut, uniform: float) -> int:
    """Decide whether a man is lost at the gate: ``P = p (1.3 - 0.6 R)``.

    p with or without somebody there; a man who knows the practitioner from inside is lost less,
    and one who waits for a practitioner passes the gate with nobody there (assumption). 23% of
    allocated men had no community contact (Byng et al. 2022), for this reason or another.
    """
    chance = ways_out.gate_loss
    if met == 1:
        chance = min(chance, ways_out.gate_loss_met)
    return 1 if uniform < chance * (1.3 - 0.6 * rapport) else 0


@rule
def retention(alliance: float, missed_in_a_row: int, ways_out: WaysOut) -> float:
    """What multiplies every voluntary route out: ``exp(-b A)(1 + m min(3, missed))``.

    Drop-out falls with alliance (direction from Sharf et al. 2010) and rises after a missed
    contact (direction from Mitchell & Selmes 2007); both figures are held out, not fitted here.
    """
    missed = min(3, missed_in_a_row)
    return math.exp(-ways_out.bond * alliance) * (1.0 + ways_out.missed_hazard * missed)


@rule
def held_back(hazard: float, holding: float) -> float:
    """Weekly hazard of a voluntary route for a man who is held: the route's hazard by his hold.

    Arithmetic; the hold is :func:`retention`.
    """
    return holding * hazard


@rule
def crisis_route(crisis: float, coping: float, ways_out: WaysOut) -> float:
    """Weekly hazard of dropping out through crisis and chaos: ``h C (1 - K)`` (assumption)."""
    return ways_out.crisis_hazard * crisis * (1.0 - coping)


@rule
def resigned_route(hope: float, autonomous: float, ways_out: WaysOut) -> float:
    """Weekly hazard of resigned acceptance: ``h (1 - hope)(1 - Ma)`` (assumption)."""
    return ways_out.resigned_hazard * (1.0 - hope) * (1.0 - autonomous)


@rule
def overconfident_route(perceived_need: float, crisis: float, ways_out: WaysOut) -> float:
    """Weekly hazard of overconfidence: ``h (1 - felt need)^2 (1 - C)`` (assumption)."""
    unfelt = 1.0 - perceived_need
    return ways_out.overconfident_hazard * unfelt * unfelt * (1.0 - crisis)


@rule
def withdrawal_route(trust: float, open_rupture: int, ways_out: WaysOut) -> float:
    """Weekly hazard of wilful withdrawal: ``h (1 - T)^2 (1 + r rupture)`` (assumption)."""
    distrust = 1.0 - trust
    hazard = ways_out.withdrawal_hazard * distrust * distrust
    return hazard * (1.0 + ways_out.rupture_withdrawal) if open_rupture == 1 else hazard


@rule
def may_come_back(cause: int) -> int:
    """Whether a man may come back after this exit: not once support itself has ended.

    Assumption: services do not reopen a case that they have closed. Who moved away or died does
    not come back either.
    """
    ended = cause == Exit.PLANNED_ENDING or cause == Exit.ABRUPT_ENDING
    gone = cause == Exit.MOVED_AWAY or cause == Exit.DIED
    return 0 if ended or gone else 1


@rule
def comes_back(
    trust: float, hope: float, willing: float, outreach: float, reach: float, ways_out: WaysOut,
    uniform: float,
) -> int:  # fmt: skip
    """Decide whether a man comes back: ``h = w (a T + b outreach)(1 + hope) / 1.5 exp(z)``.

    Parameters
    ----------
    willing : float
        w, how much more often than others he does what is left to him.
    outreach : float
        How persistently the team keeps looking for him, in [0, 1] (follow-up and peers).
    reach : float
        z, how reachable he is; 0 in the middle.

    Notes
    -----
    Assumption.
    """
    hazard = ways_out.recontact * trust + ways_out.recontact_outreach * outreach
    return happens(willing * hazard * (1.0 + hope) / 1.5 * math.exp(reach), uniform)
