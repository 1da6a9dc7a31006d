"""Turnover: practitioners and supervisors leave, posts stay empty, and what that costs the men.

A part of the supervision theme: supervision relieves burnout, and burnout drives staff away. With
that theme off people leave all the same, posts stay empty as in usual care, and nobody hands over
in person.
"""

import math
from dataclasses import dataclass

from engager_sim.compilation import rule
from engager_sim.theory.declaration import Role, lever, on_off, uncertainty
from engager_sim.theory.hazards import happens

WEEKS_PER_YEAR = 52.0
REFERENCE_VACANCY = 8.0
"""Weeks that a post stays empty in usual care (assumption)."""


@dataclass(frozen=True)
class Turnover:
    """Parameters of staff leaving."""

    # fmt: off
    overlap: int = on_off(0, Role.LEVER,
        "whether a leaving practitioner hands over in person to the successor")
    vacancy_weeks: float = lever(REFERENCE_VACANCY, 0.0, 26.0, "weeks",
        "weeks a post stays empty when there is no overlap")
    annual_leaving: float = uncertainty(0.12, 0.05, 0.22, "share per year",
        "practitioners and supervisors leaving at reference burnout", "Staff leaving rates")
    leaving_burnout: float = uncertainty(2.0, 0.0, 4.0, "log hazard",
        "how much full burnout raises the hazard of leaving")
    change_loss: float = uncertainty(0.45, 0.2, 0.7, "share",
        "trust lost with a change of worker without overlap")
    lost_at_change: float = uncertainty(0.30, 0.1, 0.6, "probability",
        "chance that a man ends contact at a change without overlap")
    overlap_averts: float = uncertainty(0.7, 0.4, 0.9, "share",
        "part of both losses that a handover in person averts")


@rule
def has_met(rapport: float) -> int:
    """Whether a man has ever met his practitioner: rapport is 0 before a first contact only.

    Claims that nobody loses trust over a practitioner whom he never met (assumption).
    """
    return 1 if rapport > 0.0 else 0


@rule
def leaves_post(
    burnout: float, reference_burnout: float, turnover: Turnover, uniform: float
) -> int:
    """Decide whether a practitioner leaves this week; a supervisor likewise, by own strain.

    Weekly hazard ``-log(1 - a) / 52 x exp(k (b - b0))`` with a the annual share leaving at
    reference burnout b0. Support lowers the wish to leave through exhaustion (Fukui et al. 2019).
    """
    weekly = -math.log(1.0 - turnover.annual_leaving) / WEEKS_PER_YEAR
    hazard = weekly * math.exp(turnover.leaving_burnout * (burnout - reference_burnout))
    return happens(hazard, uniform)


@rule
def overlap_in_use(supervised: int, turnover: Turnover) -> int:
    """Whether who leaves hands over in person: the lever; not with the supervision theme off.

    Arithmetic; it claims nothing about people.
    """
    return turnover.overlap if supervised == 1 else 0


@rule
def weeks_vacant(supervised: int, overlap: int, turnover: Turnover) -> float:
    """Weeks that a post stays empty: none with overlap, else as declared, or as in usual care.

    Arithmetic; it claims nothing about people.
    """
    if overlap == 1:
        return 0.0
    return turnover.vacancy_weeks if supervised == 1 else REFERENCE_VACANCY


@rule
def trust_lost_at_change(overlap: int, turnover: Turnover) -> float:
    """Share of trust that a change of worker costs: ``l``, with overlap ``l (1 - o)`` (assumption).

    A change of worker lowers trust (Sturm, thesis); by how much is not known.
    """
    averted = turnover.overlap_averts if overlap == 1 else 0.0
    return turnover.change_loss * (1.0 - averted)


@rule
def understanding_after_overlap(kept: float, share_lost: float, overlap: int) -> float:
    """Share of understanding that reaches the successor: ``max(k, 1 - l)`` with overlap, else k.

    Parameters
    ----------
    kept : float
        k, what a shared record and a formulation keep.
    share_lost : float
        l, the share of trust that the change costs.

    Notes
    -----
    Claims that two who meet in person pass on at least as much as trust survives (assumption).
    """
    return max(kept, 1.0 - share_lost) if overlap == 1 else kept


@rule
def is_lost_at_change(trust: float, overlap: int, turnover: Turnover, uniform: float) -> int:
    """Decide whether a man ends contact when his worker changes: ``P = p (1 - o)(1 - T / 2)``.

    o is what an overlap averts, 0 without one. Trust in the old worker carries some over to the
    service (assumption); transfers often end contact (second-hand).
    """
    averted = turnover.overlap_averts if overlap == 1 else 0.0
    return 1 if uniform < turnover.lost_at_change * (1.0 - averted) * (1.0 - 0.5 * trust) else 0
