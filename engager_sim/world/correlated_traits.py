"""Correlated traits: which traits of a man come together, and how his places in them are drawn."""

import dataclasses
from math import sqrt
from typing import Annotated, NamedTuple

import numpy as np
import numpy.typing as npt
from annotated_types import Ge, Le

from engager_sim.compilation import rule
from engager_sim.theory.traits import first_normal, joined, second_normal
from engager_sim.world.dice import Chance, Dice, draw

TRAITS = ("needs", "distress", "prior_trust", "motivation", "age")
"""The traits that are correlated, in the order of a man's places in them."""
LEAST_EIGENVALUE = 1e-6
"""Correlations whose matrix has a lower eigenvalue belong to no distribution, or to one in which
some traits decide another."""

type Correlation = Annotated[float, Ge(-1), Le(1)]
type Matrix = npt.NDArray[np.float64]


class Traits(NamedTuple):
    """A man's places among all men, each a standard normal number."""

    needs: float
    distress: float
    prior_trust: float
    motivation: float
    age: float


class CorrelatedTraits(NamedTuple):
    """How men's places are correlated where traits come together as far as they may.

    ``factor`` is the lower triangle of Cholesky's factor of the correlations between traits, row by
    row with zeros; ``among_needs`` the correlation of two needs.
    """

    factor: tuple[tuple[float, ...], ...]
    among_needs: float


@dataclasses.dataclass(frozen=True, slots=True)
class CorrelationSetting:
    """How traits at entry are correlated between men; every value is an assumption.

    Between places among men (a Gaussian copula), where the uncertain parameter
    ``circumstances.bundling`` is 1; it multiplies all of them.
    """

    among_needs: Annotated[float, Ge(0), Le(1)] = 0.4
    """Of any two of the four needs."""
    needs_distress: Correlation = 0.5
    needs_prior_trust: Correlation = -0.4
    needs_motivation: Correlation = -0.1
    needs_age: Correlation = -0.1
    distress_prior_trust: Correlation = -0.4
    distress_motivation: Correlation = 0.1
    distress_age: Correlation = -0.1
    prior_trust_motivation: Correlation = 0.4
    prior_trust_age: Correlation = 0.1
    motivation_age: Correlation = 0.2

    def matrix(self) -> Matrix:
        """Write out the correlations between the traits."""
        between = np.eye(len(TRAITS))
        for first, one in enumerate(TRAITS):
            for second, other in enumerate(TRAITS[:first]):
                between[first, second] = between[second, first] = getattr(self, f"{other}_{one}")
        return between

    def impossible_pair(self) -> str | None:
        """Name the pair that stands most in the way of a distribution; none if there is one."""
        if _is_possible(self.matrix()):
            return None
        pairs = [pair for pair in dataclasses.asdict(self) if pair != "among_needs"]
        return max(pairs, key=lambda pair: _least(dataclasses.replace(self, **{pair: 0.0})))

    def factored(self) -> CorrelatedTraits:
        """Take the factor by which independent numbers are mixed into correlated ones."""
        return CorrelatedTraits(_factor_of(self.matrix().tolist()), float(self.among_needs))


def _factor_of(between: list[list[float]]) -> tuple[tuple[float, ...], ...]:
    """Take Cholesky's factor in plain arithmetic, in LAPACK's order: columns by reciprocals.

    A library's last bits depend on the processor; men, and what a posterior rests on, must not.
    """
    factor = [[0.0] * len(between) for _ in between]
    for row, wanted in enumerate(between):
        for column, left in enumerate(wanted[: row + 1]):
            for known in range(column):
                left -= factor[row][known] * factor[column][known]
            if row == column:
                factor[row][column] = sqrt(left)
            else:
                factor[row][column] = left * (1.0 / factor[column][column])
    return tuple(map(tuple, factor))


def _is_possible(between: Matrix) -> bool:
    return bool(np.linalg.eigvalsh(between)[0] >= LEAST_EIGENVALUE)


def _least(setting: CorrelationSetting) -> float:
    return float(np.linalg.eigvalsh(setting.matrix())[0])


@rule
def traits_of(who: int, correlated: CorrelatedTraits, bundling: float, dice: Dice) -> Traits:
    """Draw a man's places in all traits.

    Of the two normal numbers that two uniforms make, one is the trait's own and one is mixed with
    those of the other traits, so that with another bundling every draw stays the same.
    """
    first = (
        draw(dice, who, 0, Chance.NEEDS_TOGETHER),
        draw(dice, who, 0, Chance.DISTRESS_LEVEL),
        draw(dice, who, 0, Chance.PRIOR_TRUST),
        draw(dice, who, 0, Chance.AUTONOMOUS),
        draw(dice, who, 0, Chance.AGE),
    )
    second = (
        draw(dice, who, 0, Chance.NEEDS_TOGETHER_ANGLE),
        draw(dice, who, 0, Chance.DISTRESS_LEVEL_ANGLE),
        draw(dice, who, 0, Chance.PRIOR_TRUST_ANGLE),
        draw(dice, who, 0, Chance.AUTONOMOUS_ANGLE),
        draw(dice, who, 0, Chance.AGE_ANGLE),
    )
    return Traits(
        _place(0, first, second, correlated, bundling),
        _place(1, first, second, correlated, bundling),
        _place(2, first, second, correlated, bundling),
        _place(3, first, second, correlated, bundling),
        _place(4, first, second, correlated, bundling),
    )


@rule
def _place(
    trait: int, first: tuple[float, ...], second: tuple[float, ...],
    correlated: CorrelatedTraits, bundling: float,
) -> float:  # fmt: skip
    """Place a man in one trait: ``sqrt(1 - b) own + sqrt(b) sum_j L_kj shared_j``."""
    shared = 0.0
    for other in range(trait + 1):
        mixed = second_normal(first[other], second[other])
        shared += correlated.factor[trait][other] * mixed
    return joined(first_normal(first[trait], second[trait]), shared, bundling)
