"""Traits: how men and staff differ from one another from the start.

Men are not random bundles of traits. Each trait of a man has a place among all men, a standard
normal number; these numbers are correlated as the setting of the population says, and each trait
keeps the distribution that its own theme declares (a Gaussian copula).
"""

import math

from engager_sim.compilation import rule

LEAST_SHARE = 2.0**-53
"""How near to 0 and to 1 a place among all men may come; a draw comes no nearer."""


@rule
def spread_around(median: float, spread: float, uniform: float) -> float:
    """Draw a trait in (0, 1): ``odds = odds(median) (u / (1 - u))^spread``.

    The inverse of a logistic distribution on the log-odds; it stands in for the Beta distribution
    because its inverse is exact and monotone in the uniform, so paired worlds keep each man's rank.

    Arithmetic; it claims nothing about people.
    """
    odds = median / (1.0 - median) * math.exp(spread * math.log(uniform / (1.0 - uniform)))
    return odds / (1.0 + odds)


@rule
def first_normal(first: float, second: float) -> float:
    """Make one standard normal number of two uniforms: ``sqrt(-2 log u) cos(2 pi v)``.

    Box and Muller's transform; :func:`second_normal` of the same two is independent of it.

    Arithmetic; it claims nothing about people.
    """
    return math.sqrt(-2.0 * math.log(first)) * math.cos(2.0 * math.pi * second)


@rule
def second_normal(first: float, second: float) -> float:
    """Make the other standard normal number of two uniforms: ``sqrt(-2 log u) sin(2 pi v)``.

    Arithmetic; it claims nothing about people.
    """
    return math.sqrt(-2.0 * math.log(first)) * math.sin(2.0 * math.pi * second)


@rule
def joined(own: float, shared: float, part: float) -> float:
    """Join two independent normal numbers into one: ``sqrt(1 - r) own + sqrt(r) shared``.

    It is standard normal again, and correlated by r with any other that shares the second
    number, and by r times their correlation with one whose second number is correlated with it.

    Arithmetic; it claims nothing about people.
    """
    return math.sqrt(1.0 - part) * own + math.sqrt(part) * shared


@rule
def place_among_men(normal: float) -> float:
    """Turn a standard normal number into a uniform one: ``Phi(z) = erfc(-z / sqrt(2)) / 2``.

    Held between 2^-53 and 1 - 2^-53, so that every trait that follows from it is finite.

    Arithmetic; it claims nothing about people.
    """
    share = 0.5 * math.erfc(-normal / math.sqrt(2.0))
    return min(1.0 - LEAST_SHARE, max(LEAST_SHARE, share))
