"""Shares of men better and worse off: the likeliest mixture of effects that men may have."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from engager_sim.statistics.mixtures import likeliest_mixture

type Numbers = npt.NDArray[np.float64]

EVIDENCE = 5.0
"""By how much the logarithm of the likelihood must rise where men may differ: *very strong*.

References
----------
Kass, R. E. and Raftery, A. E. (1995). Bayes factors. Journal of the American Statistical
Association 90, 773-795.
"""
WIDTH = 0.7
"""How far a possible effect is spread over those nearby, in units of the noise or the threshold.

A judgement: with less, effects that differ smoothly about a threshold are moved to points on either
side of it; with more, men without an effect seem to have one.
"""
COARSEST, FINEST = 3, 12
"""Steps of possible effects below a threshold."""
GROWTH = 1.25
"""Ratio of possible effects to the next beyond twice a threshold."""


class EffectAtoms(NamedTuple):
    """What may hold of a man: his expected effect, and one thing more about his lives.

    ``noise`` is that of what is seen of a man's effect.
    """

    effects: Numbers
    others: Numbers
    noise: float

    def spread(self, threshold: float) -> Numbers:
        """Spread each atom over effects nearby, as a row of weights; no effect stays none.

        As far as the noise, at most as far as the threshold: what is seen cannot tell effects so
        near each other, and the likeliest points among them would lie on either side by chance.
        """
        width = WIDTH * min(threshold, self.noise)
        apart = np.abs(self.effects[:, np.newaxis] - self.effects)
        near = np.maximum(0.0, 1.0 - apart / width)
        near *= self.others[:, np.newaxis] == self.others
        near[self.effects == 0.0] = 0.0
        near[self.effects == 0.0, self.effects == 0.0] = 1.0
        return np.asarray(near / near.sum(axis=1, keepdims=True))


def possible_effects(threshold: float, largest: float, noise: float) -> Numbers:
    """List effects from 0 to beyond the largest, on both sides, the threshold midway between two.

    Steps are half as wide as the noise, within bounds, and widen where they are far beyond the
    threshold.
    """
    below = int(np.clip(np.ceil(2.0 * threshold / noise), COARSEST, FINEST))
    step = 2.0 * threshold / (2 * below + 1)
    effects = [step * rung for rung in range(2 * below + 1)]
    while effects[-1] < largest:
        effects.append(max(effects[-1] + step, effects[-1] * GROWTH))
    above = np.minimum(effects[1:], max(largest, effects[2 * below]))
    return np.unique(np.concatenate([-above, [0.0], above]))


def deconvolution(
    logarithms: Numbers, atoms: EffectAtoms, one: float, threshold: float
) -> Callable[[Numbers], Numbers]:
    """Give what turns the counts of cells into the shares of men better and worse off.

    Parameters
    ----------
    logarithms : float64 array, shape (cells, atoms)
        Of how likely an atom makes what is seen.
    atoms : EffectAtoms
    one : float
        The effect that all men have, if it is not 0 and they do not differ.
    threshold : float
    """
    sides = np.array([atoms.effects >= threshold, atoms.effects <= -threshold]).astype(float)
    spread = atoms.spread(threshold)
    peaks = logarithms.max(axis=1, keepdims=True)
    smooth = peaks + np.log(np.maximum(np.finfo(float).tiny, np.exp(logarithms - peaks) @ spread.T))
    alike = [np.flatnonzero(atoms.effects == effect) for effect in (0.0, one)]

    def shares(counts: Numbers) -> Numbers:
        seen = counts > 0.0
        apart = likeliest_mixture(smooth[seen], counts[seen])
        for those in alike:
            same = likeliest_mixture(logarithms[np.ix_(seen, those)], counts[seen])
            if same.likelihood > apart.likelihood - EVIDENCE:
                return sides[:, those] @ same.weights
        return sides @ (apart.weights @ spread)

    return shares
