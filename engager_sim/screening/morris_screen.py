"""Morris's screen of every uncertain parameter over all presets, against Monte Carlo noise.

A few trajectories see what moves much. What they do not see is tried again, one parameter at a time
from the lowest to the highest value of its range, at many points of all others.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.stats import f as f_distribution
from scipy.stats import t as t_distribution

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
STAGES = 2
ARMS = ("all men", "programme", "usual care")
FALSE_ALARMS = 0.05
"""Chance that a parameter without any effect is taken to have one, over all comparisons."""
PRESETS = (
    "usual_care", "engager_trial", "therapy_led", "colocated_hub", "through_the_gate", "peer_led",
)  # fmt: skip


@dataclass(frozen=True)
class MorrisScreen:
    """What is asked of a screen: trajectories over the priors, and replicates at each point.

    What the trajectories do not see is tried again at so many points, with so many replicates.
    """

    trajectories: int = 8
    replicates: int = 4
    seed: int = 1
    points_again: int = 64
    replicates_again: int = 8


def screened(
    asked: MorrisScreen, threads: int, watch: Watch, folder: Path | None = None
) -> pd.DataFrame:
    """Find the largest effect of every uncertain parameter on any outcome of any preset.

    An elementary effect is what a parameter's whole range does to a run's outcome along a
    trajectory, random numbers in common. It is noise if effects differ between trajectories no
    more than between replicates of one (an F test, its level shared among all outcomes, arms and
    presets). Of what then seems inert, the mean effect of many points is tested (Student's t).

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
    at_first = [
        _largest(name, factors, units, _outcomes(name, factors, units, asked, threads, watch))
        for name in PRESETS
    ]
    each = _clearest(at_first)
    doubtful = each.loc[each["inert"], "parameter"].to_list()
    if doubtful and asked.points_again > 1:  # one point has no spread
        again = _tried_again(doubtful, factors, asked, threads, watch)
        each = _clearest([each[~each["inert"]], *again])
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(folder / "screen.parquet", lambda draft: write_parquet(each, draft))
        write_whole(folder / "screen.csv", lambda draft: write_csv(each, draft))
    return each


def _clearest(found: list[pd.DataFrame]) -> pd.DataFrame:
    """Keep of each parameter its largest effect that is no noise, if any; the weakest first."""
    effects = pd.concat(found, ignore_index=True)
    effects["inert"] = effects["p"] > FALSE_ALARMS
    effects = effects.sort_values(["inert", "sizes"], ascending=[True, False], kind="stable")
    each = effects.drop_duplicates("parameter")
    each = each.sort_values(["inert", "sizes"], ascending=[False, True], kind="stable")
    return each.reset_index(drop=True)


def _tried_again(
    doubtful: list[str], factors: tuple[Factor, ...], asked: MorrisScreen, threads: int,
    watch: Watch,
) -> list[pd.DataFrame]:  # fmt: skip
    """Move each of some parameters over its whole range, at many points of all others."""
    asked = replace(asked, replicates=asked.replicates_again)
    points = np.random.default_rng(asked.seed).random((asked.points_again, len(factors)))
    places = [place for place, factor in enumerate(factors) if factor.path in doubtful]
    units = np.concatenate([ends_at(points, place) for place in places])
    tables = []
    for name in PRESETS:
        outcomes = _outcomes(name, factors, units, asked, threads, watch)
        columns = outcomes.reshape(len(places), 2, asked.points_again, asked.replicates, -1)
        effects = [pair[1] - pair[0] for pair in columns]
        spreads = _spreads(outcomes.reshape(*outcomes.shape[:2], -1))
        rows = [
            _row(name, factors[place], *mean_test(effect), spreads)
            for place, effect in zip(places, effects, strict=True)
        ]
        tables.append(pd.DataFrame(rows))
    return tables


def ends_at(points: Numbers, place: int) -> Numbers:
    """Give points twice: one parameter at the lowest value of its range, then at the highest."""
    low, high = points.copy(), points.copy()
    low[:, place], high[:, place] = 0.0, 1.0
    return np.concatenate([low, high])


def mean_test(effects: Numbers) -> tuple[Numbers, Numbers]:
    """Test whether the mean effect of many points differs from none.

    Parameters
    ----------
    effects : float64 array, shape (points, replicates, columns)

    Returns
    -------
    p, size : float64 array, shape (columns,)
        Two-sided, by Student's t over points; and the mean effect, without its sign.
    """
    means = effects.mean(axis=1)
    size = np.abs(means.mean(axis=0))
    error = means.std(axis=0, ddof=1) / np.sqrt(len(means))
    ratio = np.divide(size, error, out=np.zeros_like(size), where=error > 0.0)
    p = 2.0 * t_distribution.sf(ratio, len(means) - 1)
    # An event that is seen at a few points only has no spread that a mean could be held against.
    seldom = (means != 0.0).sum(axis=0) < len(means) / 4.0
    return np.where(np.isnan(size) | seldom, 1.0, p), size


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
    columns = outcomes.reshape(*outcomes.shape[:2], -1)
    spreads = _spreads(columns)
    rows = [
        _row(preset, factor, *noise_test(effects), spreads)
        for factor, effects in zip(factors, effects_of(units, columns), strict=True)
    ]
    return pd.DataFrame(rows)


def _spreads(columns: Numbers) -> Numbers:
    """Give what replicates differ by, of each outcome and arm.

    Outcomes that have no value at some point, or in some arm, are not screened.
    """
    return np.asarray(np.sqrt(columns.var(axis=1, ddof=1).mean(axis=0)))


def _row(
    preset: str, factor: Factor, p: Numbers, size: Numbers, spreads: Numbers
) -> dict[str, object]:
    """Tell the largest effect of a parameter that is no noise, or its largest at all."""
    p = np.minimum(1.0, p * STAGES * len(PRESETS) * len(OUTCOMES) * len(ARMS))
    sizes = np.divide(size, spreads, out=np.zeros_like(size), where=spreads > 0.0)
    largest = int(np.lexsort((-np.nan_to_num(sizes), p > FALSE_ALARMS))[0])
    outcome, arm = OUTCOMES[largest // len(ARMS)], ARMS[largest % len(ARMS)]
    return {
        "parameter": factor.path,
        "preset": preset,
        "outcome": outcome.id,
        "arm": arm,
        "effect": float(np.nan_to_num(size[largest])),
        "unit": outcome.unit,
        "sizes": float(np.nan_to_num(sizes[largest])),
        "p": float(p[largest]),
    }


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
