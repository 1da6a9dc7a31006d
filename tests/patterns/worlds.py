"""Paired worlds for the pattern tests: the same men, the same luck, something changed."""

import dataclasses
import functools
import math
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from engager_sim.studies.changes import changed
from engager_sim.studies.scenario import Scenario
from engager_sim.studies.simulation import Runs, simulate
from engager_sim.studies.theory_values import Value

REPLICATES = 40
SEED = 20_261
CLEAR = 3.0
"""Standard errors that a difference must be away from nothing."""

type Changes = tuple[tuple[str, Value], ...]

EVERYTHING_GOOD: Mapping[str, Value] = {
    "programme.collaboration.initial_tie": 0.7,
    "programme.collaboration.shared_record": 1.0,
    "programme.collaboration.joint_formulation": 0.8,
    "programme.collaboration.colocation": 0.6,
}
SHARED_PRACTICE = EVERYTHING_GOOD
NO_SHARED_PRACTICE: Mapping[str, Value] = {
    "programme.collaboration.initial_tie": 0.05,
    "programme.collaboration.shared_record": 0.0,
    "programme.collaboration.joint_formulation": 0.0,
    "programme.collaboration.colocation": 0.0,
}
GOOD_SUPERVISION: Mapping[str, Value] = {
    "programme.supervision.interval": 1.0,
    "programme.supervision.quality": 0.85,
    "programme.supervision.mode": "reflective",
    "programme.supervision.supervisor_hours": 20.0,
    "programme.supervision.skill_at_start": 0.6,
    "programme.supervision.fidelity_at_start": 0.7,
}
NO_SUPERVISION: Mapping[str, Value] = {
    "programme.supervision.interval": 26.0,
    "programme.supervision.quality": 0.05,
    "programme.supervision.mode": "managerial",
    "programme.supervision.skill_at_start": 0.3,
    "programme.supervision.fidelity_at_start": 0.3,
}


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
    return simulate(scenario, replicates, SEED, weekly=False)


def with_peers(scenario: Scenario, peers: int) -> Scenario:
    """Give every programme team so many peers."""
    teams = [
        dataclasses.replace(team, peers=peers if team.arm == "programme" else 0)
        for team in scenario.setting.teams
    ]
    return dataclasses.replace(scenario, setting=dataclasses.replace(scenario.setting, teams=teams))


def is_clearly_above(more: npt.ArrayLike, less: npt.ArrayLike = 0.0, by: float = 0.0) -> bool:
    """Whether paired replicates differ by more than ``by``, ``CLEAR`` standard errors clear."""
    difference = np.asarray(more, float) - np.asarray(less, float)
    difference = difference[~np.isnan(difference)]
    error = difference.std(ddof=1) / math.sqrt(len(difference))
    return bool(difference.mean() - by > CLEAR * error)
