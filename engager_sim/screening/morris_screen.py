"""Morris's screen of every uncertain parameter over all presets, against Monte Carlo noise."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.stats import f as f_distribution

from engager_sim.designs.factors import Factor
from engager_sim.designs.prior import theories_at, uncertain_factors
from engager_sim.designs.samplers import morris_sample, problem_of, repeatable
from engager_sim.outcomes.measurement import OUTCOMES
from engager_sim.results.atomic_write import write_whole
from engager_sim.results.tables import write_csv, write_parquet
from engager_sim.runs.batch import men_tables, packed_seeds, run_batch
from engager_sim.runs.one_run import compile_for
from engager_sim.runs.plan import Plan, plan_of
from engager_sim.scenarios.scenario import Scenario
from engager_sim.week.tallies import no_tables
from engager_sim.world.deployment import fresh

type Numbers = npt.NDArray[np.float64]
type Watch = Callable[[str, int, int], None]

POINTS_AT_A_TIME = 50
ARMS = ("all men", "programme", "usual care")
FALSE_ALARMS = 0.05
"""Chance that a parameter without any effect is taken to have one, over all comparisons."""
PRESETS = (
    "usual_care", "engager_trial", "therapy_led", "colocated_hub", "through_the_gate", "peer_led",
)  # fmt: skip


@dataclass(frozen=True)
class MorrisScreen:
    """What is asked of a screen: trajectories over the priors, and replicates at each point."""

    trajectories: int = 8
    replicates: int = 4
    seed: int = 1


def screened(
    asked: MorrisScreen, threads: int, watch: Watch, folder: Path | None = None
) -> pd.DataFrame:
    """Find the largest effect of every uncertain parameter on any outcome of any preset.

    An elementary effect is what a parameter's whole range does to a run's outcome along a
    trajectory, random numbers in common. It is noise if effects differ between trajectories no
    more than between replicates of one (an F test, its level shared among all outcomes, arms and
    presets).

    Returns
    -------
    pandas.DataFrame
        A row per parameter, the weakest first: the preset, arm and outcome of its largest effect
        that is no noise (of its largest at all, if all are), that effect in the outcome's unit and
        in standard deviations between replicates, how clear it is, and whether it is inert.
    """
    factors = uncertain_factors()
    with repeatable(asked.seed) as seed:
        units = morris_sample(problem_of(len(factors)), asked.trajectories, seed)
    found = [
        _largest(name, factors, units, _outcomes(name, factors, units, asked, threads, watch))
        for name in PRESETS
    ]
    effects = pd.concat(found, ignore_index=True)
    effects["inert"] = effects["p"] > FALSE_ALARMS
    effects = effects.sort_values(["inert", "sizes"], ascending=[True, False], kind="stable")
    each = effects.drop_duplicates("parameter")
    each = each.sort_values(["inert", "sizes"], ascending=[False, True], kind="stable")
    each = each.reset_index(drop=True)
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(folder / "screen.parquet", lambda draft: write_parquet(each, draft))
        write_whole(folder / "screen.csv", lambda draft: write_csv(each, draft))
    return each


def effects_of(units: Numbers, outcomes: Numbers) -> Numbers:
    """Compute elementary effects, shape (factors, trajectories, replicates, columns).

    Parameters
    ----------
    units : float64 array, shape (points, factors)
        Trajectories one after another, each of a point more than there are factors.
    outcomes : float64 array, shape (points, replicates, columns)
    """
    points, factors = units.shape
    trajectories = points // (factors + 1)
    effects = np.full((factors, trajectories, *outcomes.shape[1:]), np.nan)
    for trajectory in range(trajectories):
        first = trajectory * (factors + 1)
        for step in range(first, first + factors):
            moved = units[step + 1] - units[step]
            factor = int(np.argmax(np.abs(moved)))
            change = outcomes[step + 1] - outcomes[step]
            effects[factor, trajectory] = change / moved[factor]
    return effects


def noise_test(effects: Numbers) -> tuple[Numbers, Numbers]:
    """Test effects against what replicates of them differ by.

    Parameters
    ----------
    effects : float64 array, shape (trajectories, replicates, columns)

    Returns
    -------
    p, size : float64 array, shape (columns,)
        How likely effects at least as clear are without any; root mean square of the effects.
    """
    trajectories, replicates, _ = effects.shape
    means = effects.mean(axis=1)
    within = effects.var(axis=1, ddof=1).mean(axis=0)
    size = np.sqrt((means * means).mean(axis=0))
    ratio = np.divide(
        replicates * size * size, within, out=np.where(size > 0.0, np.inf, 0.0), where=within > 0.0
    )
    p = f_distribution.sf(ratio, trajectories, trajectories * (replicates - 1))
    # A rare event that moves all replicates of a few trajectories alike leaves no noise to see.
    seldom = (within == 0.0) & ((means != 0.0).sum(axis=0) < trajectories / 2.0)
    return np.where(np.isnan(size) | seldom, 1.0, p), size


def _largest(
    preset: str, factors: tuple[Factor, ...], units: Numbers, outcomes: Numbers
) -> pd.DataFrame:
    """Find the largest effect of every parameter in one preset, of those that are no noise."""
    comparisons = len(PRESETS) * len(OUTCOMES) * len(ARMS)
    columns = outcomes.reshape(*outcomes.shape[:2], -1)
    # Outcomes that have no value at some point, or in some arm, are not screened.
    spreads = np.sqrt(columns.var(axis=1, ddof=1).mean(axis=0))
    rows = []
    for factor, effects in zip(factors, effects_of(units, columns), strict=True):
        p, size = noise_test(effects)
        p = np.minimum(1.0, p * comparisons)
        sizes = np.divide(size, spreads, out=np.zeros_like(size), where=spreads > 0.0)
        largest = int(np.lexsort((-np.nan_to_num(sizes), p > FALSE_ALARMS))[0])
        outcome, arm = OUTCOMES[largest // len(ARMS)], ARMS[largest % len(ARMS)]
        rows.append(
            {
                "parameter": factor.path,
                "preset": preset,
                "outcome": outcome.id,
                "arm": arm,
                "effect": float(np.nan_to_num(size[largest])),
                "unit": outcome.unit,
                "sizes": float(np.nan_to_num(sizes[largest])),
                "p": float(p[largest]),
            }
        )
    return pd.DataFrame(rows)


def _outcomes(
    preset: str, factors: tuple[Factor, ...], units: Numbers, asked: MorrisScreen, threads: int,
    watch: Watch,
) -> Numbers:  # fmt: skip
    """Run a preset at every point, shape (points, replicates, outcomes, arms)."""
    scenario = Scenario.load(preset)
    plan = plan_of(scenario, asked.seed)
    compile_for(plan)
    parts = list(_parts(len(units)))
    run = partial(_run, scenario, plan, factors, units, asked.replicates)
    results = []
    with ThreadPoolExecutor(threads, "screen") as pool:
        for part, values in zip(parts, pool.map(run, parts), strict=True):
            results.append(values)
            watch(preset, part.stop, len(units))
    return np.concatenate(results)


def _run(
    scenario: Scenario, plan: Plan, factors: tuple[Factor, ...], units: Numbers, replicates: int,
    part: range,
) -> Numbers:  # fmt: skip
    """Run some points, all with the same random numbers."""
    theories = theories_at(scenario, factors, units[part.start : part.stop])
    lived = np.repeat(theories, replicates, axis=0).view(np.recarray)
    seeds = packed_seeds(plan.seed, np.tile(np.arange(replicates), len(part)))
    values = np.empty((len(seeds), len(OUTCOMES), len(ARMS)))
    world = fresh(plan.template)
    run_batch(
        plan.template, world, lived, plan.entry, seeds, plan.weeks, no_tables(), values,
        men_tables(0, 0),
    )  # fmt: skip
    return values.reshape(len(part), replicates, len(OUTCOMES), len(ARMS))


def _parts(points: int) -> Iterator[range]:
    for first in range(0, points, POINTS_AT_A_TIME):
        yield range(first, min(points, first + POINTS_AT_A_TIME))
