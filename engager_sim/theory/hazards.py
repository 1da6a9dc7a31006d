"""The arithmetic of weekly hazards, which rules of several themes share."""

import math

from engager_sim.compilation import rule

NEVER = 1.0e9


@rule
def happens(hazard: float, uniform: float) -> int:
    """Decide whether an event with this hazard over the week happens: ``P = 1 - exp(-h)``.

    Arithmetic; it claims nothing about people.
    """
    if uniform >= hazard:
        return 0  # 1 - exp(-h) <= h: mostly no exponential is needed
    return 1 if uniform < 1.0 - math.exp(-hazard) else 0


@rule
def clock(hazard: float, uniform: float) -> float:
    """Weeks until an event with this weekly hazard: ``-log(u) / h``; if not this week, maybe never.

    Each competing route has its own clock and its own uniform, so raising one hazard can only
    bring that route forward: it sends no man from staying to another route.

    Arithmetic; it claims nothing about people.
    """
    if uniform <= 1.0 - hazard:
        return NEVER  # exp(-h) >= 1 - h: no event within the week, and no logarithm needed
    return -math.log(uniform) / hazard
