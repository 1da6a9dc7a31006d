"""All outcomes of one run, measured in one compiled call."""

import inspect
from collections.abc import Callable
from typing import Any

import numpy as np

from engager_sim.compilation import rule, rule_that_makes_arrays
from engager_sim.outcomes import of_circumstances, of_men
from engager_sim.outcomes.declaration import Outcome
from engager_sim.outcomes.of_worlds import EVERYBODY, MEASURES
from engager_sim.world.records import PROGRAMME, USUAL_CARE, World

MEANS = of_men.MEANS + of_circumstances.MEANS
OUTCOMES: tuple[Outcome, ...] = MEANS + MEASURES
"""Every outcome, in the order of its column."""

COUNT = len(OUTCOMES)
MEAN_COUNT = len(MEANS)


def _wanted(function: Callable[..., Any] | None) -> str:
    """List what a function asks for, by the names in its signature."""
    return ", ".join(inspect.signature(function).parameters) if function else ""


def _lines_of_code() -> dict[str, Any]:
    """Compile the declared outcomes into two functions, one line per outcome."""
    room: dict[str, Any] = {
        "EVERYBODY": EVERYBODY,
        "PROGRAMME": np.int64(PROGRAMME),
        "USUAL": np.int64(USUAL_CARE),
    }
    values = ["def values(man, theory, row):"]
    for place, outcome in enumerate(MEANS):
        room[f"of_{place}"] = outcome.of
        values.append(f"    row[{place}] = of_{place}({_wanted(outcome.of)})")
    others = ["def others(world, theories, results):"]
    for place, outcome in enumerate(MEASURES, start=MEAN_COUNT):
        room[f"of_{place}"] = outcome.measure
        for column, arm in enumerate(("EVERYBODY", "PROGRAMME", "USUAL")):
            call = f"of_{place}({_wanted(outcome.measure).replace('arm', arm)})"
            others.append(f"    results[{place}, {column}] = {call}")
    exec("\n".join(values + others), room)  # outcomes are data; this makes functions of them
    return room


_CODE = _lines_of_code()
_values = rule(_CODE["values"])
_others = rule_that_makes_arrays(_CODE["others"])


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
    for index in range(len(world.leavers)):
        man = world.leavers[index]
        _values(man, theories[man.arm], row)
        for place in range(MEAN_COUNT):
            value = row[place]
            if not np.isnan(value):
                results[place, 0] += value
                results[place, 1 + man.arm] += value
                counts[place, 0] += 1.0
                counts[place, 1 + man.arm] += 1.0
    for place in range(MEAN_COUNT):
        for column in range(3):
            if counts[place, column] > 0.0:
                results[place, column] /= counts[place, column]
            else:
                results[place, column] = np.nan
    _others(world, theories, results)
