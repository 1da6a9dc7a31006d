"""Replicates of one world: every outcome, and measures by week since release."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from engager_sim.runs.one_run import RunRecord, run_once
from engager_sim.runs.plan import Plan, plan_of
from engager_sim.scenarios.fitted_parameters import FittedParameters
from engager_sim.scenarios.scenario import Scenario

type Numbers = npt.NDArray[np.float64]

COURSES = ("in_contact", "trust", "rapport", "understanding", "motivation", "crisis", "distress")
"""The measures by week that are kept, as :data:`engager_sim.week.tallies.MEN_MEANINGS` has them."""
GROUPS = ("all", "programme", "usual_care")
"""Whom results are about, in the order of their axis."""


class Replicates(NamedTuple):
    """Some replicates of one world.

    Attributes
    ----------
    outcomes : float64 array, shape (replicates, outcomes, groups)
        As :data:`engager_sim.outcomes.measurement.OUTCOMES` and :data:`GROUPS` list them.
    courses : float32 array, shape (replicates, groups, measures, weeks)
        Means over the men followed in a week, NaN where there is none; of no length unless wanted.
    first_week : int
        The week, counted from release, with which courses begin.
    """

    outcomes: Numbers
    courses: npt.NDArray[np.float32]
    first_week: int


class WorldRuns:
    """The replicates of one world so far; more can be added, in order.

    Parameters
    ----------
    scenario : Scenario
        What is simulated.
    seed : int
        The random seed; replicate 7 of two worlds with the same seed has common random numbers.
    fitted : FittedParameters or None
        Where parameters are drawn from; None for central values.
    courses : bool
        Whether measures by week are kept.
    """

    def __init__(
        self, scenario: Scenario, seed: int, fitted: FittedParameters | None, *, courses: bool
    ) -> None:
        self._plan = plan_of(scenario, seed, fitted, weekly=courses)
        self._outcomes: list[Numbers] = []
        self._courses: list[npt.NDArray[np.float32]] = []

    def __len__(self) -> int:
        return len(self._outcomes)

    def add(self) -> None:
        """Run the next replicate."""
        record = run_once(self._plan, len(self))
        self._courses.append(_courses(self._plan, record))
        self._outcomes.append(record.outcomes)

    def first(self, replicates: int) -> Replicates:
        """Give the first so many replicates."""
        return Replicates(
            np.stack(self._outcomes[:replicates]),
            np.stack(self._courses[:replicates]),
            -self._plan.weeks_before,
        )


def _courses(plan: Plan, record: RunRecord) -> npt.NDArray[np.float32]:
    """Average the weekly sums of one run, of shape (2 arms, weeks), over men."""
    if not plan.weekly:
        return np.empty((len(GROUPS), len(COURSES), 0), np.float32)
    of_arms = np.stack([record.tables.men[name] for name in ("men", *COURSES)], axis=1)
    sums = np.stack([of_arms.sum(axis=0), *of_arms])
    men = sums[:, :1]
    empty = np.full(sums[:, 1:].shape, np.nan)
    means: Numbers = np.divide(sums[:, 1:], men, out=empty, where=men > 0.0)
    return means.astype(np.float32)
