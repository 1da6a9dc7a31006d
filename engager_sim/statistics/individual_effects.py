"""How many men an option makes better or worse off: expected of each man, and as it befell him.

What a man may expect is known from a few of his lives only. Noise spreads what is seen of men
wider than what they may expect: counted as it is seen, an option without any effect would make many
better and as many worse. Here the likeliest distribution of expected effects is found, with hardly
an assumption about its shape, and counted. One effect for all is believed first: that men differ
must make what is seen much likelier.

A gain is the option less today, in the same life of the same man; above 0 is better.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.special import stdtrit, xlogy

from engager_sim.statistics.effect_mixtures import EffectAtoms, deconvolution, possible_effects

type Numbers = npt.NDArray[np.float64]
type Counts = npt.NDArray[np.int64]

GROUPS = 10
"""Of populations, each left out once for an interval."""
LEVEL = 0.95
NOISES = 2.0 ** np.arange(-2.0, 3.0)
"""Noise that a man may have, in units of that of all men."""
CELL = 0.5
"""Width of a cell in which men are counted together, in units of the noise of all men."""
CHANGED = np.sin(np.linspace(0.0, np.pi / 2.0, 25)) ** 2
"""Share of a man's lives that an option may change, for better or worse.

Equally far apart in units of the noise of a share.
"""


class Shares(NamedTuple):
    """Shares of men who are better and worse off, each with its 95% interval over populations.

    The intervals are NaN with one population.
    """

    better: float
    better_low: float
    better_high: float
    worse: float
    worse_low: float
    worse_high: float


def expected_changes(gains: Numbers, threshold: float) -> Shares:
    """Count men whose expected score changes by a threshold or more.

    A man's mean gain and half the difference of his two halves are normal about his expected gain
    and about 0, with a noise of his own: some men's lives hardly change, and others' do.

    Parameters
    ----------
    gains : float64 array, shape (populations, men, 2)
        Means over the lives of either half; NaN where a man has none.
    threshold : float
        Above 0, in units of the gain.

    References
    ----------
    Gu, J. and Koenker, R. (2017). Unobserved heterogeneity in income dynamics: an empirical Bayes
    perspective. Journal of Business and Economic Statistics 35, 1-16.
    """
    known = ~np.isnan(gains).any(axis=2)
    owners = np.nonzero(known)[0]
    first, second = gains[known].T
    means, halves = (first + second) / 2.0, np.abs(first - second) / 2.0
    noise = float(np.sqrt((halves**2).mean())) if len(halves) else 0.0
    if noise == 0.0:
        return _counted(means, owners, len(gains), threshold)
    one = float(means.mean())
    effects = np.append(possible_effects(threshold, float(np.abs(means).max()), noise), one)
    effect, size = (axis.ravel() for axis in np.meshgrid(effects, noise * NOISES))
    rows = np.column_stack([np.floor(means / noise / CELL), np.floor(2.0 * halves / noise / CELL)])
    _, cells = np.unique(rows, axis=0, return_inverse=True)
    cells = cells.reshape(-1)
    number = np.bincount(cells)
    middle = np.bincount(cells, means) / number
    within = np.bincount(cells, halves**2) / number
    square = (middle[:, np.newaxis] - effect) ** 2 + within[:, np.newaxis]
    logarithms = -0.5 * square / size**2 - 2.0 * np.log(size)
    counts, atoms = _counts(cells, owners, len(gains)), EffectAtoms(effect, size, noise)
    return _jackknife(counts, deconvolution(logarithms, atoms, one, threshold))


def expected_chance_changes(better: Counts, worse: Counts, lives: int, threshold: float) -> Shares:
    """Count men whose chance of something good changes by a threshold or more.

    How many of a man's lives change for the better, how many for the worse and how many not at all
    is multinomial, with chances of his own.

    Parameters
    ----------
    better, worse : int64 array, shape (populations, men)
        Number of his lives in which it comes about with the option alone, and with today's alone.
    lives : int
        Of each man.
    threshold : float
        Change of a chance, between 0 and 1.
    """
    owners = np.repeat(np.arange(len(better)), better.shape[1])
    pairs = np.column_stack([better.ravel(), worse.ravel()])
    if not pairs.any():
        return _counted(np.zeros(len(pairs)), owners, len(better), threshold)
    seen, cells = np.unique(pairs, axis=0, return_inverse=True)
    one = float((better - worse).mean()) / lives
    noise = float((pairs.sum() / len(pairs)) ** 0.5) / lives
    effects = np.append(possible_effects(threshold, 1.0, noise), one)
    effect, changed = (axis.ravel() for axis in np.meshgrid(effects, CHANGED))
    can_be = changed >= np.abs(effect)
    effect = np.append(effect[can_be], effects)
    changed = np.append(changed[can_be], np.abs(effects))  # all for the better, or all for worse
    up, down = (changed + effect) / 2.0, (changed - effect) / 2.0
    won, lost = (column[:, np.newaxis] for column in seen.T)
    # Sums of such effects miss 0 by rounding, and would make what is seen impossible.
    chances = (np.maximum(chance, 1e-12) for chance in (up, down, 1.0 - changed))
    numbers = (won, lost, lives - won - lost)
    terms = [xlogy(number, chance) for number, chance in zip(numbers, chances, strict=True)]
    logarithms = np.sum(terms, axis=0)
    counts = _counts(cells.reshape(-1), owners, len(better))
    atoms = EffectAtoms(effect, changed, noise)
    return _jackknife(counts, deconvolution(logarithms, atoms, one, threshold))


def expected_spread(gains: Numbers) -> float:
    """Give the standard deviation of expected gains between the men of a population.

    The covariance of the two halves: noise in one half does not vary with that in the other.

    Parameters
    ----------
    gains : float64 array, shape (populations, men, 2)
        Means over the lives of either half.
    """
    off = gains - np.nanmean(gains, axis=1, keepdims=True)
    men = gains.shape[1]
    covariance = float(np.nanmean(off[..., 0] * off[..., 1])) * men / (men - 1)
    return float(max(0.0, covariance) ** 0.5)


class RealisedChanges(NamedTuple):
    """Shares of lives that change by a threshold or more.

    Attributes
    ----------
    shares : Shares
        Between today's and the option's life with the same random numbers: they depend on how the
        two worlds' random numbers are paired.
    by_noise : float
        Share for the better, and as much for the worse, between two lives of today that have
        nothing in common but the man.
    """

    shares: Shares
    by_noise: float


def realised_changes(today: Numbers, option: Numbers, threshold: float) -> RealisedChanges:
    """Count lives that change by a threshold or more.

    Parameters
    ----------
    today, option : float64 array, shape (populations, men, lives)
        The same lives of the same men, two or more; more is better; NaN where there is no value.
    threshold : float
        Above 0.
    """
    changes = option - today
    known = ~np.isnan(changes)
    shares = _counted(changes[known], np.nonzero(known)[0], len(today), threshold)
    unrelated = np.abs(today - np.roll(today, 1, axis=2))
    share = float((unrelated[~np.isnan(unrelated)] >= threshold).mean()) / 2.0
    return RealisedChanges(shares, share)


def _counts(cells: Counts, populations: Counts, number: int) -> Numbers:
    """Count what is in each cell, by group of populations.

    Parameters
    ----------
    cells, populations : int64 array, shape (men,)
        Where each man is counted, and the population that he belongs to.
    number : int
        Of populations.
    """
    groups = min(GROUPS, number)
    size = int(cells.max(initial=0)) + 1
    rows = populations * groups // number * size + cells
    return np.bincount(rows, minlength=groups * size).reshape(groups, size).astype(float)


def _counted(changes: Numbers, populations: Counts, number: int, threshold: float) -> Shares:
    """Count changes as they are."""
    sides = (changes >= threshold) + 2 * (changes <= -threshold)
    counts = _counts(np.append(sides, 2), np.append(populations, 0), number)
    counts[0, 2] -= 1.0  # so that there is a cell of each side
    return _jackknife(counts, lambda of_sides: of_sides[1:] / of_sides.sum())


def _jackknife(counts: Numbers, shares: Callable[[Numbers], Numbers]) -> Shares:
    """Give shares of all populations, with an interval from leaving out each group once."""
    total, groups = counts.sum(axis=0), len(counts)
    found = shares(total)
    half = np.full(2, np.nan)
    if groups > 1:
        others = np.array([shares(total - group) for group in counts])
        error = ((groups - 1) * others.var(axis=0)) ** 0.5
        half = float(stdtrit(groups - 1, 0.5 + LEVEL / 2.0)) * error
    low, high = np.maximum(0.0, found - half), np.minimum(1.0, found + half)
    ends = np.column_stack([found, low, high])
    return Shares(*(float(number) for number in ends.ravel()))
