"""For whom an option does more: honest rules of one or two conditions on what is seen at entry.

A rule is chosen on every second population and one half of the men's lives, and judged on the other
populations and the other half. It is kept if men inside differ from those outside more clearly than
in nearly all data sets in which gains were dealt out anew among the men of each population.
"""

from typing import NamedTuple, Self

import numpy as np
import numpy.typing as npt

from engager_sim.statistics.intervals import mean_and_interval
from engager_sim.statistics.rounding import least_difference, without_rounding

type Numbers = npt.NDArray[np.float64]
type Counts = npt.NDArray[np.int64]
type Flags = npt.NDArray[np.bool_]

CUTS = 8
"""Values of a trait, at equal shares of the men, at which they may be divided."""
SMALLEST = 0.1
"""Least share of the men inside a group, and outside."""
SECOND_ADDS = 0.5
"""Share of what one condition explains by which two must explain more; a judgement.

With less, a second condition is often one that noise suggests.
"""
SHUFFLES, SEED = 99, 19
LEVEL = 0.05
"""Share of data sets without any group in which one may be found."""
MOST_GROUPS = 2


class Condition(NamedTuple):
    """A man's trait, by its position, lies above a threshold; or it does not."""

    trait: int
    threshold: float
    above: bool

    def holds(self, traits: Numbers) -> Flags:
        """Tell of whom it holds; traits are the last axis."""
        flags: Flags = (traits[..., self.trait] > self.threshold) == self.above
        return flags


def all_hold(conditions: tuple[Condition, ...], traits: Numbers) -> Flags:
    """Tell of whom all conditions hold; traits are the last axis."""
    flags: Flags = np.logical_and.reduce([condition.holds(traits) for condition in conditions])
    return flags


class Subgroup(NamedTuple):
    """Men for whom an option does more than for others, or less.

    Attributes
    ----------
    conditions : tuple of Condition
        One, or two that both hold.
    men, others : int
        How many are inside and outside in all populations.
    inside, outside, difference : tuple of float
        Mean gain of men inside, of those outside, and the first less the second, each with its 95%
        interval over the populations on which the rule was judged.
    """

    conditions: tuple[Condition, ...]
    men: int
    others: int
    inside: tuple[float, float, float]
    outside: tuple[float, float, float]
    difference: tuple[float, float, float]

    def holds(self, traits: Numbers) -> Flags:
        """Tell who is inside; traits are the last axis."""
        return all_hold(self.conditions, traits)


def find_subgroups(gains: Numbers, traits: Numbers) -> list[Subgroup]:
    """Find for whom an option does more than for others; most data sets have no such group.

    A second group is sought among the men outside the first.

    Parameters
    ----------
    gains : float64 array, shape (populations, men, 2)
        A man's mean gain over either half of his lives; NaN where he has none.
    traits : float64 array, shape (populations, men, traits)
        What is seen of him at entry.

    Returns
    -------
    list of Subgroup
        At most two; none with one population, on which no rule could be judged.

    References
    ----------
    Athey, S. and Imbens, G. (2016). Recursive partitioning for heterogeneous causal effects.
    Proceedings of the National Academy of Sciences 113, 7353-7360.
    """
    rng = np.random.default_rng(SEED)
    remaining = ~np.isnan(gains).any(axis=2)
    found: list[Subgroup] = []
    while len(found) < MOST_GROUPS:
        conditions = _rule(_Men.of(gains, traits, remaining), rng)
        if conditions is None:
            break
        group = _described(conditions, gains, traits, remaining)
        found.append(group)
        remaining &= ~group.holds(traits)
    return found


class _Men(NamedTuple):
    """Men in the order of their populations, with gains about the mean of their population."""

    populations: Counts
    traits: Numbers
    gains: Numbers

    @classmethod
    def of(cls, gains: Numbers, traits: Numbers, remaining: Flags) -> Self:
        populations = np.nonzero(remaining)[0]
        number = np.maximum(1, np.bincount(populations, minlength=len(gains)))
        halves = gains[remaining]
        means = [np.bincount(populations, half, len(gains)) / number for half in halves.T]
        about = halves - np.stack(means, axis=1)[populations]
        about = without_rounding(about, least_difference(halves))
        return cls(populations, traits[remaining], about)

    def shuffled(self, rng: np.random.Generator) -> Self:
        """Deal gains out anew among the men of each population."""
        order = np.lexsort((rng.random(len(self.populations)), self.populations))
        return self._replace(gains=self.gains[order])


