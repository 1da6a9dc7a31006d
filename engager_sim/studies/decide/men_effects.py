"""What each man gains from an option: his own values in it less those in today's world, by life.

In life after life a man is the same and what befalls him is drawn anew; in one life both worlds
have common random numbers.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from engager_sim.designs.design import Design
from engager_sim.designs.execution.outcome_runs import MEN
from engager_sim.designs.execution.store import Store
from engager_sim.studies.decide.settings import DecideSettings
from engager_sim.studies.decide.worlds import DISTRESS, WHOLE, men_outcomes

type Numbers = npt.NDArray[np.float64]
type Lived = Mapping[int, npt.NDArray[np.float32]]
"""Every man's values in one life, of shape (men, outcomes), by world."""

TODAY = 0
HALVES = 2


@dataclass(frozen=True)
class MenEffects:
    """What every man gains: mean over lives, lives won and lost, and distress life by life.

    Attributes
    ----------
    means : float64 array, shape (points, options, populations, men, outcomes, halves)
        Value in the option less value in today's world, mean over every second life; NaN where a
        man has a value in no such life. Points are those of the design: whole, then without a
        theme each.
    more, less : int64 array, shape (options, populations, men, outcomes)
        Lives in whole worlds in which the value is higher, and lower, than in today's.
    distress : float32 array, shape (worlds, populations, men, lives)
        True distress at week 26 in whole worlds, today's first.
    """

    means: Numbers
    more: npt.NDArray[np.int64]
    less: npt.NDArray[np.int64]
    distress: npt.NDArray[np.float32]


def read_men(store: Store, design: Design, settings: DecideSettings) -> MenEffects:
    """Read every man's own values and compare worlds, life by life."""
    names, men = men_outcomes(settings), design.most_men(TODAY)
    worlds, populations = len(design.scenarios), settings.populations
    shape = (worlds - 1, populations, men, len(names))
    sums = np.zeros((design.points, *shape, HALVES))
    counts = np.zeros(sums.shape, np.int32)  # both arrays are of all men
    more, less = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
    distress = np.full((worlds, populations, men, settings.lives), np.nan, np.float32)
    for point, population, life, lived in _lives(store, settings, (men, len(names))):
        today = lived.get(TODAY)
        for world, values in lived.items():
            if point == WHOLE:
                distress[world, population, :, life] = values[:, names.index(DISTRESS)]
            if world == TODAY or today is None:
                continue
            gain = values.astype(np.float64) - today
            sums[point, world - 1, population, :, :, life % HALVES] += np.nan_to_num(gain)
            counts[point, world - 1, population, :, :, life % HALVES] += ~np.isnan(gain)
            if point == WHOLE:
                more[world - 1, population] += gain > 0.0
                less[world - 1, population] += gain < 0.0
    sums[counts == 0] = np.nan
    return MenEffects(np.divide(sums, counts, out=sums), more, less, distress)


def _lives(
    store: Store, settings: DecideSettings, shape: tuple[int, int]
) -> Iterator[tuple[int, int, int, Lived]]:
    """Yield each life with its point and population; one block holds all of its worlds."""
    for table in store.tables(["scenario", "point", "replicate", MEN]):
        codes = table["scenario"].cat.codes.to_numpy()
        kept = table[MEN].to_numpy()
        groups: Any = table.groupby(["point", "replicate"]).indices
        for (point, replicate), rows in groups.items():
            if replicate < settings.replicates:
                continue
            life, population = divmod(int(replicate) - settings.replicates, settings.populations)
            worlds = {
                int(codes[row]): np.frombuffer(kept[row], np.float32).reshape(shape)
                for row in rows
                if isinstance(kept[row], bytes)
            }
            yield int(point), population, life, worlds
