"""Which option is best over draws of the parameters, how sure that is, and what being wrong costs.

A benefit is what a decision is judged by: net monetary benefit, or an outcome of which more is
better. All but :func:`find_best` read expectations
(:func:`~engager_sim.statistics.expectations.expectations`): with Monte Carlo error among them, no
option would look sure.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

type Numbers = npt.NDArray[np.float64]

RESAMPLES, SEED = 1000, 17
LEVEL = 0.95
"""Of the interval of a difference of means that must not hold 0."""
LIKELY = 2.0 / 3.0
"""Share of draws in which the best must be above the other.

Where a difference of means is known to be above 0 but the other option is better nearly as often,
more replicates would not help a reader to choose. Two thirds is where *likely* begins in the
guidance for the reports of the Intergovernmental Panel on Climate Change.

References
----------
Mastrandrea, M. D. et al. (2010). Guidance note for lead authors of the IPCC fifth assessment report
on consistent treatment of uncertainties. Intergovernmental Panel on Climate Change.
"""


class Best(NamedTuple):
    """The option with the highest mean, and those that cannot be told from it.

    Attributes
    ----------
    option : int
        Position of the first option that has the highest mean.
    rivals : tuple of int
        Positions of the options that cannot be told from it.
    runner_up : int or None
        Position of the option with the next highest mean; None where there is but one option.
    """

    option: int
    rivals: tuple[int, ...]
    runner_up: int | None

    @property
    def is_told_apart(self) -> bool:
        """Whether it can be told from every other option."""
        return not self.rivals


def find_best(benefits: Numbers, means_of_draws: Numbers) -> Best:
    """Name the best option, and those that cannot be told from it.

    An option can be told from the best if the bootstrap interval of the difference of their means,
    over draws, holds no 0, and the best is above it in enough of the draws (`LEVEL`, `LIKELY`).

    Parameters
    ----------
    benefits : float64 array, shape (options, draws)
        Expectations.
    means_of_draws : float64 array, shape (options, draws)
        Means of the draws' replicates as they are: their Monte Carlo error belongs to the interval.
    """
    options, draws = benefits.shape
    order = np.argsort(-means_of_draws.mean(axis=1), kind="stable")
    best = int(order[0])
    rng = np.random.default_rng(SEED)
    weights = rng.multinomial(draws, np.full(draws, 1.0 / draws), RESAMPLES) / draws
    lead = weights @ (means_of_draws[best] - means_of_draws).T
    least = np.percentile(lead, 50.0 * (1.0 - LEVEL), axis=0)
    ahead = _share_above_0(benefits[best] - benefits)
    told = (least > 0.0) & (ahead >= LIKELY)
    rivals = tuple(int(other) for other in order[1:] if not told[other])
    return Best(best, rivals, int(order[1]) if options > 1 else None)


def _share_above_0(differences: Numbers) -> Numbers:
    """Give the share of draws in which each difference is above 0; 0 counts half."""
    return (np.sign(differences).mean(axis=-1) + 1.0) / 2.0


def chance_of_best(benefits: Numbers) -> Numbers:
    """Give the share of draws in which each option is best; those that tie share the draw.

    Options that are alike in every draw are one choice: each has its share whole.

    Parameters
    ----------
    benefits : float64 array, shape (..., options, draws)

    Returns
    -------
    float64 array, shape (..., options)
        Shares that sum to 1 over options that are not alike.
    """
    is_best = benefits == benefits.max(axis=-2, keepdims=True)
    alike = (benefits[..., :, None, :] == benefits[..., None, :, :]).all(axis=-1).sum(axis=-1)
    shares: Numbers = is_best / (is_best / alike[..., None]).sum(axis=-2, keepdims=True)
    return shares.mean(axis=-1)


def expected_regret(benefits: Numbers) -> Numbers:
    """Give by how much each option falls short of the best of its draw, on average.

    Parameters
    ----------
    benefits : float64 array, shape (..., options, draws)

    Returns
    -------
    float64 array, shape (..., options)
        In the units of the benefit, at least 0.
    """
    return (benefits.max(axis=-2, keepdims=True) - benefits).mean(axis=-1)


def perfect_information(benefits: Numbers) -> float:
    """Expect the gain from knowing the draw before choosing: the least expected regret.

    Parameters
    ----------
    benefits : float64 array, shape (options, draws)

    References
    ----------
    Raiffa, H. and Schlaifer, R. (1961). Applied statistical decision theory. Harvard University.
    """
    return float(expected_regret(benefits).min())


def acceptability(effects: Numbers, costs: Numbers, thresholds: Numbers) -> Numbers:
    """Give each option's chance of being best, by what a unit of effect is worth.

    Parameters
    ----------
    effects, costs : float64 array, shape (options, draws)
        Expectations that were drawn together.
    thresholds : float64 array, shape (thresholds,)
        Worth of a unit of effect, in the units of costs.

    Returns
    -------
    float64 array, shape (thresholds, options)

    References
    ----------
    Fenwick, E., Claxton, K. and Sculpher, M. (2001). Representing uncertainty: the role of
    cost-effectiveness acceptability curves. Health Economics 10, 779-787.
    """
    return np.array([chance_of_best(threshold * effects - costs) for threshold in thresholds])


class WorstCase(NamedTuple):
    """Means over the draws of each group (rival theory), and the lowest of them.

    Attributes
    ----------
    groups : int64 array, shape (groups,)
        Numbers of the groups.
    means : float64 array, shape (groups, options)
    worst : float64 array, shape (options,)
        The lowest mean of each option.
    group : int64 array, shape (options,)
        Number of the group that has it.
    """

    groups: npt.NDArray[np.int64]
    means: Numbers
    worst: Numbers
    group: npt.NDArray[np.int64]


def worst_case(means_of_draws: Numbers, groups: npt.NDArray[np.int64]) -> WorstCase:
    """Average over the draws of each group.

    Parameters
    ----------
    means_of_draws : float64 array, shape (options, draws)
        Means of the draws' replicates as they are: expectations are drawn together about the mean
        over all groups, and groups with them.
    groups : int64 array, shape (draws,)
        Number of each draw's group.
    """
    numbers = np.unique(groups)
    means = np.array([means_of_draws[:, groups == number].mean(axis=1) for number in numbers])
    return WorstCase(numbers, means, means.min(axis=0), numbers[means.argmin(axis=0)])