class _Rules:
    """All rules that may be chosen, and which of the men chosen from are inside each.

    Parameters
    ----------
    traits : float64 array, shape (men, traits)
    """

    def __init__(self, traits: Numbers) -> None:
        shares = np.arange(1, CUTS + 1) / (CUTS + 1)
        self._conditions = [
            Condition(trait, float(cut), above)
            for trait, column in enumerate(traits.T)
            for cut in np.unique(np.quantile(column, shares, method="inverted_cdf"))
            for above in (True, False)
        ]
        flags = [condition.holds(traits) for condition in self._conditions]
        self._flags = np.array(flags, np.float64)
        inside = self._flags @ self._flags.T
        outside = len(traits) - inside
        self._scales = inside * outside / len(traits)
        self._scales[np.minimum(inside, outside) < max(1.0, SMALLEST * len(traits))] = np.inf

    def best(self, gains: Numbers) -> tuple[tuple[Condition, ...], float] | None:
        """Choose the rule that explains most of the variance, and the sign of the difference.

        Parameters
        ----------
        gains : float64 array, shape (men,)
            With a mean of 0.
        """
        sums = self._sums(gains)
        explained = sums**2 / self._scales
        alone = np.where(np.diag(sums) > 0.0, np.diag(explained), 0.0)
        one, two = int(alone.argmax()), int(explained.argmax())
        if explained.flat[two] > (1.0 + SECOND_ADDS) * alone[one]:
            first, second = divmod(two, len(alone))
            both = self._conditions[first], self._conditions[second]
            return both, float(np.sign(sums[first, second]))
        return ((self._conditions[one],), 1.0) if alone[one] > 0.0 else None

    def _sums(self, gains: Numbers) -> Numbers:
        """Sum the gains of the men inside each pair of conditions.

        Conditions stand in pairs, above a threshold and not; of whom the second of a pair holds
        follows from the first.
        """
        above = self._flags[::2]
        both = (above * gains) @ above.T
        one = np.diag(both)
        sums = np.empty((2 * len(one), 2 * len(one)))
        sums[::2, ::2] = both
        sums[::2, 1::2] = one[:, np.newaxis] - both
        sums[1::2, ::2] = one - both
        sums[1::2, 1::2] = gains.sum() - one[:, np.newaxis] - one + both
        return sums


def _rule(men: _Men, rng: np.random.Generator) -> tuple[Condition, ...] | None:
    """Choose a rule and judge it; None where it is no clearer than in shuffled data sets."""
    chosen_from = men.populations % 2 == 0
    if chosen_from.all() or not chosen_from.any():
        return None
    rules = _Rules(men.traits[chosen_from])

    def judged(some: _Men) -> tuple[tuple[Condition, ...] | None, float]:
        gains = some.gains[chosen_from, 0]
        best = rules.best(gains - gains.mean())
        if best is None:
            return None, 0.0
        conditions, sign = best
        inside, rest = all_hold(conditions, some.traits), ~chosen_from
        clear = _clearness(some.populations[rest], some.gains[rest, 1], inside[rest])
        return conditions, sign * clear

    conditions, clear = judged(men)
    if conditions is None or clear <= 0.0:
        return None
    by_noise = [judged(men.shuffled(rng))[1] for _ in range(SHUFFLES)]
    as_clear = sum(noise >= clear for noise in by_noise)
    return conditions if (1 + as_clear) / (1 + SHUFFLES) <= LEVEL else None


def _clearness(populations: Counts, gains: Numbers, inside: Flags) -> float:
    """Give the difference of men inside from those outside, in standard errors.

    The standard error of the sum of gains inside, were gains dealt out among each population.
    """
    number, within = np.bincount(populations), np.bincount(populations, inside)
    variance = np.bincount(populations, gains**2) / np.maximum(1, number - 1)
    spread = float((variance * within * (number - within) / np.maximum(1, number)).sum())
    return float(gains[inside].sum()) / spread**0.5 if spread > 0.0 else 0.0


def _described(
    conditions: tuple[Condition, ...], gains: Numbers, traits: Numbers, remaining: Flags
) -> Subgroup:
    """Compare men inside and outside on the populations and lives that did not choose the rule."""
    holds = all_hold(conditions, traits)
    sides = [remaining & holds, remaining & ~holds]
    means = []
    for side in sides:
        number = side[1::2].sum(axis=1)
        sums = np.where(side, gains[:, :, 1], 0.0)[1::2].sum(axis=1)
        with np.errstate(invalid="ignore"):
            means.append(sums / number)
    inside, outside = means
    values = [mean[~np.isnan(mean)] for mean in (inside, outside, inside - outside)]
    intervals = [mean_and_interval(some) for some in values]
    return Subgroup(conditions, int(sides[0].sum()), int(sides[1].sum()), *intervals)
