"""Whose fate differs between two worlds, and from which way out to which."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from engager_sim.designs.execution.outcome_runs import EXITS
from engager_sim.designs.execution.store import Store
from engager_sim.runs.batch import OF_USUAL_CARE
from engager_sim.scenarios.fitted_parameters import Drawn
from engager_sim.statistics.intervals import estimate
from engager_sim.theory.ways_out import Exit
from engager_sim.world.records import ARMS

FATE_NAMES = tuple(
    "no exit" if cause == Exit.NONE else cause.name.lower().replace("_", " ") for cause in Exit
)
"""What became of a man's first episode: none yet, or the cause of its end."""

CAUSES = len(FATE_NAMES)


@dataclass(frozen=True)
class Transitions:
    """Men by their fate in the base world and in each other.

    Attributes
    ----------
    men : int64 array, shape (others, 2 arms, fates in base, fates in other)
        Summed over replicates.
    differ : list of list of list of int
        By other and arm: in each replicate, how many men's fate differs.
    """

    men: npt.NDArray[np.int64]
    differ: list[list[list[int]]]

    @property
    def replicates(self) -> list[int]:
        """How many replicates were done in both worlds, by other."""
        return [len(arms[0]) for arms in self.differ]


NOBODY_FOLLOWED = Transitions(np.zeros((0, len(ARMS), CAUSES, CAUSES), np.int64), [])
"""What there is to say of worlds that are not paired."""


def transitions(store: Store, scenarios: int) -> Transitions:
    """Count men by their fate in the base world and in each other, replicate by replicate."""
    others = scenarios - 1
    men = np.zeros((others, len(ARMS), CAUSES, CAUSES), np.int64)
    differ: list[list[list[int]]] = [[[] for _ in ARMS] for _ in range(others)]
    for fates in _by_replicate(store, scenarios):
        for other in range(others):
            before, after = fates[0], fates[other + 1]
            if before is None or after is None:
                continue
            table = _table(before, after)
            men[other] += table
            for arm in range(len(ARMS)):
                differ[other][arm].append(int(table[arm].sum() - np.trace(table[arm])))
    return Transitions(men, differ)


def fates_table(base: str, others: list[str], found: Transitions) -> pd.DataFrame:
    """Make the table of transitions: mean men per replicate from one fate to another, by arm."""
    rows = []
    for other, name in enumerate(others):
        for arm, arm_name in enumerate(ARMS):
            its = found.men[other, arm]
            for before, after in np.argwhere(its > 0):
                men = float(its[before, after]) / found.replicates[other]
                share = float(its[before, after] / its.sum())
                rows.append(
                    (base, name, arm_name, FATE_NAMES[before], FATE_NAMES[after], men, share)
                )
    names = ["base", "other", "arm", "fate_in_base", "fate_in_other", "men", "share"]
    return pd.DataFrame(rows, columns=names)


def changed_fates(
    base: str, others: list[str], found: Transitions, drawn: Drawn | None = None
) -> pd.DataFrame:
    """Count the men whose fate differs: mean per replicate, its interval, and the share."""
    rows = []
    for other, name in enumerate(others):
        for arm, arm_name in enumerate(ARMS):
            men = int(found.men[other, arm].sum())
            if men == 0:
                continue
            differ = np.array(found.differ[other][arm], np.float64)
            share = differ.sum() / men
            mean, low, high = float(np.mean(differ)), math.nan, math.nan
            # Where a replicate failed, which draw each of the others had is not known here.
            if drawn is None or len(drawn.draws) == len(differ):
                mean, low, high, *_ = estimate(differ, drawn)
            rows.append((base, name, arm_name, mean, low, high, share, len(differ)))
    names = ["base", "other", "arm", "men_whose_fate_differs", "low", "high", "share", "n"]
    return pd.DataFrame(rows, columns=names)


def _table(before: npt.NDArray[np.int64], after: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Count one replicate's men by arm, fate in the base and fate in the other."""
    arms = before // OF_USUAL_CARE
    first, then = before % OF_USUAL_CARE, after % OF_USUAL_CARE
    place = (arms * CAUSES + first) * CAUSES + then
    counts = np.bincount(place, minlength=len(ARMS) * CAUSES * CAUSES)
    return np.asarray(counts.reshape(len(ARMS), CAUSES, CAUSES))


def _by_replicate(store: Store, scenarios: int) -> Iterator[list[npt.NDArray[np.int64] | None]]:
    """Yield each replicate's men's fates in each world; one block holds them all."""
    for table in store.tables(["scenario", "replicate", EXITS]):
        codes = table["scenario"].cat.codes.to_numpy()
        for rows in table.groupby("replicate").indices.values():
            fates: list[npt.NDArray[np.int64] | None] = [None] * scenarios
            for row in rows:
                kept = table[EXITS].iloc[row]
                if isinstance(kept, bytes):
                    fates[codes[row]] = np.frombuffer(kept, np.uint8).astype(np.int64)
            yield fates
