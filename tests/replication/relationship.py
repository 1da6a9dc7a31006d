"""Rapport, trust and understanding: how they grow and what costs them (7.1)."""

import math

from engager_sim.world.dice import Chance
from tests.replication.motivation import goals_in_use
from tests.replication.records import Record, Theory, World

GATED, ADDITIVE = 0, 1


def supported_practice(post: Record) -> float:
    """``x_s = skill x fidelity x (1 - burnout)``."""
    return float(post.skill * post.fidelity * (1.0 - post.burnout))


def speed_of_growth(theory: Theory, man: Record, post: Record) -> float:
    """``gate(x_c, f_c) gate(x_s, f_s)``, or the sum of the rival theory."""
    rates = theory.relationship
    shared, supported = man.coverage * man.shared_practice, supported_practice(post)
    f_c, f_s = rates.collaboration_floor, rates.supervision_floor
    if rates.coupling == ADDITIVE:
        return float(f_c * f_s + (1.0 - f_c * f_s) * (shared + supported) / 2.0)
    return float((f_c + (1.0 - f_c) * shared) * (f_s + (1.0 - f_s) * supported))


def grow(theory: Theory, man: Record) -> None:
    """Let one attended contact build rapport, trust and understanding."""
    rates, speed = theory.relationship, man.growth_speed
    worth = 1.0 - math.exp(-man.hours_per_contact / rates.unhurried_hours)
    openness = rates.candour_base * (1.0 - man.role_conflict)
    goals = goals_in_use(theory)
    respect = (openness * (1.0 + worth) / 2.0 + goals) / 2.0
    reading = 1.0 - rates.anchoring * (1.0 - man.prior_trust)
    opened = rates.rapport_opens + (1.0 - rates.rapport_opens) * man.rapport
    r, t, u = man.rapport, man.trust, man.understanding
    man.rapport += rates.rapport_growth * speed * worth * (1.0 - r)
    man.trust += rates.trust_growth * speed * worth * respect * opened * reading * (1.0 - t)
    man.understanding += rates.understanding_growth * speed * worth * t * (1.0 - u)


def disappoint(theory: Theory, man: Record, severity: float, owned_up: bool) -> float:
    """``dT = -min(1, l t v w)(1 - o c) T``; give the trust lost."""
    rates = theory.relationship
    reading = 1.0 - rates.anchoring * man.prior_trust
    part = min(1.0, rates.trust_loss_ratio * rates.trust_growth * severity * reading)
    averted = rates.candour_relief if owned_up else 0.0
    lost: float = part * (1.0 - averted) * man.trust
    man.trust -= lost
    return lost


def owns_up(
    world: World, theory: Theory, man: Record, post: Record, chance: Chance, occasion: int = 0
) -> bool:
    """``P = b (1 - conflict)(1 + skill) / 2``."""
    openness = theory.relationship.candour_base * (1.0 - man.role_conflict)
    return bool(world.uniform(man.who, chance, occasion) < openness * (1.0 + post.skill) / 2.0)
