"""What else than parameters is judged for coverage: figures, a service's outcomes, its options.

Each is an expectation at a point of the prior. It is simulated anew, with other random numbers, at
the points whose figures lie nearest the data; the service and its options have common random
numbers at each. A truth gets more replicates, from another seed, so that it is known better than
what is held against it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from engager_sim.designs.execution.executors import Executor
from engager_sim.designs.execution.store import outcomes_of
from engager_sim.designs.outcome_columns import find_columns
from engager_sim.outcomes.headline import HEADLINE
from engager_sim.studies.calibrate.reference_table import design_at, figures_of, simulated
from engager_sim.studies.calibrate.settings import CalibrationSettings

FIGURE, OUTCOME, DIFFERENCE = "figure", "outcome", "difference"
MORE_FOR_A_TRUTH = 2
"""How many times the study's replicates a truth gets."""
SEED_OF_POINTS, SEED_OF_TRUTHS = 4, 8

type Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Quantities:
    """Expectations at some points, with what Monte Carlo error is in them."""

    names: list[tuple[str, str]]  # (quantities,): kind and name of each
    values: Numbers  # (points, quantities): means over replicates; NaN for none
    noise: Numbers  # (quantities,): variance of those means over replicates


def at_points(settings: CalibrationSettings, values: Numbers, executor: Executor) -> Quantities:
    """Simulate quantities at points that stand for what is fitted."""
    return _at(settings, values, settings.study.seed ^ SEED_OF_POINTS, executor)


def at_truths(settings: CalibrationSettings, values: Numbers, executor: Executor) -> Quantities:
    """Simulate quantities at points that stand for truths."""
    replicates = MORE_FOR_A_TRUTH * settings.study.replicates
    more = replace(settings, study=replace(settings.study, replicates=replicates))
    return _at(more, values, settings.study.seed ^ SEED_OF_TRUTHS, executor)


def _at(
    settings: CalibrationSettings, values: Numbers, seed: int, executor: Executor
) -> Quantities:
    parts = [_figures(settings, values, seed, executor)]
    if settings.service:
        parts += _of_service(settings, values, seed, executor)
    return Quantities(
        [name for part in parts for name in part.names],
        np.concatenate([part.values for part in parts], axis=1),
        np.concatenate([part.noise for part in parts]),
    )


def _figures(
    settings: CalibrationSettings, values: Numbers, seed: int, executor: Executor
) -> Quantities:
    """Simulate the fitted figures, without errors of observation."""
    design = design_at(settings, values, seed)
    store = simulated(design, settings.study.replicates, executor)
    count = len(settings.targets)
    figures, noise = figures_of(settings, design, store)
    names = [(FIGURE, target.label) for target in settings.targets]
    return Quantities(names, figures[:, :count], noise[:count] ** 2)


def _of_service(
    settings: CalibrationSettings, values: Numbers, seed: int, executor: Executor
) -> Iterable[Quantities]:
    """Simulate a service's headline outcomes, and what each option changes of them."""
    today, *options = settings.service
    columns = find_columns(HEADLINE)
    design = replace(
        design_at(settings, values, seed),
        scenarios=settings.service,
        columns=columns,
        first_replicates=(0,) * len(settings.service),
    )
    replicates = settings.study.replicates
    store = simulated(design, replicates, executor)
    runs = outcomes_of(store, design, replicates, HEADLINE)
    yield _means([(OUTCOME, f"{today.name}: {each.label}") for each in columns], runs[:, 0])
    for number, option in enumerate(options, start=1):
        what = f"{option.name} less {today.name}"
        names = [(DIFFERENCE, f"{what}: {each.label}") for each in columns]
        yield _means(names, runs[:, number] - runs[:, 0])


def _means(names: list[tuple[str, str]], runs: Numbers) -> Quantities:
    """Average runs of shape (quantities, points, replicates) over replicates."""
    variances = runs.var(axis=2, ddof=1).mean(axis=1, where=np.isfinite(runs).all(axis=2))
    return Quantities(names, runs.mean(axis=2).T, variances / runs.shape[2])
