"""Whose first exit differs between two worlds, and from which exit cause to which."""

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

EXIT_NAMES = tuple(
    "no exit" if cause == Exit.NONE else cause.name.lower().replace("_", " ") for cause in Exit
)
"""How a leaver's first episode ended: not yet, or the exit cause."""

CAUSES = len(EXIT_NAMES)


@dataclass(frozen=True)
class Transitions:
    """Men by their first exit in the base world and in each other.

    ``men``, of shape (others, 2 arms, exits in base, exits in other), is summed over replicates;
    ``differ`` counts by other, arm and replicate the leavers whose first exit differs.
    """

    men: npt.NDArray[np.int64]
    differ: list[list[list[int]]]

    @property
    def replicates(self) -> list[int]:
        """How many replicates were done in both worlds, by other."""
        return [len(arms[0]) for arms in self.differ]


NOBODY_FOLLOWED = Transitions(np.zeros((0, len(ARMS), CAUSES, CAUSES), np.int64), [])
"""What there is to say of worlds that are not paired."""


def count_transitions(store: Store, scenarios: int) -> Transitions:
    """Count men by their first exit in the base world and in each other, replicate by replicate."""
    others = scenarios - 1
    men = np.zeros((others, len(ARMS), CAUSES, CAUSES), np.int64)
    differ: list[list[list[int]]] = [[[] for _ in ARMS] for _ in range(others)]
    for exits in _by_replicate(store, scenarios):
        for other in range(others):
            before, after = exits[0], exits[other + 1]
            if before is None or after is None:
                continue
            table = _table(before, after)
            men[other] += table
            for arm in range(len(ARMS)):
                differ[other][arm].append(int(table[arm].sum() - np.trace(table[arm])))
    return Transitions(men, differ)


def transitions_table(base: str, others: list[str], transitions: Transitions) -> pd.DataFrame:
    """Make the table of transitions: mean men per replicate from one exit to another, by arm."""
    rows = []
    for other, name in enumerate(others):
        for arm, arm_name in enumerate(ARMS):
            counts = transitions.men[other, arm]
            for before, after in np.argwhere(counts > 0):
                men = float(counts[before, after]) / transitions.replicates[other]
                share = float(counts[before, after] / counts.sum())
                rows.append(
                    (base, name, arm_name, EXIT_NAMES[before], EXIT_NAMES[after], men, share)
                )
    names = ["base", "other", "arm", "fate_in_base", "fate_in_other", "men", "share"]
    return pd.DataFrame(rows, columns=names)


def changed_exits(
    base: str, others: list[str], transitions: Transitions, drawn: Drawn | None = None
) -> pd.DataFrame:
    """Count the men whose first exit differs: mean per replicate, its interval, and the share."""
    rows = []
    for other, name in enumerate(others):
        for arm, arm_name in enumerate(ARMS):
            men = int(transitions.men[other, arm].sum())
            if men == 0:
                continue
            differ = np.array(transitions.differ[other][arm], np.float64)
            share = differ.sum() / men
            mean, low, high = float(np.mean(differ)), math.nan, math.nan
            # Where a replicate failed, which draw the others had is not known here.
            if drawn is None or len(drawn.draws) == len(differ):
                mean, low, high, *_ = estimate(differ, drawn)
            rows.append((base, name, arm_name, mean, low, high, share, len(differ)))
    names = ["base", "other", "arm", "men_whose_fate_differs", "low", "high", "share", "n"]
    return pd.DataFrame(rows, columns=names)


def _table(before: npt.NDArray[np.int64], after: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Count one replicate's men by arm, exit in the base and exit in the other."""
    arms = before // OF_USUAL_CARE
    first, then = before % OF_USUAL_CARE, after % OF_USUAL_CARE
    codes = (arms * CAUSES + first) * CAUSES + then
    counts = np.bincount(codes, minlength=len(ARMS) * CAUSES * CAUSES)
    return np.asarray(counts.reshape(len(ARMS), CAUSES, CAUSES))


def _by_replicate(store: Store, scenarios: int) -> Iterator[list[npt.NDArray[np.int64] | None]]:
    """Yield each replicate's leavers' exits in each world; one block holds them all."""
    for table in store.tables(["scenario", "replicate", EXITS]):
        codes = table["scenario"].cat.codes.to_numpy()
        for rows in table.groupby("replicate").indices.values():
            exits: list[npt.NDArray[np.int64] | None] = [None] * scenarios
            for row in rows:
                kept = table[EXITS].iloc[row]
                if isinstance(kept, bytes):
                    exits[codes[row]] = np.frombuffer(kept, np.uint8).astype(np.int64)
            yield exits
