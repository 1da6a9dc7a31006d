"""Means of an outcome given a factor: in each part of its range, and between its two ends.

For methods whose points fill the factors' ranges, so that everything else varies alike in each
part.
"""

import itertools
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.special import stdtrit

from engager_sim.designs.factors import Factor
from engager_sim.designs.samplers import Numbers
from engager_sim.studies.sensitivity.study import Sensitivity

PARTS, MOST_LEVELS = 10, 10
"""Equal parts into which a range is divided; so few values are parts by themselves."""

LEVEL = 0.975


class ConditionalMean(NamedTuple):
    """The mean of an outcome over the points in one part of a factor's range.

    ``middle`` is the part's middle, as a value of the factor. ``contributions``, of shape
    (blocks,), is what each block of points adds to the mean's error, missing for blocks without a
    point there: points of a block resemble each other, so that blocks are what is independent.
    """

    name: str
    middle: float
    mean: float
    contributions: Numbers

    @property
    def blocks(self) -> int:
        """How many blocks have a point there."""
        return int((~np.isnan(self.contributions)).sum())

    @property
    def half_width(self) -> float:
        """Half the width of the mean's 95% interval."""
        return _half_width(np.nan_to_num(self.contributions), self.blocks)


class Swing(NamedTuple):
    """A factor, and the outcome's means at the low and the high end of its range."""

    factor: Factor
    low: ConditionalMean
    high: ConditionalMean

    @property
    def difference(self) -> float:
        """Mean at the high end less mean at the low end."""
        return self.high.mean - self.low.mean

    @property
    def half_width(self) -> float:
        """Half the width of the difference's 95% interval; a block may be at both ends."""
        low, high = np.nan_to_num(self.low.contributions), np.nan_to_num(self.high.contributions)
        return _half_width(high - low, min(self.low.blocks, self.high.blocks))

    @property
    def is_clear(self) -> bool:
        """Whether the difference's interval excludes 0."""
        return abs(self.difference) > self.half_width


def conditional_means(
    sensitivity: Sensitivity, outcome: str, factor: Factor
) -> list[ConditionalMean]:
    """Average an outcome over the points in each part of a factor's range that has some.

    The parts, in order, are tenths of the range, or values where there are few. Points must fill
    the factors' ranges.
    """
    settings = sensitivity.settings
    values = sensitivity.points[outcome].to_numpy(np.float64)
    size = settings.method.block_rows(len(settings.names), len(values))
    block_of_point = np.arange(len(values)) // size
    blocks = len(values) // size
    means = []
    for name, middle, is_inside in _parts(factor, factor_values(sensitivity, factor)):
        chosen = is_inside & ~np.isnan(values)
        count = int(chosen.sum())
        if count:
            mean = float(values[chosen].mean())
            there = block_of_point[chosen]
            contributions = np.bincount(there, values[chosen] - mean, blocks) / count
            has_point = np.bincount(there, minlength=blocks) > 0
            means.append(
                ConditionalMean(name, middle, mean, np.where(has_point, contributions, np.nan))
            )
    return means


def acting_factors(sensitivity: Sensitivity, outcome: str) -> list[Factor]:
    """List the factors that change something of an outcome, by themselves or in their group."""
    factors, idle = sensitivity.design.factors, sensitivity.without_effect(outcome)
    names = sensitivity.settings.group_of_factor or [factor.path for factor in factors]
    return [factor for factor, name in zip(factors, names, strict=True) if name not in idle]


def swings(sensitivity: Sensitivity, outcome: str, factors: Iterable[Factor]) -> list[Swing]:
    """Compare an outcome at both ends of some factors' ranges, the widest apart first.

    Of factors that change nothing the ends differ by what the others do.
    """
    compared = []
    for factor in factors:
        means = conditional_means(sensitivity, outcome, factor)
        if len(means) > 1:
            compared.append(Swing(factor, means[0], means[-1]))
    return sorted(compared, key=lambda swing: -abs(swing.difference))


def factor_values(sensitivity: Sensitivity, factor: Factor) -> Numbers:
    """Take the values of a factor at all points."""
    return sensitivity.design.values[:, sensitivity.design.factors.index(factor)]


def levels_of(factor: Factor) -> list[float]:
    """List the values of a factor that has few of them; none of any other."""
    if factor.kind == "real" or factor.high - factor.low >= MOST_LEVELS:
        return []
    return [float(level) for level in np.arange(factor.low, factor.high + 1.0)]


def _half_width(contributions: Numbers, blocks: int) -> float:
    """Give half the width of a 95% interval from what independent blocks add to the error."""
    if blocks < 2:
        return np.nan
    error = np.sqrt((contributions**2).sum() * blocks / (blocks - 1))
    return float(stdtrit(blocks - 1, LEVEL) * error)


def _parts(factor: Factor, values: Numbers) -> Iterator[tuple[str, float, npt.NDArray[np.bool_]]]:
    """Yield the name and middle of each part of a factor's range, and which values are in it."""
    if levels := levels_of(factor):
        for level in levels:
            yield factor.text(level), level, values == level
        return
    edges = np.linspace(factor.low, factor.high, PARTS + 1)
    part = np.clip(np.searchsorted(edges, values, side="right") - 1, 0, PARTS - 1)
    for number, (low, high) in enumerate(itertools.pairwise(edges)):
        yield f"{low:.3g} to {high:.3g}", float(low + high) / 2.0, part == number
