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
from engager_sim.studies.decide.worlds import DISTRESS, men_outcomes

type Numbers = npt.NDArray[np.float64]
type Lived = Mapping[int, npt.NDArray[np.float32]]
"""Every man's values in one life, of shape (men, outcomes), by world."""

TODAY = 0
HALVES = 2
REALISED = 5.0
"""Points of CORE-OM by which one life must differ: a reliable change (Connell et al. 2007)."""


@dataclass(frozen=True)
class MenEffects:
    """Means over lives of what each man gains, and how many single lives change by much.

    Attributes
    ----------
    means : float64 array, shape (points, options, populations, men, outcomes, halves)
        Value in the option less value in today's world, mean over every second life; NaN where a
        man has a value in no such life. Points are those of the design: whole, then without a
        theme each.
    better, worse : float64 array, shape (options, populations)
        Share of lives, in whole worlds, in which true distress at week 26 is lower, or higher, than
        in today's by at least ``REALISED`` points.
    between_lives : float64 array, shape (populations, 2)
        The same shares between two independent lives of today's world.
    """

    means: Numbers
    better: Numbers
    worse: Numbers
    between_lives: Numbers


def read_men(store: Store, design: Design, settings: DecideSettings) -> MenEffects:
    """Read every man's own values and compare worlds, life by life."""
    options, populations = len(design.scenarios) - 1, settings.populations
    names, men = men_outcomes(settings), design.most_men(TODAY)
    shape = (design.points, options, populations, men, len(names), HALVES)
    sums, counts = np.zeros(shape), np.zeros(shape)
    changed, lived = np.zeros((options, populations, 2)), np.zeros((options, populations))
    distress = np.full((populations, settings.lives, men), np.nan, np.float32)
    for point, population, life, worlds in _lives(store, settings, (men, len(names))):
        today = worlds.get(TODAY)
        if today is None:
            continue
        for world, values in worlds.items():
            gain = values.astype(np.float64) - today
            if point == TODAY and world == TODAY:
                distress[population, life] = today[:, names.index(DISTRESS)]
            if world == TODAY:
                continue
            at = (point, world - 1, population, slice(None), slice(None), life % HALVES)
            sums[at] += np.nan_to_num(gain)
            counts[at] += ~np.isnan(gain)
            if point == 0:
                better, worse, known = _large(gain[:, names.index(DISTRESS)])
                changed[world - 1, population] += better, worse
                lived[world - 1, population] += known
    with np.errstate(invalid="ignore", divide="ignore"):
        shares = changed / lived[:, :, np.newaxis]
        means = np.where(counts > 0.0, sums / counts, np.nan)
    return MenEffects(means, shares[..., 0], shares[..., 1], _between_lives(distress))


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


def _large(gain: Numbers) -> tuple[int, int, int]:
    """Count men whose distress fell by much, rose by much, and who have a value."""
    known = int((~np.isnan(gain)).sum())
    return int((gain <= -REALISED).sum()), int((gain >= REALISED).sum()), known


def _between_lives(distress: npt.NDArray[np.float32]) -> Numbers:
    """Compare every second life of today's world with the one before it."""
    lives = distress.shape[1] // 2 * 2
    gain = distress[:, 1:lives:2].astype(np.float64) - distress[:, 0:lives:2]
    known = np.maximum((~np.isnan(gain)).sum(axis=(1, 2)), 1)
    better, worse = (gain <= -REALISED).sum(axis=(1, 2)), (gain >= REALISED).sum(axis=(1, 2))
    return np.asarray(np.stack([better, worse], axis=1) / known[:, np.newaxis])
