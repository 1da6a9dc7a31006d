"""Whose fate differs between two worlds, and from which way out to which."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pandas as pd

from engager_sim.outcomes.batch import OF_USUAL_CARE
from engager_sim.studies.designs.design import Design
from engager_sim.studies.execution.block_runs import FATES
from engager_sim.studies.execution.store import Store
from engager_sim.studies.summary import mean_and_interval
from engager_sim.theory.ways_out import Exit
from engager_sim.world.records import ARMS

FATE_NAMES = tuple(
    "no exit" if cause == Exit.NONE else cause.name.lower().replace("_", " ") for cause in Exit
)
"""What became of a man's first episode: none yet, or the cause of its end."""

CAUSES = len(FATE_NAMES)


def transitions(store: Store, design: Design, replicates: int) -> npt.NDArray[np.float64]:
    """Count men by their fate in the base world and in each other, replicate by replicate.

    Returns
    -------
    float64 array, shape (others, replicates, 2 arms, fates in base, fates in other)
        NaN for replicates that are not done in both worlds.
    """
    others = len(design.scenarios) - 1
    counts = np.full((others, replicates, len(ARMS), CAUSES, CAUSES), np.nan)
    for replicate, fates in _by_replicate(store, len(design.scenarios)):
        for other in range(others):
            before, after = fates[0], fates[other + 1]
            if before is None or after is None:
                continue
            arms = before // OF_USUAL_CARE
            first, then = before % OF_USUAL_CARE, after % OF_USUAL_CARE
            place = (arms * CAUSES + first) * CAUSES + then
            table = np.bincount(place, minlength=len(ARMS) * CAUSES * CAUSES)
            counts[other, replicate] = table.reshape(len(ARMS), CAUSES, CAUSES)
    return counts


def fates_table(base: str, others: list[str], counts: npt.NDArray[np.float64]) -> pd.DataFrame:
    """Make the table of transitions: mean men per replicate from one fate to another, by arm."""
    rows = []
    means = [np.nanmean(each, axis=0) for each in counts]
    for other, name in enumerate(others):
        for arm, arm_name in enumerate(ARMS):
            its = means[other][arm]
            total = its.sum()
            if not total > 0.0:
                continue
            for before, after in np.argwhere(its > 0.0):
                men = float(its[before, after])
                rows.append(
                    (base, name, arm_name, FATE_NAMES[before], FATE_NAMES[after], men, men / total)
                )
    names = ["base", "other", "arm", "fate_in_base", "fate_in_other", "men", "share"]
    return pd.DataFrame(rows, columns=names)


def changed_fates(base: str, others: list[str], counts: npt.NDArray[np.float64]) -> pd.DataFrame:
    """Count the men whose fate differs: mean per replicate, its interval, and the share."""
    rows = []
    stay = np.eye(CAUSES, dtype=bool)
    for other, name in enumerate(others):
        for arm, arm_name in enumerate(ARMS):
            its = counts[other, :, arm]
            its = its[~np.isnan(its).any(axis=(1, 2))]
            men = its.sum(axis=(1, 2))
            if len(its) == 0 or not men.any():
                continue
            differ = its[:, ~stay].sum(axis=1)
            mean, low, high = mean_and_interval(differ)
            rows.append((base, name, arm_name, mean, low, high, differ.sum() / men.sum(), len(its)))
    names = ["base", "other", "arm", "men_whose_fate_differs", "low", "high", "share", "n"]
    return pd.DataFrame(rows, columns=names)


def _by_replicate(
    store: Store, scenarios: int
) -> Iterator[tuple[int, list[npt.NDArray[np.int64] | None]]]:
    """Yield each replicate with the fates of its men in each world; one block holds them all."""
    for table in store.tables(["scenario", "replicate", FATES]):
        codes = table["scenario"].cat.codes.to_numpy()
        for replicate, rows in table.groupby("replicate").indices.items():
            fates: list[npt.NDArray[np.int64] | None] = [None] * scenarios
            for row in rows:
                kept = table[FATES].iloc[row]
                if isinstance(kept, bytes):
                    fates[codes[row]] = np.frombuffer(kept, np.uint8).astype(np.int64)
            yield int(str(replicate)), fates
