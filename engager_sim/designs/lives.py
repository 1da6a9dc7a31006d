"""The same men, many times: replicates that are lives of a few populations.

What befell a man once says little of what he may expect. In further lives he keeps his traits,
entry, team and agencies, and all else that befalls him is drawn anew.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from engager_sim.scenarios.fitted_parameters import REPLICATES_PER_DRAW

type Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Lives:
    """Replicates from ``first`` on are lives: one of every population, then the next of each.

    Attributes
    ----------
    first : int
        The first replicate that is a life; those before have men of their own.
    populations : int
        How many populations there are, each under a draw of its own.
    outcomes : tuple of int
        Places of the outcomes, means over men, of which every man's own value is kept.
    """

    first: int
    populations: int
    outcomes: tuple[int, ...]

    def are_lives(self, replicates: Numbers) -> npt.NDArray[np.bool_]:
        """Tell which replicates are lives."""
        return replicates >= self.first

    def population(self, replicates: Numbers) -> Numbers:
        """Give the number, from 0, of the population of each life; nothing else may be asked."""
        return (replicates - self.first) % self.populations

    def men_of(self, replicates: Numbers) -> Numbers:
        """Give the replicate whose men, and whose draw of the parameters, each replicate has."""
        alive = self.are_lives(replicates)
        return np.where(alive, self.population(replicates) * REPLICATES_PER_DRAW, replicates)
