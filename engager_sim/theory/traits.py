"""Traits: how men and staff differ from one another from the start."""

import math

from engager_sim.compilation import rule


@rule
def spread_around(median: float, spread: float, uniform: float) -> float:
    """Draw a trait in (0, 1): ``odds = odds(median) (u / (1 - u))^spread``.

    The inverse of a logistic distribution on the log-odds; it stands in for the Beta distribution
    because its inverse is exact and monotone in the uniform, so paired worlds keep each man's rank.

    Arithmetic; it claims nothing about people.
    """
    odds = median / (1.0 - median) * math.exp(spread * math.log(uniform / (1.0 - uniform)))
    return odds / (1.0 + odds)
