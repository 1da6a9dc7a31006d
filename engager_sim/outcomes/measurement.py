"""All outcomes of one run, measured in one compiled call."""

import inspect
from collections.abc import Callable
from typing import Any

import numpy as np

from engager_sim.compilation import rule, rule_that_makes_arrays
from engager_sim.outcomes import associations, circumstances, endings, engagement, services
from engager_sim.outcomes.declaration import Outcome
from engager_sim.world.records import PROGRAMME, USUAL_CARE, World

MEANS = engagement.MEANS + endings.MEANS + circumstances.MEANS
MEASURES = associations.MEASURES + services.MEASURES
OUTCOMES: tuple[Outcome, ...] = MEANS + MEASURES
"""Every outcome, in the order of its column."""

OF_A_LEAVER, OF_A_WORLD = ("leaver", "theory"), ("world", "theories", "arm")
"""What the function of an outcome may ask for by name: of a mean, and of any other."""

COUNT = len(OUTCOMES)
MEAN_COUNT = len(MEANS)


def _arguments(function: Callable[..., Any] | None) -> str:
    """List what a function asks for, by the names in its signature."""
    return ", ".join(inspect.signature(function).parameters) if function else ""


def _lines_of_code() -> dict[str, Any]:
    """Compile the declared outcomes into two functions, one line per outcome."""
    names: dict[str, Any] = {
        "EVERYBODY": associations.EVERYBODY,
        "PROGRAMME": np.int64(PROGRAMME),
        "USUAL": np.int64(USUAL_CARE),
    }
    values = [f"def values({', '.join(OF_A_LEAVER)}, row):"]
    for index, outcome in enumerate(MEANS):
        names[f"of_{index}"] = outcome.of
        values.append(f"    row[{index}] = of_{index}({_arguments(outcome.of)})")
    others = ["def others(world, theories, results):"]
    for index, outcome in enumerate(MEASURES, start=MEAN_COUNT):
        names[f"of_{index}"] = outcome.measure
        for column, arm in enumerate(("EVERYBODY", "PROGRAMME", "USUAL")):
            call = f"of_{index}({_arguments(outcome.measure).replace('arm', arm)})"
            others.append(f"    results[{index}, {column}] = {call}")
    exec("\n".join(values + others), names)  # outcomes are data; this makes functions of them
    return names


_CODE = _lines_of_code()
_values = rule(_CODE["values"])
_others = rule_that_makes_arrays(_CODE["others"])


@rule
def add_values(row: np.ndarray, arm: int, results: np.ndarray, counts: np.ndarray) -> None:
    """Add a leaver's values to the sums over all and over his arm; NaN is no value."""
    for index in range(len(row)):
        value = row[index]
        if not np.isnan(value):
            results[index, 0] += value
            results[index, 1 + arm] += value
            counts[index, 0] += 1.0
            counts[index, 1 + arm] += 1.0


@rule
def make_means(results: np.ndarray, counts: np.ndarray) -> None:
    """Divide sums by counts; NaN where nobody has a value."""
    for index in range(len(counts)):
        for column in range(3):
            if counts[index, column] > 0.0:
                results[index, column] /= counts[index, column]
            else:
                results[index, column] = np.nan


@rule_that_makes_arrays
def measure(world: World, theories: np.ndarray, results: np.ndarray) -> None:
    """Measure every outcome of a finished run.

    Parameters
    ----------
    theories : structured array, shape (2,)
        One theory per arm.
    results : float64 array, shape (outcomes, 3)
        Filled: over all men, the programme's, usual care's; NaN where there is no value.
    """
    row = np.empty(MEAN_COUNT)
    counts = np.zeros((MEAN_COUNT, 3))
    results[:, :] = 0.0
    for person in range(len(world.leavers)):
        leaver = world.leavers[person]
        _values(leaver, theories[leaver.arm], row)
        add_values(row, leaver.arm, results, counts)
    make_means(results, counts)
    _others(world, theories, results)


@rule_that_makes_arrays
def measure_men(world: World, theories: np.ndarray, wanted: np.ndarray, values: np.ndarray) -> None:
    """Read some outcomes of every man, those that are means over men.

    Parameters
    ----------
    theories : structured array, shape (2,)
        One theory per arm.
    wanted : int64 array, shape (outcomes,)
        Places of outcomes in ``OUTCOMES``, each one of ``MEANS``.
    values : float32 array, shape (men, outcomes)
        Filled; NaN where a man is not in the denominator.
    """
    row = np.empty(MEAN_COUNT)
    for person in range(len(world.leavers)):
        leaver = world.leavers[person]
        _values(leaver, theories[leaver.arm], row)
        for index in range(len(wanted)):
            values[person, index] = row[wanted[index]]
