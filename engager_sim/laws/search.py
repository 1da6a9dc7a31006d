"""How a law is tried: draws from the prior, the worst again, and a directed search from there."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from engager_sim.designs.factors import Factor
from engager_sim.laws.declaration import Law
from engager_sim.laws.paired_worlds import PairedWorlds, Trial

type Numbers = npt.NDArray[np.float64]
type Row = dict[str, Any]
type Watch = Callable[[int], None]
"""Called with how many trials are done."""

SCREEN, AGAIN, SEARCH, CONFIRM = "screen", "again", "search", "confirm"
STAGES = (SCREEN, AGAIN, SEARCH, CONFIRM)
MOVED_SHARE = 0.1
"""Part of the parameters that a step of the search moves."""
MOST_TOLD = 3


@dataclass(frozen=True)
class Effort:
    """How hard a law is tried.

    Attributes
    ----------
    draws, replicates : int
        Draws of all uncertain parameters, and replicates of both worlds under each.
    worst, fresh_replicates : int
        How many of the worst draws are tried again with fresh seeds, and with how many replicates.
    starts, steps : int
        From how many of the worst a directed search starts, and how many steps each takes.
    seed : int
        Of draws and replicates.
    """

    draws: int = 200
    replicates: int = 8
    worst: int = 20
    fresh_replicates: int = 60
    starts: int = 5
    steps: int = 6
    seed: int = 1

    @property
    def trials(self) -> int:
        """How many trials a law takes."""
        worst, starts = min(self.worst, self.draws), self._starts
        return self.draws + worst + starts * self.steps + (starts if self.steps else 0)

    @property
    def _starts(self) -> int:
        return min(self.starts, self.worst, self.draws) if self.steps else 0


def tried(
    law: Law, factors: tuple[Factor, ...], units: Numbers, effort: Effort, threads: int,
    watch: Watch,
) -> list[Row]:  # fmt: skip
    """Try a law; a row per trial.

    Parameters
    ----------
    units : float64 array, shape (draws, factors)
        The draws on the unit cube of the prior.
    """
    worlds = PairedWorlds.of(law, factors)
    worlds.compile()
    done = _Count(watch)
    with ThreadPoolExecutor(threads, "law") as pool:
        screened = done.each(
            pool.map(partial(worlds.tried, seed=effort.seed, replicates=effort.replicates), units)
        )
        rows = [_row(law, SCREEN, draw, trial) for draw, trial in enumerate(screened)]
        shortfalls = np.nan_to_num([trial.shortfall for trial in screened], nan=-np.inf)
        worst = np.argsort(-shortfalls, kind="stable")[: effort.worst]
        fresh = partial(
            worlds.tried, seed=_fresh(effort.seed, 1), replicates=effort.fresh_replicates
        )
        again = done.each(pool.map(fresh, units[worst]))
        rows += [
            _row(law, AGAIN, int(draw), trial) for draw, trial in zip(worst, again, strict=True)
        ]
        if effort.steps:
            rows += _searched(worlds, units, shortfalls, worst, effort, pool, done)
    drivers = told_drivers(factors, units, shortfalls)
    broken = [worlds.is_broken(trial) for trial in (Trial(*row["trial"]) for row in rows)]
    return [
        {**{name: value for name, value in row.items() if name != "trial"},
         **Trial(*row["trial"])._asdict(), "beyond": is_broken and row["stage"] != SEARCH,
         "drivers": drivers}
        for row, is_broken in zip(rows, broken, strict=True)
    ]  # fmt: skip


def told_drivers(factors: tuple[Factor, ...], units: Numbers, shortfalls: Numbers) -> str:
    """Name the parameters that the shortfall goes with, by rank correlation over the draws."""
    slopes = _directions(units, shortfalls)
    largest = np.argsort(-np.abs(slopes), kind="stable")[:MOST_TOLD]
    return ", ".join(
        f"{'more' if slopes[index] > 0.0 else 'less'} {factors[index].path}" for index in largest
    )


def _searched(
    worlds: PairedWorlds, units: Numbers, shortfalls: Numbers, worst: npt.NDArray[np.int64],
    effort: Effort, pool: ThreadPoolExecutor, done: "_Count",
) -> list[Row]:  # fmt: skip
    """Climb from the worst draws, and try each summit with fresh seeds."""
    starts = [int(draw) for draw in worst[: effort.starts]]
    climb = partial(_climbed, worlds, units, _directions(units, shortfalls), effort, done)
    summits = list(pool.map(climb, starts))
    rows = [
        _row(worlds.law, SEARCH, draw, trial)
        for draw, (_, trial) in zip(starts, summits, strict=True)
    ]
    fresh = partial(worlds.tried, seed=_fresh(effort.seed, 2), replicates=effort.fresh_replicates)
    confirmed = done.each(pool.map(fresh, [unit for unit, _ in summits]))
    return rows + [
        _row(worlds.law, CONFIRM, draw, trial)
        for draw, trial in zip(starts, confirmed, strict=True)
    ]


def _climbed(
    worlds: PairedWorlds, units: Numbers, directions: Numbers, effort: Effort, done: "_Count",
    start: int,
) -> tuple[Numbers, Trial]:  # fmt: skip
    """Step by step move some parameters towards an end of their ranges, and keep what is worse.

    Which are moved, and where to, follows how strongly and in which direction the shortfall goes
    with each over the draws; a quarter of the moves go the other way.
    """
    rng = np.random.default_rng([effort.seed, start])
    weights = np.abs(directions) + np.abs(directions).mean() + 1e-9
    moved = max(1, round(MOVED_SHARE * len(weights)))
    unit = units[start]
    best = worlds.tried(unit, effort.seed, effort.replicates)
    for _ in range(effort.steps):
        chosen = rng.choice(len(weights), moved, replace=False, p=weights / weights.sum())
        towards = np.where(rng.random(moved) < 0.75, directions[chosen] > 0.0,
            rng.random(moved) < 0.5)  # fmt: skip
        candidate = unit.copy()
        candidate[chosen] += (towards - candidate[chosen]) * rng.random(moved)
        trial = worlds.tried(candidate, effort.seed, effort.replicates)
        done.one()
        if trial.shortfall > best.shortfall:
            unit, best = candidate, trial
    return unit, best


def _directions(units: Numbers, shortfalls: Numbers) -> Numbers:
    """Correlate the ranks of each parameter with the ranks of the shortfall."""
    ranks = np.argsort(np.argsort(shortfalls)).astype(np.float64)
    ranks -= ranks.mean()
    centred = units - units.mean(axis=0)
    scale = np.sqrt((centred * centred).sum(axis=0) * (ranks @ ranks))
    return np.asarray(ranks @ centred / np.maximum(scale, 1e-12))


def _fresh(seed: int, times: int) -> int:
    """Give a seed that shares no replicate with another."""
    return int(np.random.SeedSequence([seed, times]).generate_state(1)[0])


def _row(law: Law, stage: str, draw: int, trial: Trial) -> Row:
    return {"law": law.id, "stage": stage, "draw": draw, "trial": tuple(trial)}


class _Count:
    """Counts trials as they are done."""

    def __init__(self, watch: Watch) -> None:
        self._watch, self._done = watch, 0

    def one(self) -> None:
        """Count one more."""
        self._done += 1
        self._watch(self._done)

    def each(self, trials: Iterable[Trial]) -> list[Trial]:
        """Count each as it comes."""
        return list(self._counted(trials))

    def _counted(self, trials: Iterable[Trial]) -> Iterator[Trial]:
        for trial in trials:
            self.one()
            yield trial
