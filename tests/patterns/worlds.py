"""Paired worlds for the pattern tests: the same men, common random numbers, something changed."""

import functools
import math
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from engager_sim.scenarios.changes import changed
from engager_sim.scenarios.scenario import Scenario
from engager_sim.scenarios.theory_values import Value
from engager_sim.studies.run.study import Runs, simulate

REPLICATES = 40
SEED = 20_261
CLEAR = 3.0
"""Standard errors that a difference must be away from nothing."""

type Changes = tuple[tuple[str, Value], ...]


def runs(
    changes: Mapping[str, Value] | None = None,
    preset: str = "engager_trial",
    replicates: int = REPLICATES,
) -> pd.DataFrame:
    """Simulate a preset with some parameters changed; a row per replicate."""
    return _runs(tuple((changes or {}).items()), preset, replicates).runs


@functools.cache
def _runs(changes: Changes, preset: str, replicates: int) -> Runs:
    scenario = changed(Scenario.load(preset), dict(changes))
    return simulate(scenario, replicates, SEED, weekly=False, parameters="defaults")


def is_clearly_above(more: npt.ArrayLike, less: npt.ArrayLike = 0.0, by: float = 0.0) -> bool:
    """Whether paired replicates differ by more than ``by``, ``CLEAR`` standard errors clear."""
    difference = np.asarray(more, float) - np.asarray(less, float)
    difference = difference[~np.isnan(difference)]
    error = difference.std(ddof=1) / math.sqrt(len(difference))
    return bool(difference.mean() - by > CLEAR * error)
